import type { Account, AccountId, Backend, SyncProgress } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';

/** The accounts of the workspace and how far their sync got. */
export class Accounts {
  #list = $state.raw<readonly Account[]>([]);
  #sync = $state.raw<ReadonlyMap<AccountId, SyncProgress>>(new Map());
  #loaded = $state(false);
  readonly #reading = new Latest();
  readonly #again = new Throttle(200);

  constructor(private readonly backend: Backend) {}

  /** In the operator's order. */
  get list(): readonly Account[] {
    return this.#list;
  }

  /** Whether the first reading is over. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get(id: AccountId): Account | undefined {
    return this.#list.find((account) => account.id === id);
  }

  sync(id: AccountId): SyncProgress | undefined {
    return this.#sync.get(id);
  }

  /** Reads accounts and sync progress. */
  async load(): Promise<void> {
    const answer = await this.#reading.ask(() =>
      Promise.all([this.backend.call('accounts', {}), this.backend.call('sync_status', {})]),
    );
    if (!answer) return;
    const [accounts, sync] = answer;
    this.#list = accounts.toSorted((a, b) => a.position - b.position);
    this.#sync = new Map(sync.map((progress) => [progress.account, progress]));
    this.#loaded = true;
  }

  /** Puts the accounts into an order, shown at once; a refusal puts them back. */
  async order(ids: readonly AccountId[]): Promise<void> {
    const before = this.#list;
    this.#reading.cancel();
    this.#list = ids.flatMap((id) => this.get(id) ?? []);
    try {
      await this.backend.call('order_accounts', { order: [...ids] });
    } catch (error) {
      this.#list = before;
      throw error;
    }
  }

  /** Holds up the fetching of an account's older history, or lets it go on; shown at once. */
  async pause(account: AccountId, paused: boolean): Promise<void> {
    const before = this.#sync.get(account);
    if (before) this.progressed({ ...before, paused });
    try {
      await this.backend.call('pause_history', { account, paused });
    } catch (error) {
      if (before) this.progressed(before);
      throw error;
    }
  }

  /** Reads again soon; many requests become one. */
  refresh(onError: (error: unknown) => void): void {
    this.#again.run(() => void this.load().catch(onError));
  }

  /** Takes progress that came with an event. */
  progressed(progress: SyncProgress): void {
    this.#sync = new Map(this.#sync).set(progress.account, progress);
  }

  stop(): void {
    this.#again.cancel();
    this.#reading.cancel();
  }
}
