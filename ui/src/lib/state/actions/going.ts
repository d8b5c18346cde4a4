import type { AccountId } from '$lib/backend';
import { accountName } from '$lib/domain/account/name';
import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { sectionName, sections } from '../sections';
import type { Action } from './action';
import { goSection } from './keeping';
import { goInbox, startSearch } from './steps';

/** To another place of the window. */
export function going(app: App): Action[] {
  const { inbox } = app;
  const here = inbox !== null;
  const inChat = here && inbox.list.open !== null;
  const find = (scope: 'everywhere' | 'chat') => () => startSearch(app, scope);
  // Where no chat is open, both search keys search everywhere. Settings and people have a search of
  // their own.
  const onlyOne = !inChat && app.page !== 'settings' && app.page !== 'people';
  const findKeys = ['$mod+Shift+KeyF', ...(onlyOne ? ['$mod+KeyF'] : [])];
  return [
    { id: 'palette', group: 'go', name: m.palette(), keys: ['$mod+KeyK'], whileTyping: true, enabled: here, run: () => (app.overlay = { kind: 'palette' }) },
    { id: 'shortcuts', group: 'go', name: m.shortcuts(), keys: ['Shift+Slash', 'Shift+?'], run: () => (app.overlay = { kind: 'shortcuts' }) },
    { id: 'find_in_chat', group: 'go', name: m.search_in_chat(), keys: ['$mod+KeyF'], page: 'inbox', whileTyping: true, enabled: inChat && app.page === 'inbox', run: find('chat') },
    { id: 'find', group: 'go', name: m.search_everywhere(), keys: findKeys, whileTyping: true, enabled: here, run: find('everywhere') },
    { id: 'go_inbox', group: 'go', name: m.act_go_inbox(), keys: ['KeyG KeyI'], enabled: here, run: () => goInbox(app) },
    { id: 'go_settings', group: 'go', name: m.act_go_settings(), keys: ['KeyG KeyS'], enabled: here, run: () => (app.page = 'settings') },
    { id: 'find_setting', group: 'go', name: m.settings_search(), keys: ['$mod+KeyF'], page: 'settings', whileTyping: true, enabled: here && app.page === 'settings', run: () => void app.landmarks.focus('search') },
    ...sectionsOf(app),
    ...accountsOf(app),
    { id: 'account_all', group: 'go', name: m.act_all_accounts(), keys: ['KeyG KeyA'], enabled: here && inbox.list.account !== null, run: () => showAccount(app, null) },
    { id: 'landmark', group: 'go', name: m.act_landmark(), keys: ['F6'], whileTyping: true, enabled: here, run: () => app.landmarks.focusNext() },
    { id: 'lock', group: 'go', name: m.lock_action(), keys: ['$mod+Shift+KeyL'], whileTyping: true, enabled: here, run: () => void app.lock(false) },
    { id: 'lock_fully', group: 'go', name: m.lock_fully(), enabled: here, run: () => void app.lock(true) },
    { id: 'add_account', group: 'go', name: m.add_account(), enabled: here, run: () => (app.overlay = { kind: 'add', account: null }) },
  ]; // prettier-ignore
}

function sectionsOf(app: App): Action[] {
  return sections.map((section) => ({
    id: `settings_${section}`,
    group: 'go',
    name: m.act_settings({ section: sectionName(section) }),
    enabled: app.inbox !== null,
    run: () => goSection(app, section),
  }));
}

function accountsOf(app: App): Action[] {
  const accounts = app.inbox?.accounts.list ?? [];
  return accounts.slice(0, 9).map((account, index) => ({
    id: `account_${account.id}`,
    group: 'go',
    name: m.act_account({ account: accountName(account) }),
    keys: [`$mod+Digit${index + 1}`],
    whileTyping: true,
    run: () => showAccount(app, account.id),
  }));
}

/** Shows the chats of one account, or of all. */
function showAccount(app: App, account: AccountId | null): void {
  app.page = 'inbox';
  void app.inbox?.list.of(account);
}
