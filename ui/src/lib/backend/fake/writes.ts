// What the fake world does when it is told to do something.

import type { Chat, ChatId, Outgoing, OutgoingId, OutgoingState, RichText, RowId } from '../types';
import { lastOf } from './history';
import { refuse } from './login';
import type { World } from './world';

/** Runs something later; tests without traffic run it at once. */
export type Later = (ms: number, run: () => void) => void;

function chatOf(world: World, id: ChatId): Chat {
  const chat = world.chats.get(id);
  if (!chat) throw refuse('not_found');
  return chat;
}

/** How a send ends: words in the text choose, so that every state can be looked at. */
function endOf(text: string): OutgoingState | null {
  if (/\bfail\b/.test(text)) return { state: 'failed', code: 'privacy_restricted' };
  if (/\bslow\b/.test(text))
    return { state: 'retry_at', at_ms: Date.now() + 90_000, code: 'flood_wait' };
  if (/\bunclear\b/.test(text)) {
    return { state: 'ambiguous', at_ms: Date.now() + 20_000, since_ms: Date.now() };
  }
  return null;
}

function deliver(world: World, id: OutgoingId, later: Later): void {
  const item = world.outgoing.get(id);
  if (!item) return;
  const end = endOf(item.text);
  if (end) return world.advance(id, end);
  const quoted = world.history(item.chat).find((message) => message.id === item.reply_to);
  const message = world.add(item.chat, {
    text: item.text,
    entities: item.entities,
    out: true,
    reply: quoted
      ? { id: quoted.id, sender_name: quoted.sender_name, line: quoted.text || quoted.line }
      : null,
  });
  if (!message) return;
  world.advance(id, { state: 'sent', message: message.id });
  later(1200, () => markRead(world, item.chat, message.row));
}

function markRead(world: World, chat: ChatId, row: RowId): void {
  const message = world.history(chat).find((found) => found.row === row);
  if (!message) return;
  message.delivery = 'read';
  world.change(chat, (changed) => {
    changed.read_out = message.id;
    if (changed.last?.id === message.id) changed.last = lastOf(message);
  });
}

/** Takes a text on its way. */
export function send(
  world: World,
  later: Later,
  id: ChatId,
  rich: RichText,
  replyTo: number | null,
): Outgoing {
  const chat = chatOf(world, id);
  if (!chat.can_write) throw refuse('write_forbidden');
  const item = world.queue(chat, rich, replyTo);
  later(350, () => deliver(world, item.id, later));
  return item;
}

/** Tries a failed one again; this time it goes. */
export function retry(world: World, later: Later, id: OutgoingId): Outgoing {
  const item = world.outgoing.get(id);
  if (!item) throw refuse('not_found');
  const again: Outgoing = {
    ...item,
    text: item.text.replace(/\b(fail|slow|unclear)\b/, '').trim() || 'again',
    state: { state: 'queued' },
  };
  world.outgoing.set(id, again);
  later(350, () => deliver(world, id, later));
  return again;
}

/** Changes a text. */
export function edit(world: World, row: RowId, { text, entities }: RichText): null {
  const message = world.message(row);
  if (!message) throw refuse('message_gone');
  if (text.includes('forbid')) throw refuse('edit_forbidden');
  Object.assign(message, { text, entities, edit_date: Math.floor(Date.now() / 1000) });
  world.tell({ type: 'messages', chat: message.chat, change: 'edited', rows: [row], live: true });
  return null;
}

/** Takes messages away. */
export function remove(world: World, rows: RowId[]): null {
  for (const row of rows) {
    const message = world.message(row);
    if (!message) continue;
    const history = world.history(message.chat);
    history.splice(history.indexOf(message), 1);
    world.tell({
      type: 'messages',
      chat: message.chat,
      change: 'deleted',
      rows: [row],
      live: true,
    });
    const last = history.at(-1);
    world.change(message.chat, (chat) => (chat.last = last ? lastOf(last) : null));
  }
  return null;
}
