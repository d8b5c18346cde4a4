import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { isMuted } from '../../src/lib/backend/fake/crm/filters';
import type { ColumnId } from '../../src/lib/domain/people/columns';
import { frames, messages, openWindow, part, rows, type Opened } from './window';

async function inTable(
  options = {},
): Promise<Opened & { people: NonNullable<Opened['app']['inbox']>['people'] }> {
  // prettier-ignore
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await userEvent.keyboard('gc');
  await expect.poll(() => persons().length).toBeGreaterThan(5);
  const people = opened.app.inbox?.people;
  if (!people) throw new Error('no workspace is open');
  return { ...opened, people };
}

const persons = () => [...document.querySelectorAll<HTMLElement>('[data-testid="person-row"]')];
const skeletons = () => document.querySelectorAll('[data-testid="person-skeleton"]');

function cell(chat: number | null | undefined, column: ColumnId): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-chat="${chat}"] [data-column="${column}"]`); // prettier-ignore
  if (!found) throw new Error(`no cell ${column} of ${chat}`);
  return found;
}

function head(column: ColumnId): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-testid="people-head"][data-column="${column}"]`); // prettier-ignore
  if (!found) throw new Error(`no column ${column}`);
  return found;
}

const active = () => document.activeElement as HTMLElement;
const places = () => ({
  chat: Number(active().closest<HTMLElement>('[data-chat]')?.dataset['chat']),
  column: active().dataset['column'],
});
const takeBack = () => userEvent.keyboard('{Control>}z{/Control}');

test('the table lists every person once, whoever of the accounts knows them', async () => {
  const { backend, people } = await inTable();
  const known = [...backend.world.chats.values()].filter(({ kind }) => kind === 'person');
  expect(new Set(known.map(({ peer }) => peer)).size).toBe(people.keys.length);
  const shared = people.keys.find((id) => (people.rows.get(id)?.chats.length ?? 0) > 1);
  const through = () => cell(shared, 'name').querySelector('.dots')?.textContent ?? '';
  await expect.poll(() => through().split(',').length).toBeGreaterThan(1);
  const grid = part('people-grid');
  expect(grid.getAttribute('aria-rowcount')).toBe(String(people.keys.length + 1));
  expect(grid.getAttribute('aria-colcount')).toBe(String(people.columns.length));
  expect(persons()[0]?.getAttribute('aria-rowindex')).toBe('2');
});

test('arrows, Home, End and pages move one focus over the cells', async () => {
  const { people } = await inTable();
  await expect.poll(places).toEqual({ chat: people.keys[0], column: 'name' });
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}');
  await expect.poll(places).toEqual({ chat: people.keys[1], column: 'tags' });
  await userEvent.keyboard('{End}');
  await expect.poll(places).toEqual({ chat: people.keys[1], column: people.columns.at(-1)?.id });
  await userEvent.keyboard('{Home}j');
  await expect.poll(places).toEqual({ chat: people.keys[2], column: 'name' });
  await userEvent.keyboard('{PageDown}');
  await expect.poll(() => people.keys.indexOf(places().chat)).toBeGreaterThan(8);
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await expect.poll(places).toEqual({ chat: people.keys.at(-1), column: people.columns.at(-1)?.id });
  await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowUp}');
  await expect.poll(() => active()).toBe(head('name'));
  expect(document.querySelectorAll('[data-testid="people-grid"] [tabindex="0"]').length).toBe(1);
}); // prettier-ignore

test('a column sorts by a click and by Enter on its heading, and the way is told', async () => {
  const { people, backend } = await inTable();
  const titles = () => people.keys.map((id) => backend.world.chats.get(id)?.title.toLowerCase());
  expect(head('last').getAttribute('aria-sort')).toBe('descending');
  await userEvent.click(head('name'));
  await expect.poll(() => head('name').getAttribute('aria-sort')).toBe('ascending');
  await expect.poll(titles).toEqual(titles().toSorted());
  expect(head('last').getAttribute('aria-sort')).toBe('none');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => head('name').getAttribute('aria-sort')).toBe('descending');
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
  await expect.poll(() => head('waiting').getAttribute('aria-sort')).toBe('descending');
  const { chats, keeper } = backend.world;
  const since = () => people.keys.map((id) => {
    const chat = chats.get(id);
    const waits = chat && !isMuted(chat, Date.now()) && !keeper.isLetGo(chat, Date.now());
    return (waits && chat.marks.waiting_since) || Infinity;
  }); // prettier-ignore
  await expect.poll(since).toEqual(since().toSorted((a, b) => a - b));
  expect(active()).toBe(head('waiting'));
});

test('tags sort by the first in the operator’s own order, whoever has none stands last', async () => {
  const { app, backend, people } = await inTable();
  const order = () => (app.inbox?.catalogue.tags ?? []).map(({ id }) => id);
  const first = (id: number) => {
    const tags = backend.world.chats.get(id)?.marks.tags ?? [];
    return order().findIndex((tag) => tags.includes(tag));
  };
  const places = () => people.keys.map(first);
  const rising = () => places().filter((at) => at >= 0).toSorted((a, b) => a - b); // prettier-ignore
  const none = () => places().filter((at) => at < 0);
  await userEvent.click(head('tags'));
  await expect.poll(() => head('tags').getAttribute('aria-sort')).toBe('ascending');
  await expect.poll(places).toEqual([...rising(), ...none()]);
  expect(new Set(rising()).size).toBeGreaterThan(2);
  expect(none().length).toBeGreaterThan(2);
  await userEvent.click(head('tags'));
  await expect.poll(places).toEqual([...rising().toReversed(), ...none()]);
  const kept = async () => (await backend.looks()).remembered.find(({ name }) => name === 'demo/people_sort')?.items; // prettier-ignore
  await expect.poll(kept).toEqual(['tags', 'down']);
  const again = await backend.looks();
  await backend.call('tags_order', { order: order().toReversed() });
  await expect.poll(places, { timeout: 3000 }).toEqual([...rising().toReversed(), ...none()]);
  const later = await openWindow({ looks: again });
  expect(later.app.inbox?.people.sort).toEqual({ by: 'tags' });
});

test('a sort and the choice of columns are remembered with the looks', async () => {
  const { backend, people } = await inTable();
  await userEvent.click(head('name'));
  await userEvent.click(part('people-columns'));
  await page.getByLabelText('Show “Tags”').click();
  await expect.poll(() => people.columns.some(({ id }) => id === 'tags')).toBe(false);
  await page.getByLabelText('Move Status').click();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Escape}');
  await expect.poll(() => people.columns.map(({ id }) => id).slice(0, 3)).toEqual(['name', 'last', 'status']); // prettier-ignore
  expect(document.querySelector('[data-testid="people-head"][data-column="tags"]')).toBeNull();
  const saved = async (name: string) => (await backend.looks()).remembered.find((one) => one.name === name)?.items; // prettier-ignore
  await expect.poll(async () => (await saved('demo/people_columns'))?.slice(0, 3)).toEqual(['tags', 'last', 'status']); // prettier-ignore
  expect(await saved('main/people_columns')).toBeUndefined();
  const again = await openWindow({ looks: await backend.looks() });
  await expect.poll(() => again.app.inbox?.catalogue.loaded).toBe(true);
  const remembered = again.app.inbox?.people;
  expect(remembered?.sort).toEqual({ by: 'name' });
  expect(remembered?.columns.map(({ id }) => id).slice(0, 3)).toEqual(['name', 'last', 'status']);
  remembered?.resetColumns();
  expect(remembered?.columns[1]?.id).toBe('status');
});

test('100,000 chats: few rows in the page and none blank, wherever one scrolls', async () => {
  const { people } = await inTable({ chats: 100_000 });
  await expect.poll(() => people.keys.length).toBeGreaterThan(40_000);
  const grid = part('people-grid');
  const box = grid.getBoundingClientRect();
  for (const share of [0, 0.13, 0.5, 0.81, 0.999, 1, 0.02]) {
    grid.scrollTop = grid.scrollHeight * share;
    await frames();
    expect(persons().length + skeletons().length).toBeLessThan(60);
    await expect.poll(() => skeletons().length).toBe(0);
    const edges = persons().map((row) => row.getBoundingClientRect());
    expect(Math.min(...edges.map(({ top }) => top))).toBeLessThanOrEqual(box.top + 40);
    expect(Math.max(...edges.map(({ bottom }) => bottom))).toBeGreaterThanOrEqual(box.bottom - 2);
  }
  // Far from the cell with the focus, which is still there.
  grid.scrollTop = 0;
  cell(people.keys[0], 'name').focus();
  grid.scrollTop = grid.scrollHeight / 2;
  await frames();
  expect(places()).toEqual({ chat: people.keys[0], column: 'name' });
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(places).toEqual({ chat: people.keys[1], column: 'name' });
  expect(grid.scrollTop).toBeLessThan(200);
}, 90_000);

test('people are found by name, and narrowed by the conditions of the lists', async () => {
  const { people, backend } = await inTable();
  const all = people.keys.length;
  const title = backend.world.chats.get(people.keys[3] ?? 0)?.title ?? '';
  await userEvent.keyboard('{Control>}f{/Control}');
  await expect.poll(() => active()).toBe(part('people-find'));
  await userEvent.keyboard(title);
  await expect.poll(() => people.loaded && people.keys.length).toBeLessThan(all);
  expect(people.keys.map((id) => backend.world.chats.get(id)?.title)).toContain(title);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => people.loaded && people.keys.length).toBe(all);
  await userEvent.keyboard('xyzzy');
  await expect
    .element(page.getByText('Nobody has “xyzzy” in a name', { exact: false }))
    .toBeVisible();
  await page.getByText('Show everybody').click();
  await expect.poll(() => people.keys.length).toBe(all);
  part('people-grid').focus();
  await userEvent.keyboard('f');
  await expect.element(page.getByTestId('condition-find')).toHaveFocus();
  await userEvent.keyboard('{Enter}{Enter}{Escape}');
  await expect.poll(() => people.filter).toEqual({ has: 'tag', of: 1 });
  await expect.poll(() => people.keys.every((id) => backend.world.chats.get(id)?.marks.tags.includes(1))).toBe(true); // prettier-ignore
  expect(part('people-filter-bar').textContent).toContain('VIP');
});

test('a text is typed where it stands; Escape leaves it, Enter keeps it, and it is taken back', async () => {
  const { people, backend } = await inTable();
  const chat = backend.world.chats.get(people.keys[0] ?? 0);
  const kept = () => chat && backend.world.keeper.values(chat).find(({ field }) => field === 3)?.value; // prettier-ignore
  cell(chat?.id, 'field:3').focus();
  await userEvent.keyboard('{F2}');
  await expect.poll(() => active()).toBe(part('cell-input'));
  await userEvent.keyboard('A fair{Escape}');
  await expect.poll(places).toEqual({ chat: chat?.id, column: 'field:3' });
  expect(kept()).toBeUndefined();
  const release = backend.hold('value_set');
  await userEvent.keyboard('{Enter}Spring fair{Enter}');
  // Before the program has answered.
  await expect.poll(() => cell(chat?.id, 'field:3').textContent.trim()).toBe('Spring fair');
  release();
  await expect.poll(kept).toBe('Spring fair');
  await expect.poll(places).toEqual({ chat: chat?.id, column: 'field:3' });
  await takeBack();
  await expect.poll(kept).toBeUndefined();
  await expect.poll(() => cell(chat?.id, 'field:3').textContent.trim()).toBe('');
});

test('Tab keeps a value and goes on to the next cell; every kind of field can be changed', async () => {
  const { people, backend } = await inTable();
  const chat = backend.world.chats.get(people.keys[1] ?? 0);
  const values = () => Object.fromEntries((chat ? backend.world.keeper.values(chat) : []).map(({ field, value }) => [field, value])); // prettier-ignore
  await userEvent.dblClick(cell(chat?.id, 'field:3'));
  await userEvent.keyboard('Website{Tab}');
  // Past the day of opting out.
  await expect.poll(() => active().closest('[data-column="field:7"]')).not.toBeNull();
  await userEvent.keyboard('{Tab}');
  await expect.poll(() => active().closest('[data-column="field:4"]')).not.toBeNull();
  expect(active().getAttribute('placeholder')).toBe('mm/dd/yyyy');
  // Half a date is refused, and the cell stays.
  await userEvent.keyboard('0517{Tab}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('not a whole date');
  await expect.poll(() => active()).toBe(part('cell-input'));
  await userEvent.keyboard('1990');
  await userEvent.keyboard('{Tab}');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('part{Enter}');
  await expect.poll(places).toEqual({ chat: chat?.id, column: 'field:5' });
  await userEvent.keyboard('{ArrowRight}{Enter}');
  await expect.poll(() => active()).toBe(part('cell-input'));
  await userEvent.keyboard('lots{Enter}');
  await expect.element(page.getByRole('alert')).toBeVisible();
  await userEvent.fill(part('cell-input'), '1 250,50 uah');
  await userEvent.keyboard('{Enter}');
  await expect.poll(values).toMatchObject({ 3: 'Website', 4: '1990-05-17', 5: 'Partner', 6: '1250.50 UAH' }); // prettier-ignore
  expect(cell(chat?.id, 'field:6').textContent).toContain('1,250.5');
  for (let times = 0; times < 4; times++) await takeBack();
  await expect.poll(() => values()[6]).toBeUndefined();
  await expect.poll(() => values()[3]).toBeUndefined();
});

test('a time zone is chosen in its cell, where the time there is told', async () => {
  const { people, backend } = await inTable();
  const chat = backend.world.chats.get(people.keys[1] ?? 0);
  const kept = () => chat && backend.world.keeper.values(chat).find(({ field }) => field === 2)?.value; // prettier-ignore
  await expect.poll(() => head('field:2').textContent.trim()).toBe('Time zone');
  await userEvent.dblClick(cell(chat?.id, 'field:2'));
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('tashkent{Enter}');
  await expect.poll(kept).toBe('Asia/Tashkent');
  await expect.poll(places).toEqual({ chat: chat?.id, column: 'field:2' });
  const shown = () => cell(chat?.id, 'field:2');
  await expect.poll(() => shown().textContent.trim()).toBe('Tashkent');
  expect(shown().querySelector('[title]')?.getAttribute('title')).toMatch(/\d:\d\d.[AP]M there/);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await expect.poll(() => active()).toBe(part('cell-input'));
  expect(kept()).toBe('Asia/Tashkent');
});

test('a language is chosen in its cell, and / leads to the search, where it can be typed', async () => {
  const { people, backend } = await inTable();
  const chat = backend.world.chats.get(people.keys[1] ?? 0);
  const kept = () => chat && backend.world.keeper.values(chat).find(({ field }) => field === 1)?.value; // prettier-ignore
  await expect.poll(() => head('field:1').textContent.trim()).toBe('Language');
  await userEvent.dblClick(cell(chat?.id, 'field:1'));
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('danish{Enter}');
  await expect.poll(kept).toBe('da');
  await expect.poll(() => cell(chat?.id, 'field:1').textContent.trim()).toBe('Danish');

  await expect.poll(active).toBe(cell(chat?.id, 'field:1'));
  await userEvent.keyboard('/');
  await expect.element(page.getByTestId('people-find')).toHaveFocus();
  await userEvent.keyboard('a/b');
  expect(people.words).toBe('a/b');
});

test('a search finds everybody with such a name, however many they are', async () => {
  const { people, backend } = await inTable({ chats: 900 });
  const titles = [...backend.world.chats.values()].filter(({ kind }) => kind === 'person');
  const first = titles[0]?.title.split(' ')[0] ?? '';
  const wanted = titles.filter(({ title }) => title.toLowerCase().includes(first.toLowerCase()));
  const expected = new Set(wanted.map(({ peer }) => peer)).size;
  expect(expected).toBeGreaterThan(20);
  people.type(first);
  await expect.poll(() => people.loaded && people.keys.length).toBe(expected);
});

test('a tag is made in its cell, put on, and both are taken back', async () => {
  const { people, backend } = await inTable();
  const chat = () => backend.world.chats.get(people.keys[1] ?? 0);
  const before = chat()?.marks.tags ?? [];
  const named = () => [...backend.world.keeper.ledger.tables.tag.values()].find(({ name }) => name === 'Sunday market'); // prettier-ignore
  cell(chat()?.id, 'tags').focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  // What there is already is not made again.
  await userEvent.keyboard('vip');
  expect(document.querySelector('[data-testid="pick-make"]')).toBeNull();
  await userEvent.fill(part('cell-pick'), 'Sunday market');
  await expect.element(page.getByTestId('pick-make')).toHaveTextContent('Create “Sunday market”');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('tag-name')).toHaveValue('Sunday market');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => chat()?.marks.tags).toContain(named()?.id ?? -1);
  // More tags may follow; then the focus is in the cell again.
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.poll(places).toEqual({ chat: chat()?.id, column: 'tags' });
  expect(cell(chat()?.id, 'tags').textContent).toContain('Sunday market');
  await takeBack();
  await expect.poll(() => chat()?.marks.tags).toEqual(before);
  await takeBack();
  await expect.poll(named).toBeUndefined();
});

test('a tag that is not made after all leaves the cell as it was', async () => {
  const { people, backend } = await inTable();
  const chat = () => backend.world.chats.get(people.keys[1] ?? 0);
  const before = chat()?.marks.tags;
  cell(chat()?.id, 'tags').focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('Nowhere{Enter}');
  await expect.element(page.getByTestId('tag-name')).toHaveValue('Nowhere');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.poll(places).toEqual({ chat: chat()?.id, column: 'tags' });
  expect(chat()?.marks.tags).toEqual(before);
});

test('status and tags are chosen in their cells by typing', async () => {
  const { people, backend } = await inTable();
  const chat = () => backend.world.chats.get(people.keys[0] ?? 0);
  const before = { ...chat()?.marks };
  cell(chat()?.id, 'status').focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('lost{Enter}');
  await expect.poll(() => chat()?.marks.status).toBe(5);
  await expect.poll(() => cell(chat()?.id, 'status').textContent).toContain('Lost');
  await expect.poll(places).toEqual({ chat: chat()?.id, column: 'status' });
  await userEvent.keyboard('{ArrowRight}{F2}');
  await expect.element(page.getByTestId('cell-pick')).toHaveFocus();
  await userEvent.keyboard('wholes{Enter}');
  const had = before.tags?.includes(3) === true;
  await expect.poll(() => chat()?.marks.tags.includes(3)).toBe(!had);
  await userEvent.keyboard('{Escape}');
  await expect.poll(places).toEqual({ chat: chat()?.id, column: 'tags' });
  expect(part('people-page')).toBeDefined();
  await takeBack();
  await takeBack();
  await expect.poll(() => chat()?.marks.status).toBe(before.status);
  expect(chat()?.marks.tags).toEqual(before.tags);
});

test('where the program refuses, the cell shows what it held', async () => {
  const { people, backend } = await inTable();
  const id = people.keys[0];
  backend.fail('value_set', 'disk_full');
  await userEvent.dblClick(cell(id, 'field:3'));
  await userEvent.keyboard('Nowhere{Enter}');
  await expect.poll(() => document.querySelector('[data-testid="toast"]')).not.toBeNull();
  await expect.poll(() => cell(id, 'field:3').textContent.trim()).toBe('');
});

test('several people are selected and marked as one, and taken back as one', async () => {
  const { people, backend } = await inTable();
  const statuses = () => people.keys.slice(0, 3).map((id) => backend.world.chats.get(id)?.marks.status); // prettier-ignore
  const before = statuses();
  await userEvent.keyboard('x{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await expect.element(page.getByTestId('selection-count')).toHaveTextContent('3 selected');
  await userEvent.keyboard('s');
  await expect.element(page.getByTestId('status-picker-input')).toHaveFocus();
  await userEvent.keyboard('lost{Enter}');
  await expect.poll(statuses).toEqual([5, 5, 5]);
  await takeBack();
  await expect.poll(statuses).toEqual(before);
  await userEvent.keyboard('{Escape}');
  expect(document.querySelector('[data-testid="selection-bar"]')).toBeNull();
  expect(part('people-page')).toBeDefined();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByTestId('chat-list')).toBeVisible();
});

test('R opens the chat, and a message that comes in puts its writer on top', async () => {
  const { app, people, backend } = await inTable();
  const id = people.keys[4] ?? 0;
  backend.world.add(id, { text: 'Are you there?', out: false });
  await expect.poll(() => people.keys[0], { timeout: 3000 }).toBe(id);
  await expect.poll(() => cell(id, 'waiting').textContent.trim()).not.toBe('');
  cell(id, 'name').focus();
  await userEvent.keyboard('r');
  await expect.poll(() => app.inbox?.list.open).toBe(id);
  await expect.poll(() => messages().length).toBeGreaterThan(3);
});

test('nobody yet, and skeletons in place of rows that are not read', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const release = backend.hold('people_rows');
  await userEvent.keyboard('gc');
  await expect.poll(() => skeletons().length).toBeGreaterThan(5);
  release();
  await expect.poll(() => skeletons().length).toBe(0);
  backend.world.chats.clear();
  backend.world.reorder();
  app.inbox?.people.refresh();
  await expect.element(page.getByText('Nobody yet')).toBeVisible();
});
