// A program made of memory: every screen can be driven without the real one.

import type { Backend, FileKind, MediaRef, WorkspaceName } from '../backend';
import type {
  ApiError,
  Calls,
  ChatId,
  Closing,
  Code,
  Envelope,
  Looks,
  Needs,
  RekeyRequest,
  RestoreRequest,
  Stage,
} from '../types';
import { answersOf, type Answers } from './answers';
import { FakeChanging } from './changing';
import { FakeClosed } from './closed';
import { refuse } from './login';
import { avatar, photo } from './pictures';
import { FakeTelling } from './telling';
import { startTraffic } from './traffic';
import { World, type WorldOptions } from './world';

/** How the fake behaves. */
export interface FakeOptions extends WorldOptions {
  /** The first screen. */
  stage?: Stage;
  /** Each answer takes this long. */
  latencyMs?: number;
  /** Whether peers write by themselves. */
  live?: boolean;
  looks?: Partial<Looks>;
}

const plainLooks: Looks = {
  theme: 'system',
  language: 'en',
  splits: [0, 0, 0],
  panel_hidden: false,
  zoom: 0,
  closing: 'ask',
  density: 'comfortable',
  text_size: 0,
  first_weekday: 0,
  shortcuts: [],
  recent_actions: [],
  remembered: [],
  workspace: null,
  locked_workspaces: [],
  place: null,
};

/** The backend of tests and of `npm run dev`. */
export class FakeBackend implements Backend {
  /** Every call made, newest last, for tests. */
  readonly calls: { name: keyof Calls; args: unknown }[] = [];
  /** Links that were opened. */
  readonly opened: string[] = [];
  /** The chat that the page said it shows. */
  sight: ChatId | null = null;
  /** What the operator answered when the window was closed. */
  readonly farewells: Closing[] = [];
  readonly #closes = new Set<() => void>();
  /** How often the page said that somebody touched it. */
  touched = 0;
  /** How the window was locked: whether fully. */
  readonly locks: boolean[] = [];
  readonly #stages = new Set<() => void>();
  /** Files that were written. */
  readonly written: { name: string; text: string }[] = [];
  /** Changes of many chats. */
  readonly changing = new FakeChanging();
  /** What is done to many chats at Telegram. */
  readonly telling = new FakeTelling();
  /** Restores and changes of the key. */
  readonly closed = new FakeClosed();
  #starts = false;
  #wanted: ChatId | null = null;
  readonly #wants = new Set<() => void>();
  world: World;
  #answers: Answers;
  #stage: Stage;
  #looks: Looks;
  #seq = 0;
  #stopTraffic: () => void = () => undefined;
  readonly #listeners = new Set<(event: Envelope) => void>();
  readonly #failures = new Map<keyof Calls, ApiError>();
  readonly #held = new Map<keyof Calls, Promise<void>>();

  constructor(private readonly options: FakeOptions = {}) {
    this.#stage = options.stage ?? { stage: 'open', workspace: 'demo', demo: true };
    this.#looks = { ...plainLooks, ...options.looks };
    [this.world, this.#answers] = this.#makeWorld(true);
  }

  #makeWorld(demo: boolean): [World, Answers] {
    const world = new World(demo ? this.options : { ...this.options, accounts: 0 });
    world.listen((event) => {
      const envelope: Envelope = { seq: ++this.#seq, at_ms: Date.now(), ...event };
      for (const listener of this.#listeners) listener(envelope);
    });
    this.#stopTraffic();
    if (this.options.live) this.#stopTraffic = startTraffic(world);
    return [world, answersOf(world, this.telling, demo, (ms, run) => setTimeout(run, ms))];
  }

  /** Makes the next calls of a name fail until told otherwise. */
  fail(name: keyof Calls, code: Code | null): void {
    if (code === null) this.#failures.delete(name);
    else this.#failures.set(name, refuse(code));
  }

  /** Makes calls of a name wait for their answer until what is returned is called. */
  hold(name: keyof Calls): () => void {
    let release: () => void = () => undefined;
    this.#held.set(name, new Promise((resolve) => (release = resolve)));
    return () => {
      this.#held.delete(name);
      release();
    };
  }

  async call<K extends keyof Calls>(name: K, args: Calls[K]['args']): Promise<Calls[K]['answer']> {
    this.calls.push({ name, args: structuredClone(args) });
    await this.#wait();
    await this.#held.get(name);
    const failure = this.#failures.get(name);
    if (failure) throw failure;
    if (name === 'change_cancel') this.changing.cancel();
    await this.changing.pass(this.world, name, args);
    return structuredClone(await this.#answers[name](args));
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.options.latencyMs ?? 0));
  }

  subscribe(listener: (event: Envelope) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stage(): Promise<Stage> {
    await this.#wait();
    return this.#stage;
  }

  async openWorkspace(name: WorkspaceName, passphrase?: string): Promise<Stage> {
    await this.#wait();
    const needs: Needs | null = this.#stage.stage === 'locked' ? this.#stage.needs : null;
    if (needs === 'passphrase' || needs === 'keyring_unlock') {
      if (passphrase !== undefined && passphrase !== 'correct horse')
        throw refuse('passphrase_wrong');
      if (passphrase === undefined && needs === 'passphrase') throw refuse('passphrase_needed');
    }
    [this.world, this.#answers] = this.#makeWorld(name === 'demo');
    this.#stage = { stage: 'open', workspace: name, demo: name === 'demo' };
    return this.#stage;
  }

  async closeWorkspace(): Promise<Stage> {
    await this.#wait();
    this.#stopTraffic();
    this.#stage = { stage: 'first_run' };
    return this.#stage;
  }

  wipeDemo(): Promise<Stage> {
    return this.closeWorkspace();
  }

  async chooseFile(kind: FileKind): Promise<string | null> {
    return kind === 'backup' ? this.closed.chosen : '/home/olga/switchboard-all.json';
  }

  async saveText(kind: FileKind, name: string, text: string): Promise<string | null> {
    this.written.push({ name, text });
    return this.saveFile(kind, name);
  }

  async saveFile(_kind: FileKind, name: string): Promise<string | null> {
    return `/home/olga/${name}`;
  }

  restore(_name: WorkspaceName, request: RestoreRequest) {
    return this.closed.restore(request);
  }

  rekey(_name: WorkspaceName, request: RekeyRequest) {
    return this.closed.rekey(request);
  }

  async workPercent(): Promise<number | null> {
    return this.closed.percent;
  }

  async workCancel(): Promise<void> {
    this.closed.cancel();
  }

  async looks(): Promise<Looks> {
    return { ...this.#looks };
  }

  async saveLooks(looks: Looks): Promise<void> {
    this.#looks = structuredClone(looks);
  }

  async openLink(url: string): Promise<void> {
    this.opened.push(url);
  }

  async openLogs(): Promise<void> {
    this.opened.push('logs');
  }

  async inSight(chat: ChatId | null): Promise<void> {
    this.sight = chat;
  }

  async wanted(): Promise<ChatId | null> {
    const chat = this.#wanted;
    this.#wanted = null;
    return chat;
  }

  onWanted(listener: () => void): () => void {
    this.#wants.add(listener);
    return () => this.#wants.delete(listener);
  }

  onClosing(listener: () => void): () => void {
    this.#closes.add(listener);
    return () => this.#closes.delete(listener);
  }

  /** Asks as the program does when its window is closed. */
  askClosing(): void {
    for (const listener of this.#closes) listener();
  }

  async farewell(closing: Closing): Promise<void> {
    this.#looks = { ...this.#looks, closing };
    this.farewells.push(closing);
  }

  async startsWithSystem(): Promise<boolean> {
    return this.#starts;
  }

  async setStartsWithSystem(on: boolean): Promise<void> {
    this.#starts = on;
  }

  async lock(fully: boolean): Promise<void> {
    this.locks.push(fully);
    this.#stopTraffic();
    this.#stage = { stage: 'locked', workspace: 'demo', needs: 'confirm' };
    for (const listener of this.#stages) listener();
  }

  async active(): Promise<void> {
    this.touched += 1;
  }

  onStage(listener: () => void): () => void {
    this.#stages.add(listener);
    return () => this.#stages.delete(listener);
  }

  /** Asks for a chat as a click on a notification does. */
  want(chat: ChatId): void {
    this.#wanted = chat;
    for (const listener of this.#wants) listener();
  }

  mediaUrl(media: MediaRef): string {
    return media.kind === 'photo' ? photo(media.row) : avatar(media.peer);
  }
}
