// Keeps what is being read where it is while messages come and go above and below. WebKit has no
// `overflow-anchor`, so it is done by hand in every browser.

import type { App } from '$lib/state/app.svelte';
import { isKeyOf } from '$lib/state/shortcuts';

/** How near to the end counts as "at the end". */
const NEAR_END = 48;

/** What is to stay where it is. */
export type Place = { kind: 'end' } | { kind: 'row'; row: string; offset: number };

/** Whether the newest message is in sight. */
export function atEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
}

/** The messages of a scroller, in order. */
export function rowsIn(scroller: HTMLElement): HTMLElement[] {
  return [...scroller.querySelectorAll<HTMLElement>('[data-row]')];
}

/** The first message whose lower edge lies below a height; rows are in order, so by halves. */
export function firstBelow(rows: readonly HTMLElement[], height: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && row.offsetTop + row.offsetHeight > height) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Notes what is in sight, before a change. */
export function notePlace(scroller: HTMLElement, followEnd: boolean): Place | null {
  if (followEnd && atEnd(scroller)) return { kind: 'end' };
  const rows = rowsIn(scroller);
  const row = rows[firstBelow(rows, scroller.scrollTop)];
  if (!row) return null;
  return { kind: 'row', row: row.dataset['row'] ?? '', offset: row.offsetTop - scroller.scrollTop };
}

/** How far the scroller is to be scrolled so that it stays there, after the change. */
export function topOf(scroller: HTMLElement, place: Place): number {
  if (place.kind === 'end') return scroller.scrollHeight;
  const row = scroller.querySelector<HTMLElement>(`[data-row="${place.row}"]`);
  return row ? row.offsetTop - place.offset : scroller.scrollTop;
}

/** Arrows always move in a list of messages; the operator's keys for "next" do too. */
export function stepOf(app: App, event: KeyboardEvent): number | undefined {
  if (isKeyOf(app, 'next', event)) return 1;
  if (isKeyOf(app, 'previous', event)) return -1;
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  return { ArrowUp: -1, ArrowDown: 1 }[event.code];
}

/** Gives a message the focus, and moves the list no further than that needs. */
export function focusRow(box: HTMLElement | null, row: number | undefined): void {
  const element = box?.querySelector<HTMLElement>(`[data-row="${row}"]`);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}
