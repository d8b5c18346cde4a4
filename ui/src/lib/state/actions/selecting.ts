import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { exportSelected } from '../listExport';
import type { Listed, Selection } from '../selection.svelte';
import type { Action } from './action';

/** Which chats of the list are selected. */
export function selecting(app: App): Action[] {
  const place = placeOf(app);
  const enabled = place !== null;
  const some = place?.selection.any === true;
  const targets = () => place?.selection.targets ?? { in: 'chats', of: [] };
  const archived = place?.list.archived ?? null;
  return [
    { id: 'select', group: 'chat', name: m.act_select(), keys: ['KeyX'], enabled, run: () => toggle(app) },
    { id: 'select_down', group: 'chat', name: m.act_select_down(), keys: ['Shift+ArrowDown'], enabled, run: () => extend(app, 1) },
    { id: 'select_up', group: 'chat', name: m.act_select_up(), keys: ['Shift+ArrowUp'], enabled, run: () => extend(app, -1) },
    { id: 'select_all', group: 'chat', name: m.act_select_all(), keys: ['$mod+KeyA'], enabled, run: () => { place?.selection.selectAll(); app.landmarks.focus('list'); } },
    { id: 'select_none', group: 'chat', name: m.select_none(), enabled: some, run: () => place?.selection.clear() },
    { id: 'bulk_read', group: 'chat', name: m.act_bulk_read(), enabled: some, run: () => void app.bulk.read(targets()) },
    { id: 'bulk_archive', group: 'chat', name: m.act_bulk_archive(), enabled: some && archived !== true, run: () => void app.bulk.archive(targets(), true) },
    { id: 'bulk_unarchive', group: 'chat', name: m.act_bulk_unarchive(), enabled: some && archived !== false, run: () => void app.bulk.archive(targets(), false) },
    { id: 'bulk_export', group: 'chat', name: m.act_bulk_export(), enabled: some, run: () => exportSelected(app) },
  ]; // prettier-ignore
}

/** The list that the page shows, and what is selected in it. */
function placeOf({ inbox, page }: App): { list: Listed; selection: Selection } | null {
  if (page === 'people' && inbox) return { list: inbox.people, selection: inbox.people.selection };
  if (page !== 'inbox' || !inbox || inbox.search.open) return null;
  return { list: inbox.list, selection: inbox.selection };
}

function toggle(app: App): void {
  const place = placeOf(app);
  if (!place) return;
  const { list, selection } = place;
  const id = list.cursor ?? list.open ?? list.keys[0];
  if (id === undefined) return;
  list.cursor = id;
  selection.toggle(id);
  app.landmarks.focus('list');
}

function extend(app: App, step: 1 | -1): void {
  placeOf(app)?.selection.extend(step);
  app.landmarks.focus('list');
}
