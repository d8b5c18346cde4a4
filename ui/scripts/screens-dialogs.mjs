// Pictures of dialogs and menus that are opened from one place of a screen, and of screens that are
// seen once: what removes or moves something, what a message offers, an empty list of promises.

import { addAccount, all, go, behind, click, fillLogin, messageMenu, open, press, row, settings } from './steps.mjs'; // prettier-ignore

/** A button of a catalogue's row, by its place from the right. */
const fromRow = (testid, index) => async (page) => {
  await page.getByTestId(testid).first().getByRole('button').nth(index).click();
  await page.getByRole('dialog').waitFor();
};
/** Asks before a field of one's own is removed: those that the program brings stay. */
const fieldRemoval = async (page) => {
  await settings('fields')(page);
  await page.getByTestId('field-row').last().getByRole('button').nth(1).click();
  await page.getByRole('dialog').waitFor();
};
/** A message came whose words lead elsewhere than they say. */
const linkAsked = async (page) => {
  await open(0)(page);
  await behind(() => {
    const { sight, world } = globalThis.fake;
    world.add(sight, {
      text: 'The price list', out: false,
      entities: [{ kind: 'text_link', offset: 4, length: 10, value: 'https://files.example.org/2026/wholesale/price-list?for=partners' }],
    }); // prettier-ignore
  })(page);
  const link = page.getByTestId('conversation').getByTestId('message').last().getByRole('link');
  await link.click();
  await page.getByTestId('confirm-quote').waitFor();
};
/** Messages that a restored backup had not sent. */
const held = async (page) => {
  await behind(() => {
    const { world } = globalThis.fake;
    for (const [id, text] of [[901, 'unsent'], [902, 'The price list for autumn, as promised']]) {
      world.outgoing.set(id, {
        id, account: 1, chat: 1, text, entities: [], reply_to: null, created_ms: Date.now(),
        state: { state: 'held', code: 'restored' },
      });
    } // prettier-ignore
  })(page);
  await settings('backups')(page);
  await page.getByTestId('held').first().waitFor();
};
const keyRemoval = async (page) => {
  await behind(() => globalThis.fake.call('passphrase_set', { old: null, new: 'correct horse' }))(
    page,
  );
  await settings('security')(page);
  await page.getByTestId('remove-keyring').click();
  await page.getByRole('dialog').waitFor();
};
const keyGone = async (page) => {
  await behind(() => globalThis.fake.call('passphrase_set', { old: null, new: 'correct horse' }))(
    page,
  );
  await settings('security')(page);
  await page.getByTestId('remove-passphrase').click();
  await page.getByRole('dialog').waitFor();
};
const closing = behind(() => globalThis.fake.askClosing());
const notReached = async (page) => {
  await settings('accounts')(page);
  await page.getByTestId('account-open').first().click();
  await page.getByTestId('account-remove').click();
  await behind(() => globalThis.fake.fail('account_remove', 'not_reached'))(page);
  await page.getByTestId('confirm').click();
  await page.getByTestId('remove-here').waitFor();
};
/** A restore that asks for what the backup is opened by. */
const restoreSecret = async (page) => {
  await behind(() => (globalThis.fake.closed.secret = 'another'))(page);
  await all(settings('backups'), click('restore-file-any'), click('restore-choose'))(page);
  await page.getByTestId('restore-start').click();
  await page.getByTestId('restore-secret').fill('wrong');
  await page.getByTestId('restore-start').click();
  await page.getByTestId('error').waitFor();
};
const restored = async (page) => {
  await all(settings('backups'), click('restore-file-any'), click('restore-choose'))(page);
  await page.getByTestId('restore-start').click();
  await page.getByTestId('restored').waitFor();
};
const loggedIn = async (page) => {
  await all(addAccount, fillLogin)(page);
  await page.getByTestId('code').fill('12345');
  await page.getByTestId('password').fill('sesame');
  await press('Enter')(page);
  await page.getByTestId('login-done').waitFor();
};
const templateVariables = async (page) => {
  await go('t')(page);
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
  { name: 'link-ask-light', query: 'theme=light', act: linkAsked },
  { name: 'link-ask-dark-ru', query: 'theme=dark&lang=ru', act: linkAsked },
  { name: 'closing-light', query: 'theme=light', act: closing },
  { name: 'closing-dark-uk', query: 'theme=dark&lang=uk', act: closing },
  { name: 'broken-demo-dark-uk', query: 'stage=broken_demo&theme=dark&lang=uk' },
  { name: 'field-remove-dark-ru', query: 'theme=dark&lang=ru', act: fieldRemoval },
  { name: 'held-light', query: 'theme=light', act: held },
  { name: 'held-discard-dark-uk', query: 'theme=dark&lang=uk', act: all(held, click('held-discard')) },
  { name: 'key-remove-ru', query: 'theme=light&lang=ru', act: keyRemoval },
  { name: 'passphrase-remove-dark', query: 'theme=dark', act: keyGone },
  { name: 'account-not-reached-dark-ru', query: 'theme=dark&lang=ru&accounts=5', act: notReached },
  { name: 'restore-secret-uk', query: 'theme=light&lang=uk&stage=main', act: restoreSecret },
  { name: 'restored-dark', query: 'theme=dark&stage=main', act: restored },
  { name: 'tag-merge-light', query: 'theme=light', act: all(settings('tags'), fromRow('tag-row', 1)) },
  { name: 'tag-remove-dark-uk', query: 'theme=dark&lang=uk', act: all(settings('tags'), fromRow('tag-row', 2)) },
  { name: 'status-remove-ru', query: 'theme=light&lang=ru', act: all(settings('statuses'), fromRow('status-row', 1)) },
  { name: 'message-menu-light', query: 'theme=light', act: messageMenu },
  { name: 'message-delete-dark-uk', query: 'theme=dark&lang=uk', act: all(messageMenu, (page) => page.getByRole('menuitem').last().click()) },
  { name: 'photo-viewer-dark', query: 'theme=dark', act: all(open(0), (page) => page.locator('button.photo').last().click()) },
  { name: 'add-done', query: 'theme=light', act: loggedIn },
  { name: 'template-variables-dark', query: 'theme=dark', act: templateVariables },
  { name: 'tasks-empty-uk', query: 'theme=light&lang=uk&unmarked', act: go('p') },
  { name: 'task-put-off-dark-ru', query: 'theme=dark&lang=ru', act: all(go('p'), async (page) => {
    await page.getByTestId('task-row').first().waitFor();
    await press('h')(page);
  }) },
  { name: 'selected-menu-light', query: 'theme=light', act: async (page) => {
    await row(page, 1).click({ modifiers: ['Control'] });
    await row(page, 2).click({ modifiers: ['Control'] });
    await row(page, 2).click({ button: 'right' });
  } },
]; // prettier-ignore
