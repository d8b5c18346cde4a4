import { expect } from 'vitest';
import { page } from 'vitest/browser';
import type { ChatId, Targets } from '../../src/lib/backend';
import { axeFindsNothing, type Screen } from './screens';
import { messages, type Opened } from './window';

const targets: Targets = { in: 'chats', of: [3, 4] };
/** Opens a chat that has notes, tasks, fields and more tags than fit. */
const inChat =
  (id: ChatId) =>
  async ({ app, backend }: Opened) => {
    for (const tag of [1, 2, 3, 4, 5, 6]) {
      await backend.call('change_chats', { targets: { in: 'chats', of: [id] }, change: { do: 'tag', to: tag } }); // prettier-ignore
    }
    await app.inbox?.open(id);
    await expect.poll(() => messages().length).toBeGreaterThan(3);
  };

const screens: Screen[] = [
  { name: 'a chat with many tags', act: inChat(4) },
  {
    name: 'a promise that a message may have kept',
    act: async (opened) => {
      const task = { id: null, chat: 4, kind: 'i_owe' as const, text: 'Send the price list', message: null, due_ms: Date.now() - 1 }; // prettier-ignore
      await opened.backend.call('task_save', { task });
      await opened.app.inbox?.tasks.load();
      await inChat(4)(opened);
      await page.getByTestId('composer').fill('Here it is');
      await page.getByTestId('send').click();
      await expect.element(page.getByTestId('kept-offer').first()).toBeVisible();
    },
  },
  { name: 'status', act: ({ app }) => void (app.overlay = { kind: 'status', targets }) },
  { name: 'tags', act: ({ app }) => void (app.overlay = { kind: 'tags', targets }) },
  {
    name: 'a new tag',
    act: async ({ app }) => {
      app.overlay = { kind: 'tags', targets };
      await page.getByTestId('tag-picker-input').fill('New');
      await page.getByTestId('tag-picker-item').last().click();
      await expect.element(page.getByTestId('tag-name')).toBeVisible();
    },
  },
  { name: 'snooze', act: ({ app }) => void (app.overlay = { kind: 'snooze', targets }) },
  {
    name: 'a day to snooze until',
    act: async ({ app }) => {
      app.overlay = { kind: 'snooze', targets };
      await page.getByTestId('snooze-picker-item').last().click();
      await expect.element(page.getByTestId('when-date')).toBeVisible();
    },
  },
  { name: 'a note', act: ({ app }) => void (app.overlay = { kind: 'note', chat: 3, note: null }) },
  {
    name: 'a promise whose day is not understood',
    act: async ({ app }) => {
      app.overlay = { kind: 'task', chat: 3, task: null, message: null, what: 'i_owe' };
      await page.getByTestId('due').fill('some day');
    },
  },
  { name: 'what is to be done', act: ({ app }) => void (app.page = 'tasks') },
  {
    name: 'the history of a chat',
    act: async (opened) => {
      await inChat(4)(opened);
      await page.getByTestId('history-open').click();
      await expect.element(page.getByTestId('deed').first()).toBeVisible();
    },
  },
];

axeFindsNothing(screens);
