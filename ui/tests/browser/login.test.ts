import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow } from './window';

async function askForCode(phone: string) {
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
  await page.getByTestId('phone').fill(phone);
  await page.getByTestId('send-code').click();
  await expect.element(page.getByTestId('code')).toBeVisible();
}

async function openAdd() {
  const opened = await openWindow();
  opened.app.overlay = { kind: 'add', account: null };
  await expect.element(page.getByTestId('send-code')).toBeVisible();
  return opened;
}

test('the application at Telegram is asked for once, and another can be used', async () => {
  const { app, backend } = await openAdd();
  await askForCode('+999661234500');
  await page.getByText('Back').click();
  app.overlay = null;
  await expect.element(page.getByTestId('phone')).not.toBeInTheDocument();
  app.overlay = { kind: 'add', account: null };
  await expect.element(page.getByTestId('application-kept')).toHaveTextContent('12345');
  await page.getByTestId('phone').fill('+999661234501');
  await page.getByTestId('send-code').click();
  await expect.element(page.getByTestId('code')).toBeVisible();
  const start = backend.calls.findLast(({ name }) => name === 'login_start');
  expect(start?.args).toMatchObject({ request: { via: { via: 'kept' } } });
  await page.getByText('Back').click();
  await page.getByTestId('application-other').click();
  await page.getByTestId('send-code').click();
  await expect.element(page.getByTestId('api-id')).toHaveAttribute('aria-invalid', 'true');
});

test('a login that was left is taken up where it was', async () => {
  const { app, backend } = await openAdd();
  await askForCode('+999661234500');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('The login waits.')).toBeVisible();
  expect(app.overlay).toBeNull();
  expect(backend.calls.some(({ name }) => name === 'login_cancel')).toBe(false);
  app.overlay = { kind: 'add', account: null };
  await expect.element(page.getByTestId('left-login')).toHaveTextContent('+999661234500');
  await page.getByTestId('left-go-on').click();
  await page.getByTestId('code').fill('12345');
  await expect.element(page.getByTestId('password')).toBeVisible();
});

test('a login that was left is given up', async () => {
  const { app, backend } = await openAdd();
  await askForCode('+999661234500');
  await userEvent.keyboard('{Escape}');
  app.overlay = { kind: 'add', account: null };
  await page.getByTestId('left-give-up').click();
  await expect.element(page.getByTestId('left-login')).not.toBeInTheDocument();
  expect(await backend.call('logins', {})).toEqual([]);
});

test('a QR code that nobody looks at is given up', async () => {
  const { backend } = await openAdd();
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
  await page.getByTestId('show-qr').click();
  await expect.element(page.getByTestId('qr')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => backend.calls.some(({ name }) => name === 'login_cancel')).toBe(true);
});

test('what is known and unknown is told before a number is asked for', async () => {
  await openAdd();
  await page.getByTestId('honest').getByText('What is known and unknown').click();
  await expect.element(page.getByText('Start with a spare account, not with')).toBeVisible();
  await expect.element(page.getByText('tested against a simulated Telegram')).toBeVisible();
});
