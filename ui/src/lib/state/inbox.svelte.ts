import type { Backend, Card, Chat, ChatId, Coverage, Damage, DiskRoom, Envelope, Message, MessageId, NoteId, OutgoingId, RowId, Task, TaskId, View } from '$lib/backend'; // prettier-ignore
import type { BuiltinView } from '$lib/domain/lists/builtin';
import { Debounce, Latest } from '$lib/shared/latest';
import { Accounts } from './accounts.svelte';
import { CardOfChat } from './card.svelte';
import { Catalogue } from './catalogue.svelte';
import { Changing } from './changing.svelte';
import { ChatBook } from './chatBook.svelte';
import { ChatList } from './chatList.svelte';
import { Composer, type LeftFormatting } from './composer.svelte';
import { Conversation } from './conversation.svelte';
import { HistoryAhead } from './historyAhead.svelte';
import { People } from './people.svelte';
import { Person } from './person.svelte';
import { Promised } from './promised.svelte';
import { Search } from './search.svelte';
import { Selection } from './selection.svelte';
import { Silences } from './silences.svelte';
import { Tellings } from './tellings.svelte';
import { Templates } from './templates.svelte';
import { Tasks } from './tasks.svelte';
import { Typing } from './typing.svelte';
import { Views, viewKey } from './views.svelte';

const READ_MS = 250;
/** What takes longer than this to be read does not keep the window from being drawn. */
const SLOW_MS = 100;

/** Events after which every list is what it was. */
const BESIDE_LISTS: ReadonlySet<Envelope['type']> = new Set(['sync', 'typing', 'changing', 'disk', 'damaged', 'backup', 'closing']); // prettier-ignore

/** An open workspace: what its window shows, kept true by events that carry ids alone. */
export class Inbox {
  readonly accounts: Accounts;
  readonly ahead: HistoryAhead;
  readonly book: ChatBook;
  readonly card: CardOfChat;
  readonly catalogue: Catalogue;
  readonly changing: Changing;
  readonly list: ChatList;
  readonly people: People;
  readonly person: Person;
  readonly promised: Promised;
  readonly search: Search;
  readonly selection: Selection;
  readonly silences: Silences;
  readonly tasks: Tasks;
  readonly tellings: Tellings;
  readonly templates: Templates;
  readonly typing = new Typing();
  readonly views: Views;
  #conversation = $state.raw<Conversation | null>(null);
  #composer = $state.raw<Composer | null>(null);
  #ready = $state(false);
  /** Whether the program is about to close the workspace. */
  closing = $state(false);
  #disk = $state<DiskRoom>('enough');
  #damage = $state.raw<Damage | null>(null);
  /** What a chat's history is like since somebody asked for all of it, for whoever shows that. */
  coverage = $state.raw<Coverage | null>(null);
  /** Rows of the list that are in sight. */
  shown: readonly ChatId[] = [];
  readonly #left: LeftFormatting = new Map();
  readonly #reading = new Debounce(READ_MS);
  readonly #readingDisk = new Latest();
  readonly #readingDamage = new Latest();
  readonly #unsubscribe: () => void;
  #lastSeq = 0;

  constructor(
    private readonly backend: Backend,
    private readonly onError: (error: unknown) => void,
    private readonly onReminder: (chat: ChatId, task: TaskId | null) => void,
    private readonly onSent: (promises: readonly Task[]) => void,
  ) {
    this.accounts = new Accounts(backend);
    this.ahead = new HistoryAhead(backend, (chat, conversation) => this.#compose(chat, conversation), onError); // prettier-ignore
    this.book = new ChatBook(backend, onError);
    this.card = new CardOfChat(backend);
    this.catalogue = new Catalogue(backend);
    this.changing = new Changing(backend, onError);
    this.list = new ChatList(backend, (ids) => this.book.read(ids));
    this.views = new Views(backend, this.list, this.catalogue, onError);
    this.selection = new Selection(this.list);
    this.people = new People(backend, this.catalogue, this.book, onError);
    this.person = new Person(backend, this.book, onError);
    this.search = new Search(backend, this.accounts, this.catalogue);
    this.silences = new Silences(backend);
    this.tasks = new Tasks(backend);
    this.tellings = new Tellings(backend, onError);
    this.promised = new Promised(this.tasks);
    this.templates = new Templates(backend, onError);
    this.#unsubscribe = backend.subscribe((event) => this.#hear(event));
  }

  /** Reads what the first screen needs. */
  async load(): Promise<void> {
    const slow = setTimeout(() => (this.#ready = true), SLOW_MS);
    try {
      await Promise.all([this.accounts.load(), this.catalogue.load(), this.list.load(), this.silences.load(), this.tasks.load(), this.views.loadFolders(), this.#readDisk(), this.#readDamage()]); // prettier-ignore
      this.views.refresh();
    } catch (error) {
      this.onError(error);
    }
    clearTimeout(slow);
    this.#ready = true;
  }

  /** Whether the first screen is to be drawn: once, with what it shows, unless that takes long. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Whether the workspace's disk has room. */
  get disk(): DiskRoom {
    return this.#disk;
  }

  async #readDisk(): Promise<void> {
    const disk = await this.#readingDisk.ask(() => this.backend.call('disk', {}));
    if (disk) this.#disk = disk.room;
  }

  /** Damage of the database that was found while it is open. */
  get damage(): Damage | null {
    return this.#damage;
  }

  async #readDamage(): Promise<void> {
    const found = await this.#readingDamage.ask(() => this.backend.call('damage', {}));
    if (found) this.#damage = found;
  }

  get conversation(): Conversation | null {
    return this.#conversation;
  }

  get composer(): Composer | null {
    return this.#composer;
  }

  /** The chat that is open. */
  get chat(): Chat | undefined {
    return this.book.get(this.list.open);
  }

  /** The chats that are likely to be opened next: the cursor's, or those beside the open one. */
  get likely(): Chat[] {
    const { cursor, open } = this.list;
    const ids = cursor === open ? [1, -1].map((step) => this.list.beside(open, step)) : [cursor];
    return ids.flatMap((id) => (id === open ? [] : (this.book.get(id) ?? [])));
  }

  /** The views that are likely to be shown next: those before and after the one that is. */
  get likelyViews(): (BuiltinView | View)[] {
    const { shown } = this.views;
    const at = shown.findIndex((view) => viewKey(view) === this.list.view);
    return at < 0
      ? []
      : [1, -1].flatMap((step) => shown[(at + step + shown.length) % shown.length] ?? []);
  }

  /** Opens a chat, at a message where one is named. */
  async open(id: ChatId, at?: RowId): Promise<void> {
    if (this.list.open === id && this.#conversation) {
      if (at !== undefined) await this.#conversation.jumpTo(at);
      return;
    }
    const known = this.book.get(id);
    const { drawn, page } = known && at === undefined ? this.ahead.take(known) : {};
    this.#leave();
    const conversation = drawn?.conversation ?? new Conversation(this.backend, id, this.onError);
    this.#conversation = conversation;
    this.list.open = id;
    this.list.cursor = id;
    this.card.show(id);
    // Without a pause where all is known, so that it is drawn once, with its messages.
    const chat = known ?? (await this.#chatOf(id));
    if (this.#conversation !== conversation || !chat) return;
    this.#composer = drawn?.composer ?? this.#compose(chat, conversation);
    void this.#composer.restoreReply();
    if (at !== undefined) return conversation.jumpTo(at);
    if (!drawn) await conversation.openFresh(chat, page);
  }

  #compose(chat: Chat, conversation: Conversation): Composer {
    const onSent = () => this.#sent(chat.id);
    return new Composer(this.backend, chat, conversation, this.#left, this.templates, onSent, this.onError); // prettier-ignore
  }

  /** Opens a chat and points at one of its notes. */
  async openNote(id: ChatId, note: NoteId): Promise<void> {
    const opening = this.open(id);
    this.card.point(note);
    await opening;
  }

  async #chatOf(id: ChatId): Promise<Chat | undefined> {
    this.book.want([id]);
    try {
      const [chat] = await this.backend.call('chats', { ids: [id] });
      return chat;
    } catch (error) {
      this.onError(error);
      return undefined;
    }
  }

  /** Closes the open chat; its draft is saved. */
  close(): void {
    this.#leave();
    this.card.show(null);
    this.list.open = null;
  }

  #leave(): void {
    this.#reading.now();
    this.#composer?.leave();
    this.#conversation?.stop();
    this.#composer = null;
    this.#conversation = null;
    this.coverage = null;
    this.promised.clear();
  }

  /** What was promised in a chat may be kept now; in another than the open one it is said elsewhere. */
  #sent(chat: ChatId): void {
    if (this.list.open === chat) this.promised.sent(chat);
    else this.onSent(this.promised.openIn(chat));
  }

  /** A message of the open chat was in sight: marks the chat read up to it. */
  seen(message: Message): void {
    const chat = this.chat;
    if (!chat || message.chat !== chat.id || message.id <= chat.read_in) return;
    this.#reading.later(() => void this.read(chat.id, message.id));
  }

  /** Marks a chat read up to a message. */
  async read(chat: ChatId, upTo: MessageId): Promise<void> {
    const known = this.book.get(chat);
    const all = known?.last?.id === upTo;
    const part = all ? { unread: 0, unread_mark: false, mentions: 0 } : {};
    const back = this.book.assume(chat, { read_in: upTo, ...part });
    try {
      await this.backend.call('read', { chat, up_to: upTo });
    } catch (error) {
      back();
      this.onError(error);
    }
  }

  /** Tries a failed message again. */
  async retry(id: OutgoingId): Promise<void> {
    const conversation = this.#conversation;
    try {
      conversation?.settle(id, await this.backend.call('outgoing_retry', { id }));
    } catch (error) {
      this.onError(error);
    }
  }

  /** Deletes a message that was not sent. */
  async discard(id: OutgoingId): Promise<void> {
    try {
      await this.backend.call('outgoing_discard', { id });
      this.#conversation?.settle(id, null);
    } catch (error) {
      this.onError(error);
    }
  }

  /** Shows a change of what is kept of a chat before the program has confirmed it. */
  assumeCard(chat: ChatId, change: (card: Card) => Partial<Card>): () => void {
    const backs = [this.card.assume(chat, change), this.person.assume(chat, change)];
    return () => backs.forEach((back) => back());
  }

  #hear(event: Envelope): void {
    // A hole in the numbers is a lost event: read all that is shown again.
    const missed = this.#lastSeq !== 0 && event.seq > this.#lastSeq + 1;
    this.#lastSeq = event.seq;
    if (missed || event.type === 'lost') this.#readAll();
    if (!BESIDE_LISTS.has(event.type)) this.list.ahead.forget();
    switch (event.type) {
      case 'account':
        return this.accounts.refresh(this.onError);
      case 'sync':
        return this.accounts.progressed(event.progress);
      case 'chats':
        return this.#chatsChanged(event.chats);
      case 'folders':
        return void this.views.loadFolders().then(this.views.refresh, this.onError);
      case 'silences':
        return void this.silences.load().catch(this.onError);
      case 'catalog':
        this.card.changed(null);
        return this.#catalogueChanged();
      case 'card':
        this.tasks.refresh();
        this.people.cardChanged(event.chat);
        this.person.cardChanged(event.chat);
        return this.card.changed(event.chat);
      case 'changing':
        return this.changing.hear(event.progress);
      case 'telling':
        return this.tellings.hear(event.telling, event.progress);
      case 'typing':
        return this.typing.show(event.chat, event.until_ms);
      case 'messages':
        this.ahead.forget(event.chat);
        if (event.change === 'added' && event.live) this.typing.end(event.chat);
        this.person.messages(event.chat, event.change, event.rows);
        if (event.chat === this.list.open)
          void this.#conversation?.changed(event.change, event.rows);
        return;
      case 'outgoing':
        this.ahead.forget(event.chat);
        if (event.chat === this.list.open) void this.#conversation?.outgoingChanged(event.outgoing);
        return;
      case 'reminder':
        this.tasks.refresh();
        return this.onReminder(event.chat, event.task);
      case 'disk':
        this.#readingDisk.cancel();
        this.#disk = event.room;
        return;
      case 'damaged':
        return void this.#readDamage().catch(this.onError);
      case 'backup':
        if (event.failed !== null) this.onError({ code: event.failed, detail: 'a backup failed', until_ms: null }); // prettier-ignore
        return;
      case 'closing':
        this.closing = true;
    }
  }

  #chatsChanged(ids: readonly ChatId[]): void {
    if (ids.length === 0) this.ahead.forget(null);
    for (const id of ids) this.ahead.forget(id);
    const shown = this.list.open === null ? this.shown : [...this.shown, this.list.open];
    this.book.changed(ids, shown);
    this.list.refresh();
    this.people.changed(ids);
    this.person.refresh();
    this.views.refresh();
  }

  #catalogueChanged(): void {
    this.catalogue.refresh(this.onError);
    this.people.cardChanged(null);
    this.person.cardChanged(null);
    this.people.refresh();
    this.views.refresh();
    this.templates.refresh();
  }

  #readAll(): void {
    // Where it goes on, the next event says so in a moment.
    this.changing.hear(null);
    this.tellings.clear();
    this.accounts.refresh(this.onError);
    this.card.changed(null);
    this.tasks.refresh();
    this.#catalogueChanged();
    this.#chatsChanged([]);
    void this.#conversation?.changed('edited', []);
    this.person.timeline?.changed('edited', []);
    void this.silences.load().catch(this.onError);
    void this.views.loadFolders().catch(this.onError);
    void this.#readDamage().catch(this.onError);
  }

  /** Forgets everything; the workspace was closed. */
  stop(): void {
    this.#unsubscribe();
    this.close();
    this.accounts.stop();
    this.ahead.forget(null);
    this.book.stop();
    this.catalogue.stop();
    this.list.stop();
    this.people.stop();
    this.person.stop();
    this.views.stop();
    this.search.close();
    this.silences.stop();
    this.tasks.stop();
    this.templates.stop();
    this.typing.stop();
  }
}
