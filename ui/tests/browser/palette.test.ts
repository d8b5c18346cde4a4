import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { actionsOf } from '../../src/lib/state/actions';
import { frames, openWindow, rows, type Opened } from './window';

async function opened(options: FakeOptions = {}) {
  const window = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByTestId('palette')).toBeVisible();
  return window;
}

const offered = () =>
  [...document.querySelectorAll<HTMLElement>('[data-testid="palette-action"]')].map(
    (element) => element.dataset['action'],
  );
const first = () => document.querySelector<HTMLElement>('[data-testid="palette-action"]');

test('it offers every action that makes sense now, with its group and keys', async () => {
  const { app } = await opened();
  const sensible = actionsOf(app).filter(
    ({ enabled, id }) => enabled !== false && id !== 'palette',
  );
  expect(offered().toSorted()).toEqual(sensible.map(({ id }) => id).toSorted());
  await userEvent.keyboard('go to settings');
  expect(offered()[0]).toBe('go_settings');
  expect(first()?.textContent).toMatch(/Go to settings\s*Go\s*G\s*then\s*S/);
});

test('a few letters will do, and the ones that were meant are marked', async () => {
  await opened();
  await userEvent.keyboard('dth');
  expect(offered()[0]).toBe('theme_dark');
  const marked = [...(first()?.querySelectorAll('mark') ?? [])].map((mark) => mark.textContent);
  expect(marked.join('')).toBe('Dth');
});

test('words are found in the chosen language and in English', async () => {
  const { app } = await opened({ looks: { language: 'uk' } });
  await userEvent.keyboard('темна');
  expect(offered()[0]).toBe('theme_dark');
  await userEvent.clear(page.getByRole('combobox'));
  await userEvent.keyboard('dark');
  expect(offered()[0]).toBe('theme_dark');
  expect(first()?.textContent).toContain('Dark theme');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => app.looks.theme).toBe('dark');
  // What was said in English meanwhile leaves the window in its own language.
  expect(document.body.textContent).toContain('Налаштування');
});

test('what was used last stands first, also after another start', async () => {
  const { app, backend } = await opened();
  await userEvent.keyboard('dark{Enter}');
  await expect.poll(async () => (await backend.looks()).recent_actions).toEqual(['theme_dark']);
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('zoom in{Enter}');
  await expect.poll(() => app.overlay).toBeNull();
  await userEvent.keyboard('{Control>}k{/Control}');
  await frames();
  expect(offered().slice(0, 2)).toEqual(['zoom_in', 'theme_dark']);
  expect(new Set(offered()).size).toBe(offered().length);
});

test('arrows go round and page keys stop at the ends', async () => {
  await opened();
  const chosen = () => offered()[[...document.querySelectorAll('[data-testid="palette-action"]')].findIndex((element) => element.getAttribute('aria-selected') === 'true')]; // prettier-ignore
  await userEvent.keyboard('{ArrowUp}');
  expect(chosen()).toBe(offered().at(-1));
  await userEvent.keyboard('{ArrowDown}');
  expect(chosen()).toBe(offered()[0]);
  await userEvent.keyboard('{PageUp}');
  expect(chosen()).toBe(offered()[0]);
  await userEvent.keyboard('{PageDown}');
  expect(chosen()).toBe(offered()[8]);
});

test('where nothing fits it says so, and Enter does nothing', async () => {
  await opened();
  await userEvent.keyboard('xyzzy');
  await expect.element(page.getByTestId('palette-empty')).toHaveTextContent('“xyzzy”');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('palette')).toBeVisible();
});

/** Runs an action as a click on it in the palette does. */
async function run({ app }: Opened, id: string) {
  if (app.overlay?.kind !== 'palette') app.overlay = { kind: 'palette' };
  const action = page.getByTestId('palette').getByTestId('palette-action');
  await expect.element(action.first()).toBeVisible();
  const offer = action.elements().find((element) => (element as HTMLElement).dataset['action'] === id); // prettier-ignore
  if (!offer) throw new Error(`${id} is not offered`);
  (offer as HTMLElement).click();
  await expect.poll(() => app.overlay?.kind).not.toBe('palette');
}

test('what the settings can do is done from here: language, catalogue, files, backup', async () => {
  const window = await opened();
  const { app, backend } = window;
  const called = (name: string) => backend.calls.filter((call) => call.name === name).length;
  expect(offered()).not.toContain('language_en');
  await run(window, 'language_uk');
  await expect.poll(() => document.documentElement.lang).toBe('uk');
  await run(window, 'language_en');
  await expect.poll(() => document.documentElement.lang).toBe('en');

  for (const [id, field] of [['tag_new', 'tag-name'], ['status_new', 'status-save'], ['field_new', 'field-save']] as const) {
    await run(window, id);
    await expect.element(page.getByTestId(field)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => app.overlay).toBeNull();
  } // prettier-ignore

  for (const id of ['export_settings', 'export_all']) await run(window, id);
  await expect.poll(() => called('state_export')).toBe(2);
  for (const [id, kind] of [
    ['import_state', 'import'],
    ['import_people', 'people_import'],
  ] as const) {
    // prettier-ignore
    await run(window, id);
    await expect.poll(() => app.overlay?.kind).toBe(kind);
    app.overlay = null;
  }
  await run(window, 'tags_merge');
  expect([app.page, app.section]).toEqual(['settings', 'tags']);
  await run(window, 'backup_now');
  expect([app.page, app.section]).toEqual(['settings', 'backups']);
  await expect.poll(() => called('backup_now')).toBe(1);
  for (const [id, dialog] of [
    ['templates_import', 'import'],
    ['templates_export', 'export'],
  ] as const) {
    // prettier-ignore
    await run(window, id);
    await expect.poll(() => [app.page, app.desk.dialog]).toEqual(['templates', dialog]);
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => app.desk.dialog).toBeNull();
  }
});

test('a view, an account and a chat: what is about them is offered where they are shown', async () => {
  const window = await opened();
  const { app, backend } = window;
  const list = app.inbox?.list;
  for (const id of ['account_all', 'view_rename', 'view_delete', 'load_history'])
    expect(offered()).not.toContain(id);
  await run(window, 'account_2');
  await expect.poll(() => list?.account).toBe(2);
  await run(window, 'account_all');
  await expect.poll(() => list?.account).toBeNull();
  await run(window, 'account_1');
  await expect.poll(() => list?.account).toBe(1);
  await userEvent.keyboard('ga');
  await expect.poll(() => list?.account).toBeNull();

  const view = { id: 0, name: 'Wholesale', icon: 'list', filter: { has: 'people' as const }, order: 'activity' as const }; // prettier-ignore
  const id = (await app.viewDeeds.save(view)) ?? 0;
  await list?.show({ ...view, id }, null);
  await run(window, 'view_rename');
  await expect.element(page.getByTestId('view-name')).toHaveValue('Wholesale');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => app.overlay).toBeNull();
  await run(window, 'view_delete');
  await expect.poll(() => app.inbox?.catalogue.views.some((one) => one.id === id)).toBe(false);

  await app.inbox?.open(4);
  await expect.element(page.getByTestId('coverage-load')).toBeVisible();
  await run(window, 'load_history');
  await expect.element(page.getByTestId('coverage-cancel')).toBeVisible();
  expect(backend.calls.find(({ name }) => name === 'load_history')?.args).toEqual({ chat: 4, asked: true }); // prettier-ignore
});
