import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ChatChange, ChatId } from '../../src/lib/backend';
import { openWindow, part, rows } from './window';

/** A window over many people, of whom some are done in each moment. */
async function ready(atOnce: number | null) {
  const opened = await openWindow({ chats: 1500, unmarked: true });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { backend, app } = opened;
  const inbox = app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  backend.changing.atOnce = atOnce;
  const ids = [...inbox.list.keys];
  const pinned = () => ids.filter((id) => backend.world.chats.get(id)?.marks.pinned_ms !== null).length; // prettier-ignore
  const log = () => backend.call('deeds', { chats: [], before: null, limit: 10 });
  const targets = { in: 'list' as const, of: inbox.list.request };
  const change = (to: ChatChange) => app.marks.change(targets, to);
  return { ...opened, inbox, ids, pinned, log, change };
}

const notice = page.getByTestId('changing');
const bar = () => part('changing').querySelector('progress');

test('what takes its time says how far it is, up to its end, and is taken back as one', async () => {
  const { ids, pinned, app, change, inbox, backend } = await ready(100);
  const seen: number[] = [];
  backend.subscribe((event) => {
    if (event.type === 'changing' && event.progress) seen.push(event.progress.done);
  });
  const doing = change({ do: 'pin', to: true });
  await expect.element(notice).toBeVisible();
  await expect.element(notice).toHaveTextContent(/Pinning [\d,]+ of 1,\d\d\d/);
  expect(bar()?.max).toBe(ids.length);
  await doing;
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(ids.length);
  expect(inbox.changing.progress).toBeNull();
  await expect.poll(() => notice.query()).toBeNull();
  expect(pinned()).toBe(ids.length);

  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(notice).toHaveTextContent(/Undoing/);
  await expect.poll(pinned).toBe(0);
  expect(app.undo.any).toBe(false);
});

test.for(['the button', 'Escape'])('%s stops it: nothing is changed, and it says so', async (way) => {
  const { pinned, log, app, change, inbox } = await ready(5);
  const before = await log();
  const doing = change({ do: 'pin', to: true });
  await expect.element(notice).toBeVisible();
  if (way === 'Escape') await userEvent.keyboard('{Escape}');
  else await page.getByTestId('changing-cancel').click();
  expect(await doing).toBeNull();
  await expect.poll(() => notice.query()).toBeNull();
  const told = page.getByTestId('toast');
  await expect.element(told).toHaveTextContent('It was stopped, and nothing was changed.');
  // It is what was asked for, no failure.
  expect(app.toasts.list.map(({ error, undo }) => error ?? undo)).toEqual([null]);
  expect(pinned()).toBe(0);
  expect(await log()).toEqual(before);
  expect(app.undo.any).toBe(false);
  expect(inbox.list.open).toBeNull();
}); // prettier-ignore

test('a taking back that is stopped leaves what was done, to be taken back later', async () => {
  const { ids, pinned, app, backend, change } = await ready(null);
  await change({ do: 'pin', to: true });
  await expect.poll(pinned).toBe(ids.length);
  backend.changing.atOnce = 5;
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(notice).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => notice.query()).toBeNull();
  expect(pinned()).toBe(ids.length);
  backend.changing.atOnce = null;
  await expect.poll(() => app.undo.any).toBe(true);
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(pinned).toBe(0);
});

test('named chats are said to be done at once where they are few, and afterwards where they are many', async () => {
  const { app, backend, ids } = await ready(null);
  const release = backend.hold('change_chats');
  const texts = () => app.toasts.list.map(({ text }) => text);
  const pin = (of: ChatId[]) => app.marks.change({ in: 'chats', of }, { do: 'pin', to: true });
  const few = pin(ids.slice(0, 3));
  expect(texts()).toEqual(['Pinned in Switchboard: 3 chats']);
  const many = pin(Array.from({ length: 5000 }, (_, at) => ids[at % ids.length] ?? 0));
  expect(texts()).toHaveLength(1);
  release();
  await Promise.all([few, many]);
  expect(texts()[1]).toMatch(/^Pinned in Switchboard: [\d,]+ chats$/);
});
