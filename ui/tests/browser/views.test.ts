import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { frames, openWindow, part, rows } from './window';

async function ready(options = {}) {
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const inbox = opened.app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  await expect.poll(() => inbox.views.count('all')).toBeDefined();
  return { ...opened, inbox, list: inbox.list };
}

const saved = () => [...document.querySelectorAll<HTMLElement>('[data-testid="saved-view"]')];
const names = () => saved().map((item) => item.querySelector('span')?.textContent);

test('saved views stand in the sidebar with what the program counts, in one call', async () => {
  const { backend, inbox, list } = await ready();
  expect(names()).toEqual(['VIP, unanswered', 'Quiet for a month']);
  const [view] = inbox.catalogue.views;
  if (!view) throw new Error('no view');
  await page.getByTestId('saved-view').first().click();
  await expect.poll(() => list.view).toBe(view.id);
  await expect.poll(() => list.loaded).toBe(true);
  expect(inbox.views.count(view.id)?.chats).toBe(list.keys.length);
  expect(saved()[0]?.textContent).toContain(String(list.keys.length));
  const asked = backend.calls.filter(({ name }) => name === 'chat_counts');
  expect(asked).toHaveLength(1);
  expect((asked[0]?.args as { lists: unknown[] }).lists.length).toBeGreaterThan(12);
});

test('counts follow what happens, many events by one call', async () => {
  const { backend, inbox } = await ready();
  const before = inbox.views.count('pinned')?.chats ?? 0;
  const change = { do: 'pin', to: true } as const;
  for (const id of [20, 21, 22]) await backend.call('change_chats', { targets: { in: 'chats', of: [id] }, change }); // prettier-ignore
  await expect.poll(() => inbox.views.count('pinned')?.chats, { timeout: 3000 }).toBe(before + 3);
  expect(backend.calls.filter(({ name }) => name === 'chat_counts').length).toBeLessThan(5);
});

test('G and a digit open a view, brackets step over the saved ones, also on a Cyrillic layout', async () => {
  const { list } = await ready();
  const press = (code: string, key: string) =>
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true }),
    );
  press('KeyG', 'п');
  press('Digit3', '3');
  await expect.poll(() => list.view).toBe('waiting_on_me');
  press('BracketRight', 'ъ');
  await expect.poll(() => list.view).toBe('waiting_on_them');
  await list.show('archive', null);
  press('BracketRight', 'ъ');
  await expect.poll(() => list.view).toBe(1);
  press('BracketLeft', 'х');
  await expect.poll(() => list.view).toBe('archive');
});

test('a view is renamed, moved and deleted by keys, and each is taken back', async () => {
  const { inbox } = await ready();
  saved()[0]?.focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(names).toEqual(['Quiet for a month', 'VIP, unanswered']);
  expect(document.activeElement?.textContent).toContain('VIP');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(names).toEqual(['VIP, unanswered', 'Quiet for a month']);

  saved()[0]?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByTestId('view-name').fill('Дорогие клиенты');
  await userEvent.keyboard('{Enter}');
  await expect.poll(names).toEqual(['Дорогие клиенты', 'Quiet for a month']);

  saved()[1]?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.poll(names).toEqual(['Дорогие клиенты']);
  await page.getByText('Undo').last().click();
  await expect.poll(names).toEqual(['Дорогие клиенты', 'Quiet for a month']);
  expect(inbox.catalogue.views.map(({ id }) => id)).toEqual([1, 2]);
});

test('a view is hidden, found again by the palette, and shown again', async () => {
  const { inbox, list } = await ready();
  const items = () => document.querySelectorAll('[data-testid="view"]').length;
  const all = items();
  inbox.views.hide('gone_quiet', true);
  await expect.poll(items).toBe(all - 1);
  await userEvent.keyboard('{Control>}k{/Control}');
  await page.getByRole('combobox').fill('gone quiet');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => list.view).toBe('gone_quiet');
  await expect.poll(items).toBe(all);
  await page.getByRole('button', { name: 'Arrange views' }).click();
  await page.getByRole('switch', { name: 'Show “Gone quiet” in the sidebar' }).click();
  await userEvent.keyboard('{Escape}');
  await list.show('all', null);
  await frames();
  expect(items()).toBe(all);
  expect(inbox.views.isHidden('gone_quiet')).toBe(false);
});

test('a tag of the sidebar shows its chats, and all of them again', async () => {
  const { inbox, list } = await ready();
  const tag = inbox.catalogue.tags[1];
  await page.getByTestId('sidebar-tag').nth(1).click();
  await expect.poll(() => list.filter).toEqual({ has: 'tag', of: tag?.id });
  await expect.poll(() => list.loaded).toBe(true);
  expect(list.keys.length).toBe(inbox.views.tagged(tag?.id ?? 0)?.chats);
  await page.getByTestId('sidebar-tag').nth(1).click();
  await expect.poll(() => list.filter).toBeNull();
  expect(part('chat-list')).toBeTruthy();
});

test('folders of Telegram are lists of their own, and one becomes a view', async () => {
  const { app, list, backend } = await ready();
  const folders = () => [...document.querySelectorAll<HTMLElement>('[data-testid="folder"]')];
  await expect.poll(() => folders().length).toBe(3);
  const [customers, unread, others] = folders();
  // Two accounts have one of that name.
  expect(customers?.title).not.toBe(others?.title);
  customers?.click();
  await expect.poll(() => customers?.getAttribute('aria-current')).toBe('page');
  const shown = () => list.keys.flatMap((id) => backend.world.chats.get(id) ?? []);
  const first = backend.world.accounts[0]?.id;
  await expect.poll(() => list.loaded && shown().length > 2).toBe(true);
  expect(shown().every(({ account }) => account === first)).toBe(true);
  expect(list.changed).toBe(false);
  unread?.click();
  await expect.poll(() => list.loaded).toBe(true);
  expect(shown().every((chat) => chat.unread > 0 || chat.unread_mark)).toBe(true);
  await list.of(backend.world.accounts[1]?.id ?? null);
  await expect.poll(() => folders().length).toBe(1);
  await list.of(null);
  await expect.poll(() => folders().length).toBe(3);
  folders()[0]?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await page.getByRole('menuitem', { name: 'Save as a view' }).click();
  await page.getByTestId('view-save').click();
  await expect.poll(() => app.inbox?.catalogue.views.at(-1)?.name).toBe('Customers');
  expect(app.inbox?.catalogue.views.at(-1)?.filter).toMatchObject({ has: 'every' });
});

test('a view whose filter names a deleted tag says so, and can be kept without it', async () => {
  const { backend, inbox, list } = await ready();
  const [view] = inbox.catalogue.views;
  if (!view) throw new Error('no view');
  const [one, other] = inbox.catalogue.tags;
  if (!one || !other) throw new Error('too few tags');
  const tags = [one, other].map(({ id }) => ({ has: 'tag' as const, of: id }));
  await backend.call('view_save', { view: { ...view, filter: { has: 'any', of: tags } } });
  await backend.call('tag_delete', { tag: other.id });
  await expect.poll(() => inbox.catalogue.tags.length).toBeGreaterThan(0);
  await page.getByTestId('saved-view').first().click();
  const gone = page.getByTestId('filter-gone');
  await expect.element(gone).toHaveTextContent('The filter names what is no more: deleted tag');
  await page.getByTestId('filter-gone-remove').click();
  await expect.poll(() => list.filter).toEqual({ has: 'tag', of: one.id });
  await expect.element(gone).not.toBeInTheDocument();
  await page.getByTestId('view-update').click();
  const kept = async () => (await backend.call('catalog', {})).views[0]?.filter;
  await expect.poll(kept).toEqual({ has: 'tag', of: one.id });
});
