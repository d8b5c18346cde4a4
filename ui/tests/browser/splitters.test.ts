import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { frames, openWindow, part, rows } from './window';

const separator = () => {
  const found = document.querySelector('[role="separator"][aria-label="Width of the list"]');
  if (!found) throw new Error('no separator');
  return found;
};

test.each([100, 125])(
  'a splitter stays under the pointer at a zoom of %i per cent',
  async (zoom) => {
    const { app, backend } = await openWindow({ looks: { zoom } });
    await expect.poll(() => rows().length).toBeGreaterThan(5);
    await frames();
    const before = separator().getBoundingClientRect().left;
    await userEvent.dragAndDrop(
      page.getByRole('separator', { name: 'Width of the list' }),
      page.getByTestId('chat-list'),
      { targetPosition: { x: 2.8 * zoom, y: 200 } },
    );
    await frames();
    const after = separator().getBoundingClientRect().left;
    expect(after).toBeLessThan(before - 20);
    const dropped = part('chat-list').getBoundingClientRect().left + 2.8 * zoom;
    expect(Math.abs(after - dropped)).toBeLessThan(4);
    await expect.poll(async () => (await backend.looks()).splits[1]).toBe(app.looks.split(1));
  },
);

test('a width that was kept is there from the start, within its bounds', async () => {
  const { app } = await openWindow({ looks: { splits: [0, 300, 9000] } });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  expect(part('chat-list').offsetWidth).toBe(300);
  expect(app.looks.split(2)).toBe(420);
});
