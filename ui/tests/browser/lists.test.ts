import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { frames, openWindow, part, rows } from './window';

async function ready(options = {}) {
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const inbox = opened.app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  return { ...opened, inbox, list: inbox.list };
}

const heading = () => document.querySelector('section h2')?.textContent;

test('"waiting on me" shows who waits, for how long, and why each stands there', async () => {
  const { backend, list } = await ready();
  await page.getByRole('button', { name: 'Waiting on me' }).click();
  await expect.poll(heading).toBe('Waiting on me');
  const waiting = await backend.call('waiting', {});
  expect(list.keys).toEqual(waiting.map(({ chat }) => chat));
  await expect.poll(() => document.querySelectorAll('[data-testid="wait-reason"]').length).toBeGreaterThan(5); // prettier-ignore
  const reasons = [...document.querySelectorAll('[data-testid="wait-reason"]')].map((mark) => mark.textContent.trim()); // prettier-ignore
  const order = ['Overdue', 'Mention', 'Unanswered'];
  expect(reasons.map((reason) => order.indexOf(reason))).toEqual(
    reasons.map((reason) => order.indexOf(reason)).toSorted(),
  );
  expect(document.querySelector('[data-testid="wait-time"]')?.textContent).toMatch(/\d+ (hr|min)/);
});

test('"waiting on me" of one account shows those of it alone', async () => {
  const { backend, list } = await ready();
  await list.show('waiting_on_me', 2);
  const waiting = await backend.call('waiting', {});
  const own = waiting.filter(({ chat }) => backend.world.chats.get(chat)?.account === 2);
  expect(own.length).toBeGreaterThan(2);
  expect(list.keys).toEqual(own.map(({ chat }) => chat));
});

test('another view begins at its top and keeps the focus in the list', async () => {
  const { list } = await ready({ chats: 2000 });
  part('chat-list').focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => part('chat-list').scrollTop).toBeGreaterThan(1000);
  await list.show('people', null);
  await frames();
  expect(part('chat-list').scrollTop).toBe(0);
  expect(document.activeElement).toBe(part('chat-list'));
  await expect.poll(() => rows()[0]?.dataset['chat']).toBe(String(list.keys[0]));
});

test('what is pinned here, put away, or silent has a view of its own', async () => {
  const { list } = await ready();
  await list.show('pinned', null);
  expect(list.keys).toEqual([9]);
  await list.show('snoozed', null);
  expect(list.keys).toEqual([11]);
  await list.show('all', null);
  expect(list.keys).not.toContain(11);
});

test('bots and own notes wait for nobody and never fall silent', async () => {
  const { backend, list } = await ready();
  const { world } = backend;
  const long = Math.floor(Date.now() / 1000) - 40 * 86_400;
  const views = [
    ['waiting_on_them', 0],
    ['gone_quiet', long],
  ] as const;
  for (const kind of ['bot', 'saved'] as const) {
    const chat = [...world.chats.values()].find(
      (one) => one.kind === kind && one.marks.snoozed_until_ms === null,
    );
    const last = chat?.last;
    if (!chat || !last) throw new Error(`there is no ${kind}`);
    for (const [view, date] of views) {
      world.change(chat.id, (one) => {
        one.archived = false;
        one.last = { ...last, out: true, date: date || last.date };
      });
      await list.show(view, null);
      await expect.poll(() => list.keys.includes(chat.id)).toBe(false);
      await list.show('people', null);
      await expect.poll(() => list.keys.includes(chat.id)).toBe(true);
    }
  }
});

test('a chat that is done waits no longer, in no list and on no row', async () => {
  const { app, backend, list } = await ready();
  const [first] = (await backend.call('waiting', {})).filter(({ reason }) => reason === 'unanswered'); // prettier-ignore
  const id = first?.chat ?? 0;
  await list.narrow({ has: 'peers', of: [backend.world.chats.get(id)?.peer ?? 0] });
  const row = () => document.querySelector(`[data-chat="${id}"] [data-testid="row-waiting"]`);
  await expect.poll(row).not.toBeNull();
  await app.marks.change({ in: 'chats', of: [id] }, { do: 'status', to: 4 });
  await expect.poll(row).toBeNull();
  expect((await backend.call('waiting', {})).map(({ chat }) => chat)).not.toContain(id);
  await app.marks.change({ in: 'chats', of: [id] }, { do: 'status', to: 1 });
  await expect.poll(row).not.toBeNull();
});

test('"waiting on me" kept as a view shows who waits, and nobody else', async () => {
  const { backend, list } = await ready();
  await list.show('waiting_on_me', null);
  const { whole } = list;
  const waiting = await backend.call('waiting', {});
  await list.show('all', null, whole);
  expect(list.keys.length).toBeGreaterThan(5);
  expect(waiting.map(({ chat }) => chat)).toEqual(expect.arrayContaining([...list.keys]));
  const unanswered = waiting.filter(({ reason }) => reason === 'unanswered');
  expect(list.keys).toEqual(expect.arrayContaining(unanswered.map(({ chat }) => chat)));
});

test('the views beside the one that was gone to are read ahead, and read anew after an event', async () => {
  const { backend, inbox, list } = await ready();
  const asked = () => backend.calls.filter(({ name }) => name === 'chat_keys').length;
  await list.show('people', null);
  const likely = inbox.likelyViews.filter((view) => view !== 'waiting_on_me');
  expect(likely).not.toContain('all');
  const [next] = likely;
  if (next === undefined) throw new Error('no view to go to');
  const before = asked();
  await expect.poll(asked).toBe(before + likely.length);
  const read = asked();
  await list.show(next, null);
  expect(asked()).toBe(read);
  expect(list.keys.length).toBeGreaterThan(0);
  await list.show('people', null);
  expect(asked()).toBe(read);
  backend.world.tell({ type: 'chats', account: 1, chats: [list.keys[0] ?? 0] });
  await list.show(next, null);
  expect(asked()).toBeGreaterThan(read);
});

test('the list that Enter would lead to is read while the condition is being chosen', async () => {
  const { backend, list } = await ready();
  const asked = () => backend.calls.filter(({ name }) => name === 'chat_keys').length;
  part('chat-list').focus();
  await userEvent.keyboard('f');
  await userEvent.keyboard('unread');
  const unread = () => backend.calls.some(({ name, args }) => name === 'chat_keys' && JSON.stringify(args).includes('{"has":"unread"}')); // prettier-ignore
  await expect.poll(unread).toBe(true);
  const before = asked();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => list.filter).toEqual({ has: 'unread' });
  await expect.poll(() => list.loaded).toBe(true);
  expect(asked()).toBe(before);
  expect(list.keys.length).toBeGreaterThan(0);
});

test('where every chat was put away, the list says so and leads to them', async () => {
  const { backend, app } = await openWindow({ accounts: 1, chats: 12 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  for (const id of backend.world.chats.keys()) {
    backend.world.change(id, (chat) => (chat.archived = true));
  }
  await expect.element(page.getByText('Every chat is archived or snoozed.')).toBeVisible();
  await page
    .getByRole('region', { name: 'Chats' })
    .getByRole('button', { name: 'Archive' })
    .click();
  await expect.poll(() => app.inbox?.list.keys.length).toBe(12);
});
