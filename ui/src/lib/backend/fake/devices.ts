// Sessions of the fake world's accounts: this program, a telephone, and a forgotten browser.

import type { AccountId, AccountSession } from '../types';
import { refuse } from './login';

const DAY = 86_400_000;

function session(hash: string, app: string, device: string, ageDays: number): AccountSession {
  return {
    hash, app, device, current: hash === '0', official: hash === '71', password_pending: false,
    unconfirmed: false, system: 'Linux 6.1', ip: '192.0.2.17', place: 'Hamburg, Germany',
    created_ms: Date.now() - ageDays * DAY, active_ms: Date.now() - (ageDays * DAY) / 30,
  }; // prettier-ignore
}

/** The sessions of every account. */
export class Devices {
  readonly #ended = new Set<string>();

  of(account: AccountId): AccountSession[] {
    return [
      session('0', 'Switchboard 0.1.0', 'Switchboard on linux', 2),
      session('71', 'Telegram Android 12.1', 'Pixel 9', 400),
      session('72', 'Telegram Web 10.9', 'Firefox 140', 90),
    ].filter(({ hash }) => !this.#ended.has(`${account} ${hash}`));
  }

  end(account: AccountId, hash: string): null {
    const found = this.of(account).find((known) => known.hash === hash && !known.current);
    if (!found) throw refuse('not_found');
    if (hash === '71') throw refuse('session_too_fresh');
    this.#ended.add(`${account} ${hash}`);
    return null;
  }
}
