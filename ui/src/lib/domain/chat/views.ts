// The views of the sidebar: names and icons.

import Archive from '@lucide/svelte/icons/archive';
import Inbox from '@lucide/svelte/icons/inbox';
import MailOpen from '@lucide/svelte/icons/mail';
import User from '@lucide/svelte/icons/user';
import Users from '@lucide/svelte/icons/users';
import { m } from '$lib/messages';
import type { View } from '$lib/state/chatList.svelte';

/** Icon of each view. */
export const viewIcons = {
  all: Inbox,
  unread: MailOpen,
  people: User,
  groups: Users,
  archive: Archive,
} as const;

/** Name of a view. */
export function viewName(view: View): string {
  const names = {
    all: m.view_all,
    unread: m.view_unread,
    people: m.view_people,
    groups: m.view_groups,
    archive: m.view_archive,
  };
  return names[view]();
}
