import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';
import { messages, type Opened } from './window';

/** A section of the settings, once what `testid` marks is there. */
const section =
  (name: string, testid: string) =>
  async ({ app }: Opened) => {
    app.page = 'settings';
    await page.getByTestId(`settings-${name}`).click();
    await expect.element(page.getByTestId(testid).first()).toBeVisible();
  };

/** Presses a button of a row, and waits for the dialog that this opens. */
async function ask(testid: string, row: number, button: number): Promise<void> {
  const rows = document.querySelectorAll(`[data-testid="${testid}"]`);
  const buttons = [...rows].at(row)?.querySelectorAll('button');
  buttons?.[button]?.click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
}

const inCatalogue =
  (name: string, testid: string, row: number, button: number) => async (opened: Opened) => {
    await section(name, testid)(opened);
    await ask(testid, row, button);
  };

const inChat = async ({ app }: Opened) => {
  await app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
};

const newest = ({ app }: Opened) => app.inbox?.conversation?.messages.at(-1);

const screens: Screen[] = [
  { name: 'removal of a tag', act: inCatalogue('tags', 'tag-row', 0, 2) },
  { name: 'merging a tag', act: inCatalogue('tags', 'tag-row', 0, 1) },
  { name: 'changing a tag', act: inCatalogue('tags', 'tag-row', 0, 0) },
  { name: 'removal of a status', act: inCatalogue('statuses', 'status-row', 0, 1) },
  { name: 'changing a status', act: inCatalogue('statuses', 'status-row', 0, 0) },
  { name: 'removal of a field', act: inCatalogue('fields', 'field-row', -1, 1) },
  { name: 'changing a field', act: inCatalogue('fields', 'field-row', -1, 0) },
  ...(['tag', 'status', 'field'] as const).map((what) => ({
    name: `a new ${what} from the palette`,
    act: ({ app }: Opened) => void (app.overlay = { kind: 'make', what }),
  })),
  {
    name: 'deleting a message',
    act: async (opened) => {
      await inChat(opened);
      const message = newest(opened);
      if (message) opened.app.overlay = { kind: 'delete', messages: [message] };
      await expect.element(page.getByTestId('confirm').first()).toBeVisible();
    },
  },
  {
    name: 'a photo',
    act: async (opened) => {
      await inChat(opened);
      const message = newest(opened);
      if (message) opened.app.overlay = { kind: 'photo', message };
      await expect.element(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'a link whose words lead elsewhere',
    act: ({ app }) => void (app.overlay = { kind: 'link', url: 'https://example.org/a' }),
  },
  { name: 'closing the window', act: ({ backend }) => backend.askClosing() },
  {
    name: 'removing an account',
    act: ({ app }) => void (app.overlay = { kind: 'remove', account: 1 }),
  },
  {
    name: 'ending a session',
    act: async (opened) => {
      await section('accounts', 'account-open')(opened);
      opened.app.settingsAccount = 1;
      await expect.element(page.getByTestId('session').nth(1)).toBeVisible();
      await ask('session', 1, 0);
    },
  },
  {
    name: 'a way to open the workspace that is removed',
    act: async (opened) => {
      await opened.backend.call('passphrase_set', { old: null, new: 'correct horse' });
      await section('security', 'remove-keyring')(opened);
      await page.getByTestId('remove-keyring').click();
      await expect.element(page.getByTestId('confirm')).toBeVisible();
    },
  },
  {
    name: 'removing the passphrase',
    act: async (opened) => {
      await opened.backend.call('passphrase_set', { old: null, new: 'correct horse' });
      await section('security', 'remove-passphrase')(opened);
      await page.getByTestId('remove-passphrase').click();
      await expect.element(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'a change of the key',
    options: { stage: { stage: 'open', workspace: 'main', demo: false } },
    act: async (opened) => {
      await section('security', 'rekey')(opened);
      await page.getByTestId('rekey').click();
      await expect.element(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'what becomes of a broken demo',
    options: {
      stage: {
        stage: 'broken',
        workspace: 'demo',
        error: { code: 'damaged', detail: 'page 7', until_ms: null },
      },
    },
    act: ({ app }) => void (app.overlay = { kind: 'wipe_demo' }),
  },
  {
    name: 'a task that is put off',
    act: async (opened) => {
      await inChat(opened);
      const { app, backend } = opened;
      const task = { id: null, chat: 1, kind: 'i_owe' as const, text: 'Send it', message: null, due_ms: Date.now() }; // prettier-ignore
      await backend.call('task_save', { task });
      const [kept] = (await backend.call('card', { chat: 1 })).tasks;
      if (kept) app.overlay = { kind: 'due', task: kept };
      await expect.element(page.getByRole('dialog')).toBeVisible();
    },
  },
];

axeFindsNothing(screens);
