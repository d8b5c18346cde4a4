import { expect, test } from 'vitest';
import { wantsDarkText } from '../../src/lib/domain/crm/colours';
import { parseWhen, presets } from '../../src/lib/domain/crm/when';

// A Wednesday.
const now = new Date(2026, 10, 25, 11, 20).getTime();
const said = (text: string) => {
  const ms = parseWhen(text, now);
  if (ms === null) return null;
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
};

test.each([
  ['14:30', '2026-11-25 14:30'],
  ['9:05', '2026-11-26 09:05'],
  ['18', '2026-11-25 18:00'],
  ['at 9pm', '2026-11-25 21:00'],
  ['12 am', '2026-11-26 00:00'],
  ['12 pm', '2026-11-25 12:00'],
  ['today', '2026-11-25 18:00'],
  ['tomorrow', '2026-11-26 09:00'],
  ['завтра в 10', '2026-11-26 10:00'],
  ['завтра о 10:15', '2026-11-26 10:15'],
  ['послезавтра', '2026-11-27 09:00'],
  ['пт 15:00', '2026-11-27 15:00'],
  ['в пятницу', '2026-11-27 09:00'],
  ['у п’ятницю о 8', '2026-11-27 08:00'],
  ['wed 12:00', '2026-11-25 12:00'],
  ['Wednesday', '2026-12-02 09:00'],
  ['в среду в 10', '2026-12-02 10:00'],
  ['у середу', '2026-12-02 09:00'],
  ['sunday', '2026-11-29 09:00'],
  ['неділя', '2026-11-29 09:00'],
  ['2h', '2026-11-25 13:20'],
  ['in 2 hours', '2026-11-25 13:20'],
  ['через 2 часа 30 мин', '2026-11-25 13:50'],
  ['за 3 дні', '2026-11-28 11:20'],
  ['через 2 недели в 9:00', '2026-12-09 09:00'],
  ['25.12', '2026-12-25 09:00'],
  ['1.3', '2027-03-01 09:00'],
  ['1.3.27 16:45', '2027-03-01 16:45'],
  ['12/25', '2026-12-25 09:00'],
  ['2026-12-31 23:59', '2026-12-31 23:59'],
  ['25 dec 10', '2026-12-25 10:00'],
  ['dec 25', '2026-12-25 09:00'],
  ['5 серпня', '2027-08-05 09:00'],
  ['3 марта, 14:00', '2027-03-03 14:00'],
  ['29.2.2028', '2028-02-29 09:00'],
])('"%s" is understood', (text, moment) => expect(said(text)).toBe(moment));

test.each([
  '', 'soon', '25:00', '9:75', '31.2', '29.2.2027', '2020-01-01', 'tomorrow friday', 'завтра завтра 9 10', '40', '13 pm x',
])('"%s" is not', (text) => expect(said(text)).toBeNull()); // prettier-ignore

test('the usual moments are to come, and only those that make sense', () => {
  const names = (at: number) => presets(at).map(({ id }) => id);
  expect(names(now)).toEqual(['later', 'evening', 'tomorrow', 'weekend', 'week']);
  expect(names(new Date(2026, 10, 25, 17, 30).getTime())).toEqual(['later', 'tomorrow', 'weekend', 'week']); // prettier-ignore
  expect(names(new Date(2026, 10, 25, 22, 30).getTime())).toEqual(['tomorrow', 'weekend', 'week']);
  for (let hour = 0; hour < 24 * 14; hour++) {
    const at = now + hour * 3_600_000;
    for (const { ms } of presets(at)) expect(ms).toBeGreaterThan(at);
    const found = new Map(presets(at).map(({ id, ms }) => [id, new Date(ms)]));
    const today = new Date(at).getDay();
    const inWeekend = today === 0 || today === 6;
    const weekend = found.get(inWeekend ? 'next_weekend' : 'weekend');
    expect(weekend?.getDay()).toBe(6);
    expect(found.has(inWeekend ? 'weekend' : 'next_weekend')).toBe(false);
    // On a Sunday, Monday is tomorrow, and is said once.
    expect(found.get(today === 0 ? 'tomorrow' : 'week')?.getDay()).toBe(1);
    expect(found.has('week')).toBe(today !== 0);
    const moments = presets(at).map(({ ms }) => ms);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  }
});

test('text on a free colour is readable, whatever the colour', () => {
  const light = (part: number) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  for (let seed = 0; seed < 4096; seed++) {
    const parts = [seed & 15, (seed >> 4) & 15, seed >> 8].map((part) => part * 17);
    const colour = `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    const [r = 0, g = 0, b = 0] = parts.map((part) => light(part / 255));
    const bright = 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    const contrast = wantsDarkText(colour) ? bright / 0.05 : 1.05 / bright;
    expect(contrast, colour).toBeGreaterThanOrEqual(4.5);
  }
});
