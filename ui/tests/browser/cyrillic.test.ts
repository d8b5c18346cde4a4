import { expect, test } from 'vitest';
import type { Overlay } from '../../src/lib/state/app.svelte';
import { press } from './cyrillic';
import { frames, messages, openWindow, part, rows, type Opened } from './window';

async function ready(chat?: number): Promise<Opened> {
  const opened = await openWindow({ looks: { language: 'ru' } });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  if (chat === undefined) return opened;
  await opened.app.inbox?.open(chat);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  part('chat-list').focus();
  return opened;
}

test('through the list, into a chat, to an answer and back', async () => {
  const { app, backend } = await ready();
  const list = app.inbox?.list;
  press('KeyJ');
  press('KeyJ');
  expect(list?.cursor).toBe(list?.keys[1]);
  press('KeyK');
  press('ArrowDown');
  expect(list?.cursor).toBe(list?.keys[1]);
  press('Enter');
  await expect.poll(() => list?.open).toBe(list?.keys[1]);
  await expect.poll(() => document.activeElement === document.querySelector('[data-testid="composer"]')).toBe(true); // prettier-ignore
  press('Alt+ArrowDown');
  await expect.poll(() => list?.open).toBe(list?.keys[2]);
  const unread = (id: number | undefined) => {
    const chat = backend.world.chats.get(id ?? 0);
    return chat !== undefined && (chat.unread > 0 || chat.unread_mark);
  };
  const next = list?.keys.slice(3).find(unread);
  expect(next).toBeDefined();
  press('Alt+Shift+ArrowDown');
  await expect.poll(() => list?.open).toBe(next);
  press('Escape');
  await expect.poll(() => list?.open).toBeNull();
});

test('R answers, Escape gives it up', async () => {
  const { app } = await ready(4);
  press('KeyR');
  expect(app.inbox?.composer?.reply).not.toBeNull();
  press('Escape');
  expect(app.inbox?.composer?.reply).toBeNull();
});

test('↑ in an empty composer edits the last own message; in a full one it moves', async () => {
  const { app } = await ready(4);
  const { composer, conversation } = app.inbox ?? {};
  const own = conversation?.messages.findLast(({ out, text }) => out && text !== '');
  part('composer').focus();
  if (composer) composer.text = 'Добрый день';
  press('ArrowUp');
  expect(composer?.editing).toBeNull();
  if (composer) composer.text = '';
  press('ArrowUp');
  expect(composer?.editing?.id).toBe(own?.id);
  press('Escape');
  expect(composer?.editing).toBeNull();
});

const overlays: [string, Overlay['kind']][] = [
  ['Control+KeyK', 'palette'],
  ['Shift+Slash', 'shortcuts'],
  ['KeyS', 'status'],
  ['KeyT', 'tags'],
  ['KeyH', 'snooze'],
  ['KeyN', 'note'],
  ['KeyO', 'task'],
];
test.each(overlays)('%s opens: %s', async (keys, kind) => {
  const { app } = await ready(4);
  press(keys);
  expect(app.overlay?.kind).toBe(kind);
  await frames();
  // While it lies there, keys are its own.
  press('KeyG KeyS');
  expect(app.page).toBe('inbox');
});

test('D asks for a follow-up on the open chat, and only where there is one', async () => {
  const { app } = await ready(4);
  press('KeyD');
  expect(app.overlay).toMatchObject({ kind: 'task', chat: 4, task: null, what: 'follow_up' });
  app.overlay = null;
  app.page = 'settings';
  await frames();
  press('KeyD');
  expect(app.overlay).toBeNull();
});

test('Ctrl+F searches in the chat, Ctrl+Shift+F everywhere', async () => {
  const { app } = await ready(4);
  press('Control+KeyF');
  expect(app.inbox?.search.scope).toEqual({ in: 'chat', id: 4 });
  await expect.poll(() => document.activeElement?.tagName).toBe('INPUT');
  press('Control+Shift+KeyF');
  expect(app.inbox?.search.scope).toEqual({ in: 'everywhere' });
});

test('G, then a letter, goes to a place; an account and a view have keys', async () => {
  const { app } = await ready();
  press('KeyG KeyS');
  expect(app.page).toBe('settings');
  press('KeyG KeyI');
  expect(app.page).toBe('inbox');
  press('Control+Digit2');
  expect(app.inbox?.list.account).toBe(2);
  const before = app.inbox?.list.view;
  press('BracketRight');
  expect(app.inbox?.list.view).not.toBe(before);
  press('BracketLeft');
  expect(app.inbox?.list.view).toBe(before);
});

test('the second of two keys is nobody else’s', async () => {
  const { app } = await ready(4);
  part('conversation').focus();
  press('KeyG KeyS');
  expect(app.page).toBe('settings');
  expect(app.overlay).toBeNull();
});

test('P marks, Ctrl+Z takes it back', async () => {
  const { app } = await ready(4);
  const pinned = () => app.inbox?.book.get(4)?.marks.pinned_ms ?? null;
  const before = pinned() === null;
  press('KeyP');
  await expect.poll(() => pinned() === null).toBe(!before);
  press('Control+KeyZ');
  await expect.poll(() => pinned() === null).toBe(before);
});

test('U marks read and unread, Shift+Escape marks all read, and Ctrl+Z takes it back', async () => {
  const { app, backend } = await ready();
  const list = app.inbox?.list;
  const unread = (id: number) => {
    const chat = backend.world.chats.get(id);
    return chat !== undefined && (chat.unread > 0 || chat.unread_mark);
  };
  press('KeyJ');
  const first = list?.cursor ?? 0;
  const before = unread(first);
  press('KeyU');
  await expect.poll(() => unread(first)).toBe(!before);
  press('Control+KeyZ');
  await expect.poll(() => unread(first)).toBe(before);
  const all = list?.keys.filter(unread) ?? [];
  expect(all.length).toBeGreaterThan(3);
  press('Shift+Escape');
  await expect.poll(() => list?.keys.some(unread)).toBe(false);
  await expect.poll(() => app.toasts.list.at(-1)?.undo).not.toBeNull();
  press('Control+KeyZ');
  await expect.poll(() => all.every(unread)).toBe(true);
});

test('F6 and zoom', async () => {
  const { app } = await ready(4);
  const before = document.activeElement;
  press('F6');
  expect(document.activeElement).not.toBe(before);
  press('Control+Equal');
  expect(app.looks.zoom).toBe(110);
  press('Control+Minus');
  press('Control+Digit0');
  expect(app.looks.zoom).toBe(100);
});
