// Pictures of menus, of what opens beside a field, of notices and of banners.

import {
  all,
  go,
  behind,
  click,
  condition,
  inOpen,
  menuOf,
  messageMenu,
  open,
  press,
} from './steps.mjs';

/** A condition that stands in the filter, whose values are asked for again. */
const chip = all(condition('tag', 1), press('Escape'), async (page) => {
  await page.getByTestId('filter-chip').getByRole('button').first().click();
  await page.getByTestId('condition-values').waitFor();
});
const dateCondition = async (page) => {
  await condition('since')(page);
  await page.getByTestId('condition-date').fill('2026-05-17');
  await press('Alt+ArrowDown')(page);
  await page.getByTestId('calendar-today').waitFor();
};
/** Half a date in a condition. */
const dateConditionWrong = async (page) => {
  await condition('since')(page);
  await page.getByTestId('condition-date').fill('05');
  await press('Enter')(page);
  await page.getByRole('alert').waitFor();
};
const fieldCondition = async (page) => {
  await condition('field')(page);
  await page.getByTestId('condition-field').waitFor();
};
const templateMenu = async (page) => {
  await go('t')(page);
  await page.getByTestId('category-menu').first().click();
  await page.getByRole('menu').waitFor();
};
/** The birthday in a chat's panel. */
const birthday = async (page) => {
  await open(2)(page);
  const field = page.locator('[data-testid="field"][data-field="4"]');
  await field.scrollIntoViewIfNeeded();
  return field;
};
const cardCalendar = async (page) => {
  const field = await birthday(page);
  await field.getByRole('textbox').fill('1990-05-17');
  await press('Alt+ArrowDown')(page);
  await page.getByTestId('calendar-today').waitFor();
};
const cardDateWrong = async (page) => {
  const field = await birthday(page);
  await field.getByRole('textbox').fill('05');
  await press('Enter')(page);
  await field.getByRole('alert').waitFor();
};
const noticed = (page) => page.getByTestId('toast').first().waitFor();
/** What was done can be taken back. */
const undoable = all(inOpen(1, 'e'), noticed);
/** Chats came back at their time: each notice leads to one. */
const reminded = all(
  behind(() => {
    const { world } = globalThis.fake;
    for (const chat of [...world.chats.keys()].slice(0, 2)) {
      world.tell({ type: 'reminder', chat, task: null });
    }
  }),
  noticed,
);
const refused = all(
  behind(() => globalThis.fake.fail('change_chats', 'disk_full')),
  inOpen(1, 'e'),
  (page) => page.getByTestId('toast').getByRole('button').first().waitFor(),
);
const recoveryOffered = (page) => page.getByTestId('recovery-offer').waitFor();
/** A change of all chats that takes a while. */
const tagsAll = all(press('Control+KeyA'), press('t'), press('Enter'), (page) =>
  page.getByTestId('changing').waitFor(),
);
/** All chats are archived, which takes a while. */
const archivesAll = all(press('Control+KeyA'), click('bulk-archive'), (page) =>
  page.getByTestId('telling').waitFor(),
);
/** It was stopped on the way, and Telegram asks one account to wait. */
const archivedPart = all(
  behind(() => globalThis.fake.telling.waits.set(1, new Date().setHours(23, 45, 0, 0))),
  archivesAll,
  press('Escape'),
  noticed,
);
const diskLittle = behind(() => globalThis.fake.world.tell({ type: 'disk', room: 'little' }));
const diskHardly = behind(() => globalThis.fake.world.tell({ type: 'disk', room: 'hardly' }));

export const menuScreens = [
  { name: 'view-menu-light', query: 'theme=light', act: menuOf('view', 2) },
  { name: 'folder-menu-dark-uk', query: 'theme=dark&lang=uk', height: 900, act: menuOf('folder') },
  { name: 'folder-menu-720-ru', query: 'theme=light&lang=ru', width: 720, height: 900, act: menuOf('folder') },
  { name: 'message-menu-dark-ru', query: 'theme=dark&lang=ru', act: messageMenu },
  { name: 'template-category-menu-dark-uk', query: 'theme=dark&lang=uk', act: templateMenu },
  { name: 'filter-chip-light', query: 'theme=light', act: chip },
  { name: 'filter-chip-dark-ru', query: 'theme=dark&lang=ru', act: chip },
  { name: 'filter-calendar-dark-uk', query: 'theme=dark&lang=uk', act: dateCondition },
  { name: 'filter-media-light', query: 'theme=light', act: condition('media', 2) },
  { name: 'filter-from-dark-ru', query: 'theme=dark&lang=ru', act: condition('last_from') },
  { name: 'filter-date-wrong-ru', query: 'theme=light&lang=ru', act: dateConditionWrong },
  { name: 'filter-field-light', query: 'theme=light', act: fieldCondition },
  { name: 'card-calendar-light', query: 'theme=light', act: cardCalendar },
  { name: 'card-date-wrong-dark-ru', query: 'theme=dark&lang=ru', act: cardDateWrong },
  { name: 'notice-undo-light', query: 'theme=light', act: undoable },
  { name: 'notice-undo-dark-uk', query: 'theme=dark&lang=uk', act: undoable },
  { name: 'notice-ways-dark-ru', query: 'theme=dark&lang=ru', act: reminded },
  { name: 'notice-failed-uk', query: 'theme=light&lang=uk', act: refused },
  { name: 'recovery-offer-light', query: 'theme=light&stage=main', act: recoveryOffered },
  { name: 'recovery-offer-dark-uk', query: 'theme=dark&lang=uk&stage=main', act: recoveryOffered },
  { name: 'changing-light', query: 'theme=light&pace=3', act: tagsAll },
  { name: 'changing-720-dark-ru', query: 'theme=dark&lang=ru&pace=3', width: 720, height: 760, act: tagsAll },
  { name: 'archiving-light', query: 'theme=light&pace=3', act: archivesAll },
  { name: 'archiving-720-dark-uk', query: 'theme=dark&lang=uk&pace=3', width: 720, height: 760, act: archivesAll },
  { name: 'archived-part-light', query: 'theme=light&pace=3', act: archivedPart },
  { name: 'archived-part-720-dark-ru', query: 'theme=dark&lang=ru&pace=3', width: 720, height: 760, act: archivedPart },
  { name: 'disk-little-light', query: 'theme=light', act: diskLittle },
  { name: 'disk-hardly-dark-ru', query: 'theme=dark&lang=ru', act: diskHardly },
  { name: 'photo-viewer-light', query: 'theme=light', act: all(open(0), (page) => page.locator('button.photo').last().click()) },
]; // prettier-ignore
