// Pictures of marks, notes, promises, fields, and their settings.

import { all, go, click, inOpen, open, press, row, settings } from './steps.mjs';

/** A promise is made of a chat, then a message is sent that may have kept it. */
const kept = async (page) => {
  await inOpen(1, 'o')(page);
  await page.getByTestId('task-text').fill('Send the price list for autumn, with the new colours');
  await page.getByTestId('task-save').click();
  await page.getByTestId('task-save').waitFor({ state: 'detached' });
  await page.getByTestId('composer').fill('Here is the price list.');
  await press('Enter')(page);
  await page.getByTestId('kept-offer').first().waitFor();
};

/** Chooses the last way of the snooze picker: a day from the calendar. */
const fromCalendar = async (page) => {
  await page.getByTestId('snooze-picker-item').last().click();
  await page.getByTestId('when-save').waitFor();
};

export const crmScreens = [
  { name: 'crm-panel', query: 'theme=light', height: 1300, act: all(open(2), click('history-open')) },
  { name: 'crm-panel-dark-uk', query: 'theme=dark&lang=uk', height: 1300, act: open(2) },
  { name: 'crm-tasks', query: 'theme=light', act: go('p') },
  { name: 'crm-tasks-720-dark-ru', query: 'theme=dark&lang=ru&hostile', width: 720, height: 760, act: go('p') },
  { name: 'crm-settings-tags', query: 'theme=light', act: settings('tags') },
  { name: 'crm-settings-statuses-dark-ru', query: 'theme=dark&lang=ru', height: 900, act: settings('statuses') },
  { name: 'crm-status-edit', query: 'theme=light', act: all(settings('statuses'), click('status-new')) },
  { name: 'crm-settings-fields-720-uk', query: 'theme=light&lang=uk', width: 720, height: 760, act: settings('fields') },
  { name: 'crm-field-edit-dark', query: 'theme=dark', act: all(settings('fields'), click('field-new')) },
  { name: 'crm-status', query: 'theme=light', act: inOpen(0, 's') },
  { name: 'crm-tags', query: 'theme=light', act: inOpen(2, 't') },
  { name: 'crm-tags-dark-uk', query: 'theme=dark&lang=uk', act: inOpen(2, 't') },
  {
    name: 'crm-tag-new-dark',
    query: 'theme=dark',
    act: all(inOpen(2, 't'), async (page) => {
      await page.getByTestId('tag-picker-input').fill('Workshops of the northern coast');
      await press('ArrowUp')(page);
      await press('Enter')(page);
    }),
  },
  { name: 'crm-snooze', query: 'theme=light', act: inOpen(1, 'h') },
  { name: 'crm-snooze-dark-ru', query: 'theme=dark&lang=ru', act: all(inOpen(1, 'h'), (page) => page.getByTestId('snooze-picker-input').fill('пт 15:00')) },
  { name: 'crm-snooze-date', query: 'theme=light', act: all(inOpen(1, 'h'), fromCalendar) },
  { name: 'crm-snooze-date-720-dark-uk', query: 'theme=dark&lang=uk', width: 720, height: 760, act: all(inOpen(1, 'h'), fromCalendar) },
  { name: 'crm-kept-offer', query: 'theme=light', act: kept },
  { name: 'crm-kept-offer-720-dark-ru', query: 'theme=dark&lang=ru', width: 720, height: 760, act: kept },
  { name: 'crm-note', query: 'theme=light', act: inOpen(1, 'n') },
  { name: 'crm-promise-dark-ru', query: 'theme=dark&lang=ru', act: inOpen(0, 'o') },
  { name: 'crm-menu-720', query: 'theme=light', width: 720, height: 760, act: async (page) => row(page, 2).click({ button: 'right' }) },
  { name: 'crm-bar-760', query: 'theme=light&hostile', width: 760, height: 760, act: open(2) },
]; // prettier-ignore
