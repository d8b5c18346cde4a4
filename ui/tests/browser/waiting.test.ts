import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, part, rows } from './window';

const DAY = 86_400;

/** A window in which somebody wrote yesterday, somebody 40 days ago, and somebody 200. */
async function ready() {
  const { app, backend } = await openWindow({ accounts: 1, chats: 30 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { inbox } = app;
  if (!inbox) throw new Error('no workspace is open');
  const now = Math.floor(Date.now() / 1000);
  const people = [...backend.world.chats.values()].filter(
    ({ kind, archived, last }) => kind === 'person' && !archived && last,
  ); // prettier-ignore
  const [yesterday, lately, longAgo] = [1, 40, 200].map((days, index) => {
    const chat = people[index];
    if (!chat?.last) throw new Error('there are too few people');
    const date = now - days * DAY;
    const last = { ...chat.last, out: false, date };
    backend.world.unanswered.set(chat.id, date);
    backend.world.change(chat.id, (one) => {
      one.last = last;
      one.muted_until = null;
      one.marks = { ...one.marks, status: null, snoozed_until_ms: null, waiting_since: date };
    });
    return chat.id;
  });
  const { list } = inbox;
  await list.show('waiting_on_me', null);
  return { app, backend, inbox, list, yesterday, lately, longAgo };
}

const words = () => part('waiting-line').querySelector('span')?.textContent;
const days = async (days: string) => {
  await page.getByTestId('waiting-line').getByRole('button').last().click();
  await page.getByTestId('let-go-days').fill(days);
};

test('who has not written for long waits no more, is counted and can be seen', async () => {
  const { inbox, list, yesterday, lately, longAgo } = await ready();
  await expect.poll(() => list.keys).toEqual(expect.arrayContaining([yesterday, lately]));
  expect(list.keys).not.toContain(longAgo);
  expect(words()).toBe('Who wrote in the last 90 days');
  const before = list.keys.length;

  await days('30');
  await page.getByTestId('let-go-save').click();
  await expect.poll(() => list.keys).not.toContain(lately);
  expect(list.keys).toContain(yesterday);
  await expect.poll(() => inbox.views.count('waiting_on_me')?.chats, { timeout: 3000 }).toBe(before - 1); // prettier-ignore

  const older = page.getByTestId('waiting-older');
  const { textContent } = older.element();
  await older.click();
  await expect.poll(() => list.keys).toEqual(expect.arrayContaining([lately, longAgo]));
  expect(textContent.trim()).toBe(`Older: ${list.keys.length}`);
  expect(list.keys).not.toContain(yesterday);
  // No row says that somebody waits who was let go.
  await expect.poll(() => rows().length).toBe(list.keys.length);
  expect(document.querySelectorAll('[data-testid="row-waiting"]')).toHaveLength(0);

  await list.show('waiting_on_me', null);
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => list.keys).toContain(lately);
});

test('they may wait for ever, and days that make no sense are not kept', async () => {
  const { app, backend, list, longAgo } = await ready();
  await days('0');
  await expect.element(page.getByTestId('let-go-save')).toBeDisabled();
  await page.getByTestId('let-go-switch').click();
  await page.getByTestId('let-go-save').click();
  await expect.poll(() => list.keys).toContain(longAgo);
  expect(words()).toBe('However long ago they wrote');
  expect((await backend.call('catalog', {})).rules.let_go_days).toBeNull();
  expect(page.getByTestId('waiting-older').elements()).toHaveLength(0);

  app.page = 'settings';
  app.section = 'statuses';
  await page.getByTestId('let-go-change').click();
  await page.getByTestId('let-go-switch').click();
  await page.getByTestId('let-go-save').click();
  await expect.poll(async () => (await backend.call('catalog', {})).rules.let_go_days).toBe(90);
});

test('as a condition it means people too, and groups that mention', async () => {
  const { backend, list } = await ready();
  const { world } = backend;
  const last = { out: false, date: Math.floor(Date.now() / 1000) - DAY };
  for (const chat of world.chats.values()) {
    if (chat.kind === 'person' || !chat.last) continue;
    world.unanswered.set(chat.id, last.date);
    world.change(chat.id, (one) => {
      one.mentions = chat.kind === 'group' ? 1 : 0;
      one.archived = false;
      one.last = chat.last && { ...chat.last, ...last };
    });
  }
  await list.show('all', null, { has: 'waiting_on_me', of: 0 });
  const kinds = () => [...new Set(list.keys.map((id) => world.chats.get(id)?.kind))].toSorted();
  await expect.poll(kinds).toEqual(['group', 'person']);
});
