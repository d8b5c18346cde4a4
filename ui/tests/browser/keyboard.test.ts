import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { frames, messages, openWindow, part, rows } from './window';

async function ready(options = {}) {
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  return { ...opened, list: opened.app.inbox?.list };
}

test('move, open, write and go back without a mouse', async () => {
  const { list, backend } = await ready();
  await userEvent.keyboard('jj');
  expect(list?.cursor).toBe(list?.keys[1]);
  await userEvent.keyboard('k');
  expect(list?.cursor).toBe(list?.keys[0]);
  const listbox = part('chat-list');
  expect(document.activeElement).toBe(listbox);
  expect(listbox.getAttribute('aria-activedescendant')).toContain(String(list?.keys[0]));
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => document.activeElement === document.querySelector('[data-testid="composer"]'))
    .toBe(true);
  await userEvent.keyboard('jk typed{Enter}');
  await expect.poll(() => backend.calls.some((call) => call.name === 'send')).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => list?.open).toBeNull();
  await expect.poll(() => document.activeElement === part('chat-list')).toBe(true);
});

test('keys are found by place, so that a Cyrillic layout works', async () => {
  const { list } = await ready();
  const press = (code: string, key: string) =>
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true }),
    );
  press('KeyJ', 'о');
  expect(list?.cursor).toBe(list?.keys[0]);
  press('KeyJ', 'о');
  expect(list?.cursor).toBe(list?.keys[1]);
});

test('Alt and arrows switch chats while typing', async () => {
  const { app, list } = await ready();
  await app.inbox?.open(list?.keys[2] ?? 0);
  await page.getByTestId('composer').click();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(() => list?.open).toBe(list?.keys[3]);
});

test('with Shift they go to the next unread chat, however far away, and say where there is none', async () => {
  const { app, list, backend } = await ready({ chats: 2500 });
  const keys = [...(list?.keys ?? [])];
  expect(keys.length).toBeGreaterThan(1100);
  const chat = (place: number) => backend.world.chats.get(keys[place] ?? 0);
  for (const place of keys.keys())
    Object.assign(chat(place) ?? {}, { unread: 0, unread_mark: false, mentions: 0 });
  // One by its messages, one a thousand rows away that was only marked so.
  Object.assign(chat(5) ?? {}, { unread: 2 });
  Object.assign(chat(1005) ?? {}, { unread_mark: true });
  const unread = (id: number) => {
    const found = backend.world.chats.get(id);
    return found !== undefined && (found.unread > 0 || found.unread_mark);
  };
  backend.world.tell({ type: 'chats', account: 1, chats: [] });
  await app.inbox?.open(keys[2] ?? 0);
  await page.getByTestId('composer').click();
  const step = (key: string) => userEvent.keyboard(`{Alt>}{Shift>}{${key}}{/Shift}{/Alt}`);
  for (const place of [5, 1005]) {
    expect(unread(keys[place] ?? 0)).toBe(true);
    await step('ArrowDown');
    await expect.poll(() => list?.open).toBe(keys[place]);
  }
  await expect.poll(() => app.inbox?.book.get(list?.open ?? 0)?.id).toBe(keys[1005]);
  await step('ArrowDown');
  await expect.element(page.getByText('No unread chat further down')).toBeVisible();
  expect(list?.open).toBe(keys[1005]);
  Object.assign(chat(7) ?? {}, { unread: 1 });
  await step('ArrowUp');
  await expect.poll(() => list?.open).toBe(keys[7]);
});

test('views, accounts, settings and back', async () => {
  const { app, list } = await ready();
  await userEvent.keyboard(']');
  await expect.poll(() => list?.view).toBe('unread');
  await userEvent.keyboard('[[');
  await expect.poll(() => list?.view).toBe('all');
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.poll(() => list?.account).toBe(2);
  await userEvent.keyboard('gs');
  await expect.element(page.getByTestId('settings')).toBeVisible();
  await userEvent.keyboard('gi');
  await expect.element(page.getByTestId('chat-list')).toBeVisible();
  expect(app.page).toBe('inbox');
});

test('the palette finds an action and runs it', async () => {
  const { app } = await ready();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByTestId('palette')).toBeVisible();
  await userEvent.keyboard('dark');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => app.looks.theme).toBe('dark');
  expect(document.querySelector('[data-testid="palette"]')).toBeNull();
});

test('the sheet shows every shortcut, and typing ? shows the sheet', async () => {
  await ready();
  await userEvent.keyboard('{Shift>}/{/Shift}');
  await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[role="dialog"]')).toBeNull();
});

test('messages are reached by arrows, answered with R', async () => {
  const { app } = await ready();
  await app.inbox?.open(4);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  part('conversation').focus();
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  expect((document.activeElement as HTMLElement).dataset['testid']).toBe('message');
  await userEvent.keyboard('r');
  await expect.element(page.getByTestId('composer-reply')).toBeVisible();
  await expect.poll(() => document.activeElement === part('composer')).toBe(true);
});

test('F6 goes round the parts of the window', async () => {
  const { app } = await ready();
  await app.inbox?.open(4);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  part('chat-list').focus();
  const met: (string | undefined)[] = [];
  for (let step = 0; step < 5; step++) {
    await userEvent.keyboard('{F6}');
    const active = document.activeElement as HTMLElement;
    met.push(active.dataset['testid'] ?? active.tagName);
  }
  expect(met).toEqual(['conversation', 'composer', 'ASIDE', 'UL', 'chat-list']);
});

test('F6 reaches the notices, which stay while the focus is on them, and gives it back', async () => {
  const { app } = await ready();
  await app.inbox?.open(4);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  const toast = app.toasts.show('Something was done', { undo: () => Promise.resolve() });
  await expect.element(page.getByTestId('toast')).toBeVisible();
  // The panel comes after the conversation.
  await expect.poll(() => document.querySelector('aside')).not.toBeNull();
  document.querySelector('aside')?.focus();
  vi.useFakeTimers();
  try {
    // Its time begins anew with the focus, so that the clock of the test has it.
    app.toasts.keep(toast.id, true);
    app.toasts.keep(toast.id, false);
    part('toast').dispatchEvent(new PointerEvent('pointerenter'));
    app.landmarks.focusNext();
    expect(document.activeElement).toBe(part('toast').parentElement);
    part('toast').dispatchEvent(new PointerEvent('pointerleave'));
    vi.advanceTimersByTime(60_000);
    expect(app.toasts.list).toHaveLength(1);
    app.landmarks.focusNext();
    expect(document.activeElement).not.toBe(part('toast').parentElement);
    vi.advanceTimersByTime(60_000);
    expect(app.toasts.list).toHaveLength(0);
  } finally {
    vi.useRealTimers();
  }

  app.toasts.show('Something else was done', { undo: () => Promise.resolve() });
  await expect.element(page.getByTestId('toast')).toBeVisible();
  part('composer').focus();
  app.landmarks.focus('notices');
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.poll(() => document.activeElement === part('composer')).toBe(true);
});

test('zoom steps and is remembered', async () => {
  const { app, backend } = await ready();
  await userEvent.keyboard('{Control>}={/Control}');
  expect(app.looks.zoom).toBe(110);
  await expect.poll(async () => (await backend.looks()).zoom).toBe(110);
  await userEvent.keyboard('{Control>}0{/Control}');
  expect(app.looks.zoom).toBe(100);
});

test('splitters move by keyboard within their bounds and are remembered', async () => {
  const { backend } = await ready();
  const splitter = document.querySelector<HTMLElement>(
    '[role="separator"][aria-label="Width of the list"]',
  );
  splitter?.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await frames();
  expect(splitter?.getAttribute('aria-valuenow')).toBe('372');
  await expect.poll(async () => (await backend.looks()).splits[1]).toBe(372);
});

test('the focus stays with the list when a row that was pressed is scrolled away', async () => {
  await openWindow({ chats: 300 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const list = part('chat-list');
  await page.getByTestId('chat-row').nth(1).click({ button: 'right' });
  await userEvent.keyboard('{Escape}');
  list.scrollTop = 9000;
  await frames();
  expect(document.activeElement).toBe(list);
});

test('keys in the settings go on from the section that is shown', async () => {
  await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await userEvent.keyboard('gs');
  await expect.element(page.getByTestId('settings-appearance')).toHaveFocus();
});
