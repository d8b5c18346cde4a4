import { expect } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';

const screens: Screen[] = [
  {
    name: 'templates in the composer, of which one has a gap',
    act: async ({ app }) => {
      await app.inbox?.open(1);
      await page.getByTestId('composer').click();
      await userEvent.keyboard('/whole');
      await expect.element(page.getByTestId('picker-lacks')).toBeVisible();
    },
  },
  {
    name: 'a formatted text in the composer',
    act: async ({ app }) => {
      await app.inbox?.open(1);
      app.inbox?.composer?.insert({ text: 'a bold word', entities: [{ kind: 'bold', offset: 2, length: 4 }] }, 0, 0); // prettier-ignore
      await expect.element(page.getByTestId('composer')).toHaveValue('a bold word');
    },
  },
];

axeFindsNothing(screens);
