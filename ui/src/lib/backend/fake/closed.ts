// A restore and a change of the key, as the program does them on a closed workspace.

import type { Code, RekeyRequest, Rekeyed, Restored, RestoreRequest } from '../types';
import { refuse } from './login';

/** Milliseconds between two steps of ten per cent. */
const STEP_MS = 20;

export class FakeClosed {
  /** The file that the system's dialog gives back. */
  chosen: string | null = '/home/olga/old/switchboard-1a2b3c4d-20260302T150405Z.swbackup';
  /** What the backup or the workspace is opened by, where it wants something typed. */
  secret: string | null = null;
  /** What the next work fails with. */
  failure: Code | null = null;
  /** The requests, newest last. */
  readonly asked: (RestoreRequest | RekeyRequest)[] = [];
  percent: number | null = null;
  #cancelled = false;

  cancel(): void {
    this.#cancelled = true;
  }

  async #work(secret: string | null): Promise<void> {
    if (this.secret !== null && secret === null) throw refuse('passphrase_needed');
    if (this.secret !== null && secret !== this.secret) throw refuse('passphrase_wrong');
    this.#cancelled = false;
    for (this.percent = 0; this.percent < 100; this.percent += 10) {
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      if (this.#cancelled) break;
    }
    this.percent = null;
    if (this.#cancelled) throw refuse('cancelled');
    if (this.failure) throw refuse(this.failure);
  }

  async restore(request: RestoreRequest): Promise<Restored> {
    this.asked.push(request);
    await this.#work(request.secret);
    return {
      backup: {
        made_ms: Date.UTC(2026, 2, 2, 15, 4, 5),
        program: '0.1.0',
        schema: 5,
        slots: ['keyring', 'recovery'],
        opens_elsewhere: true,
        accounts: 3,
        messages: 4107,
      },
      held: 2,
      logged_out: 0,
      kept_aside: '/home/olga/.local/share/switchboard/main/before-20261126T084000Z',
    };
  }

  async rekey(request: RekeyRequest): Promise<Rekeyed> {
    this.asked.push(request);
    await this.#work(request.secret);
    return { recovery_gone: true };
  }
}
