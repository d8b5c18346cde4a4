import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { frames, messages, openWindow, part, rows } from './window';

const scroller = () => part('conversation');
const fromEnd = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;

async function openChat(id: number, { read = false } = {}) {
  const opened = await openWindow();
  if (read) opened.backend.world.change(id, (chat) => (chat.unread = 0));
  await opened.app.inbox?.open(id);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  await frames();
  return opened;
}

test('a message sent is shown at once, arrives and is read', async () => {
  const { backend } = await openChat(4);
  await page.getByTestId('composer').fill('Hello there');
  await userEvent.keyboard('{Enter}');
  expect(part('outgoing').textContent).toContain('Hello there');
  await expect.poll(() => messages().at(-1)?.textContent).toContain('Hello there');
  await expect
    .poll(() => messages().at(-1)?.querySelector('.ticks.read'), { timeout: 4000 })
    .toBeTruthy();
  expect(document.querySelector('[data-testid="outgoing"]')).toBeNull();
  expect(messages().filter((row) => row.textContent.includes('Hello there'))).toHaveLength(1);
  expect(backend.calls.filter((call) => call.name === 'send')).toHaveLength(1);
});

test('Shift+Enter starts a line, Enter of an input method sends nothing', async () => {
  const { backend } = await openChat(4);
  await page.getByTestId('composer').fill('one');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}two');
  expect((part('composer') as HTMLTextAreaElement).value).toBe('one\ntwo');
  part('composer').dispatchEvent(
    new KeyboardEvent('keydown', {
      key: 'Enter',
      bubbles: true,
      cancelable: true,
      isComposing: true,
    }),
  );
  await frames();
  expect(backend.calls.some((call) => call.name === 'send')).toBe(false);
});

test('a failed message says why and can be tried again', async () => {
  await openChat(4);
  await page.getByTestId('composer').fill('fail please');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('privacy settings do not let')).toBeVisible();
  await page.getByTestId('outgoing').getByText('Try again').click();
  await expect.poll(() => messages().at(-1)?.textContent).toContain('please');
});

test('a send that is refused gives the text back', async () => {
  const { backend } = await openChat(4);
  backend.fail('send', 'disk_full');
  await page.getByTestId('composer').fill('precious');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('The disk is full')).toBeVisible();
  expect((part('composer') as HTMLTextAreaElement).value).toBe('precious');
});

test('↑ changes the last own message; Esc leaves it alone', async () => {
  await openChat(4);
  await page.getByTestId('composer').fill('First words');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => messages().at(-1)?.textContent).toContain('First words');
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(page.getByTestId('composer-edit')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(document.querySelector('[data-testid="composer-edit"]')).toBeNull();
  await userEvent.keyboard('{ArrowUp}');
  await page.getByTestId('composer').fill('Second words');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => messages().at(-1)?.textContent).toContain('Second words');
  expect(messages().at(-1)?.textContent).toContain('edited');
});

test('older pages come while scrolling up, and what is read stays where it is', async () => {
  await openChat(1, { read: true });
  await expect.poll(() => messages().length).toBeGreaterThanOrEqual(30);
  scroller().scrollTop = 300;
  const anchor = messages().find((row) => row.offsetTop + row.offsetHeight > scroller().scrollTop);
  const before = (anchor?.offsetTop ?? 0) - scroller().scrollTop;
  const row = anchor?.dataset['row'];
  const first = messages()[0]?.dataset['row'];
  await expect.poll(() => messages()[0]?.dataset['row']).not.toBe(first);
  await frames();
  const same = messages().find((candidate) => candidate.dataset['row'] === row);
  expect(Math.abs((same?.offsetTop ?? 0) - scroller().scrollTop - before)).toBeLessThan(3);
});

test('a long way up and down again holds at most two hundred messages, in order', async () => {
  const { app } = await openChat(1);
  const conversation = app.inbox?.conversation;
  for (let step = 0; step < 8; step++) {
    await conversation?.loadOlder();
    await frames();
  }
  expect(messages().length).toBeLessThanOrEqual(200);
  expect(conversation?.hasNewer).toBe(true);
  const order = messages().map((row) => Number(row.dataset['row']));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  await page.getByRole('button', { name: 'To the newest message' }).click();
  await expect.poll(() => conversation?.hasNewer).toBe(false);
  await expect.poll(fromEnd).toBeLessThan(5);
});

test('a live message is shown at the end while the newest is read, and counted while not', async () => {
  const { app, backend } = await openChat(4);
  await app.inbox?.conversation?.jumpToLatest();
  await expect.poll(fromEnd).toBeLessThan(5);
  backend.world.add(4, { text: 'News just in', out: false });
  await expect.poll(() => messages().at(-1)?.textContent).toContain('News just in');
  await expect.poll(fromEnd).toBeLessThan(5);
  await expect.poll(() => backend.world.chats.get(4)?.unread).toBe(0);
});

test('a quote leads to the message it quotes', async () => {
  const { backend, app } = await openChat(1);
  const quoting = backend.world.history(1).findLast((message) => message.reply !== null);
  await app.inbox?.conversation?.jumpTo(quoting?.row ?? 0);
  await frames();
  const row = messages().find((element) => Number(element.dataset['row']) === quoting?.row);
  row?.querySelector<HTMLElement>('.quote')?.click();
  const target = backend.world.history(1).find((message) => message.id === quoting?.reply?.id);
  await expect
    .poll(() => document.querySelector(`[data-row="${target?.row}"] .marked`))
    .toBeTruthy();
});

test('a draft is kept when the chat is left, and is there on return', async () => {
  const { app, backend } = await openChat(4);
  await page.getByTestId('composer').fill('half a thought');
  await app.inbox?.open(3);
  await expect.poll(() => backend.world.chats.get(4)?.draft?.text).toBe('half a thought');
  await expect.poll(() => app.inbox?.book.get(4)?.draft?.text).toBe('half a thought');
  await app.inbox?.open(4);
  await expect.poll(() => (part('composer') as HTMLTextAreaElement).value).toBe('half a thought');
});

test('deleting is asked for, for me or for everyone', async () => {
  const { backend } = await openChat(4);
  const last = messages().at(-1);
  const row = last?.dataset['row'];
  last?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, clientX: 700, clientY: 400 }));
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('Delete for everyone', { exact: true }).click();
  await expect.poll(() => document.querySelector(`[data-row="${row}"]`)).toBeNull();
  const call = backend.calls.find((candidate) => candidate.name === 'delete');
  expect(call?.args).toEqual({ rows: [Number(row)], for_everyone: true });
});

test('muting can be undone from its notice and with Mod+Z', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const id = 4;
  backend.world.change(id, (chat) => (chat.muted_until = null));
  await expect.poll(() => app.inbox?.book.get(id)?.muted_until).toBeNull();
  const chat = app.inbox?.book.get(id);
  if (chat) app.deeds.mute(chat);
  await expect.poll(() => backend.world.chats.get(id)?.muted_until).not.toBeNull();
  await expect.element(page.getByText('Undo')).toBeVisible();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => backend.world.chats.get(id)?.muted_until).toBeNull();
});

test('a mute that has run out is none', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const id = 4;
  const over = Math.floor(Date.now() / 1000) - 60;
  backend.world.change(id, (chat) => (chat.muted_until = over));
  await expect.poll(() => app.inbox?.book.get(id)?.muted_until).toBe(over);
  const chat = app.inbox?.book.get(id);
  await app.inbox?.list.narrow({ has: 'muted' });
  await expect.poll(() => app.inbox?.list.keys).not.toContain(id);
  if (chat) app.deeds.mute(chat);
  await expect.poll(() => backend.world.chats.get(id)?.muted_until).toBe(2 ** 31 - 1);
});

test('an answer that comes late, after another chat was opened, is dropped', async () => {
  const { app } = await openWindow({ latencyMs: 60 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  void app.inbox?.open(1);
  void app.inbox?.open(4);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  expect(app.inbox?.conversation?.chat).toBe(4);
  expect(app.inbox?.conversation?.messages.every((message) => message.chat === 4)).toBe(true);
});

test('a channel without the right to write has no composer but says why', async () => {
  const { app, backend } = await openWindow();
  const channel = [...backend.world.chats.values()].find((chat) => chat.kind === 'channel');
  await app.inbox?.open(channel?.id ?? 0);
  await expect.element(page.getByText('is not allowed to write here')).toBeVisible();
  expect(document.querySelector('[data-testid="composer"]')).toBeNull();
});

test('search shows marked hits, pages, and opens one in its place', async () => {
  await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await userEvent.keyboard('{Control>}{Shift>}f{/Shift}{/Control}');
  await page.getByTestId('search-input').fill('посилку');
  await expect.poll(() => document.querySelectorAll('[data-testid="search-hit"]').length).toBe(30);
  expect(document.querySelector('[data-testid="search-hit"] mark')?.textContent).toBe('посилку');
  await page.getByText('Show more').click();
  await expect
    .poll(() => document.querySelectorAll('[data-testid="search-hit"]').length)
    .toBeGreaterThan(30);
  const hit = document.querySelectorAll<HTMLElement>('[data-testid="search-hit"]')[20];
  hit?.click();
  await expect
    .poll(() =>
      document.querySelector(`[data-testid="message"][data-row="${hit?.dataset['row']}"] .marked`),
    )
    .toBeTruthy();
});

test('an empty search names where it looked and offers more', async () => {
  const { app } = await openChat(4);
  await userEvent.keyboard('{Control>}f{/Control}');
  await page.getByTestId('search-input').fill('zzzz');
  await expect.element(page.getByText('Searched in: This chat.')).toBeVisible();
  await page.getByRole('button', { name: 'Search everywhere' }).last().click();
  await expect.poll(() => app.inbox?.search.scope.in).toBe('everywhere');
});

test('where a history takes long to be read, shapes of messages stand in its place', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const shapes = () => document.querySelectorAll('[data-testid="message-skeleton"]').length;
  const release = backend.hold('history');
  void app.inbox?.open(4);
  await expect.poll(shapes).toBeGreaterThan(4);
  expect(part('conversation').querySelector('ol')?.ariaBusy).toBe('true');
  release();
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  expect(shapes()).toBe(0);
});
