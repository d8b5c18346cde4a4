import type { Chat, Targets } from '$lib/backend';
import type { App } from './app.svelte';
import type { Selection } from './selection.svelte';

/**
 * The chats that a key or the palette acts on: the open one while the operator is in it, otherwise
 * those that are selected, or the one that the list's cursor is on.
 */
export function targetsOf(app: App): Targets | null {
  const selection = selectionOf(app);
  if (selection?.any && !inChat(app)) return selection.targets;
  const chat = chatOf(app);
  return chat ? { in: 'chats', of: [chat.id] } : null;
}

/** What is selected in the list that the page shows. */
export function selectionOf({ inbox, page }: App): Selection | null {
  if (page === 'inbox') return inbox?.selection ?? null;
  return page === 'people' ? (inbox?.people.selection ?? null) : null;
}

/** The one chat that a note or a promise belongs to. */
export function chatOf(app: App): Chat | undefined {
  const { inbox } = app;
  if (app.page === 'people') return inbox?.book.get(inbox.people.cursor);
  if (app.page === 'person') return inbox?.book.get(inbox.person.chat);
  if (!inbox || app.page !== 'inbox') return undefined;
  const { open, cursor } = inbox.list;
  return inbox.book.get(inChat(app) ? (open ?? cursor) : (cursor ?? open));
}

/** Whether the focus is in the conversation or beside it, not in the list. */
export function inChat({ landmarks }: App): boolean {
  return landmarks.holds('conversation') || landmarks.holds('composer') || landmarks.holds('panel');
}

/** Those of them that are known here; of a whole list, none is. */
export function knownOf(app: App, targets: Targets): Chat[] {
  if (targets.in === 'list') return [];
  return targets.of.flatMap((id) => app.inbox?.book.get(id) ?? []);
}
