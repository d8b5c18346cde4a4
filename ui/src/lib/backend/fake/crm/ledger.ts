// What the operator keeps, as rows. Each change keeps the rows before and after it, so that it can
// be taken back, and is refused to be where something else changed them since.

import type {
  Actor, ChatId, ChatStatus, Deed, DeedId, DeedKind, Done, Field, Note, StatusId, Tag, TagId, Task, Template, TemplateId, View,
} from '../../types'; // prettier-ignore
import { refuse } from '../login';

/** A chat's own marks. */
export interface Mark {
  status: StatusId | null;
  pinned_ms: number | null;
  snoozed_until_ms: number | null;
  unless_reply: boolean;
}

/** Where something stands among its kind. */
type Placed<T> = T & { position: number };

/** The tables and their rows. */
export interface Rows {
  tag: Placed<Tag>;
  status: Placed<ChatStatus>;
  field: Placed<Field>;
  view: Placed<View>;
  template: Placed<Template>;
  /** By `subject tag`. */
  tagged: { subject: number; tag: TagId };
  /** By chat. */
  mark: Mark;
  note: Omit<Note, 'subject'> & { subject: number };
  task: Task;
  /** By `subject field`. */
  value: { subject: number; field: number; value: string; guessed: boolean };
}

export type Table = keyof Rows;
type Tables = { [T in Table]: Map<string, Rows[T]> };

interface Image {
  table: Table;
  key: string;
  before: string | null;
  after: string | null;
}

interface Kept extends Omit<Deed, 'can_undo' | 'chats'> {
  images: Image[] | null;
  chats: ReadonlySet<ChatId>;
}

/** What a change came to. */
export interface Worked {
  done: Done;
  chats: ReadonlySet<ChatId>;
}

const json = (row: unknown) => (row === undefined ? null : JSON.stringify(row));

/** A change under way. */
export class Work {
  readonly images: Image[] = [];
  readonly chats = new Set<ChatId>();

  constructor(private readonly tables: Tables) {}

  /** Writes a row, or takes it away; says whether that changed anything. */
  put<T extends Table>(table: T, key: string | number, row: Rows[T] | undefined): boolean {
    const rows: Map<string, Rows[T]> = this.tables[table];
    const name = String(key);
    const [before, after] = [json(rows.get(name)), json(row)];
    if (before === after) return false;
    if (row === undefined) rows.delete(name);
    else rows.set(name, row);
    this.images.push({ table, key: name, before, after });
    return true;
  }
}

/** Every table, and the log of what was done. */
export class Ledger {
  readonly tables: Tables = {
    tag: new Map(), status: new Map(), field: new Map(), view: new Map(), template: new Map(), tagged: new Map(),
    mark: new Map(), note: new Map(), task: new Map(), value: new Map(),
  }; // prettier-ignore
  /** How often templates were used: no change, so nothing that is taken back. */
  readonly uses = new Map<TemplateId, { used: number; used_ms: number }>();
  readonly #deeds: Kept[] = [];
  #nextId = 100;

  /** An id that nothing has. */
  next(): number {
    return this.#nextId++;
  }

  /** Rows of something that has a place, in their order. */
  placed<T extends 'tag' | 'status' | 'field' | 'view' | 'template'>(table: T): Rows[T][] {
    const rows: Map<string, Rows[T]> = this.tables[table];
    return [...rows.values()].sort((a, b) => a.position - b.position);
  }

  begin(): Work {
    return new Work(this.tables);
  }

  /** Writes the log. */
  finish(
    work: Work,
    kind: DeedKind,
    what: string | null,
    changed: number,
    actor: Actor = 'operator',
  ): Worked {
    if (work.images.length === 0) return { done: { deed: null, changed: 0 }, chats: new Set() };
    const id = this.#deeds.length + 1;
    const { images, chats } = work;
    this.#deeds.push({ id, at_ms: Date.now(), actor, kind, what, changed, undone_ms: null, images, chats }); // prettier-ignore
    return { done: { deed: id, changed }, chats };
  }

  #undoable(id: DeedId | null): Kept | undefined {
    return this.#deeds.findLast(
      (kept) => kept.images && (id === null ? kept.actor !== 'rule' : kept.id === id),
    );
  }

  /** Rows that a change made other ones. */
  rowsOf(id: DeedId | null): number {
    return this.#undoable(id)?.images?.length ?? 0;
  }

  /** Takes a change back, whole. */
  undo(id: DeedId | null): Worked & { id: DeedId } {
    const deed = this.#undoable(id);
    if (!deed?.images) throw refuse('not_found');
    const images = deed.images.toReversed();
    for (const { table, key, after } of images) {
      if (json(this.tables[table].get(key)) !== after) throw refuse('changed_since');
    }
    for (const { table, key, before } of images) this.#write(table, key, before);
    deed.images = null;
    deed.undone_ms = Date.now();
    return { id: deed.id, done: { deed: null, changed: images.length }, chats: deed.chats };
  }

  #write<T extends Table>(table: T, key: string, row: string | null): void {
    const rows: Map<string, Rows[T]> = this.tables[table];
    if (row === null) rows.delete(key);
    else rows.set(key, JSON.parse(row) as Rows[T]);
  }

  /** The log, newest first. */
  deeds(of: readonly ChatId[], before: DeedId | null, limit: number): Deed[] {
    const touched = ({ chats }: Kept) => of.filter((chat) => chats.has(chat));
    return this.#deeds
      .filter((kept) => kept.id < (before ?? Infinity))
      .filter((kept) => of.length === 0 || touched(kept).length > 0)
      .slice(-limit)
      .toReversed()
      .map((kept) => {
        const { images, id, at_ms, actor, kind, what, changed, undone_ms } = kept;
        return { id, at_ms, actor, kind, what, changed, undone_ms, can_undo: images !== null, chats: touched(kept) };
      }); // prettier-ignore
  }
}
