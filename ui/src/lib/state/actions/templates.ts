import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import type { Action } from './action';
import { goTemplates } from './steps';

/** With texts that are kept for use again. */
export function withTemplates(app: App): Action[] {
  const here = app.inbox !== null;
  const composer = app.page === 'inbox' ? app.inbox?.composer : null;
  const chosen = app.page === 'templates' ? app.inbox?.templates.get(app.desk.chosen) : undefined;
  // They are read when somebody looks at them; until then there may be some.
  const some = here && (!app.inbox?.templates.loaded || app.inbox.templates.list.length > 0);
  return [
    { id: 'go_templates', group: 'go', name: m.act_go_templates(), keys: ['KeyG KeyT'], enabled: here, run: () => goTemplates(app) },
    { id: 'template_insert', group: 'message', name: m.act_template_insert(), keys: ['Slash'], page: 'inbox', enabled: composer != null, run: () => composer?.askTemplate() },
    { id: 'template_new', group: 'go', name: m.act_template_new(), enabled: here, run: () => { goTemplates(app); app.desk.begin(); } },
    { id: 'templates_import', group: 'go', name: m.templates_import(), enabled: here, run: () => { goTemplates(app); app.desk.dialog = 'import'; } },
    { id: 'templates_export', group: 'go', name: m.templates_export(), enabled: some, run: () => { goTemplates(app); app.desk.dialog = 'export'; } },
    { id: 'template_duplicate', group: 'go', name: m.act_template_duplicate(), enabled: chosen !== undefined, run: () => { if (chosen) void app.desk.duplicate(chosen); } },
    { id: 'template_delete', group: 'go', name: m.act_template_delete(), enabled: chosen !== undefined, run: () => { if (chosen) void app.desk.remove(chosen); } },
  ]; // prettier-ignore
}
