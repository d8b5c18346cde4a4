// What is typed into the search: words, and operators such as `tag:VIP` or `from:"Олена К"`; a minus
// before one turns it round, "OR" between two asks for either, brackets keep several together. The
// command line reads the same (crates/model/src/query): a file of cases holds the two together.

/** Operators that the search knows. */
export const operators = ['from', 'tag', 'status', 'account', 'kind', 'field', 'before', 'after', 'waiting', 'quiet', 'is', 'has'] as const; // prettier-ignore
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

/** Operators that belong together: all of them, any of them, or one turned round. */
export type Group = Typed | { all: readonly Group[] } | { any: readonly Group[] } | { not: Group };

/** What stands between operators: "or" and brackets. */
export interface Joint {
  joint: 'or' | 'open' | 'close';
  /** Whether the bracket that opens is turned round. */
  not: boolean;
  at: number;
  end: number;
}

/** A query taken apart. */
export interface Parsed {
  /** What is left to be searched for. */
  words: string;
  typed: readonly Typed[];
  /** The operators with what joins them, as they stand. */
  parts: readonly (Typed | Joint)[];
  /** What the operators mean together. */
  groups: readonly Group[];
  /** Operators that do not exist. */
  unknown: readonly string[];
  /** Whether an "or" stands beside a word, which it can not join. */
  strayOr: boolean;
}

/** The same under the names that are at hand on a Cyrillic layout. */
const aliases: Record<string, Operator> = {
  от: 'from', від: 'from', метка: 'tag', мітка: 'tag', тег: 'tag', статус: 'status',
  аккаунт: 'account', запис: 'account', до: 'before', после: 'after', після: 'after',
  ждёт: 'waiting', ждет: 'waiting', чекає: 'waiting', молчит: 'quiet', мовчить: 'quiet',
  вид: 'kind', тип: 'kind', поле: 'field', это: 'is', це: 'is', есть: 'has', є: 'has',
}; // prettier-ignore

/** A bracket only opens before an operator; anywhere else it belongs to a word. */
const OPEN = /-?\((?=[-(]*[\p{L}_]+:)/uy;
/** A name in quotes may be compared, as in `field:"Price list">=2`. */
const OPERATOR = /-?(?<key>[\p{L}_]+):(?!\/\/)(?:"(?<quoted>[^"]*)(?:"(?<sign>[=~<>]+)(?:"(?<than>[^"]*)"?|(?<bare>\S*))|"?)|(?<plain>[^\s"]\S*)?)/uy; // prettier-ignore
const WORD = /"(?<quoted>[^"]*)"?|\S+/uy;
const OR = /^(?:OR|ИЛИ|АБО|\|)$/;

function operatorOf(key: string): Operator | undefined {
  const lower = key.toLocaleLowerCase();
  return operators.find((operator) => operator === lower) ?? aliases[lower];
}

/** Names of operators that begin like this, in whichever language. */
export function operatorsLike(typed: string): string[] {
  const lower = typed.toLocaleLowerCase();
  return [...operators, ...Object.keys(aliases)].filter((name) => name.startsWith(lower));
}

interface Place {
  at: number;
  end: number;
}
type Part = Typed | Joint | (Place & { word: string }) | (Place & { unknown: string });

/** The parts of a query, one after the other. */
function partsOf(query: string): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  const take = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(query);
  };
  for (let at = 0; at < query.length;) {
    if (/\s/.test(query.charAt(at))) {
      at++;
      continue;
    }
    if (depth > 0 && query.charAt(at) === ')') {
      depth--;
      parts.push({ joint: 'close', not: false, at, end: ++at });
      continue;
    }
    const open = take(OPEN, at);
    if (open) {
      depth++;
      parts.push({ joint: 'open', not: open[0].startsWith('-'), at, end: at + open[0].length });
      at += open[0].length;
      continue;
    }
    const named = take(OPERATOR, at);
    const key = named?.groups?.['key'];
    if (named && key !== undefined) {
      const { quoted = '', sign = '', than, bare, plain } = named.groups ?? {};
      const operator = operatorOf(key);
      // Brackets at the end of a bare value close what is open.
      const last = plain ?? bare ?? '';
      const closing = Math.min(depth, /\)*$/.exec(last)?.[0].length ?? 0);
      const value = `${quoted}${sign}${than ?? last.slice(0, last.length - closing)}`;
      const end = at + named[0].length - closing;
      if (operator)
        parts.push({ operator, value: value.trim(), not: named[0].startsWith('-'), at, end }); // prettier-ignore
      else parts.push({ unknown: key, at, end });
      at = end;
      continue;
    }
    const word = take(WORD, at);
    const text = word?.[0] ?? '';
    const end = at + Math.max(1, text.length);
    if (OR.test(text)) parts.push({ joint: 'or', not: false, at, end });
    else parts.push({ word: word?.groups?.['quoted'] ?? text, at, end });
    at = end;
  }
  return parts;
}

const isJoint = (part: Part | undefined): part is Joint => part !== undefined && 'joint' in part;
const isTyped = (part: Part | undefined): part is Typed => part !== undefined && 'operator' in part;

/** What operators mean together. "Or" binds closer than standing side by side. */
function grouped(parts: readonly Part[]): Group[] {
  let next = 0;
  const unit = (): Group | null => {
    for (;;) {
      const part = parts[next];
      if (part === undefined || (isJoint(part) && part.joint === 'close')) return null;
      next++;
      if (isTyped(part)) return part;
      if (!isJoint(part) || part.joint !== 'open') continue;
      const within = side();
      // The bracket that closes, unless it is still to be typed.
      next++;
      if (within.length === 0) continue;
      const [only] = within;
      const group: Group = within.length === 1 && only ? only : { all: within };
      return part.not ? { not: group } : group;
    }
  };
  const side = (): Group[] => {
    const all: Group[] = [];
    for (let one = unit(); one; one = unit()) {
      const any: Group[] = [one];
      for (;;) {
        const joint = parts[next];
        if (!isJoint(joint) || joint.joint !== 'or') break;
        next++;
        const other = unit();
        if (other) any.push(other);
      }
      all.push(any.length === 1 ? one : { any });
    }
    return all;
  };
  return side();
}

/** Whether an "or" has a word on one of its sides. */
function hasStrayOr(parts: readonly Part[]): boolean {
  const joins = (part: Part | undefined, bracket: Joint['joint']) =>
    part === undefined || isTyped(part) || (isJoint(part) && part.joint === bracket);
  return parts.some(
    (part, at) =>
      isJoint(part) &&
      part.joint === 'or' &&
      !(at > 0 && joins(parts[at - 1], 'close') && joins(parts[at + 1], 'open')),
  );
}

/** Takes a query apart. */
export function parse(query: string): Parsed {
  const parts = partsOf(query);
  const words = parts.flatMap((part) => ('word' in part ? [part.word] : []));
  return {
    words: words.join(' ').trim(),
    typed: parts.filter((part) => isTyped(part)),
    parts: parts.filter((part) => isTyped(part) || isJoint(part)),
    groups: grouped(parts),
    unknown: parts.flatMap((part) => ('unknown' in part ? [part.unknown] : [])),
    strayOr: hasStrayOr(parts),
  };
}

/** A query without the operator at a place, and without what joined only that one. */
export function without(query: string, at: number): string {
  const kept: Part[] = [];
  const last = () => kept.at(-1);
  const isOr = (part: Part | undefined) => isJoint(part) && part.joint === 'or';
  const isOpen = (part: Part | undefined) => isJoint(part) && part.joint === 'open';
  const ends = (part: Part | undefined) =>
    isTyped(part) || (isJoint(part) && part.joint === 'close');
  for (const part of partsOf(query).filter((part) => part.at !== at)) {
    // An "or" needs an operator on both sides, and a bracket something within.
    if (isOr(part) && !ends(last())) continue;
    if (!isTyped(part) && !isJoint(part) && isOr(last())) kept.pop();
    if (isJoint(part) && part.joint === 'close') {
      if (isOr(last())) kept.pop();
      if (isOpen(last())) {
        kept.pop();
        continue;
      }
    }
    kept.push(part);
  }
  while (isOr(last())) kept.pop();
  return kept.reduce((text, part, place) => {
    const glued = isOpen(kept[place - 1]) || (isJoint(part) && part.joint === 'close');
    return text + (place === 0 || glued ? '' : ' ') + query.slice(part.at, part.end);
  }, '');
}

/** A value as it has to be typed. */
export function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}

/** What could be meant by the end of a query: an operator's name, or its value. */
export function openEnd(
  query: string,
): { operator: Operator | null; typed: string; at: number } | null {
  const value = /(?:^|[\s(])-?(?<key>[\p{L}_]+):(?:"(?<quoted>[^"]*)|(?<plain>[^\s"]*))$/u.exec(
    query,
  );
  if (value?.groups) {
    const { key = '', quoted: inQuotes, plain } = value.groups;
    const operator = operatorOf(key);
    const text = inQuotes ?? plain ?? '';
    return operator ? { operator, typed: text, at: value.index + (/^[\s(]?-?/.exec(value[0])?.[0].length ?? 0) } : null; // prettier-ignore
  }
  const name = /(?:^|[\s(])-?(?<name>\p{L}+)$/u.exec(query);
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
