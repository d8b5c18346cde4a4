import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import {
  timeThere,
  zoneInFull,
  zoneName,
  zoneOf,
  zonesAt,
  zoneWordsIn,
} from '../../src/lib/domain/crm/zones';

const plain = (text: string | undefined) => text?.replace(/\s/g, ' ');
const at = Date.UTC(2026, 0, 15, 18, 59, 31);

test('a zone is kept by the name that the program guesses it by, whatever name it came under', () => {
  expect(['Europe/Kiev', 'europe/kyiv', ' Europe/Kyiv '].map(zoneOf)).toEqual(Array(3).fill('Europe/Kyiv')); // prettier-ignore
  expect(zoneOf('Asia/Calcutta')).toBe('Asia/Kolkata');
  expect(['', 'Kyiv', 'like here'].map(zoneOf)).toEqual([null, null, null]);
  const guesses = readFileSync(new URL('../../../crates/api/src/guesses.rs', import.meta.url), 'utf8');
  const guessed = [...guesses.matchAll(/\("\d+", "([^"]+)"\)/g)].map(([, zone]) => zone);
  const offered = new Set(zonesAt(at).map(({ id }) => id));
  expect(guessed.length).toBeGreaterThan(70);
  expect(guessed.filter((zone) => zone === undefined || !offered.has(zone))).toEqual([]);
}); // prettier-ignore

test('a zone is named by its city, and in full with its offset of the day', () => {
  expect(zoneName('Europe/Kiev')).toBe('Kyiv');
  expect(zoneName('America/Indiana/Knox')).toBe('Knox, Indiana');
  expect(zoneName('two hours ahead')).toBe('two hours ahead');
  expect(zoneInFull('Europe/Kyiv', at)).toBe('Europe/Kyiv · UTC+2');
  expect(zoneInFull('Europe/Kyiv', Date.UTC(2026, 6, 15))).toBe('Europe/Kyiv · UTC+3');
  expect(zoneInFull('America/St_Johns', at)).toBe('America/St_Johns · UTC−3:30');
  expect(zoneInFull('Asia/Katmandu', at)).toBe('Asia/Kathmandu · UTC+5:45');
  expect(zoneInFull('two hours ahead', at)).toBe('two hours ahead');
});

test('the time there is written as the language does, and says when people sleep', () => {
  expect(timeThere('Europe/Kyiv', 'uk', at)).toEqual({ time: '20:59', night: false });
  expect(plain(timeThere('Europe/Kyiv', 'en', at)?.time)).toBe('8:59 PM');
  const night = (hour: number) => timeThere('Etc/UTC', 'ru', Date.UTC(2026, 0, 1, hour))?.night;
  expect([7, 8, 21, 22, 0].map(night)).toEqual([true, false, false, true, true]);
  expect(timeThere('Europe/London', 'ru', Date.UTC(2026, 6, 1, 21))).toEqual({ time: '22:00', night: true }); // prettier-ignore
  expect(timeThere('', 'en', at)).toBeNull();
  expect(timeThere('like here', 'en', at)).toBeNull();
});

test('zones stand from west to east, each once, and know the offset as people type it', () => {
  const zones = zonesAt(at);
  expect(new Set(zones.map(({ id }) => id)).size).toBe(zones.length);
  expect(zones[0]?.offset).toMatch(/^UTC−1[12]$/);
  expect(zones.at(-1)?.offset).toBe('UTC+14');
  const kyiv = zones.find(({ id }) => id === 'Europe/Kyiv');
  expect(kyiv?.words).toContain('+02:00');
  expect(zones.find(({ id }) => id === 'America/New_York')?.words).toContain('UTC-5');
});

test('zones are known by their countries, and cities where the web view has them', () => {
  expect(zoneWordsIn('ru').get('Europe/Kyiv')).toMatchObject({ countries: 'Украина' });
  expect(zoneWordsIn('en').get('Europe/Berlin')?.countries).toBe('Germany');
  expect(zoneWordsIn('uk').get('Asia/Kolkata')).toMatchObject({ countries: 'Індія' });
  expect(zoneWordsIn('ru').get('Asia/Novosibirsk')?.all).toContain('Новосибирск');
});
