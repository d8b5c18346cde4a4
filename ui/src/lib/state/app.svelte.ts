import { createContext } from 'svelte';
import type { AccountId, ApiError, Backend, ChatId, Closing, DeedId, KeySlots, Message, Note, Stage, Targets, Task, TaskKind, View, WorkspaceName } from '$lib/backend'; // prettier-ignore
import { toApiError } from '$lib/backend';
import { sentence } from '$lib/domain/errors';
import { m } from '$lib/messages';
import { copyText } from '$lib/shared/clipboard';
import { rememberFor } from '$lib/shared/remembered';
import { CardDeeds } from './cardDeeds';
import { CatalogueDeeds } from './catalogueDeeds';
import type { Link } from './composer.svelte';
import { Bulk } from './bulk';
import { ChatDeeds } from './chatDeeds';
import { Inbox } from './inbox.svelte';
import { Landmarks } from './landmarks';
import { LooksState } from './looks.svelte';
import { Marks } from './marks';
import type { Section } from './sections';
import { TemplateDesk } from './templateDesk.svelte';
import { offerKept, remind } from './reminders';
import { Toasts } from './toasts.svelte';
import { Partly, Undo } from './undo.svelte';
import { ViewDeeds } from './viewDeeds';

/** What lies over the page. */
export type Overlay =
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'add'; account: AccountId | null }
  | { kind: 'link'; url: string }
  /** A part of what is being written becomes a link. */
  | { kind: 'make_link'; link: Link }
  | { kind: 'delete'; messages: readonly Message[] }
  | { kind: 'remove'; account: AccountId }
  /** Asks before something that can not be taken back. */
  | { kind: 'ask'; title: string; about: string; action: string; run: () => void }
  | { kind: 'wipe_demo' }
  /** A backup is put in the place of a workspace; the file is chosen first where none is named. */
  | { kind: 'restore'; workspace: WorkspaceName; file: string | null; secret?: string }
  | { kind: 'rekey'; slots: KeySlots }
  /** A recovery code, which was offered. */
  | { kind: 'recovery' }
  /** A file of settings, and of what is kept, is taken in. */
  | { kind: 'import'; file: string }
  /** A table of people is taken in. */
  | { kind: 'people_import'; file: string }
  | { kind: 'closing' }
  | { kind: 'photo'; message: Message }
  /** Which views the sidebar shows, and in which order. */
  | { kind: 'views' }
  /** Which people have gone quiet. */
  | { kind: 'let_go' }
  | { kind: 'quiet' }
  /** Name and icon of a view that is to be saved. */
  | { kind: 'view'; view: View }
  | { kind: 'status' | 'tags' | 'snooze'; targets: Targets }
  /** A new one of these. */
  | { kind: 'make'; what: 'tag' | 'status' | 'field' }
  /** A note, a new one where there is none. */
  | { kind: 'note'; chat: ChatId; note: Note | null }
  /** A follow-up or promise, a new one where there is none. */
  | { kind: 'due'; task: Task }
  | { kind: 'task'; chat: ChatId; task: Task | null; message: Message | null; what: TaskKind };

export type Page = 'inbox' | 'people' | 'person' | 'tasks' | 'templates' | 'settings';

/** The window's state: one object at the root, handed down by context. */
export class App {
  readonly looks: LooksState;
  readonly undo = new Undo((what, error) => {
    this.toasts.dismissUndo(what);
    if (error === null) this.toasts.show(m.undo_done({ what: what.text }));
    else if (error instanceof Partly) this.toasts.show(error.message, { stays: true });
    else this.report(error);
  });
  readonly toasts = new Toasts(this.undo);
  readonly landmarks = new Landmarks();
  readonly bulk: Bulk;
  readonly deeds: ChatDeeds;
  readonly marks: Marks;
  readonly viewDeeds: ViewDeeds;
  readonly cardDeeds: CardDeeds;
  readonly catalogueDeeds: CatalogueDeeds;
  #stage = $state.raw<Stage | null>(null);
  #inbox = $state.raw<Inbox | null>(null);
  #desk = $state.raw(new TemplateDesk(this));
  #failure = $state.raw<ApiError | null>(null);
  #busy = $state(false);
  /** Whether another stage is due than the one that is asked for now. */
  #stale = false;
  page = $state<Page>('inbox');
  /** Where Escape leads from a person's page. */
  before: Page = 'inbox';
  /** The section of the settings that is open. */
  section = $state<Section>('appearance');
  /** The account whose page is open in the settings. */
  settingsAccount = $state<AccountId | null>(null);
  overlay = $state.raw<Overlay | null>(null);
  /** How many pixels of the window's foot the composer takes: notices keep clear of it. */
  foot = $state(0);
  /** How many the bar of a selection takes: a notice may stand for long, and the bar be needed. */
  bar = $state(0);
  /** Whether the operator chose to connect an account: the dialog follows when the way is free. */
  #connecting = false;

  constructor(readonly backend: Backend) {
    this.looks = new LooksState(backend);
    this.bulk = new Bulk(this);
    this.deeds = new ChatDeeds(this);
    this.marks = new Marks(this);
    this.viewDeeds = new ViewDeeds(this);
    this.cardDeeds = new CardDeeds(this);
    this.catalogueDeeds = new CatalogueDeeds(this);
    backend.onWanted(() => void this.#openWanted());
    backend.onStage(() => void this.#restage());
    backend.onClosing(() => (this.overlay = { kind: 'closing' }));
  }

  /** Which screen is due; `null` until known. */
  get stage(): Stage | null {
    return this.#stage;
  }

  /** The open workspace. */
  get inbox(): Inbox | null {
    return this.#inbox;
  }

  /** The page of templates. */
  get desk(): TemplateDesk {
    return this.#desk;
  }

  /** Why the last change of workspace did not work. */
  get failure(): ApiError | null {
    return this.#failure;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Reads looks and stage. */
  async start(): Promise<void> {
    // Without its looks the window still works, in its usual ones. Both are asked for at once.
    const looks = this.looks.load().catch(this.report);
    await this.#move(async () => {
      const stage = await this.backend.stage();
      await looks;
      return stage;
    });
  }

  async openDemo(): Promise<void> {
    await this.#move(() => this.backend.openWorkspace('demo'));
  }

  /** Opens the operator's own workspace, then asks for an account. */
  async connectAccount(): Promise<void> {
    this.#connecting = true;
    await this.#move(() => this.backend.openWorkspace('main'));
  }

  /** Opens a workspace that is locked or was broken. */
  async unlock(workspace: string, passphrase?: string): Promise<void> {
    const before = this.#stage;
    await this.#move(() => this.backend.openWorkspace(workspace as WorkspaceName, passphrase));
    const still = before?.stage === 'locked' && this.#stage?.stage === 'locked';
    if (still && passphrase !== undefined && !this.#failure) {
      this.#failure = { code: 'passphrase_wrong', detail: 'still locked', until_ms: null };
    }
  }

  async leaveWorkspace(): Promise<void> {
    await this.#move(() => this.backend.closeWorkspace());
  }

  /** Opens a workspace anew whose files were changed while it was closed. */
  async reopen(workspace: WorkspaceName, secret?: string): Promise<void> {
    // Locked meanwhile: what was typed before the lock is no answer to it.
    if (this.#stage?.stage === 'locked') return;
    this.#inbox?.stop();
    this.#inbox = null;
    this.#stage = null;
    await this.#move(() => this.backend.openWorkspace(workspace, secret));
  }

  async wipeDemo(): Promise<void> {
    this.overlay = null;
    await this.#move(() => this.backend.wipeDemo());
  }

  async #move(ask: () => Promise<Stage>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#failure = null;
    try {
      this.#enter(await ask());
    } catch (error) {
      this.#failure = toApiError(error);
    } finally {
      this.#busy = false;
    }
    if (this.#stale) await this.#restage();
  }

  /** Asks for the stage, which has changed: now, or after what is under way. */
  async #restage(): Promise<void> {
    this.#stale = this.#busy;
    await this.#move(() => this.backend.stage());
  }

  #enter(stage: Stage): void {
    const former = this.#stage;
    const same = former?.stage === 'open' && stage.stage === 'open' && former.workspace === stage.workspace; // prettier-ignore
    this.#stage = stage;
    if (same) return;
    // What lies over the page may quote a message, and would lie over the lock as well.
    if (former?.stage === 'open' && stage.stage === 'locked') {
      this.overlay = null;
      this.toasts.clear();
    }
    this.#inbox?.stop();
    this.#inbox = null;
    this.#desk.leave();
    this.#desk = new TemplateDesk(this);
    this.undo.clear();
    this.page = 'inbox';
    this.settingsAccount = null;
    if (stage.stage !== 'open') return;
    rememberFor(stage.workspace);
    const inbox = new Inbox(
      this.backend,
      this.report,
      (chat, task) => void remind(this, chat, task),
      (promises) => offerKept(this, promises),
    );
    this.#inbox = inbox;
    void inbox.load().then(() => {
      this.#offerAccount(inbox);
      void this.#openWanted();
    });
  }

  /** Opens the chat that a notification or a link asks for, once a workspace is open. */
  async #openWanted(): Promise<void> {
    if (!this.#inbox) return;
    try {
      const chat = await this.backend.wanted();
      if (chat === null) return;
      this.overlay = null;
      this.page = 'inbox';
      await this.#inbox?.open(chat);
    } catch (error) {
      this.report(error);
    }
  }

  /** Locks the window: all that it shows is forgotten here. */
  async lock(fully: boolean): Promise<void> {
    this.overlay = null;
    await this.backend.lock(fully).catch(this.report);
  }

  /** Says what closing the window means. */
  async farewell(closing: Closing): Promise<void> {
    this.overlay = null;
    await this.looks.farewell(closing).catch(this.report);
  }

  /** The chat that the page shows. */
  get inSight(): ChatId | null {
    return this.page === 'inbox' ? (this.#inbox?.list.open ?? null) : null;
  }

  #offerAccount(inbox: Inbox): void {
    if (this.#connecting && inbox.accounts.list.length === 0) {
      this.overlay = { kind: 'add', account: null };
    }
    this.#connecting = false;
  }

  /** Shows a failure as a notice: a sentence, and the details to copy, unless it was asked for. */
  readonly report = (error: unknown): void => {
    const known = toApiError(error);
    this.toasts.show(sentence(known), { error: known.code === 'cancelled' ? undefined : known });
  };

  /** Takes back a change of the program's log, and what it changed of the window itself. */
  async takeBack(deed: DeedId): Promise<void> {
    const { window } = await this.backend.call('undo', { deed });
    this.looks.giveBack(window);
  }

  /** Copies a text and says so. */
  async copy(text: string): Promise<void> {
    try {
      await copyText(text);
      this.toasts.show(m.copied());
    } catch (error) {
      this.report(error);
    }
  }

  /** Copies what is told about this installation in a report of a defect. */
  async copyDiagnostics(): Promise<void> {
    try {
      const report = await this.backend.call('diagnostics', {});
      await this.copy(`${report}\nwindow: ${navigator.userAgent}\n`);
    } catch (error) {
      this.report(error);
    }
  }

  /** Opens a link whose target is in sight already. */
  async openLink(url: string): Promise<void> {
    this.overlay = null;
    try {
      await this.backend.openLink(url);
    } catch (error) {
      this.report(error);
    }
  }
}

const [getApp, setApp] = createContext<App>();
export { getApp, setApp };

/** The open workspace; only for components that stand inside one. */
export function getInbox(): Inbox {
  const inbox = getApp().inbox;
  if (!inbox) throw new Error('no workspace is open');
  return inbox;
}
