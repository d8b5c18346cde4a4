import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Ticks from '$lib/domain/chat/Ticks.svelte';

const boxOf = (svg: SVGSVGElement | null) => {
  const { x, y, width, height } = svg?.getBBox() ?? new DOMRect();
  return [x, y, width, height];
};

/** The two strokes of Lucide's check-check, each an element of its own. */
const strokes = ['M18 6 7 17l-5-5', 'm22 10-7.5 7.5L13 16'];

test('the ticks of a message that was read are drawn as the icon that they are', async () => {
  const ours = await render(Ticks, { delivery: 'read' });
  const drawn = ours.container.querySelector('svg');
  // An icon is one path: otherwise the package's own component draws it, which takes ten times as long.
  expect(drawn?.children).toHaveLength(1);
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const d of strokes) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    icon.append(path);
  }
  document.body.append(icon);
  expect(boxOf(icon)[2]).toBeGreaterThan(10);
  expect(boxOf(drawn)).toEqual(boxOf(icon));
});
