import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { actionsOf, usualActions, type Action } from '../../src/lib/state/actions';
import { collide, meet } from '../../src/lib/state/keymap';
import { frames, messages, openWindow, part, rows, type Opened } from './window';

async function inSettings(options = {}): Promise<Opened> {
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  opened.app.page = 'settings';
  opened.app.section = 'shortcuts';
  await expect.element(page.getByTestId('shortcut').first()).toBeVisible();
  return opened;
}

const row = (action: string) => {
  const found = document.querySelector<HTMLElement>(`[data-action="${action}"]`);
  if (!found) throw new Error(`no row for ${action}`);
  return found;
};
const inRow = (action: string, testid: string) =>
  row(action).querySelector<HTMLElement>(`[data-testid="${testid}"]`);
const capsOf = (action: string) =>
  [...row(action).querySelectorAll('kbd')].map((cap) => cap.textContent);

/** Presses as a Cyrillic layout does: the same place, another letter. */
function press(code: string, key: string, held: KeyboardEventInit = {}): void {
  const init = { code, key, bubbles: true, cancelable: true, ...held };
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
}

async function change(action: string, pressed: () => void): Promise<void> {
  inRow(action, 'shortcut-change')?.click();
  await expect.poll(() => document.activeElement === part('recorder')).toBe(true);
  pressed();
  // One press may be the first of two: it counts once no other follows.
  await expect.poll(() => document.querySelector('[data-testid="recorder"]')).toBeNull();
}

test('a shortcut is pressed anew on a Cyrillic layout, works, is shown and remembered', async () => {
  const { app, backend } = await inSettings();
  await change('reply', () => press('KeyQ', 'й', { ctrlKey: true }));
  expect(capsOf('reply')).toEqual(['Ctrl', 'Q']);
  await expect.poll(async () => (await backend.looks()).shortcuts).toEqual([{ action: 'reply', keys: ['$mod+KeyQ'] }]); // prettier-ignore
  await userEvent.keyboard('gi');
  await app.inbox?.open(4);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  part('conversation').focus();
  press('KeyR', 'к');
  expect(app.inbox?.composer?.reply).toBeNull();
  press('KeyQ', 'й', { ctrlKey: true });
  expect(app.inbox?.composer?.reply).not.toBeNull();
  await userEvent.keyboard('{Escape}');
  app.overlay = { kind: 'shortcuts' };
  await frames();
  const sheet = document.querySelector('[role="dialog"]')?.textContent ?? '';
  expect(sheet).toMatch(/Reply\s*Ctrl\s*Q/);
});

test('a tooltip shows the keys that count', async () => {
  const { app } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const button = document.querySelector('.icon-button[aria-label="Search everywhere"]');
  expect(button?.getAttribute('title')).toBe('Search everywhere (Ctrl+Shift+F)');
  app.looks.setShortcuts([{ action: 'find', keys: ['KeyG KeyF'] }]);
  await frames();
  expect(button?.getAttribute('title')).toBe('Search everywhere (G F)');
});

test('two presses in a row are one shortcut', async () => {
  const { app } = await inSettings();
  inRow('theme_dark', 'shortcut-add')?.click();
  await expect.poll(() => document.activeElement === part('recorder')).toBe(true);
  press('KeyG', 'п');
  press('KeyD', 'в');
  await expect.poll(() => capsOf('theme_dark')).toEqual(['G', 'D']);
  press('KeyG', 'п');
  press('KeyD', 'в');
  expect(app.looks.theme).toBe('dark');
});

test('a shortcut that is taken names whose it is; it is taken only when asked for', async () => {
  const { app } = await inSettings();
  await change('own_pin', () => press('KeyR', 'r'));
  const notice = part('shortcut-taken');
  expect(notice.textContent).toContain('R is taken: “Reply”');
  expect(capsOf('own_pin')).toEqual(['P']);
  expect(capsOf('reply')).toEqual(['R']);
  await page.getByTestId('shortcut-take').click();
  expect(capsOf('own_pin')).toEqual(['R']);
  expect(row('reply').textContent).toContain('No shortcut');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => capsOf('own_pin')).toEqual(['P']);
  expect(app.looks.shortcuts).toEqual([]);
});

test('the beginning of a longer shortcut counts as taken', async () => {
  await inSettings();
  await change('own_pin', () => press('KeyG', 'g'));
  expect(part('shortcut-taken').textContent).toContain('G is taken');
});

test('one is reset, then all are', async () => {
  const { app } = await inSettings();
  expect(inRow('own_pin', 'shortcut-reset')).toBeNull();
  await change('own_pin', () => press('KeyL', 'l'));
  await change('reply', () => press('KeyQ', 'q'));
  inRow('own_pin', 'shortcut-reset')?.click();
  await expect.poll(() => capsOf('own_pin')).toEqual(['P']);
  expect(capsOf('reply')).toEqual(['Q']);
  await page.getByTestId('shortcut-reset-all').click();
  expect(capsOf('reply')).toEqual(['R']);
  expect(app.looks.shortcuts).toEqual([]);
});

test('Escape and leaving the field change nothing, and Tab leaves it', async () => {
  const { app } = await inSettings();
  inRow('own_pin', 'shortcut-change')?.click();
  await expect.poll(() => document.activeElement === part('recorder')).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[data-testid="recorder"]')).toBeNull();
  expect(app.page).toBe('settings');
  await expect.poll(() => row('own_pin').contains(document.activeElement)).toBe(true);
  inRow('own_pin', 'shortcut-change')?.click();
  await expect.poll(() => document.activeElement === part('recorder')).toBe(true);
  await userEvent.keyboard('{Tab}');
  await expect.poll(() => document.querySelector('[data-testid="recorder"]')).toBeNull();
  expect(app.looks.shortcuts).toEqual([]);
});

test('actions are found by name, in English too, and by their keys', async () => {
  await inSettings({ looks: { language: 'ru' } });
  const found = () => [...document.querySelectorAll<HTMLElement>('[data-testid="shortcut"]')].map((item) => item.dataset['action']); // prettier-ignore
  await page.getByTestId('shortcut-find').fill('тёмная');
  expect(found()).toEqual(['theme_dark']);
  await page.getByTestId('shortcut-find').fill('dark theme');
  expect(found()).toEqual(['theme_dark']);
  await page.getByTestId('shortcut-find').fill('ctrl+k');
  expect(found()).toEqual(['palette']);
  await page.getByTestId('shortcut-find').fill('xyzzy');
  expect(found()).toEqual([]);
  await expect.element(page.getByText('xyzzy', { exact: false })).toBeVisible();
});

test('a letter as a shortcut is still a letter where text is typed', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  app.looks.setShortcuts([{ action: 'palette', keys: ['KeyL'] }]);
  await app.inbox?.open(1);
  await page.getByTestId('composer').click();
  await userEvent.keyboard('hello');
  expect(app.overlay).toBeNull();
  expect(app.inbox?.composer?.text).toBe('hello');
  await userEvent.keyboard('{Escape}');
  await userEvent.keyboard('l');
  expect(app.overlay).toEqual({ kind: 'palette' });
  expect(backend.calls.some((call) => call.name === 'send')).toBe(false);
});

/** Pairs of actions that one press would mean both. */
function clashes(actions: readonly Action[]): string[] {
  const live = actions.filter((action) => action.enabled !== false);
  return live.flatMap((one, index) =>
    live
      .slice(index + 1)
      .flatMap((other) =>
        meet(one, other)
          ? (one.keys ?? [])
              .filter((key) => other.keys?.some((taken) => collide(key, taken)))
              .map((key) => `${key}: ${one.id}, ${other.id}`)
          : [],
      ),
  );
}

const states: [string, (opened: Opened) => unknown][] = [
  ['the list', () => undefined],
  ['a row of the list', ({ app }) => app.inbox?.list.move(1)],
  ['a chat', ({ app }) => app.inbox?.open(1)],
  ['a group', ({ app }) => app.inbox?.open(6)],
  ['a search', ({ app }) => app.inbox?.search.show({ in: 'everywhere' })],
  [
    'writing an answer',
    async ({ app }) => {
      await app.inbox?.open(1);
      await expect.poll(() => messages().length).toBeGreaterThan(5);
      app.inbox?.composer?.answer(app.inbox.conversation?.messages.at(-1) ?? null);
    },
  ],
  ['settings', ({ app }) => (app.page = 'settings')],
  [
    'settings over a chat',
    async ({ app }) => {
      await app.inbox?.open(1);
      app.page = 'settings';
    },
  ],
];

test.each(states)('no two actions have the same usual key: %s', async (_, act) => {
  const opened = await openWindow({ accounts: 9 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await act(opened);
  await frames();
  expect(clashes(usualActions(opened.app))).toEqual([]);
  // Such a pair would be found.
  opened.app.looks.setShortcuts([{ action: 'zoom_in', keys: ['$mod+KeyK'] }]);
  expect(clashes(actionsOf(opened.app))).toEqual(['$mod+KeyK: palette, zoom_in']);
});
