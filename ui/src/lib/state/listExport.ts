import type { Targets } from '$lib/backend';
import { tableWords } from '$lib/domain/lists/tableWords';
import { m } from '$lib/messages';
import { count } from '$lib/shared/format';
import type { App } from './app.svelte';
import { selectionOf } from './targets';

/** Writes chats into a file that the operator chooses: a sheet of Excel, or text by its ending. */
async function exportChats(app: App, targets: Targets): Promise<void> {
  const { backend, toasts } = app;
  try {
    const day = new Date().toLocaleDateString('sv');
    const name = `${m.app_name()} ${day}.xlsx`;
    const file = await backend.saveFile('list', name);
    if (file === null) return;
    const busy = toasts.show(m.export_busy(), { working: true });
    try {
      const written = await backend.call('list_export', { targets, file, words: tableWords() });
      const whom = m.chats_n({ count: written, shown: count(written) });
      toasts.show(m.export_done({ whom, file }));
    } finally {
      toasts.dismiss(busy.id);
    }
  } catch (error) {
    app.report(error);
  }
}

/** Writes what the list shows. */
export function exportList(app: App): void {
  const { inbox } = app;
  if (!inbox) return;
  const { list } = inbox;
  const targets = list.targets ?? { in: 'chats' as const, of: [...list.keys] };
  void exportChats(app, targets);
}

/** Writes the selected chats. */
export function exportSelected(app: App): void {
  const selection = selectionOf(app);
  if (selection?.any) void exportChats(app, selection.targets);
}
