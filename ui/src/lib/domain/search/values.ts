// Values that operators may have, by the words they are typed as. Like the names of operators they
// are understood in every language, whichever the window speaks; its own are the ones offered.

import { locale } from '$lib/shared/locale.svelte';

/** The operators whose values are words of the search itself. */
export type Worded = 'is' | 'has' | 'kind';

/** By the English word: what it is in Russian, and in Ukrainian. */
const words: Record<Worded, Record<string, readonly [string, string]>> = {
  is: {
    unread: ['непрочитанный', 'непрочитаний'], read: ['прочитанный', 'прочитаний'],
    muted: ['беззвучный', 'беззвучний'], archived: ['архивный', 'архівний'],
    pinned: ['закреплённый', 'закріплений'], snoozed: ['отложенный', 'відкладений'],
    mentioned: ['упомянут', 'згадано'], waiting: ['ждёт', 'чекає'], due: ['срок', 'строк'],
    person: ['человек', 'людина'], group: ['группа', 'група'],
  },
  has: {
    photo: ['фото', 'фото'], video: ['видео', 'відео'], voice: ['голос', 'голос'],
    audio: ['аудио', 'аудіо'], file: ['файл', 'файл'], sticker: ['стикер', 'стікер'],
    media: ['медиа', 'медіа'], link: ['ссылка', 'посилання'], note: ['заметка', 'нотатка'],
    task: ['задача', 'завдання'], draft: ['черновик', 'чернетка'], tag: ['метка', 'мітка'],
  },
  kind: {
    person: ['человек', 'людина'], bot: ['бот', 'бот'], group: ['группа', 'група'],
    supergroup: ['супергруппа', 'супергрупа'], channel: ['канал', 'канал'],
  },
}; // prettier-ignore

const fold = (text: string) => text.toLocaleLowerCase().replaceAll('ё', 'е');

/** The English word for one that was typed; `null` where it is none of them. */
export function valueOf(operator: Worded, typed: string): string | null {
  const found = Object.entries(words[operator]).find(([english, others]) =>
    [english, ...others].some((word) => fold(word) === fold(typed)),
  );
  return found?.[0] ?? null;
}

/** The values of an operator in the window's language. */
export function valuesIn(operator: Worded): string[] {
  return Object.entries(words[operator]).map(([english, [ru, uk]]) => ({ en: english, ru, uk })[locale()]); // prettier-ignore
}

/** Those that fit what is typed, each in the language that it is being typed in. */
export function valuesLike(operator: Worded, typed: string): string[] {
  const own = valuesIn(operator);
  const fits = (word: string) => fold(word).includes(fold(typed));
  return Object.entries(words[operator]).flatMap(([english, others], at) => {
    const spoken = own[at] ?? english;
    return [spoken, english, ...others].find(fits) ?? [];
  });
}

/** Units as they are offered: hours, and days. */
const offered = { en: ['h', 'd'], ru: ['ч', 'д'], uk: ['г', 'д'] } as const;

/** Lengths that may be meant: a number that was typed with its units, or usual ones. */
export function spansLike(operator: 'waiting' | 'quiet', typed: string): string[] {
  const [hour, day] = offered[locale()];
  const number = /^>?=?\s*\d+$/.exec(typed)?.[0];
  if (operator === 'quiet') return (number ? [number] : ['14', '30', '90']).map((days) => days + day); // prettier-ignore
  return number ? [number + hour, number + day] : [`1${hour}`, `4${hour}`, `1${day}`, `2${day}`];
}
