// Pictures of marks, notes, promises, fields, and their settings.

import { all, go, click, inOpen, open, palette, press, row, settings } from './steps.mjs';

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

/** Promises of a chat: one of a message, two that are done. */
const promises = async (page) => {
  await open(2)(page);
  await page.evaluate(async () => {
    const { fake } = globalThis;
    const chat = fake.sight;
    const message = fake.world.history(chat).at(-3).id;
    const save = (text, of) => fake.call('task_save', { task: { id: null, chat, kind: 'i_owe', text, message: of, due_ms: Date.now() + 90_000_000 } });
    await save('Send the price list for autumn, with the new colours', message);
    for (const text of ['Call about the glass', 'Ask the workshop when the frames are ready']) {
      const { id } = await save(text, null);
      await fake.call('task_finish', { task: id, done: true });
    }
  });
  await page.getByTestId('tasks-unfold').click();
  await page.getByTestId('tasks').scrollIntoViewIfNeeded();
}; // prettier-ignore

/** Notes in the palette, by its English name, that whoever the chat is with wants no broadcasts. */
const optsOut = async (page) => {
  await press('Control+k')(page);
  await page.keyboard.type('opt out');
  await press('Enter')(page);
  await page.getByTestId('opted-out').waitFor();
};

/** The time zones that a person may have, as far as a text finds them. */
const zones = (text) => async (page) => {
  await page.getByTestId('zone').click();
  await page.getByTestId('zone-find').fill(text);
  await page.waitForTimeout(300);
};
const zonesOf = (text) => all(openPerson, zones(text));

/** Somebody whose time zone is known by their number. */
async function openPerson(page) {
  const chat = await page.evaluate(() => {
    const { chats } = globalThis.fake.world;
    return [...chats.values()].find(({ id, kind }) => kind === 'person' && id % 2 === 1).title;
  });
  await press('Control+Shift+KeyF')(page);
  await page.getByTestId('search-input').fill(chat);
  await page.waitForTimeout(500);
  await press('Enter')(page);
  await page.getByTestId('zone').waitFor();
}

/** The languages that a person may speak. */
const languages = async (page) => {
  await page.getByTestId('language').click();
  await page.getByTestId('language-find').fill('ук');
  await page.waitForTimeout(300);
};

/** A note that was searched for, among others. */
const notePointed = async (page) => {
  await open(1)(page);
  await page.evaluate(async () => {
    const { fake } = globalThis;
    for (const text of ['Keeps a parrot, which answers the telephone.', 'Pays by card.', 'Glass for the shop window, 4 mm.']) {
      await fake.call('note_save', { note: { id: null, chat: fake.sight, text, pinned: false } });
    }
  });
  await press('Control+Shift+KeyF')(page);
  await page.getByTestId('search-input').fill('parrot');
  await page.getByTestId('search-note').click();
  await page.locator('[data-testid="note"].marked').waitFor();
}; // prettier-ignore

/** What is selected in the composer is to lead somewhere. */
const link = (words, from, to) => async (page) => {
  await open(0)(page);
  const composer = page.getByTestId('composer');
  await composer.fill(words);
  await composer.evaluate((field, [start, end]) => field.setSelectionRange(start, end), [from, to]);
  await press('Control+Shift+KeyK')(page);
  await page.getByTestId('link-address').waitFor();
};

export const crmScreens = [
  { name: 'crm-panel', query: 'theme=light', height: 1300, act: all(open(2), click('history-open')) },
  { name: 'crm-panel-dark-uk', query: 'theme=dark&lang=uk', height: 1300, act: open(2) },
  { name: 'crm-opted-out-light', query: 'theme=light', act: all(open(2), optsOut) },
  { name: 'crm-opted-out-dark-ru', query: 'theme=dark&lang=ru', act: all(open(2), optsOut) },
  { name: 'crm-tasks', query: 'theme=light', act: go('p') },
  { name: 'crm-tasks-720-dark-ru', query: 'theme=dark&lang=ru&hostile', width: 720, height: 760, act: go('p') },
  { name: 'crm-make-status-ru', query: 'theme=light&lang=ru', act: all(open(1), palette('status_new')) },
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
  { name: 'crm-promises-uk', query: 'theme=light&lang=uk', height: 1000, act: promises },
  { name: 'crm-zone-light', query: 'theme=light', height: 900, act: zonesOf('') },
  { name: 'crm-zone-dark-ru', query: 'theme=dark&lang=ru', height: 900, act: zonesOf('украина') },
  { name: 'crm-zone-none-uk', query: 'theme=light&lang=uk', height: 900, act: zonesOf('xyzzy') },
  { name: 'crm-language-dark-ru', query: 'theme=dark&lang=ru', height: 900, act: all(openPerson, languages) },
  { name: 'crm-note-found-dark', query: 'theme=dark', act: notePointed },
  { name: 'composer-link-ru', query: 'theme=light&lang=ru', act: link('Прайс здесь, смотрите', 6, 11) },
  { name: 'composer-link-words-dark-uk', query: 'theme=dark&lang=uk', act: all(link('Прайс', 5, 5), (page) => page.getByTestId('link-address').fill('ні'), press('Enter')) },
  { name: 'crm-follow-up-dark-uk', query: 'theme=dark&lang=uk', act: inOpen(1, 'd') },
  { name: 'crm-note', query: 'theme=light', act: inOpen(1, 'n') },
  { name: 'crm-promise-dark-ru', query: 'theme=dark&lang=ru', act: inOpen(0, 'o') },
  { name: 'crm-menu-720', query: 'theme=light', width: 720, height: 760, act: async (page) => row(page, 2).click({ button: 'right' }) },
  { name: 'crm-bar-760', query: 'theme=light&hostile', width: 760, height: 760, act: open(2) },
]; // prettier-ignore
