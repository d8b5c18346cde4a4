import { m } from '$lib/messages';
import type { App } from './app.svelte';
import { Asked } from './asked.svelte';

/**
 * Settings that a page shows and changes: a change is shown at once and kept, and taken back where
 * the program refuses it, or the operator.
 */
export class Kept<T extends object> extends Asked<T> {
  constructor(
    private readonly app: App,
    read: () => Promise<T>,
    private readonly write: (settings: T) => Promise<null>,
  ) {
    super(read);
  }

  /** Changes a part of them. */
  readonly change = async (part: Partial<T>): Promise<void> => {
    const before = this.value;
    if (!before) return;
    try {
      await this.#keep(part);
    } catch (error) {
      this.app.report(error);
      return;
    }
    const keys = Object.keys(part) as (keyof T)[];
    const former = Object.fromEntries(keys.map((key) => [key, before[key]])) as Partial<T>;
    this.app.toasts.show(m.settings_saved(), { undo: () => this.#keep(former) });
  };

  /** Keeps a part of them. The page may be gone when a change is taken back: it is read then. */
  async #keep(part: Partial<T>): Promise<void> {
    if (!this.value) await this.load();
    const before = this.value;
    if (!before) return;
    const wanted = { ...before, ...part };
    this.take(wanted);
    try {
      await this.write(wanted);
    } catch (error) {
      if (this.value === wanted) this.take(before);
      throw error;
    }
  }
}
