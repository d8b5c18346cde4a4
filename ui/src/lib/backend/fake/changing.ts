// How far a change of many chats is, told while it lasts, as the program does.

import type { Calls, ChangeProgress, Event } from '../types';
import { refuse } from './login';
import type { World } from './world';

const TICK_MS = 20;

/** What a call changes, and how many of them there are; `null` where it changes no chats. */
function sizeOf(world: World, name: keyof Calls, args: unknown): Omit<ChangeProgress, 'done'> | null {
  if (name === 'undo') {
    const { deed } = args as Calls['undo']['args'];
    return { change: null, of: world.keeper.ledger.rowsOf(deed) };
  }
  if (name !== 'change_chats') return null;
  const { targets, change } = args as Calls['change_chats']['args'];
  return { change, of: (targets.in === 'list' ? world.keys(targets.of) : targets.of).length };
} // prettier-ignore

export class FakeChanging {
  /** Chats to which it is done in a moment; to all at once where it is not set. */
  atOnce: number | null = null;
  #cancelled = false;

  cancel(): void {
    this.#cancelled = true;
  }

  /** Lets the time pass that a call takes; one that is stopped is refused, and nothing is changed. */
  async pass(world: World, name: keyof Calls, args: unknown): Promise<void> {
    const size = this.atOnce === null ? null : sizeOf(world, name, args);
    if (this.atOnce === null || !size) return;
    const tell = (progress: ChangeProgress | null): void =>
      world.tell({ type: 'changing', progress } satisfies Event);
    this.#cancelled = false;
    for (let done = 0; done < size.of && !this.#cancelled; done += this.atOnce) {
      tell({ ...size, done });
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    if (!this.#cancelled) tell({ ...size, done: size.of });
    tell(null);
    if (this.#cancelled) throw refuse('cancelled');
  }
}
