// The views of the sidebar: names and icons.

import Archive from '@lucide/svelte/icons/archive';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Inbox from '@lucide/svelte/icons/inbox';
import MailOpen from '@lucide/svelte/icons/mail';
import MessageCircleReply from '@lucide/svelte/icons/message-circle-reply';
import Moon from '@lucide/svelte/icons/moon';
import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import Pin from '@lucide/svelte/icons/pin';
import User from '@lucide/svelte/icons/user';
import Users from '@lucide/svelte/icons/users';
import type { View } from '$lib/backend';
import type { BuiltinView } from '$lib/domain/lists/builtin';
import { savedViewIcon } from '$lib/domain/lists/icons';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';

/** Icon of each view that every workspace has. */
const viewIcons = {
  all: Inbox,
  unread: MailOpen,
  waiting_on_me: MessageCircleReply,
  waiting_on_them: Hourglass,
  gone_quiet: Moon,
  pinned: Pin,
  snoozed: AlarmClock,
  people: User,
  groups: Users,
  archive: Archive,
} as const;

/** Name of such a view. */
function viewName(view: BuiltinView): string {
  const names = {
    all: m.view_all,
    unread: m.view_unread,
    waiting_on_me: m.view_waiting_on_me,
    waiting_on_them: m.view_waiting_on_them,
    gone_quiet: m.view_gone_quiet,
    pinned: m.view_pinned,
    snoozed: m.view_snoozed,
    people: m.view_people,
    groups: m.view_groups,
    archive: m.view_archive,
  };
  return names[view]();
}

/** Name of any view. */
export function viewTitle(view: BuiltinView | View): string {
  return typeof view === 'string' ? viewName(view) : cleanName(view.name) || m.no_name();
}

/** Icon of any view. */
export function viewIcon(view: BuiltinView | View): typeof Archive {
  return typeof view === 'string' ? viewIcons[view] : savedViewIcon(view.icon);
}
