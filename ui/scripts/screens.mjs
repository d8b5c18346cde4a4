// The screens that shots.mjs takes pictures of.

import { crmScreens } from './screens-crm.mjs';
import { dialogScreens } from './screens-dialogs.mjs';
import { lists } from './screens-lists.mjs';
import { menuScreens } from './screens-menus.mjs';
import { peopleScreens } from './screens-people.mjs';
import { stateScreens } from './screens-states.mjs';
import { account, addAccount, all, fillLogin, go, click, open, palette, press, row, settings } from './steps.mjs'; // prettier-ignore

const search = (query) => async (page) => {
  await press('Control+Shift+KeyF')(page);
  await page.getByTestId('search-input').fill(query);
  await page.getByTestId('search-hit').first().waitFor();
};
const send = (text) => async (page) => {
  await page.getByTestId('composer').fill(text);
  await press('Enter')(page);
  await page.waitForTimeout(700);
};
const hold = async (page) => {
  await row(page, 2).click({ button: 'right' });
};
const silence = async (page) => {
  for (const index of [2, 5]) {
    await row(page, index).click({ button: 'right' });
    await page.getByRole('menuitem').nth(-2).click();
  }
};

const templates = async (page) => {
  await go('t')(page);
  await page.getByTestId('templates').waitFor();
  await page.waitForTimeout(150);
};
const template = (index) =>
  all(templates, async (page) => {
    await page.getByTestId('template').nth(index).click();
    await page.waitForTimeout(250);
  });
const slash = (words) => async (page) => {
  await page.getByTestId('composer').click();
  await page.keyboard.type(`/${words}`);
  await page.waitForTimeout(250);
};

export const screens = [
  ...lists,
  { name: 'first-light', query: 'stage=first&theme=light' },
  { name: 'first-dark-uk', query: 'stage=first&theme=dark&lang=uk' },
  { name: 'unlock', query: 'stage=locked&theme=light' },
  {
    name: 'unlock-new-dark',
    query: 'stage=new&theme=dark&lang=ru',
    act: async (page) => {
      await page.getByTestId('passphrase').fill('four random words');
      await page.getByTestId('passphrase-repeat').fill('four random');
      await page.getByTestId('unlock').click();
    },
  },
  {
    name: 'unlock-wrong',
    query: 'stage=keyring&theme=light',
    act: async (page) => {
      await page.getByTestId('passphrase').fill('wrong');
      await page.getByTestId('unlock').click();
    },
  },
  { name: 'broken', query: 'stage=broken&theme=light' },
  { name: 'inbox-none-light', query: 'theme=light' },
  { name: 'inbox-light', query: 'theme=light', act: open(0) },
  { name: 'inbox-dark', query: 'theme=dark', act: open(0) },
  { name: 'inbox-group-ru', query: 'theme=light&lang=ru&accounts=5', act: open(6) },
  { name: 'inbox-top-dark', query: 'theme=dark&accounts=5', act: open(4) },
  { name: 'inbox-hostile', query: 'theme=light&hostile', act: open(2) },
  { name: 'inbox-hostile-list', query: 'theme=dark&hostile' },
  { name: 'inbox-700', query: 'theme=light', width: 700, height: 760, act: open(0) },
  { name: 'inbox-700-list', query: 'theme=dark', width: 700, height: 760 },
  { name: 'inbox-720-states-ru', query: 'theme=light&lang=ru&accounts=5', width: 720, height: 760 },
  { name: 'inbox-720-states-uk', query: 'theme=dark&lang=uk&accounts=9', width: 800, height: 600 },
  { name: 'inbox-1000', query: 'theme=light', width: 1000, act: open(1) },
  { name: 'inbox-wide', query: 'theme=light', width: 1920, height: 1080, act: open(1) },
  { name: 'inbox-100k', query: 'theme=light&chats=100000' },
  { name: 'main-empty', query: 'stage=main&accounts=0&theme=light' },
  { name: 'menu', query: 'theme=light', act: hold },
  {
    name: 'sending-failed',
    query: 'theme=light',
    act: all(open(0), send('This will fail'), send('this is slow'), send('Sent well'), async (page) => {
      await press('ArrowUp')(page);
    }),
  },
  { name: 'reply-dark', query: 'theme=dark', act: all(open(3), press('Escape'), open(3), async (page) => {
    await page.getByTestId('conversation').focus();
    await press('r')(page);
  }) },
  { name: 'search-light', query: 'theme=light', act: all(open(1), search('оплат')) },
  { name: 'search-dark-uk', query: 'theme=dark&lang=uk', act: all(search('price'), press('ArrowDown'), press('Enter')) },
  ...crmScreens,
  ...peopleScreens,
  ...dialogScreens,
  ...menuScreens,
  ...stateScreens,
  { name: 'settings-appearance', query: 'theme=light', act: settings('appearance') },
  { name: 'settings-accounts-dark', query: 'theme=dark&accounts=5', act: settings('accounts') },
  { name: 'account-dark-ru', query: 'theme=dark&accounts=5&lang=ru', height: 1500, act: account(2) },
  { name: 'account-light', query: 'theme=light&accounts=5', height: 1500, act: account(0) },
  {
    name: 'account-720-uk',
    query: 'theme=light&accounts=5&lang=uk',
    width: 720,
    height: 1700,
    act: all(account(1), click('timeline-toggle'), click('history-pause')),
  },
  { name: 'account-remove-dark', query: 'theme=dark&accounts=5', act: all(account(0), click('account-remove')) },
  { name: 'settings-accounts-720', query: 'theme=light&accounts=5', width: 720, height: 760, act: settings('accounts') },
  { name: 'coverage-light', query: 'theme=light', act: all(open(1), click('coverage-load')) },
  { name: 'coverage-dark-uk', query: 'theme=dark&lang=uk', act: all(open(0), (page) => page.getByTestId('coverage').scrollIntoViewIfNeeded()) },
  {
    name: 'proxy-dark-uk',
    query: 'theme=dark&lang=uk&accounts=5',
    height: 1100,
    act: all(settings('accounts'), async (page) => {
      await page.locator('label:has(input[value="socks5"])').first().click();
      await page.getByTestId('proxy-host').fill('proxy.example');
      await page.getByTestId('proxy-check').click();
      await page.getByTestId('proxy-works').waitFor();
    }),
  },
  { name: 'notifications-light', query: 'theme=light', act: all(silence, settings('notifications'), click('notify-quiet')) },
  { name: 'notifications-720-dark-ru', query: 'theme=dark&lang=ru', width: 720, height: 800, act: all(settings('notifications'), click('notify-messages')) },
  { name: 'notifications-720-uk', query: 'theme=light&lang=uk&hostile', width: 720, height: 900, act: all(silence, settings('notifications'), click('notify-quiet')) },
  { name: 'security-light', query: 'theme=light', height: 1200, act: settings('security') },
  { name: 'security-720-dark-ru', query: 'theme=dark&lang=ru', width: 720, height: 1300, act: settings('security') },
  { name: 'recovery-dark-uk', query: 'theme=dark&lang=uk', act: all(settings('security'), click('add-recovery')) },
  { name: 'recovery-confirm', query: 'theme=light', act: all(settings('security'), click('add-recovery'), click('recovery-kept')) },
  { name: 'passphrase', query: 'theme=light', act: all(settings('security'), click('add-passphrase')) },
  { name: 'backups-light', query: 'theme=light', height: 1100, act: all(settings('backups'), click('backup-folder-add')) },
  {
    name: 'backups-720-dark-ru',
    query: 'theme=dark&lang=ru',
    width: 720,
    height: 1100,
    act: all(settings('backups'), (page) => page.locator('select:has(option[value="set"])').selectOption('set')),
  },
  {
    name: 'backups-verify-uk',
    query: 'theme=light&lang=uk',
    act: all(settings('backups'), async (page) => {
      await page.getByTestId('backup-file').first().getByRole('button').click();
      await page.getByTestId('backup-proven').waitFor();
    }),
  },
  { name: 'settings-data-ru', query: 'theme=light&lang=ru', act: settings('data') },
  { name: 'settings-about', query: 'theme=dark', act: settings('about') },
  { name: 'inbox-compact', query: 'theme=light', act: all(palette('density'), open(0)) },
  {
    name: 'inbox-large-text-dark-ru',
    query: 'theme=dark&lang=ru',
    act: all(palette('text_larger'), palette('text_larger'), open(0)),
  },
  { name: 'palette', query: 'theme=light', act: press('Control+KeyK') },
  { name: 'palette-recent-dark-ru', query: 'theme=dark&lang=ru', act: all(palette('zoom_in'), palette('view_2'), press('Control+KeyK')) },
  { name: 'palette-found-uk', query: 'theme=light&lang=uk', act: all(press('Control+KeyK'), (page) => page.getByRole('combobox').fill('theme')) },
  { name: 'palette-nothing-dark', query: 'theme=dark', act: all(press('Control+KeyK'), (page) => page.getByRole('combobox').fill('xyzzy')) },
  {
    name: 'settings-search-uk',
    query: 'theme=light&lang=uk',
    act: all(settings('appearance'), press('Control+KeyF'), (page) => page.keyboard.type('lock')),
  },
  {
    name: 'settings-search-720-dark',
    query: 'theme=dark&accounts=5',
    width: 720,
    height: 760,
    act: all(settings('backups'), press('Control+KeyF'), (page) => page.keyboard.type('quiet'), press('Enter')),
  },
  { name: 'settings-shortcuts', query: 'theme=light', act: settings('shortcuts') },
  {
    name: 'settings-shortcuts-taken-720-dark-uk',
    query: 'theme=dark&lang=uk',
    width: 720,
    height: 900,
    act: all(settings('shortcuts'), async (page) => {
      const row = page.locator('[data-action="find_in_chat"]');
      await row.getByTestId('shortcut-add').click();
      await press('Control+KeyK')(page);
      await page.getByTestId('shortcut-take').click();
      await row.getByTestId('shortcut-add').click();
      await press('Control+Shift+KeyL')(page);
      await page.getByTestId('shortcut-taken').waitFor();
    }),
  },
  {
    name: 'settings-shortcuts-recording-ru',
    query: 'theme=light&lang=ru',
    act: all(settings('shortcuts'), async (page) => {
      await page.locator('[data-action="go_inbox"]').getByTestId('shortcut-change').click();
    }),
  },
  { name: 'menu-keys-dark-ru', query: 'theme=dark&lang=ru', act: hold },
  { name: 'shortcuts-dark', query: 'theme=dark', act: press('Shift+Slash') },
  { name: 'add-telegram', query: 'theme=light', act: addAccount },
  {
    name: 'add-country-dark-uk',
    query: 'theme=dark&lang=uk&stage=main&accounts=0',
    act: async (page) => {
      await addAccount(page);
      await page.getByTestId('phone').fill('+380671234567');
      await page.getByTestId('country').click();
      await page.getByTestId('country').fill('по');
      await page.waitForTimeout(200);
    },
  },
  {
    name: 'add-country-none-light',
    query: 'theme=light&stage=main&accounts=0',
    act: async (page) => {
      await addAccount(page);
      await page.getByTestId('country').click();
      await page.getByTestId('country').fill('zzz');
      await page.locator('.country-none').waitFor();
    },
  },
  {
    name: 'add-qr-dark-ru',
    query: 'theme=dark&lang=ru&stage=main&accounts=0',
    act: async (page) => {
      await addAccount(page);
      await page.getByTestId('api-id').fill('12345');
      await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
      await page.getByTestId('show-qr').click();
    },
  },
  {
    name: 'add-left-dark-ru',
    query: 'theme=dark&lang=ru&stage=main&accounts=0',
    height: 900,
    act: async (page) => {
      await addAccount(page);
      await fillLogin(page);
      await press('Escape')(page);
      await addAccount(page);
      await page.getByTestId('left-login').waitFor();
      await page.getByTestId('honest').locator('summary').click();
    },
  },
  { name: 'add-code', query: 'theme=light', act: all(addAccount, fillLogin) },
  {
    name: 'add-password-dark',
    query: 'theme=dark',
    act: all(addAccount, fillLogin, async (page) => {
      await page.getByTestId('code').fill('12345');
      await page.getByTestId('password').fill('wrong');
      await press('Enter')(page);
      await page.waitForTimeout(200);
    }),
  },
  { name: 'templates-light', query: 'theme=light', act: all(open(1), template(0)) },
  {
    name: 'templates-error-dark-ru',
    query: 'theme=dark&lang=ru',
    act: all(open(1), template(3), async (page) => {
      await page.getByTestId('template-body').fill('**{first_name}**, привет! {frist_name} {компания}\nСчёт `12-34`, ||секрет||, [сайт](https://example.org) {');
      await page.waitForTimeout(300);
    }),
  },
  { name: 'templates-720-uk', query: 'theme=light&lang=uk', width: 720, height: 900, act: templates },
  { name: 'templates-720-editor-dark', query: 'theme=dark', width: 720, height: 900, act: template(4) },
  { name: 'templates-empty', query: 'theme=light&unmarked', act: templates },
  { name: 'templates-starters-dark-uk', query: 'theme=dark&lang=uk&unmarked', act: all(templates, click('starters-offer')) },
  {
    name: 'templates-import',
    query: 'theme=light',
    act: all(templates, click('templates-import'), async (page) => {
      const text = 'name,category,language,text\nNew one,Sales,en,Hi\nFirst reply,Greetings,de,Hallo\nOdd,,en,{nothing}\nWholesale terms,,en,"Hi {first_name}, these are our terms for {price_list} customers: ||10 % off||."\n';
      await page.getByTestId('import-file').setInputFiles({ name: 'templates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.getByTestId('import-line').first().waitFor();
    }),
  },
  { name: 'templates-export-dark', query: 'theme=dark', act: all(templates, click('templates-export')) },
  { name: 'composer-templates-light', query: 'theme=light', act: all(open(1), slash('')) },
  { name: 'composer-templates-gap-dark-ru', query: 'theme=dark&lang=ru', act: all(open(3), slash('whole'), press('Enter')) },
  { name: 'composer-templates-720-uk', query: 'theme=light&lang=uk', width: 720, height: 760, act: all(open(1), slash('f')) },
  {
    name: 'composer-formatted-light',
    query: 'theme=light',
    act: all(open(1), slash('payment det'), press('Enter'), async (page) => {
      await page.waitForTimeout(200);
      await page.keyboard.type(' Thank you');
    }),
  },
  { name: 'composer-formatted-dark', query: 'theme=dark', act: all(open(1), slash('on its'), press('Enter'), press('Enter'), async (page) => page.waitForTimeout(200)) },
  { name: 'wipe-demo', query: 'theme=light', act: all(settings('data'), click('demo-wipe')) },
]; // prettier-ignore
