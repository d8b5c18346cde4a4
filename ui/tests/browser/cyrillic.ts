// The keys of a Russian layout, as a browser tells of them.

/** What the keys of a Russian layout type, by where they lie. */
const LETTERS: Record<string, string> = {
  KeyA: 'ф', KeyB: 'и', KeyD: 'в', KeyE: 'у', KeyF: 'а', KeyG: 'п', KeyH: 'р', KeyI: 'ш', KeyJ: 'о',
  KeyK: 'л', KeyN: 'т', KeyO: 'щ', KeyP: 'з', KeyR: 'к', KeyS: 'ы', KeyT: 'е', KeyU: 'г', KeyZ: 'я',
  BracketLeft: 'х', BracketRight: 'ъ', Slash: '.', Equal: '=', Minus: '-', Digit0: '0', Digit2: '2',
}; // prettier-ignore

/** Presses keys by place, such as "Control+KeyK" or "KeyG KeyI"; says whether each was taken. */
export function press(keys: string): void {
  for (const step of keys.split(' ')) {
    const held = step.split('+');
    const code = held.pop() ?? '';
    const shift = held.includes('Shift');
    const key = code === 'Slash' && shift ? ',' : (LETTERS[code] ?? code);
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', {
        code,
        key: shift ? key.toUpperCase() : key,
        ctrlKey: held.includes('Control'),
        altKey: held.includes('Alt'),
        shiftKey: shift,
        bubbles: true,
        cancelable: true,
      }),
    );
  }
}
