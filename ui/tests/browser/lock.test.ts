import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { openWindow } from './window';

async function openLock() {
  const opened = await openWindow();
  opened.app.page = 'settings';
  await page.getByTestId('settings-security').click();
  await expect.element(page.getByTestId('lock-idle')).toBeVisible();
  return opened;
}

test('when the window locks itself, and how, is set and taken back', async () => {
  const { app, backend } = await openLock();
  const settings = () => backend.call('lock_settings', {});
  await page.getByTestId('lock-idle').selectOptions('60');
  await expect.poll(async () => (await settings()).idle_minutes).toBe(60);
  await page.getByTestId('lock-sleep').click();
  await page.getByText('Fully', { exact: true }).click();
  await expect.element(page.getByText('no key stays in memory')).toBeVisible();
  await expect.poll(settings).toEqual({ idle_minutes: 60, on_sleep: true, full: true });
  app.undo.newest();
  await expect.poll(settings).toEqual({ idle_minutes: 60, on_sleep: true, full: false });
});

test('an idle time that was set elsewhere is among those offered', async () => {
  const { app, backend } = await openLock();
  const settings = { idle_minutes: 7, on_sleep: false, full: false };
  await backend.call('set_lock_settings', { settings });
  app.page = 'inbox';
  app.page = 'settings';
  await page.getByTestId('settings-appearance').click();
  await page.getByTestId('settings-security').click();
  await expect.element(page.getByTestId('lock-idle')).toHaveTextContent('After 7 minutes');
  await expect.element(page.getByTestId('lock-idle')).toHaveValue('7');
});

test('who can unlock by a click is told so', async () => {
  await openLock();
  await expect.element(page.getByTestId('lock-click')).toBeVisible();
  await page.getByTestId('add-passphrase').click();
  await page.getByTestId('passphrase-new').fill('correct horse');
  await page.getByTestId('passphrase-again').fill('correct horse');
  await page.getByTestId('passphrase-submit').click();
  await expect.element(page.getByTestId('lock-click')).not.toBeInTheDocument();
});

test.each([
  ['lock-now', false],
  ['lock-fully', true],
])('the window is locked now: %s', async (button, fully) => {
  const { backend } = await openLock();
  await page.getByTestId(button).click();
  await expect.element(page.getByTestId('unlock')).toBeVisible();
  expect(backend.locks).toEqual([fully]);
});

test('a lock that comes by itself takes away what lies over the page, and notices', async () => {
  const { app, backend } = await openWindow();
  app.overlay = { kind: 'link', url: 'https://example.org/secret-of-theirs' };
  app.toasts.show('What they said', { stays: true });
  await expect.element(page.getByText('secret-of-theirs')).toBeVisible();
  await backend.lock(false);
  await expect.element(page.getByTestId('unlock')).toBeVisible();
  expect(document.body.textContent).not.toContain('secret-of-theirs');
  expect(document.body.textContent).not.toContain('What they said');
});

test('a lock is not missed while the window is busy with something else', async () => {
  const { app, backend } = await openWindow();
  const { openWorkspace } = backend;
  let opened = false;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  backend.openWorkspace = async (...args) => {
    const stage = await openWorkspace.apply(backend, args);
    opened = true;
    await answered;
    return stage;
  };
  const opening = app.openDemo();
  await expect.poll(() => opened).toBe(true);
  await backend.lock(false);
  answer();
  await opening;
  await expect.element(page.getByTestId('unlock')).toBeVisible();
});

test('what was closed for a restore stays locked where the lock came meanwhile', async () => {
  const { app, backend } = await openWindow();
  app.overlay = { kind: 'restore', workspace: 'main', file: '/srv/one.swbackup' };
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const { restore, openWorkspace } = backend;
  let began = false;
  backend.restore = async (...args) => {
    began = true;
    await finished;
    return restore.apply(backend, args);
  };
  let opened = 0;
  backend.openWorkspace = (...args) => {
    opened += 1;
    return openWorkspace.apply(backend, args);
  };
  await page.getByTestId('restore-start').click();
  await expect.poll(() => began).toBe(true);
  await backend.lock(false);
  await expect.element(page.getByTestId('unlock')).toBeVisible();
  finish();
  await expect.poll(() => backend.closed.asked.length).toBe(1);
  // What happens after it was restored happens in the same moment.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(opened).toBe(0);
  await expect.element(page.getByTestId('unlock')).toBeVisible();
});
