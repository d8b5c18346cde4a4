import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, part, rows } from './window';

const DAY = 86_400;

/** A window in which two people are silent: a customer for 20 days, somebody else for 40. */
async function ready() {
  const opened = await openWindow({ accounts: 1, chats: 30 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const { app, backend } = opened;
  const inbox = app.inbox;
  if (!inbox) throw new Error('no workspace is open');
  const now = Math.floor(Date.now() / 1000);
  const people = [...backend.world.chats.values()].filter(
    ({ kind, archived, marks }) => kind === 'person' && !archived && marks.snoozed_until_ms === null,
  ); // prettier-ignore
  const silent = (index: number, days: number, tags: readonly number[]) => {
    const chat = people[index];
    if (!chat?.last) throw new Error('there are too few people');
    const last = { ...chat.last, out: true, date: now - days * DAY };
    backend.world.change(chat.id, (one) => {
      one.last = last;
      one.marks = { ...one.marks, tags: [...tags], status: null };
    });
    return chat.id;
  };
  for (const index of people.keys()) silent(index, 1, []);
  return { app, backend, inbox, list: inbox.list, customer: silent(0, 20, [1]), other: silent(1, 40, []) };
} // prettier-ignore

const words = () => part('quiet-line').querySelector('span')?.textContent;

test('who has gone quiet is the operator’s to say: after how long, and among whom', async () => {
  const { backend, inbox, list, customer, other } = await ready();
  await list.show('gone_quiet', null);
  await expect.poll(() => list.keys).toEqual([other]);
  expect(words()).toBe('Everybody silent for 30 days');
  await list.show('waiting_on_them', null);
  await expect.poll(() => list.keys.includes(customer)).toBe(true);
  expect(list.keys).not.toContain(other);
  await list.show('gone_quiet', null);

  await page.getByRole('button', { name: 'Gone quiet' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Change the rule' }).click();
  await page.getByTestId('quiet-days').fill('14');
  await page.getByTestId('quiet-whom-add').click();
  await page.getByTestId('condition-find').fill('tag');
  await userEvent.keyboard('{Enter}');
  await page.getByRole('option', { name: 'VIP' }).click();
  await userEvent.keyboard('{Escape}');
  await page.getByTestId('quiet-save').click();
  const rule = { days: 14, whom: { has: 'tag', of: 1 } } as const;
  await expect.poll(async () => (await backend.call('catalog', {})).quiet).toEqual(rule);
  await expect.poll(() => list.keys).toEqual([customer]);
  expect(words()).toBe('Silent for 14 days, Tag: VIP');
  await expect.poll(() => inbox.views.count('gone_quiet')?.chats, { timeout: 3000 }).toBe(1);
  // Whoever has gone quiet waits in no other list; whom the rule is not about goes on waiting there.
  await list.show('waiting_on_them', null);
  await expect.poll(() => list.keys.includes(other)).toBe(true);
  expect(list.keys).not.toContain(customer);

  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(async () => (await backend.call('catalog', {})).quiet).toBeNull();
  await expect.poll(() => list.keys.includes(customer)).toBe(true);
});

test('the rule is found among the settings, refuses what makes no sense, and goes back', async () => {
  const { app, backend } = await ready();
  await backend.call('set_quiet', { quiet: { days: 14, whom: { has: 'unread' } } });
  app.page = 'settings';
  app.section = 'statuses';
  await expect.element(page.getByText('Silent for 14 days, Unread')).toBeVisible();
  await page.getByTestId('quiet-change').click();
  await page.getByTestId('quiet-days').fill('0');
  await expect.element(page.getByTestId('quiet-save')).toBeDisabled();
  await page.getByTestId('quiet-reset').click();
  await page.getByTestId('quiet-save').click();
  await expect.poll(async () => (await backend.call('catalog', {})).quiet).toBeNull();
  await expect.element(page.getByText('Everybody silent for 30 days')).toBeVisible();
});

test('a tag that was deleted meanwhile is named as such, and taken out of the rule', async () => {
  const { backend, list, customer } = await ready();
  const whom = {
    has: 'any',
    of: [
      { has: 'tag', of: 2 },
      { has: 'tag', of: 1 },
    ],
  } as const;
  const kept = async () => (await backend.call('catalog', {})).quiet;
  await backend.call('set_quiet', { quiet: { days: 14, whom: { ...whom, of: [...whom.of] } } });
  await list.show('gone_quiet', null);
  await expect.poll(() => list.keys).toEqual([customer]);
  await backend.call('tag_delete', { tag: 1 });
  await expect.poll(words).toBe('Silent for 14 days, Tag: Опт or deleted tag');
  await expect.element(page.getByTestId('quiet-line-gone')).toHaveTextContent('The rule names what is no more: deleted tag'); // prettier-ignore

  // In the dialog: by the button, or one by one among the values of its condition.
  await page.getByRole('button', { name: 'Change the rule' }).first().click();
  await expect.element(page.getByTestId('quiet-gone')).toBeVisible();
  await page.getByTestId('quiet-whom').getByText('deleted tag').click();
  await page.getByRole('option', { name: 'deleted tag' }).click();
  await expect.element(page.getByTestId('quiet-gone')).not.toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  await userEvent.keyboard('{Escape}');

  // And above the list, with the way back.
  await page.getByTestId('quiet-line-gone').getByRole('button').click();
  await expect.poll(kept).toEqual({ days: 14, whom: { has: 'tag', of: 2 } });
  await expect.element(page.getByTestId('quiet-line-gone')).not.toBeInTheDocument();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(kept).toEqual({ days: 14, whom });
});
