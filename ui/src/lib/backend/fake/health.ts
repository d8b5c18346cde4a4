// How accounts do, what is set for them, and what is known to be missing.

import type { AccountHealth, AccountId, AccountSettings, Coverage, HealthEntry } from '../types';
import { refuse } from './login';
import type { World } from './world';

const DAY_MS = 86_400_000;

/** What the fake program remembers beside its world. */
export class Care {
  #settings = new Map<AccountId, AccountSettings>();
  #asked = new Set<number>();
  #paused = new Set<AccountId>();

  constructor(private readonly world: World) {}

  /** The handlers of these calls. */
  get answers() {
    return {
      health: ({ account }: { account: AccountId }) => this.#health(account),
      account_settings: ({ account }: { account: AccountId }) => this.#settingsOf(account),
      set_account_settings: (args: { account: AccountId; settings: AccountSettings }) =>
        this.#set(args.account, args.settings),
      order_accounts: ({ order }: { order: AccountId[] }) => this.#order(order),
      coverage: ({ chat }: { chat: number }) => this.#coverage(chat),
      load_history: ({ chat, asked }: { chat: number; asked: boolean }) => {
        if (asked) this.#asked.add(chat);
        else this.#asked.delete(chat);
        return this.#coverage(chat);
      },
      pause_history: ({ account, paused }: { account: AccountId; paused: boolean }) => {
        if (paused) this.#paused.add(account);
        else this.#paused.delete(account);
        return null;
      },
    };
  }

  #account(id: AccountId) {
    const found = this.world.accounts.find((account) => account.id === id);
    if (!found) throw refuse('not_found');
    return found;
  }

  #settingsOf(id: AccountId): AccountSettings {
    const account = this.#account(id);
    const kept = this.#settings.get(id);
    return (
      kept ?? {
        label: account.label, colour: account.colour, hours: null, pace: 'usual', notify: true,
        language: null, no_automatic: false,
      } // prettier-ignore
    );
  }

  #set(id: AccountId, settings: AccountSettings) {
    const label = settings.label?.trim() || null;
    if (label && label.length > 64) throw refuse('bad_request');
    this.#settings.set(id, { ...settings, label });
    this.world.accounts = this.world.accounts.map((account) =>
      account.id === id ? { ...account, label, colour: settings.colour } : account,
    );
    this.world.tell({ type: 'account', account: id });
    return null;
  }

  #order(order: AccountId[]) {
    const place = (id: AccountId) => (order.includes(id) ? order.indexOf(id) : order.length);
    this.world.accounts = this.world.accounts
      .toSorted((one, other) => place(one.id) - place(other.id))
      .map((account, position) => ({ ...account, position }));
    for (const account of order) this.world.tell({ type: 'account', account });
    return null;
  }

  #health(id: AccountId): AccountHealth {
    const account = this.#account(id);
    const now = Date.now();
    const timeline: HealthEntry[] = [
      { at_ms: account.since_ms, event: 'state', to: account.state, code: null },
      { at_ms: now - 2 * DAY_MS, event: 'reconciled', mended: 2 },
      { at_ms: now - 3 * DAY_MS, event: 'state', to: { state: 'waiting', until_ms: now, why: 'network' }, code: 'network' },
      { at_ms: now - 9 * DAY_MS, event: 'flood_wait', method: 'messages.getHistory', seconds: 42 },
      { at_ms: now - 30 * DAY_MS, event: 'state', to: { state: 'online' }, code: null },
    ]; // prettier-ignore
    const online = account.state.state === 'online';
    return {
      account: id, state: account.state, since_ms: account.since_ms, why: online ? null : 'network',
      last_update_ms: now - 40_000, checked_ms: now - 20_000, round_trip_ms: 48, waits: [],
      reconciled_ms: now - 2 * DAY_MS, timeline: timeline.toSorted((a, b) => b.at_ms - a.at_ms),
    }; // prettier-ignore
  }

  #coverage(id: number): Coverage {
    const chat = this.world.chats.get(id);
    if (!chat) throw refuse('not_found');
    const messages = this.world.history(id).length;
    const paused = this.#paused.has(chat.account);
    // Every fourth chat's older history is still missing.
    const first = this.world.history(id)[0]?.date ?? null;
    const gaps = id % 4 === 0 ? [{ from: null, to: first }] : [];
    return { chat: id, messages, gaps, asked: this.#asked.has(id), paused };
  }
}
