import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { exportState, importFrom, makeBackup } from '../moving';
import type { Section } from '../sections';
import type { Action } from './action';

/** With what the operator keeps: the catalogue of marks, files of it, backups. */
export function keeping(app: App): Action[] {
  const { inbox } = app;
  const enabled = inbox !== null;
  const several = (inbox?.catalogue.tags.length ?? 0) > 1;
  return [
    { id: 'tag_new', group: 'go', name: m.tag_new(), enabled, run: () => (app.overlay = { kind: 'make', what: 'tag' }) },
    { id: 'status_new', group: 'go', name: m.status_new_one(), enabled, run: () => (app.overlay = { kind: 'make', what: 'status' }) },
    { id: 'field_new', group: 'go', name: m.field_new(), enabled, run: () => (app.overlay = { kind: 'make', what: 'field' }) },
    { id: 'tags_merge', group: 'go', name: m.act_tags_merge(), enabled: enabled && several, run: () => goSection(app, 'tags') },
    { id: 'export_settings', group: 'go', name: m.move_export_settings(), enabled, run: () => void exportState(app, 'settings') },
    { id: 'export_all', group: 'go', name: m.move_export_all(), enabled, run: () => void exportState(app, 'all') },
    { id: 'import_state', group: 'go', name: m.act_import_state(), enabled, run: () => void importFrom(app, 'state') },
    { id: 'import_people', group: 'go', name: m.people_import_title(), enabled, run: () => void importFrom(app, 'people') },
    { id: 'backup_now', group: 'go', name: m.backup_now(), enabled, run: () => { goSection(app, 'backups'); void makeBackup(app); } },
  ]; // prettier-ignore
}

/** Shows a section of the settings. */
export function goSection(app: App, section: Section): void {
  app.page = 'settings';
  app.section = section;
}
