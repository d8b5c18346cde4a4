import type { AccountId, ApiError, Backend, ChatFilter, ChatId } from '$lib/backend';
import { toApiError } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';

/** The views of the sidebar, in their order. */
export const views = ['all', 'unread', 'people', 'groups', 'archive'] as const;
export type View = (typeof views)[number];

/** Which chats the list shows, in which order, and where its cursor is. */
export class ChatList {
  #view = $state<View>('all');
  #account = $state<AccountId | null>(null);
  #keys = $state.raw<readonly ChatId[]>([]);
  #loaded = $state(false);
  #error = $state.raw<ApiError | null>(null);
  /** The row that the arrow keys move. */
  cursor = $state<ChatId | null>(null);
  /** The chat that is open: it stays in the list even where the filter would drop it. */
  open = $state<ChatId | null>(null);
  readonly #reading = new Latest();
  readonly #again = new Throttle(150);

  constructor(private readonly backend: Backend) {}

  get view(): View {
    return this.#view;
  }

  get account(): AccountId | null {
    return this.#account;
  }

  get keys(): readonly ChatId[] {
    return this.#keys;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  /** Whether something but "all chats of all accounts" is shown. */
  get filtered(): boolean {
    return this.#view !== 'all' || this.#account !== null;
  }

  get #filter(): ChatFilter {
    return {
      ...(this.#account === null ? {} : { account: this.#account }),
      unread: this.#view === 'unread',
      archived: this.#view === 'archive',
      people: this.#view === 'people',
      groups: this.#view === 'groups',
      order: 'activity',
    };
  }

  /** Shows a view and the chats of one account, or of all. */
  async show(view: View, account: AccountId | null): Promise<void> {
    if (view === this.#view && account === this.#account) return;
    this.#view = view;
    this.#account = account;
    this.#loaded = false;
    this.cursor = null;
    await this.load();
  }

  /** Reads the ids of the list. */
  async load(): Promise<void> {
    try {
      const keys = await this.#reading.ask(() =>
        this.backend.call('chat_keys', { filter: this.#filter }),
      );
      if (!keys) return;
      this.#keys = this.#loaded ? this.#keepOpen(keys) : keys;
      this.#error = null;
      this.#loaded = true;
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  /** A chat that was just read leaves "unread"; taking its row away under the pointer would not do. */
  #keepOpen(keys: ChatId[]): ChatId[] {
    const at = this.open === null ? -1 : this.#keys.indexOf(this.open);
    if (this.open === null || at < 0 || this.#view !== 'unread' || keys.includes(this.open)) {
      return keys;
    }
    return keys.toSpliced(at, 0, this.open);
  }

  /** Reads again soon; many requests become one. */
  refresh(): void {
    this.#again.run(() => void this.load());
  }

  /** The chat this many rows below another, or the first where there is none. */
  beside(from: ChatId | null, step: number): ChatId | null {
    const at = from === null ? -1 : this.#keys.indexOf(from);
    if (at < 0) return this.#keys[0] ?? null;
    return this.#keys[Math.min(this.#keys.length - 1, Math.max(0, at + step))] ?? null;
  }

  /** Moves the cursor by rows. */
  move(step: number): void {
    this.cursor = this.beside(this.cursor ?? this.open, step);
  }

  /** Moves the cursor to the first or the last row. */
  moveToEnd(end: 'first' | 'last'): void {
    this.cursor = (end === 'first' ? this.#keys[0] : this.#keys.at(-1)) ?? null;
  }

  stop(): void {
    this.#again.cancel();
    this.#reading.cancel();
  }
}
