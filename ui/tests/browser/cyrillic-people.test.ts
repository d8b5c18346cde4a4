import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { press } from './cyrillic';
import { messages, openWindow, part, rows } from './window';

const persons = () => document.querySelectorAll('[data-testid="person-row"]');
const active = () => document.activeElement as HTMLElement;
const column = () => active().dataset['column'];

async function ready(options = {}) {
  const opened = await openWindow({ looks: { language: 'ru' }, ...options });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const inbox = opened.app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  return { ...opened, inbox, people: inbox.people };
}

async function inTable(options = {}) {
  const opened = await ready(options);
  press('KeyG KeyC');
  await expect.poll(() => persons().length).toBeGreaterThan(5);
  await expect.poll(column).toBe('name');
  return opened;
}

test('contacts: over the cells, a status by its name, who is selected, and back to the chats', async () => {
  const { app, people, backend } = await inTable();
  const first = people.keys[0] ?? 0;
  const status = () => backend.world.chats.get(first)?.marks.status ?? null;
  const before = status();
  press('KeyS');
  expect(app.overlay?.kind).toBe('status');
  await expect.element(page.getByTestId('status-picker-input')).toHaveFocus();
  press('Escape');
  await expect.poll(column).toBe('name');
  press('ArrowRight');
  await expect.poll(column).toBe('status');
  press('Enter');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await page.getByTestId('cell-pick').fill('потер');
  press('Enter');
  await expect.poll(status).toBe(5);
  press('Control+KeyZ');
  await expect.poll(status).toBe(before);
  press('KeyX');
  press('Shift+ArrowDown');
  expect(people.selection.count).toBe(2);
  press('KeyT');
  expect(app.overlay?.kind).toBe('tags');
  await expect.element(page.getByTestId('tag-picker-input')).toHaveFocus();
  press('Escape');
  await expect.poll(() => app.overlay).toBeNull();
  press('Escape');
  expect(people.selection.any).toBe(false);
  press('Control+KeyF');
  await expect.element(page.getByTestId('people-find')).toHaveFocus();
  press('ArrowDown');
  await expect.poll(column).not.toBeUndefined();
  press('KeyF');
  await expect.element(page.getByTestId('condition-find')).toHaveFocus();
  press('Escape');
  await expect.poll(() => active().tagName).not.toBe('INPUT');
  press('KeyG KeyI');
  await expect.poll(() => app.page).toBe('inbox');
});

test('a person: from the table to their page, a note, their log, their chat, and back', async () => {
  const { app, people, inbox } = await inTable();
  press('KeyI');
  await expect.element(page.getByTestId('person-page')).toBeVisible();
  await expect.poll(() => inbox.person.known).toBe(true);
  press('KeyN');
  await expect.element(page.getByTestId('note-text')).toHaveFocus();
  await page.getByTestId('note-text').fill('Любит чай');
  press('Control+Enter');
  await expect.poll(() => part('person-panel').textContent).toContain('Любит чай');
  press('Control+KeyZ');
  await expect.poll(() => part('person-panel').textContent).not.toContain('Любит чай');
  // Round the parts of the window, into the panel.
  for (let turn = 0; turn < 6 && active() !== part('person-panel'); turn++) press('F6');
  expect(active()).toBe(part('person-panel'));
  part('history-open').focus();
  part('history-open').click();
  await expect.poll(() => document.querySelectorAll('[data-testid="deed"]').length).toBeGreaterThan(0); // prettier-ignore
  press('Escape');
  await expect.poll(() => app.page).toBe('people');
  await expect.poll(column).toBe('name');
  press('KeyR');
  await expect.poll(() => app.page).toBe('inbox');
  await expect.poll(() => inbox.list.open).toBe(people.keys[0]);
  await expect.poll(() => messages().length).toBeGreaterThan(0);
});

test('folders: opened from the sidebar, and kept as a view from their menu', async () => {
  const { app, inbox, backend } = await ready();
  const folders = () => [...document.querySelectorAll<HTMLElement>('[data-testid="folder"]')];
  await expect.poll(() => folders().length).toBe(3);
  folders()[0]?.focus();
  // A button is pressed by Enter, whatever the layout: what the browser does with it is a click.
  expect(active().tagName).toBe('BUTTON');
  active().click();
  await expect.poll(() => folders()[0]?.getAttribute('aria-current')).toBe('page');
  await expect.poll(() => inbox.list.loaded).toBe(true);
  // The key of the menu, or Shift+F10, ends in this event without a place.
  folders()[0]?.focus();
  active().dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await expect.poll(() => active().getAttribute('role')).toBe('menuitem');
  active().click();
  await expect.element(page.getByTestId('view-name')).toHaveFocus();
  press('Enter');
  const form = part('view-name').closest('form');
  form?.requestSubmit();
  await expect.poll(() => inbox.catalogue.views.at(-1)?.name).toBe('Customers');
  press('Control+KeyZ');
  await expect.poll(() => inbox.catalogue.views.some(({ name }) => name === 'Customers')).toBe(false); // prettier-ignore
  expect(backend.calls.some(({ name }) => name === 'undo')).toBe(true);
  expect(app.page).toBe('inbox');
});
