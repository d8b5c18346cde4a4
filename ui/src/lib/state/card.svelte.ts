import type { ApiError, Backend, Card, ChatId, NoteId } from '$lib/backend';
import { toApiError } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';
import { whenPainted } from '$lib/shared/painted';

/** Notes, tasks and fields of the open chat, kept true by events. */
export class CardOfChat {
  #chat: ChatId | null = null;
  #card = $state.raw<Card | null>(null);
  #error = $state.raw<ApiError | null>(null);
  /** Grows whenever something was done to the chat: its history reads itself again. */
  #changes = $state(0);
  #pointed = $state<NoteId | null>(null);
  readonly #reading = new Latest();
  readonly #again = new Throttle(100);
  #callOff: () => void = () => undefined;

  constructor(private readonly backend: Backend) {}

  /** That of the chat before until it is read, as its `chat` says; `null` where no chat is open. */
  get value(): Card | null {
    return this.#card;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  get changes(): number {
    return this.#changes;
  }

  /** A note that is to be brought to sight and pointed out, which somebody looked for. */
  get pointed(): NoteId | null {
    return this.#pointed;
  }

  /** Points a note of the chat out; `null` once that was done. */
  point(note: NoteId | null): void {
    this.#pointed = note;
  }

  /** Shows another chat's, or none. */
  show(chat: ChatId | null): void {
    if (chat === this.#chat) return;
    this.#callOff();
    this.#again.cancel();
    this.#reading.cancel();
    this.#chat = chat;
    this.#error = null;
    this.#pointed = null;
    if (chat === null) this.#card = null;
    // The conversation comes first: who opens a chat reads that. The former chat's card stays until
    // then, which the panel shows as long.
    else this.#callOff = whenPainted(() => void this.load());
  }

  /** Reads it; a failure keeps what was there. */
  async load(): Promise<void> {
    const chat = this.#chat;
    if (chat === null) return;
    try {
      const card = await this.#reading.ask(() => this.backend.call('card', { chat }));
      if (!card) return;
      this.#card = card;
      this.#error = null;
    } catch (problem) {
      this.#error = toApiError(problem);
    }
  }

  /** Something was changed: of this chat, or of those (`null`) that are not named. */
  changed(chat: ChatId | null): void {
    if (this.#chat === null || (chat !== null && chat !== this.#chat)) return;
    this.#changes += 1;
    this.#again.run(() => void this.load());
  }

  /** Shows a change of a chat's card before the program has confirmed it. Returns the way back. */
  assume(chat: ChatId, change: (card: Card) => Partial<Card>): () => void {
    const before = this.#card;
    if (before?.chat !== chat) return () => undefined;
    this.#reading.cancel();
    const assumed = { ...before, ...change(before) };
    this.#card = assumed;
    return () => {
      if (this.#card === assumed) this.#card = before;
    };
  }

  stop(): void {
    this.show(null);
  }
}
