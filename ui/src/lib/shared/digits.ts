// Digits typed into a field of several parts, such as a date: they go on to the next part by themselves.

/** A part of a field: how many digits it takes, and the greatest number it holds. */
export interface Part {
  width: number;
  most: number;
}

/** The parts of a field in their order, and the mark that stands between two of them. */
export interface Form {
  parts: readonly Part[];
  mark: string;
}

/** What stands in a field, and what of it is selected; at a caret nothing is. */
export interface Typing {
  text: string;
  from: number;
  to: number;
}

/** Whatever people end a part with. */
const MARKS = /^[.,:/\s-]$/;

/** The digits around a place in a text: of which part they are, where they begin and end. */
export function partAt(text: string, place: number, mark: string) {
  const index = text.slice(0, place).split(mark).length - 1;
  const from = text.slice(0, place).lastIndexOf(mark) + 1;
  const digits = /^\d*/.exec(text.slice(from))?.[0] ?? '';
  return { index, from, to: from + digits.length };
}

/** What a key makes of a field. A digit or a mark has its place in it, anything else has none. */
export function typed(before: Typing, key: string, form: Form): Typing {
  if (/^\d$/.test(key)) return withDigit(before, key, form);
  return MARKS.test(key) ? withMark(before, form) : before;
}

function withDigit(before: Typing, digit: string, form: Form): Typing {
  const { from } = before;
  const text = before.text.slice(0, from) + before.text.slice(before.to);
  const at = partAt(text, from, form.mark);
  const part = form.parts[at.index];
  const length = at.to - at.from;
  if (!part) return before;
  if (from < at.to && length >= part.width) {
    const over = text.slice(0, from) + digit + text.slice(from + 1);
    return settled({ text: over, from: from + 1, to: from + 1 }, form);
  }
  if (length >= part.width) {
    const next = onward(text, at.to, form);
    return next ? withDigit(next, digit, form) : before;
  }
  // No number begins with this digit, as no day does with 4: it is the whole of it.
  const alone = length === 0 && part.width === 2 && Number(digit) * 10 > part.most;
  const put = alone ? `0${digit}` : digit;
  const to = from + put.length;
  return settled({ text: text.slice(0, from) + put + text.slice(from), from: to, to }, form);
}

/** Goes on to the next part where this one is full. */
function settled(typing: Typing, form: Form): Typing {
  const at = partAt(typing.text, typing.from, form.mark);
  const full = at.to - at.from >= (form.parts[at.index]?.width ?? 0);
  if (!full || typing.from < at.to) return typing;
  return onward(typing.text, at.to, form) ?? typing;
}

/** The next part, selected so that what is typed takes its place; `null` after the last one. */
function onward(text: string, place: number, form: Form): Typing | null {
  if (partAt(text, place, form.mark).index >= form.parts.length - 1) return null;
  const marked = text[place] === form.mark ? text : `${text.slice(0, place)}${form.mark}${text.slice(place)}`; // prettier-ignore
  const { from, to } = partAt(marked, place + 1, form.mark);
  return { text: marked, from, to };
}

function withMark(before: Typing, form: Form): Typing {
  const { text, from } = before;
  const at = partAt(text, from, form.mark);
  // It came by itself with the last digit before it.
  if (from === at.from) return before;
  const digits = text.slice(at.from, at.to);
  const whole = form.parts[at.index]?.width === 2 ? digits.padStart(2, '0') : digits;
  const padded = text.slice(0, at.from) + whole + text.slice(at.to);
  return onward(padded, at.from + whole.length, form) ?? before;
}
