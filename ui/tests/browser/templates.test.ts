import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow, part, rows } from './window';

const names = () => [...document.querySelectorAll('[data-testid="template"] .name')].map((name) => name.textContent.trim()); // prettier-ignore
const body = () => part('template-body') as HTMLTextAreaElement;
const preview = () => part('template-preview').textContent;

async function ready(options = {}) {
  const opened = await openWindow(options);
  if (!('accounts' in options)) await expect.poll(() => rows().length).toBeGreaterThan(5);
  await userEvent.keyboard('gt');
  await expect.element(page.getByTestId('templates')).toBeVisible();
  return opened;
}

async function openTemplate(name: string) {
  await page.getByTestId('template').filter({ hasText: name }).click();
  await expect.element(page.getByTestId('template-editor')).toBeVisible();
}

test('templates stand by category, are found by a few letters, and say what they lack', async () => {
  await ready();
  await expect.poll(names).toContain('On its way');
  const headings = [...document.querySelectorAll('[data-testid="templates"] h2')];
  expect(headings.map((heading) => heading.textContent.trim())).toEqual(['Greetings', 'Payment', 'Delivery', 'No category']); // prettier-ignore
  await expect.element(page.getByText('Not in: Ukrainian').first()).toBeVisible();
  await page.getByTestId('template-search').fill('pay rem');
  await expect.poll(names).toEqual(['Friendly payment reminder']);
  part('template-search').focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('template-name')).toHaveValue('Friendly payment reminder');
  await page.getByTestId('template-search').fill('xyzzy');
  await page.getByText('Clear the search').click();
  await expect.poll(() => names().length).toBeGreaterThan(4);
});

test('a text is formatted by keys, seen as the open chat would get it, saved and taken back', async () => {
  const { app, backend } = await ready();
  const person = [...backend.world.chats.values()].find(({ kind }) => kind === 'person');
  await app.inbox?.open(person?.id ?? 0);
  await openTemplate('Out of hours');
  await page.getByTestId('template-body').fill('Hello {first_name}, thanks');
  body().setSelectionRange(6, 18);
  await userEvent.keyboard('{Control>}b{/Control}');
  await expect.poll(() => body().value).toBe('Hello **{first_name}**, thanks');
  const [first] = (app.inbox?.chat?.title ?? '').split(' ');
  await expect.poll(preview).toContain(`Hello ${first}, thanks`);
  await expect.poll(() => part('template-preview').querySelector('.bold')?.textContent).toBe(first);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  const kept = () => backend.call('templates', {}).then((all) => all.find(({ name }) => name === 'Out of hours')?.versions[0]?.body); // prettier-ignore
  await expect.poll(kept).toBe('Hello **{first_name}**, thanks');
  body().blur();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(kept).toContain('We are closed');
  await expect.poll(() => body().value).toContain('We are closed');
});

test('an unknown variable is named in its place, mended with one press, and not saved before', async () => {
  await ready();
  await openTemplate('First reply');
  await page.getByTestId('template-body').fill('Hi {frist_name}');
  await expect.element(page.getByText('There is no variable {frist_name}. Did you mean {first_name}?')).toBeVisible(); // prettier-ignore
  await expect.element(page.getByTestId('template-save')).toBeDisabled();
  await page.getByText('Fix it', { exact: true }).click();
  await expect.poll(() => body().value).toBe('Hi {first_name}');
  await expect.element(page.getByTestId('template-error')).not.toBeInTheDocument();
  await expect.element(page.getByTestId('template-save')).toBeEnabled();
});

test('a missing language is added beside the others', async () => {
  const { backend } = await ready();
  await openTemplate('Out of hours');
  await page.getByTestId('language-add-uk').click();
  await expect.poll(() => body().value).toBe('');
  await page.getByTestId('template-body').fill('Ми зачинені');
  await page.getByTestId('template-save').click();
  const all = () => backend.call('templates', {});
  await expect.poll(async () => (await all())[1]?.versions.map(({ language }) => language)).toEqual(['en', 'ru', 'uk']); // prettier-ignore
});

test('what is not saved is kept while another template is looked at', async () => {
  await ready();
  await openTemplate('First reply');
  await page.getByTestId('template-name').fill('First answer');
  await openTemplate('On its way');
  await expect.element(page.getByText('not saved')).toBeVisible();
  await openTemplate('First reply');
  expect((part('template-name') as HTMLInputElement).value).toBe('First answer');
  await page.getByTestId('template-discard').click();
  await expect.poll(() => (part('template-name') as HTMLInputElement).value).toBe('First reply');
});

test('templates are duplicated, deleted and brought back', async () => {
  await ready();
  await openTemplate('First reply');
  await page.getByTestId('template-duplicate').click();
  await expect.poll(names).toContain('First reply 2');
  expect((part('template-name') as HTMLInputElement).value).toBe('First reply 2');
  await page.getByTestId('template-delete').click();
  await expect.poll(names).not.toContain('First reply 2');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(names).toContain('First reply 2');
});

test('the order is changed by the keyboard, within a category', async () => {
  const { backend } = await ready();
  await expect.poll(() => names().length).toBeGreaterThan(4);
  const handle = page.getByRole('button', { name: 'Payment details' }).first();
  (handle.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(() => names().slice(2, 4)).toEqual(['Friendly payment reminder', 'Payment details']); // prettier-ignore
  const all = await backend.call('templates', {});
  expect(all.map(({ name }) => name).slice(0, 2)).toEqual(['First reply', 'Out of hours']);
});

test('a category is renamed in its place', async () => {
  const { backend } = await ready();
  await page.getByTestId('category-menu').nth(1).click();
  await page.getByText('Rename the category').click();
  await page.getByTestId('category-name').fill('Money');
  await userEvent.keyboard('{Enter}');
  await expect.poll(async () => (await backend.call('templates', {}))[2]?.category).toBe('Money');
});

test('an empty page offers templates that are ready', async () => {
  const { backend } = await ready({ stage: { stage: 'open', workspace: 'main', demo: false }, accounts: 0 }); // prettier-ignore
  for (const { id } of await backend.call('templates', {})) await backend.call('template_delete', { template: id }); // prettier-ignore
  await page.getByTestId('starters-offer').click();
  await page.getByTestId('starter').nth(1).click();
  await page.getByText('Add 4 templates').click();
  await expect.poll(() => names().length).toBe(4);
  expect(names()).not.toContain('Out of hours');
});

test('a file says what it would change before anything is', async () => {
  const { backend } = await ready();
  await expect.poll(() => names().length).toBeGreaterThan(4);
  const before = names();
  await page.getByTestId('templates-import').click();
  const text = 'name,category,language,text\nNew one,Sales,en,Hi {first_name}\nFirst reply,Greetings,de,Hallo\nBad,,en,{nothing}\n'; // prettier-ignore
  await page.getByTestId('import-file').upload(new File([text], 'templates.csv'));
  const outcomes = () => [...document.querySelectorAll('[data-testid="import-line"]')].map((line) => line.getAttribute('data-outcome')); // prettier-ignore
  await expect.poll(outcomes).toEqual(['new', 'changed', 'refused']);
  await expect.element(page.getByText('There is no variable {nothing}')).toBeVisible();
  expect((await backend.call('templates', {})).length).toBe(before.length);
  await page.getByTestId('import-take').click();
  await expect.poll(names).toContain('New one');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(names).toEqual(before);
});

test('a file of another kind is refused in words', async () => {
  await ready();
  await page.getByTestId('templates-import').click();
  await page.getByTestId('import-file').upload(new File(['{}'], 'other.json'));
  await expect.element(page.getByTestId('import-failed')).toHaveTextContent('not in that form');
  await expect.element(page.getByTestId('import-take')).toBeDisabled();
});

test('templates are exported as text of either form', async () => {
  const { backend } = await ready();
  await page.getByTestId('templates-export').click();
  const text = () => (part('export-text') as HTMLTextAreaElement).value;
  await expect.poll(text).toContain('"switchboard": "templates"');
  await page.getByText('CSV').click();
  await expect.poll(text).toContain('name,category,language,text');
  await page.getByTestId('export-save').click();
  await expect.element(page.getByText('Written to /home/olga/templates.csv')).toBeVisible();
  expect(backend.written.map(({ name }) => name)).toEqual(['templates.csv']);
  expect(backend.written[0]?.text).toMatch(/^\ufeffname,category/);
});
