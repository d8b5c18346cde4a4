import { viewTitle } from '$lib/domain/chat/views';
import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { viewKey } from '../views.svelte';
import type { Action } from './action';
import { showView, stepView } from './steps';

/** Views with a key of their own. */
const WITH_KEY = 9;

/** Which chats the list shows. */
export function onLists(app: App): Action[] {
  const enabled = app.inbox !== null;
  return [
    { id: 'next_view', group: 'go', name: m.act_next_view(), keys: ['BracketRight'], enabled, run: () => stepView(app, 1) },
    { id: 'previous_view', group: 'go', name: m.act_previous_view(), keys: ['BracketLeft'], enabled, run: () => stepView(app, -1) },
    ...viewsOf(app),
    { id: 'manage_views', group: 'go', name: m.views_manage(), enabled, run: () => (app.overlay = { kind: 'views' }) },
  ]; // prettier-ignore
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
  return [...numbered, ...others];
}
