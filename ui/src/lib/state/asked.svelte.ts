import type { ApiError } from '$lib/backend';
import { toApiError } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';

const AGAIN_MS = 300;

/** One answer that a page shows: read, and read again when an event says so. */
export class Asked<T> {
  #value = $state.raw<T | null>(null);
  #error = $state.raw<ApiError | null>(null);
  readonly #asking = new Latest();
  readonly #again = new Throttle(AGAIN_MS);

  constructor(private readonly question: () => Promise<T>) {}

  /** The newest answer; `null` before the first. */
  get value(): T | null {
    return this.#value;
  }

  /** Why the newest reading failed. */
  get error(): ApiError | null {
    return this.#error;
  }

  /** Reads; a failure keeps the answer that was there. */
  readonly load = async (): Promise<void> => {
    try {
      const answer = await this.#asking.ask(this.question);
      if (answer === undefined) return;
      this.#value = answer;
      this.#error = null;
    } catch (problem) {
      this.#error = toApiError(problem);
    }
  };

  /** Reads again soon; many requests become one. */
  readonly refresh = (): void => {
    this.#again.run(() => void this.load());
  };

  /** Takes what is known already, such as the answer to a change. Readings under way are stale. */
  take(value: T): void {
    this.#asking.cancel();
    this.#value = value;
    this.#error = null;
  }

  /** Forgets what was asked. */
  readonly stop = (): void => {
    this.#asking.cancel();
    this.#again.cancel();
  };
}
