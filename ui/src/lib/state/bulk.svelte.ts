import type { ChatId } from '$lib/backend';
import { m } from '$lib/messages';
import { count } from '$lib/shared/format';
import type { App } from './app.svelte';

/** Chats that Telegram moves with one call. */
const MOVED_AT_ONCE = 100;
/** Chats that Telegram is told of one after the other, so that progress is seen. */
const TOLD_AT_ONCE = 20;

/** What Telegram has to be told of many chats: at its pace, with progress, stopped when one likes. */
export class Bulk {
  #doing = $state.raw<{ name: string; done: number; of: number } | null>(null);
  #cancelled = false;

  constructor(private readonly app: App) {}

  /** What is under way. */
  get doing(): { name: string; done: number; of: number } | null {
    return this.#doing;
  }

  /** Stops after the chats at hand; what was done stays, and can be taken back. */
  readonly cancel = (): void => {
    this.#cancelled = true;
  };

  /** Moves chats into Telegram's archive, or out of it. */
  async archive(ids: readonly ChatId[], archived: boolean): Promise<void> {
    const move = (to: boolean) => (chats: ChatId[]) =>
      this.app.backend.call('archive_many', { chats, archived: to });
    const naming = archived ? m.bulk_archiving() : m.bulk_unarchiving();
    const done = await this.#each(naming, ids, MOVED_AT_ONCE, move(archived));
    if (done.length === 0) return;
    const whom = chatsOf(done.length);
    this.app.toasts.show(archived ? m.bulk_archived({ whom }) : m.bulk_unarchived({ whom }), {
      undo: async () => {
        const back = archived ? m.bulk_unarchiving() : m.bulk_archiving();
        await this.#each(back, done, MOVED_AT_ONCE, move(!archived));
      },
    });
  }

  /** Marks chats read: here at once, at Telegram unhurried and no further than it lets. */
  async read(ids: readonly ChatId[]): Promise<void> {
    const { backend, toasts } = this.app;
    const read = (chats: ChatId[]) => backend.call('read_many', { chats });
    const unread = (chats: ChatId[]) => backend.call('unread_many', { chats });
    const done = await this.#each(m.bulk_reading(), ids, TOLD_AT_ONCE, read);
    if (done.length === 0) return;
    toasts.show(m.done_read_n({ count: done.length, shown: count(done.length) }), {
      undo: async () => void (await this.#each(m.bulk_unreading(), done, TOLD_AT_ONCE, unread)),
    });
  }

  /** Those chats to which it was done. */
  async #each(
    name: string,
    ids: readonly ChatId[],
    atOnce: number,
    run: (chats: ChatId[]) => Promise<ChatId[]>,
  ): Promise<ChatId[]> {
    const done: ChatId[] = [];
    if (this.#doing) return done;
    this.#cancelled = false;
    this.#doing = { name, done: 0, of: ids.length };
    try {
      for (let at = 0; at < ids.length && !this.#cancelled; at += atOnce) {
        const some = ids.slice(at, at + atOnce);
        done.push(...(await run(some)));
        this.#doing = { name, done: at + some.length, of: ids.length };
      }
    } catch (error) {
      this.app.report(error);
    } finally {
      this.#doing = null;
    }
    return done;
  }
}

const chatsOf = (chats: number): string => m.chats_n({ count: chats, shown: count(chats) });
