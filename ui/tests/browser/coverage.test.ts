import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Gap } from '../../src/lib/backend';
import { coverageSentence, gapText, inner } from '../../src/lib/domain/contact/coverage';
import { messages, openWindow } from './window';

async function openChat(id: number) {
  const opened = await openWindow();
  await opened.app.inbox?.open(id);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  await expect.element(page.getByTestId('coverage')).toBeVisible();
  return opened;
}

test('a chat that is here from its beginning says so', async () => {
  await openChat(1);
  await expect.element(page.getByText('Complete from the beginning')).toBeVisible();
  await expect.element(page.getByTestId('coverage-load')).not.toBeInTheDocument();
});

test('all history is loaded before that of others, counting, until it is whole', async () => {
  const { backend } = await openChat(4);
  await expect.element(page.getByText(/Complete since/)).toBeVisible();
  const { messages: before } = await backend.call('coverage', { chat: 4 });
  await page.getByTestId('coverage-load').click();
  await expect.element(page.getByText(`${before} messages so far`)).toBeVisible();
  await expect.element(page.getByText(`${before + 25} messages so far`)).toBeVisible();
  await expect.element(page.getByText('Complete from the beginning')).toBeVisible();
});

test('loading all history is called off', async () => {
  const { backend } = await openChat(4);
  await page.getByTestId('coverage-load').click();
  await page.getByTestId('coverage-cancel').click();
  await expect.element(page.getByTestId('coverage-load')).toBeVisible();
  expect((await backend.call('coverage', { chat: 4 })).asked).toBe(false);
});

test('loading all history is paused, stays so, and goes on', async () => {
  const { app, backend } = await openChat(4);
  await page.getByTestId('coverage-load').click();
  await page.getByTestId('coverage-hold').click();
  await expect.element(page.getByText('Paused.')).toBeVisible();
  const { messages: before, held_up } = await backend.call('coverage', { chat: 4 });
  expect(held_up).toBe(true);
  // Another chat is looked at meanwhile, as after a start.
  await app.inbox?.open(1);
  await expect.element(page.getByText('Complete from the beginning')).toBeVisible();
  await app.inbox?.open(4);
  await expect.element(page.getByText('Paused.')).toBeVisible();
  expect((await backend.call('coverage', { chat: 4 })).messages).toBe(before);
  await page.getByTestId('coverage-hold').click();
  await expect.element(page.getByText('Paused.')).not.toBeInTheDocument();
  await expect.element(page.getByText('Complete from the beginning')).toBeVisible();
});

test('history that the operator holds up goes on from the panel', async () => {
  const { app, backend } = await openChat(4);
  const account = app.inbox?.chat?.account ?? 0;
  await app.inbox?.accounts.pause(account, true);
  await page.getByTestId('coverage-resume').click();
  await expect.poll(() => backend.world.sync.get(account)?.paused).toBe(false);
  await expect.element(page.getByTestId('coverage-resume')).not.toBeInTheDocument();
});

test('the panel counts the messages that come', async () => {
  const { backend } = await openChat(1);
  const { messages: before } = await backend.call('contact', { chat: 1 });
  const stored = () => page.getByText('Messages stored here').element().nextElementSibling?.textContent; // prettier-ignore
  await expect.poll(stored).toBe(before.toLocaleString('en'));
  backend.world.add(1, { text: 'One more', out: false });
  await expect.poll(stored, { timeout: 3000 }).toBe((before + 1).toLocaleString('en'));
});

test('gaps in words', () => {
  const day = 86_400;
  const gaps = (...found: Gap[]) => ({ chat: 1, messages: 9, gaps: found, asked: false, held_up: false, paused: false }); // prettier-ignore
  expect(coverageSentence(gaps())).toBe('Complete from the beginning');
  expect(coverageSentence(gaps({ from: day, to: null }))).toContain('newest');
  expect(coverageSentence(gaps({ from: null, to: 20_000 * day }))).toContain('2024');
  expect(inner(gaps({ from: null, to: day }))).toEqual([]);
  expect(inner(gaps({ from: day, to: 2 * day }, { from: null, to: day }))).toHaveLength(2);
  expect(gapText({ from: null, to: null })).toBe('Nothing is read yet.');
});
