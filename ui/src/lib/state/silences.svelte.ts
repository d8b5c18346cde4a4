import { SvelteSet } from 'svelte/reactivity';
import type { Backend, ChatId } from '$lib/backend';
import { Latest } from '$lib/shared/latest';

/**
 * Chats that raise no notification on this computer. Telegram's mute is another matter: it belongs
 * to the chat and holds on all devices.
 */
export class Silences {
  readonly #chats = new SvelteSet<ChatId>();
  readonly #asking = new Latest();

  constructor(private readonly backend: Backend) {}

  /** Reads which. */
  async load(): Promise<void> {
    const chats = await this.#asking.ask(() => this.backend.call('notify_muted', {}));
    if (!chats) return;
    this.#chats.clear();
    for (const chat of chats) this.#chats.add(chat);
  }

  has(chat: ChatId): boolean {
    return this.#chats.has(chat);
  }

  /** All of them, in no order. */
  get all(): ChatId[] {
    return [...this.#chats];
  }

  /** Silences a chat here, or lets it speak again; shown before the program has confirmed it. */
  async set(chat: ChatId, silent: boolean): Promise<void> {
    this.#asking.cancel();
    this.#show(chat, silent);
    try {
      await this.backend.call('notify_chat', { chat, muted: silent });
    } catch (error) {
      this.#show(chat, !silent);
      throw error;
    }
  }

  #show(chat: ChatId, silent: boolean): void {
    if (silent) this.#chats.add(chat);
    else this.#chats.delete(chat);
  }

  stop(): void {
    this.#asking.cancel();
  }
}
