import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { openWindow, part } from './window';

async function openSecurity() {
  const opened = await openWindow();
  opened.app.page = 'settings';
  await page.getByTestId('settings-security').click();
  await expect.element(page.getByTestId('slot-keyring')).toBeVisible();
  return opened;
}

const slots = async ({ backend }: Awaited<ReturnType<typeof openWindow>>) =>
  (await backend.call('key_slots', {})).slots;

async function setPassphrase(text: string) {
  await page.getByTestId('passphrase-new').fill(text);
  await page.getByTestId('passphrase-again').fill(text);
  await page.getByTestId('passphrase-submit').click();
}

test('the last way in is told to be the last, and can not be removed', async () => {
  await openSecurity();
  await expect.element(page.getByText('Only one way opens this workspace')).toBeVisible();
  await expect.element(page.getByTestId('remove-keyring')).toBeDisabled();
  await expect.element(page.getByTestId('slot-keyring')).toHaveTextContent('Opened it this time');
});

test('a passphrase is set, changed and removed, each time by who knows the former one', async () => {
  const opened = await openSecurity();
  await page.getByTestId('add-passphrase').click();
  await page.getByTestId('passphrase-new').fill('short');
  await page.getByTestId('passphrase-submit').click();
  await expect.element(page.getByText('The two passphrases differ.')).toBeVisible();
  await setPassphrase('correct horse');
  await expect.poll(() => part('slot-passphrase').dataset['here']).toBe('true');
  await page.getByTestId('add-passphrase').click();
  await page.getByTestId('passphrase-old').fill('wrong');
  await setPassphrase('another long phrase');
  await expect.element(page.getByText('This passphrase does not open')).toBeVisible();
  await page.getByTestId('passphrase-old').fill('correct horse');
  await page.getByTestId('passphrase-submit').click();
  await expect.element(page.getByTestId('passphrase-submit')).not.toBeInTheDocument();
  await page.getByTestId('remove-passphrase').click();
  await page.getByTestId('passphrase-old').fill('another long phrase');
  await page.getByTestId('passphrase-submit').click();
  await expect.poll(() => part('slot-passphrase').dataset['here']).toBe('false');
  expect(await slots(opened)).toEqual(['keyring']);
});

test('a recovery code counts when parts of it were typed back, out of sight of it', async () => {
  const opened = await openSecurity();
  await page.getByTestId('add-recovery').click();
  await expect.element(page.getByTestId('recovery-code')).toHaveTextContent('2B1Q');
  await page.getByTestId('recovery-kept').click();
  await expect.element(page.getByTestId('recovery-code')).not.toBeInTheDocument();
  const group = (index: number) => page.getByTestId('recovery-group').nth(index);
  await page.getByTestId('recovery-confirm').click();
  await expect.element(page.getByText('Type the four characters').first()).toBeVisible();
  await group(0).fill('2B1Q');
  await group(1).fill('AAAA');
  await page.getByTestId('recovery-confirm').click();
  await expect.element(page.getByText('not the groups that were asked for')).toBeVisible();
  await group(1).fill('p2xw');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => part('slot-recovery').dataset['here']).toBe('true');
  expect(await slots(opened)).toEqual(['keyring', 'recovery']);
  expect(document.body.textContent).not.toContain('2B1Q');
});

test('a code that was shown and left does not count, and that is said', async () => {
  await openSecurity();
  await page.getByTestId('add-recovery').click();
  await expect.element(page.getByTestId('recovery-code')).toBeVisible();
  await page.getByText('Cancel').click();
  await expect.element(page.getByText('shown and not confirmed')).toBeVisible();
  expect(part('slot-recovery').dataset['here']).toBe('false');
});

test('the keyring is taken away after it was asked, where another way is there', async () => {
  const opened = await openSecurity();
  await page.getByTestId('add-passphrase').click();
  await setPassphrase('four random words here');
  await page.getByTestId('remove-keyring').click();
  await page.getByTestId('confirm').click();
  await expect.poll(() => part('slot-keyring').dataset['here']).toBe('false');
  await expect.element(page.getByTestId('remove-passphrase')).toBeDisabled();
  expect(await slots(opened)).toEqual(['passphrase']);
});

const offer = () => document.querySelector('[data-testid="recovery-offer"]');
const asked = ({ backend }: Awaited<ReturnType<typeof openWindow>>) =>
  backend.calls.some(({ name }) => name === 'key_slots');

/** A workspace of the operator's own, whose accounts are there already. */
async function openOwn(looks: FakeOptions['looks'] = {}) {
  return openWindow({ stage: { stage: 'open', workspace: 'main', demo: false }, looks });
}

test('a workspace that the keyring alone opens is offered a recovery code, until it has one', async () => {
  const opened = await openOwn();
  await expect.element(page.getByTestId('recovery-offer')).toBeVisible();
  await page.getByTestId('recovery-offer').getByText('Make a recovery code').click();
  await page.getByText('Cancel').click();
  await expect.element(page.getByTestId('recovery-offer')).toBeVisible();
  await page.getByTestId('recovery-offer').getByText('Make a recovery code').click();
  await page.getByTestId('recovery-kept').click();
  await page.getByTestId('recovery-group').nth(0).fill('2B1Q');
  await page.getByTestId('recovery-group').nth(1).fill('P2XW');
  await page.getByTestId('recovery-confirm').click();
  await expect.poll(offer).toBeNull();
  expect(await slots(opened)).toEqual(['keyring', 'recovery']);
});

test('who does without a recovery code is not asked again in that workspace', async () => {
  const { backend } = await openOwn();
  await page.getByTestId('recovery-offer').getByText('Do without').click();
  await expect.poll(offer).toBeNull();
  const kept = async () => (await backend.looks()).remembered.map(({ name }) => name);
  await expect.poll(kept).toContain('main/recovery_offered');
});

test('an offer that was left is not made at the next start', async () => {
  const opened = await openOwn({ remembered: [{ name: 'main/recovery_offered', items: ['yes'] }] });
  await expect.poll(() => opened.app.inbox?.ready).toBe(true);
  expect(offer()).toBeNull();
  expect(asked(opened)).toBe(false);
});

test('neither the demo nor a workspace without accounts is offered a recovery code', async () => {
  const demo = await openWindow();
  await expect.poll(() => demo.app.inbox?.ready).toBe(true);
  expect(asked(demo)).toBe(false);
  const empty = await openWindow({
    stage: { stage: 'open', workspace: 'main', demo: false },
    accounts: 0,
  });
  await expect.poll(() => empty.app.inbox?.ready).toBe(true);
  expect(asked(empty)).toBe(false);
});
