// The fields of dates and times, each alone: what they show in each language, and what keys do.

import axe from 'axe-core';
import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import { loadMessages } from '$lib/messages';
import DateField from '$lib/shared/DateField.svelte';
import { dayOf } from '$lib/shared/dayText';
import { useLocale } from '$lib/shared/locale.svelte';
import TimeField from '$lib/shared/TimeField.svelte';
import { part } from './window';

beforeEach(async () => {
  await Promise.all([loadMessages('ru'), loadMessages('uk')]);
  await useLocale('en');
});

const field = () => part('field') as HTMLInputElement;
const shown = () => field().value.replace(/\s/g, ' ');
/** The day of the calendar that the arrows go on from. */
const onDay = () => (document.activeElement as HTMLElement).dataset['value'];
const openCalendar = () => document.querySelector('[data-bits-day]');

async function openDate(value = '') {
  const onchange = vi.fn<(day: string) => void>();
  const shown = await render(DateField, { label: 'Born', value, testid: 'field', onchange });
  return { onchange, rerender: (value: string) => shown.rerender({ value }) };
}

async function openTime(value: number) {
  const onchange = vi.fn<(minute: number) => unknown>();
  const shown = await render(TimeField, { label: 'Begins', value, testid: 'field', onchange });
  return { onchange, rerender: (value: number) => shown.rerender({ value }) };
}

function paste(text: string) {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  field().dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
}

test('a date is shown in the order of the language, whichever is chosen meanwhile', async () => {
  await openDate('1990-05-17');
  expect(shown()).toBe('05/17/1990');
  await useLocale('ru');
  await expect.poll(shown).toBe('17.05.1990');
  await useLocale('uk');
  await expect.poll(shown).toBe('17.05.1990');
  await page.getByLabelText('Born').fill('1.2');
  await useLocale('en');
  await expect.poll(shown).toBe('2/1');
});

test('an empty date shows the form of the language', async () => {
  await openDate();
  expect(field().placeholder).toBe('mm/dd/yyyy');
  await useLocale('ru');
  await expect.poll(() => field().placeholder).toBe('дд.мм.гггг');
  await useLocale('uk');
  await expect.poll(() => field().placeholder).toBe('дд.мм.рррр');
});

test('digits go on to the next part; arrows change the part that the caret is in', async () => {
  await useLocale('ru');
  const { onchange } = await openDate();
  field().focus();
  await userEvent.keyboard('17051990');
  expect(shown()).toBe('17.05.1990');
  expect(onchange).toHaveBeenLastCalledWith('1990-05-17');
  field().setSelectionRange(3, 3);
  await userEvent.keyboard('{ArrowUp}');
  expect(shown()).toBe('17.06.1990');
  expect([field().selectionStart, field().selectionEnd]).toEqual([3, 5]);
  await userEvent.keyboard('02');
  expect(shown()).toBe('17.02.1990');
  await userEvent.keyboard('{ArrowDown}');
  expect(onchange).toHaveBeenLastCalledWith('1989-02-17');
  await userEvent.keyboard('x');
  expect(shown()).toBe('17.02.1989');
});

test('a date is cleared, and half of one is refused with a reason', async () => {
  const { onchange } = await openDate('1990-05-17');
  await userEvent.click(field());
  field().select();
  await userEvent.keyboard('{Backspace}');
  expect(onchange).toHaveBeenLastCalledWith('');
  await userEvent.keyboard('0517');
  expect(shown()).toBe('05/17/');
  field().blur();
  await expect.element(page.getByRole('alert')).toHaveTextContent('such as 05/17/1990');
  await expect.element(page.getByLabelText('Born')).toHaveAttribute('aria-invalid', 'true');
  expect(onchange).toHaveBeenCalledTimes(1);
  await useLocale('uk');
  await expect.element(page.getByRole('alert')).toHaveTextContent('Введіть її так: 17.05.1990');
  await expect.poll(shown).toBe('17.05');
  field().focus();
  field().setSelectionRange(5, 5);
  await userEvent.keyboard('.2000');
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  expect(onchange).toHaveBeenLastCalledWith('2000-05-17');
});

test('a pasted date is read in the form of the language, and as it is kept', async () => {
  const { onchange } = await openDate('1990-05-17');
  field().focus();
  paste('2001-02-03');
  await expect.poll(shown).toBe('02/03/2001');
  paste(' 4/5/2002 ');
  await expect.poll(shown).toBe('04/05/2002');
  expect(onchange.mock.calls).toEqual([['2001-02-03'], ['2002-04-05']]);
});

test('the calendar is gone through by keys; Escape closes it and nothing else', async () => {
  await useLocale('ru');
  const { onchange } = await openDate('1990-05-17');
  field().focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(onDay).toBe('1990-05-17');
  // Weeks begin with Monday in Russian.
  expect(document.querySelector('[data-testid="calendar"] th')?.textContent).toBe('пн');
  await userEvent.keyboard('{ArrowRight}{ArrowDown}');
  await expect.poll(onDay).toBe('1990-05-25');
  await userEvent.keyboard('{PageDown}');
  await expect.poll(onDay).toBe('1990-06-25');
  await userEvent.keyboard('{Shift>}{PageUp}{/Shift}');
  await expect.poll(onDay).toBe('1989-06-25');
  await userEvent.keyboard('{Escape}');
  await expect.poll(openCalendar).toBeNull();
  await expect.poll(() => document.activeElement).toBe(field());
  expect(onchange).not.toHaveBeenCalled();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(onDay).toBe('1990-05-17');
  await userEvent.keyboard('{ArrowLeft}{Enter}');
  await expect.poll(() => onchange.mock.lastCall).toEqual(['1990-05-16']);
  await expect.poll(() => document.activeElement).toBe(field());
  expect(shown()).toBe('16.05.1990');
  // Nothing is said in another language.
  expect(document.body.textContent).not.toContain('Selected');
});

test('a month and a year are chosen in the calendar, and today is marked', async () => {
  const { onchange } = await openDate();
  await page.getByTestId('field-open').click();
  const today = dayOf(new Date());
  await expect.poll(onDay).toBe(today);
  expect(document.querySelector('[aria-current="date"]')?.textContent.trim()).toBe(`${new Date().getDate()}`); // prettier-ignore
  await page.getByTestId('calendar-year').selectOptions('1900');
  await page.getByTestId('calendar-month').selectOptions('January');
  await expect.element(page.getByRole('button', { name: 'Previous month' })).toBeDisabled();
  await page.getByRole('button', { name: 'Monday, January 1, 1900' }).click();
  expect(onchange).toHaveBeenLastCalledWith('1900-01-01');
  await expect.poll(openCalendar).toBeNull();
  await page.getByTestId('field-open').click();
  await page.getByTestId('calendar-today').click();
  await expect.poll(() => onchange.mock.lastCall).toEqual([today]);
});

test('a time has halves of a day in English alone, whichever language is chosen meanwhile', async () => {
  await openTime(14 * 60 + 5);
  expect(shown()).toBe('2:05 PM');
  await useLocale('ru');
  await expect.poll(shown).toBe('14:05');
  await useLocale('uk');
  await expect.poll(shown).toBe('14:05');
});

test('a time is kept by Enter and by leaving; Escape takes back what was typed', async () => {
  await useLocale('uk');
  const { onchange, rerender } = await openTime(570);
  await userEvent.click(field());
  field().select();
  await userEvent.keyboard('1845');
  expect(shown()).toBe('18:45');
  expect(onchange).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(onchange.mock.calls).toEqual([[1125]]);
  await rerender(1125);
  field().select();
  await userEvent.keyboard('07');
  expect(shown()).toBe('07:');
  await userEvent.keyboard('{Escape}');
  expect(shown()).toBe('18:45');
  field().setSelectionRange(0, 0);
  await userEvent.keyboard('{ArrowUp}');
  expect(shown()).toBe('19:45');
  field().blur();
  expect(onchange).toHaveBeenLastCalledWith(1185);
});

test('the half of a day is typed by its key or changed by an arrow', async () => {
  const { onchange } = await openTime(570);
  await userEvent.click(field());
  field().select();
  await userEvent.keyboard('230');
  expect(shown()).toBe('23:0');
  field().select();
  await userEvent.keyboard('2:30p');
  expect(shown()).toBe('02:30 PM');
  await userEvent.keyboard('{ArrowUp}');
  expect(shown()).toBe('2:30 AM');
  await userEvent.keyboard('p{Enter}');
  expect(shown()).toBe('2:30 PM');
  expect(onchange.mock.calls).toEqual([[870]]);
});

test('in a low window the calendar stands beside the field, whole', async () => {
  await page.viewport(720, 360);
  document.body.style.paddingTop = '160px';
  try {
    await openDate('1990-05-17');
    await page.getByTestId('field-open').click();
    await expect.poll(onDay).toBe('1990-05-17');
    const calendar = part('calendar');
    await expect.poll(() => calendar.clientHeight).toBe(calendar.scrollHeight);
    const { top, bottom } = calendar.getBoundingClientRect();
    expect([top >= 0, bottom <= innerHeight]).toEqual([true, true]);
    await userEvent.keyboard('{Escape}');
    await expect.poll(openCalendar).toBeNull();
  } finally {
    document.body.style.paddingTop = '';
    await page.viewport(1280, 800);
  }
});

test('half a time is refused with a reason, and a refused one is not shown as kept', async () => {
  const { onchange } = await openTime(570);
  await page.getByLabelText('Begins').fill('9:3');
  field().blur();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Type a time such as 2:30 PM.');
  expect(onchange).not.toHaveBeenCalled();
  onchange.mockResolvedValue(false);
  await page.getByLabelText('Begins').fill('10:30');
  field().focus();
  await userEvent.keyboard('{Enter}');
  expect(onchange.mock.calls).toEqual([[630]]);
  await expect.poll(shown).toBe('9:30 AM');
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
});

test.each(['light', 'dark'])(
  'axe finds nothing in the fields and the calendar: %s',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    // What stands around the fields in the window.
    const rules = { region: { enabled: false } };
    for (const language of ['en', 'ru', 'uk']) {
      await useLocale(language);
      await openTime(570);
      await page.getByLabelText('Begins').fill('9');
      field().blur();
      await expect.element(page.getByRole('alert')).toBeVisible();
      expect((await axe.run(document.body, { rules })).violations).toEqual([]);
      await cleanup();
      await openDate('1990-05-17');
      await page.getByTestId('field-open').click();
      await expect.poll(onDay).toBe('1990-05-17');
      expect((await axe.run(document.body, { rules })).violations).toEqual([]);
      await userEvent.keyboard('{Escape}');
      await expect.poll(openCalendar).toBeNull();
      await cleanup();
    }
  },
);
