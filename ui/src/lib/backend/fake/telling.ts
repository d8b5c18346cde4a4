// What is done to many chats at Telegram: a few in each moment, stopped between them, and not for
// accounts that are to wait.

import type {
  AccountId,
  AccountLeft,
  Calls,
  Chat,
  ChatId,
  TelegramChange,
  TellingId,
  Told,
} from '../types';
import type { World } from './world';

const TICK_MS = 20;

function isDue(chat: Chat, { do: what, to }: TelegramChange): boolean {
  if (what === 'archive') return chat.archived !== to;
  const unread = chat.unread > 0 || chat.unread_mark;
  return to ? unread || chat.mentions > 0 : !unread;
}

function change(chat: Chat, { do: what, to }: TelegramChange): void {
  if (what === 'archive') chat.archived = to;
  else if (!to) chat.unread_mark = true;
  else {
    chat.read_in = chat.last?.id ?? chat.read_in;
    [chat.unread, chat.unread_mark, chat.mentions] = [0, false, 0];
  }
}

export class FakeTelling {
  /** Chats to which it is done in a moment; to all at once where it is not set. */
  atOnce: number | null = null;
  /** Accounts that are to wait, and until when. */
  readonly waits = new Map<AccountId, number>();
  readonly #stopped = new Set<TellingId>();
  #last = 0;

  cancel(id: TellingId): void {
    this.#stopped.add(id);
  }

  async tell(world: World, { targets, change: asked }: Calls['tell_chats']['args']): Promise<Told> {
    const id = ++this.#last;
    const keys = targets.in === 'list' ? world.keys(targets.of) : targets.of;
    const due = keys.filter((key) => {
      const chat = world.chats.get(key);
      return chat && isDue(chat, asked);
    });
    const account = (key: ChatId) => world.chats.get(key)?.account ?? 0;
    const free = due.filter((key) => !this.waits.has(account(key)));
    const chats: ChatId[] = [];
    const atOnce = this.atOnce ?? free.length;
    for (let at = 0; at < free.length && !this.#stopped.has(id); at += atOnce) {
      if (this.atOnce !== null) {
        const progress = { change: asked, done: chats.length, of: due.length };
        world.tell({ type: 'telling', telling: id, progress });
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
      for (const key of free.slice(at, at + atOnce)) {
        world.change(key, (chat) => change(chat, asked));
        chats.push(key);
      }
    }
    if (this.atOnce !== null) world.tell({ type: 'telling', telling: id, progress: null });
    const left = [...this.waits].flatMap(([waiting, until_ms]): AccountLeft[] => {
      const count = due.filter((key) => account(key) === waiting).length;
      return count > 0 ? [{ account: waiting, chats: count, why: 'flood_wait', until_ms }] : [];
    });
    return { chats, of: due.length, stopped: this.#stopped.delete(id), left };
  }
}
