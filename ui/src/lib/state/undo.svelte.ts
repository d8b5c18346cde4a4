import { toApiError, type DeedId } from '$lib/backend';

/** Takes something back; rejects where that can not be done. */
export type Back = () => Promise<unknown>;

/** Something that was done and can be taken back. */
export interface Undoable {
  readonly id: number;
  /** What was done, as its notice says it. */
  readonly text: string;
  readonly back: Back;
  /** Its name in the program's log, where it has one. */
  deed: DeedId | null;
}

const byAge = (one: Undoable, other: Undoable): number => one.id - other.id;

/** Only a part was taken back, as its message says. */
export class Partly extends Error {
  /** `later` says whether the rest can still be. */
  constructor(
    said: string,
    readonly later: boolean,
  ) {
    super(said);
  }
}

/** Further back than this nobody goes by one key. */
const KEPT = 100;

/**
 * Everything that can be taken back, in the order in which it was done, whoever keeps it: the
 * operator's own marks here, or Telegram.
 */
export class Undo {
  #stack = $state.raw<readonly Undoable[]>([]);
  #next = 1;
  /** Grows when all is forgotten. */
  #epoch = 0;

  /** `told` hears how each of them ended. */
  constructor(private readonly told: (what: Undoable, error: unknown) => void) {}

  /** Whether there is anything. */
  get any(): boolean {
    return this.#stack.length > 0;
  }

  /** Keeps what was just done; answers its id here. */
  add(text: string, back: Back): Undoable {
    const undoable = { id: this.#next++, text, back, deed: null };
    this.#stack = [...this.#stack.slice(1 - KEPT), undoable];
    return undoable;
  }

  /** Takes the newest back; says whether there was one. */
  newest(): boolean {
    const last = this.#stack.at(-1);
    if (last) void this.take(last.id);
    return last !== undefined;
  }

  /** Takes one back, once. */
  async take(id: number): Promise<void> {
    const found = this.#stack.find((undoable) => undoable.id === id);
    if (!found) return;
    this.drop(id);
    const epoch = this.#epoch;
    const error = await found.back().then(() => null, (why: unknown) => why ?? new Error()); // prettier-ignore
    if (epoch !== this.#epoch) return;
    if (error !== null && isLeft(error)) this.#stack = [...this.#stack, found].sort(byAge);
    this.told(found, error);
  }

  /** Forgets one: it never came to pass. */
  drop(id: number): void {
    this.#stack = this.#stack.filter((undoable) => undoable.id !== id);
  }

  /** Forgets a deed that was taken back elsewhere, such as from a chat's history. */
  dropDeed(deed: DeedId): void {
    this.#stack = this.#stack.filter((undoable) => undoable.deed !== deed);
  }

  /** Forgets all: another workspace is open. */
  clear(): void {
    this.#stack = [];
    this.#epoch += 1;
  }
}

/** Whether something is left to be taken back: it was stopped on the way. */
function isLeft(error: unknown): boolean {
  return error instanceof Partly ? error.later : toApiError(error).code === 'cancelled';
}
