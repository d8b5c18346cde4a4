import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, part, rows } from './window';

test('the first screen leads into the demo, which says that it is one', async () => {
  const { app } = await openWindow({ stage: { stage: 'first_run' } });
  await expect.element(page.getByText('Start with a spare account').first()).toBeVisible();
  await page.getByTestId('first-run-demo').click();
  await expect.element(page.getByTestId('demo-badge')).toBeVisible();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  expect(app.stage).toEqual({ stage: 'open', workspace: 'demo', demo: true });
});

test('language and theme change at once', async () => {
  await openWindow({ stage: { stage: 'first_run' } });
  await page.getByText('Українська').click();
  await expect.element(page.getByText('Ласкаво просимо')).toBeVisible();
  expect(document.documentElement.lang).toBe('uk');
  await page.getByText('Темна', { exact: true }).click();
  expect(document.documentElement.dataset['theme']).toBe('dark');
});

test('connecting an account leads through code and password to the inbox', async () => {
  const { backend } = await openWindow({ stage: { stage: 'first_run' } });
  await page.getByTestId('first-run-connect').click();
  await page.getByTestId('send-code').click();
  await expect.element(page.getByText('Start with + and the country code')).toBeVisible();
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789ABCDEF0123456789abcdef');
  await page.getByTestId('phone').fill('+999 (66) 123-45-00');
  await page.getByTestId('send-code').click();
  await page.getByTestId('code').fill('99999');
  await expect.element(page.getByText('This code is wrong')).toBeVisible();
  await page.getByTestId('code').fill('12345');
  await page.getByTestId('password').fill('wrong');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('This password is wrong')).toBeVisible();
  await page.getByTestId('password').fill('sesame');
  await userEvent.keyboard('{Enter}');
  await page.getByTestId('login-done').click();
  await expect.element(page.getByTestId('account-row')).toBeVisible();
  const start = backend.calls.find((call) => call.name === 'login_start');
  expect(start?.args).toEqual({
    request: {
      via: { via: 'telegram', api_id: 12345, api_hash: '0123456789abcdef0123456789abcdef' },
      phone: '+999661234500',
      account: null,
    },
  });
});

test('a country is found by name or code, and gives the number its form', async () => {
  const { app } = await openWindow({ looks: { language: 'uk' } });
  app.overlay = { kind: 'add', account: null };
  await page.getByTestId('country').fill('укра');
  await page.getByTestId('country-item').click();
  await expect.element(page.getByTestId('phone')).toHaveFocus();
  await userEvent.keyboard('671234567');
  await expect.element(page.getByTestId('phone')).toHaveValue('+380 67 123 4567');
  await page.getByTestId('country').fill('+77');
  await expect.element(page.getByText('Такої країни немає')).toBeVisible();
});

test('a number tells its country, the more of it there is', async () => {
  const { app } = await openWindow();
  app.overlay = { kind: 'add', account: null };
  const country = page.getByTestId('country');
  await page.getByTestId('phone').fill('+7');
  await expect.element(country).toHaveValue('Russia');
  await page.getByTestId('phone').fill('+77011234567');
  await expect.element(country).toHaveValue('Kazakhstan');
  await page.getByTestId('phone').fill('+999661234500');
  await expect.element(country).toHaveValue('');
});

test('a QR code is shown, renewed by an event, and followed by what comes of it', async () => {
  const { app, backend } = await openWindow();
  app.overlay = { kind: 'add', account: null };
  await page.getByTestId('show-qr').click();
  await expect.element(page.getByTestId('api-id')).toHaveAttribute('aria-invalid', 'true');
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
  await page.getByTestId('show-qr').click();
  await expect.element(page.getByTestId('qr')).toBeVisible();
  const [login] = await backend.call('logins', {});
  if (login?.step.step !== 'qr') throw new Error('a QR code is waited for');
  backend.world.logins.move(login.id, {
    ...login.step,
    picture: { size: 25, path: 'M1 1h7v7h-7z' },
  });
  await expect.poll(() => part('qr').querySelector('path')?.getAttribute('d')).toBe('M1 1h7v7h-7z');
  expect((await axe.run(part('qr').closest('[role="dialog"]') ?? document)).violations).toEqual([]);
  backend.world.logins.move(login.id, { step: 'failed', code: 'other_user' });
  await expect.element(page.getByTestId('login-again')).toBeVisible();
  await page.getByTestId('login-again').click();
  await expect.element(page.getByTestId('show-qr')).toBeVisible();
});

test('a number without an account is said so, and the way back leads to the start', async () => {
  const { app, backend } = await openWindow();
  app.overlay = { kind: 'add', account: null };
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
  await page.getByTestId('phone').fill('+999661234500');
  await page.getByTestId('send-code').click();
  await expect.element(page.getByTestId('code')).toBeVisible();
  const [login] = await backend.call('logins', {});
  backend.world.logins.move(login?.id ?? 0, { step: 'sign_up_needed' });
  await expect
    .element(page.getByText('There is no Telegram account with this number'))
    .toBeVisible();
  await page.getByTestId('login-again').click();
  await expect.element(page.getByTestId('send-code')).toBeVisible();
});

test('a profile that is none is refused with a sentence', async () => {
  const { app } = await openWindow();
  app.overlay = { kind: 'add', account: null };
  await page.getByText('Connection profile').click();
  await page.getByTestId('profile').fill('nonsense');
  await page.getByTestId('profile-add').click();
  await expect.element(page.getByText('This is not a connection profile')).toBeVisible();
  await page.getByTestId('profile').fill('[[account]]');
  await page.getByTestId('profile-add').click();
  await expect.element(page.getByText('1 account added')).toBeVisible();
});

test('a wrong passphrase is said so, a right one opens', async () => {
  await openWindow({ stage: { stage: 'locked', workspace: 'main', needs: 'passphrase' } });
  await page.getByTestId('passphrase').fill('wrong');
  await page.getByTestId('unlock').click();
  await expect.element(page.getByText('This passphrase does not open')).toBeVisible();
  await page.getByTestId('passphrase').fill('correct horse');
  await page.getByTestId('unlock').click();
  await expect.element(page.getByText('No account yet')).toBeVisible();
});

test('a new passphrase is long and typed twice', async () => {
  const { app } = await openWindow({
    stage: { stage: 'locked', workspace: 'main', needs: 'new_passphrase' },
  });
  await page.getByTestId('passphrase').fill('short');
  await page.getByTestId('passphrase-repeat').fill('other');
  await page.getByTestId('unlock').click();
  await expect.element(page.getByText('The two passphrases differ.')).toBeVisible();
  expect(app.stage?.stage).toBe('locked');
  await page.getByTestId('passphrase').fill('four random words here');
  await page.getByTestId('passphrase-repeat').fill('four random words here');
  await page.getByTestId('unlock').click();
  await expect.poll(() => app.stage?.stage).toBe('open');
});

test('a broken workspace says what happened and offers ways on', async () => {
  const error = { code: 'newer_version' as const, detail: 'schema 9', until_ms: null };
  const { backend } = await openWindow({ stage: { stage: 'broken', workspace: 'main', error } });
  await expect.element(page.getByText('A newer Switchboard wrote this workspace')).toBeVisible();
  await page.getByText('Open the log folder').click();
  await expect.poll(() => backend.opened).toContain('logs');
  expect(document.body.textContent).not.toContain('newer_version');
});

test('wiping the demo is asked for, then leads to the first screen', async () => {
  const { app } = await openWindow();
  app.page = 'settings';
  await page.getByTestId('settings-data').click();
  await page.getByTestId('demo-wipe').click();
  await page.getByTestId('confirm').click();
  await expect.element(page.getByTestId('first-run-demo')).toBeVisible();
  expect(() => part('chat-list')).toThrow();
});
