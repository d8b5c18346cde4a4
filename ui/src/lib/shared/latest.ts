/** Drops stale answers: only the newest question's answer counts. */
export class Latest {
  #newest = 0;

  /** Asks; resolves to `undefined` where a newer question was asked or this was cancelled. */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    const mine = ++this.#newest;
    try {
      const answer = await question();
      return mine === this.#newest ? answer : undefined;
    } catch (error) {
      if (mine === this.#newest) throw error;
      return undefined;
    }
  }

  /** Makes every open question stale. */
  cancel(): void {
    this.#newest++;
  }
}

/** Runs something once a while after the last request for it. */
export class Debounce {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending: (() => void) | undefined;

  constructor(private readonly ms: number) {}

  /** Runs later; a former request is forgotten. */
  later(run: () => void): void {
    clearTimeout(this.#timer);
    this.#pending = run;
    this.#timer = setTimeout(() => this.now(), this.ms);
  }

  /** Runs what is waiting now. */
  now(): void {
    clearTimeout(this.#timer);
    const run = this.#pending;
    this.#pending = undefined;
    run?.();
  }

  /** Forgets what is waiting. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#pending = undefined;
  }
}

/** Runs something at once, then at most once in a while, the last request included. */
export class Throttle {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: (() => void) | undefined;

  constructor(private readonly ms: number) {}

  /** Runs now, or when the pause after the former run is over. */
  run(run: () => void): void {
    if (this.#timer !== undefined) {
      this.#again = run;
      return;
    }
    run();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const again = this.#again;
      this.#again = undefined;
      if (again) this.run(again);
    }, this.ms);
  }

  /** Forgets what is waiting. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = undefined;
  }
}
