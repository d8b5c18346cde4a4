import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { frames, messages, openWindow, part, rows } from './window';

const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/; // eslint-disable-line no-control-regex

async function hostileChat() {
  const opened = await openWindow({ hostile: true });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await opened.app.inbox?.open(1);
  await expect.poll(() => messages().length).toBeGreaterThan(5);
  await opened.app.inbox?.conversation?.jumpToLatest();
  await frames();
  return opened;
}

test('markup is shown as text and makes no elements', async () => {
  const title = document.title;
  await hostileChat();
  await expect.element(page.getByText('<img src=x onerror=').last()).toBeInTheDocument();
  expect(part('conversation').querySelector('script, b, img[src="x"]')).toBeNull();
  expect(document.title).not.toBe('owned');
  expect(title).not.toBe('owned');
});

test('nothing on the page turns the reading direction or hides characters', async () => {
  await hostileChat();
  expect(document.body.innerText).not.toMatch(unsafe);
  expect(part('conversation').textContent).not.toMatch(unsafe);
});

test('names lose tricks, keep their words, and a name of nothing gets one', async () => {
  const { app } = await hostileChat();
  const titleOf = (id: number) => document.querySelector(`[data-chat="${id}"] .title`)?.textContent;
  expect(titleOf(1)).toBe('Bank of <b>Trust</b> support');
  expect(titleOf(2)?.length).toBeLessThanOrEqual(128);
  expect(['Deleted account', 'No name']).toContain(titleOf(3));
  expect(app.inbox?.book.get(2)).toBeDefined();
});

test('thousands of emoji and one endless word stay within their bubble', async () => {
  await hostileChat();
  const { clientWidth } = part('conversation');
  for (const bubble of document.querySelectorAll<HTMLElement>('.bubble')) {
    expect(bubble.offsetWidth).toBeLessThanOrEqual(clientWidth);
    expect(bubble.scrollWidth).toBeLessThanOrEqual(bubble.offsetWidth + 1);
  }
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth);
});

test('a link in disguise is not opened', async () => {
  const { backend } = await hostileChat();
  await page.getByRole('link', { name: 'https://bank.example' }).click();
  await expect.element(page.getByText('This link is not a web address')).toBeVisible();
  expect(backend.opened).toEqual([]);
});

test('a link whose text names another target is shown before it opens', async () => {
  const { app, backend } = await hostileChat();
  const text = 'bank.example';
  const entities = [
    {
      kind: 'text_link' as const,
      offset: 0,
      length: text.length,
      value: 'https://evil.example/login',
    },
  ];
  backend.world.add(1, { text, out: false, entities });
  await app.inbox?.conversation?.jumpToLatest();
  await page.getByRole('link', { name: text }).last().click();
  await expect
    .element(page.getByTestId('confirm-quote'))
    .toHaveTextContent('https://evil.example/login');
  expect(backend.opened).toEqual([]);
  await page.getByTestId('confirm').click();
  await expect.poll(() => backend.opened).toEqual(['https://evil.example/login']);
});

test('entities that point outside their text are passed over', async () => {
  const { app, backend } = await hostileChat();
  const entities = [
    { kind: 'bold' as const, offset: 2, length: 900 },
    { kind: 'italic' as const, offset: -4, length: 2 },
    { kind: 'code' as const, offset: 0, length: 5 },
  ];
  backend.world.add(1, { text: 'short text', out: false, entities });
  await app.inbox?.conversation?.jumpToLatest();
  await expect.poll(() => messages().at(-1)?.querySelector('.code')?.textContent).toBe('short');
  expect(messages().at(-1)?.querySelector('.bold')).toBeNull();
});
