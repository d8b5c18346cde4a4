import type { Backend, ChangeProgress, ChatChange } from '$lib/backend';
import { m } from '$lib/messages';

/** The change of many chats that takes its time in the program, whoever asked for it. */
export class Changing {
  #progress = $state.raw<ChangeProgress | null>(null);

  constructor(
    private readonly backend: Backend,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** How far it is; `null` where there is none. */
  get progress(): ChangeProgress | null {
    return this.#progress;
  }

  hear(progress: ChangeProgress | null): void {
    this.#progress = progress;
  }

  /** Asks it to stop; nothing is changed then, and whoever asked for it says so. */
  readonly cancel = (): void => {
    void this.backend.call('change_cancel', {}).catch(this.onError);
  };
}

/** What is being done, in words; without a change, one is taken back. */
export function changingName(change: ChatChange | null): string {
  switch (change?.do) {
    case undefined:
      return m.changing_undo();
    case 'tag':
      return m.changing_tag();
    case 'untag':
      return m.changing_untag();
    case 'status':
      return change.to === null ? m.changing_status_none() : m.changing_status();
    case 'pin':
      return change.to ? m.changing_pin() : m.changing_unpin();
    case 'snooze':
      return change.to ? m.changing_snooze() : m.changing_unsnooze();
  }
}
