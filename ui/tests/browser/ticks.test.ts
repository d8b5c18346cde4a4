import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import CheckCheck from '@lucide/svelte/icons/check-check';
import Ticks from '$lib/domain/chat/Ticks.svelte';

const boxOf = (svg: SVGSVGElement | null) => {
  const { x, y, width, height } = svg?.getBBox() ?? new DOMRect();
  return [x, y, width, height];
};

test('the ticks of a message that was read are drawn as the icon that they are', async () => {
  const ours = await render(Ticks, { delivery: 'read' });
  const icon = await render(CheckCheck, {});
  const expected = boxOf(icon.container.querySelector('svg'));
  expect(expected[2]).toBeGreaterThan(10);
  expect(boxOf(ours.container.querySelector('svg'))).toEqual(expected);
});
