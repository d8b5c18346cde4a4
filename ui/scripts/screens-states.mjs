// Pictures of what a screen looks like when something is refused, missing, or under way.

import {
  account,
  addAccount,
  all,
  behind,
  click,
  condition,
  fillLogin,
  go,
  open,
  press,
  settings,
} from './steps.mjs';

const refused = (page) => page.getByTestId('error').first().waitFor();
const shown = (testid) => (page) => page.getByTestId(testid).first().waitFor();
const fill = (testid, text) => (page) => page.getByTestId(testid).first().fill(text);

const wrongProfile = async (page) => {
  await addAccount(page);
  await page.locator('label:has(input[value="profile"])').click();
  await page.getByTestId('profile').fill('{ "name": "demo" }');
  await page.getByTestId('profile-add').click();
  await refused(page);
};
const sentOver = all(addAccount, fillLogin, behind(() => {
  const { logins } = globalThis.fake.world;
  logins.move(logins.all()[0].id, { step: 'sign_up_needed' });
}), shown('login-again')); // prettier-ignore

/** Has the newest backup checked, which is refused. */
const checked = async (page) => {
  await behind(() => globalThis.fake.fail('backup_verify', 'passphrase_wrong'))(page);
  await settings('backups')(page);
  await page.getByTestId('backup-file').first().getByRole('button').click();
  await page.getByTestId('backup-secret').waitFor();
};
/** A backup that takes as long as the picture. */
const backingUp = all(
  behind(() => void globalThis.fake.hold('backup_now')),
  settings('backups'),
  click('backup-now'),
  shown('backup-cancel'),
);
const rekeyed = all(settings('security'), click('rekey'), click('rekey-start'), shown('rekeyed'));
const mistyped = all(
  settings('security'), click('add-recovery'), click('recovery-kept'),
  async (page) => {
    for (const group of await page.getByTestId('recovery-group').all()) await group.fill('AAAA');
  },
  click('recovery-confirm'),
  refused,
); // prettier-ignore
/** Work on the closed workspace that takes as long as the picture. */
const working = (way) =>
  behind((name) => {
    const { fake } = globalThis;
    fake[name] = () => {
      fake.closed.percent = 40;
      return new Promise(() => {});
    };
  }, way);
const atWork = (page) => page.getByRole('progressbar').and(page.locator('[value="40"]')).waitFor();
const restoring = all(
  working('restore'),
  settings('backups'), click('restore-file-any'), click('restore-choose'), click('restore-start'),
  atWork,
); // prettier-ignore
const rekeying = all(
  working('rekey'),
  settings('security'), click('rekey'), click('rekey-start'),
  atWork,
); // prettier-ignore
const passphraseChange = all(
  behind(() => globalThis.fake.call('passphrase_set', { old: null, new: 'correct horse' })),
  settings('security'),
  click('add-passphrase'),
  fill('passphrase-new', 'short'),
  click('passphrase-submit'),
);

const found = (query) => async (page) => {
  await press('Control+Shift+KeyF')(page);
  await page.getByTestId('search-input').fill(query);
  await page.waitForTimeout(500);
};
const bulk = all(
  behind(() => void globalThis.fake.hold('archive_many')),
  press('Control+KeyA'),
  click('bulk-archive'),
);
/** Conditions in brackets: what a search was typed as, shown as a list. */
const grouped = all(found('(tag:VIP OR is:unread) kind:person'), click('search-as-list'));
const listFailed = all(
  behind(() => globalThis.fake.fail('chat_keys', 'disk_full')),
  async (page) => page.getByTestId('view').nth(1).click(),
  refused,
);

/** A group that went on as another one. */
const moved = all(
  open(0),
  behind(() => {
    const { world, sight } = globalThis.fake;
    world.chats.get(sight).moved_to = sight + 1;
    world.tell({ type: 'chats', account: world.chats.get(sight).account, chats: [sight] });
  }),
);
/** Rows and messages that are still being read. */
const rowsLoading = all(
  behind(() => void globalThis.fake.hold('chats')),
  async (page) => page.getByTestId('chat-list').focus(),
  press('Control+End'),
  shown('chat-skeleton'),
);
const historyLoading = all(
  behind(() => void globalThis.fake.hold('history')),
  async (page) => page.getByTestId('chat-row').nth(6).click(),
  shown('message-skeleton'),
);
/** A channel that the account only reads. */
const readOnly = async (page) => {
  const title = await page.evaluate(() => {
    const chats = [...globalThis.fake.world.chats.values()];
    return chats.find(({ kind }) => kind === 'channel').title;
  });
  await found(title)(page);
  await press('Enter')(page);
  await page.getByTestId('message').first().waitFor();
};
/** A chat of which nothing is stored. */
const nothingWritten = async (page) => {
  const row = page.getByTestId('chat-row').nth(6);
  const chat = Number(await row.getAttribute('data-chat'));
  await page.evaluate((id) => (globalThis.fake.world.history(id).length = 0), chat);
  await row.click();
  await page.getByTestId('composer').waitFor();
};
const historyFailed = async (page) => {
  await behind(() => globalThis.fake.fail('history', 'internal'))(page);
  await page.getByTestId('chat-row').nth(3).click();
  await refused(page);
};
const manyNotes = all(open(2), async (page) => {
  await page.evaluate(async () => {
    const { fake } = globalThis;
    const chat = fake.sight;
    for (const text of ['Pays by bank transfer', 'Wants the blue one', 'Call after lunch', 'Met at the fair']) {
      await fake.call('note_save', { note: { id: null, chat, text, pinned: false } });
    }
  });
  await page.getByTestId('notes').getByRole('searchbox').fill('nothing of the kind');
}); // prettier-ignore
const choices = async (page) => {
  await settings('fields')(page);
  await page
    .getByTestId('field-row')
    .filter({ hasText: 'Price list' })
    .getByRole('button')
    .first()
    .click();
  await page.getByTestId('field-options').waitFor();
};
const columnsTold = async (page) => {
  await all(settings('data'), click('import-people'))(page);
  await page.getByTestId('import-column').first().locator('select').selectOption({ index: 1 });
  await page.getByTestId('import-matched').waitFor();
  await page.getByRole('dialog').locator('summary').click();
};
const people = async (page) => {
  await go('c')(page);
  await page.getByTestId('people-page').waitFor();
};
const peopleNarrowed = async (page) => {
  await people(page);
  await condition('status', 2)(page);
  await press('Escape')(page);
};
const hours = async (page) => {
  await account(0)(page);
  await page.locator('label:has(input[value="set"])').first().click();
};
const nothingSaid = async (page) => {
  await go('t')(page);
  await page.getByTestId('template').first().waitFor();
  await page.getByRole('searchbox').fill('xyzzy');
};

export const stateScreens = [
  { name: 'add-wrong-uk', query: 'theme=light&lang=uk', act: all(addAccount, click('send-code')) },
  { name: 'add-profile-wrong-dark-ru', query: 'theme=dark&lang=ru', act: wrongProfile },
  { name: 'add-code-wrong-dark-uk', query: 'theme=dark&lang=uk', act: all(addAccount, fillLogin, fill('code', '54321'), refused) },
  { name: 'add-over-ru', query: 'theme=light&lang=ru', act: sentOver },
  { name: 'account-over-dark-uk', query: 'theme=dark&lang=uk&accounts=5', act: account(4) },
  { name: 'account-hours-ru', query: 'theme=light&lang=ru', height: 1200, act: hours },
  { name: 'backup-secret-ru', query: 'theme=light&lang=ru', act: checked },
  { name: 'backup-running-dark-uk', query: 'theme=dark&lang=uk', act: backingUp },
  { name: 'restore-running-dark-ru', query: 'theme=dark&lang=ru&stage=main', act: restoring },
  { name: 'rekey-running-uk', query: 'theme=light&lang=uk&stage=main', act: rekeying },
  { name: 'rekeyed-dark-ru', query: 'theme=dark&lang=ru&stage=main', act: rekeyed },
  { name: 'recovery-mistyped-uk', query: 'theme=light&lang=uk', act: mistyped },
  { name: 'passphrase-change-dark-ru', query: 'theme=dark&lang=ru', act: passphraseChange },
  { name: 'search-start-ru', query: 'theme=light&lang=ru', act: found('') },
  { name: 'search-nothing-dark-uk', query: 'theme=dark&lang=uk', act: found('xyzzy') },
  { name: 'search-kinds-light', query: 'theme=light', act: found('p') },
  { name: 'bulk-running-ru', query: 'theme=light&lang=ru', act: bulk },
  { name: 'filter-group-uk', query: 'theme=light&lang=uk', act: grouped },
  { name: 'list-failed-dark-ru', query: 'theme=dark&lang=ru', act: listFailed },
  { name: 'chat-moved-uk', query: 'theme=light&lang=uk', act: moved },
  { name: 'list-loading-light', query: 'theme=light', act: rowsLoading },
  { name: 'chat-loading-dark-uk', query: 'theme=dark&lang=uk', act: historyLoading },
  { name: 'chat-read-only-ru', query: 'theme=light&lang=ru', act: readOnly },
  { name: 'chat-empty-dark-uk', query: 'theme=dark&lang=uk', act: nothingWritten },
  { name: 'chat-failed-dark', query: 'theme=dark', act: historyFailed },
  { name: 'notes-none-found-ru', query: 'theme=light&lang=ru', height: 1000, act: manyNotes },
  { name: 'crm-field-choices-dark-uk', query: 'theme=dark&lang=uk', act: choices },
  { name: 'import-people-told-uk', query: 'theme=light&lang=uk', act: columnsTold },
  { name: 'people-narrowed-dark-ru', query: 'theme=dark&lang=ru', act: peopleNarrowed },
  { name: 'people-none-uk', query: 'theme=light&lang=uk&stage=main&accounts=0', act: people },
  { name: 'templates-nothing-dark-ru', query: 'theme=dark&lang=ru', act: nothingSaid },
  { name: 'composer-templates-nothing-uk', query: 'theme=light&lang=uk', act: all(open(1), (page) => page.getByTestId('composer').click(), (page) => page.keyboard.type('/xyzzy')) },
  { name: 'settings-search-nothing-ru', query: 'theme=light&lang=ru', act: all(settings('appearance'), fill('settings-search', 'xyzzy'), shown('settings-nothing')) },
  { name: 'settings-shortcuts-nothing-dark-uk', query: 'theme=dark&lang=uk', act: all(settings('shortcuts'), fill('shortcut-find', 'xyzzy')) },
]; // prettier-ignore
