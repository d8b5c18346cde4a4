import { SvelteMap } from 'svelte/reactivity';
import type { ApiError, Backend, Card, Change, ChatId, Contact, FieldValue, Note, PersonRow, RowId, Task } from '$lib/backend'; // prettier-ignore
import { toApiError } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';
import type { ChatBook } from './chatBook.svelte';
import { CardOfChat } from './card.svelte';
import { Timeline } from './timeline.svelte';

const AGAIN_MS = 1000;

const byDay = (a: Task, b: Task) => (a.due_ms ?? Infinity) - (b.due_ms ?? Infinity) || a.id - b.id;
const byDone = (a: Task, b: Task) => (b.done_ms ?? 0) - (a.done_ms ?? 0);

/** A person's page: their chats over all accounts, what is kept of them, and every message. */
export class Person {
  #chat = $state<ChatId | null>(null);
  #row = $state.raw<PersonRow | null>(null);
  #contact = $state.raw<Contact | null>(null);
  #error = $state.raw<ApiError | null>(null);
  #timeline = $state.raw<Timeline | null>(null);
  /** What is kept, by chat: tasks belong to one, the rest to the person. */
  readonly #cards = new SvelteMap<ChatId, CardOfChat>();
  readonly #reading = new Latest();
  readonly #again = new Throttle(AGAIN_MS);

  constructor(
    private readonly backend: Backend,
    private readonly book: ChatBook,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The chat by which the page was opened. */
  get chat(): ChatId | null {
    return this.#chat;
  }

  /** Their chats over all accounts, the newest first. */
  get chats(): readonly ChatId[] {
    return this.#row?.chats ?? (this.#chat === null ? [] : [this.#chat]);
  }

  get contact(): Contact | null {
    return this.#contact;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  get timeline(): Timeline | null {
    return this.#timeline;
  }

  get #own(): Card | null {
    return (this.#chat === null ? undefined : this.#cards.get(this.#chat))?.value ?? null;
  }

  /** Whether what is kept was read. */
  get known(): boolean {
    return this.#own !== null;
  }

  get notes(): readonly Note[] {
    return this.#own?.notes ?? [];
  }

  get values(): readonly FieldValue[] {
    return this.#own?.values ?? [];
  }

  /** Open tasks of all their chats by their day, then those done. */
  get tasks(): readonly Task[] {
    const all = [...this.#cards.values()].flatMap(({ value }) => value?.tasks ?? []);
    const [open, done] = [all.filter((t) => t.done_ms === null), all.filter((t) => t.done_ms !== null)]; // prettier-ignore
    return [...open.toSorted(byDay), ...done.toSorted(byDone)];
  }

  /** Grows whenever something was done to one of their chats. */
  get changes(): number {
    return [...this.#cards.values()].reduce((sum, card) => sum + card.changes, 0);
  }

  /** Shows the person of a chat, or nobody. */
  show(chat: ChatId | null): void {
    if (chat === this.#chat) return;
    this.#leave();
    this.#chat = chat;
    if (chat === null) return;
    this.#timeline = new Timeline(this.backend, chat, this.onError);
    void this.#timeline.open();
    this.#follow([chat]);
    void this.load();
  }

  #leave(): void {
    this.#again.cancel();
    this.#reading.cancel();
    this.#timeline?.stop();
    this.#timeline = null;
    for (const card of this.#cards.values()) card.stop();
    this.#cards.clear();
    this.#row = null;
    this.#contact = null;
    this.#error = null;
  }

  /** Reads which chats there are with them, and what is known of them. */
  async load(): Promise<void> {
    const chat = this.#chat;
    if (chat === null) return;
    try {
      const found = await this.#reading.ask(() =>
        Promise.all([
          this.backend.call('people_rows', { chats: [chat] }),
          this.backend.call('contact', { chat }),
        ]),
      );
      if (!found) return;
      const [[row], contact] = found;
      const before = this.#row;
      this.#row = row ?? null;
      this.#contact = contact;
      this.#error = null;
      if (!row) return;
      this.book.take([row.chat]);
      this.#follow(row.chats);
      // Another account has met them: its messages stand in the timeline too.
      const more = before && row.chats.some((id) => !before.chats.includes(id));
      if (more) void this.#timeline?.open();
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  #follow(chats: readonly ChatId[]): void {
    this.book.want(chats);
    for (const chat of chats) {
      if (this.#cards.has(chat)) continue;
      const card = new CardOfChat(this.backend);
      card.show(chat);
      this.#cards.set(chat, card);
    }
  }

  /** Some chats changed: one of theirs may have come or gone. */
  refresh(): void {
    if (this.#chat !== null) this.#again.run(() => void this.load());
  }

  /** Messages of a chat came, changed or went. */
  messages(chat: ChatId, change: Change, rows: readonly RowId[]): void {
    if (this.chats.includes(chat)) this.#timeline?.changed(change, rows);
  }

  /** What is kept of a chat changed, or of any. */
  cardChanged(chat: ChatId | null): void {
    for (const card of this.#cards.values()) card.changed(chat);
    // What is said of the person stands in the card of each of their chats.
    const own = this.#chat === null ? undefined : this.#cards.get(this.#chat);
    if (chat !== null && chat !== this.#chat && this.#cards.has(chat)) own?.changed(null);
  }

  /** Shows a change of a chat's card before the program has confirmed it. Returns the way back. */
  assume(chat: ChatId, change: (card: Card) => Partial<Card>): () => void {
    return this.#cards.get(chat)?.assume(chat, change) ?? (() => undefined);
  }

  stop(): void {
    this.show(null);
  }
}
