import { orderName, orders } from '$lib/domain/lists/orders';
import { viewTitle } from '$lib/domain/chat/views';
import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { exportList } from '../listExport';
import { viewKey } from '../views.svelte';
import type { Action } from './action';
import { saveView, showView, stepView } from './steps';

/** Views with a key of their own. */
const WITH_KEY = 9;

/** Which chats the list shows. */
export function onLists(app: App): Action[] {
  const enabled = app.inbox !== null;
  return [
    { id: 'next_view', group: 'go', name: m.act_next_view(), keys: ['BracketRight'], enabled, run: () => stepView(app, 1) },
    { id: 'previous_view', group: 'go', name: m.act_previous_view(), keys: ['BracketLeft'], enabled, run: () => stepView(app, -1) },
    ...viewsOf(app),
    { id: 'filter', group: 'chat', name: m.act_filter(), keys: ['KeyF'], enabled, run: () => startFilter(app) },
    { id: 'filter_clear', group: 'chat', name: m.filter_clear(), enabled: enabled && app.inbox?.list.changed === true, run: () => void app.inbox?.list.reset() },
    { id: 'view_save', group: 'chat', name: m.view_save_as(), enabled, run: () => void saveView(app, true) },
    ...ofSavedView(app),
    { id: 'export_list', group: 'chat', name: m.act_export_list(), enabled, run: () => exportList(app) },
    ...orders.map((order): Action => ({ id: `order_${order}`, group: 'chat', name: m.order_of({ order: orderName(order) }), enabled, run: () => void app.inbox?.list.sort(order) })),
    { id: 'let_go_rule', group: 'go', name: m.let_go_rule(), enabled, run: () => (app.overlay = { kind: 'let_go' }) },
    { id: 'quiet_rule', group: 'go', name: m.quiet_rule(), enabled, run: () => (app.overlay = { kind: 'quiet' }) },
    { id: 'manage_views', group: 'go', name: m.views_manage(), enabled, run: () => (app.overlay = { kind: 'views' }) },
  ]; // prettier-ignore
}

function startFilter(app: App): void {
  const { inbox } = app;
  if (!inbox) return;
  if (app.page === 'people') {
    inbox.people.adding = true;
    return;
  }
  app.page = 'inbox';
  inbox.search.close();
  inbox.list.adding = true;
}

/** The first of the sidebar by the place where they stand, so that their keys can be learnt. */
function viewsOf(app: App): Action[] {
  const views = app.inbox?.views;
  const numbered = Array.from({ length: WITH_KEY }, (_, index): Action => {
    const view = views?.shown[index];
    return {
      id: `view_${index + 1}`,
      group: 'go',
      name: view ? m.act_view({ view: viewTitle(view) }) : m.act_view_nth({ n: String(index + 1) }),
      keys: [`KeyG Digit${index + 1}`],
      enabled: view !== undefined,
      run: () => view && showView(app, view),
    };
  });
  const numberless = views?.all.filter((view) => !views.shown.slice(0, WITH_KEY).includes(view));
  const others = (numberless ?? []).map((view): Action => ({
    id: `view_of_${viewKey(view)}`,
    group: 'go',
    name: m.act_view({ view: viewTitle(view) }),
    run: () => showView(app, view),
  }));
  const folders = (views?.folders ?? []).map((view): Action => ({
    id: `folder_${-view.id}`,
    group: 'go',
    name: m.act_folder({ folder: viewTitle(view) }),
    run: () => showView(app, view),
  }));
  return [...numbered, ...others, ...folders];
}

/** With the view that is shown, where it is one that was saved. */
function ofSavedView(app: App): Action[] {
  const view = app.page === 'inbox' ? app.inbox?.list.saved : null;
  const enabled = view != null;
  return [
    { id: 'view_rename', group: 'chat', name: m.act_view_rename(), enabled, run: () => { if (view) app.overlay = { kind: 'view', view }; } },
    { id: 'view_delete', group: 'chat', name: m.act_view_delete(), enabled, run: () => { if (view) void app.viewDeeds.remove(view); } },
  ]; // prettier-ignore
}
