import type { ChatId, Code, Targets, TelegramChange, Told } from '$lib/backend';
import { leftWords, toldWords } from '$lib/domain/chat/told';
import { codeSentence } from '$lib/domain/errors';
import type { App } from './app.svelte';
import { Partly, type Back } from './undo.svelte';

/** What is over by itself some time: until then, what could not be taken back still can be. */
const passing: ReadonlySet<Code> = new Set(['flood_wait', 'offline', 'network']);

/**
 * What Telegram has to be told of many chats: at its pace, so that it may last. What was done when it
 * is stopped stays done, and is taken back as one, at the same pace.
 */
export class Bulk {
  constructor(private readonly app: App) {}

  /** Moves chats into Telegram's archive, or out of it. */
  archive(targets: Targets, archived: boolean): Promise<void> {
    return this.#tell(targets, { do: 'archive', to: archived });
  }

  /** Marks chats read. */
  read(targets: Targets): Promise<void> {
    return this.#tell(targets, { do: 'read', to: true });
  }

  async #tell(targets: Targets, change: TelegramChange): Promise<void> {
    const { inbox } = this.app;
    const here = () => this.app.inbox === inbox;
    try {
      const told = await this.app.backend.call('tell_chats', { targets, change });
      // Over another workspace or the lock it would be no one's business.
      if (here()) this.#say(told, change);
    } catch (error) {
      if (here()) this.app.report(error);
    }
  }

  #say(told: Told, change: TelegramChange): void {
    const { toasts } = this.app;
    if (told.of === 0) return;
    const any = told.chats.length > 0;
    const undo = any ? this.#back(told.chats, change) : undefined;
    toasts.show(this.#words(told, change), { undo, stays: told.left.length > 0 });
  }

  /** Takes it back; what is left of it when that is stopped or refused can be taken back later. */
  #back(chats: readonly ChatId[], change: TelegramChange): Back {
    const back: TelegramChange = { do: change.do, to: !change.to };
    let rest = [...chats];
    return async () => {
      const targets: Targets = { in: 'chats', of: rest };
      const told = await this.app.backend.call('tell_chats', { targets, change: back });
      if (!told.stopped && told.left.length === 0) return;
      const done = new Set(told.chats);
      rest = rest.filter((id) => !done.has(id));
      const later = told.stopped || told.left.some(({ why }) => passing.has(why));
      throw new Partly(this.#words(told, back), later);
    };
  }

  #words(told: Told, change: TelegramChange): string {
    if (told.chats.length === 0 && told.left.length === 0) return codeSentence('cancelled');
    const accounts = this.app.inbox?.accounts;
    const left = leftWords(told.left, (id) => accounts?.get(id), Date.now());
    return [toldWords(told, change), ...left].join(' ');
  }
}
