// What the operator keeps of the fake world's people and chats.

import type {
  Actor, Chat, ChatId, ChatMarks, DeedId, DeedKind, Done, FieldValue, GoneQuiet, MessageKind, PeerId, Rules,
  Subject, Undone, WindowChange,
} from '../../types'; // prettier-ignore
import { refuse } from '../login';
import type { World } from '../world';
import { Ledger, type Work, type Worked } from './ledger';

/** Above this many chats an event says "many" instead of naming them. */
const NAMED = 200;

/** A chat on which nobody has put a mark yet. */
export const unmarked: ChatMarks = {
  tags: [], status: null, pinned_ms: null, snoozed_until_ms: null, waiting_since: null, notes: 0,
  next_due_ms: null, tasks: 0,
}; // prettier-ignore

/** What is counted for many chats at once. */
interface Counts {
  notes: Map<number, number>;
  tasks: Map<ChatId, number>;
  due: Map<ChatId, number>;
}

export class Keeper {
  readonly ledger = new Ledger();
  rules: Rules = { reopen: 1, answered: null, let_go_days: 90 };
  quiet: GoneQuiet | null = null;
  /** What imports made different of the window's settings. */
  readonly windows = new Map<DeedId, WindowChange>();
  #byPeer: Map<PeerId, ChatId[]> | null = null;

  constructor(readonly world: World) {}

  chat(id: ChatId): Chat {
    const chat = this.world.chats.get(id);
    if (!chat) throw refuse('not_found');
    return chat;
  }

  /** What things said in a chat are said of, as one number: a chat's id stands negated. */
  subjectOf(chat: Chat): number {
    return chat.kind === 'person' ? chat.peer : -chat.id;
  }

  subject(number: number): Subject {
    return number > 0 ? { of: 'person', id: number } : { of: 'chat', id: -number };
  }

  /** Every chat that something is said of. */
  chatsOf(subject: number): ChatId[] {
    if (subject < 0) return [-subject];
    this.#byPeer ??= this.#indexPeers();
    return this.#byPeer.get(subject) ?? [];
  }

  #indexPeers(): Map<PeerId, ChatId[]> {
    const chats = new Map<PeerId, ChatId[]>();
    for (const { peer, id } of this.world.chats.values()) {
      const known = chats.get(peer);
      if (known) known.push(id);
      else chats.set(peer, [id]);
    }
    return chats;
  }

  /** Forgets who has which chats; some came or went. */
  chatsMoved(): void {
    this.#byPeer = null;
  }

  /** Fields of a chat's person. */
  readonly values = (chat: Chat): FieldValue[] => {
    const { field, value } = this.ledger.tables;
    const found: FieldValue[] = [];
    for (const { id } of field.values()) {
      const row = value.get(`${this.subjectOf(chat)} ${id}`);
      if (row) found.push({ field: id, value: row.value, guessed: row.guessed });
    }
    return found;
  };

  hasMessage({ id }: Chat, kinds: readonly MessageKind[]): boolean {
    return this.world.history(id).some(({ kind }) => kinds.includes(kind));
  }

  /** Whether a chat's status says that nothing is left to do: such a chat waits for nobody. */
  isClosed({ id }: Chat): boolean {
    const { mark, status } = this.ledger.tables;
    return status.get(String(mark.get(String(id))?.status))?.kind === 'closed';
  }

  /** Whether somebody has not written for so long that by the rule no answer is owed. */
  isLetGo({ last }: Chat, now: number): boolean {
    const { let_go_days } = this.rules;
    return let_go_days !== null && now / 1000 - (last?.date ?? 0) >= let_go_days * 86_400;
  }

  /** Since when the operator owes an answer in a chat, unless its status says that it needs none. */
  waitingSince(chat: Chat): number | null {
    return this.isClosed(chat) ? null : (this.world.unanswered.get(chat.id) ?? null);
  }

  /** Notes everybody that something is said of. */
  shows(work: Work, subject: number): void {
    for (const chat of this.chatsOf(subject)) work.chats.add(chat);
  }

  /** Writes the log of a change and tells of it. */
  finish(work: Work, kind: DeedKind, what: string | null, changed = 1, actor: Actor = 'operator'): Done {
    const worked = this.ledger.finish(work, kind, what, changed, actor);
    this.#tell(worked);
    return worked.done;
  } // prettier-ignore

  undo(deed: DeedId | null): Undone {
    const { id, ...worked } = this.ledger.undo(deed);
    this.#tell(worked);
    this.world.tell({ type: 'catalog' });
    const window = this.windows.get(id) ?? { before: {}, after: {} };
    return { changed: worked.done.changed, window };
  }

  #tell({ chats }: Worked): void {
    if (chats.size === 0) return;
    this.refresh(chats);
    const byAccount = new Map<number, ChatId[]>();
    for (const id of chats) {
      const { account } = this.chat(id);
      byAccount.set(account, [...(chats.size > NAMED ? [] : (byAccount.get(account) ?? [])), id]);
    }
    for (const [account, ids] of byAccount) {
      this.world.tell({ type: 'chats', account, chats: chats.size > NAMED ? [] : ids });
    }
    const [one = null] = chats.size === 1 ? chats : [];
    this.world.tell({ type: 'card', chat: one });
  }

  /** Puts onto chats what is kept of them. */
  refresh(chats: Iterable<ChatId>): void {
    const counts = this.#counts();
    for (const id of chats) {
      const chat = this.world.chats.get(id);
      if (chat) chat.marks = this.#marksOf(chat, counts);
    }
    this.world.reorder();
  }

  #counts(): Counts {
    const counts: Counts = { notes: new Map(), tasks: new Map(), due: new Map() };
    const add = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1);
    for (const note of this.ledger.tables.note.values()) add(counts.notes, note.subject);
    for (const { chat, done_ms, due_ms } of this.ledger.tables.task.values()) {
      if (done_ms !== null) continue;
      add(counts.tasks, chat);
      if (due_ms !== null) counts.due.set(chat, Math.min(counts.due.get(chat) ?? Infinity, due_ms));
    }
    return counts;
  }

  #marksOf(chat: Chat, counts: Counts): ChatMarks {
    const { tagged, mark } = this.ledger.tables;
    const subjects = [...new Set([this.subjectOf(chat), -chat.id])];
    const tags = this.ledger.placed('tag');
    const row = mark.get(String(chat.id));
    return {
      tags: tags.filter(({ id }) => subjects.some((s) => tagged.has(`${s} ${id}`))).map(({ id }) => id),
      status: row?.status ?? null,
      pinned_ms: row?.pinned_ms ?? null,
      snoozed_until_ms: row?.snoozed_until_ms ?? null,
      waiting_since: this.waitingSince(chat),
      notes: subjects.reduce((sum, s) => sum + (counts.notes.get(s) ?? 0), 0),
      next_due_ms: counts.due.get(chat.id) ?? null,
      tasks: counts.tasks.get(chat.id) ?? 0,
    }; // prettier-ignore
  }

  /** Brings back chats whose snooze is over, and tells of tasks that are due. */
  remind(now = Date.now()): void {
    const work = this.ledger.begin();
    for (const [key, row] of this.ledger.tables.mark) {
      if (row.snoozed_until_ms === null || row.snoozed_until_ms > now) continue;
      work.put('mark', key, { ...row, snoozed_until_ms: null });
      work.chats.add(Number(key));
    }
    const back = [...work.chats];
    this.finish(work, 'snooze_over', null, back.length, 'rule');
    for (const chat of back) this.world.tell({ type: 'reminder', chat, task: null });
  }

  /** What a message changes by itself: a snooze that it ends, a closed status. */
  written(chat: Chat, out: boolean): void {
    const row = this.ledger.tables.mark.get(String(chat.id));
    if (!row || out) return;
    const status = row.status === null ? undefined : this.ledger.tables.status.get(String(row.status)); // prettier-ignore
    const wakes = row.unless_reply && row.snoozed_until_ms !== null;
    const reopens = status?.kind === 'closed' && this.rules.reopen !== null;
    if (!wakes && !reopens) return;
    const work = this.ledger.begin();
    work.chats.add(chat.id);
    work.put('mark', chat.id, {
      ...row,
      snoozed_until_ms: wakes ? null : row.snoozed_until_ms,
      status: reopens ? this.rules.reopen : row.status,
    });
    this.finish(work, reopens ? 'status_set' : 'snooze_over', reopens ? 'new' : null, 1, 'rule');
  }
}
