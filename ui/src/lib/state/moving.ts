import { m } from '$lib/messages';
import { bytes } from '$lib/shared/format';
import type { App } from './app.svelte';

/** Writes the settings, or everything that is kept, into a file that the operator chooses. */
export async function exportState(app: App, what: 'settings' | 'all'): Promise<void> {
  try {
    const name = what === 'all' ? 'switchboard-all.json' : 'switchboard-settings.json';
    const file = await app.backend.saveFile('state', name);
    if (file === null) return;
    const window = app.looks.portable;
    const people = what === 'all';
    const size = await app.backend.call('state_export', { file, people, window });
    app.toasts.show(m.move_export_done({ file, size: bytes(size) }));
  } catch (error) {
    app.report(error);
  }
}

/** Asks for a file and shows what taking it in would do. */
export async function importFrom(app: App, kind: 'state' | 'people'): Promise<void> {
  try {
    const file = await app.backend.chooseFile(kind);
    if (file !== null) app.overlay = { kind: kind === 'state' ? 'import' : 'people_import', file };
  } catch (error) {
    app.report(error);
  }
}

/** Makes a backup now. How far it is stands on the page of backups, where it can be stopped. */
export async function makeBackup(app: App): Promise<void> {
  try {
    const { code } = await app.backend.call('backup_now', {});
    if (code === null) app.toasts.show(m.backup_done());
  } catch (error) {
    app.report(error);
  }
}
