// Colours of tags and statuses: one of the twelve names, or any `#rrggbb`.

/** The named colours, in the order in which they are offered. */
export const colours = [
  'red', 'orange', 'amber', 'lime', 'green', 'teal', 'cyan', 'blue', 'indigo', 'violet', 'pink', 'slate',
] as const; // prettier-ignore
export type Colour = (typeof colours)[number];

/** Whether it is one of the twelve. */
export const isNamed = (colour: string): colour is Colour => colours.includes(colour as Colour);

/** Whether a colour is a free one. */
export function isFree(colour: string): boolean {
  return /^#[\da-f]{6}$/i.test(colour);
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Whether black reads better than white on a colour; the better one has at least 4.58 to 1. */
export function wantsDarkText(colour: string): boolean {
  const light = luminance(colour) + 0.05;
  return light / 0.05 > 1.05 / light;
}

/** Custom properties `--fg` and `--bg` of a colour, for `style`. */
export function colourStyle(colour: string): string {
  if (!isFree(colour)) {
    const name = isNamed(colour) ? colour : 'slate';
    return `--fg: var(--tag-${name}-fg); --bg: var(--tag-${name}-bg)`;
  }
  return `--fg: var(--on-${wantsDarkText(colour) ? 'bright' : 'deep'}); --bg: ${colour}`;
}
