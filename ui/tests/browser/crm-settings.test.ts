import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, rows } from './window';

async function section(name: 'tags' | 'statuses' | 'fields') {
  const opened = await openWindow();
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  opened.app.page = 'settings';
  opened.app.section = name;
  const catalogue = opened.app.inbox?.catalogue;
  await expect.poll(() => catalogue?.loaded).toBe(true);
  return { ...opened, catalogue };
}

const takeBack = () => userEvent.keyboard('{Control>}z{/Control}');

test('tags are made, renamed, put into order by keyboard, and each change comes back', async () => {
  const { catalogue } = await section('tags');
  const names = () => catalogue?.tags.map(({ name }) => name);
  const before = names();
  await page.getByTestId('tag-new').click();
  await page.getByTestId('tag-name').fill('Newcomers');
  await page.getByLabelText('Lime').element().dispatchEvent(new MouseEvent('click', { bubbles: true })); // prettier-ignore
  await page.getByTestId('tag-make').click();
  await expect
    .poll(() => catalogue?.tags.at(-1))
    .toMatchObject({ name: 'Newcomers', colour: 'lime' });
  await page.getByRole('button', { name: 'Change “VIP”' }).click();
  await page.getByTestId('tag-name').fill('returns');
  await page.getByTestId('tag-make').click();
  // Taken already: said, and the dialog stays.
  await expect.element(page.getByText('has this name already')).toBeVisible();
  await page.getByTestId('tag-name').fill('Very important');
  await page.getByTestId('tag-make').click();
  await expect.poll(() => names()?.[0]).toBe('Very important');
  document.querySelector<HTMLElement>('[data-testid="order-handle"]')?.focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(() => names()?.[1]).toBe('Very important');
  for (let step = 0; step < 3; step++) await takeBack();
  await expect.poll(names).toEqual(before);
});

test('a tag is deleted after it was told who loses it, or goes into another one', async () => {
  const { backend, catalogue } = await section('tags');
  const uses = await backend.call('tag_uses', { tag: 3 });
  const has = (tag: number) => [...backend.world.chats.values()].filter(({ marks }) => marks.tags.includes(tag)).length; // prettier-ignore
  const [three, one] = [has(3), has(1)];
  await page.getByRole('button', { name: 'Delete “Wholesale”' }).click();
  await expect.element(page.getByTestId('tag-uses')).toHaveTextContent(String(uses));
  await page.getByTestId('tag-remove').click();
  await expect.poll(() => has(3)).toBe(0);
  await takeBack();
  await expect.poll(() => has(3)).toBe(three);
  await expect.poll(() => catalogue?.tag(3)?.name).toBe('Wholesale');
  await page.getByRole('button', { name: 'Merge “Wholesale”' }).click();
  await page.getByTestId('tag-into').selectOptions('VIP');
  await page.getByTestId('tag-remove').click();
  await expect.poll(() => catalogue?.tag(3)).toBeUndefined();
  expect(has(1)).toBeGreaterThanOrEqual(Math.max(one, three));
  await takeBack();
  await expect.poll(() => [has(3), has(1)]).toEqual([three, one]);
});

test('a status gets another icon, and its chats go where the operator says', async () => {
  const { backend, catalogue } = await section('statuses');
  const has = (status: number) => [...backend.world.chats.values()].filter(({ marks }) => marks.status === status).length; // prettier-ignore
  await page.getByRole('button', { name: 'Change “Lost”' }).click();
  document.querySelector<HTMLInputElement>('input[value="thumbs-down"]')?.click();
  await page.getByTestId('status-save').click();
  await expect.poll(() => catalogue?.status(5)).toMatchObject({ icon: 'thumbs-down', name: '', builtin: 'lost' }); // prettier-ignore
  const [lost, waiting] = [has(5), has(3)];
  await page.getByRole('button', { name: 'Delete “Lost”' }).click();
  await expect.element(page.getByTestId('status-uses')).toHaveTextContent(String(lost));
  await page.getByTestId('status-instead').selectOptions('Waiting');
  await page.getByTestId('status-remove').click();
  await expect.poll(() => has(3)).toBe(waiting + lost);
  await takeBack();
  await expect.poll(() => [has(5), has(3)]).toEqual([lost, waiting]);
  await page.getByTestId('status-new').click();
  await page.getByTestId('status-name').fill('Shipped');
  await page.getByTestId('choice-closed').click();
  await page.getByTestId('status-save').click();
  await expect
    .poll(() => catalogue?.statuses.at(-1))
    .toMatchObject({ name: 'Shipped', kind: 'closed' });
});

test('rules are switched off and on, with the status that they give', async () => {
  const { catalogue } = await section('statuses');
  await expect.element(page.getByTestId('rule-reopen')).toHaveAttribute('aria-checked', 'true');
  await page.getByTestId('rule-reopen').click();
  await expect.poll(() => catalogue?.rules.reopen).toBeNull();
  await takeBack();
  await expect.poll(() => catalogue?.rules.reopen).toBe(1);
  await page.getByTestId('rule-answered').click();
  await page.getByTestId('rule-answered-status').selectOptions('Waiting');
  await expect.poll(() => catalogue?.rules.answered).toBe(3);
});

test('fields are made with their choices; those that came with the program stay', async () => {
  const { catalogue } = await section('fields');
  await page.getByTestId('field-new').click();
  await page.getByTestId('field-name').fill('Size');
  await page.getByTestId('field-kind').selectOptions('Choice');
  await expect.element(page.getByTestId('field-save')).toBeDisabled();
  await page.getByTestId('field-options').fill('S\nM\n\nM\nL');
  await page.getByTestId('field-save').click();
  await expect.poll(() => catalogue?.fields.at(-1)).toMatchObject({ name: 'Size', kind: 'choice', options: ['S', 'M', 'L'] }); // prettier-ignore
  await expect.element(page.getByRole('button', { name: 'Delete “Language”' })).toBeDisabled();
  await page.getByRole('button', { name: 'Delete “Size”' }).click();
  await page.getByTestId('confirm').click();
  await expect.poll(() => catalogue?.fields.some(({ name }) => name === 'Size')).toBe(false);
  await takeBack();
  await expect.poll(() => catalogue?.fields.some(({ name }) => name === 'Size')).toBe(true);
});

test('a date raises a follow-up never, once, or every year', async () => {
  const { catalogue } = await section('fields');
  await page.getByTestId('field-new').click();
  await page.getByTestId('field-name').fill('Contract ends');
  await page.getByTestId('field-kind').selectOptions('Date');
  await page.getByTestId('field-remind').selectOptions('Every year');
  await page.getByTestId('field-save').click();
  await expect.poll(() => catalogue?.fields.at(-1)).toMatchObject({ name: 'Contract ends', remind: true, yearly: true }); // prettier-ignore
});
