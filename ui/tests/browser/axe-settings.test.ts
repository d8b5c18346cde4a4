import { expect } from 'vitest';
import { page } from 'vitest/browser';
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
  ...['appearance', 'accounts', 'data', 'about'].map((name) => ({
    name: `settings, ${name}`,
    options,
    act: section(name),
  })),
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
];

axeFindsNothing(screens);
