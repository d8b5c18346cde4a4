import { expect } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';
import type { Opened } from './window';

const asked = async ({ app }: Opened) => {
  app.overlay = { kind: 'add', account: null };
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
};
/** A number that ends in a seven has no password. */
const code = async (opened: Opened, phone = '+999661234500') => {
  await asked(opened);
  await page.getByTestId('phone').fill(phone);
  await page.getByTestId('send-code').click();
  await expect.element(page.getByTestId('code')).toBeVisible();
};
const password = async (opened: Opened) => {
  await code(opened);
  await page.getByTestId('code').fill('12345');
  await expect.element(page.getByTestId('password')).toBeVisible();
};
const refused = () => expect.element(page.getByTestId('error')).toBeVisible();

const screens: Screen[] = [
  {
    name: 'a login by QR code',
    act: async (opened) => {
      await asked(opened);
      await page.getByTestId('show-qr').click();
      await expect.element(page.getByTestId('qr')).toBeVisible();
    },
  },
  {
    name: 'a login through a profile that is not one',
    act: async ({ app, backend }) => {
      backend.fail('profile_add', 'profile_invalid');
      app.overlay = { kind: 'add', account: null };
      await expect.element(page.getByTestId('send-code')).toBeVisible();
      document.querySelector<HTMLElement>('input[value="profile"]')?.click();
      await page.getByTestId('profile').fill('{}');
      await page.getByTestId('profile-add').click();
      await refused();
    },
  },
  { name: 'a number that is none', act: async (opened) => {
    await asked(opened);
    await page.getByTestId('phone').fill('12');
    await page.getByTestId('send-code').click();
    await expect.element(page.getByTestId('phone')).toHaveAttribute('aria-invalid', 'true');
  } },
  { name: 'the code of a login', act: (opened) => code(opened) },
  {
    name: 'a code that is wrong',
    act: async (opened) => {
      await code(opened);
      await page.getByTestId('code').fill('54321');
      await refused();
    },
  },
  {
    name: 'a code that is missing',
    act: async (opened) => {
      await code(opened);
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByTestId('code')).toHaveAttribute('aria-invalid', 'true');
    },
  },
  { name: 'the password of a login', act: password },
  {
    name: 'a password that is wrong',
    act: async (opened) => {
      await password(opened);
      await page.getByTestId('password').fill('wrong');
      await userEvent.keyboard('{Enter}');
      await refused();
    },
  },
  {
    name: 'a login that is done',
    act: async (opened) => {
      await code(opened, '+999661234507');
      await page.getByTestId('code').fill('12345');
      await expect.element(page.getByTestId('login-done')).toBeVisible();
    },
  },
]; // prettier-ignore

axeFindsNothing(screens);
