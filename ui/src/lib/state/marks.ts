import type { Chat, ChatChange, ChatId, ChatMarks, Deed, Done, Targets } from '$lib/backend';
import { chatTitle } from '$lib/domain/chat/kinds';
import { statusName } from '$lib/domain/crm/names';
import { m } from '$lib/messages';
import { count, soonMoment } from '$lib/shared/format';
import { cleanName } from '$lib/shared/text';
import type { App } from './app.svelte';
import { knownOf } from './targets';
import type { Toast } from './toasts.svelte';

/** Chats to which something is done before anybody could see how far it is. */
const DONE_SOON = 2000;

/**
 * What the operator marks chats with: tags, status, our own pin, a snooze. However many chats, it is
 * one change, shown at once, and taken back as one.
 */
export class Marks {
  constructor(private readonly app: App) {}

  /** Does something to chats. `also` runs where the program did it. */
  async change(targets: Targets, change: ChatChange): Promise<Done | null> {
    const backs = knownOf(this.app, targets).map((chat) => this.#assume(chat, change));
    const doing = this.app.backend.call('change_chats', { targets, change });
    // Of a whole list it is known only afterwards how many there were, and what takes its time is
    // not done before it is.
    const soon = targets.in === 'chats' && targets.of.length <= DONE_SOON;
    const said = soon ? this.#say(change, targets.of, doing) : null;
    try {
      const done = await doing;
      const toast = said ?? (done.changed > 0 ? this.#sayMany(change, done.changed, doing) : null);
      this.settle(toast, done);
      return done;
    } catch (error) {
      for (const back of backs) back();
      if (said) this.app.toasts.retract(said);
      this.app.report(error);
      return null;
    }
  }

  /**
   * Takes back what a call of the program did. The call may still be under way: Mod+Z is quicker
   * than any disk.
   */
  undoing(doing: Promise<Done>): () => Promise<void> {
    return async () => {
      const { deed } = await doing;
      if (deed !== null) await this.app.takeBack(deed);
    };
  }

  /** Takes back a deed of the log, and says so. */
  async takeBack({ id }: Deed, what: string): Promise<void> {
    try {
      await this.app.takeBack(id);
      this.app.undo.dropDeed(id);
      this.app.toasts.show(m.undo_done({ what }));
    } catch (error) {
      this.app.report(error);
    }
  }

  /** Gives a notice's way back its name in the log; where nothing was changed there is none. */
  settle(toast: Toast | null, done: Done): void {
    if (!toast?.undo) return;
    if (done.deed === null) this.app.toasts.retract(toast);
    else toast.undo.deed = done.deed;
  }

  #say(change: ChatChange, chats: readonly ChatId[], doing: Promise<Done>): Toast {
    const [only] = chats.length === 1 ? chats : [];
    const chat = this.app.inbox?.book.get(only ?? null);
    if (!chat) return this.#sayMany(change, chats.length, doing);
    return this.#show(change, chatTitle(chat), doing);
  }

  #sayMany(change: ChatChange, chats: number, doing: Promise<Done>): Toast {
    return this.#show(change, m.chats_n({ count: chats, shown: count(chats) }), doing);
  }

  #show(change: ChatChange, whom: string, doing: Promise<Done>): Toast {
    return this.app.toasts.show(this.#words(change, whom), { undo: this.undoing(doing) });
  }

  #words(change: ChatChange, whom: string): string {
    const catalogue = this.app.inbox?.catalogue;
    switch (change.do) {
      case 'tag':
      case 'untag': {
        const tag = cleanName(catalogue?.tag(change.to)?.name ?? '');
        return change.do === 'tag' ? m.done_tagged({ tag, whom }) : m.done_untagged({ tag, whom });
      }
      case 'status': {
        const status = catalogue?.status(change.to);
        return status ? m.done_status({ status: statusName(status), whom }) : m.done_status_none({ whom }); // prettier-ignore
      }
      case 'pin':
        return change.to ? m.done_own_pinned({ whom }) : m.done_own_unpinned({ whom });
      case 'snooze':
        return change.to
          ? m.done_snoozed({ time: soonMoment(change.to.until_ms, Date.now()), whom })
          : m.done_unsnoozed({ whom });
    }
  }

  #assume(chat: Chat, change: ChatChange): () => void {
    const marks = { ...chat.marks, ...this.#part(chat.marks, change) };
    return this.app.inbox?.book.assume(chat.id, { marks }) ?? (() => undefined);
  }

  #part(marks: ChatMarks, change: ChatChange): Partial<ChatMarks> {
    const catalogue = this.app.inbox?.catalogue;
    switch (change.do) {
      case 'tag':
        return { tags: catalogue?.inOrder([...marks.tags, change.to]) ?? marks.tags };
      case 'untag':
        return { tags: marks.tags.filter((tag) => tag !== change.to) };
      case 'status':
        // What is closed waits for nobody.
        return catalogue?.status(change.to)?.kind === 'closed'
          ? { status: change.to, waiting_since: null }
          : { status: change.to };
      case 'pin':
        return { pinned_ms: change.to ? (marks.pinned_ms ?? Date.now()) : null };
      case 'snooze':
        return { snoozed_until_ms: change.to?.until_ms ?? null };
    }
  }
}
