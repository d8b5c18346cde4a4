import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { messages, openWindow, part, rows } from './window';

async function opened(chat = 4) {
  const window = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await window.app.inbox?.open(chat);
  await expect.poll(() => messages().length).toBeGreaterThan(3);
  await expect.poll(() => document.querySelector('[data-testid="notes"]')).not.toBeNull();
  const card = () => window.backend.call('card', { chat });
  return { ...window, card };
}

const all = (testid: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)]; // prettier-ignore
const takeBack = () => userEvent.keyboard('{Control>}z{/Control}');

test('notes are edited, pinned, searched and deleted in the panel, and come back', async () => {
  const { backend, card } = await opened();
  for (const text of [
    'Pays by card',
    'Glass for the shop window',
    'Prefers mornings',
    'Скло завтра',
  ]) {
    await backend.call('note_save', { note: { id: null, chat: 4, text, pinned: false } });
  }
  const before = (await card()).notes.length;
  await expect.poll(() => all('note').length).toBe(before);
  await page.getByLabelText('Find in notes').fill('glass shop');
  await expect.poll(() => all('note').map((note) => note.textContent)).toEqual([expect.stringContaining('Glass for')]); // prettier-ignore
  await page.getByRole('button', { name: 'Pin the note on top' }).click();
  await page.getByLabelText('Find in notes').fill('');
  await expect.poll(() => all('note')[0]?.textContent).toContain('Glass for');
  await page.getByRole('button', { name: 'Edit the note' }).first().click();
  await page.getByTestId('note-text').fill('Glass for two windows');
  await page.getByTestId('note-save').click();
  await expect.poll(() => all('note')[0]?.textContent).toContain('two windows · edited'.split(' · ')[0]); // prettier-ignore
  await page.getByRole('button', { name: 'Delete the note' }).first().click();
  await expect.poll(() => all('note').length).toBe(before - 1);
  await takeBack();
  await expect.poll(() => all('note').length).toBe(before);
  await takeBack();
  await expect.poll(() => all('note')[0]?.textContent).toContain('Glass for the shop');
});

test('a promise is done in the panel, shown as done, and opened again', async () => {
  const { backend } = await opened();
  const due_ms = Date.now() - 3_600_000;
  await backend.call('task_save', { task: { id: null, chat: 4, kind: 'i_owe', text: 'Call back', message: null, due_ms } }); // prettier-ignore
  const box = () => page.getByRole('checkbox', { name: 'Done: Call back' });
  await expect.element(box()).toBeVisible();
  const row = all('task').find(({ textContent }) => textContent.includes('Call back'));
  expect(row?.textContent).toContain('Overdue since');
  await box().click();
  await expect.poll(() => all('task').some(({ textContent }) => textContent.includes('Call back'))).toBe(false); // prettier-ignore
  await page.getByText('Show what is done').click();
  await box().click();
  const task = async () => (await backend.call('tasks_open', {})).find(({ text }) => text === 'Call back'); // prettier-ignore
  await expect.poll(task).toMatchObject({ done_ms: null });
});

test('a promise leads to the message it was made from, in the panel and in the list of promises', async () => {
  const { app, backend } = await opened();
  const [first, second] = backend.world.history(4).filter(({ kind }) => kind === 'text');
  if (!first || !second) throw new Error('the chat has no messages');
  const save = (text: string, message: number, chat = 4) =>
    backend.call('task_save', { task: { id: null, chat, kind: 'i_owe', text, message, due_ms: 1 } }); // prettier-ignore
  await save('As asked at first', first.id);
  const marked = () => [...document.querySelectorAll('.bubble.marked')].map((bubble) => Number(bubble.closest<HTMLElement>('[data-row]')?.dataset['row'])); // prettier-ignore
  const way = () => all('task').find(({ textContent }) => textContent.includes('As asked'))?.querySelector<HTMLElement>('[data-testid="task-message"]'); // prettier-ignore
  await expect.poll(way).toBeTruthy();
  way()?.focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(marked).toContain(first.row);
  await expect.element(page.getByTestId('composer')).toHaveFocus();
  // What was made of none leads nowhere.
  await backend.call('task_save', { task: { id: null, chat: 4, kind: 'i_owe', text: 'Out of the blue', message: null, due_ms: 1 } }); // prettier-ignore
  const blue = () => all('task').find(({ textContent }) => textContent.includes('Out of the blue'));
  await expect.poll(blue).toBeTruthy();
  expect(blue()?.querySelector('[data-testid="task-message"]')).toBeNull();
  await save('A lost message', 999_999, 4);
  await save('The second one', second.id, 4);
  await app.inbox?.open(7);
  app.page = 'tasks';
  const row = (text: string) => all('task-row').find(({ textContent }) => textContent.includes(text)); // prettier-ignore
  await expect.poll(() => row('The second one')).toBeTruthy();
  row('The second one')?.click();
  await expect.poll(() => [app.page, app.inbox?.list.open]).toEqual(['inbox', 4]);
  await expect.poll(marked).toContain(second.row);
  app.page = 'tasks';
  await expect.poll(() => row('A lost message')).toBeTruthy();
  row('A lost message')?.click();
  await expect.element(page.getByText('is not stored here')).toBeVisible();
  await expect.poll(() => [app.page, app.inbox?.list.open]).toEqual(['inbox', 4]);
});

test('fields are filled in where they stand, in the form that they have', async () => {
  const { backend, card } = await opened();
  const input = (field: number) => {
    const found = document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`);
    if (!found) throw new Error(`no field ${field}`);
    return found;
  };
  const value = async (field: number) =>
    (await card()).values.find((one) => one.field === field)?.value;
  await expect.poll(() => document.querySelector('[data-field="6"]')).not.toBeNull();
  await userEvent.fill(input(6), '1 250,50');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => value(6)).toBe('1250.50 EUR');
  const currency = document.querySelector<HTMLSelectElement>('[data-field="6"] select');
  if (currency) await userEvent.selectOptions(currency, 'UAH');
  await expect.poll(() => value(6)).toBe('1250.50 UAH');
  await userEvent.fill(input(6), 'a lot');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('does not fit')).toBeVisible();
  input(6).focus();
  await userEvent.keyboard('{Escape}');
  expect(input(6).value).toBe('1250.50');
  expect(input(4).placeholder).toBe('—');
  input(4).focus();
  await expect.poll(() => input(4).placeholder).toBe('mm/dd/yyyy');
  // In English the month comes first.
  await userEvent.keyboard('02281990');
  input(4).blur();
  await expect.poll(() => value(4)).toBe('1990-02-28');
  await expect.poll(() => input(4).value).toBe('02/28/1990');
  // Half a date is no reason to forget the whole one.
  await userEvent.fill(input(4), '02/28');
  input(4).blur();
  await expect.element(page.getByText('not a whole date')).toBeVisible();
  expect(await value(4)).toBe('1990-02-28');
  input(4).focus();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => input(4).value).toBe('02/28/1990');
  const choice = document.querySelector<HTMLSelectElement>('[data-field="5"] select');
  if (choice) await userEvent.selectOptions(choice, 'Partner');
  await expect.poll(() => value(5)).toBe('Partner');
  const chat = backend.world.chats.get(4);
  if (chat?.kind === 'person') {
    await page.getByRole('button', { name: 'Yes, that is right' }).click();
    await expect.poll(async () => (await card()).values.find(({ field }) => field === 1)?.guessed).toBe(false); // prettier-ignore
  }
  await takeBack();
  if (chat?.kind === 'person') await takeBack();
  await expect.poll(() => value(5)).not.toBe('Partner');
});

test('whoever wants no broadcasts is marked so from the palette, which is said, and comes back', async () => {
  const { card } = await opened();
  const day = async () => (await card()).values.find(({ field }) => field === 7)?.value;
  const said = () => all('opted-out').length;
  expect([await day(), said()]).toEqual([undefined, 0]);
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('opt out');
  await expect.element(page.getByRole('option', { name: /Opt out of broadcasts/ })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  const shown = new Date().toLocaleDateString('sv-SE');
  await expect.poll(day).toBe(shown);
  await expect.poll(said).toBe(1);
  await page.getByRole('button', { name: 'Allow again' }).click();
  await expect.poll(day).toBeUndefined();
  await expect.poll(said).toBe(0);
  await takeBack();
  await expect.poll(day).toBe(shown);
  await takeBack();
  await expect.poll(day).toBeUndefined();
});

test('a language is chosen by its name, and a guess of it is taken by Enter', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { chats, keeper } = backend.world;
  const noted = (id: number) => keeper.values(keeper.chat(id)).find(({ field }) => field === 1);
  const chat = [...chats.values()].find(({ id, kind }) => kind === 'person' && noted(id)?.guessed);
  if (!chat) throw new Error('nobody’s language is guessed');
  const subject = keeper.subjectOf(chat);
  const note = (value: string, guessed: boolean) =>
    keeper.ledger.tables.value.set(`${subject} 1`, { subject, field: 1, value, guessed });
  note('uk', true);
  await app.inbox?.open(chat.id);
  const row = () => document.querySelector('[data-field="1"]')?.textContent ?? '';
  await expect.poll(row).toContain('Ukrainian');
  expect(row()).toContain('a guess');
  const find = async (text: string) => {
    await page.getByTestId('language').click();
    await page.getByTestId('language-find').fill(text);
  };
  const offered = () => all('pick-option').map(({ textContent }) => textContent.trim());
  await page.getByTestId('language').click();
  await expect.element(page.getByTestId('language-find')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => noted(chat.id)).toMatchObject({ value: 'uk', guessed: false });
  await expect.poll(row).not.toContain('a guess');
  await find('german');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => noted(chat.id)?.value).toBe('de');
  await expect.poll(row).toContain('German');
  await find('da');
  expect(offered()).toContain('Danish');
  await page.getByTestId('language-find').fill('nothing');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => noted(chat.id)).toBeUndefined();
  // What came with an imported table and names no language stays until another is chosen.
  note('pidgin', false);
  await app.inbox?.card?.load();
  await expect.poll(row).toContain('pidgin');
  await find('');
  expect(offered()[0]).toBe('pidgin');
});

test('a time zone is chosen by city, country or offset, and tells the time there', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { chats, keeper } = backend.world;
  const noted = (id: number) => keeper.values(keeper.chat(id)).find(({ field }) => field === 2);
  const chat = [...chats.values()].find(({ id, kind }) => kind === 'person' && noted(id)?.guessed);
  if (!chat) throw new Error('nobody’s time zone is guessed');
  const row = () => document.querySelector('[data-field="2"]')?.textContent ?? '';
  await app.inbox?.open(chat.id);
  await expect.poll(row).toContain('Berlin');
  expect(part('zone').title).toMatch(/^Europe\/Berlin · UTC\+[12]$/);
  expect(row()).toMatch(/\d:\d\d.[AP]M there(, night)?\s+\(a guess/);
  const open = () => page.getByTestId('zone').click();
  const find = async (text: string) => {
    await open();
    await page.getByTestId('zone-find').fill(text);
  };
  // Enter on what was guessed takes it.
  await open();
  await expect.element(page.getByTestId('zone-find')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => noted(chat.id)).toMatchObject({ value: 'Europe/Berlin', guessed: false });
  await expect.poll(row).not.toContain('a guess');
  await find('kyiv');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => noted(chat.id)?.value).toBe('Europe/Kyiv');
  await expect.poll(row).toContain('Kyiv');
  await find('nepal');
  await expect.poll(() => all('pick-option').map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/Nepal\s*UTC\+5:45/)]); // prettier-ignore
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => noted(chat.id)?.value).toBe('Asia/Kathmandu');
  // However long the name of a country, its offset stands there whole.
  await find('tahiti');
  const end = () => document.querySelector<HTMLElement>('[data-testid="pick-option"] .end');
  await expect.poll(() => end()?.textContent).toBe('UTC−10');
  expect(end()?.scrollWidth).toBeLessThanOrEqual(end()?.clientWidth ?? 0);
  await userEvent.keyboard('{Escape}');
  await find('+9:30 darwin');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => noted(chat.id)?.value).toBe('Australia/Darwin');
  await takeBack();
  await expect.poll(() => noted(chat.id)?.value).toBe('Asia/Kathmandu');
});

test('a time zone in words of old stays visible until another is chosen', async () => {
  const { app, backend } = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { keeper, chats } = backend.world;
  const chat = [...chats.values()].find(({ kind }) => kind === 'person');
  if (!chat) throw new Error('there is no person');
  const subject = keeper.subjectOf(chat);
  const kept = () => keeper.values(keeper.chat(chat.id)).find(({ field }) => field === 2)?.value;
  keeper.ledger.tables.value.set(`${subject} 2`, { subject, field: 2, value: 'an hour behind us', guessed: false }); // prettier-ignore
  await app.inbox?.open(chat.id);
  const zone = page.getByTestId('zone');
  await expect.element(zone).toHaveTextContent('an hour behind us');
  expect(document.querySelector('[data-field="2"]')?.textContent).not.toContain('there');
  await zone.click();
  await expect.element(page.getByTestId('zone-find')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(kept()).toBe('an hour behind us');
  await zone.click();
  await userEvent.keyboard('{Enter}');
  expect(kept()).toBe('an hour behind us');
  await zone.click();
  await page.getByTestId('zone-find').fill('lisbon');
  await userEvent.keyboard('{Enter}');
  await expect.poll(kept).toBe('Europe/Lisbon');
  await zone.click();
  await page.getByTestId('zone-find').fill('nothing');
  await userEvent.keyboard('{Enter}');
  await expect.poll(kept).toBeUndefined();
});

test('the history of a chat says who did what, and takes one of them back', async () => {
  const { app, backend } = await opened();
  const tagged = backend.world.chats.get(4)?.marks.tags ?? [];
  const tag = [1, 2, 3, 4].find((id) => !tagged.includes(id)) ?? 1;
  const targets = { in: 'chats', of: [4] } as const;
  await app.marks.change({ ...targets, of: [4] }, { do: 'tag', to: tag });
  await app.marks.change({ ...targets, of: [4] }, { do: 'status', to: 5 });
  await page.getByTestId('history-open').click();
  await expect.poll(() => all('deed').length).toBeGreaterThan(1);
  expect(all('deed')[0]?.textContent).toContain('Status “Lost”');
  expect(all('deed')[0]?.textContent).toContain('You');
  all('deed')[1]?.querySelector('button')?.click();
  await expect.poll(() => backend.world.chats.get(4)?.marks.tags).toEqual(tagged);
  await expect.poll(() => all('deed')[1]?.textContent).toContain('taken back');
  // It is not taken back twice: the key goes on with what was done before it.
  await takeBack();
  await expect.poll(() => backend.world.chats.get(4)?.marks.status).not.toBe(5);
  expect(app.undo.any).toBe(false);
});

test('what is to be done stands in one list, by its day, and is done by keyboard', async () => {
  const { app, backend } = await opened();
  const save = (text: string, kind: 'i_owe' | 'they_owe', days: number, chat: number) =>
    backend.call('task_save', { task: { id: null, chat, kind, text, message: null, due_ms: Date.now() + days * 86_400_000 } }); // prettier-ignore
  await save('The very first', 'i_owe', -400, 7);
  await save('They pay', 'they_owe', 400, 9);
  part('conversation').focus();
  await userEvent.keyboard('gp');
  await expect.element(page.getByTestId('tasks-list')).toHaveFocus();
  await expect.poll(() => all('task-row')[0]?.textContent).toContain('The very first');
  expect(page.getByText('Overdue', { exact: true }).elements().length).toBe(1);
  await userEvent.keyboard('h');
  await userEvent.keyboard('in 3 days{Enter}');
  const first = async () => (await backend.call('tasks_open', {})).find(({ text }) => text === 'The very first'); // prettier-ignore
  await expect.poll(async () => ((await first())?.due_ms ?? 0) > Date.now()).toBe(true);
  await takeBack();
  await expect.poll(() => all('task-row')[0]?.textContent).toContain('The very first');
  part('tasks-list').focus();
  await userEvent.keyboard('{Home} ');
  await expect.poll(first).toBeUndefined();
  await expect.poll(() => all('task-row')[0]?.textContent).not.toContain('The very first');
  await takeBack();
  await expect.poll(() => all('task-row')[0]?.textContent).toContain('The very first');
  await page.getByText('They owe', { exact: true }).first().click();
  await expect.poll(() => all('task-row').some(({ textContent }) => textContent.includes('The very first'))).toBe(false); // prettier-ignore
  await page.getByText('All', { exact: true }).click();
  part('tasks-list').focus();
  await userEvent.keyboard('{Home}{Enter}');
  await expect.poll(() => [app.page, app.inbox?.list.open]).toEqual(['inbox', 7]);
});

test('what comes due is said, stays, and leads to its chat', async () => {
  const { app, backend } = await opened();
  const { id } = await backend.call('task_save', { task: { id: null, chat: 9, kind: 'follow_up', text: 'Ask about glass', message: null, due_ms: Date.now() } }); // prettier-ignore
  app.page = 'settings';
  backend.world.tell({ type: 'reminder', chat: 9, task: id });
  await expect.element(page.getByText('Ask about glass')).toBeVisible();
  expect(app.toasts.list.at(-1)?.stays).toBe(true);
  await page.getByTestId('toast').getByRole('button', { name: 'Open' }).click();
  await expect.poll(() => [app.page, app.inbox?.list.open]).toEqual(['inbox', 9]);
});
