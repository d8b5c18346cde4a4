// Pictures of dialogs and menus that are opened from one place of a screen, and of screens that are
// seen once: what removes or moves something, what a message offers, an empty list of promises.

import { all, click, open, press, row, settings } from './steps.mjs';

/** The menu of the newest message. */
const messageMenu = async (page) => {
  await open(0)(page);
  const message = page.getByTestId('message').last();
  await message.hover();
  await message.getByRole('button').last().click();
  await page.getByRole('menu').waitFor();
};
/** A button of a catalogue's row, by its place from the right. */
const fromRow = (testid, index) => async (page) => {
  await page.getByTestId(testid).first().getByRole('button').nth(index).click();
  await page.getByRole('dialog').waitFor();
};
const loggedIn = async (page) => {
  await press('Control+KeyK')(page);
  await page.getByRole('combobox').fill('Add');
  await press('Enter')(page);
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
  await page.getByTestId('phone').fill('+999 66 12345');
  await page.getByTestId('send-code').click();
  await page.getByTestId('code').fill('12345');
  await page.getByTestId('password').fill('sesame');
  await press('Enter')(page);
  await page.getByTestId('login-done').waitFor();
};
const templateVariables = async (page) => {
  await all(press('g'), press('t'))(page);
  await page.getByTestId('template').first().click();
  await page.getByTestId('variables').click();
};

export const dialogScreens = [
  { name: 'unlock-click-dark-uk', query: 'stage=asked&theme=dark&lang=uk' },
  { name: 'damaged-light', query: 'theme=light&stage=main&damaged' },
  { name: 'damaged-dark-ru', query: 'theme=dark&lang=ru&stage=main&damaged' },
  { name: 'restore-light', query: 'stage=first&theme=light', act: click('first-run-restore') },
  { name: 'restore-backup-dark-ru', query: 'theme=dark&lang=ru&stage=main', act: all(settings('backups'), click('restore-file-any')) },
  { name: 'rekey-light', query: 'theme=light&stage=main', act: all(settings('security'), click('rekey')) },
  { name: 'import-state-light', query: 'theme=light', act: all(settings('data'), click('import-state')) },
  { name: 'import-people-dark-ru', query: 'theme=dark&lang=ru', act: all(settings('data'), click('import-people')) },
  { name: 'account-devices-light', query: 'theme=light&accounts=5', height: 1000, act: all(settings('accounts'), async (page) => {
    await page.getByTestId('account-open').first().click();
    await page.getByTestId('session').nth(1).getByRole('button').click();
    await page.getByRole('dialog').waitFor();
  }) },
  { name: 'tag-merge-light', query: 'theme=light', act: all(settings('tags'), fromRow('tag-row', 1)) },
  { name: 'tag-remove-dark-uk', query: 'theme=dark&lang=uk', act: all(settings('tags'), fromRow('tag-row', 2)) },
  { name: 'status-remove-ru', query: 'theme=light&lang=ru', act: all(settings('statuses'), fromRow('status-row', 1)) },
  { name: 'message-menu-light', query: 'theme=light', act: messageMenu },
  { name: 'message-delete-dark-uk', query: 'theme=dark&lang=uk', act: all(messageMenu, (page) => page.getByRole('menuitem').last().click()) },
  { name: 'photo-viewer-dark', query: 'theme=dark', act: all(open(0), (page) => page.locator('button.photo').last().click()) },
  { name: 'add-done', query: 'theme=light', act: loggedIn },
  { name: 'template-variables-dark', query: 'theme=dark', act: templateVariables },
  { name: 'tasks-empty-uk', query: 'theme=light&lang=uk&unmarked', act: all(press('g'), press('p')) },
  { name: 'task-put-off-dark-ru', query: 'theme=dark&lang=ru', act: all(press('g'), press('p'), async (page) => {
    await page.getByTestId('task-row').first().waitFor();
    await press('h')(page);
  }) },
  { name: 'selected-menu-light', query: 'theme=light', act: async (page) => {
    await row(page, 1).click({ modifiers: ['Control'] });
    await row(page, 2).click({ modifiers: ['Control'] });
    await row(page, 2).click({ button: 'right' });
  } },
]; // prettier-ignore
