import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { exportSelected } from '../listExport';
import type { Action } from './action';

/** Which chats of the list are selected. */
export function selecting(app: App): Action[] {
  const { inbox } = app;
  const enabled = inbox !== null && app.page === 'inbox' && !inbox.search.open;
  const selection = inbox?.selection;
  return [
    { id: 'select', group: 'chat', name: m.act_select(), keys: ['KeyX'], enabled, run: () => toggle(app) },
    { id: 'select_down', group: 'chat', name: m.act_select_down(), keys: ['Shift+ArrowDown'], enabled, run: () => extend(app, 1) },
    { id: 'select_up', group: 'chat', name: m.act_select_up(), keys: ['Shift+ArrowUp'], enabled, run: () => extend(app, -1) },
    { id: 'select_all', group: 'chat', name: m.act_select_all(), keys: ['$mod+KeyA'], enabled, run: () => { selection?.selectAll(); app.landmarks.focus('list'); } },
    { id: 'select_none', group: 'chat', name: m.select_none(), enabled: enabled && selection?.any === true, run: () => selection?.clear() },
    { id: 'bulk_read', group: 'chat', name: m.act_bulk_read(), enabled: enabled && selection?.any === true, run: () => void app.bulk.read(selection?.ids ?? []) },
    { id: 'bulk_archive', group: 'chat', name: m.act_bulk_archive(), enabled: enabled && selection?.any === true, run: () => void app.bulk.archive(selection?.ids ?? [], true) },
    { id: 'bulk_export', group: 'chat', name: m.act_bulk_export(), enabled: enabled && selection?.any === true, run: () => exportSelected(app) },
  ]; // prettier-ignore
}

function toggle(app: App): void {
  const { inbox } = app;
  if (!inbox) return;
  const { list, selection } = inbox;
  const id = list.cursor ?? list.open ?? list.keys[0];
  if (id === undefined) return;
  list.cursor = id;
  selection.toggle(id);
  app.landmarks.focus('list');
}

function extend(app: App, step: 1 | -1): void {
  app.inbox?.selection.extend(step);
  app.landmarks.focus('list');
}
