import { expect, test, vi } from 'vitest';
import type { ChatFilter } from '$lib/backend';
import { ListsAhead } from '$lib/state/listsAhead';

const list = (account: number): ChatFilter => ({
  account, unread: false, archived: false, people: false, groups: false, order: 'activity',
}); // prettier-ignore

function ready(read = (request: ChatFilter) => Promise.resolve([request.account ?? 0])) {
  const asked = vi.fn(read);
  const prepared = vi.fn((keys: readonly number[]) => Promise.resolve(void keys));
  return { asked, prepared, ahead: new ListsAhead(asked, prepared) };
}

test('a list that was wanted is read once, with what stands at its top', async () => {
  const { ahead, asked, prepared } = ready();
  await ahead.want(list(1));
  expect(prepared).toHaveBeenCalledWith([1]);
  expect(await ahead.get(list(1))).toEqual([1]);
  expect(await ahead.get(list(1))).toEqual([1]);
  expect(asked).toHaveBeenCalledTimes(1);
});

test('whatever happens has all lists read again, also one that was on its way', async () => {
  let arrive: (keys: number[]) => void = () => undefined;
  const { ahead, asked } = ready(() => new Promise((resolve) => (arrive = resolve)));
  const before = ahead.want(list(1));
  ahead.forget();
  arrive([1]);
  await before;
  const now = ahead.get(list(1));
  arrive([2]);
  expect(await now).toEqual([2]);
  expect(asked).toHaveBeenCalledTimes(2);
});

test('a list that could not be read is asked for again', async () => {
  let fails = true;
  const { ahead } = ready(() => (fails ? Promise.reject(new Error('busy')) : Promise.resolve([7])));
  await ahead.want(list(1));
  fails = false;
  expect(await ahead.get(list(1))).toEqual([7]);
});

test('lists are kept for half a minute, and only a few of them', async () => {
  vi.useFakeTimers();
  try {
    const { ahead, asked } = ready();
    await ahead.want(list(1));
    vi.advanceTimersByTime(29_000);
    await ahead.get(list(1));
    expect(asked).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2_000);
    await ahead.get(list(1));
    expect(asked).toHaveBeenCalledTimes(2);
    for (const account of [2, 3, 4, 5, 6, 7]) await ahead.want(list(account));
    await ahead.get(list(1));
    expect(asked).toHaveBeenCalledTimes(9);
  } finally {
    vi.useRealTimers();
  }
});
