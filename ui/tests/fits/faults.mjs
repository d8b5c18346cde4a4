// Runs in the page: finds text that can not be read whole, lies over other text, or leaves the
// window; and boxes that scroll sideways.

/** @returns {string[]} */
export function faultsOf() {
  /** Somebody's names and messages may be any length: they may end in an ellipsis. */
  const FREE = '[dir="auto"], time, code, kbd, [data-testid="message"]';
  const found = new Set();

  const hides = (value) => value === 'hidden' || value === 'clip';
  const scrolls = (value) => value === 'auto' || value === 'scroll';
  const say = (kind, text, element) =>
    found.add(`${kind}: “${text.trim().slice(0, 50)}” in ${nameOf(element)}`);
  function nameOf(element) {
    const marked = element.closest('[data-testid]')?.getAttribute('data-testid');
    const name = [...element.classList].filter((one) => !one.startsWith('svelte-')).join('.');
    return `${element.tagName.toLowerCase()}${name && `.${name}`}${marked ? ` of ${marked}` : ''}`;
  }

  /** Whether a text is there for screen readers alone; libraries write that as a style of its own. */
  function isOutOfSight(element) {
    for (let box = element; box; box = box.parentElement) {
      if (getComputedStyle(box).clipPath === 'inset(50%)') return true;
    }
    return false;
  }

  /** What of a line of text is in sight, and in which layer. */
  function seen(node, line) {
    let { left, right, top, bottom } = line;
    let layer = null;
    for (let box = node.parentElement; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      if (hides(style.overflowX) && (right > edge.right + 1.5 || left < edge.left - 1.5)) {
        const short = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
        const told = box.closest('[title]') !== null;
        if (!short) return { cut: box };
        if (!told && !node.parentElement.closest(FREE)) return { cut: box };
      }
      if (scrolls(style.overflowX) || hides(style.overflowX)) {
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
      }
      if (hides(style.overflowY) && style.webkitLineClamp === 'none') {
        if (bottom <= edge.top || top >= edge.bottom) return null;
        if (bottom - edge.bottom > 6 || edge.top - top > 6) return { cut: box };
      }
      if (scrolls(style.overflowY) || hides(style.overflowY)) {
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
      }
      const apart = style.position !== 'static' && style.position !== 'relative';
      if (apart) layer ??= box;
      if (style.position === 'fixed') break;
    }
    if (right - left < 2 || bottom - top < 2) return null;
    return { left, right, top, bottom, layer };
  }

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element || element.closest('.sr-only, script, style, option'))
      continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (isOutOfSight(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      if (line.width < 1) continue;
      const part = seen(node, line);
      if (part?.cut) say('cut off', node.data, part.cut);
      else if (part && (part.right > innerWidth + 1 || part.left < -1))
        say('leaves the window', node.data, element); // prettier-ignore
      else if (part) lines.push({ ...part, node, element });
    }
  }

  for (const [index, one] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      if (one.node === other.node || one.layer !== other.layer) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 3 && high > 5) say('overlaps', `${one.node.data.trim().slice(0, 24)} / ${other.node.data}`, other.element); // prettier-ignore
    }
  }

  for (const box of document.querySelectorAll('body, body *')) {
    const style = getComputedStyle(box);
    // A table may be wider than its window; nothing else is.
    const sideways = box.scrollWidth > box.clientWidth + 1 && !box.matches('[role="grid"]');
    if (sideways && box.clientWidth > 0 && scrolls(style.overflowX) && box.checkVisibility()) {
      say('scrolls sideways', box.textContent ?? '', box);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) found.add('the page scrolls sideways');
  return [...found];
}
