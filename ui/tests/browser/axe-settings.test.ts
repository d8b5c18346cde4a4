import { expect } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';
import type { Opened } from './window';

const section =
  (name: string) =>
  async ({ app }: Opened) => {
    app.page = 'settings';
    await page.getByTestId(`settings-${name}`).click();
  };

const accountPage = (id: number) => async (opened: Opened) => {
  await section('accounts')(opened);
  opened.app.settingsAccount = id;
  await expect.element(page.getByTestId('health')).toBeVisible();
};

const options = { accounts: 5 };
const screens: Screen[] = [
  ...[
    'appearance',
    'accounts',
    'tags',
    'statuses',
    'fields',
    'notifications',
    'security',
    'backups',
    'data',
    'about',
  ].map((name) => ({
    name: `settings, ${name}`,
    options,
    act: section(name),
  })),
  {
    name: 'notifications, with quiet hours that make no sense and a silent chat',
    options,
    act: async (opened) => {
      await opened.app.inbox?.silences.set(3, true);
      await section('notifications')(opened);
      await page.getByTestId('notify-quiet').click();
      await page.getByTestId('time-to').fill('22:00');
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByTestId('silent-chat')).toBeVisible();
    },
  },
  {
    name: 'an account as a table, with its hours',
    options,
    act: async (opened) => {
      const { backend } = opened;
      const settings = await backend.call('account_settings', { account: 1 });
      const hours = { days: [1, 2], from: 540, to: 1080 };
      await backend.call('set_account_settings', { account: 1, settings: { ...settings, hours } });
      await accountPage(1)(opened);
      await page.getByTestId('timeline-toggle').click();
      await expect.poll(() => document.querySelector('[data-testid="session"]')).not.toBeNull();
    },
  },
  { name: 'an account that waits', options, act: accountPage(3) },
  {
    name: 'an account that can not be reached to be removed',
    options,
    act: async ({ app, backend }) => {
      backend.fail('account_remove', 'not_reached');
      app.overlay = { kind: 'remove', account: 1 };
      await page.getByTestId('confirm').click();
      await expect.element(page.getByTestId('remove-here')).toBeVisible();
    },
  },
  {
    name: 'a proxy that is not one',
    options,
    act: async (opened) => {
      await section('accounts')(opened);
      await expect.poll(() => document.querySelectorAll('input[value="socks5"]').length).toBe(1);
      document.querySelector<HTMLElement>('input[value="socks5"]')?.click();
      await page.getByTestId('proxy-host').fill('web');
      await page.getByTestId('proxy-save').click();
      await expect.element(page.getByTestId('error')).toBeVisible();
    },
  },
  {
    name: 'changing the passphrase',
    options,
    act: async (opened) => {
      await opened.backend.call('passphrase_set', { old: null, new: 'correct horse' });
      await section('security')(opened);
      await page.getByTestId('add-passphrase').click();
      await page.getByTestId('passphrase-submit').click();
    },
  },
  {
    name: 'the recovery code',
    options,
    act: async (opened) => {
      await section('security')(opened);
      await page.getByTestId('add-recovery').click();
      await expect.element(page.getByTestId('recovery-code')).toBeVisible();
    },
  },
  {
    name: 'confirming the recovery code',
    options,
    act: async (opened) => {
      await section('security')(opened);
      await page.getByTestId('add-recovery').click();
      await page.getByTestId('recovery-kept').click();
      await page.getByTestId('recovery-confirm').click();
    },
  },
  {
    name: 'a recovery code that is offered',
    options: { ...options, stage: { stage: 'open', workspace: 'main', demo: false } },
    act: async () => {
      await expect.element(page.getByTestId('recovery-offer')).toBeVisible();
    },
  },
  {
    name: 'backups, held messages, a full disk',
    options,
    act: async (opened) => {
      const { world } = opened.backend;
      world.outgoing.set(901, {
        id: 901, account: 1, chat: 1, text: 'unsent', entities: [], reply_to: null, created_ms: Date.now(),
        state: { state: 'held', code: 'restored' },
      }); // prettier-ignore
      world.tell({ type: 'disk', room: 'hardly' });
      await section('backups')(opened);
      await page.getByTestId('backup-folder-add').click();
      await expect.element(page.getByTestId('held')).toBeVisible();
    },
  },
  {
    name: 'a backup that is proven',
    options,
    act: async (opened) => {
      await section('backups')(opened);
      await expect.poll(() => document.querySelector('[data-testid="backup-file"] button')).not.toBeNull(); // prettier-ignore
      document.querySelector<HTMLElement>('[data-testid="backup-file"] button')?.click();
      await expect.element(page.getByTestId('backup-proven')).toBeVisible();
    },
  },
];

axeFindsNothing(screens);
