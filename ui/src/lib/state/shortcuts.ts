import { tinykeys } from 'tinykeys';
import { isEditable } from '$lib/shared/keys';
import { actionsOf } from './actions';
import type { App } from './app.svelte';

/** Where keys belong to something of its own. */
const OWN_KEYS = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="separator"]';

/** Enter on one of these presses it. */
const PRESSABLE = 'button, a, [role="button"], summary';

/** Listens for the shortcuts of all actions; returns the way to stop. */
export function listenForShortcuts(app: App, target: Window): () => void {
  return tinykeys(target, bindings(app), { timeout: 900 });
}

/** Accounts come and go, so their keys are bound for all nine and looked up when pressed. */
function boundKeys(app: App): Map<string, string> {
  const keys = new Map<string, string>();
  for (const action of actionsOf(app))
    for (const key of action.keys ?? []) keys.set(key, action.id);
  for (let digit = 1; digit <= 9; digit++) keys.set(`$mod+Digit${digit}`, '');
  return keys;
}

function bindings(app: App): Record<string, (event: KeyboardEvent) => void> {
  const entries = [...boundKeys(app).keys()].map((key) => [
    key,
    (event: KeyboardEvent) => press(app, key, event),
  ]);
  return Object.fromEntries(entries) as Record<string, (event: KeyboardEvent) => void>;
}

function press(app: App, key: string, event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || event.isComposing || app.overlay || target?.closest(OWN_KEYS))
    return;
  const action = actionsOf(app).find(
    (candidate) => candidate.keys?.includes(key) && candidate.enabled !== false,
  );
  if (!action) return;
  if (isEditable(event.target) && !action.whileTyping) return;
  if (key === 'Enter' && target?.closest(PRESSABLE)) return;
  event.preventDefault();
  action.run();
}
