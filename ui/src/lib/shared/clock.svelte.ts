import { createSubscriber } from 'svelte/reactivity';

/** Wall time that redraws what shows it, and stands still while nothing does. */
class Clock {
  readonly #subscribe: () => void;

  constructor(everyMs: number) {
    this.#subscribe = createSubscriber((update) => {
      // With the turn of the clock itself: a time of day that is shown changes when the minute does.
      const next = () => setTimeout(tick, everyMs - (Date.now() % everyMs));
      let timer = next();
      function tick() {
        timer = next();
        update();
      }
      return () => clearTimeout(timer);
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
