// Every use case of the program, answered by the fake world.

import type { Calls, ChatId, LockSettings, NotificationSettings } from '../types';
import { cardAnswers } from './crm/cards';
import { catalogueAnswers } from './crm/catalogue';
import { refuse } from './login';
import { Devices } from './devices';
import { Care } from './health';
import { movingAnswers } from './moving';
import { peopleAnswers } from './people';
import { Ways } from './proxies';
import { contact, foldersOf, historyPage, search } from './reads';
import { backupAnswers, keyAnswers, Keys } from './safety';
import { templateAnswers } from './templates/templates';
import type { FakeTelling } from './telling';
import type { World } from './world';
import { edit, remove, retry, send, type Later } from './writes';

/** A handler for every call; a call without one does not compile. */
export type Answers = { [K in keyof Calls]: (args: Calls[K]['args']) => Calls[K]['answer'] | Promise<Calls[K]['answer']> }; // prettier-ignore

/** The handlers over a world. */
export function answersOf(
  world: World,
  telling: FakeTelling,
  demo: boolean,
  later: Later,
): Answers {
  const keys = new Keys();
  return {
    ...readers(world, demo),
    ...senders(world, later),
    ...changers(world),
    tell_chats: (args) => telling.tell(world, args),
    tell_cancel: (args) => (telling.cancel(args.telling), null),
    ...logins(world),
    ...devices(),
    ...keyAnswers(keys),
    ...backupAnswers(world, keys),
    ...new Care(world, later).answers,
    ...proxies(),
    ...notifications(),
    ...catalogueAnswers(world.keeper),
    ...cardAnswers(world.keeper),
    ...templateAnswers(world.keeper),
    ...peopleAnswers(world),
    ...movingAnswers(world.keeper),
  };
}

function readers(world: World, demo: boolean) {
  const folder = demo ? 'demo' : 'main';
  return {
    status: () => ({
      version: '0.1.0', workspace: folder, folder: `/home/operator/.local/share/switchboard/${folder}`,
      demo, pid: 4242, window: true, unread: world.accounts.reduce((sum, account) => sum + account.unread, 0),
    }), // prettier-ignore
    accounts: () => world.accounts.map((account) => ({ ...account })),
    sync_status: () => [...world.sync.values()],
    chat_keys: ({ filter }) => world.keys(filter),
    chats: ({ ids }) =>
      ids
        .flatMap((id) => world.chats.get(id) ?? [])
        .map((chat) => ({ ...chat, title: chat.title.slice(0, 256) })),
    history: ({ request }) => historyPage(world, request),
    messages: ({ rows }) =>
      rows.flatMap((row) => world.message(row) ?? []).map((message) => ({ ...message })),
    locate: ({ chat, message }) =>
      world.history(chat).find((found) => found.id === message)?.row ?? null,
    contact: ({ chat }) => contact(world, chat),
    folders: () => foldersOf(world),
    search: (args) => search(world, args),
    doctor: () => [
      { check: 'folder', subject: null, ok: true, sentence: 'The folder can be written.' },
    ],
    diagnostics: () => `Switchboard 0.1.0: diagnostics\naccounts: ${world.accounts.length}`,
  } satisfies Partial<Answers>;
}

function senders(world: World, later: Later) {
  return {
    send: ({ chat, text, entities, reply_to }) =>
      send(world, later, chat, { text, entities }, reply_to),
    outgoing: ({ id }) => {
      const item = world.outgoing.get(id);
      if (!item) throw refuse('not_found');
      return item;
    },
    outgoing_retry: ({ id }) => retry(world, later, id),
    outgoing_discard: ({ id }) => {
      const item = world.outgoing.get(id);
      world.outgoing.delete(id);
      if (item) world.tell({ type: 'outgoing', chat: item.chat, outgoing: id });
      return null;
    },
    edit: ({ row, text, entities }) => edit(world, row, { text, entities }),
    delete: ({ rows }) => remove(world, rows),
    typing: () => null,
  } satisfies Partial<Answers>;
}

function changers(world: World) {
  return {
    account_remove: ({ account }) => (world.removeAccount(account), null),
    account_remove_here: ({ account }) => (world.removeAccount(account), null),
    account_retry: ({ account }) => {
      const found = world.account(account);
      if (found) found.state = { state: 'online' };
      world.tell({ type: 'account', account });
      return null;
    },
    read: ({ chat, up_to }) => {
      world.change(chat, (changed) => {
        changed.read_in = Math.max(changed.read_in, up_to);
        changed.unread = world
          .history(chat)
          .filter(({ out, id }) => !out && id > changed.read_in).length;
        changed.unread_mark = false;
        changed.mentions = 0;
      });
      return null;
    },
    set_unread_mark: ({ chat, marked }) => (
      world.change(chat, (c) => (c.unread_mark = marked)),
      null
    ),
    save_draft: ({ chat, text, reply_to }) => {
      const draft = text === '' ? null : { text, reply_to, date: Math.floor(Date.now() / 1000) };
      world.change(chat, (changed) => (changed.draft = draft));
      return null;
    },
    set_pinned: ({ chat, pinned }) => (
      world.change(chat, (c) => (c.pinned = pinned ? 0 : null)),
      null
    ),
    set_muted: ({ chat, muted }) => (
      world.change(chat, (c) => (c.muted_until = muted ? 2 ** 31 - 1 : null)),
      null
    ),
    set_archived: ({ chat, archived }) => (
      world.change(chat, (c) => (c.archived = archived)),
      null
    ),
  } satisfies Partial<Answers>;
}

function logins(world: World) {
  const open = world.logins;
  return {
    login_start: ({ request }) => open.start(request),
    login_qr_start: ({ request }) => open.startQr(request),
    logins: () => open.all(),
    login: ({ login }) => open.find(login),
    login_resend: ({ login }) => open.resend(login),
    login_code: ({ login, code }) => open.code(login, code),
    login_password: ({ login, password }) => open.password(login, password),
    login_cancel: ({ login }) => open.cancel(login),
    application: () => open.application,
    application_set: ({ api_id }) => ((open.application = api_id), null),
    application_forget: () => ((open.application = null), null),
    profile_add: ({ profile }) => {
      if (!profile.includes('[[')) throw refuse('profile_invalid');
      return [world.addAccount('+99966019999')];
    },
  } satisfies Partial<Answers>;
}

function notifications() {
  let settings: NotificationSettings = {
    messages: true,
    preview: true,
    quiet: null,
    reminders: true,
  };
  let lock: LockSettings = { idle_minutes: 0, on_sleep: false, full: false };
  const muted = new Set<ChatId>();
  return {
    lock_settings: () => lock,
    set_lock_settings: (args) => ((lock = args.settings), null),
    notification_settings: () => settings,
    set_notification_settings: (args) => ((settings = args.settings), null),
    notify_muted: () => [...muted],
    notify_chat: ({ chat, muted: silent }) => {
      if (silent) muted.add(chat);
      else muted.delete(chat);
      return null;
    },
  } satisfies Partial<Answers>;
}

function devices() {
  const open = new Devices();
  return {
    sessions: ({ account }) => open.of(account),
    session_end: ({ account, hash }) => open.end(account, hash),
  } satisfies Partial<Answers>;
}

function proxies() {
  const ways = new Ways();
  return {
    proxies: () => ways.all(),
    proxy_check: ({ proxy }) => ways.check(proxy),
    proxy_set: ({ account, proxy }) => ways.set(account, proxy),
    proxy_clear: ({ account, shared }) => ways.clear(account, shared),
  } satisfies Partial<Answers>;
}
