import { expect } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';
import { part, type Opened } from './window';

const persons = () => document.querySelectorAll('[data-testid="person-row"]');

const inTable = async ({ app }: Opened) => {
  app.page = 'people';
  await expect.poll(() => persons().length).toBeGreaterThan(5);
};

const cellOf = (column: string) =>
  document.querySelector<HTMLElement>(`[data-testid="person-row"] [data-column="${column}"]`);

/** Opens the page of a person whom two accounts know. */
const onPage = async ({ app, backend }: Opened) => {
  const all = [...backend.world.chats.values()].filter(({ kind }) => kind === 'person');
  const twice = all.find(({ peer, id }) => all.some((other) => other.peer === peer && other.id !== id)); // prettier-ignore
  app.inbox?.person.show(twice?.id ?? 1);
  app.page = 'person';
  await expect.poll(() => document.querySelectorAll('[data-testid="timeline-through"]').length).toBeGreaterThan(0); // prettier-ignore
  await expect.poll(() => app.inbox?.person.known).toBe(true);
};

/** Few rows: each has a dozen cells, which axe looks at one by one. */
const few = { chats: 30 };

const screens: Screen[] = [
  { name: 'the table of people', options: few, act: inTable },
  {
    name: 'people narrowed, sorted and selected',
    options: few,
    act: async (opened) => {
      await inTable(opened);
      const { people } = opened.app.inbox ?? {};
      await people?.narrow({ has: 'not', of: { has: 'status', of: 5 } });
      const column = people?.columns.find(({ id }) => id === 'status');
      if (column) await people?.sortBy(column);
      people?.selection.selectAll();
      await expect.element(page.getByTestId('selection-bar')).toBeVisible();
    },
  },
  {
    name: 'an amount that does not fit',
    options: few,
    act: async (opened) => {
      await inTable(opened);
      const cell = cellOf('field:6');
      if (cell) await userEvent.dblClick(cell);
      await userEvent.fill(part('cell-input'), 'much');
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'half a date in a cell',
    options: few,
    act: async (opened) => {
      await inTable(opened);
      const cell = cellOf('field:4');
      if (cell) await userEvent.dblClick(cell);
      await userEvent.keyboard('0517{Enter}');
      await expect.element(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'the calendar of a cell',
    options: few,
    act: async (opened) => {
      await inTable(opened);
      const cell = cellOf('field:4');
      if (cell) await userEvent.dblClick(cell);
      await page.getByTestId('cell-input-open').click();
      await expect.poll(() => document.querySelector('[data-bits-day]')).not.toBeNull();
    },
  },
  {
    name: 'tags of a cell',
    options: few,
    act: async (opened) => {
      await inTable(opened);
      const cell = cellOf('tags');
      if (cell) await userEvent.dblClick(cell);
      await expect.element(page.getByTestId('cell-picker')).toBeVisible();
    },
  },
  {
    name: 'a tag that a cell could make',
    options: few,
    act: async (opened) => {
      await inTable(opened);
      const cell = cellOf('tags');
      if (cell) await userEvent.dblClick(cell);
      await page.getByTestId('cell-pick').fill('Sunday market');
      await expect.element(page.getByTestId('pick-make')).toBeVisible();
    },
  },
  {
    name: 'the columns of the table',
    options: few,
    act: async (opened) => {
      await inTable(opened);
      await page.getByTestId('people-columns').click();
      await expect.element(page.getByTestId('column-shown').first()).toBeVisible();
    },
  },
  { name: 'a person', options: { chats: 240 }, act: onPage },
  {
    name: 'what was done to the chats of a person',
    options: { chats: 240 },
    act: async (opened) => {
      await onPage(opened);
      const { app } = opened;
      const of = app.inbox?.person.chat ?? 0;
      await app.marks.change({ in: 'chats', of: [of] }, { do: 'pin', to: true });
      await page.getByTestId('history-open').click();
      await expect.element(page.getByTestId('deed').first()).toBeVisible();
    },
  },
  {
    name: 'a person, by what is kept of them',
    options: { chats: 240 },
    act: async (opened) => {
      await page.viewport(720, 760);
      await onPage(opened);
      document.querySelectorAll<HTMLElement>('[role="radiogroup"] label')[1]?.click();
      await expect.element(page.getByTestId('person-panel')).toBeVisible();
    },
  },
];

axeFindsNothing(screens);
