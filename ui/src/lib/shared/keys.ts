// Shortcuts, matched by where a key lies (`event.code`), so that they work on a Cyrillic layout.

const isMac = navigator.userAgent.includes('Mac');

const names: Record<string, string> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Alt: isMac ? '⌥' : 'Alt',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  BracketLeft: '[',
  BracketRight: ']',
  Slash: '/',
  Equal: '+',
  Minus: '−',
};

function nameOf(key: string): string {
  return names[key] ?? key.replace(/^(Key|Digit)/, '');
}

/** The keys of a shortcut as they are printed: `$mod+KeyK` is Ctrl and K. */
export function keyCaps(shortcut: string): string[][] {
  if (shortcut === 'Shift+Slash') return [['?']];
  return shortcut.split(' ').map((press) => press.split('+').map(nameOf));
}

/** For `aria-keyshortcuts`, which wants English names. */
export function ariaKeys(shortcut: string): string {
  return shortcut
    .split(' ')[0]
    ?.replace('$mod', isMac ? 'Meta' : 'Control')
    .replace(/(Key|Digit)/, '') as string;
}

/** Whether letters typed here are text. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Whether a key press types a character rather than commanding. */
export function types(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}
