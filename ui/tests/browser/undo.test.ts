import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ChatChange } from '../../src/lib/backend';
import { exportList } from '../../src/lib/state/listExport';
import { openWindow, rows } from './window';

async function ready() {
  const opened = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { app, backend } = opened;
  const mark = (id: number, change: ChatChange) => app.marks.change({ in: 'chats', of: [id] }, change); // prettier-ignore
  const kept = (id: number) => backend.world.chats.get(id);
  const shown = (id: number) => app.inbox?.book.get(id);
  return { ...opened, mark, kept, shown };
}

const takeBack = () => userEvent.keyboard('{Control>}z{/Control}');

test('marks and deeds at Telegram are taken back in the order they were done, notices or not', async () => {
  const { app, mark, kept, shown } = await ready();
  const before = kept(4)?.marks.status ?? null;
  await mark(4, { do: 'status', to: before === 4 ? 5 : 4 });
  const muted = shown(4)?.muted_until === null;
  const chat = shown(4);
  if (chat) app.deeds.mute(chat, muted);
  await mark(4, { do: 'pin', to: true });
  await expect.poll(() => kept(4)?.marks.pinned_ms).not.toBeNull();
  for (const toast of app.toasts.list) app.toasts.dismiss(toast.id);

  await takeBack();
  await expect.poll(() => kept(4)?.marks.pinned_ms).toBeNull();
  expect(kept(4)?.muted_until !== null).toBe(muted);
  await takeBack();
  await expect.poll(() => kept(4)?.muted_until !== null).toBe(!muted);
  expect(kept(4)?.marks.status).not.toBe(before);
  await takeBack();
  await expect.poll(() => kept(4)?.marks.status ?? null).toBe(before);
  await expect.poll(() => shown(4)?.marks.status ?? null).toBe(before);
  expect(app.undo.any).toBe(false);
});

test('a change is shown before the program answers, and taken back however early that is asked', async () => {
  const { backend, mark, kept, shown } = await ready();
  const release = backend.hold('change_chats');
  const doing = mark(5, { do: 'snooze', to: { until_ms: Date.now() + 3_600_000, unless_reply: true } }); // prettier-ignore
  expect(shown(5)?.marks.snoozed_until_ms).not.toBeNull();
  await takeBack();
  release();
  await doing;
  await expect.poll(() => kept(5)?.marks.snoozed_until_ms).toBeNull();
  await expect.poll(() => shown(5)?.marks.snoozed_until_ms).toBeNull();
});

test('what changed since is not taken back, and is said so in words', async () => {
  const { backend, mark, kept } = await ready();
  await mark(6, { do: 'status', to: 3 });
  await backend.call('change_chats', { targets: { in: 'chats', of: [6] }, change: { do: 'status', to: 2 } }); // prettier-ignore
  await takeBack();
  await expect.element(page.getByText('cannot be taken back')).toBeVisible();
  expect(kept(6)?.marks.status).toBe(2);
});

test('a refused change is not shown any more and offers no way back', async () => {
  const { app, backend, mark, kept, shown } = await ready();
  backend.fail('change_chats', 'disk_full');
  await mark(7, { do: 'tag', to: 4 });
  await expect.poll(() => shown(7)?.marks.tags).toEqual(kept(7)?.marks.tags);
  expect(app.undo.any).toBe(false);
  expect(app.toasts.list.map((toast) => toast.undo)).toEqual([null]);
});

test('the catalogue follows what is changed elsewhere', async () => {
  const { app, backend } = await ready();
  await backend.call('tag_save', { tag: { id: 0, name: 'Elsewhere', colour: 'teal', reach: 'chat' } }); // prettier-ignore
  await expect.poll(() => app.inbox?.catalogue.tags.at(-1)?.name).toBe('Elsewhere');
});

test('reading a chat and hiding a view are taken back like the rest', async () => {
  const { app, backend, kept, shown } = await ready();
  const id = app.inbox?.list.keys.find((key) => (kept(key)?.unread ?? 0) > 0) ?? 0;
  await expect.poll(() => shown(id)).toBeDefined();
  const chat = shown(id);
  if (chat) app.deeds.markRead(chat);
  await expect.poll(() => kept(id)?.unread).toBe(0);
  await expect.element(page.getByTestId('toast').getByText('is read')).toBeVisible();
  await takeBack();
  await expect.poll(() => kept(id)?.unread_mark).toBe(true);

  app.viewDeeds.hide('gone_quiet');
  const views = app.inbox?.views;
  expect(views?.shown).not.toContain('gone_quiet');
  await expect.element(page.getByText('hidden from the sidebar')).toBeVisible();
  await takeBack();
  await expect.poll(() => views?.shown.includes('gone_quiet')).toBe(true);
  expect(backend.calls.some(({ name }) => name === 'tell_chats')).toBe(false);
});

test('what is being done is said until it is done, whatever else is said', async () => {
  const { app, backend } = await ready();
  const release = backend.hold('list_export');
  exportList(app);
  const working = () => app.toasts.list.find((toast) => toast.working);
  await expect.poll(working).toBeDefined();
  expect(working()?.stays).toBe(true);
  // Pointing at it and going away again does not start its time.
  app.toasts.keep(working()?.id ?? 0, true);
  app.toasts.keep(working()?.id ?? 0, false);
  for (const text of ['one', 'two', 'three', 'four']) app.toasts.show(text);
  expect(app.toasts.list.map(({ text }) => text).slice(1)).toEqual(['three', 'four']);
  expect(working()).toBeDefined();
  release();
  await expect.poll(working).toBeUndefined();
});
