// Tags that are made while one looks for them.

import type { Tag } from '$lib/backend';

/** As long a name as a tag may have. */
const LONGEST = 48;

/** The name of the tag that could be made of what was typed; `null` where it is none or taken. */
export function newTagName(typed: string, tags: readonly Tag[]): string | null {
  const name = typed.trim();
  const lower = name.toLocaleLowerCase();
  const taken = tags.some((tag) => tag.name.toLocaleLowerCase() === lower);
  return name === '' || name.length > LONGEST || taken ? null : name;
}
