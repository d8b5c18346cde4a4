import type { Backend, ChatFilter, ListCount, TagId, View } from '$lib/backend';
import {
  anywhere,
  builtinViews,
  request,
  shapeOf,
  type BuiltinView,
} from '$lib/domain/lists/builtin';
import { accountOf, folderView } from '$lib/domain/lists/folders';
import { Latest, Throttle } from '$lib/shared/latest';
import { remember, remembered } from '$lib/shared/remembered';
import type { Catalogue } from './catalogue.svelte';
import type { ChatList, ViewKey } from './chatList.svelte';

const COUNT_MS = 1000;
const HIDDEN = 'hidden_views';

/** What the sidebar lists: the views in their order, and how much each of them shows. */
export class Views {
  #counts = $state.raw<ReadonlyMap<ViewKey, ListCount>>(new Map());
  #tags = $state.raw<ReadonlyMap<TagId, ListCount>>(new Map());
  #folders = $state.raw<readonly View[]>([]);
  #hidden = $state.raw<ReadonlySet<string>>(new Set(remembered(HIDDEN)));
  readonly #asking = new Latest();
  readonly #counting = new Latest();
  readonly #again = new Throttle(COUNT_MS);

  constructor(
    private readonly backend: Backend,
    private readonly list: ChatList,
    private readonly catalogue: Catalogue,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Every view: those of every workspace, then those that were saved. */
  get all(): readonly (BuiltinView | View)[] {
    return [...builtinViews, ...this.catalogue.views];
  }

  /** Those that the sidebar shows. One that is open is shown even where it was hidden. */
  get shown(): readonly (BuiltinView | View)[] {
    return this.all.filter(
      (view) => !this.isHidden(viewKey(view)) || viewKey(view) === this.list.view,
    );
  }

  /** Telegram's folders of the accounts that the list is about, as views. */
  get folders(): readonly View[] {
    const { account } = this.list;
    return this.#folders.filter((view) => account === null || accountOf(view) === account);
  }

  /** Reads Telegram's folders. */
  async loadFolders(): Promise<void> {
    const folders = await this.#asking.ask(() => this.backend.call('folders', {}));
    if (!folders) return;
    this.#folders = folders.map(folderView);
    this.list.foldersAre(this.#folders);
  }

  /** How much a view shows. */
  count(view: ViewKey): ListCount | undefined {
    return this.#counts.get(view);
  }

  /** How many chats have a tag. */
  tagged(tag: TagId): ListCount | undefined {
    return this.#tags.get(tag);
  }

  isHidden(view: ViewKey): boolean {
    return this.#hidden.has(String(view));
  }

  /** Leaves a view out of the sidebar, or takes it in again. */
  hide(view: ViewKey, hidden: boolean): void {
    const others = [...this.#hidden].filter((key) => key !== String(view));
    this.#hidden = new Set(hidden ? [...others, String(view)] : others);
    remember(HIDDEN, [...this.#hidden]);
  }

  /** Counts again soon; many requests become one. */
  readonly refresh = (): void => {
    this.#again.run(() => void this.load().catch(this.onError));
  };

  /** Counts every list of the sidebar in one call, and those who wait. */
  async load(): Promise<void> {
    const { account } = this.list;
    const counted = [...this.all.filter((view) => view !== 'waiting_on_me'), ...this.folders];
    const { tags, quiet } = this.catalogue;
    const lists = [
      ...counted.map(
        (view): ChatFilter =>
        typeof view === 'string'
          ? request(shapeOf(view, quiet), account, null, 'activity')
          : request({ filter: view.filter, archived: false, order: 'activity' }, account, null, 'activity'), // prettier-ignore
      ),
      ...tags.map(({ id }) =>
        request(shapeOf('all', quiet), account, { has: 'tag', of: id }, 'activity'),
      ),
    ];
    const found = await this.#counting.ask(() =>
      Promise.all([this.backend.call('chat_counts', { lists }), this.#waiting(account)]),
    );
    if (!found) return;
    const [counts, waiting] = found;
    const at = (index: number) => counts[index] ?? { chats: 0, unread: 0 };
    this.#counts = new Map<ViewKey, ListCount>([
      ...counted.map((view, index): [ViewKey, ListCount] => [viewKey(view), at(index)]),
      ['waiting_on_me', { chats: waiting, unread: 0 }],
    ]);
    this.#tags = new Map(tags.map(({ id }, index) => [id, at(counted.length + index)]));
  }

  /** How many wait for the operator. Of one account, its chats say which those are. */
  async #waiting(account: number | null): Promise<number> {
    const [waiting, own] = await Promise.all([
      this.backend.call('waiting', {}),
      account === null ? null : this.backend.call('chat_keys', { filter: anywhere(account, null, 'activity') }), // prettier-ignore
    ]);
    if (!own) return waiting.length;
    const ids = new Set(own);
    return waiting.filter(({ chat }) => ids.has(chat)).length;
  }

  stop(): void {
    this.#again.cancel();
    this.#counting.cancel();
  }
}

/** What a view is told apart by. */
export function viewKey(view: BuiltinView | View): ViewKey {
  return typeof view === 'string' ? view : view.id;
}
