import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { HealthEntry } from '../../src/lib/backend';
import { shares, stretches } from '../../src/lib/domain/account/timeline';
import { frames, openWindow, part } from './window';

const DAY_MS = 86_400_000;

async function openAccounts() {
  const opened = await openWindow({ accounts: 5 });
  opened.app.page = 'settings';
  await page.getByTestId('settings-accounts').click();
  await expect.poll(names).toHaveLength(5);
  return opened;
}

const names = () =>
  [...document.querySelectorAll('[data-testid="account-open"] .name')].map((name) => name.textContent); // prettier-ignore

const handle = (index: number) => page.getByTestId('order-handle').nth(index);

async function openPage(index = 0) {
  const opened = await openAccounts();
  await page.getByTestId('account-open').nth(index).click();
  await expect.element(page.getByTestId('health')).toBeVisible();
  return opened;
}

test('accounts are put into order by keyboard, and back', async () => {
  const { app, backend } = await openAccounts();
  const [first, second] = names();
  (handle(0).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(() => names().slice(0, 2)).toEqual([second, first]);
  await expect.element(handle(1)).toHaveFocus();
  await expect.poll(() => backend.world.accounts[0]?.name).toBe(second);
  expect(app.undo.newest()).toBe(true);
  await expect.poll(() => backend.world.accounts[0]?.name).toBe(first);
  await expect.poll(() => names()[0]).toBe(first);
});

test('an account is dragged to its place, and Escape leaves it where it was', async () => {
  const { backend } = await openAccounts();
  const before = names();
  const drag = (type: string, y: number) =>
    window.dispatchEvent(new PointerEvent(type, { clientY: y, bubbles: true }));
  const grab = (index: number) =>
    handle(index).element().dispatchEvent(new PointerEvent('pointerdown', { button: 0, bubbles: true })); // prettier-ignore
  const bottom = () => handle(4).element().getBoundingClientRect().bottom;
  grab(0);
  drag('pointermove', bottom());
  await expect.poll(() => names().at(-1)).toBe(before[0]);
  await userEvent.keyboard('{Escape}');
  await expect.poll(names).toEqual(before);
  expect(backend.calls.some(({ name }) => name === 'order_accounts')).toBe(false);
  grab(0);
  drag('pointermove', bottom());
  drag('pointerup', bottom());
  await expect.poll(() => backend.world.accounts.at(-1)?.name).toBe(before[0]);
  expect(names().at(-1)).toBe(before[0]);
});

test('an order that is refused is taken back and said', async () => {
  const { backend } = await openAccounts();
  const before = names();
  backend.fail('order_accounts', 'read_only');
  (handle(0).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByText('cannot be written')).toBeVisible();
  expect(names()).toEqual(before);
});

test('the health of an account says state, reason, waits and checks', async () => {
  await openPage(2);
  await expect.element(page.getByTestId('health')).toHaveTextContent('Waits until');
  await expect.element(page.getByText('answered in 48 ms')).toBeVisible();
  await expect.element(page.getByText('Reading history', { exact: false }).first()).toBeVisible();
  expect(document.body.textContent).not.toContain('messages.getHistory');
});

test('an account that needs its owner says why, and the way on', async () => {
  const { app } = await openPage(4);
  await expect.element(page.getByTestId('health-why')).toHaveTextContent('is logged out');
  await page.getByRole('button', { name: 'Log in again' }).last().click();
  expect(app.overlay).toEqual({ kind: 'add', account: 5 });
});

test('the bar of 30 days can be read as a table', async () => {
  await openPage(0);
  expect(part('timeline').getAttribute('aria-label')).toContain('Connected');
  await page.getByTestId('timeline-toggle').click();
  await expect
    .element(page.getByTestId('timeline-table'))
    .toHaveTextContent('Reading history: Telegram asked to wait 42 seconds');
  await expect
    .element(page.getByTestId('timeline-table'))
    .toHaveTextContent('2 chats were corrected');
});

test('"check now" asks, and shows what came of it', async () => {
  const { backend } = await openPage(2);
  await page.getByTestId('check-now').click();
  await expect.element(page.getByTestId('health')).toHaveTextContent('Online');
  expect(backend.calls.some(({ name }) => name === 'account_retry')).toBe(true);
});

test('settings of an account are kept at once and can be taken back', async () => {
  const { app, backend } = await openPage(0);
  const of = async () => backend.call('account_settings', { account: 1 });
  await page.getByTestId('account-label').fill('Main shop');
  await userEvent.keyboard('{Enter}');
  await expect.poll(async () => (await of()).label).toBe('Main shop');
  await expect.element(page.getByTestId('account-page')).toHaveTextContent('Main shop');
  await page.getByTitle('Pink').click();
  await page.getByText('Careful').click();
  await page.getByText('At set times').click();
  await page.getByRole('button', { name: 'Sat' }).click();
  await page.getByLabelText('to', { exact: true }).fill('00:00');
  await page.getByTestId('account-no-automatic').click();
  await expect.poll(of).toEqual({
    label: 'Main shop', colour: 10, hours: { days: [1, 2, 3, 4, 5, 6], from: 540, to: 1440 },
    pace: 'careful', notify: true, language: null, no_automatic: true,
  }); // prettier-ignore
  app.undo.newest();
  await expect.poll(async () => (await of()).no_automatic).toBe(false);
});

test('working hours that end before they start are not kept', async () => {
  const { backend } = await openPage(0);
  await page.getByText('At set times').click();
  await page.getByLabelText('to', { exact: true }).fill('08:00');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('The end must be later than the start.')).toBeVisible();
  const { hours } = await backend.call('account_settings', { account: 1 });
  expect(hours).toEqual({ days: [1, 2, 3, 4, 5], from: 540, to: 1080 });
});

test('another session is ended after it was asked; a fresh one may not', async () => {
  await openPage(0);
  const sessions = () => document.querySelectorAll('[data-testid="session"]').length;
  await expect.poll(sessions).toBe(3);
  await page.getByLabelText('End the session of Telegram Web').click();
  await page.getByTestId('confirm').click();
  await expect.poll(sessions).toBe(2);
  await page.getByLabelText('End the session of Telegram Android').click();
  await page.getByTestId('confirm').click();
  await expect.element(page.getByText('less than a day old')).toBeVisible();
  expect(sessions()).toBe(2);
});

test('older history is held up, and the sidebar says so', async () => {
  const { backend } = await openPage(1);
  await page.getByTestId('history-pause').click();
  await expect.poll(() => backend.world.sync.get(2)?.paused).toBe(true);
  const row = () => document.querySelector('[data-testid="account-row"][data-account="2"]');
  await expect.poll(() => row()?.textContent).toContain('History paused');
});

test('the ways to part with an account stand in one dialog', async () => {
  const { backend } = await openPage(0);
  await page.getByTestId('account-remove').click();
  await expect
    .element(page.getByText('The session ends at Telegram. The history stays'))
    .toBeVisible();
  await expect
    .element(page.getByText('everything stored of this account is deleted'))
    .toBeVisible();
  await page.getByTestId('choice-wipe').click();
  backend.fail('account_remove', 'not_reached');
  await page.getByTestId('confirm').click();
  await expect.element(page.getByText('its session then lives on at Telegram')).toBeVisible();
  expect(backend.world.account(1)).toBeDefined();
  await page.getByTestId('remove-here').click();
  await expect.poll(() => backend.world.account(1)).toBeUndefined();
  const call = backend.calls.find(({ name }) => name === 'account_remove_here');
  expect(call?.args).toEqual({ account: 1, removal: 'wipe' });
  await frames();
  expect(names()).toHaveLength(4);
});

test('stretches cover 30 days without gaps', () => {
  const now = 100 * DAY_MS;
  const state = (days: number, to: 'online' | 'connecting' | 'revoked'): HealthEntry => ({
    at_ms: now - days * DAY_MS, event: 'state', to: { state: to }, code: null,
  }); // prettier-ignore
  const cases: [HealthEntry[], string][] = [
    [[], 'unknown 30'],
    [[state(40, 'online')], 'online 30'],
    [[state(10, 'online')], 'unknown 20, online 10'],
    [[state(1, 'revoked'), state(10, 'online'), state(12, 'online'), state(40, 'connecting')], 'off 18, online 11, trouble 1'],
  ]; // prettier-ignore
  for (const [timeline, wanted] of cases) {
    const parts = stretches(timeline, now);
    expect(parts.map(({ from, to, doing }) => `${doing} ${(to - from) / DAY_MS}`).join(', ')).toBe(wanted); // prettier-ignore
    expect(shares(parts).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  }
});
