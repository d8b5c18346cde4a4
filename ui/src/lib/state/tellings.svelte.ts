import type { Backend, TellingId, TellingProgress } from '$lib/backend';

/** One of them. */
export interface Telling extends TellingProgress {
  readonly id: TellingId;
}

/**
 * What Telegram is being told of many chats, whoever asked for it. It may last, so that several go on
 * beside each other; each is stopped by itself.
 */
export class Tellings {
  #list = $state.raw<readonly Telling[]>([]);

  constructor(
    private readonly backend: Backend,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The oldest first. */
  get list(): readonly Telling[] {
    return this.#list;
  }

  hear(id: TellingId, progress: TellingProgress | null): void {
    const others = this.#list.filter((telling) => telling.id !== id);
    const all = progress ? [...others, { id, ...progress }] : others;
    this.#list = all.sort((a, b) => a.id - b.id);
  }

  /** Forgets all; those that go on say so in a moment. */
  clear(): void {
    this.#list = [];
  }

  /** Asks one to stop, the newest where none is named; whoever asked for it says what was done. */
  readonly cancel = (id = this.#list.at(-1)?.id): void => {
    if (id === undefined) return;
    void this.backend.call('tell_cancel', { telling: id }).catch(this.onError);
  };
}
