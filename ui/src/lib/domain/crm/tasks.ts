// Follow-ups and promises as lists show them.

import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import ArrowUpRight from '@lucide/svelte/icons/arrow-up-right';
import ArrowDownLeft from '@lucide/svelte/icons/arrow-down-left';
import type { Task, TaskKind } from '$lib/backend';
import { m } from '$lib/messages';
import { daysBetween, listDate, soonMoment } from '$lib/shared/format';

/** Icons of the kinds. */
export const taskIcons = {
  follow_up: CalendarClock,
  i_owe: ArrowUpRight,
  they_owe: ArrowDownLeft,
} as const;

/** What a kind is called. */
export function taskKindName(kind: TaskKind): string {
  return { follow_up: m.task_follow_up, i_owe: m.task_i_owe, they_owe: m.task_they_owe }[kind]();
}

/** Parts of the list of tasks, in their order. */
export const taskGroups = ['overdue', 'today', 'week', 'later', 'undated'] as const;
export type TaskGroup = (typeof taskGroups)[number];

/** Where a task stands. */
export function groupOf({ due_ms }: Task, now: number): TaskGroup {
  if (due_ms === null) return 'undated';
  if (due_ms <= now) return 'overdue';
  const days = daysBetween(now, due_ms);
  return days === 0 ? 'today' : days < 7 ? 'week' : 'later';
}

/** When a task is due, in words. */
export function dueWords({ due_ms }: Task, now: number): string {
  if (due_ms === null) return m.due_none();
  const time = soonMoment(due_ms, now);
  return due_ms <= now ? m.row_overdue({ time }) : m.row_due({ time });
}

/** When a task that was found is due, or was done. */
export function foundWords(task: Task, now: number): string {
  if (task.done_ms !== null) return m.task_done_at({ time: listDate(task.done_ms, now) });
  return task.due_ms === null ? '' : dueWords(task, now);
}
