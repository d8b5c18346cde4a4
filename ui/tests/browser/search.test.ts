import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, part, rows } from './window';

async function ready() {
  const opened = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const inbox = opened.app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  await userEvent.keyboard('{Control>}{Shift>}f{/Shift}{/Control}');
  await expect.element(page.getByTestId('search-input')).toBeVisible();
  return { ...opened, inbox, search: inbox.search };
}

const field = () => part('search-input') as HTMLInputElement;
const marked = (testid: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)]; // prettier-ignore

test('operators are completed by keys, shown as chips, and narrow messages to the chats they name', async () => {
  const { backend, search } = await ready();
  await userEvent.keyboard('дякую ta');
  await expect.poll(() => marked('search-complete').map((row) => row.textContent.trim())).toEqual(['tag:']); // prettier-ignore
  await userEvent.keyboard('{Tab}');
  expect(field().value).toBe('дякую tag:');
  await userEvent.keyboard('пост');
  await expect.poll(() => marked('search-complete').length).toBe(1);
  await userEvent.keyboard('{Tab}');
  expect(field().value).toBe('дякую tag:"Постійні клієнти з Дніпра" ');
  expect(marked('search-chip').map((chip) => chip.textContent.trim())).toEqual(['tag: Постійні клієнти з Дніпра']); // prettier-ignore
  // Until they are narrowed, those of the words alone may stand there.
  const tagged = (chat: number) => backend.world.chats.get(chat)?.marks.tags.includes(5);
  const narrowed = () => search.hits.length > 0 && search.hits.every(({ message }) => tagged(message.chat)); // prettier-ignore
  await expect.poll(narrowed).toBe(true);
  marked('search-chip')[0]?.click();
  await expect.poll(() => field().value).toBe('дякую');
});

test('who wrote, from when and until when', async () => {
  const { search } = await ready();
  await userEvent.keyboard('дякую from:me');
  await expect.poll(() => search.searched).toBe('дякую from:me');
  expect(search.hits.length).toBeGreaterThan(0);
  expect(search.hits.every(({ message }) => message.out)).toBe(true);
  await page.getByTestId('search-input').fill('дякую from:them before:2001-01-01');
  await expect.poll(() => search.searched).toContain('2001');
  expect(search.hits).toEqual([]);
});

test('an operator that does not exist is told in plain words, and nothing is asked', async () => {
  const { backend } = await ready();
  backend.calls.length = 0;
  await userEvent.keyboard('price colour:red');
  await expect.element(page.getByTestId('search-problem')).toHaveTextContent('There is no operator “colour:”'); // prettier-ignore
  await page.getByTestId('search-input').fill('price is:blue');
  await expect.element(page.getByTestId('search-problem')).toHaveTextContent('“is:blue” means nothing'); // prettier-ignore
  await page.getByTestId('search-input').fill('price after:31.02.2026');
  await expect.element(page.getByTestId('search-problem')).toHaveTextContent('is not a day');
  expect(backend.calls.filter(({ name, args }) => name === 'search' && /[a-z]:/.test((args as { query: string }).query))).toEqual([]); // prettier-ignore
});

test('operators alone list chats, and become the filter of the list', async () => {
  const { inbox, search } = await ready();
  await userEvent.keyboard('tag:VIP is:unread');
  await expect.poll(() => search.searched).toBe('tag:VIP is:unread');
  expect(search.chats.length).toBeGreaterThan(0);
  expect(search.chats.every(({ unread, unread_mark }) => unread > 0 || unread_mark)).toBe(true);
  await page.getByTestId('search-as-list').click();
  await expect
    .poll(() => inbox.list.filter)
    .toEqual({
      has: 'every',
      of: [{ has: 'tag', of: 1 }, { has: 'unread' }],
    });
});

test('tags and notes are found beside chats and messages', async () => {
  const { search, inbox } = await ready();
  await userEvent.keyboard('wholesale');
  await expect.poll(() => search.tags.length).toBe(1);
  await page.getByTestId('search-tag').click();
  await expect.poll(() => inbox.list.filter).toEqual({ has: 'tag', of: 3 });
  inbox.search.show({ in: 'everywhere' });
  await page.getByTestId('search-input').fill('склад');
  await expect.poll(() => marked('search-note').length).toBeGreaterThan(0);
  // Whose note it is, and what of it was looked for.
  const about = () => inbox.book.get(search.notes[0]?.chat ?? null)?.title ?? 'nobody';
  await expect.poll(() => marked('search-note')[0]?.innerText).toContain(about());
  expect(marked('search-note')[0]?.querySelector('mark')?.textContent).toBe('склад');
  marked('search-note')[0]?.click();
  await expect.poll(() => inbox.list.open).toBe(search.notes[0]?.chat);
});

test('a note that was found is brought to sight in the panel and pointed out for a moment', async () => {
  const { search, inbox, app, backend } = await ready();
  for (let nth = 0; nth < 12; nth++) {
    const text = nth === 0 ? 'Keeps a parrot' : `One of many\n${'and more\n'.repeat(6)}${nth}`;
    await backend.call('note_save', { note: { id: null, chat: 4, text, pinned: false } });
  }
  app.looks.setPanelHidden(true);
  await page.getByTestId('search-input').fill('parrot');
  await expect.poll(() => marked('search-note').length).toBe(1);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => inbox.list.open).toBe(4);
  const pointed = () => document.querySelector<HTMLElement>('[data-testid="note"].marked');
  await expect.poll(() => pointed()?.innerText).toContain('Keeps a parrot');
  const { top, bottom } = pointed()?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  expect(top).toBeGreaterThan(0);
  expect(bottom).toBeLessThan(innerHeight);
  // The panel alone moved.
  expect(document.scrollingElement?.scrollTop).toBe(0);
  // The next hit is an arrow away.
  await expect.element(page.getByTestId('search-input')).toHaveFocus();
  await expect.poll(pointed, { timeout: 4000 }).toBeNull();
  // In the chat that is open it is pointed out again, also where the notes were searched for another.
  await page.getByLabelText('Find in notes').fill('many');
  await expect.poll(() => document.querySelectorAll('[data-testid="note"]').length).toBe(11);
  search.show({ in: 'everywhere' });
  await expect.poll(() => marked('search-note').length).toBe(1);
  marked('search-note')[0]?.click();
  await expect.poll(() => pointed()?.innerText).toContain('Keeps a parrot');
  // The panel may be closed again.
  app.looks.setPanelHidden(true);
  await backend.call('note_save', { note: { id: null, chat: 4, text: 'Another', pinned: false } });
  await expect.poll(() => document.querySelector('[data-testid="notes"]')).toBeNull();
});

test('in a window without room for both, the note that was found takes the focus', async () => {
  const { backend, inbox } = await ready();
  await page.viewport(720, 800);
  await backend.call('note_save', { note: { id: null, chat: 4, text: 'Keeps a parrot', pinned: false } }); // prettier-ignore
  await page.getByTestId('search-input').fill('parrot');
  await expect.poll(() => marked('search-note').length).toBe(1);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => inbox.list.open).toBe(4);
  await expect.poll(() => document.activeElement?.textContent).toContain('Keeps a parrot');
});

test('promises and follow-ups are found, open ones first, and lead to their message', async () => {
  const { backend, inbox, search } = await ready();
  const chat = inbox.list.keys.find((id) => backend.world.history(id).length > 40) ?? 0;
  const message = backend.world.history(chat).at(-30)?.id ?? 0;
  const due_ms = Date.now() + 86_400_000;
  const keep = async (text: string, part: object) => {
    const task = { id: null, chat, kind: 'i_owe' as const, text, message: null, due_ms: null, ...part };
    return (await backend.call('task_save', { task })).id;
  }; // prettier-ignore
  const done = await keep('Send quartz samples, done', {});
  await backend.call('task_finish', { task: done, done: true });
  await keep('Quartz without a day', {});
  await keep('Ask about quartz', { kind: 'follow_up', due_ms, message });
  await page.getByTestId('search-input').fill('quartz');
  const found = () => marked('search-task').map((row) => row.innerText.replaceAll('\n', ' '));
  await expect.poll(() => found().length).toBe(3);
  const title = () => inbox.book.get(chat)?.title ?? '';
  await expect.poll(() => found()[0]).toContain(title());
  expect(found()[0]).toContain('Follow-up: Ask about quartz');
  expect(found()[0]).toMatch(/Due /);
  expect(found()[1]).toContain('I owe: Quartz without a day');
  expect(found()[2]).toMatch(/done .*I owe: Send quartz samples, done/);
  expect(marked('search-task')[0]?.querySelector('mark')?.textContent).toBe('quartz');
  marked('search-task')[0]?.click();
  await expect.poll(() => inbox.list.open).toBe(chat);
  expect(backend.calls.some(({ name, args }) => name === 'locate' && (args as { message: number }).message === message)).toBe(true); // prettier-ignore
  await page.getByTestId('search-input').fill('-tag:VIP quartz');
  const among = backend.world.chats.get(chat)?.marks.tags.includes(1) ? 0 : 3;
  await expect.poll(() => search.searched).toBe('-tag:VIP quartz');
  expect(search.tasks.length).toBe(among);
});

test('messages are listed without words, by what they hold and who wrote them', async () => {
  const { search, backend } = await ready();
  backend.calls.length = 0;
  await userEvent.keyboard('has:photo from:them');
  await expect.poll(() => search.searched).toContain('from:them');
  await expect.poll(() => search.hits.length).toBeGreaterThan(0);
  expect(search.hits.every(({ message }) => message.kind === 'photo' && !message.out)).toBe(true);
  const asked = backend.calls.filter(({ name }) => name === 'search');
  expect(asked.at(-1)?.args).toMatchObject({ query: '', filter: { has: 'every', of: [{ has: 'kind', of: 'photo' }, { has: 'not', of: { has: 'out' } }] } }); // prettier-ignore
  expect(asked.length).toBeLessThan(12);
});

test('a minus leaves out: chats with a tag, photos, and what I wrote', async () => {
  const { search, backend } = await ready();
  await userEvent.keyboard('дякую -ta');
  await expect.poll(() => marked('search-complete').map((row) => row.textContent.trim())).toEqual(['tag:']); // prettier-ignore
  await userEvent.keyboard('{Tab}VIP ');
  expect(field().value).toBe('дякую -tag:VIP ');
  expect(marked('search-chip').map((chip) => chip.textContent.trim())).toEqual(['not tag: VIP']);
  await expect.poll(() => search.hits.length).toBeGreaterThan(0);
  const tags = (chat: number) => backend.world.chats.get(chat)?.marks.tags ?? [];
  await expect.poll(() => search.hits.some(({ message }) => tags(message.chat).includes(1))).toBe(false); // prettier-ignore
  await page.getByTestId('search-input').fill('-has:media -from:me');
  await expect.poll(() => search.searched).toContain('-from:me');
  expect(search.hits.length).toBeGreaterThan(0);
  expect(search.hits.every(({ message }) => message.kind !== 'photo' && !message.out)).toBe(true);
  await page.getByTestId('search-input').fill('-has:link -from:nobody has:photo');
  await expect.poll(() => search.searched).toContain('nobody');
  expect(search.hits.length).toBeGreaterThan(0);
  expect(search.hits.every(({ message }) => message.kind === 'photo')).toBe(true);
});

test('operators are joined by OR and brackets, over chats and messages alike', async () => {
  const { search, backend } = await ready();
  const tags = (chat: number) => backend.world.chats.get(chat)?.marks.tags ?? [];
  await userEvent.keyboard('tag:VIP OR (has:photo from:them)');
  await expect.poll(() => search.searched).toContain('from:them');
  expect(marked('search-chip').length).toBe(3);
  expect(marked('search-joint').map((joint) => joint.textContent)).toEqual(['or', '(', ')']);
  const vip = search.hits.filter(({ message }) => tags(message.chat).includes(1));
  const photos = search.hits.filter(({ message }) => message.kind === 'photo' && !message.out);
  expect(photos.length).toBeGreaterThan(0);
  expect(new Set([...vip, ...photos]).size).toBe(search.hits.length);
  marked('search-chip')[0]?.click();
  await expect.poll(() => field().value).toBe('(has:photo from:them)');
  await expect.poll(() => search.searched).toBe('(has:photo from:them)');
  expect(search.hits.every(({ message }) => message.kind === 'photo' && !message.out)).toBe(true);
});

test('an OR beside a word is explained', async () => {
  await ready();
  await userEvent.keyboard('price OR has:photo');
  await expect.element(page.getByTestId('search-problem')).toHaveTextContent('joins operators');
});

test('a kind of chat, and what stands in a field, narrow it; a list says what it leaves out', async () => {
  const { backend, inbox, search } = await ready();
  await userEvent.keyboard('kind:супер');
  await expect.poll(() => marked('search-complete').map((row) => row.textContent.trim())).toEqual(['kind:супергруппа']); // prettier-ignore
  await page.getByTestId('search-input').fill('kind:supergroup');
  await expect.poll(() => search.chats.length).toBeGreaterThan(0);
  expect(search.chats.every(({ kind }) => kind === 'supergroup')).toBe(true);
  expect(marked('search-left-out')).toHaveLength(0);

  const city = { id: 0, builtin: null, name: 'Home town', kind: 'text' as const, options: [], remind: false, yearly: false }; // prettier-ignore
  await backend.call('field_save', { field: city });
  await expect.poll(() => inbox.catalogue.fields.some(({ name }) => name === 'Home town')).toBe(true); // prettier-ignore
  const id = inbox.catalogue.fields.find(({ name }) => name === 'Home town')?.id ?? 0;
  const person = [...backend.world.chats.values()].find(({ kind }) => kind === 'person');
  await backend.call('value_set', { chat: person?.id ?? 0, field: id, value: 'Львів' });
  await page.getByTestId('search-input').fill('field:home');
  await userEvent.keyboard('{Tab}');
  expect(field().value).toBe('field:"Home town=');
  await userEvent.keyboard('львів" price from:me');
  await expect.poll(() => search.plan.filter).toEqual({ has: 'field', of: [id, { is: 'equal', to: 'львів' }] }); // prettier-ignore
  await expect.element(page.getByTestId('search-left-out')).toHaveTextContent('price, from:me');
  await page.getByTestId('search-as-list').click();
  await expect.poll(() => inbox.list.keys.includes(person?.id ?? 0)).toBe(true);
});

test('operators and their values are completed and understood in Cyrillic', async () => {
  const { search } = await ready();
  await userEvent.keyboard('мет');
  await expect.poll(() => marked('search-complete').map((row) => row.textContent.trim())).toEqual(['метка:']); // prettier-ignore
  await page.getByTestId('search-input').fill('это:непроч');
  await userEvent.keyboard('{Tab}');
  expect(field().value).toBe('это:непрочитанный ');
  await expect.poll(() => search.plan.filter).toEqual({ has: 'unread' });
  await page.getByTestId('search-input').fill('є:нотатка тип:людина');
  await expect.poll(() => search.plan.filter).toEqual({ has: 'every', of: [{ has: 'noted' }, { has: 'kind', of: 'person' }] }); // prettier-ignore
});

test('how long somebody waits or is silent is asked for, turned round, and completed with units', async () => {
  const { search } = await ready();
  const input = page.getByTestId('search-input');
  const offered = () => marked('search-complete').map((row) => row.textContent.trim());
  await input.fill('waiting:');
  await expect.poll(offered).toEqual(['waiting:1h', 'waiting:4h', 'waiting:1d', 'waiting:2d']);
  await input.fill('-чекає:>3');
  await expect.poll(offered).toEqual(['чекає:>3h', 'чекає:>3d']);
  await input.fill('quiet:45');
  await expect.poll(offered).toEqual(['quiet:45d']);
  await input.fill('waiting:>2d -quiet:30д');
  const waits = { has: 'waiting_on_me', of: 2880 } as const;
  const silent = { has: 'not', of: { has: 'quiet_days', of: 30 } } as const;
  await expect.poll(() => search.plan.filter).toEqual({ has: 'every', of: [waits, silent] });
  await input.fill('waiting:soon');
  await expect.element(page.getByText('“soon” is no length of time')).toBeVisible();
  await input.fill('quiet:36h');
  await expect.element(page.getByText('“36h” is no number of days')).toBeVisible();
});

test('somebody is found by a username, a phone number and what is noted of them', async () => {
  const { backend, search } = await ready();
  const people = [...backend.world.chats.values()].filter(({ kind }) => kind === 'person');
  const named = people.find(({ username }) => username !== null);
  const reached = people.find(({ id }) => id % 2 === 1);
  if (!named || !reached) throw new Error('nobody can be found');
  const { phone } = await backend.call('contact', { chat: reached.id });
  const found = async (words: string, id: number) => {
    await page.getByTestId('search-input').fill(words);
    await expect.poll(() => search.chats.map((chat) => chat.id), { message: words }).toContain(id);
  };
  await found(`@${named.username}`, named.id);
  await found(phone ?? '', reached.id);
  await found('555 1', reached.id);
  const [field] = (await backend.call('catalog', {})).fields;
  if (!field) throw new Error('there are no fields');
  await backend.call('value_set', { chat: named.id, field: field.id, value: 'Zanzibar' });
  await found('zanzi', named.id);
  // Three digits are in too many numbers.
  await page.getByTestId('search-input').fill('555');
  await expect.poll(() => search.searched).toBe('555');
  expect(search.chats.map((chat) => chat.id)).not.toContain(reached.id);
});
