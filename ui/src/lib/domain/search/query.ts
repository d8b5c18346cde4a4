// What is typed into the search: words, and operators such as `tag:VIP` or `from:"Олена К"`; a minus
// before one turns it round.

/** Operators that the search knows. */
export const operators = ['from', 'tag', 'status', 'account', 'before', 'after', 'is', 'has'] as const; // prettier-ignore
export type Operator = (typeof operators)[number];

/** One operator as it was typed. */
export interface Typed {
  operator: Operator;
  value: string;
  /** Whether it is turned round: all but this. */
  not: boolean;
  /** Where it stands in the query. */
  at: number;
  end: number;
}

/** A query taken apart. */
export interface Parsed {
  /** What is left to be searched for. */
  words: string;
  typed: readonly Typed[];
  /** Operators that do not exist. */
  unknown: readonly string[];
}

/** The same under the names that are at hand on a Cyrillic layout. */
const aliases: Record<string, Operator> = {
  от: 'from', від: 'from', метка: 'tag', мітка: 'tag', тег: 'tag', статус: 'status',
  аккаунт: 'account', запис: 'account', до: 'before', после: 'after', після: 'after',
}; // prettier-ignore

const TOKEN = /-?(?<bare>[\p{L}_]+):(?=\s|$)|(?:-?(?<key>[\p{L}_]+):(?!\/\/))?(?:"(?<quoted>[^"]*)"?|(?<plain>\S+))/gu; // prettier-ignore

function operatorOf(key: string): Operator | undefined {
  const lower = key.toLocaleLowerCase();
  return operators.find((operator) => operator === lower) ?? aliases[lower];
}

/** Takes a query apart. */
export function parse(query: string): Parsed {
  const words: string[] = [];
  const typed: Typed[] = [];
  const unknown: string[] = [];
  for (const { 0: text, index, groups = {} } of query.matchAll(TOKEN)) {
    const key = groups['key'] ?? groups['bare'];
    const value = groups['quoted'] ?? groups['plain'] ?? '';
    const operator = key === undefined ? undefined : operatorOf(key);
    if (key === undefined) words.push(groups['quoted'] === undefined ? text : value);
    else if (!operator) unknown.push(key);
    else typed.push({ operator, value: value.trim(), not: text.startsWith('-'), at: index, end: index + text.length }); // prettier-ignore
  }
  return { words: words.join(' ').trim(), typed, unknown };
}

/** A value as it has to be typed. */
export function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}

/** What could be meant by the end of a query: an operator's name, or its value. */
export function openEnd(
  query: string,
): { operator: Operator | null; typed: string; at: number } | null {
  const value = /(?:^|\s)-?(?<key>[\p{L}_]+):(?:"(?<quoted>[^"]*)|(?<plain>[^\s"]*))$/u.exec(query);
  if (value?.groups) {
    const { key = '', quoted: inQuotes, plain } = value.groups;
    const operator = operatorOf(key);
    const text = inQuotes ?? plain ?? '';
    return operator ? { operator, typed: text, at: value.index + (/^\s?-?/.exec(value[0])?.[0].length ?? 0) } : null; // prettier-ignore
  }
  const name = /(?:^|\s)-?(?<name>[a-z]+)$/.exec(query);
  const typed = name?.groups?.['name'];
  if (!name || typed === undefined) return null;
  return { operator: null, typed, at: query.length - typed.length };
}

/** A day as people write it, at its midnight, in Unix seconds. */
export function dayOf(text: string): number | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1).map(Number) : (dotted?.slice(1).map(Number).toReversed() ?? []); // prettier-ignore
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() / 1000 : null;
}
