// What time it is where somebody is, in words.

import { m } from '$lib/messages';
import { locale } from '$lib/shared/locale.svelte';
import { timeThere } from './zones';

/** "21:14 there", and whether it is night there; `null` where a value names no time zone. */
export function thereWords(value: string, now: number): { words: string; night: boolean } | null {
  const there = timeThere(value, locale(), now);
  if (!there) return null;
  const { time, night } = there;
  return { words: night ? m.zone_there_night({ time }) : m.zone_there({ time }), night };
}
