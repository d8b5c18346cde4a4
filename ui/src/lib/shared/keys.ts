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

/** Whether letters typed here are text. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
