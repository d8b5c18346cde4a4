import { expect, test } from 'vitest';
import { strayWords } from './literals';

test.each([
  ["app.toasts.show('Saved')", 'Saved'],
  ['toasts.show(done ? m.done() : `Failed: ${code}`)', 'Failed:'],
  ["app.overlay = { kind: 'ask', title: 'Delete', about: m.about() }", 'Delete'],
  ["button.setAttribute('aria-label', name ?? 'Close')", 'Close'],
  ["element.title = 'Unread'", 'Unread'],
  ["const words = { failed: 'It was not sent' }", 'It was not sent'],
])('words of the window are found: %s', (script, words) => {
  expect(strayWords(script)).toEqual([words]);
});

test.each([
  "app.toasts.show(m.saved({ name: 'main' }))",
  "throw new Error('no workspace is open')",
  "const error = { code: 'damaged', detail: `page ${page} is lost` }",
  "const keys = ['KeyG KeyI']",
  "field.querySelector('[data-x] footer button')",
  "const look = { kind: 'ask', label: m.label() }",
])('others are left alone: %s', (script) => {
  expect(strayWords(script)).toEqual([]);
});
