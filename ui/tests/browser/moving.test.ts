import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openWindow } from './window';

async function openData() {
  const opened = await openWindow();
  opened.app.page = 'settings';
  await page.getByTestId('settings-data').click();
  await expect.element(page.getByTestId('export-all')).toBeVisible();
  return opened;
}

const asked = (calls: readonly { name: string; args: unknown }[], name: string) =>
  calls.filter((call) => call.name === name).map((call) => call.args);

test('settings and everything go into the files that were chosen', async () => {
  const { backend } = await openData();
  await page.getByTestId('export-settings').click();
  await expect.element(page.getByText(/Written to .*settings\.json/)).toBeVisible();
  await page.getByTestId('export-all').click();
  await expect.element(page.getByText(/Written to .*all\.json/)).toBeVisible();
  const window = expect.objectContaining({ theme: 'system', density: 'comfortable' });
  expect(asked(backend.calls, 'state_export')).toEqual([
    { file: '/home/olga/switchboard-settings.json', people: false, window },
    { file: '/home/olga/switchboard-all.json', people: true, window },
  ]);
});

test('an import is shown before it is done, and taken back by one key', async () => {
  const { app, backend } = await openData();
  app.looks.setFirstWeekday(6);
  const before = app.looks.portable;
  await page.getByTestId('import-state').click();
  const tags = page.getByTestId('import-parts').getByRole('row', { name: /Tags/ });
  await expect.element(tags).toHaveTextContent(/Wholesale/);
  expect(asked(backend.calls, 'state_import')).toEqual([
    { file: '/home/olga/switchboard-all.json', look: true, window: before },
  ]);
  const look = page.getByTestId('import-parts').getByRole('row', { name: /^Window/ });
  await expect.element(look).toHaveTextContent(/Window\s*0\s*3\s*0\s*0/);
  expect(document.documentElement.dataset['theme']).toBeUndefined();
  await page.getByTestId('import-take').click();
  await expect.element(page.getByText(/taken in from switchboard-all\.json/)).toBeVisible();
  expect(document.documentElement.dataset['theme']).toBe('dark');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => asked(backend.calls, 'undo').length).toBe(1);
  await expect.poll(() => document.documentElement.dataset['theme']).toBeUndefined();
  expect(app.looks.portable).toEqual(before);
});

test('what was chosen after an import is kept when the import is taken back', async () => {
  const { app, backend } = await openData();
  const before = app.looks.portable;
  await page.getByTestId('import-state').click();
  await page.getByTestId('import-take').click();
  await expect.poll(() => app.looks.theme).toBe('dark');
  app.looks.setTheme('light');
  const [newest] = await backend.call('deeds', { chats: [], before: null, limit: 1 });
  if (newest) await app.marks.takeBack(newest, 'the import');
  expect(newest?.kind).toBe('imported');
  expect(app.looks.portable).toEqual({ ...before, theme: 'light' });
});

test('a file of another form is refused in words', async () => {
  const { backend } = await openData();
  backend.fail('state_import', 'import_unreadable');
  await page.getByTestId('import-state').click();
  await expect.element(page.getByText('This file cannot be taken in')).toBeVisible();
  await expect.element(page.getByTestId('import-take')).not.toBeInTheDocument();
});

test('a table of people is told what its columns are, shown, and taken in', async () => {
  const { backend } = await openData();
  await page.getByTestId('import-people').click();
  await expect.element(page.getByTestId('import-nobody')).toBeVisible();
  await expect.element(page.getByTestId('people-take')).toBeDisabled();
  await page.getByLabelText('What “Client” is').selectOptions('Name');
  await expect.element(page.getByTestId('import-matched')).toHaveTextContent('118 rows were found');
  await page.getByText('Which ones').click();
  await expect.element(page.getByText('several people have that name')).toBeVisible();
  await page.getByTestId('people-take').click();
  await expect.element(page.getByText(/118 people taken in/)).toBeVisible();
  expect(asked(backend.calls, 'people_import')).toEqual([
    { file: '/home/olga/switchboard-all.json', columns: [{ is: 'name' }, { is: 'tags' }, { is: 'note' }], look: true },
    { file: '/home/olga/switchboard-all.json', columns: [{ is: 'name' }, { is: 'tags' }, { is: 'note' }], look: false },
  ]); // prettier-ignore
});

/** Goes on by Tab until something is reached that fits. */
async function tabTo(fits: (element: HTMLElement) => boolean): Promise<HTMLElement> {
  for (let steps = 0; steps < 80; steps++) {
    await userEvent.keyboard('{Tab}');
    const reached = document.activeElement;
    if (reached instanceof HTMLElement && fits(reached)) return reached;
  }
  throw new Error('nothing that fits is reached by Tab');
}
const is = (testid: string) => (element: HTMLElement) => element.dataset['testid'] === testid;

test('a table of people is taken in, and out again, without a pointer', async () => {
  const { backend } = await openWindow();
  await userEvent.keyboard('gs');
  await tabTo(is('settings-data'));
  await userEvent.keyboard('{Enter}');
  await tabTo(is('import-people'));
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('import-nobody')).toBeVisible();
  await tabTo((element) => element.getAttribute('aria-label') === 'What “Client” is');
  // The list's own way to choose: the beginning of a name.
  await userEvent.keyboard('Name');
  await expect.element(page.getByTestId('import-matched')).toHaveTextContent('118 rows were found');
  await tabTo((element) => element.tagName === 'SUMMARY');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('several people have that name')).toBeVisible();
  await tabTo(is('people-take'));
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/118 people taken in/)).toBeVisible();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => asked(backend.calls, 'undo').length).toBe(1);
});
