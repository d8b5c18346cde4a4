import type { ApiError } from '$lib/backend';

/** A passing notice. */
export interface Toast {
  id: number;
  text: string;
  /** Takes the action back. */
  undo?: (() => void) | undefined;
  /** For failures: what "copy details" copies. */
  error?: ApiError | undefined;
}

const SHOWN_MS = 6000;

/** The notices shown now, newest last. */
export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** Shows a notice for a while. */
  show(text: string, more: Pick<Toast, 'undo' | 'error'> = {}): void {
    const toast: Toast = { id: this.#next++, text, ...more };
    // Three are enough to read; older ones leave.
    this.#list = [...this.#list.slice(-2), toast];
    this.keep(toast.id, false);
  }

  /** Keeps a notice while somebody points at it, or lets its time run again. */
  keep(id: number, held: boolean): void {
    clearTimeout(this.#timers.get(id));
    if (held) return;
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_MS),
    );
  }

  /** Takes a notice away. */
  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  /** Takes back the newest action that can be; says whether there was one. */
  undoNewest(): boolean {
    const toast = this.#list.findLast((candidate) => candidate.undo);
    if (!toast?.undo) return false;
    this.dismiss(toast.id);
    toast.undo();
    return true;
  }
}
