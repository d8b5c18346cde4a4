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
  Comma: ',',
  Period: '.',
  Semicolon: ';',
  Quote: '’',
  Backquote: '`',
  Backslash: '\\',
  IntlBackslash: '\\',
  Space: '␣',
  Backspace: '⌫',
  Delete: 'Del',
  Insert: 'Ins',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Control: isMac ? '⌃' : 'Ctrl',
  Meta: isMac ? '⌘' : 'Meta',
  NumpadAdd: 'Num +',
  NumpadSubtract: 'Num −',
};

const MODIFIERS = [
  'Control',
  'Shift',
  'Alt',
  'AltGraph',
  'Meta',
  'OS',
  'CapsLock',
  'NumLock',
  'Fn',
];

function nameOf(key: string): string {
  return names[key] ?? key.replace(/^(Key|Digit|Arrow)/, '').replace(/^Numpad/, 'Num ');
}

/** Whether a key alone does nothing: more is to come. */
export function isModifier(event: KeyboardEvent): boolean {
  return MODIFIERS.includes(event.key);
}

/** A combination that was pressed, in tinykeys' spelling and by where the key lies. */
export function pressOf(event: KeyboardEvent): string {
  const held = [
    ['$mod', isMac ? event.metaKey : event.ctrlKey],
    ['Control', isMac && event.ctrlKey],
    ['Meta', !isMac && event.metaKey],
    ['Alt', event.altKey],
    ['Shift', event.shiftKey],
  ] as const;
  const modifiers = held.filter(([, down]) => down).map(([name]) => name);
  return [...modifiers, event.code || event.key].join('+');
}

/** Whether pressing it types a character. */
export function types(event: KeyboardEvent): boolean {
  const command = event.ctrlKey || event.metaKey || event.altKey;
  return event.key.length === 1 && (!command || event.getModifierState('AltGraph'));
}

/** The keys of a shortcut as they are printed: `$mod+KeyK` is Ctrl and K. */
export function keyCaps(shortcut: string): string[][] {
  return shortcut.split(' ').map((press) => {
    if (/^Shift\+(Slash|\?)$/.test(press)) return ['?'];
    return press.split('+').map(nameOf);
  });
}

/** The same as a text: "Ctrl+K", "G I". */
export function keyText(shortcut: string): string {
  return keyCaps(shortcut).map((press) => press.join('+')).join(' '); // prettier-ignore
}

/** Whether letters typed here are text. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && isChoice(target)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Whether arrows and space choose here, and letters do nothing. */
export function isChoice(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && /^(radio|checkbox|range|color)$/.test(target.type);
}
