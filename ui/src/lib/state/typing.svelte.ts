import { SvelteMap } from 'svelte/reactivity';
import type { ChatId } from '$lib/backend';

/** Where somebody is typing. */
export class Typing {
  readonly #until = new SvelteMap<ChatId, number>();
  readonly #timers = new Map<ChatId, ReturnType<typeof setTimeout>>();

  in(chat: ChatId): boolean {
    return this.#until.has(chat);
  }

  /** Shows it until then, or until a message comes. */
  show(chat: ChatId, untilMs: number): void {
    clearTimeout(this.#timers.get(chat));
    this.#until.set(chat, untilMs);
    this.#timers.set(
      chat,
      setTimeout(() => this.end(chat), Math.max(0, untilMs - Date.now())),
    );
  }

  end(chat: ChatId): void {
    clearTimeout(this.#timers.get(chat));
    this.#timers.delete(chat);
    this.#until.delete(chat);
  }

  stop(): void {
    for (const chat of this.#timers.keys()) this.end(chat);
  }
}
