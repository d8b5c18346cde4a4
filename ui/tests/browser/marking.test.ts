import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { messages, openWindow, part, rows } from './window';

async function ready(options = {}) {
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { app, backend } = opened;
  const { list } = app.inbox ?? {};
  const kept = (id: number | undefined) => backend.world.chats.get(id ?? 0);
  /** Puts the list's cursor on a row, as J does. */
  const cursorOn = async (row: number) => {
    for (let step = 0; step <= row; step++) await userEvent.keyboard('j');
    return list?.keys[row] ?? 0;
  };
  return { ...opened, list, kept, cursorOn };
}

const shown = (testid: string) => document.querySelector(`[data-testid="${testid}"]`);
const takeBack = () => userEvent.keyboard('{Control>}z{/Control}');

/** A key as a Cyrillic layout sends it: another letter from the same place. */
function press(code: string, key: string) {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(
    new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true }),
  );
}

/** As the next press of a key comes: after everything that follows from the one before by itself. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

test('a status is chosen by typing, on the chat that the cursor is on, and taken back', async () => {
  const { kept, cursorOn } = await ready();
  const id = await cursorOn(2);
  const before = kept(id)?.marks.status ?? null;
  await userEvent.keyboard('s');
  await expect.element(page.getByTestId('status-picker-input')).toHaveFocus();
  await userEvent.keyboard('lost{Enter}');
  await expect.poll(() => kept(id)?.marks.status).toBe(5);
  expect(shown('status-picker')).toBeNull();
  await expect.poll(() => document.activeElement).toBe(part('chat-list'));
  const row = document.querySelector(`[data-chat="${id}"] [data-testid="status-mark"]`);
  expect(row?.textContent).toContain('Lost');
  await takeBack();
  await expect.poll(() => kept(id)?.marks.status ?? null).toBe(before);
});

test('tags are put on and taken off one after the other, and a new one is made in place', async () => {
  const { app, kept, cursorOn } = await ready({ unmarked: true });
  const id = await cursorOn(0);
  await userEvent.keyboard('t');
  await expect.element(page.getByText('No tags yet.')).toBeVisible();
  await userEvent.keyboard('Workshops{Enter}');
  await expect.element(page.getByTestId('tag-name')).toHaveFocus();
  await page.getByTestId('choice-chat').click();
  await userEvent.click(page.getByTestId('tag-name'));
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => app.inbox?.catalogue.tags).toMatchObject([{ name: 'Workshops', reach: 'chat' }]); // prettier-ignore
  const tag = app.inbox?.catalogue.tags[0]?.id ?? 0;
  await expect.poll(() => kept(id)?.marks.tags).toEqual([tag]);
  await expect
    .element(page.getByTestId('tag-picker-item'))
    .toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('work{Enter}');
  await expect.poll(() => kept(id)?.marks.tags).toEqual([]);
  await userEvent.keyboard('{Enter}{Escape}');
  await expect.poll(() => kept(id)?.marks.tags).toEqual([tag]);
  await takeBack();
  await takeBack();
  await takeBack();
  await expect.poll(() => kept(id)?.marks.tags).toEqual([]);
  await takeBack();
  await expect.poll(() => app.inbox?.catalogue.tags).toEqual([]);
});

test('a day is chosen from the calendar, for a snooze and for a promise', async () => {
  const { app, backend, kept, cursorOn } = await ready();
  const id = await cursorOn(2);
  const year = new Date().getFullYear() + 1;
  const moment = (month: number, day: number, hour: number) => new Date(year, month, day, hour, 30).getTime(); // prettier-ignore
  const write = async (date: string) => {
    await userEvent.fill(page.getByTestId('when-date'), date);
    await userEvent.fill(page.getByTestId('when-time'), '4:30 PM');
    await userEvent.keyboard('{Tab}');
  };
  await userEvent.keyboard('h');
  await expect.element(page.getByTestId('snooze-picker-input')).toHaveFocus();
  await userEvent.keyboard('choose{Enter}');
  await expect.element(page.getByTestId('when-date')).toHaveFocus();
  await write(`01/20/${year - 2}`);
  await expect.element(page.getByRole('alert')).toBeVisible();
  await expect.element(page.getByTestId('when-save')).toBeDisabled();
  await write(`05/20/${year}`);
  await page.getByTestId('when-save').click();
  await expect.poll(() => kept(id)?.marks.snoozed_until_ms).toBe(moment(4, 20, 16));
  expect(app.overlay).toBeNull();

  app.overlay = { kind: 'task', chat: id, task: null, message: null, what: 'i_owe' };
  await page.getByTestId('task-text').fill('The catalogue');
  await page.getByText('Choose a date').click();
  await write(`06/21/${year}`);
  await page.getByTestId('task-save').click();
  const tasks = () => [...backend.world.keeper.ledger.tables.task.values()];
  await expect.poll(() => tasks().find(({ text }) => text === 'The catalogue')?.due_ms).toBe(moment(5, 21, 16)); // prettier-ignore
});

test('a chat is snoozed until a moment that is typed, and comes back', async () => {
  const { kept, cursorOn, list } = await ready();
  const id = await cursorOn(1);
  await userEvent.keyboard('h');
  await userEvent.keyboard('завтра в 10{Enter}');
  await expect.poll(() => kept(id)?.marks.snoozed_until_ms).not.toBeNull();
  const until = new Date(kept(id)?.marks.snoozed_until_ms ?? 0);
  expect([until.getHours(), until.getMinutes(), until > new Date()]).toEqual([10, 0, true]);
  await expect.poll(() => list?.keys.includes(id)).toBe(false);
  await takeBack();
  await expect.poll(() => list?.keys.includes(id)).toBe(true);
});

test('what can not be understood snoozes nothing', async () => {
  const { backend, cursorOn } = await ready();
  await cursorOn(1);
  await userEvent.keyboard('h');
  await userEvent.keyboard('some day{Enter}');
  await expect.element(page.getByText('not understood')).toBeVisible();
  expect(backend.calls.some(({ name }) => name === 'change_chats')).toBe(false);
});

test('P pins here and not at Telegram', async () => {
  const { backend, kept, cursorOn } = await ready();
  const id = await cursorOn(4);
  await userEvent.keyboard('p');
  await expect.poll(() => kept(id)?.marks.pinned_ms).not.toBeNull();
  await userEvent.keyboard('p');
  await expect.poll(() => kept(id)?.marks.pinned_ms).toBeNull();
  expect(backend.calls.some(({ name }) => name === 'set_pinned')).toBe(false);
});

test('E is done with a chat and goes on, Mod+Shift+Enter sends first', async () => {
  const { app, backend, kept, list } = await ready();
  const [first = 0, second = 0, third = 0] = list?.keys.slice(6) ?? [];
  await app.inbox?.open(first);
  await expect.poll(() => messages().length).toBeGreaterThan(3);
  part('conversation').focus();
  await userEvent.keyboard('e');
  await expect.poll(() => kept(first)?.marks.status).toBe(4);
  await expect.poll(() => list?.open).toBe(second);
  await page.getByTestId('composer').fill('Thank you, all is settled');
  await userEvent.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  await expect.poll(() => list?.open).toBe(third);
  expect(backend.calls.findLast(({ name }) => name === 'send')?.args).toMatchObject({
    chat: second,
  });
  await expect.poll(() => kept(second)?.marks.status).toBe(4);
  await expect.poll(() => document.activeElement === part('composer')).toBe(true);

  // The focus is in the next chat's composer: where that is empty, there is nothing else to undo.
  const composer = app.inbox?.composer;
  if (composer) composer.text = 'A word';
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(kept(second)?.marks.status).toBe(4);
  if (app.inbox?.composer) app.inbox.composer.text = '';
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => kept(second)?.marks.status).not.toBe(4);
});

test('a note is written by key, and its text stays where it could not be kept', async () => {
  const { backend, cursorOn } = await ready();
  const id = await cursorOn(3);
  await userEvent.keyboard('n');
  await expect.element(page.getByTestId('note-text')).toHaveFocus();
  backend.fail('note_save', 'disk_full');
  await userEvent.keyboard('Wants samples{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('alert')).toBeVisible();
  expect(shown('note-text')).toHaveProperty('value', 'Wants samples');
  backend.fail('note_save', null);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => shown('note-text')).toBeNull();
  const card = await backend.call('card', { chat: id });
  expect(card.notes.map(({ text }) => text)).toContain('Wants samples');
});

test('O makes a promise of the last message that came in, or of the one with the focus', async () => {
  const { app, backend } = await ready();
  await app.inbox?.open(1);
  await app.inbox?.conversation?.jumpToLatest();
  await expect.poll(() => messages().length).toBeGreaterThan(3);
  const all = app.inbox?.conversation?.messages ?? [];
  const last = all.findLast(({ out, kind }) => !out && kind !== 'service');
  part('conversation').focus();
  await userEvent.keyboard('o');
  await page.getByTestId('task-text').fill('Send the samples');
  await page.getByTestId('due').fill('in 3 days');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => shown('task-text')).toBeNull();
  const [made] = (await backend.call('tasks_open', {})).filter(({ text }) => text === 'Send the samples'); // prettier-ignore
  expect(made).toMatchObject({ chat: 1, kind: 'i_owe', message: last?.id });
  expect(Math.round(((made?.due_ms ?? 0) - Date.now()) / 86_400_000)).toBe(3);

  const row = messages().at(-2);
  row?.focus();
  await userEvent.keyboard('o');
  await page.getByText('They owe', { exact: true }).click();
  await page.getByTestId('task-text').fill('Pay the rest');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => shown('task-text')).toBeNull();
  const tasks = await backend.call('tasks_open', {});
  const message = all.find((one) => one.row === Number(row?.dataset['row']));
  expect(tasks.find(({ text }) => text === 'Pay the rest')).toMatchObject({ kind: 'they_owe', message: message?.id }); // prettier-ignore
});

test('the keys of a Cyrillic layout do the same', async () => {
  const { app, list, kept } = await ready();
  press('KeyJ', 'о');
  const id = list?.keys[0] ?? 0;
  for (const [code, letter, kind] of [['KeyS', 'і', 'status'], ['KeyT', 'е', 'tags'], ['KeyH', 'р', 'snooze'], ['KeyN', 'т', 'note']] as const) {
    press(code, letter);
    expect(app.overlay?.kind, code).toBe(kind);
    app.overlay = null;
  }
  press('KeyP', 'з');
  await expect.poll(() => kept(id)?.marks.pinned_ms).not.toBeNull();
  press('KeyE', 'у');
  await expect.poll(() => kept(id)?.marks.status).toBe(4);
}); // prettier-ignore

test('a key acts on the open chat while the focus is in it, else on the cursor', async () => {
  const { app, kept, list } = await ready();
  const [open = 0, other = 0] = list?.keys.slice(3) ?? [];
  await app.inbox?.open(open);
  await expect.poll(() => messages().length).toBeGreaterThan(3);
  part('chat-list').focus();
  await userEvent.keyboard('jp');
  await expect.poll(() => kept(other)?.marks.pinned_ms).not.toBeNull();
  part('conversation').focus();
  await userEvent.keyboard('p');
  await expect.poll(() => kept(open)?.marks.pinned_ms).not.toBeNull();
});

test('the menu of a chat and the bar above it lead to the same', async () => {
  const { app, kept } = await ready();
  await app.inbox?.open(4);
  await expect.element(page.getByTestId('chat-bar')).toBeVisible();
  await page.getByTestId('bar-tags').click();
  await expect.element(page.getByTestId('tag-picker')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await page.getByTestId('bar-status').click();
  await userEvent.keyboard('no status{Enter}');
  await expect.poll(() => kept(4)?.marks.status).toBeNull();
  rows()[5]?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 300, clientY: 300 })); // prettier-ignore
  await page.getByRole('menuitem', { name: 'Snooze' }).click();
  await expect.element(page.getByTestId('snooze-picker')).toBeVisible();
});

test('what is pressed right after the key that opens a picker is meant for the picker', async () => {
  const { app, kept, cursorOn } = await ready();
  const id = await cursorOn(2);
  const before = kept(id)?.marks.tags ?? [];
  // No frame is drawn in between: fingers can be faster than that, and a busy page slower.
  const frame = vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
  try {
    press('KeyS', 's');
    await nextTask();
    expect(document.activeElement).toBe(part('status-picker-input'));
    press('Escape', 'Escape');
    await nextTask();
    press('KeyT', 't');
    await nextTask();
    press('Enter', 'Enter');
  } finally {
    frame.mockRestore();
  }
  await expect.poll(() => kept(id)?.marks.tags).not.toEqual(before);
  expect(app.inbox?.conversation).toBeNull();
});
