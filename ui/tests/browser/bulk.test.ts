import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Calls } from '../../src/lib/backend';
import { frames, openWindow, rows } from './window';

async function ready(options = {}) {
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const inbox = opened.app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  return { ...opened, inbox, list: inbox.list, selection: inbox.selection };
}

const changes = ({ backend }: Awaited<ReturnType<typeof ready>>) =>
  backend.calls.filter(({ name }) => name === 'change_chats').map(({ args }) => args);

test('X and Shift with arrows select, keys act on all of them, and one undo takes it back', async () => {
  const opened = await ready();
  const { list, selection, backend, app } = opened;
  await userEvent.keyboard('jjx{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect(selection.ids).toEqual(list.keys.slice(1, 4));
  await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
  expect(selection.ids).toEqual(list.keys.slice(1, 3));
  await expect.element(page.getByTestId('selection-count')).toHaveTextContent('2 selected');
  expect(document.querySelectorAll('[data-testid="picked"]')).toHaveLength(2);
  const ids = [...selection.ids];
  await userEvent.keyboard('p');
  await expect
    .poll(() => ids.every((id) => backend.world.chats.get(id)?.marks.pinned_ms))
    .toBe(true);
  expect(changes(opened)).toEqual([{ targets: { in: 'chats', of: ids }, change: { do: 'pin', to: true } }]); // prettier-ignore
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => ids.some((id) => backend.world.chats.get(id)?.marks.pinned_ms)).toBe(false); // prettier-ignore
  await userEvent.keyboard('{Escape}');
  expect(selection.any).toBe(false);
  expect(app.inbox?.list.open).toBeNull();
});

test('Mod+A names a whole list by its filter, however long it is', async () => {
  const opened = await ready({ chats: 5000 });
  const { list, selection, backend } = opened;
  await list.show('people', null);
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(selection.count).toBe(list.keys.length);
  const all = [...list.keys];
  expect(all.length).toBeGreaterThan(2000);
  await userEvent.keyboard('s');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => changes(opened).length).toBe(1);
  expect(changes(opened)[0]).toMatchObject({ targets: { in: 'list', of: { filter: { has: 'people' } } } }); // prettier-ignore
  const status = () => new Set(all.map((id) => backend.world.chats.get(id)?.marks.status));
  await expect.poll(() => status().size).toBe(1);
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => status().size).toBeGreaterThan(2);
});

test('one less than all, a click with Shift, and a plain click', async () => {
  const { list, selection } = await ready();
  await userEvent.keyboard('j{Control>}a{/Control}x');
  expect(selection.count).toBe(list.keys.length - 1);
  expect(selection.has(list.keys[0] ?? 0)).toBe(false);
  await userEvent.keyboard('{Escape}');
  const click = (index: number, init: MouseEventInit) =>
    rows()[index]?.dispatchEvent(new MouseEvent('click', { bubbles: true, ...init }));
  click(1, { ctrlKey: true });
  click(4, { shiftKey: true });
  expect(selection.ids).toEqual(list.keys.slice(1, 5));
  click(2, {});
  expect(selection.any).toBe(false);
  await expect.poll(() => list.open).toBe(list.keys[2]);
});

test('the menu of a selected row is about all that is selected, that of another about it alone', async () => {
  const opened = await ready();
  const { selection, list } = opened;
  await userEvent.keyboard('jx{Shift>}{ArrowDown}{/Shift}');
  const ids = [...selection.ids];
  const ask = (index: number) =>
    rows()[index]?.dispatchEvent(
      new MouseEvent('contextmenu', {
        bubbles: true,
        cancelable: true,
        clientX: 300,
        clientY: 300,
      }),
    );
  ask(list.keys.indexOf(ids[1] ?? 0));
  const menu = page.getByRole('menu', { name: '2 selected' });
  await menu.getByRole('menuitem', { name: 'Pin' }).click();
  await expect.poll(() => changes(opened).length).toBe(1);
  expect(changes(opened)).toEqual([{ targets: { in: 'chats', of: ids }, change: { do: 'pin', to: true } }]); // prettier-ignore
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
  ask(list.keys.findIndex((id) => !ids.includes(id)));
  await expect.element(page.getByRole('menu')).toBeVisible();
  expect(document.querySelector('[role="menu"]')?.getAttribute('aria-label')).not.toContain('selected'); // prettier-ignore
});

test('another view has nothing selected', async () => {
  const { list, selection } = await ready();
  await userEvent.keyboard('jx');
  expect(selection.count).toBe(1);
  await list.show('people', null);
  await frames();
  expect(selection.any).toBe(false);
});

test('a list and a selection are written as tables, with words for their columns', async () => {
  const opened = await ready();
  const { backend, app, list } = opened;
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('export this list{Enter}');
  const exported = () => backend.calls.filter(({ name }) => name === 'list_export');
  await expect.poll(() => exported().length).toBe(1);
  expect(exported()[0]?.args).toMatchObject({
    targets: { in: 'list' },
    words: { name: 'Name', status_in_progress: 'In progress', kind_person: 'Person' },
  });
  await expect.element(page.getByText(/\.xlsx: \d+ chats/)).toBeVisible();
  for (const { id } of app.toasts.list) app.toasts.dismiss(id);
  await userEvent.keyboard('jx');
  await page.getByTestId('bulk-export').click();
  await expect.poll(() => exported().length).toBe(2);
  expect(exported()[1]?.args).toMatchObject({ targets: { in: 'chats', of: [list.cursor] } });
  expect(app.toasts.list.some(({ text }) => text.includes('1 chat'))).toBe(true);
});

test('whatever is done to many is done by keys: tag, status, snooze, read, archive, export', async () => {
  const { selection, list, backend, app } = await ready({ unmarked: true });
  await backend.call('tag_save', { tag: { id: 0, name: 'Fair', colour: 'red', reach: 'chat' } });
  await userEvent.keyboard('jx{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  const ids = list.keys.slice(0, 3);
  expect(selection.ids).toEqual(ids);
  const chats = () => ids.flatMap((id) => backend.world.chats.get(id) ?? []);
  const takeBack = () => userEvent.keyboard('{Control>}z{/Control}');
  const idle = () => expect.poll(() => document.activeElement?.getAttribute('data-testid')).toBe('chat-list'); // prettier-ignore

  await userEvent.keyboard('t');
  await expect.element(page.getByTestId('tag-picker-input')).toHaveFocus();
  await userEvent.keyboard('fair{Enter}');
  await expect.poll(() => chats().every(({ marks }) => marks.tags.length === 1)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await idle();
  await takeBack();
  await expect.poll(() => chats().every(({ marks }) => marks.tags.length === 0)).toBe(true);

  await userEvent.keyboard('s');
  await expect.element(page.getByTestId('status-picker-input')).toHaveFocus();
  await userEvent.keyboard('done{Enter}');
  await expect.poll(() => chats().every(({ marks }) => marks.status === 4)).toBe(true);
  await takeBack();
  await expect.poll(() => chats().every(({ marks }) => marks.status === null)).toBe(true);

  // A date that is typed, and back at the first answer: what "unless they reply" means.
  await idle();
  await userEvent.keyboard('h');
  await expect.element(page.getByTestId('snooze-picker-input')).toHaveFocus();
  await userEvent.keyboard('25.12 10:00{Enter}');
  await expect.poll(() => chats().every(({ marks }) => marks.snoozed_until_ms !== null)).toBe(true);
  const marked = backend.calls.findLast(({ name }) => name === 'change_chats')?.args;
  expect(marked).toMatchObject({ change: { do: 'snooze', to: { unless_reply: true } } });
  await takeBack();
  await expect.poll(() => chats().every(({ marks }) => marks.snoozed_until_ms === null)).toBe(true);

  // The rest by the palette, which names every action.
  const palette = async (words: string) => {
    for (const id of ids) if (!selection.has(id)) selection.toggle(id);
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByRole('combobox')).toHaveFocus();
    await userEvent.keyboard(`${words}{Enter}`);
    await expect.poll(() => app.overlay).toBeNull();
  };
  const unread = () => chats().filter((chat) => chat.unread > 0 || chat.unread_mark).length;
  const before = unread();
  await palette('mark the selected chats as read');
  await expect.poll(unread).toBe(0);
  if (before > 0) await takeBack();
  await expect.poll(unread).toBe(before);
  await palette('export the selected');
  await expect.poll(() => backend.calls.some(({ name }) => name === 'list_export')).toBe(true);
  await palette('archive the selected');
  await expect.poll(() => chats().every(({ archived }) => archived)).toBe(true);
  await takeBack();
  await expect.poll(() => chats().some(({ archived }) => archived)).toBe(false);
});

test('a whole list loses a tag and the pin that all of it has, by the keys that put them on', async () => {
  const { list, backend } = await ready({ chats: 900 });
  await list.show('people', null);
  const chats = () => list.keys.flatMap((id) => backend.world.chats.get(id) ?? []);
  const [tag] = (await backend.call('catalog', {})).tags;
  const tagged = () => chats().filter(({ marks }) => marks.tags.includes(tag?.id ?? 0)).length;
  const pinned = () => chats().filter(({ marks }) => marks.pinned_ms !== null).length;
  await expect.poll(() => list.keys.length).toBeGreaterThan(400);
  expect(tagged()).toBeLessThan(chats().length);

  await userEvent.keyboard('{Control>}a{/Control}t');
  await expect.element(page.getByTestId('tag-picker-input')).toHaveFocus();
  const first = page.getByTestId('tag-picker-item').first();
  await expect.element(first).toHaveAttribute('aria-selected', 'false');
  await userEvent.keyboard('{Enter}');
  await expect.poll(tagged).toBe(chats().length);
  await expect.element(first).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  await expect.poll(tagged).toBe(0);
  await expect.element(first).toHaveAttribute('aria-selected', 'false');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[data-testid="tag-picker"]')).toBeNull();
  // Opened anew it is counted, not remembered.
  await backend.call('change_chats', {
    targets: { in: 'list', of: list.request },
    change: { do: 'tag', to: tag?.id ?? 0 },
  });
  await userEvent.keyboard('t');
  await expect.element(first).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[data-testid="tag-picker"]')).toBeNull();

  await userEvent.keyboard('p');
  await expect.poll(pinned).toBe(chats().length);
  await userEvent.keyboard('p');
  await expect.poll(pinned).toBe(0);
});

test('all that is snoozed comes back at once, and only where somebody is snoozed is it offered', async () => {
  const { list, backend } = await ready({ chats: 900 });
  const open = async () => {
    await userEvent.keyboard('{Control>}a{/Control}h');
    await expect.element(page.getByTestId('snooze-picker-input')).toHaveFocus();
  };
  const back = page.getByTestId('snooze-picker').getByText('Bring back');
  const ids = list.keys.slice(0, 300);
  const change = { do: 'snooze', to: { until_ms: Date.now() + 1e8, unless_reply: true } } as const;
  await backend.call('change_chats', { targets: { in: 'chats', of: ids }, change });
  await expect.poll(() => list.keys.includes(ids[0] ?? 0)).toBe(false);
  await open();
  // Who is snoozed is not in this list, so that the list alone is counted.
  const counted = () => backend.calls.some(({ name, args }) => name === 'chat_counts' && (args as Calls['chat_counts']['args']).lists.length === 1); // prettier-ignore
  await expect.poll(counted).toBe(true);
  await frames();
  expect(back.query()).toBeNull();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.querySelector('[data-testid="snooze-picker"]')).toBeNull();

  await list.show('snoozed', null);
  await expect.poll(() => list.keys.length).toBeGreaterThanOrEqual(300);
  await open();
  await expect.element(back).toBeVisible();
  await back.click();
  await expect.poll(() => list.keys.length).toBe(0);
  const asleep = ids.filter((id) => backend.world.chats.get(id)?.marks.snoozed_until_ms !== null);
  expect(asleep).toEqual([]);
});

test('the palette takes a whole archive out of it, and in the archive archives nothing', async () => {
  const { list, backend, app } = await ready({ chats: 400 });
  const { actionsOf } = await import('../../src/lib/state/actions');
  const can = (id: string) => actionsOf(app).find((action) => action.id === id)?.enabled;
  await userEvent.keyboard('jx');
  expect([can('bulk_archive'), can('bulk_unarchive')]).toEqual([true, false]);
  await list.show('archive', null);
  await userEvent.keyboard('{Control>}a{/Control}');
  const ids = [...list.keys];
  expect(ids.length).toBeGreaterThan(3);
  expect([can('bulk_archive'), can('bulk_unarchive')]).toEqual([false, true]);
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('selected chats out of the archive{Enter}');
  const archived = () => ids.filter((id) => backend.world.chats.get(id)?.archived).length;
  await expect.poll(archived).toBe(0);
  await list.show('all', null, { has: 'any', of: [{ has: 'archived' }, { has: 'unread' }] });
  await userEvent.keyboard('{Control>}a{/Control}');
  expect([can('bulk_archive'), can('bulk_unarchive')]).toEqual([true, true]);
});
