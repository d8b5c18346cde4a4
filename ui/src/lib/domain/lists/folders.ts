// Telegram's folders, shown as views are.

import type { AccountId, Folder, View } from '$lib/backend';

/** More folders than an account can have (https://limits.tginfo.me). */
const OF_ACCOUNT = 1000;

/**
 * A folder as a view. It is nobody's to save or delete, which its negative id tells; it becomes a
 * view of the operator's when it is saved as one.
 */
export function folderView({ account, id, title, filter }: Folder): View {
  return {
    id: -(account * OF_ACCOUNT + id),
    name: title,
    icon: 'folder',
    filter,
    order: 'activity',
  };
}

/** Whose folder a view is. */
export function accountOf({ id }: Pick<View, 'id'>): AccountId {
  return Math.floor(-id / OF_ACCOUNT);
}

/** Whether a view is a folder of Telegram's. */
export function isFolder(view: Pick<View, 'id'>): boolean {
  return view.id < 0;
}
