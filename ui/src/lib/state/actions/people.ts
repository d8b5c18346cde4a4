import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { chatOf } from '../targets';
import type { Action } from './action';
import { goPeople, goPerson, openChat } from './steps';

/** With the table of people, and with the page of one of them. */
export function withPeople(app: App): Action[] {
  const { inbox } = app;
  const here = inbox !== null;
  const inTable = here && app.page === 'people';
  const chat = chatOf(app);
  const person = app.page !== 'person' && chat?.kind === 'person';
  const beside = app.page === 'people' || app.page === 'person' ? chat : undefined;
  return [
    { id: 'go_people', group: 'go', name: m.act_go_people(), keys: ['KeyG KeyC'], enabled: here, run: () => goPeople(app) },
    { id: 'person', group: 'chat', name: m.act_person(), keys: ['KeyI'], page: ['inbox', 'people'], enabled: person, run: () => { if (chat) goPerson(app, chat.id); } },
    { id: 'person_chat', group: 'chat', name: m.act_person_chat(), keys: ['KeyR'], page: ['people', 'person'], enabled: beside !== undefined, run: () => { if (beside) openChat(app, beside.id); } },
    { id: 'find_person', group: 'go', name: m.people_find(), keys: ['$mod+KeyF', 'Slash'], page: 'people', whileTyping: true, enabled: inTable, run: () => void app.landmarks.focus('search') },
    { id: 'people_columns', group: 'view', name: m.people_columns(), enabled: inTable, run: () => { if (inbox) inbox.people.choosing = true; } },
    ...sortsOf(app),
  ]; // prettier-ignore
}

function sortsOf(app: App): Action[] {
  const people = app.page === 'people' ? app.inbox?.people : undefined;
  return (people?.allColumns ?? []).map((column) => ({
    id: `people_sort_${column.id}`,
    group: 'view',
    name: m.people_sort_by({ column: column.name }),
    run: () => void people?.sortBy(column),
  }));
}
