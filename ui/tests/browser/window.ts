// Opens the whole window over a fake program, as an operator would see it.

import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { FakeBackend, type FakeOptions } from '../../src/lib/backend/fake/fake';
import { App as AppState } from '../../src/lib/state/app.svelte';
import App from '../../src/App.svelte';
import { loadLater } from '../../src/lib/views/later.svelte';

/** A window and what is behind it. */
export interface Opened {
  app: AppState;
  backend: FakeBackend;
}

/** Opens a window; resolves when its first screen is there. */
export async function openWindow(
  options: FakeOptions = {},
  Backend: typeof FakeBackend = FakeBackend,
): Promise<Opened> {
  await page.viewport(1280, 800);
  document.body.id = '';
  const backend = new Backend({ chats: 60, ...options });
  const app = new AppState(backend);
  const target = document.createElement('div');
  target.id = 'app';
  document.body.append(target);
  // What comes a moment later in a window stands there at once in a test.
  await loadLater();
  render(App, { target, props: { app } });
  await app.start();
  return { app, backend };
}

/** Rows of the chat list that are in the page. */
export const rows = () => [...document.querySelectorAll<HTMLElement>('[data-testid="chat-row"]')];

/** Messages that are in the page. */
export const messages = () => [
  ...document.querySelectorAll<HTMLElement>('[data-testid="conversation"] [data-testid="message"]'),
];

/** The element of a test id; fails where there is none. */
export function part(testid: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
  if (!element) throw new Error(`nothing is marked ${testid}`);
  return element;
}

/** Two frames: one to lay out, one to paint. */
export function frames(): Promise<void> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
  );
}
