// Lists, their views and filters, and what is selected in them.

import { all, click, condition, press } from './steps.mjs';

const view = (index) => async (page) => {
  await page.getByTestId('view').nth(index).click();
  await page.waitForTimeout(300);
};
const savedView = (index) => async (page) => {
  await page.getByTestId('saved-view').nth(index).click();
  await page.waitForTimeout(300);
};
const manageViews = async (page) => {
  await page.getByTestId('manage-views').click();
};
/** Who waits, with a rule that lets go of some. */
const older = async (page) => {
  await view(2)(page);
  await page.getByTestId('waiting-line').getByRole('button').last().click();
  await page.getByTestId('let-go-days').fill('1');
  await page.getByTestId('let-go-save').click();
  await page.getByTestId('waiting-older').waitFor();
};
const letGoRule = async (page) => {
  await view(2)(page);
  await page.getByTestId('waiting-line').getByRole('button').last().click();
};
/** A saved view whose filter names a tag that was deleted. */
const goneTag = async (page) => {
  await savedView(0)(page);
  await page.evaluate(async () => {
    const { fake } = globalThis;
    for (const { id } of (await fake.call('catalog', {})).tags.slice(0, 1))
      await fake.call('tag_delete', { tag: id });
  });
  await page.getByTestId('filter-gone').waitFor();
};
const quietRule = async (page) => {
  await view(4)(page);
  await page.getByTestId('quiet-line').getByRole('button').click();
  await page.getByTestId('quiet-days').fill('45');
  await page.getByTestId('quiet-whom-add').click();
  await page.keyboard.press('Enter');
  for (const index of [0, 1, 2]) await page.getByRole('option').nth(index).click();
  await page.keyboard.press('Escape');
};
const pickTags = async (page) => condition('tag', 3)(page);
const narrowed = async (page) => {
  for (const [name, values] of [
    ['tag', 5],
    ['status', 3],
    ['unread', 0],
    ['waiting_on_me', 0],
  ]) {
    await condition(name, values)(page);
    if (name !== 'unread') await press('Escape')(page);
  }
  await page.waitForTimeout(200);
};
const selectSome = async (page) => {
  for (const key of ['j', 'j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown'])
    await press(key)(page);
};
const typed = (query) => async (page) => {
  await press('Control+Shift+KeyF')(page);
  await page.getByTestId('search-input').fill(query);
  await page.waitForTimeout(500);
};

export const lists = [
  { name: 'archive-empty-dark', query: 'theme=dark&chats=2', act: view(9) },
  { name: 'saved-view-light', query: 'theme=light', height: 900, act: savedView(0) },
  { name: 'saved-view-menu-dark-ru', query: 'theme=dark&lang=ru', height: 900, act: async (page) => {
    await page.getByTestId('saved-view').first().click({ button: 'right' });
  } },
  { name: 'saved-view-gone-light', query: 'theme=light', act: goneTag },
  { name: 'saved-view-gone-720-dark-ru', query: 'theme=dark&lang=ru', width: 720, height: 760, act: goneTag },
  { name: 'views-dialog-light', query: 'theme=light', act: manageViews },
  { name: 'views-dialog-dark-uk', query: 'theme=dark&lang=uk', act: manageViews },
  { name: 'waiting-line-light', query: 'theme=light&chats=2000', act: older },
  { name: 'waiting-line-720-dark-ru', query: 'theme=dark&lang=ru&chats=2000', width: 720, height: 760, act: older },
  { name: 'waiting-older-dark-uk', query: 'theme=dark&lang=uk&chats=2000', act: async (page) => {
    await older(page);
    await page.getByTestId('waiting-older').click();
  } },
  { name: 'let-go-light', query: 'theme=light', act: letGoRule },
  { name: 'let-go-720-dark-ru', query: 'theme=dark&lang=ru', width: 720, height: 760, act: letGoRule },
  { name: 'quiet-light', query: 'theme=light', act: view(4) },
  { name: 'quiet-rule-light', query: 'theme=light', act: quietRule },
  { name: 'quiet-rule-dark-ru', query: 'theme=dark&lang=ru', act: quietRule },
  { name: 'quiet-rule-720-uk', query: 'theme=light&lang=uk', width: 720, height: 760, act: quietRule },
  { name: 'view-rename-dark-ru', query: 'theme=dark&lang=ru', act: async (page) => {
    await page.getByTestId('saved-view').first().click({ button: 'right' });
    await page.getByRole('menuitem').first().click();
  } },
  { name: 'filter-add-light', query: 'theme=light', act: press('KeyF') },
  { name: 'filter-tags-dark-uk', query: 'theme=dark&lang=uk', act: pickTags },
  { name: 'filter-bar-light', query: 'theme=light', act: narrowed },
  { name: 'filter-bar-dark-ru', query: 'theme=dark&lang=ru', act: narrowed },
  { name: 'filter-bar-720-uk', query: 'theme=light&lang=uk', width: 720, height: 760, act: narrowed },
  { name: 'filter-empty-dark-ru', query: 'theme=dark&lang=ru', act: all(narrowed, condition('quiet_days')) },
  { name: 'filter-date-dark', query: 'theme=dark', act: all(condition('since'), async (page) => {
    await page.getByTestId('condition-date').fill('05/17');
    await page.getByTestId('condition-not').focus();
  }) },
  { name: 'filter-sort-dark', query: 'theme=dark', act: click('sort') },
  { name: 'selected-light', query: 'theme=light', act: selectSome },
  { name: 'selected-dark-ru', query: 'theme=dark&lang=ru', act: selectSome },
  { name: 'selected-all-720-uk', query: 'theme=light&lang=uk&chats=3000', width: 720, height: 760, act: press('Control+KeyA') },
  { name: 'waiting-light', query: 'theme=light&accounts=5', act: view(2) },
  { name: 'waiting-dark-ru', query: 'theme=dark&lang=ru', act: view(2) },
  { name: 'search-operators-light', query: 'theme=light', act: typed('дякую tag:"Постійні клієнти з Дніпра" ') },
  { name: 'search-joined-light', query: 'theme=light', act: typed('tag:VIP OR (has:photo -from:me)') },
  { name: 'search-joined-dark-ru', query: 'theme=dark&lang=ru', act: typed('дякую -(from:me OR tag:"Постійні клієнти з Дніпра")') },
  { name: 'search-tasks-light', query: 'theme=light', act: typed('send') },
  { name: 'search-span-dark-ru', query: 'theme=dark&lang=ru', act: typed('ждёт:>2') },
  { name: 'search-complete-dark-ru', query: 'theme=dark&lang=ru', act: typed('цена st') },
  { name: 'search-unknown-dark-uk', query: 'theme=dark&lang=uk', act: typed('ціна колір:червоний') },
]; // prettier-ignore
