import type { ApiError, Backend, Task, TaskId } from '$lib/backend';
import { toApiError } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';

/** Every open follow-up and promise of all accounts, by its day; those without one last. */
export class Tasks {
  #list = $state.raw<readonly Task[]>([]);
  #loaded = $state(false);
  #error = $state.raw<ApiError | null>(null);
  readonly #reading = new Latest();
  readonly #again = new Throttle(300);

  constructor(private readonly backend: Backend) {}

  get list(): readonly Task[] {
    return this.#list;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  /** How many are to be done by a moment. */
  dueBy(ms: number): number {
    return this.#list.filter(({ due_ms }) => due_ms !== null && due_ms <= ms).length;
  }

  /** Reads them; a failure keeps what was there. */
  async load(): Promise<void> {
    try {
      const list = await this.#reading.ask(() => this.backend.call('tasks_open', {}));
      if (!list) return;
      this.#list = list;
      this.#loaded = true;
      this.#error = null;
    } catch (problem) {
      this.#error = toApiError(problem);
    }
  }

  /** Reads again soon; many requests become one. */
  refresh(): void {
    this.#again.run(() => void this.load());
  }

  /** Shows the list without one that was just done. Returns the way back. */
  without(id: TaskId): () => void {
    this.#reading.cancel();
    this.#list = this.#list.filter((task) => task.id !== id);
    return () => this.refresh();
  }

  stop(): void {
    this.#again.cancel();
    this.#reading.cancel();
  }
}
