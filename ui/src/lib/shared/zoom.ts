// The window is zoomed as a whole. Where a pointer is, is told in pixels of the screen then, and where
// an element is to stand, in its own.

/** How many of the pointer's pixels make one of an element's. */
export function scaleOf(element: HTMLElement): number {
  const { offsetWidth } = element;
  return offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / offsetWidth;
}
