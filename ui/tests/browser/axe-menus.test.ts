import { expect } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';
import { conditions, type Condition } from '../../src/lib/domain/lists/conditions';
import { remind } from '../../src/lib/state/reminders';
import { messages, part, type Opened } from './window';

/** Asks for the menu of what is marked so. */
async function menuOf(testid: string): Promise<void> {
  await expect.element(page.getByTestId(testid).first()).toBeInTheDocument();
  part(testid).dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 300, clientY: 200 }),
  );
  await expect.element(page.getByRole('menu')).toBeVisible();
}

const inChat = async ({ app }: Opened) => {
  await app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
};

/** A condition that is asked for its value, by its place among those offered. */
async function condition(name: Condition): Promise<void> {
  const place = conditions.indexOf(name);
  await page.getByTestId('filter-add').click();
  await expect.element(page.getByTestId('condition-find')).toBeVisible();
  await userEvent.keyboard(`${'{ArrowDown}'.repeat(place)}{Enter}`);
}

/** The notices stay while they are looked at. */
function hold({ app }: Opened): void {
  for (const { id } of app.toasts.list) app.toasts.keep(id, true);
}

const screens: Screen[] = [
  { name: 'the menu of a chat', act: () => menuOf('chat-row') },
  {
    name: 'the menu of several selected chats',
    act: async ({ app }) => {
      for (const id of app.inbox?.list.keys.slice(0, 3) ?? []) app.inbox?.selection.toggle(id);
      await menuOf('chat-row');
    },
  },
  { name: 'the menu of a view', act: () => menuOf('view') },
  { name: 'the menu of a saved view', act: () => menuOf('saved-view') },
  { name: 'the menu of a folder', act: () => menuOf('folder') },
  {
    name: 'the menu of a message',
    act: async (opened) => {
      await inChat(opened);
      await menuOf('message');
    },
  },
  {
    name: 'the orders of a list',
    act: async () => {
      await page.getByTestId('sort').click();
      await expect.element(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'the menu of a category of templates',
    act: async ({ app }) => {
      app.page = 'templates';
      await page.getByTestId('category-menu').first().click();
      await expect.element(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'the variables of a template',
    act: async ({ app }) => {
      app.page = 'templates';
      await page.getByTestId('template').first().click();
      await page.getByTestId('variables').click();
      await expect.element(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'a condition that is changed',
    act: async ({ app }) => {
      await app.inbox?.list.narrow({ has: 'tag', of: 1 });
      await page.getByTestId('filter-chip').getByRole('button').first().click();
      await expect.element(page.getByTestId('condition-values')).toBeVisible();
    },
  },
  {
    name: 'the calendar of a condition',
    act: async () => {
      await condition('since');
      await page.getByTestId('condition-date-open').click();
      await expect.element(page.getByTestId('calendar-today')).toBeVisible();
    },
  },
  {
    name: 'half a date in a condition',
    act: async () => {
      await condition('since');
      await page.getByTestId('condition-date').fill('05');
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'a condition of a field',
    act: async () => {
      await condition('field');
      await expect.element(page.getByTestId('condition-field')).toBeVisible();
    },
  },
  {
    name: 'notices: one that can be taken back, one that leads to a chat',
    act: async (opened) => {
      const { app } = opened;
      await inChat(opened);
      const chat = app.inbox?.chat;
      if (chat) app.deeds.archive(chat);
      await remind(app, 2, null);
      hold(opened);
      await expect.element(page.getByTestId('toast').nth(1)).toBeVisible();
    },
  },
  {
    name: 'a disk with little room',
    act: ({ backend }) => backend.world.tell({ type: 'disk', room: 'little' }),
  },
  {
    name: 'a damaged workspace',
    act: async ({ backend }) => {
      backend.world.damage = { copy: '/home/olga/crm.db.damaged-1' };
      backend.world.tell({ type: 'damaged' });
      await expect.element(page.getByRole('alert')).toBeVisible();
    },
  },
];

axeFindsNothing(screens);
