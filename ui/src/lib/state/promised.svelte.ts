import type { ChatId, Task, TaskId } from '$lib/backend';
import type { Tasks } from './tasks.svelte';

/** More at once would push the composer about. */
const MOST = 3;

/** Promises of the operator's that a message just sent may have kept, until they say whether it did. */
export class Promised {
  #asked = $state.raw<readonly TaskId[]>([]);
  /** Those that were said not to be done: no later message of this window asks again. */
  readonly #refused = new Set<TaskId>();

  constructor(private readonly tasks: Tasks) {}

  /** Those that are offered to be marked done; one that was done meanwhile is not. */
  get offered(): readonly Task[] {
    return this.tasks.list.filter(({ id }) => this.#asked.includes(id));
  }

  /** Those of a chat that a message to it may keep, the first one due first. */
  openIn(chat: ChatId): readonly Task[] {
    return this.tasks.list
      .filter((task) => task.chat === chat && task.kind === 'i_owe' && !this.#refused.has(task.id))
      .slice(0, MOST);
  }

  /** A message was sent to the chat that is open. */
  sent(chat: ChatId): void {
    this.#asked = this.openIn(chat).map(({ id }) => id);
  }

  /** It was marked done: taken back, it is not offered anew. */
  kept({ id }: Task): void {
    this.#asked = this.#asked.filter((asked) => asked !== id);
  }

  /** The message did not keep it. */
  refuse(task: Task): void {
    this.#refused.add(task.id);
    this.kept(task);
  }

  /** Another chat is open. */
  clear(): void {
    this.#asked = [];
  }
}
