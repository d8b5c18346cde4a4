import type { Card, ChatId, Done, Field, NewNote, NewTask, Note, Saved, Task } from '$lib/backend';
import { fieldName } from '$lib/domain/crm/names';
import { taskKindName } from '$lib/domain/crm/tasks';
import { m } from '$lib/messages';
import { soonMoment } from '$lib/shared/format';
import { oneLine } from '$lib/shared/text';
import type { App } from './app.svelte';

const CUT = 60;

/** What is written down about a chat and its person: notes, tasks, fields. */
export class CardDeeds {
  constructor(private readonly app: App) {}

  /** Writes a note, or changes one. */
  saveNote(note: NewNote): Promise<boolean> {
    const call = this.app.backend.call('note_save', { note });
    const said = note.id === null ? m.done_note_written() : m.done_note_edited();
    const known = note.id;
    return this.#do(note.chat, said, call, ({ notes }) =>
      known === null
        ? {}
        : { notes: notes.map((one) => (one.id === known ? { ...one, text: note.text, pinned: note.pinned } : one)) },
    );
  } // prettier-ignore

  /** Puts a note on top of its panel, or takes it from there. */
  pinNote(chat: ChatId, note: Note): Promise<boolean> {
    const pinned = !note.pinned;
    const changed = { id: note.id, chat, text: note.text, pinned };
    const call = this.app.backend.call('note_save', { note: changed });
    return this.#do(chat, pinned ? m.done_note_pinned() : m.done_note_unpinned(), call, (card) => ({
      notes: card.notes.map((one) => (one.id === note.id ? { ...one, pinned } : one)),
    }));
  }

  deleteNote(chat: ChatId, note: Note): Promise<boolean> {
    const call = this.app.backend.call('note_delete', { note: note.id });
    return this.#do(chat, m.done_note_deleted(), call, ({ notes }) => ({
      notes: notes.filter((one) => one.id !== note.id),
    }));
  }

  /** Keeps a follow-up or a promise, or changes one. */
  saveTask(task: NewTask): Promise<boolean> {
    const call = this.app.backend.call('task_save', { task });
    return this.#do(task.chat, savedWords(task), call, ({ tasks }) => ({
      tasks: tasks.map((one) => (one.id === task.id ? { ...one, ...task, id: one.id } : one)),
    }));
  }

  /** Marks a task as done, or opens it again. */
  finishTask(task: Task, done: boolean): Promise<boolean> {
    const call = this.app.backend.call('task_finish', { task: task.id, done });
    const what = taskWords(task);
    const said = done ? m.done_task_done({ what }) : m.done_task_reopened({ what });
    const back = done ? this.app.inbox?.tasks.without(task.id) : undefined;
    void call.catch(() => back?.());
    return this.#do(task.chat, said, call, ({ tasks }) => ({
      tasks: tasks.map((one) => (one.id === task.id ? { ...one, done_ms: done ? Date.now() : null } : one)),
    }));
  } // prettier-ignore

  deleteTask(task: Task): Promise<boolean> {
    const call = this.app.backend.call('task_delete', { task: task.id });
    const back = this.app.inbox?.tasks.without(task.id);
    void call.catch(() => back?.());
    return this.#do(task.chat, m.done_task_deleted({ what: taskWords(task) }), call, (card) => ({
      tasks: card.tasks.filter((one) => one.id !== task.id),
    }));
  }

  /** Notes a field's value, or clears it. */
  setValue(chat: ChatId, field: Field, value: string | null): Promise<boolean> {
    const call = this.app.backend.call('value_set', { chat, field: field.id, value });
    const name = fieldName(field);
    const said = value === null ? m.done_field_cleared({ name }) : m.done_field_set({ name });
    const back = this.app.inbox?.people.assume(chat, field.id, value);
    void call.catch(() => back?.());
    return this.#do(chat, said, call, ({ values }) => {
      const others = values.filter((one) => one.field !== field.id);
      return { values: value === null ? others : [...others, { field: field.id, value, guessed: false }] }; // prettier-ignore
    });
  }

  /** Shows a change at once, says it with its way back; answers whether the program did it. */
  async #do(
    chat: ChatId,
    said: string,
    call: Promise<Done | Saved>,
    change: (card: Card) => Partial<Card>,
  ): Promise<boolean> {
    const { app } = this;
    const back = app.inbox?.assumeCard(chat, change);
    const doing = call.then((answer) => ('done' in answer ? answer.done : answer));
    const toast = app.toasts.show(said, { undo: app.marks.undoing(doing) });
    try {
      app.marks.settle(toast, await doing);
      return true;
    } catch (error) {
      back?.();
      app.toasts.retract(toast);
      app.report(error);
      return false;
    }
  }
}

/** A task in a few words. */
export function taskWords({ kind, text }: Pick<Task, 'kind' | 'text'>): string {
  const line = oneLine(text, 200);
  const cut = line.length > CUT ? `${line.slice(0, CUT - 1)}…` : line;
  return cut === '' ? taskKindName(kind) : `${taskKindName(kind)}: ${cut}`;
}

function savedWords(task: NewTask): string {
  const what = taskWords(task);
  if (task.due_ms === null) return m.done_task_kept({ what });
  return m.done_task_due({ what, time: soonMoment(task.due_ms, Date.now()) });
}
