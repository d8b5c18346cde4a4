import type { Chat, Message, Targets } from '$lib/backend';
import { m } from '$lib/messages';
import { dayOf } from '$lib/shared/dayText';
import type { App } from '../app.svelte';
import { pinned, shareOf, type Share } from '../shares.svelte';
import { chatOf, targetsOf } from '../targets';
import type { Action } from './action';
import { focusComposer, openBeside } from './steps';

/** Pages whose lists hold chats that can be marked. */
const MARKED = ['inbox', 'people', 'person'] as const;

/** What the operator marks chats with, and what they want to remember of them. */
export function marking(app: App): Action[] {
  const targets = targetsOf(app);
  const chat = chatOf(app);
  const enabled = targets !== null;
  const on = (run: (targets: Targets) => void) => () => targets && run(targets);
  const of = (run: (chat: Chat) => void) => () => chat && run(chat);
  const some = chat !== undefined;
  const sendable = app.page === 'inbox' && app.inbox?.composer?.canSend === true;
  return [
    { id: 'go_tasks', group: 'go', name: m.act_go_tasks(), keys: ['KeyG KeyP'], enabled: app.inbox !== null, run: () => (app.page = 'tasks') },
    { id: 'done', group: 'chat', name: m.act_done(), keys: ['KeyE'], page: MARKED, enabled, run: on((t) => doneAndNext(app, t)) },
    { id: 'send_done', group: 'message', name: m.act_send_done(), keys: ['$mod+Shift+Enter'], whileTyping: true, enabled: sendable, run: () => void sendDoneAndNext(app) },
    { id: 'status', group: 'chat', name: m.act_status(), keys: ['KeyS'], page: MARKED, enabled, run: on((t) => (app.overlay = { kind: 'status', targets: t })) },
    { id: 'tags', group: 'chat', name: m.act_tags(), keys: ['KeyT'], page: MARKED, enabled, run: on((t) => (app.overlay = { kind: 'tags', targets: t })) },
    { id: 'snooze', group: 'chat', name: m.act_snooze(), keys: ['KeyH'], page: MARKED, enabled, run: on((t) => (app.overlay = { kind: 'snooze', targets: t })) },
    { id: 'own_pin', group: 'chat', name: m.act_own_pin(), keys: ['KeyP'], page: MARKED, enabled, run: on((t) => togglePin(app, t)) },
    { id: 'note', group: 'chat', name: m.act_note(), keys: ['KeyN'], page: MARKED, enabled: some, run: of((c) => (app.overlay = { kind: 'note', chat: c.id, note: null })) },
    { id: 'promise', group: 'message', name: m.act_promise(), keys: ['KeyO'], page: MARKED, enabled: some, run: of((c) => promise(app, c)) },
    // D as in due; with Mod it marks a promise done.
    { id: 'follow_up', group: 'chat', name: m.act_follow_up(), keys: ['KeyD'], page: MARKED, enabled: some, run: of((c) => (app.overlay = { kind: 'task', chat: c.id, task: null, message: null, what: 'follow_up' })) },
    { id: 'opt_out', group: 'chat', name: m.act_opt_out(), page: MARKED, enabled: some && chat.kind !== 'saved', run: of((c) => void toggleOptOut(app, c)) },
  ]; // prettier-ignore
}

/** Notes that from today on somebody wants no messages that go to many, or takes that back. */
export async function toggleOptOut(app: App, chat: Chat): Promise<void> {
  const field = app.inbox?.catalogue.optedOut;
  if (!field) return;
  try {
    const { values } = await app.backend.call('card', { chat: chat.id });
    const noted = values.some((one) => one.field === field.id);
    await app.cardDeeds.setValue(chat.id, field, noted ? null : dayOf(new Date()));
  } catch (error) {
    app.report(error);
  }
}

/** Pins chats here, or takes the pin off where all of them have it. */
export function togglePin(app: App, targets: Targets): void {
  const turn = (share: Share) => app.marks.change(targets, { do: 'pin', to: share !== 'all' });
  void shareOf(app, targets, pinned).then(turn, app.report);
}

/** Gives the status that closes and goes on to the chat below. */
export function doneAndNext(app: App, targets: Targets): void {
  const { inbox } = app;
  const done = inbox?.catalogue.done;
  if (!inbox || !done) {
    app.toasts.show(m.no_closed_status());
    return;
  }
  const one = targets.in === 'chats' && targets.of.length === 1 ? targets.of[0] : undefined;
  void app.marks.change(targets, { do: 'status', to: done.id });
  if (one !== undefined && app.page === 'inbox') goOn(app, one);
}

/** To the chat below one; at the end of the list, out of it. */
function goOn(app: App, from: number): void {
  const { inbox } = app;
  if (!inbox) return;
  const { list } = inbox;
  const next = list.beside(from, 1);
  const opened = list.open === from;
  if (!opened) {
    list.cursor = next;
    return;
  }
  const place = (['composer', 'conversation'] as const).find((part) => app.landmarks.holds(part));
  if (next === null || next === from) {
    inbox.close();
    requestAnimationFrame(() => app.landmarks.focus('list'));
    return;
  }
  openBeside(app, 1);
  if (place) requestAnimationFrame(() => focusComposer(app));
}

/** Sends what is written, then is done with the chat. */
async function sendDoneAndNext(app: App): Promise<void> {
  const { inbox } = app;
  const open = inbox?.list.open;
  const { composer } = inbox ?? {};
  if (!composer?.canSend || open == null) return;
  const sending = composer.submit();
  doneAndNext(app, { in: 'chats', of: [open] });
  await sending;
}

/** Makes a promise of a chat's last message that came in. */
function promise(app: App, chat: Chat): void {
  const open = app.inbox?.list.open === chat.id;
  const messages = open ? (app.inbox?.conversation?.messages ?? []) : [];
  const last = messages.findLast((message) => !message.out && message.kind !== 'service');
  promiseOf(app, chat, last ?? null);
}

/** Asks for a promise that a message is about. */
export function promiseOf(app: App, chat: Chat, message: Message | null): void {
  app.overlay = { kind: 'task', chat: chat.id, task: null, message, what: 'i_owe' };
}
