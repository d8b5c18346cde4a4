/** Custom property `--dot` for a mark in a tag's colour: one of the twelve names, or `#rrggbb`. */
export function dotStyle(colour: string): string {
  if (/^#[\da-f]{6}$/i.test(colour)) return `--dot: ${colour}`;
  return /^[a-z]+$/.test(colour) ? `--dot: var(--tag-${colour}-fg)` : '';
}
