import { createSubscriber } from 'svelte/reactivity';

/** Wall time that redraws what shows it, and stands still while nothing does. */
class Clock {
  readonly #subscribe: () => void;

  constructor(everyMs: number) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, everyMs);
      return () => clearInterval(timer);
    });
  }

  /** Unix milliseconds. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

/** For countdowns. */
export const seconds = new Clock(1000);
/** For dates in lists. */
export const minutes = new Clock(30_000);
