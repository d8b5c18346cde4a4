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
