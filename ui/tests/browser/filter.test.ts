import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { frames, openWindow, part, rows } from './window';

async function ready(options = {}) {
  const opened = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const inbox = opened.app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  return { ...opened, inbox, list: inbox.list };
}

const chips = () => [...document.querySelectorAll<HTMLElement>('[data-testid="filter-chip"]')];
const words = () => chips().map((chip) => chip.textContent.replace(/\s+/g, ' ').trim());

/** F, the name of a condition, and where it asks for values, those. */
async function add(condition: string, ...values: string[]): Promise<void> {
  await userEvent.keyboard('f');
  await page.getByTestId('condition-find').fill(condition);
  await userEvent.keyboard('{Enter}');
  for (const value of values) {
    await page.getByTestId('condition-values').fill(value);
    await userEvent.keyboard('{Enter}');
  }
  if (values.length > 0) await userEvent.keyboard('{Escape}');
  await frames();
}

test('conditions are put together by keys alone, and the list shows what they let through', async () => {
  const { list, backend } = await ready();
  await add('tag', 'VIP', 'Опт');
  await expect.poll(words).toEqual(['Tag: VIP or Опт']);
  await add('unread');
  await expect.poll(words).toEqual(['Tag: VIP or Опт', 'Unread']);
  const wanted = {
    has: 'every',
    of: [{ has: 'any', of: [{ has: 'tag', of: 1 }, { has: 'tag', of: 2 }] }, { has: 'unread' }],
  }; // prettier-ignore
  expect(list.filter).toEqual(wanted);
  await expect.poll(() => list.loaded).toBe(true);
  const expected = [...backend.world.chats.values()].filter(({ marks, unread, unread_mark, archived }) =>
    !archived && (unread > 0 || unread_mark) && marks.tags.some((tag) => tag < 3)); // prettier-ignore
  expect(list.keys.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  expect(list.keys.length).toBeGreaterThan(0);
});

test('media and whose the last message is are chosen by keys alone, and kept in a view', async () => {
  const { list, inbox, backend } = await ready();
  await add('media', 'photos', 'voice');
  await add('last message from', 'them');
  await expect.poll(words).toEqual(['Has media: Photos or Voice messages', 'Last message from: them']); // prettier-ignore
  const wanted = {
    has: 'every',
    of: [{ has: 'any', of: [{ has: 'media', of: 'photo' }, { has: 'media', of: 'voice' }] }, { has: 'last_from', of: 'them' }],
  }; // prettier-ignore
  expect(list.filter).toEqual(wanted);
  await expect.poll(() => list.loaded).toBe(true);
  const listed = [...backend.world.chats.values()].filter(({ archived, marks }) => !archived && (marks.snoozed_until_ms ?? 0) < Date.now()); // prettier-ignore
  const expected = listed.filter(({ id, last }) =>
    last?.out === false && backend.world.history(id).some(({ kind }) => kind === 'photo' || kind === 'voice')); // prettier-ignore
  expect(list.keys.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  expect(expected.length).toBeGreaterThan(0);
  expect(expected.length).toBeLessThan(listed.length);
  await page.getByTestId('view-save-as').click();
  await page.getByTestId('view-name').fill('Pictures to answer');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => list.saved?.name).toBe('Pictures to answer');
  expect(inbox.catalogue.views.find(({ id }) => id === list.view)?.filter).toEqual(wanted);
});

test('media of any kind stands alone, and the last message is from one side', async () => {
  const { list } = await ready();
  await add('media', 'photos', 'any');
  await expect.poll(words).toEqual(['Has media']);
  expect(list.filter).toEqual({ has: 'media', of: null });
  await add('last message from', 'them', 'me');
  await expect.poll(words).toEqual(['Has media', 'Last message from: me']);
});

test('"or" between, "not" before, and a cross: each by its own button', async () => {
  const { list } = await ready();
  await add('tag', 'VIP');
  await add('unread');
  await page.getByTestId('filter-join').click();
  await expect.poll(() => list.filter?.has).toBe('any');
  await page.getByRole('button', { name: 'Tag: VIP', exact: true }).click();
  await page.getByTestId('condition-not').click();
  await userEvent.keyboard('{Escape}');
  expect(list.filter).toEqual({
    has: 'any',
    of: [{ has: 'not', of: { has: 'tag', of: 1 } }, { has: 'unread' }],
  });
  // What is added to an "or" has to hold as well: the "or" becomes a group of its own.
  await add('people');
  expect(list.filter).toMatchObject({ has: 'every', of: [{ has: 'any' }, { has: 'people' }] });
  chips()[1]?.querySelector<HTMLElement>('button')?.focus();
  await userEvent.keyboard('{Delete}');
  await expect.poll(words).toEqual(['not Tag: VIP', 'People and bots']);
});

test('a filter becomes a view, a changed view is updated, and both are taken back', async () => {
  const { list, inbox } = await ready();
  await add('unread');
  await page.getByTestId('view-save-as').click();
  await page.getByTestId('view-name').fill('Прочитать сегодня');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => list.saved?.name).toBe('Прочитать сегодня');
  expect(list.changed).toBe(false);
  const id = list.view;
  await add('people');
  expect(list.changed).toBe(true);
  await page.getByTestId('view-update').click();
  await expect.poll(() => list.changed).toBe(false);
  expect(inbox.catalogue.views.find((view) => view.id === id)?.filter).toEqual({
    has: 'every',
    of: [{ has: 'unread' }, { has: 'people' }],
  });
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => inbox.catalogue.views.find((view) => view.id === id)?.filter).toEqual({ has: 'unread' }); // prettier-ignore
  await expect.poll(words).toEqual(['Unread']);
});

test('an empty list names the filter and offers to clear it', async () => {
  const { list } = await ready();
  await add('silent');
  await page.getByTestId('condition-number').fill('3000');
  await userEvent.keyboard('{Escape}');
  await expect
    .element(page.getByText('The filter is: Silent: 3,000 days or longer.'))
    .toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect.poll(() => list.filter).toBeNull();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
});

test('the order is chosen from a menu, and is kept with a view', async () => {
  const { list, backend } = await ready();
  await page.getByTestId('sort').click();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  await expect.poll(() => list.order).toBe('silent');
  await expect.poll(() => list.loaded).toBe(true);
  const dates = list.keys.slice(1).map((id) => backend.world.chats.get(id)?.last?.date ?? 0);
  expect(dates).toEqual(dates.toSorted((a, b) => a - b));
  expect(part('filter-clear')).toBeTruthy();
});

test('another account in the same view keeps the filter', async () => {
  const { list } = await ready();
  await add('unread');
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.poll(() => list.account).toBe(2);
  await expect.poll(words).toEqual(['Unread']);
});

test('how long somebody waits, a day, and the value of a field are conditions too', async () => {
  const { list, backend } = await ready();
  const days = (value: string) => new Date(`${value}T00:00`).getTime() / 1000;
  await add('waiting on me');
  await expect.element(page.getByTestId('condition-number')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => list.filter).toMatchObject({ has: 'waiting_on_me' });
  await userEvent.keyboard('f');
  await page.getByTestId('condition-find').fill('on or after');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('condition-date')).toHaveFocus();
  await userEvent.keyboard('01302020');
  // Escape closes the calendar before it closes what the calendar is in.
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(() => (document.activeElement as HTMLElement).dataset['value']).toBe('2020-01-30'); // prettier-ignore
  await userEvent.keyboard('{ArrowRight}{Escape}');
  await expect.element(page.getByTestId('condition-date')).toHaveFocus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(() => (document.activeElement as HTMLElement).dataset['value']).toBe('2020-01-30'); // prettier-ignore
  await userEvent.keyboard('{ArrowRight}{Enter}');
  await expect.element(page.getByTestId('condition-date')).toHaveValue('01/31/2020');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => list.filter).toMatchObject({ has: 'every', of: [{ has: 'waiting_on_me' }, { has: 'since', of: days('2020-01-31') }] }); // prettier-ignore
  await userEvent.keyboard('f');
  await page.getByTestId('condition-find').fill('field');
  await userEvent.keyboard('{Enter}');
  await page.getByTestId('condition-field').selectOptions('Budget');
  await page.getByRole('combobox', { name: 'Comparison' }).selectOptions('At least');
  await page.getByTestId('condition-field-value').fill('1 000,50');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => JSON.stringify(list.filter)).toContain('{"has":"field","of":[6,{"is":"at_least","to":"1000.50"}]}'); // prettier-ignore
  const chat = backend.world.chats.get(list.keys[0] ?? 0);
  expect(chat ? chat.last?.out : false).toBe(false);
});

test('a time zone and a language are chosen from what there is, and told by their names', async () => {
  const { list } = await ready();
  const test = (of: string) => page.getByTestId('condition-test').selectOptions(of);
  await userEvent.keyboard('f');
  await page.getByTestId('condition-find').fill('field');
  await userEvent.keyboard('{Enter}');
  // The field is there by keys alone, and says something from the start.
  await expect.element(page.getByTestId('condition-field')).toHaveFocus();
  await expect.poll(words).toEqual(['Language: has a value']);
  await test('Is');
  await expect.element(page.getByTestId('language-find')).toBeVisible();
  await expect.element(page.getByTestId('condition-field')).toHaveFocus();
  await page.getByTestId('language-find').fill('ukr');
  await userEvent.keyboard('{Enter}');
  await expect.poll(words).toEqual(['Language: = Ukrainian']);
  expect(list.filter).toEqual({ has: 'field', of: [1, { is: 'equal', to: 'uk' }] });
  await page.getByTestId('condition-field').selectOptions('Time zone');
  // A long country gives way to the city, and to the offset.
  await page.getByTestId('zone-find').fill('marquesas');
  const cut = (part: string) => {
    const element = document.querySelector(`[data-testid="pick-option"] ${part}`);
    return element === null ? null : element.scrollWidth > element.clientWidth;
  };
  await expect.poll(() => cut('.note')).not.toBeNull();
  expect([cut('.name'), cut('.end')]).toEqual([false, false]);
  await page.getByTestId('zone-find').fill('kyiv');
  await userEvent.keyboard('{Enter}');
  await expect.poll(words).toEqual(['Time zone: = Kyiv']);
  expect(list.filter).toEqual({ has: 'field', of: [2, { is: 'equal', to: 'Europe/Kyiv' }] });
  // What was chosen stands first, and is not cleared here: that would be no condition.
  await page.getByTestId('zone-find').fill('');
  const offered = () => [...document.querySelectorAll('[data-testid="pick-option"] .name')].map((name) => name.textContent); // prettier-ignore
  await expect.poll(() => offered()[0]).toBe('Kyiv');
  expect(offered()).not.toContain('Nothing');
});

test('an amount is the same in its currency alone, and a limit is one in any', async () => {
  const { list, backend } = await ready();
  const chat = list.keys.find((id) => backend.world.chats.get(id)?.kind === 'person') ?? 0;
  await backend.call('value_set', { chat, field: 6, value: '1000 UAH' });
  await userEvent.keyboard('f');
  await page.getByTestId('condition-find').fill('field');
  await userEvent.keyboard('{Enter}');
  await page.getByTestId('condition-field').selectOptions('Budget');
  await page.getByTestId('condition-test').selectOptions('Is');
  await page.getByTestId('condition-field-value').fill('1 000 uah');
  await expect.poll(() => list.filter).toEqual({ has: 'field', of: [6, { is: 'equal', to: '1000 UAH' }] }); // prettier-ignore
  await expect.poll(() => list.keys.map((id) => backend.world.chats.get(id)?.peer)).toContain(backend.world.chats.get(chat)?.peer); // prettier-ignore
  await page.getByTestId('condition-test').selectOptions('At least');
  await expect.poll(words).toEqual(['Budget: ≥ 1,000']);
});
