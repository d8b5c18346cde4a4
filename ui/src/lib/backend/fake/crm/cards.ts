// Notes, tasks, fields, and the log.

import type { Answers } from '../answers';
import type {
  Calls, Card, ChatId, Done, Field, Note, NoteHit, Saved, Task, TaskHit, WaitingChat,
} from '../../types'; // prettier-ignore
import { refuse } from '../login';
import { spansOf } from '../reads';
import { changeChats } from './changes';
import { isMuted, listShows } from './filters';
import type { Keeper } from './keeper';
import type { Rows } from './ledger';

const LONGEST_NOTE = 10_000;
const LONGEST_TASK = 2000;

function noteOf(keeper: Keeper, row: Rows['note']): Note {
  return { ...row, subject: keeper.subject(row.subject) };
}

const byDay = (a: Task, b: Task) => (a.due_ms ?? Infinity) - (b.due_ms ?? Infinity) || a.id - b.id;

/** Open ones by their day, then those done, newest first. */
const inOrder = (tasks: readonly Task[]): Task[] => [
  ...tasks.filter((row) => row.done_ms === null).toSorted(byDay),
  ...tasks.filter((row) => row.done_ms !== null).toSorted((a, b) => (b.done_ms ?? 0) - (a.done_ms ?? 0)),
]; // prettier-ignore

function card(keeper: Keeper, id: ChatId): Card {
  const chat = keeper.chat(id);
  const { note, task } = keeper.ledger.tables;
  const subjects = [keeper.subjectOf(chat), -id];
  const tasks = [...task.values()].filter((row) => row.chat === id);
  return {
    chat: id,
    subject: keeper.subject(keeper.subjectOf(chat)),
    notes: [...note.values()]
      .filter((row) => subjects.includes(row.subject))
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.created_ms - a.created_ms || b.id - a.id)
      .map((row) => noteOf(keeper, row)),
    tasks: inOrder(tasks),
    values: keeper.values(chat),
  };
} // prettier-ignore

function saveNote(keeper: Keeper, { note }: Calls['note_save']['args']): Saved {
  const text = note.text.trim();
  if (text === '' || text.length > LONGEST_NOTE) throw refuse('bad_request');
  const known = note.id === null ? undefined : keeper.ledger.tables.note.get(String(note.id));
  if (note.id !== null && !known) throw refuse('not_found');
  const now = Date.now();
  const id = note.id ?? keeper.ledger.next();
  const subject = known?.subject ?? keeper.subjectOf(keeper.chat(note.chat));
  const edited_ms = known && known.text !== text ? now : (known?.edited_ms ?? null);
  const created_ms = known?.created_ms ?? now;
  const work = keeper.ledger.begin();
  work.put('note', id, { id, subject, text, pinned: note.pinned, created_ms, edited_ms });
  keeper.shows(work, subject);
  return { id, done: keeper.finish(work, known ? 'note_edited' : 'note_written', null) };
}

function deleteNote(keeper: Keeper, id: number): Done {
  const known = keeper.ledger.tables.note.get(String(id));
  if (!known) throw refuse('not_found');
  const work = keeper.ledger.begin();
  work.put('note', id, undefined);
  keeper.shows(work, known.subject);
  return keeper.finish(work, 'note_deleted', null);
}

/** Those whose text holds every word, with what matched; 50 at most. */
function holding<T extends { text: string }>(rows: readonly T[], query: string) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return rows
    .filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
    .slice(0, 50)
    .map((row) => ({ row, spans: spansOf(row.text, words.join(' ')) }));
}

function searchNotes(keeper: Keeper, query: string): NoteHit[] {
  const notes = [...keeper.ledger.tables.note.values()].sort((a, b) => b.created_ms - a.created_ms);
  return holding(notes, query).map(({ row, spans }) => ({ ...hitOf(keeper, row), spans }));
}

function searchTasks(keeper: Keeper, query: string): TaskHit[] {
  const tasks = inOrder([...keeper.ledger.tables.task.values()]);
  return holding(tasks, query).map(({ row, spans }) => ({ task: row, spans }));
}

/** A note with the chat where it can be read. */
function hitOf(keeper: Keeper, row: Rows['note']): NoteHit {
  const chat = keeper.chatsOf(row.subject).find((id) => keeper.world.chats.has(id)) ?? null;
  return { note: noteOf(keeper, row), chat, spans: [] };
}

function oneNote(keeper: Keeper, id: number): NoteHit {
  const known = keeper.ledger.tables.note.get(String(id));
  if (!known) throw refuse('not_found');
  return hitOf(keeper, known);
}

function saveTask(keeper: Keeper, { task }: Calls['task_save']['args']): Saved {
  const text = task.text.trim();
  const says = text !== '' || task.kind === 'follow_up';
  if (!says || text.length > LONGEST_TASK) throw refuse('bad_request');
  const known = task.id === null ? undefined : keeper.ledger.tables.task.get(String(task.id));
  if (task.id !== null && !known) throw refuse('not_found');
  const chat = known?.chat ?? keeper.chat(task.chat).id;
  const id = task.id ?? keeper.ledger.next();
  const work = keeper.ledger.begin();
  work.chats.add(chat);
  work.put('task', id, {
    ...task, id, chat, text,
    created_ms: known?.created_ms ?? Date.now(),
    done_ms: known?.done_ms ?? null,
  }); // prettier-ignore
  return { id, done: keeper.finish(work, known ? 'task_changed' : 'task_made', null) };
}

function changeTask(keeper: Keeper, id: number, done: boolean | null): Done {
  const known = keeper.ledger.tables.task.get(String(id));
  if (!known) throw refuse('not_found');
  const work = keeper.ledger.begin();
  work.chats.add(known.chat);
  const done_ms = done ? (known.done_ms ?? Date.now()) : null;
  work.put('task', id, done === null ? undefined : { ...known, done_ms });
  const kind = done === null ? 'task_deleted' : done ? 'task_done' : 'task_reopened';
  return keeper.finish(work, kind, null);
}

const isNumber = (value: string) => value !== '' && Number.isFinite(Number(value));

function fits({ kind, options }: Field, value: string): boolean {
  switch (kind) {
    case 'text':
      return value.length <= 500;
    case 'number':
      return isNumber(value);
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
    case 'choice':
      return options.includes(value);
    case 'money': {
      const [amount = '', currency = ''] = value.split(' ');
      return isNumber(amount) && /^[A-Z]{3}$/.test(currency);
    }
  }
}

function setValue(keeper: Keeper, args: Calls['value_set']['args']): Done {
  const field = keeper.ledger.tables.field.get(String(args.field));
  if (!field) throw refuse('not_found');
  const value = args.value?.trim() ?? '';
  if (value !== '' && !fits(field, value)) throw refuse('bad_request');
  const subject = keeper.subjectOf(keeper.chat(args.chat));
  const work = keeper.ledger.begin();
  const row = value === '' ? undefined : { subject, field: field.id, value, guessed: false };
  work.put('value', `${subject} ${field.id}`, row);
  keeper.shows(work, subject);
  return keeper.finish(work, row ? 'field_set' : 'field_cleared', field.name || field.builtin);
}

/**
 * Who waits: promises that are overdue, also where a chat is muted or archived, then mentions, then
 * people, the longest first. The fake world knows unread mentions only.
 */
function waiting(keeper: Keeper): WaitingChat[] {
  const { world, ledger } = keeper;
  const now = Date.now();
  const overdue = new Set(
    [...ledger.tables.task.values()]
      .filter((task) => task.kind === 'i_owe' && task.done_ms === null && (task.due_ms ?? Infinity) <= now)
      .map((task) => task.chat),
  ); // prettier-ignore
  const ranks = { overdue: 0, mentioned: 1, unanswered: 2 };
  const found: WaitingChat[] = [];
  for (const chat of world.chats.values()) {
    const { waiting_since, snoozed_until_ms } = chat.marks;
    const quiet = chat.archived || isMuted(chat, now) || keeper.isClosed(chat);
    const group = chat.kind === 'group' || chat.kind === 'supergroup';
    const last = chat.last?.date ?? 0;
    const add = (since: number, reason: WaitingChat['reason']) =>
      found.push({ chat: chat.id, since, working_minutes: Math.floor((now / 1000 - since) / 60), reason }); // prettier-ignore
    if ((snoozed_until_ms ?? 0) > now) continue;
    if (overdue.has(chat.id)) add(waiting_since ?? last, 'overdue');
    else if (quiet) continue;
    else if (chat.kind === 'person' && waiting_since !== null && !keeper.isLetGo(chat, now))
      add(waiting_since, 'unanswered');
    else if (group && chat.mentions > 0 && !chat.last?.out) add(waiting_since ?? last, 'mentioned');
  }
  return found.sort((a, b) => ranks[a.reason] - ranks[b.reason] || a.since - b.since);
}

/** The handlers of these calls. */
export function cardAnswers(keeper: Keeper) {
  const { world, ledger } = keeper;
  return {
    change_chats: (args) => changeChats(keeper, args),
    change_cancel: () => null,
    card: ({ chat }) => card(keeper, chat),
    note: ({ note }) => oneNote(keeper, note),
    note_save: (args) => saveNote(keeper, args),
    note_delete: ({ note }) => deleteNote(keeper, note),
    notes_search: ({ query }) => searchNotes(keeper, query),
    tasks_search: ({ query }) => searchTasks(keeper, query),
    task_save: (args) => saveTask(keeper, args),
    task_finish: ({ task, done }) => changeTask(keeper, task, done),
    task_delete: ({ task }) => changeTask(keeper, task, null),
    tasks_open: () => [...ledger.tables.task.values()].filter((task) => task.done_ms === null).sort(byDay), // prettier-ignore
    value_set: (args) => setValue(keeper, args),
    deeds: ({ chats, before, limit }) => ledger.deeds(chats, before, limit),
    undo: ({ deed }) => keeper.undo(deed),
    chat_counts: ({ lists }) =>
      lists.map((list) => {
        const shows = listShows(list, keeper);
        const count = { chats: 0, unread: 0 };
        for (const chat of world.chats.values()) {
          if (!shows(chat)) continue;
          count.chats += 1;
          count.unread += Number(chat.unread > 0 || chat.unread_mark);
        }
        return count;
      }),
    waiting: () => waiting(keeper),
  } satisfies Partial<Answers>;
}
