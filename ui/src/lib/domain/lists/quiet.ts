import type { GoneQuiet } from '$lib/backend';
import { m } from '$lib/messages';
import { count } from '$lib/shared/format';
import { filterWords, type Names } from './conditions';
import { treeOf } from './tree';

/** Days of silence at most: ten years. */
export const MOST_DAYS = 3650;

/** Days of silence as somebody typed them; `null` where no rule can have them. */
export function daysTyped(text: string): number | null {
  const days = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MOST_DAYS ? days : null;
}

/** After how long somebody whom nobody answered waits no more, in words. */
export function letGoWords(days: number | null): string {
  if (days === null) return m.let_go_ever();
  return m.let_go_within({ days: m.days_n({ count: days, shown: count(days) }) });
}

/** Which people have gone quiet, in words. */
export function quietWords({ days, whom }: GoneQuiet, names: Names): string {
  const span = m.days_n({ count: days, shown: count(days) });
  if (!whom) return m.quiet_everybody({ days: span });
  return m.quiet_some({ days: span, whom: filterWords(treeOf(whom), names) });
}
