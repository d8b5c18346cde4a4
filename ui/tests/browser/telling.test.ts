import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Chat } from '../../src/lib/backend';
import { openWindow, part, rows } from './window';

/** A window whose whole list is selected, and a program that reaches some chats in each moment. */
async function ready(atOnce: number | null, chats = 1500) {
  const opened = await openWindow({ chats });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { backend, app } = opened;
  const inbox = app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  backend.telling.atOnce = atOnce;
  await userEvent.keyboard('{Control>}a{/Control}');
  const ids = [...inbox.selection.ids];
  const of = (is: (chat: Chat) => boolean) => () =>
    ids.filter((id) => is(backend.world.chats.get(id) as Chat)).length;
  const archived = of((chat) => chat.archived);
  const unread = of((chat) => chat.unread > 0 || chat.unread_mark);
  const said = () => app.toasts.list.map(({ text }) => text);
  return { ...opened, inbox, ids, archived, unread, said };
}

const notice = page.getByTestId('telling');
const takeBack = () => userEvent.keyboard('{Control>}z{/Control}');
const gone = () => expect.poll(() => notice.query(), { timeout: 9000 }).toBeNull();

test('archiving says how far it is, names the list as a whole, and is taken back as one', async () => {
  const { ids, archived, backend, app, said } = await ready(200);
  await page.getByTestId('bulk-archive').click();
  await expect.element(notice).toHaveTextContent(/Archiving [\d,]+ of 1,\d\d\d/);
  // It may stand there for long: what else can be done to the selection stays in reach.
  const bar = part('selection-bar').getBoundingClientRect();
  expect(part('telling').getBoundingClientRect().bottom).toBeLessThanOrEqual(bar.top);
  await gone();
  expect(archived()).toBe(ids.length);
  const asked = backend.calls.filter(({ name }) => name === 'tell_chats');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.args).toMatchObject({ targets: { in: 'list' } });
  expect(said()).toEqual([expect.stringMatching(/^Archived: 1,\d\d\d chats$/)]);

  await takeBack();
  await expect.element(notice).toHaveTextContent(/Moving out of the archive/);
  await gone();
  expect(archived()).toBe(0);
  expect(app.undo.any).toBe(false);
});

test.for(['the button', 'Escape'])('%s stops it: what was done stays, is said, and is taken back', async (way) => {
  const { ids, archived, inbox, said } = await ready(5);
  await page.getByTestId('bulk-archive').click();
  await expect.element(notice).toBeVisible();
  await expect.poll(archived).toBeGreaterThan(0);
  if (way === 'Escape') await userEvent.keyboard('{Escape}');
  else await page.getByTestId('telling-cancel').click();
  await gone();
  const done = archived();
  expect(done).toBeLessThan(ids.length);
  expect(inbox.selection.any).toBe(true);
  const [text] = said();
  expect(text).toMatch(new RegExp(`^${done} of 1,\\d\\d\\d archived; the rest was left\\.$`));
  await page.getByTestId('toast').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(archived, { timeout: 9000 }).toBe(0);
}); // prettier-ignore

test('meanwhile the window is used: chats are marked, others archived, and Escape leaves a chat', async () => {
  const { backend, inbox, app, archived } = await ready(2);
  await page.getByTestId('bulk-archive').click();
  await expect.element(notice).toBeVisible();
  const { keys } = inbox.list;
  const [first, last] = [keys[0] ?? 0, keys.at(-1) ?? 0];
  await app.marks.change({ in: 'chats', of: [first] }, { do: 'pin', to: true });
  expect(backend.world.chats.get(first)?.marks.pinned_ms).not.toBeNull();
  const other = app.bulk.read({ in: 'chats', of: [last] });
  await other;
  expect(inbox.tellings.list).toHaveLength(1);
  await inbox.open(first);
  await expect.poll(() => app.landmarks.focus('conversation')).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => inbox.list.open === null || !inbox.selection.any).toBe(true);
  expect(inbox.tellings.list).toHaveLength(1);
  inbox.tellings.cancel();
  await gone();
  expect(archived()).toBeGreaterThan(0);
});

test('reading is taken back in part, and its rest later', async () => {
  const { unread, backend, app, said } = await ready(null, 400);
  const before = unread();
  expect(before).toBeGreaterThan(20);
  await page.getByTestId('bulk-read').click();
  await expect.poll(unread).toBe(0);
  expect(said()).toEqual([`${before} chats are read`]);
  backend.telling.atOnce = 2;
  await takeBack();
  await expect.element(notice).toHaveTextContent(/Marking as unread/);
  await expect.poll(unread).toBeGreaterThan(0);
  await userEvent.keyboard('{Escape}');
  await gone();
  const back = unread();
  expect(back).toBeLessThan(before);
  expect(said()).toEqual([`${back} of ${before} marked unread; the rest was left.`]);
  expect(app.undo.any).toBe(true);
  backend.telling.atOnce = null;
  await takeBack();
  await expect.poll(unread).toBe(before);
  expect(app.undo.any).toBe(false);
});

test('an account that is to wait is named with its time, and its chats are left', async () => {
  const { ids, archived, backend, app, said } = await ready(null, 300);
  const [account] = backend.world.accounts;
  const until = new Date();
  until.setHours(23, 59, 0, 0);
  backend.telling.waits.set(account?.id ?? 0, until.getTime());
  const free = ids.filter((id) => backend.world.chats.get(id)?.account !== account?.id).length;
  await page.getByTestId('bulk-archive').click();
  await expect.poll(archived).toBe(free);
  const name = account?.label ?? account?.name ?? '';
  await expect.poll(said).toEqual([expect.stringContaining(`${free} of ${ids.length} archived`)]);
  expect(said()[0]).toMatch(/Telegram asks to wait until \S+.*:/);
  expect(said()[0]).toContain(name);
  // Whoever was away finds it.
  expect(app.toasts.list[0]?.stays).toBe(true);

  // Nothing at all: then there is nothing to take back either.
  app.toasts.clear();
  for (const { id } of backend.world.accounts) backend.telling.waits.set(id, until.getTime());
  const depth = app.undo.any;
  await app.bulk.archive({ in: 'chats', of: ids.slice(0, 50) }, true);
  expect(said()[0]).toMatch(/^Nothing was changed\. Telegram asks/);
  expect(app.toasts.list[0]?.undo).toBeNull();
  expect(app.undo.any).toBe(depth);
});

test('what is over when another workspace is open is not said there', async () => {
  const { app, said } = await ready(3);
  await page.getByTestId('bulk-archive').click();
  await expect.element(notice).toBeVisible();
  await app.lock(false);
  await expect.poll(() => app.inbox).toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(said()).toEqual([]);
});
