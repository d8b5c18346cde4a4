import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { openWindow } from './window';

async function openProxy(account: number | null) {
  const opened = await openWindow();
  opened.app.page = 'settings';
  opened.app.settingsAccount = account;
  await page.getByTestId('settings-accounts').click();
  await page.getByText('SOCKS5 proxy').click();
  await expect.element(page.getByTestId('proxy-host')).toBeVisible();
  return opened;
}

test('a proxy is checked before it is used', async () => {
  const { backend } = await openProxy(1);
  const own = async () => (await backend.call('proxies', {})).own;
  await page.getByTestId('proxy-save').click();
  await expect.element(page.getByText('Give the name or the address')).toBeVisible();
  await page.getByTestId('proxy-host').fill('web');
  await page.getByTestId('proxy-save').click();
  await expect.element(page.getByTestId('error')).toHaveAttribute('data-code', 'proxy_not_socks5');
  expect(await own()).toEqual([]);
  await page.getByTestId('proxy-host').fill('proxy.example');
  await page.getByTestId('proxy-check').click();
  await expect.element(page.getByTestId('proxy-works')).toHaveTextContent('86 ms');
  expect(await own()).toEqual([]);
  await page.getByTestId('proxy-save').click();
  await expect.element(page.getByText('Through proxy.example:1080')).toBeVisible();
  expect(await own()).toEqual([
    {
      account: 1,
      way: { way: 'socks5', proxy: { host: 'proxy.example', port: 1080, user: null } },
    },
  ]);
  await page.getByText('Same as all', { exact: true }).click();
  await expect.poll(own).toEqual([]);
});

test('all accounts go out by one proxy, with a user and a password', async () => {
  const { backend } = await openProxy(null);
  await page.getByTestId('proxy-host').fill('proxy.example');
  await page.getByTestId('proxy-port').fill('99999');
  await page.getByTestId('proxy-save').click();
  await expect.element(page.getByText('A number from 1 to 65535.')).toBeVisible();
  await page.getByTestId('proxy-port').fill('1081');
  await page.getByTestId('proxy-user').fill('operator');
  await page.getByTestId('proxy-password').fill('wrong');
  await page.getByTestId('proxy-save').click();
  await expect.element(page.getByTestId('error')).toHaveAttribute('data-code', 'proxy_login_wrong');
  await page.getByTestId('proxy-password').fill('right');
  await page.getByTestId('proxy-save').click();
  await expect.poll(async () => (await backend.call('proxies', {})).shared).toEqual({
    host: 'proxy.example', port: 1081, user: 'operator',
  }); // prettier-ignore
});
