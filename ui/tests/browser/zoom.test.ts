import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { openWindow, part } from './window';

/** Where something stands, once it has come to rest there. */
async function placeOf(find: () => Element | null | undefined): Promise<DOMRect> {
  let last = new DOMRect();
  await expect
    .poll(() => {
      const before = last;
      last = find()?.getBoundingClientRect() ?? new DOMRect();
      return last.width > 0 && before.x === last.x && before.y === last.y;
    })
    .toBe(true);
  return last;
}

test.each([100, 150, 200])('what opens beside a button stands there at %i %%', async (zoom) => {
  await openWindow({ looks: { zoom } });
  await page.getByTestId('filter-add').click();
  await expect.element(page.getByTestId('condition-find')).toBeVisible();
  const popover = await placeOf(() => document.querySelector('.filter-popover'));
  const button = part('filter-add').getBoundingClientRect();
  expect(Math.abs(popover.top - button.bottom)).toBeLessThan(12);
  expect(popover.right).toBeLessThanOrEqual(window.innerWidth);
  expect(popover.bottom).toBeLessThanOrEqual(window.innerHeight);
});
