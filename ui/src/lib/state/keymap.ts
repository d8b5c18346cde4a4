// Keys of the operator's own choice: what they would take from others, and how they are given.

import type { Shortcut } from '$lib/backend';
import { m } from '$lib/messages';
import { actionsOf, usualActions, type Action } from './actions';
import type { App } from './app.svelte';

/** Whether one shortcut is another, or begins it: then the longer one could not be reached. */
export function collide(one: string, other: string): boolean {
  return `${one} `.startsWith(`${other} `) || `${other} `.startsWith(`${one} `);
}

const pagesOf = ({ page }: Action) => (page === undefined ? null : [page].flat());

/** Whether the keys of two actions can mean both at a time. */
export function meet(one: Action, other: Action): boolean {
  const [pages, others] = [pagesOf(one), pagesOf(other)];
  if (pages && others && !pages.some((page) => others.includes(page))) return false;
  if (one.inComposer === other.inComposer) return true;
  const elsewhere = one.inComposer ? other : one;
  return elsewhere.whileTyping === true || elsewhere.inEmptyComposer === true;
}

/** The other action that listens to a shortcut already. */
export function takenBy(app: App, action: Action, shortcut: string): Action | undefined {
  return actionsOf(app).find(
    (other) =>
      other.id !== action.id &&
      meet(action, other) &&
      other.keys?.some((key) => collide(key, shortcut)),
  );
}

const same = (one: readonly string[] = [], other: readonly string[] = []) =>
  one.length === other.length && one.every((key) => other.includes(key));

/** Gives an action these keys; whoever else had them loses them. It can be taken back. */
export function giveKeys(app: App, action: Action, keys: readonly string[]): void {
  const changed = new Map<string, readonly string[]>([[action.id, keys]]);
  for (const other of actionsOf(app)) {
    if (other.id === action.id || !meet(action, other)) continue;
    const left = other.keys?.filter((key) => !keys.some((wanted) => collide(key, wanted))) ?? [];
    if (left.length !== (other.keys?.length ?? 0)) changed.set(other.id, left);
  }
  keep(app, changed);
}

/** Gives an action its usual keys again; whoever has them now loses them. */
export function resetKeys(app: App, action: Action): void {
  const usual = usualActions(app).find(({ id }) => id === action.id)?.keys;
  giveKeys(app, action, usual ?? []);
}

/** Gives every action its usual keys again. */
export function resetAllKeys(app: App): void {
  save(app, []);
}

function keep(app: App, changed: ReadonlyMap<string, readonly string[]>): void {
  const usual = new Map(usualActions(app).map((action) => [action.id, action.keys]));
  const others = app.looks.shortcuts.filter(({ action }) => !changed.has(action));
  const own = [...changed]
    .filter(([id, keys]) => !same(keys, usual.get(id)))
    .map(([id, keys]) => ({ action: id, keys: [...keys] }));
  save(app, [...others, ...own]);
}

function save(app: App, shortcuts: readonly Shortcut[]): void {
  const before = app.looks.shortcuts;
  app.looks.setShortcuts(shortcuts);
  app.toasts.show(m.settings_saved(), {
    undo: () => Promise.resolve(app.looks.setShortcuts(before)),
  });
}
