import { m } from '$lib/messages';

/** Names of the accounts' colours, in the order of their index. */
const names = [
  m.colour_red, m.colour_orange, m.colour_amber, m.colour_lime, m.colour_green, m.colour_teal,
  m.colour_cyan, m.colour_blue, m.colour_indigo, m.colour_violet, m.colour_pink, m.colour_slate,
] as const; // prettier-ignore

/** Every colour: its index and its name. */
export function colourNames(): { index: number; name: string }[] {
  return names.map((name, index) => ({ index, name: name() }));
}
