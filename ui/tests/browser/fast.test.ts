// What keeps the window quick with many chats, counted rather than timed: a busy machine changes times,
// not how much is done. `npm run fast` says the times.

import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { frames, messages, openWindow, part, rows, type Opened } from './window';

vi.setConfig({ testTimeout: 90_000 });

async function ready(
  chats = 10_000,
): Promise<Opened & { list: NonNullable<Opened['app']['inbox']>['list'] }> {
  const opened = await openWindow({ chats });
  const list = opened.app.inbox?.list;
  if (!list) throw new Error('no list');
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await rest(opened);
  part('chat-list').focus();
  return { ...opened, list };
}

/** Until nothing is asked for any more: counts come a second after a change. */
async function rest({ backend }: Opened): Promise<void> {
  let known = -1;
  while (backend.calls.length !== known) {
    known = backend.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 1200));
  }
  await frames();
}

/** What a press asks the program for, and which elements it changes in the list. */
async function doneBy({ backend }: Opened, press: () => Promise<void> | void) {
  const changed = new Set<Element>();
  const seen = (records: MutationRecord[]) => {
    for (const { target } of records) {
      const row = (target instanceof Element ? target : target.parentElement)?.closest('[role="option"]'); // prettier-ignore
      if (row) changed.add(row);
    }
  };
  const observer = new MutationObserver(seen);
  observer.observe(part('chat-list'), { subtree: true, childList: true, attributes: true, characterData: true }); // prettier-ignore
  const before = backend.calls.length;
  await press();
  await frames();
  seen(observer.takeRecords());
  observer.disconnect();
  return { asked: backend.calls.slice(before).map(({ name }) => name), rows: changed.size };
}

test('a key that moves the cursor asks for nothing and touches two rows', async () => {
  const opened = await ready();
  await userEvent.keyboard('jj');
  await frames();
  const { asked, rows: touched } = await doneBy(opened, () => userEvent.keyboard('j'));
  // The chat that the cursor rested on before may be read ahead meanwhile.
  expect(asked.filter((name) => name !== 'history')).toEqual([]);
  expect(touched).toBe(2);
});

test('opening a chat asks once for what it shows, and for no list', async () => {
  const opened = await ready();
  const { backend, list } = opened;
  // Nothing in it is unread: reading it would be a change of its own.
  const chat = list.keys.find((id, at) => at > 2 && backend.world.chats.get(id)?.unread === 0) ?? 0;
  list.cursor = chat;
  await frames();
  const { asked, rows: touched } = await doneBy(opened, async () => {
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => messages().length).toBeGreaterThan(5);
    await rest(opened);
  });
  const once = (name: string) => asked.filter((other) => other === name).length;
  // Its own page, and those of the chats beside it, which are likely to be opened next.
  expect(once('history')).toBeLessThanOrEqual(3);
  expect([once('card'), once('contact'), once('coverage')]).toEqual([1, 1, 1]);
  expect([once('chat_keys'), once('chats'), once('chat_counts')]).toEqual([0, 0, 0]);
  expect(touched).toBeLessThanOrEqual(2);
  expect(messages().length).toBeLessThan(40);
  // The buttons of a message are made for the one that somebody points at.
  const buttons = messages().flatMap((one) => [...one.querySelectorAll('.actions button')]);
  expect(buttons.length).toBeLessThan(3);
});

test('a chat that the cursor rests on is drawn with its messages in one frame', async () => {
  const opened = await ready();
  const { app, backend, list } = opened;
  const chat = list.keys.find((id, at) => at > 2 && backend.world.chats.get(id)?.unread === 0) ?? 0;
  list.cursor = chat;
  const read = () => backend.calls.filter(({ name, args }) => name === 'history' && JSON.stringify(args).includes(`"chat":${chat},`)); // prettier-ignore
  await expect.poll(() => read().length).toBe(1);
  await rest(opened);
  let empty = 0;
  const observer = new MutationObserver(() => {
    const open = document.querySelector('[data-testid="conversation"]') !== null;
    if (open && messages().length === 0) empty += 1;
  });
  observer.observe(document.body, { subtree: true, childList: true });
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => messages().length).toBe(app.inbox?.conversation?.messages.length);
  observer.disconnect();
  expect(empty).toBe(0);
  // What is above came later, and nothing that was in sight moved.
  const { scrollHeight, scrollTop, clientHeight } = part('conversation');
  expect(scrollHeight - scrollTop - clientHeight).toBeLessThan(2);
  expect(read()).toHaveLength(1);
});

/** The pane of a chat that is drawn out of sight. */
const paneAhead = (chat: number) =>
  document.querySelector(`[data-testid="conversation-ahead"][data-chat="${chat}"]`)?.closest('[inert]'); // prettier-ignore

test('the chat that the cursor rests on is drawn out of sight, and stays as it is when it is opened', async () => {
  const opened = await ready();
  const { app, backend, list } = opened;
  const chat = list.keys.find((id, at) => at > 2 && backend.world.chats.get(id)?.unread === 0) ?? 0;
  list.cursor = chat;
  const ahead = () =>
    document.querySelector<HTMLElement>(`[data-testid="conversation-ahead"][data-chat="${chat}"]`);
  await expect.poll(() => ahead()?.querySelectorAll('[data-testid="message"]').length).toBeGreaterThan(5); // prettier-ignore
  expect(ahead()?.closest('[inert]')).not.toBeNull();
  expect(ahead()?.checkVisibility({ opacityProperty: true })).toBe(false);
  expect(app.inbox?.conversation).toBeNull();
  const row = ahead()?.querySelector('[data-testid="message"]:last-of-type');
  const field = paneAhead(chat)?.querySelector('textarea');
  expect(app.landmarks.get('composer')).toBeUndefined();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => part('conversation').dataset['chat']).toBe(String(chat));
  expect(row?.isConnected && part('conversation').contains(row)).toBe(true);
  expect(part('conversation').closest('[inert]')).toBeNull();
  expect(part('composer')).toBe(field);
  await expect.poll(() => document.activeElement).toBe(field);
  // It is a conversation like any other: what comes is shown, and what is above is drawn.
  await expect.poll(() => messages().length).toBe(app.inbox?.conversation?.messages.length);
  backend.world.add(chat, { text: 'And another thing.', out: false });
  await expect.poll(() => messages().at(-1)?.textContent).toContain('And another thing.');
});

test('a chat that is drawn out of sight has its draft, also one that was left a moment ago', async () => {
  const opened = await ready();
  const { app, backend, list } = opened;
  const chat = list.keys.find((id, at) => at > 2 && backend.world.chats.get(id)?.unread === 0) ?? 0;
  await app.inbox?.open(chat);
  await expect.poll(() => part('composer')).toBeTruthy();
  await userEvent.fill(part('composer'), 'To be continued');
  app.inbox?.close();
  const drawn = () => paneAhead(chat)?.querySelector('textarea')?.value;
  await expect.poll(drawn).toBe('To be continued');
  await app.inbox?.open(chat);
  await expect.poll(() => (part('composer') as HTMLTextAreaElement).value).toBe('To be continued');
});

test('a key reads ahead what the cursor comes to, but not what it passes while it is held down', async () => {
  const opened = await ready();
  const { backend, list } = opened;
  const read = (chat: number | null | undefined) =>
    backend.calls.filter(({ name, args }) => name === 'history' && JSON.stringify(args).includes(`"chat":${chat},`)).length; // prettier-ignore
  await userEvent.keyboard('j');
  await rest(opened);
  list.move(1);
  await frames();
  expect(read(list.cursor)).toBe(1);
  list.move(1);
  const passed = list.cursor;
  await frames();
  list.move(1);
  await rest(opened);
  expect(read(passed)).toBe(0);
  expect(read(list.cursor)).toBe(1);
});

test('what was read ahead is forgotten when something happens in the chat', async () => {
  const opened = await ready();
  const { backend, list, app } = opened;
  const [, , chat = 0] = list.keys;
  list.cursor = chat;
  await rest(opened);
  backend.world.tell({
    type: 'messages',
    chat,
    change: 'edited',
    rows: [],
    live: true,
  });
  const before = backend.calls.length;
  await app.inbox?.open(chat);
  expect(backend.calls.slice(before).map(({ name }) => name)).toContain('history');
});

test('an event that leaves the order as it is draws no row anew but the one it is about', async () => {
  const opened = await ready();
  const { backend, list } = opened;
  const [, , id = 0] = list.keys;
  const before = list.keys;
  const { rows: touched } = await doneBy(opened, async () => {
    backend.world.tell({ type: 'chats', account: 1, chats: [id] });
    await rest(opened);
  });
  expect(list.keys).toBe(before);
  expect(touched).toBeLessThanOrEqual(1);
});

test('another list is drawn once, with its contents, and asks for those in sight alone', async () => {
  const opened = await ready(100_000);
  const { backend, list, app } = opened;
  const [, view] = app.inbox?.catalogue.views ?? [];
  if (!view) throw new Error('no view');
  let skeletons = 0;
  const observer = new MutationObserver(() => {
    skeletons += document.querySelectorAll('[data-testid="chat-skeleton"]').length;
  });
  observer.observe(document.body, { subtree: true, childList: true });
  const before = backend.calls.length;
  await list.show(view, null);
  await frames();
  observer.disconnect();
  expect(list.keys.length).toBeGreaterThan(50_000);
  expect(skeletons).toBe(0);
  const calls = backend.calls.slice(before);
  expect(calls.filter(({ name }) => name === 'chat_keys')).toHaveLength(1);
  const read = calls.filter(({ name }) => name === 'chats');
  expect(read.flatMap(({ args }) => (args as { ids: number[] }).ids).length).toBeLessThan(60);
  expect(rows().length).toBeLessThan(60);
});
