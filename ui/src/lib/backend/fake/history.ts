// Messages of the fake world, made from a chat's seed when somebody looks.

import type { Entity, LastMessage, Message, MessageKind, Quote } from '../types';
import type { Seed } from './chats';
import { Random } from './random';
import { hostile, languages } from './texts';

/** Rows sort by date across chats, as the store's do. */
export function rowOf(date: number, chat: number, id: number): number {
  return date * 2 ** 20 + ((chat * 64 + (id % 64)) % 2 ** 20);
}

function entitiesOf(text: string): Entity[] {
  const link = /https?:\/\/\S+/.exec(text);
  return link ? [{ kind: 'link', offset: link.index, length: link[0].length }] : [];
}

function kindOf(random: Random, n: number): MessageKind {
  if (n === 0) return 'service';
  const draw = random.next();
  if (draw < 0.06) return 'photo';
  if (draw < 0.08) return 'voice';
  if (draw < 0.1) return 'document';
  return 'text';
}

const lines: Partial<Record<MessageKind, string>> = {
  photo: 'Photo',
  voice: 'Voice message 0:12',
  document: 'price-list.pdf',
  service: 'Chat created',
};

function textOf(random: Random, seed: Seed, kind: MessageKind): string {
  const words = languages[seed.language] ?? languages[0];
  if (kind === 'photo') return random.chance(0.4) ? random.pick(words.lines) : '';
  if (kind !== 'text') return '';
  return random.chance(0.07) ? random.pick(words.long) : random.pick(words.lines);
}

function dateOf(seed: Seed, n: number): number {
  // Messages come in bursts of three.
  const steps = seed.count - 1 - n;
  return seed.lastDate - Math.floor(steps / 3) * seed.gap - (steps % 3) * 25;
}

function quoteOf(seed: Seed, n: number): Quote | null {
  const back = 2 + (n % 9);
  if (n % 13 !== 5 || n < back) return null;
  const quoted = messageAt(seed, n - back);
  return { id: quoted.id, sender_name: quoted.sender_name, line: quoted.text || quoted.line };
}

function senderOf(random: Random, seed: Seed): { sender: number | null; name: string | null } {
  const { chat } = seed;
  if (chat.kind === 'channel') return { sender: null, name: null };
  if (chat.kind === 'person' || chat.kind === 'bot') return { sender: chat.peer, name: chat.title };
  const words = languages[seed.language] ?? languages[0];
  const index = random.below(4);
  return { sender: 50_000 + index, name: `${words.first[index]} ${words.last[index]}` };
}

function deliveryOf(seed: Seed, out: boolean, id: number): Message['delivery'] {
  if (!out) return 'received';
  return id <= seed.chat.read_out ? 'read' : 'sent';
}

/** The nth message of a chat, from 0; its Telegram id is n + 1. */
export function messageAt(seed: Seed, n: number): Message {
  const random = new Random(seed.chat.id * 104_729 + n);
  const { chat } = seed;
  const id = n + 1;
  const kind = kindOf(random, n);
  const unread = id > chat.read_in;
  const out = chat.kind === 'saved' || (!unread && chat.kind !== 'channel' && random.chance(0.42));
  const from = senderOf(random, seed);
  const text = textOf(random, seed, kind);
  return {
    row: rowOf(dateOf(seed, n), chat.id, id),
    chat: chat.id,
    account: chat.account,
    id,
    sender: out ? 900_000_000 : from.sender,
    sender_name: out ? null : from.name,
    out,
    date: dateOf(seed, n),
    edit_date: kind === 'text' && random.chance(0.05) ? dateOf(seed, n) + 40 : null,
    kind,
    text,
    line: lines[kind] ?? null,
    entities: entitiesOf(text),
    reply: kind === 'text' ? quoteOf(seed, n) : null,
    forwarded_from: kind === 'text' && n % 37 === 11 ? 'Marcus Okafor' : null,
    album: null,
    media: kind === 'photo' ? mediaOf(random) : null,
    delivery: deliveryOf(seed, out, id),
  };
}

function mediaOf(random: Random): Message['media'] {
  const tall = random.chance(0.3);
  const [width, height] = tall ? [600, 900] : [800, 600];
  return { file_name: null, mime: 'image/jpeg', size: 180_000, width, height, duration: null };
}

/** What the list shows of a message. */
export function lastOf(message: Message): LastMessage {
  return {
    id: message.id,
    date: message.date,
    out: message.out,
    sender_name: message.sender_name,
    kind: message.kind,
    line: (message.text || message.line || '').slice(0, 200),
    delivery: message.delivery,
  };
}

/** Messages that try to break the window, for the end of a history. */
export function hostileMessages(seed: Seed): Message[] {
  const texts = [
    hostile.markup,
    hostile.override,
    hostile.controls,
    '🦊'.repeat(2048),
    'x'.repeat(4096),
  ];
  const link = 'https://bank.example';
  const base = messageAt(seed, seed.count - 1);
  const plain = texts.map((text, index) => ({ ...base, text, entities: [], index }));
  const disguised = {
    ...base,
    text: link,
    entities: [
      { kind: 'text_link' as const, offset: 0, length: link.length, value: 'javascript:alert(1)' },
    ],
    index: texts.length,
  };
  return [...plain, disguised].map(({ index, ...message }) => {
    const id = seed.count + 1 + index;
    const date = seed.lastDate + 1 + index;
    return {
      ...message,
      kind: 'text',
      out: false,
      line: null,
      id,
      date,
      row: rowOf(date, seed.chat.id, id),
    };
  });
}
