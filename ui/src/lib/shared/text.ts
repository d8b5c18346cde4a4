// Text that other people wrote is never trusted: names can hide direction changes, invisible
// characters and megabytes.

/** Longer names are cut; the program cuts them too, the window does not rely on it. */
const NAME_LIMIT = 128;

// Control characters, direction marks and overrides, zero-width and other invisible characters.
// The joiner U+200D stays: emoji are made with it.
const invisible =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]+/g;

// In texts, line breaks and tabs stay; overrides and isolates go, since each message is isolated.
const unwanted =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A name fit to be shown on one line; empty where nothing visible is left. */
export function cleanName(name: string): string {
  const visible = name
    .slice(0, NAME_LIMIT * 4)
    .replace(invisible, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = Array.from(visible);
  return letters.length > NAME_LIMIT ? `${letters.slice(0, NAME_LIMIT - 1).join('')}…` : visible;
}

/** A text without characters that would change how its surroundings are read. */
export function cleanText(text: string): string {
  return text.replace(unwanted, '');
}

/** A text on one line, for previews. */
export function oneLine(text: string, limit = 200): string {
  return cleanText(text.slice(0, limit)).replace(/\s+/g, ' ').trim();
}

/** One or two letters that stand for a name where there is no picture. */
export function initials(name: string): string {
  const words = cleanName(name)
    .split(' ')
    .map((word) => Array.from(word).find((letter) => /[\p{L}\p{N}]/u.test(letter)))
    .filter((letter) => letter !== undefined);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return (first + last).toLocaleUpperCase();
}

/** Characters as Telegram counts them: UTF-16 code units. */
export const MESSAGE_LIMIT = 4096;

/** Stretches of an address between which a line may end: none is broken within a word. */
export const addressParts = (address: string): string[] =>
  address.match(/[^/?&=#]*[/?&=#]+|[^/?&=#]+/g) ?? [];
