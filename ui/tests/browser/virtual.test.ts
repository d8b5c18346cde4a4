import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { frames, openWindow, part, rows } from './window';

const skeletons = () => document.querySelectorAll('[data-testid="chat-skeleton"]');

/** Whether rows with contents cover the list from edge to edge. */
function covered(): boolean {
  const list = part('chat-list').getBoundingClientRect();
  const boxes = rows().map((row) => row.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return top <= list.top + 1 && bottom >= list.bottom - 1;
}

test('100,000 chats: few rows in the page and none blank, wherever one scrolls', async () => {
  const { app } = await openWindow({ chats: 100_000 });
  const total = app.inbox?.list.keys.length ?? 0;
  await expect.poll(() => app.inbox?.list.keys.length).toBeGreaterThan(90_000);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const list = part('chat-list');
  expect(list.scrollHeight).toBe((app.inbox?.list.keys.length ?? total) * 64);
  for (const share of [0, 0.1, 0.37, 0.5, 0.83, 0.999, 1, 0.02]) {
    list.scrollTop = list.scrollHeight * share;
    await frames();
    expect(rows().length + skeletons().length).toBeLessThan(60);
    await expect.poll(() => skeletons().length).toBe(0);
    expect(covered()).toBe(true);
  }
});

test('rows say their place in the whole list, and End goes to its end', async () => {
  const { app } = await openWindow({ chats: 5000 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const option = document.querySelector('[data-testid="chat-list"] [role="option"]');
  expect(option?.getAttribute('aria-posinset')).toBe('1');
  expect(Number(option?.getAttribute('aria-setsize'))).toBe(app.inbox?.list.keys.length);
  part('chat-list').focus();
  await userEvent.keyboard('{End}');
  const last = app.inbox?.list.keys.at(-1);
  await expect.poll(() => rows().some((row) => Number(row.dataset['chat']) === last)).toBe(true);
  expect(app.inbox?.list.cursor).toBe(last);
});

test('only rows in sight are read', async () => {
  const { backend } = await openWindow({ chats: 20_000 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const asked = backend.calls
    .filter((call) => call.name === 'chats')
    .flatMap((call) => (call.args as { ids: number[] }).ids);
  expect(asked.length).toBeLessThan(60);
});

test('an event about many chats reads again just what is shown', async () => {
  const { backend, app } = await openWindow({ chats: 3000 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  backend.calls.length = 0;
  const chat = backend.world.chats.get(app.inbox?.list.keys[0] ?? 0);
  if (chat) chat.title = 'Renamed just now';
  backend.world.tell({ type: 'chats', account: 1, chats: [] });
  await expect.poll(() => rows()[0]?.textContent).toContain('Renamed just now');
  const asked = backend.calls.filter((call) => call.name === 'chats');
  expect(asked.flatMap((call) => (call.args as { ids: number[] }).ids).length).toBeLessThan(60);
});

/** The colours of a picture's second line of pixels, each once. */
async function secondLine(base64: string): Promise<Set<string>> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  if (!canvas) throw new Error('nothing can be drawn');
  canvas.drawImage(image, 0, 0);
  // Less a pixel on each side, where it may lie between two.
  const { data } = canvas.getImageData(4, 1, image.width - 24, 1);
  return new Set(Array.from({ length: data.length / 4 }, (_, at) => data.slice(at * 4, at * 4 + 3).join(' '))); // prettier-ignore
}

test('whatever passes the edge of the list leaves the ring of its focus whole', async () => {
  await openWindow({ chats: 200 });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  const list = part('chat-list');
  await userEvent.keyboard('{Tab}');
  list.focus();
  expect(list.matches(':focus-visible')).toBe(true);
  list.scrollTop = 32;
  await frames();
  const base64 = await page.getByTestId('chat-list').screenshot({ save: false });
  expect([...(await secondLine(base64))]).toHaveLength(1);
});
