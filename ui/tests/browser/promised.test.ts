import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { NewTask, TaskId } from '../../src/lib/backend';
import { messages, openWindow, part } from './window';

const CHAT = 4;
const offers = () => [...document.querySelectorAll<HTMLElement>('[data-testid="kept-offer"]')];

/** A window with a chat open in which these were promised, and nothing else. */
async function promisedIn(chat: number, ...promises: Partial<NewTask>[]) {
  const opened = await openWindow({ unmarked: true });
  const { app, backend } = opened;
  const ids: TaskId[] = [];
  for (const part of promises) {
    const task: NewTask = { id: null, chat, kind: 'i_owe', text: '', message: null, due_ms: null, ...part }; // prettier-ignore
    ids.push((await backend.call('task_save', { task })).id);
  }
  await app.inbox?.tasks.load();
  await app.inbox?.open(CHAT);
  await expect.poll(() => messages().length).toBeGreaterThan(3);
  const done = (id: TaskId | undefined) =>
    (backend.world.keeper.ledger.tables.task.get(String(id))?.done_ms ?? null) !== null;
  return { ...opened, ids, done };
}

async function send(text: string, keys = '{Enter}') {
  await page.getByTestId('composer').fill(text);
  await userEvent.keyboard(keys);
}

test('after sending, a promise of the chat is marked done by one key, and taken back by another', async () => {
  const { done, ids } = await promisedIn(CHAT, { text: 'Send the price list' });
  expect(offers()).toHaveLength(0);
  await send('Here is the price list');
  await expect.poll(() => offers().map((offer) => offer.textContent)).toHaveLength(1);
  expect(offers()[0]?.textContent).toContain('I owe: Send the price list');
  await userEvent.keyboard('{Control>}d{/Control}');
  await expect.poll(() => done(ids[0])).toBe(true);
  expect(offers()).toHaveLength(0);
  expect(document.activeElement).toBe(part('composer'));
  part('conversation').focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => done(ids[0])).toBe(false);
  // It was said once; taking it back does not ask again.
  expect(offers()).toHaveLength(0);
});

test('several are offered, the first one due first; a press marks the one that is meant', async () => {
  const day = 86_400_000;
  const { done, ids } = await promisedIn(
    CHAT,
    { text: 'later', due_ms: Date.now() + 3 * day },
    { text: 'sooner', due_ms: Date.now() + day },
  );
  await send('One of them');
  await expect.poll(() => offers().length).toBe(2);
  expect(offers()[0]?.textContent).toContain('sooner');
  await page.getByTestId('kept-done').nth(1).click();
  await expect.poll(() => done(ids[0])).toBe(true);
  expect(done(ids[1])).toBe(false);
  expect(offers()).toHaveLength(1);
});

test('what was said not to be done is not asked about again', async () => {
  const { done, ids } = await promisedIn(CHAT, { text: 'Call back' });
  await send('First words');
  await expect.poll(() => offers().length).toBe(1);
  await page.getByRole('button', { name: 'Not done yet' }).click();
  expect(offers()).toHaveLength(0);
  await send('Second words');
  await expect.poll(() => messages().at(-1)?.textContent).toContain('Second words');
  expect(offers()).toHaveLength(0);
  expect(done(ids[0])).toBe(false);
});

test('nothing is offered for what others promised, for other chats, or where nothing was sent', async () => {
  const { app, backend } = await promisedIn(CHAT, { kind: 'they_owe', text: 'Theirs' });
  const task: NewTask = { id: null, chat: 3, kind: 'i_owe', text: 'Elsewhere', message: null, due_ms: null }; // prettier-ignore
  await backend.call('task_save', { task });
  await app.inbox?.tasks.load();
  await send('Hello');
  await expect.poll(() => messages().at(-1)?.textContent).toContain('Hello');
  expect(offers()).toHaveLength(0);
  await app.inbox?.open(3);
  await expect.poll(() => part('conversation').dataset['chat']).toBe('3');
  backend.fail('send', 'disk_full');
  await send('Refused');
  await expect.element(page.getByText('The disk is full')).toBeVisible();
  expect(offers()).toHaveLength(0);
});

test('who sends and goes on is asked by a notice', async () => {
  const { app, done, ids } = await promisedIn(CHAT, { text: 'Send the price list' });
  await send('Here it is', '{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  await expect.poll(() => app.inbox?.list.open).not.toBe(CHAT);
  await expect.element(page.getByText('Sent. I owe: Send the price list')).toBeVisible();
  expect(offers()).toHaveLength(0);
  await page.getByTestId('toast').getByText('Mark done').click();
  await expect.poll(() => done(ids[0])).toBe(true);
});
