// How accounts do, what is set for them, and what is known to be missing.

import type { AccountHealth, AccountId, AccountSettings, ChatId, Code, Coverage, HealthEntry } from '../types'; // prettier-ignore
import { refuse } from './login';
import type { World } from './world';
import type { Later } from './writes';

const DAY_MS = 86_400_000;
/** From one slice of older history to the next. */
const SLICE_MS = 400;

/** What the fake program remembers beside its world. */
export class Care {
  #settings = new Map<AccountId, AccountSettings>();
  #asked = new Set<ChatId>();
  #heldUp = new Set<ChatId>();
  #whole = new Set<ChatId>();

  constructor(
    private readonly world: World,
    private readonly later: Later,
  ) {}

  /** The handlers of these calls. */
  get answers() {
    return {
      health: ({ account }: { account: AccountId }) => this.#health(account),
      account_settings: ({ account }: { account: AccountId }) => this.#settingsOf(account),
      set_account_settings: (args: { account: AccountId; settings: AccountSettings }) =>
        this.#set(args.account, args.settings),
      order_accounts: ({ order }: { order: AccountId[] }) => this.#order(order),
      coverage: ({ chat }: { chat: ChatId }) => this.#coverage(chat),
      load_history: ({ chat, asked }: { chat: ChatId; asked: boolean }) => {
        this.#heldUp.delete(chat);
        if (asked) this.#load(chat);
        else this.#asked.delete(chat);
        return this.#coverage(chat);
      },
      hold_up_history: ({ chat, held_up }: { chat: ChatId; held_up: boolean }) => {
        const from = held_up ? this.#asked : this.#heldUp;
        if (from.delete(chat)) {
          if (held_up) this.#heldUp.add(chat);
          else this.#load(chat);
        }
        return this.#coverage(chat);
      },
      pause_history: ({ account, paused }: { account: AccountId; paused: boolean }) => {
        const progress = this.world.sync.get(account);
        if (!progress) throw refuse('not_found');
        this.world.sync.set(account, { ...progress, paused });
        this.world.tell({ type: 'sync', progress: { ...progress, paused } });
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
    this.world.languages.set(id, settings.language);
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
    const { state } = account;
    const why: Record<string, Code> = { waiting: 'flood_wait', revoked: 'logged_out' };
    const waits =
      state.state === 'waiting'
        ? [{ method: 'messages.getHistory', until_ms: state.until_ms }]
        : [];
    return {
      account: id, state, since_ms: account.since_ms, why: why[state.state] ?? null,
      last_update_ms: now - 40_000, checked_ms: now - 20_000, round_trip_ms: 48, waits,
      reconciled_ms: now - 2 * DAY_MS, timeline: timeline.toSorted((a, b) => b.at_ms - a.at_ms),
    }; // prettier-ignore
  }

  /** Older messages come in slices, each with its event, until the operator stops it. */
  #load(chat: ChatId, slices = 8): void {
    this.#asked.add(chat);
    this.later(SLICE_MS, () => {
      if (!this.#asked.has(chat)) return;
      const older = this.world.addOlder(chat, 25);
      this.world.tell({ type: 'messages', chat, change: 'added', rows: older, live: false });
      if (slices > 1) return this.#load(chat, slices - 1);
      this.#asked.delete(chat);
      this.#whole.add(chat);
      this.world.tell({ type: 'messages', chat, change: 'added', rows: [], live: false });
    });
  }

  #coverage(id: number): Coverage {
    const chat = this.world.chats.get(id);
    if (!chat) throw refuse('not_found');
    const messages = this.world.history(id).length;
    const paused = this.world.sync.get(chat.account)?.paused ?? false;
    // Every fourth chat's older history is still missing.
    const first = this.world.history(id)[0]?.date ?? null;
    const gaps = id % 4 === 0 && !this.#whole.has(id) ? [{ from: null, to: first }] : [];
    const heldUp = this.#heldUp.has(id);
    return { chat: id, messages, gaps, asked: heldUp || this.#asked.has(id), held_up: heldUp, paused }; // prettier-ignore
  }
}
