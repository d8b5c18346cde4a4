import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Chat } from '../../src/lib/backend';
import { frames, messages, openWindow, part, rows, type Opened } from './window';

/** A window, and a person whom two accounts know. */
async function ready(options = {}): Promise<Opened & { here: Chat; there: Chat }> {
  const opened = await openWindow({ chats: 240, ...options });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const all = [...opened.backend.world.chats.values()].filter(({ kind }) => kind === 'person');
  for (const here of all) {
    const there = all.find(({ peer, account }) => peer === here.peer && account !== here.account);
    if (there) return { ...opened, here, there };
  }
  throw new Error('every person is known to one account alone');
}

async function onPage(options = {}) {
  const opened = await ready(options);
  await opened.app.inbox?.open(opened.here.id);
  await expect.poll(() => messages().length).toBeGreaterThan(3);
  part('conversation').focus();
  await userEvent.keyboard('i');
  await expect.element(page.getByTestId('person-page')).toBeVisible();
  await expect.poll(() => shown().length).toBeGreaterThan(5);
  return opened;
}

const list = () => part('timeline-list');
const shown = () => [...list().querySelectorAll<HTMLElement>('[data-testid="message"]')];
const throughs = () => new Set(shown().map((row) => Number(row.dataset['chat'])));
/** The newest ones; two of one second stand in either order. */
const newest = () => shown().slice(-2).map((row) => row.textContent).join('\n'); // prettier-ignore

test('messages through all accounts stand in one order, each with its account', async () => {
  const { app, here, there, backend } = await onPage();
  const person = app.inbox?.person;
  await expect.poll(() => person?.chats.length).toBeGreaterThan(1);
  const all = [here, there].flatMap(({ id }) => backend.world.history(id)).map(({ row }) => row);
  // Up to the very first of them, page by page.
  for (let turn = 0; turn < 40 && person?.timeline?.hasOlder; turn++) {
    list().scrollTop = 0;
    await frames();
    await frames();
  }
  const held = shown().map((row) => Number(row.dataset['row']));
  expect(held).toEqual(held.toSorted((a, b) => a - b));
  expect(throughs().size).toBeGreaterThan(1);
  expect(held[0]).toBeLessThanOrEqual(Math.min(...all));
  expect(new Set(held).size).toBe(held.length);
  const account = backend.world.account(here.account)?.name ?? '';
  const named = [...document.querySelectorAll('[data-testid="timeline-through"]')];
  expect(named.some((element) => element.textContent.includes(account))).toBe(true);
  // The line of a chat stands wherever another one goes on.
  const turns = shown().filter((row, at) => row.dataset['chat'] !== shown()[at - 1]?.dataset['chat']); // prettier-ignore
  expect(turns.every((row) => row.querySelector('[data-testid="timeline-through"]'))).toBe(true);
});

test('a message that comes in through any account shows at once, also an edit and a deletion', async () => {
  const { here, there, backend } = await onPage();
  backend.world.add(there.id, { text: 'Through the other account', out: false });
  await expect.poll(newest).toContain('Through the other account');
  const mine = backend.world.add(here.id, { text: 'An answer', out: true });
  await expect.poll(newest).toContain('An answer');
  if (!mine) throw new Error('no message was made');
  mine.text = 'A better answer';
  backend.world.tell({ type: 'messages', chat: here.id, change: 'edited', rows: [mine.row], live: true });
  await expect.poll(newest).toContain('A better answer');
  backend.world.tell({ type: 'messages', chat: here.id, change: 'deleted', rows: [mine.row], live: true });
  await expect.poll(newest).not.toContain('A better answer');
  expect(newest()).toContain('Through the other account');
}); // prettier-ignore

test('Escape leads back to where one came from: to the chat, or to the table', async () => {
  const { app, here } = await onPage();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => app.page).toBe('inbox');
  await expect.poll(() => app.inbox?.list.open).toBe(here.id);
  await expect.element(page.getByTestId('composer')).toHaveFocus();
  await page.getByTestId('person-open').click();
  await expect.element(page.getByTestId('person-page')).toBeVisible();
  await userEvent.keyboard('gc');
  await expect.element(page.getByTestId('people-grid')).toBeVisible();
  await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('rowheader');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByTestId('person-page')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  const second = app.inbox?.people.keys[1];
  const back = () => document.activeElement?.closest<HTMLElement>('[data-chat]')?.dataset['chat'];
  await expect.poll(back).toBe(String(second));
});

test('a message leads into its chat by Enter, and a chat of the list by a click', async () => {
  const { app, there, backend } = await onPage();
  backend.world.add(there.id, { text: 'Look here', out: false });
  await expect.poll(newest).toContain('Look here');
  list().focus();
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(() => document.activeElement?.textContent).toContain('Look here');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => app.inbox?.list.open).toBe(there.id);
  await expect.poll(() => messages().some((row) => row.textContent.includes('Look here'))).toBe(true); // prettier-ignore
  await expect.element(page.getByTestId('composer')).toHaveFocus();
  part('conversation').focus();
  await userEvent.keyboard('i');
  await expect.poll(() => document.querySelectorAll('[data-testid="person-chat"]').length).toBeGreaterThan(1); // prettier-ignore
  document.querySelector<HTMLElement>(`[data-testid="person-chat"]:not([data-chat="${there.id}"])`)?.click(); // prettier-ignore
  await expect.poll(() => app.inbox?.list.open).not.toBe(there.id);
  expect(app.page).toBe('inbox');
});

test('notes, promises and fields are kept from the page, and taken back', async () => {
  const { backend, here, there } = await onPage({ unmarked: true });
  const kept = (chat: Chat) => backend.call('card', { chat: chat.id });
  await userEvent.keyboard('n');
  await expect.element(page.getByTestId('note-text')).toHaveFocus();
  await userEvent.keyboard('Comes on Fridays{Control>}{Enter}{/Control}');
  await expect.poll(() => part('person-panel').textContent).toContain('Comes on Fridays');
  // A note is about the person, so the other account's chat has it too.
  await expect.poll(async () => (await kept(there)).notes.length).toBe(1);
  await backend.call('task_save', { task: { id: null, chat: there.id, kind: 'i_owe', text: 'Send the glass', message: null, due_ms: null } }); // prettier-ignore
  await expect.poll(() => part('person-panel').textContent).toContain('Send the glass');
  part('person-panel').querySelector<HTMLElement>('[role="checkbox"]')?.click();
  await expect.poll(async () => (await kept(there)).tasks[0]?.done_ms ?? null).not.toBeNull();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(async () => (await kept(there)).tasks[0]?.done_ms ?? null).toBeNull();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(async () => (await kept(here)).notes.length).toBe(0);
  await expect.poll(() => part('person-panel').textContent).not.toContain('Comes on Fridays');
});

test('what was done to any of their chats stands in one log, and is taken back from there', async () => {
  const { app, backend, here, there } = await onPage({ unmarked: true });
  await expect.poll(() => app.inbox?.person.chats.length).toBeGreaterThan(1);
  const done = () => [...document.querySelectorAll<HTMLElement>('[data-testid="deed"]')];
  const tag = await backend.call('tag_save', { tag: { id: 0, name: 'VIP', colour: 'red', reach: 'person' } }); // prettier-ignore
  part('history-open').focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => part('history').textContent).toContain('Nothing was done to this person');
  await app.marks.change({ in: 'chats', of: [there.id] }, { do: 'status', to: 5 });
  await app.marks.change({ in: 'chats', of: [here.id] }, { do: 'tag', to: tag.id });
  await expect.poll(() => done().length).toBe(2);
  const account = backend.world.account(there.account)?.name ?? '';
  expect(done()[1]?.textContent).toContain('Status “Lost”');
  expect(done()[1]?.textContent).toContain(account);
  // The tag is on the person, whichever account it was put on through.
  expect(done()[0]?.textContent).toContain('VIP');
  expect(done()[0]?.textContent).not.toContain('through');
  done()[1]?.querySelector('button')?.focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => backend.world.chats.get(there.id)?.marks.status).not.toBe(5);
  await expect.poll(() => done()[1]?.textContent).toContain('taken back');
});

test('a narrow window shows messages or what is kept, one at a time', async () => {
  await onPage();
  await page.viewport(720, 760);
  await frames();
  expect(document.querySelector('[data-testid="person-panel"]')).toBeNull();
  await page.getByText('About the person').click();
  await expect.element(page.getByTestId('person-panel')).toBeVisible();
  expect(document.querySelector('[data-testid="timeline-list"]')).toBeNull();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(720);
});

test('a long history lets pages go at the far end and reads them again', async () => {
  const { app, here, backend } = await onPage();
  backend.world.addOlder(here.id, 900);
  await app.inbox?.person.timeline?.open();
  const { timeline } = app.inbox?.person ?? {};
  for (let turn = 0; turn < 60 && !timeline?.hasNewer; turn++) {
    list().scrollTop = 0;
    await frames();
    await frames();
  }
  expect(timeline?.hasNewer).toBe(true);
  expect(shown().length).toBeLessThan(400);
  for (let turn = 0; turn < 60 && timeline?.hasNewer; turn++) {
    list().scrollTop = list().scrollHeight;
    await frames();
    await frames();
  }
  expect(timeline?.hasNewer).toBe(false);
  const held = shown().map((row) => Number(row.dataset['row']));
  expect(held).toEqual(held.toSorted((a, b) => a - b));
  const last = Math.max(...[...backend.world.history(here.id)].map(({ row }) => row));
  expect(held.at(-1)).toBeGreaterThanOrEqual(last);
});

test('an error says what to do, and doing it shows the page', async () => {
  const { app, here, backend } = await ready();
  backend.fail('timeline', 'damaged');
  await app.inbox?.open(here.id);
  await expect.poll(() => messages().length).toBeGreaterThan(3);
  part('conversation').focus();
  await userEvent.keyboard('i');
  await expect.element(page.getByTestId('error')).toBeVisible();
  backend.fail('timeline', null);
  await page.getByTestId('error').getByRole('button').first().click();
  await expect.poll(() => shown().length).toBeGreaterThan(5);
});
