import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Stage, Theme } from '../../src/lib/backend';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { frames, messages, openWindow, rows, type Opened } from './window';

const error = { code: 'damaged' as const, detail: 'page 7', until_ms: null };
const locked = (needs: 'passphrase' | 'new_passphrase' | 'keyring_unlock'): Stage => ({
  stage: 'locked',
  workspace: 'main',
  needs,
});

interface Screen {
  name: string;
  options?: FakeOptions;
  act?: (opened: Opened) => void | Promise<void>;
}

async function inChat({ app }: Opened): Promise<void> {
  await app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
}

const screens: Screen[] = [
  { name: 'first run', options: { stage: { stage: 'first_run' } } },
  { name: 'unlock', options: { stage: locked('passphrase') } },
  { name: 'new passphrase', options: { stage: locked('new_passphrase') } },
  { name: 'keyring', options: { stage: locked('keyring_unlock') } },
  { name: 'broken', options: { stage: { stage: 'broken', workspace: 'main', error } } },
  { name: 'inbox', options: { accounts: 5 }, act: inChat },
  { name: 'empty', options: { accounts: 0 } },
  {
    name: 'failed and replying',
    act: async (opened) => {
      await inChat(opened);
      const { composer, conversation } = opened.app.inbox ?? {};
      if (composer) composer.text = 'this will fail';
      await composer?.submit();
      await expect.poll(() => conversation?.outgoing[0]?.state.state).toBe('failed');
      composer?.answer(conversation?.messages.at(-1) ?? null);
    },
  },
  {
    name: 'search',
    act: async (opened) => {
      await inChat(opened);
      opened.app.inbox?.search.show({ in: 'everywhere' });
      opened.app.inbox?.search.type('дякую');
      await expect.poll(() => opened.app.inbox?.search.hits.length).toBeGreaterThan(3);
    },
  },
  ...(['appearance', 'accounts', 'data', 'about'] as const).map((section) => ({
    name: `settings, ${section}`,
    options: { accounts: 5 },
    act: async ({ app }: Opened) => {
      app.page = 'settings';
      await page.getByTestId(`settings-${section}`).click();
    },
  })),
  { name: 'palette', act: ({ app }) => void (app.overlay = { kind: 'palette' }) },
  { name: 'shortcuts', act: ({ app }) => void (app.overlay = { kind: 'shortcuts' }) },
  { name: 'add an account', act: ({ app }) => void (app.overlay = { kind: 'add', account: null }) },
  { name: 'wipe', act: ({ app }) => void (app.overlay = { kind: 'wipe_demo' }) },
  { name: 'notice', act: ({ app }) => app.report(error) },
];

const themes: Theme[] = ['light', 'dark'];

for (const { name, options, act } of screens) {
  test(`axe finds nothing: ${name}`, async () => {
    for (const theme of themes) {
      for (const language of ['en', 'ru', 'uk']) {
        const opened = await openWindow({ ...options, looks: { theme, language } });
        if (options?.stage === undefined && options?.accounts !== 0) {
          await expect.poll(() => rows().length).toBeGreaterThan(5);
        }
        await act?.(opened);
        await frames();
        const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
        const found = violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join('\n')}`,
        );
        expect(found, `${theme}, ${language}`).toEqual([]);
        opened.app.overlay = null;
        await frames();
        const { cleanup } = await import('vitest-browser-svelte');
        await cleanup();
      }
    }
  });
}
