// The notation of templates, read as the program reads it (crates/model/src/template): a file of
// cases holds the two together.

import type { Blank, Entity, EntityKind, Rendered, TemplateError } from '../../types';

/** Variables that there are, with their values where there are any. */
export type Values = ReadonlyMap<string, string | null>;

type Mark = Extract<EntityKind, 'bold' | 'italic' | 'spoiler' | 'code' | 'text_link'>;

interface Variable {
  is: 'variable';
  key: string;
  name: string;
  fallback: string | null;
  source: string;
  offset: number;
}
type Piece =
  | { is: 'text'; text: string }
  | Variable
  | { is: 'open'; mark: Mark }
  | { is: 'close'; mark: Mark; address: Piece[] };

const signs: Record<Mark, string> = { bold: '**', italic: '__', spoiler: '||', code: '`', text_link: '[' }; // prettier-ignore
const doubled: readonly Mark[] = ['bold', 'italic', 'spoiler'];
const ESCAPED = '\\*_`|[]{})';
const ADDRESS = /^(https?:\/\/|tg:\/\/|mailto:)[^\p{Cc}]+$/iu;

/** How a variable's name is compared. */
export function variableKey(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '');
}

/** Where a sign stands that no backslash precedes; -1 where nowhere. */
function unescaped(text: string, sign: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === sign) return at;
  }
  return -1;
}

const plain = (text: string) =>
  text.replace(/\\(.)/g, (all, sign: string) => (ESCAPED.includes(sign) ? sign : all));

class Reader {
  pieces: Piece[] = [];
  readonly errors: TemplateError[] = [];
  #at = 0;
  #end: number;
  readonly #open: { mark: Mark; place: number }[] = [];

  constructor(private readonly source: string) {
    this.#end = source.length;
    while (this.#at < this.#end) this.#step();
    for (const { mark, place } of this.#open) this.#makePlain(mark, place);
  }

  get #rest(): string {
    return this.source.slice(this.#at, this.#end);
  }

  #step(): void {
    const rest = this.#rest;
    const mark = doubled.find((one) => rest.startsWith(signs[one]));
    if (mark) this.#mark(mark);
    else if (rest[0] === '`') this.#code();
    else if (rest[0] === '{') this.#variable();
    else if (rest[0] === '[') {
      this.#at += 1;
      this.#opens('text_link');
    } else if (rest[0] === ']') this.#linkEnd();
    else this.#letter();
  }

  #letter(): void {
    const [first = '', second = ''] = this.#rest;
    const escaped = first === '\\' && second !== '' && ESCAPED.includes(second);
    this.#text(escaped ? second : first);
    this.#at += escaped ? 2 : first.length;
  }

  #text(text: string): void {
    const last = this.pieces.at(-1);
    if (last?.is === 'text') last.text += text;
    else this.pieces.push({ is: 'text', text });
  }

  #opens(mark: Mark): void {
    this.#open.push({ mark, place: this.pieces.length });
    this.pieces.push({ is: 'open', mark });
  }

  #partner(mark: Mark): number {
    return this.#open.findLastIndex((open) => open.mark === mark);
  }

  #holdsSomething(open: number): boolean {
    const place = this.#open[open]?.place;
    return place !== undefined && place + 1 < this.pieces.length;
  }

  #mark(mark: Mark): void {
    const before = this.source.slice(0, this.#at);
    this.#at += 2;
    const partner = this.#partner(mark);
    const closes = before !== '' && !/\s$/.test(before);
    const opens = this.#rest !== '' && !/^\s/.test(this.#rest);
    if (partner >= 0 && closes && this.#holdsSomething(partner)) this.#closes(partner, []);
    else if (partner < 0 && opens) this.#opens(mark);
    else this.#text(signs[mark]);
  }

  #closes(open: number, address: Piece[]): void {
    for (const { mark, place } of this.#open.splice(open + 1)) this.#makePlain(mark, place);
    const closed = this.#open.pop();
    if (closed) this.pieces.push({ is: 'close', mark: closed.mark, address });
  }

  #makePlain(mark: Mark, place: number): void {
    this.pieces[place] = { is: 'text', text: signs[mark] };
  }

  #code(): void {
    const end = unescaped(this.#rest.slice(1), '`');
    if (end <= 0) return this.#letter();
    this.#at += 1;
    this.pieces.push({ is: 'open', mark: 'code' });
    this.#plainPart(this.#at + end);
    this.#at += 1;
    this.pieces.push({ is: 'close', mark: 'code', address: [] });
  }

  #plainPart(end: number): void {
    const outer = this.#end;
    this.#end = end;
    while (this.#at < this.#end) {
      if (this.source[this.#at] === '{') this.#variable();
      else this.#letter();
    }
    this.#end = outer;
  }

  #linkEnd(): void {
    const rest = this.#rest;
    const end = rest.startsWith('](') ? unescaped(rest.slice(2), ')') : -1;
    const address = rest.slice(2, 2 + end);
    const partner = this.#partner('text_link');
    if (end < 0 || !ADDRESS.test(address) || !this.#holdsSomething(partner)) return this.#letter();
    const shown = this.pieces;
    this.pieces = [];
    this.#at += 2;
    this.#plainPart(this.#at + address.length);
    this.#at += 1;
    const target = this.pieces;
    this.pieces = shown;
    this.#closes(partner, target);
    const around = this.#open.filter(({ mark }) => mark === 'text_link');
    for (const link of around) {
      this.#makePlain(link.mark, link.place);
      this.#open.splice(this.#open.indexOf(link), 1);
    }
  }

  #variable(): void {
    const offset = this.#at;
    const [line = ''] = this.#rest.slice(1).split('\n');
    const end = unescaped(line, '}');
    if (end < 0) {
      this.errors.push({ fault: 'unclosed', name: line.trim().slice(0, 40), meant: null, offset, length: 1 }); // prettier-ignore
      return this.#letter();
    }
    const written = line.slice(0, end);
    const bar = written.indexOf('|');
    const name = (bar < 0 ? written : written.slice(0, bar)).trim();
    const fallback = bar < 0 ? null : plain(written.slice(bar + 1));
    this.pieces.push({ is: 'variable', key: variableKey(name), name, fallback, source: `{${written}}`, offset }); // prettier-ignore
    this.#at += written.length + 2;
  }
}

class Page {
  text = '';
  readonly entities: Entity[] = [];
  readonly gaps: Blank[] = [];
  readonly #open: number[] = [];

  constructor(
    private readonly values: Values,
    private readonly errors: TemplateError[],
  ) {}

  put(piece: Piece): void {
    if (piece.is === 'text') this.text += piece.text;
    else if (piece.is === 'variable') this.#variable(piece);
    else if (piece.is === 'open') this.#open.push(this.text.length);
    else this.#close(piece.mark, piece.address);
  }

  #variable(variable: Variable): void {
    const value = this.#value(variable);
    if (value === null) this.#gap(variable, variable.source.length);
    this.text += value ?? variable.source;
  }

  #gap({ key }: Variable, length: number): void {
    if (this.values.has(key)) this.gaps.push({ name: key, offset: this.text.length, length });
  }

  #value({ key, name, fallback, source, offset }: Variable): string | null {
    if (!this.values.has(key)) {
      const meant = nearest(variableKey(name), [...this.values.keys()]);
      this.errors.push({ fault: 'unknown_variable', name, meant, offset, length: source.length });
      return null;
    }
    return this.values.get(key) ?? fallback;
  }

  #close(kind: Mark, address: Piece[]): void {
    const offset = this.#open.pop() ?? 0;
    const value = kind === 'text_link' ? this.#address(address) : undefined;
    const length = this.text.length - offset;
    if (length > 0) this.entities.push({ kind, offset, length, ...(value === undefined ? {} : { value }) }); // prettier-ignore
  }

  #address(pieces: Piece[]): string {
    return pieces
      .map((piece) => {
        if (piece.is === 'text') return piece.text;
        if (piece.is !== 'variable') return '';
        const value = this.#value(piece);
        if (value === null) this.#gap(piece, 0);
        return value === null ? piece.source : encode(value);
      })
      .join('');
  }
}

const encode = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`); // prettier-ignore

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (const [i, x] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, y] of [...b].entries()) {
      const change = (row[j] ?? 0) + (x === y ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function nearest(key: string, known: readonly string[]): string | null {
  const near = known.map((name) => ({ name, far: distance(key, name) }));
  near.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
  const [best] = near;
  return best && best.far <= Math.ceil(key.length / 3) ? best.name : null;
}

/** Puts values in for the variables of a text, and makes formatting of its marks. */
export function renderTemplate(body: string, language: string, values: Values): Rendered {
  const { pieces, errors } = new Reader(body);
  const page = new Page(values, errors);
  for (const piece of pieces) page.put(piece);
  page.entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  errors.sort((a, b) => a.offset - b.offset);
  return { language, text: page.text, entities: page.entities, gaps: page.gaps, errors };
}
