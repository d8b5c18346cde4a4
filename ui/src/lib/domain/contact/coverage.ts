// What a chat's record of its own completeness says, in words.

import type { Coverage, Gap } from '$lib/backend';
import { m } from '$lib/messages';
import { fullDate } from '$lib/shared/format';

const date = (unix: number) => fullDate(unix * 1000);

/** From when on all is here, as a sentence. */
export function coverageSentence({ gaps }: Coverage): string {
  const [newest] = gaps;
  if (!newest) return m.coverage_whole();
  return newest.to === null
    ? m.coverage_newest_missing()
    : m.coverage_since({ date: date(newest.to) });
}

/** Gaps worth naming: the one before everything is told by the sentence. */
export function inner({ gaps }: Coverage): Gap[] {
  return gaps.filter(({ from, to }, index) => !(index === 0 && from === null && to !== null));
}

/** A gap in words. */
export function gapText({ from, to }: Gap): string {
  if (from === null) return to === null ? m.gap_all() : m.gap_before({ date: date(to) });
  return to === null
    ? m.gap_after({ date: date(from) })
    : m.gap_between({ from: date(from), to: date(to) });
}
