import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Debounce, Latest, Throttle } from '../../src/lib/shared/latest';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A promise and the way to settle it. */
function pending<T>() {
  let settle: (value: T) => void = () => undefined;
  let fail: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => ((settle = resolve), (fail = reject)));
  return { promise, settle, fail };
}

test('only the newest answer counts, in whatever order they come', async () => {
  const latest = new Latest();
  const [slow, fast] = [pending<string>(), pending<string>()];
  const first = latest.ask(() => slow.promise);
  const second = latest.ask(() => fast.promise);
  fast.settle('new');
  slow.settle('old');
  expect(await first).toBeUndefined();
  expect(await second).toBe('new');
});

test('a stale failure is nobody’s concern, a current one is', async () => {
  const latest = new Latest();
  const [stale, current] = [pending<string>(), pending<string>()];
  const first = latest.ask(() => stale.promise);
  const second = latest.ask(() => current.promise);
  stale.fail(new Error('stale'));
  current.fail(new Error('current'));
  expect(await first).toBeUndefined();
  await expect(second).rejects.toThrow('current');
});

test('a throttle runs at once, then once for all that came meanwhile', () => {
  const throttle = new Throttle(100);
  const ran: number[] = [];
  for (const n of [1, 2, 3]) throttle.run(() => ran.push(n));
  expect(ran).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(ran).toEqual([1, 3]);
  vi.advanceTimersByTime(500);
  expect(ran).toEqual([1, 3]);
});

test('a debounce waits for quiet, and can be hurried or forgotten', () => {
  const debounce = new Debounce(100);
  const ran: number[] = [];
  debounce.later(() => ran.push(1));
  vi.advanceTimersByTime(60);
  debounce.later(() => ran.push(2));
  vi.advanceTimersByTime(60);
  expect(ran).toEqual([]);
  debounce.now();
  expect(ran).toEqual([2]);
  debounce.later(() => ran.push(3));
  debounce.cancel();
  vi.advanceTimersByTime(500);
  expect(ran).toEqual([2]);
});
