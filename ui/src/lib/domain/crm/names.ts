// What came with the program is named in the window's language until the operator renames it.

import type { ChatStatus } from '$lib/backend';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';

const statuses: Record<string, () => string> = {
  new: m.status_new,
  in_progress: m.status_in_progress,
  waiting: m.status_waiting,
  done: m.status_done,
  lost: m.status_lost,
};

/** Name of a status. */
export function statusName({ name, builtin }: Pick<ChatStatus, 'name' | 'builtin'>): string {
  return cleanName(name) || (builtin === null ? undefined : statuses[builtin]?.()) || m.no_name();
}
