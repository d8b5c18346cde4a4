import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';

const screens: Screen[] = [
  {
    name: 'who waits',
    options: { accounts: 5 },
    act: async ({ app }) => {
      await app.inbox?.list.show('waiting_on_me', null);
      await expect.element(page.getByTestId('wait-reason').first()).toBeVisible();
    },
  },
  {
    name: 'a filter, its conditions, and chats that are selected',
    act: async ({ app }) => {
      const { list, selection } = app.inbox ?? {};
      await list?.narrow({
        has: 'any',
        of: [
          { has: 'not', of: { has: 'unread' } },
          {
            has: 'every',
            of: [
              { has: 'tag', of: 1 },
              { has: 'quiet_days', of: 0 },
            ],
          },
        ],
      });
      selection?.selectAll();
      await expect.element(page.getByTestId('selection-bar')).toBeVisible();
      if (list) list.adding = true;
      await expect.element(page.getByTestId('condition-find')).toBeVisible();
    },
  },
  {
    name: 'a search with operators, and one that is not understood',
    act: async ({ app }) => {
      app.inbox?.search.show({ in: 'everywhere' });
      app.inbox?.search.type('дякую tag:VIP colour:red st');
      await expect.element(page.getByTestId('search-problem')).toBeVisible();
      await expect.element(page.getByTestId('search-complete').first()).toBeVisible();
    },
  },
  {
    name: 'the rule of who has gone quiet',
    act: ({ app }) => void (app.overlay = { kind: 'quiet' }),
  },
  {
    name: 'the rule of who waits no more',
    act: ({ app }) => void (app.overlay = { kind: 'let_go' }),
  },
  { name: 'arranging views', act: ({ app }) => void (app.overlay = { kind: 'views' }) },
  {
    name: 'a view that is renamed',
    act: ({ app }) => {
      const [view] = app.inbox?.catalogue.views ?? [];
      if (view) app.overlay = { kind: 'view', view };
    },
  },
];

axeFindsNothing(screens);
