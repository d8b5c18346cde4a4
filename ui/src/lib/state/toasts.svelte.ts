import type { ApiError } from '$lib/backend';
import type { Back, Undo, Undoable } from './undo.svelte';

/** A passing notice. */
export interface Toast {
  id: number;
  text: string;
  /** What can be taken back. */
  undo: Undoable | null;
  /** Somewhere to go. */
  way: Way | null;
  /** For failures: what "copy details" copies. */
  error: ApiError | null;
  /** Whether it waits for somebody to read it. */
  stays: boolean;
  /** Whether it says what is being done, and goes when that is over. */
  working: boolean;
}

/** A button of a notice. */
export interface Way {
  name: string;
  run: () => void;
}

/** What a notice may have beside its text. */
export interface More {
  undo?: Back | undefined;
  way?: Way | undefined;
  error?: ApiError | undefined;
  stays?: boolean;
  working?: boolean;
}

const SHOWN_MS = 6000;

/** The notices shown now, newest last. */
export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(private readonly undo: Undo) {}

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** Shows a notice for a while. What it can take back stays to be taken back after that. */
  show(text: string, { undo, way, error, stays = false, working = false }: More = {}): Toast {
    const toast: Toast = {
      id: this.#next++,
      text,
      undo: undo ? this.undo.add(text, undo) : null,
      way: way ?? null,
      error: error ?? null,
      stays: stays || working,
      working,
    };
    this.#makeRoom();
    this.#list = [...this.#list, toast];
    if (!toast.stays) this.keep(toast.id, false);
    return toast;
  }

  /** Three are enough to read: older ones leave, except where they say what is still being done. */
  #makeRoom(): void {
    for (const { id } of this.#list
      .filter(({ working }) => !working)
      .slice(0, Math.max(0, this.#list.length - 2)))
      this.dismiss(id);
  }

  /** Keeps a notice while somebody points at it, or lets its time run again. */
  keep(id: number, held: boolean): void {
    clearTimeout(this.#timers.get(id));
    const stays = this.#list.find((toast) => toast.id === id)?.stays;
    if (held || stays) return;
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

  /** Takes all notices away. */
  clear(): void {
    for (const { id } of this.#list) this.dismiss(id);
  }

  /** Takes back that something was said: it did not come to pass. */
  retract(toast: Toast): void {
    if (toast.undo) this.undo.drop(toast.undo.id);
    this.dismiss(toast.id);
  }

  /** What was said of it counts no more. */
  dismissUndo(what: Undoable): void {
    const toast = this.#list.find(({ undo }) => undo?.id === what.id);
    if (toast) this.dismiss(toast.id);
  }
}
