// What can be done to the chats or people that are selected: the bar under their list and the menu of
// any of them offer the same.

import AlarmClock from '@lucide/svelte/icons/alarm-clock';
import Archive from '@lucide/svelte/icons/archive';
import ArchiveRestore from '@lucide/svelte/icons/archive-restore';
import Check from '@lucide/svelte/icons/check';
import CheckCheck from '@lucide/svelte/icons/check-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Download from '@lucide/svelte/icons/download';
import Pin from '@lucide/svelte/icons/pin';
import TagIcon from '@lucide/svelte/icons/tag';
import { m } from '$lib/messages';
import { doneAndNext, keyOf, togglePin } from '$lib/state/actions';
import type { App } from '$lib/state/app.svelte';
import { exportSelected } from '$lib/state/listExport';
import type { Selection } from '$lib/state/selection.svelte';

/** What can be done to all that is selected; from Telegram's archive, chats are only taken out. */
export function selectionWays(app: App, selection: Selection, inArchive: boolean) {
  const { bulk } = app;
  const ask = (kind: 'status' | 'tags' | 'snooze') => () =>
    void (app.overlay = { kind, targets: selection.targets });
  return [
    { id: 'done', name: m.act_done(), keys: keyOf(app, 'done'), icon: Check, run: () => doneAndNext(app, selection.targets) },
    { id: 'status', name: m.act_status(), keys: keyOf(app, 'status'), icon: CircleDashed, run: ask('status') },
    { id: 'tags', name: m.act_tags(), keys: keyOf(app, 'tags'), icon: TagIcon, run: ask('tags') },
    { id: 'snooze', name: m.act_snooze(), keys: keyOf(app, 'snooze'), icon: AlarmClock, run: ask('snooze') },
    { id: 'own_pin', name: m.act_own_pin(), keys: keyOf(app, 'own_pin'), icon: Pin, run: () => togglePin(app, selection.targets) },
    { id: 'read', name: m.mark_read(), icon: CheckCheck, run: () => void bulk.read(selection.targets) },
    inArchive
      ? { id: 'archive', name: m.unarchive(), icon: ArchiveRestore, run: () => void bulk.archive(selection.targets, false) }
      : { id: 'archive', name: m.archive(), icon: Archive, run: () => void bulk.archive(selection.targets, true) },
    { id: 'export', name: m.bulk_export(), icon: Download, run: () => exportSelected(app) },
  ]; // prettier-ignore
}
