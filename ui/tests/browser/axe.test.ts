import { expect } from 'vitest';
import { page } from 'vitest/browser';
import type { Stage } from '../../src/lib/backend';
import { axeFindsNothing, type Screen } from './screens';
import { messages, type Opened } from './window';

const error = { code: 'damaged' as const, detail: 'page 7', until_ms: null };
const locked = (needs: 'passphrase' | 'new_passphrase' | 'keyring_unlock' | 'confirm'): Stage => ({
  stage: 'locked',
  workspace: 'main',
  needs,
});

async function inChat({ app }: Opened): Promise<void> {
  await app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
}

async function signUpNeeded(backend: Opened['backend']): Promise<void> {
  await page.getByTestId('api-id').fill('12345');
  await page.getByTestId('api-hash').fill('0123456789abcdef0123456789abcdef');
  await page.getByTestId('phone').fill('+999661234500');
  await page.getByTestId('send-code').click();
  await expect.element(page.getByTestId('code')).toBeVisible();
  const [login] = await backend.call('logins', {});
  backend.world.logins.move(login?.id ?? 0, { step: 'sign_up_needed' });
  await expect.element(page.getByTestId('login-again')).toBeVisible();
}

const screens: Screen[] = [
  { name: 'first run', options: { stage: { stage: 'first_run' } } },
  { name: 'unlock', options: { stage: locked('passphrase') } },
  { name: 'new passphrase', options: { stage: locked('new_passphrase') } },
  { name: 'locked', options: { stage: locked('confirm') } },
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
  { name: 'palette', act: ({ app }) => void (app.overlay = { kind: 'palette' }) },
  { name: 'shortcuts', act: ({ app }) => void (app.overlay = { kind: 'shortcuts' }) },
  { name: 'add an account', act: ({ app }) => void (app.overlay = { kind: 'add', account: null }) },
  {
    name: 'what was left, what is kept, and what is known',
    act: async ({ app, backend }) => {
      const via = { via: 'telegram', api_id: 1, api_hash: '0'.repeat(32) } as const;
      const request = { via, phone: '+999661234500', account: null };
      await backend.call('login_start', { request });
      app.overlay = { kind: 'add', account: null };
      await expect.element(page.getByTestId('left-login')).toBeVisible();
      document.querySelector<HTMLElement>('[data-testid="honest"] summary')?.click();
    },
  },
  {
    name: 'the open list of countries',
    act: async ({ app }) => {
      app.overlay = { kind: 'add', account: null };
      await page.getByTestId('country').fill('+38');
      await expect.element(page.getByTestId('country-item').first()).toBeVisible();
    },
  },
  {
    name: 'a number without an account',
    act: async ({ app, backend }) => {
      app.overlay = { kind: 'add', account: null };
      await signUpNeeded(backend);
    },
  },
  { name: 'wipe', act: ({ app }) => void (app.overlay = { kind: 'wipe_demo' }) },
  { name: 'notice', act: ({ app }) => app.report(error) },
];

axeFindsNothing(screens);
