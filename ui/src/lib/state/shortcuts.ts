import { matchKeyBindingPress, parseKeybinding, type KeyBindingPress } from 'tinykeys';
import { isChoice, isEditable, isModifier, types } from '$lib/shared/keys';
import { actionsOf, keysFor, type Action } from './actions';
import type { App } from './app.svelte';

// The library tells whether a press is the one meant. What follows from it is decided here, since
// the operator may change keys at any time, and a beginning such as G belongs to several actions.

/** Where keys belong to something of its own. */
const OWN_KEYS = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="separator"]';

/** Enter on one of these presses it. */
const PRESSABLE = 'button, a, [role="button"], summary';

/** Between two steps of a shortcut such as G, then I. */
export const STEP_MS = 900;

const parsed = new Map<string, KeyBindingPress[]>();

function pressesOf(shortcut: string): KeyBindingPress[] {
  let presses = parsed.get(shortcut);
  if (!presses) parsed.set(shortcut, (presses = parseKeybinding(shortcut)));
  return presses;
}

/** Listens for the shortcuts of all actions; returns the way to stop. */
export function listenForShortcuts(app: App, target: Window): () => void {
  let made: KeyboardEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (presses: KeyboardEvent[]) => {
    clearTimeout(timer);
    made = presses;
    timer = setTimeout(() => (made = []), STEP_MS);
  };
  // A second step is nobody else's, such as R for reports where R alone answers a message.
  const hearFirst = (event: KeyboardEvent) => {
    if (made.length === 0 || isModifier(event) || isElsewhere(app, event)) return;
    keep(press(app, made, event) ?? []);
    if (made.length > 0 || event.defaultPrevented) event.stopPropagation();
  };
  const hear = (event: KeyboardEvent) => {
    if (!isModifier(event)) keep((!isElsewhere(app, event) && press(app, [], event)) || []);
  };
  target.addEventListener('keydown', hearFirst, { capture: true });
  target.addEventListener('keydown', hear);
  return () => {
    clearTimeout(timer);
    target.removeEventListener('keydown', hearFirst, { capture: true });
    target.removeEventListener('keydown', hear);
  };
}

/** Whether a press is an action's key. For lists that do with their own row what the action does. */
export function isKeyOf(app: App, id: string, event: KeyboardEvent): boolean {
  return keysFor(app, id).some((key) => isPress(key, event));
}

/** Whether a press is this shortcut, where that is of one step. */
export function isPress(key: string, event: KeyboardEvent): boolean {
  const [first, second] = pressesOf(key);
  return first !== undefined && second === undefined && matchKeyBindingPress(event, first);
}

function isElsewhere(app: App, event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || event.isComposing || app.overlay || target?.closest(OWN_KEYS))
    return true;
  if (isEditable(target) && types(event)) return true;
  if (isChoice(target))
    return !/^(Key|F\d|Escape$)/.test(event.code) && !event.ctrlKey && !event.metaKey;
  return (event.key === 'Enter' || event.key === ' ') && target?.closest(PRESSABLE) != null;
}

/** What was pressed runs; where it only begins something, the presses to go on from. */
function press(app: App, made: KeyboardEvent[], event: KeyboardEvent): KeyboardEvent[] | null {
  const all = [...made, event];
  const near = actionsOf(app).filter((action) => listens(app, action, event) && steps(action, all) > 0); // prettier-ignore
  const action = near.find((candidate) => steps(candidate, all) === all.length);
  if (action) {
    event.preventDefault();
    action.run();
  }
  return action || near.length === 0 ? null : all;
}

/** Steps of the action's shortest shortcut that begins like this; 0 where none does. */
function steps(action: Action, made: readonly KeyboardEvent[]): number {
  const begun = (action.keys ?? []).map(pressesOf).filter((presses) => {
    return made.every((event, step) => {
      const wanted = presses[step];
      return wanted !== undefined && matchKeyBindingPress(event, wanted);
    });
  });
  return begun.length === 0 ? 0 : Math.min(...begun.map((presses) => presses.length));
}

function listens(app: App, action: Action, event: KeyboardEvent): boolean {
  if (action.enabled === false) return false;
  if (action.inComposer) return inEmptyComposer(app);
  if (action.inEmptyComposer && inEmptyComposer(app)) return true;
  return action.whileTyping === true || !isEditable(event.target);
}

function inEmptyComposer(app: App): boolean {
  return app.inbox?.composer?.text === '' && app.landmarks.holds('composer');
}
