// The table of people and the page of one of them.

import { all, go, open, press } from './steps.mjs';

const table = async (page) => {
  await go('c')(page);
  await page.getByTestId('person-row').first().waitFor();
  await page.waitForTimeout(200);
};
const cell = (row, column) => async (page) =>
  page.getByTestId('person-row').nth(row).locator(`[data-column="${column}"]`).dblclick();
/** The calendar of the date that is being changed, which is pasted before. */
const calendar = (day) => async (page) => {
  if (day) await page.getByTestId('cell-input').fill(day);
  await press('Alt+ArrowDown')(page);
  await page.getByTestId('calendar-today').waitFor();
};
const person = (row) => async (page) => {
  await cell(row, 'name')(page);
  await page.getByTestId('person-page').waitFor();
  await page.waitForTimeout(400);
};
/** What is kept of somebody, which has a place of its own in a narrow window alone. */
const about = async (page) => {
  await page.setViewportSize({ width: 720, height: 900 });
  await page.getByRole('radiogroup').locator('label').nth(1).click();
};
const selected = all(table, press('x'), press('Shift+ArrowDown'), press('Shift+ArrowDown'));

export const peopleScreens = [
  { name: 'people-light', query: 'theme=light', act: table },
  { name: 'people-dark-ru', query: 'theme=dark&lang=ru', act: table },
  { name: 'people-1920-uk', query: 'theme=light&lang=uk', width: 1920, height: 1080, act: table },
  { name: 'people-720-dark-uk', query: 'theme=dark&lang=uk&hostile', width: 720, height: 760, act: table },
  { name: 'people-100k', query: 'theme=light&chats=100000', act: all(table, press('Control+End')) },
  { name: 'people-sideways-dark', query: 'theme=dark', act: all(table, press('End')) },
  { name: 'people-tags-light', query: 'theme=light', act: all(table, cell(2, 'tags')) },
  { name: 'people-tag-new-dark-uk', query: 'theme=dark&lang=uk', act: all(table, cell(2, 'tags'), (page) => page.keyboard.type('Ярмарок')) },
  { name: 'people-status-dark-ru', query: 'theme=dark&lang=ru', act: all(table, cell(1, 'status')) },
  {
    name: 'people-wrong-uk',
    query: 'theme=light&lang=uk',
    act: all(table, cell(3, 'field:6'), async (page) => {
      await page.keyboard.type('багато');
      await press('Enter')(page);
    }),
  },
  { name: 'people-date-light', query: 'theme=light', act: all(table, cell(2, 'field:4'), calendar('1990-05-17')) },
  { name: 'people-date-dark-ru', query: 'theme=dark&lang=ru', act: all(table, cell(2, 'field:4'), calendar('1990-05-17')) },
  { name: 'people-date-720-uk', query: 'theme=light&lang=uk', width: 720, height: 360, act: all(table, cell(2, 'field:4'), calendar('')) },
  { name: 'people-date-wrong-ru', query: 'theme=light&lang=ru', act: all(table, cell(2, 'field:4'), (page) => page.keyboard.type('1705'), press('Enter')) },
  { name: 'people-zone-dark-ru', query: 'theme=dark&lang=ru', act: all(table, cell(2, 'field:2'), (page) => page.keyboard.type('+3')) },
  { name: 'people-columns-light', query: 'theme=light', act: all(table, (page) => page.getByTestId('people-columns').click()) },
  { name: 'people-columns-720-dark-ru', query: 'theme=dark&lang=ru', width: 720, height: 760, act: all(table, (page) => page.getByTestId('people-columns').click()) },
  { name: 'people-selected-dark', query: 'theme=dark', act: selected },
  { name: 'people-empty-light-ru', query: 'theme=light&lang=ru', act: all(table, async (page) => {
    await page.getByTestId('people-find').fill('xyzzy');
    await page.waitForTimeout(500);
  }) },
  { name: 'person-light', query: 'theme=light', height: 900, act: all(table, person(3)) },
  { name: 'person-dark-ru', query: 'theme=dark&lang=ru', height: 1100, act: all(table, person(0)) },
  { name: 'person-history-light-uk', query: 'theme=light&lang=uk', height: 1100, act: all(table, person(1), press('p'), press('s'), press('Enter'), (page) => page.getByTestId('history-open').click(), (page) => page.getByTestId('history').scrollIntoViewIfNeeded()) },
  { name: 'person-720-uk', query: 'theme=light&lang=uk', width: 720, height: 760, act: all(table, person(1)) },
  { name: 'person-720-about-dark', query: 'theme=dark&hostile', width: 720, height: 900, act: all(table, person(0), about) },
  { name: 'person-from-chat-light', query: 'theme=light', act: all(open(0), (page) => page.getByTestId('conversation').focus(), press('i'), (page) => page.waitForTimeout(400)) },
]; // prettier-ignore
