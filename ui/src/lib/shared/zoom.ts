// The window is zoomed as a whole. Where a pointer is, is told in pixels of the screen then, and where
// an element is to stand, in its own.

/** How many of the pointer's pixels make one of an element's. */
export function scaleOf(element: HTMLElement): number {
  const { offsetWidth } = element;
  return offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / offsetWidth;
}

/**
 * Zooms the window, in per cent. What floats beside a field is placed in pixels of the screen, and some
 * lengths are the window's own, so style sheets know both: `--zoom` is the zoom as a factor, `--scale`
 * what `scaleOf` says of any element (1 where the web view tells places in an element's own pixels).
 */
export function useZoom(percent: number): void {
  const { style } = document.documentElement;
  const zoomed = percent !== 100;
  style.setProperty('zoom', zoomed ? `${percent}%` : '');
  style.setProperty('--zoom', String(percent / 100));
  style.setProperty('--scale', String(zoomed ? scaleOf(document.body) : 1));
}
