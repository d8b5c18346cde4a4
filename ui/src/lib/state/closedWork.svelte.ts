import type { ApiError, Backend } from '$lib/backend';
import { toApiError } from '$lib/backend';

const LOOK_MS = 200;

/** Work on a closed workspace: how far it is, and what came of it. */
export class ClosedWork<T> {
  #percent = $state<number | null>(null);
  #result = $state.raw<T | null>(null);
  #error = $state.raw<ApiError | null>(null);

  constructor(private readonly backend: Backend) {}

  /** How far it is; `null` while nothing goes on. */
  get percent(): number | null {
    return this.#percent;
  }

  get result(): T | null {
    return this.#result;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  /** Whether it stopped for want of a secret, or for a wrong one. */
  get wantsSecret(): boolean {
    return this.#error?.code === 'passphrase_needed' || this.#error?.code === 'passphrase_wrong';
  }

  /** Does the work; says whether it was done. */
  async run(work: () => Promise<T>): Promise<boolean> {
    if (this.#percent !== null) return false;
    this.#percent = 0;
    this.#error = null;
    const looks = setInterval(() => void this.#look(), LOOK_MS);
    try {
      this.#result = await work();
      return true;
    } catch (error) {
      this.#error = toApiError(error);
      return false;
    } finally {
      clearInterval(looks);
      this.#percent = null;
    }
  }

  async #look(): Promise<void> {
    const percent = await this.backend.workPercent().catch(() => null);
    if (this.#percent !== null && percent !== null) this.#percent = percent;
  }

  /** Asks the work to stop; everything is then as it was. */
  cancel(): void {
    void this.backend.workCancel().catch(() => undefined);
  }
}
