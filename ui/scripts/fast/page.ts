// The window over the fake program in a worker, and what fast.mjs asks of it: how long after a key
// the page was drawn with what the key was for.

import '@fontsource-variable/inter/index.css';
import '../../src/styles/tokens.css';
import '../../src/styles/base.css';
import { mount } from 'svelte';
import App from '../../src/App.svelte';
import { useLocale } from '../../src/lib/shared/locale.svelte';
import type { Backend, Envelope, MediaRef } from '../../src/lib/backend';
import { avatar, photo } from '../../src/lib/backend/fake/pictures';
import { afterPaint } from '../../src/lib/shared/painted';
import { App as AppState } from '../../src/lib/state/app.svelte';
import type { Asked, Told } from './program';

interface Waiting {
  since: number;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

const worker = new Worker(new URL('./program.ts', import.meta.url), { type: 'module' });
const waiting = new Map<number, Waiting>();
const listeners = new Set<(event: Envelope) => void>();
/** When each answer was asked for and given, since the last key. */
let spans: [number, number][] = [];
let heardAt = 0;
let next = 1;

worker.onmessage = ({ data }: MessageEvent<Told>) => {
  heardAt = performance.now();
  if ('event' in data) {
    const event = JSON.parse(data.event) as Envelope;
    for (const listener of listeners) listener(event);
    return;
  }
  const found = waiting.get(data.id);
  waiting.delete(data.id);
  if (!found) return;
  spans.push([found.since, heardAt]);
  if ('error' in data) found.reject(JSON.parse(data.error));
  else found.resolve(JSON.parse(data.answer));
};

const send = (asked: Asked) => worker.postMessage(asked);

function ask(method: keyof Backend, args: unknown[]): Promise<unknown> {
  const id = next++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { since: performance.now(), resolve, reject });
    send({ id, method, args: JSON.stringify(args) });
  });
}

/** What can not wait for an answer. */
const own: Partial<Record<keyof Backend, unknown>> = {
  subscribe: (listener: (event: Envelope) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  mediaUrl: (media: MediaRef) => (media.kind === 'photo' ? photo(media.row) : avatar(media.peer)),
  onWanted: () => () => undefined,
  onClosing: () => () => undefined,
  onStage: () => () => undefined,
};

send({ search: location.search });
const backend = new Proxy({} as Backend, {
  get: (_, name: keyof Backend) => own[name] ?? ((...args: unknown[]) => ask(name, args)),
});

const one = (css: string) => document.querySelector<HTMLElement>(css);
const cursorRow = () => one('[data-testid="chat-row"].cursor');

/** What is looked at to see whether a key has shown: the former state decides what counts. */
const signs: Record<string, () => () => boolean> = {
  moved: () => {
    const before = cursorRow()?.dataset['chat'];
    return () => ![undefined, before].includes(cursorRow()?.dataset['chat']);
  },
  opened: () => {
    const before = one('[data-testid="conversation"]')?.dataset['chat'];
    return () => {
      const chat = one('[data-testid="conversation"]')?.dataset['chat'];
      const open = chat !== before && chat === String(app.inbox?.list.open);
      return open && one('[data-testid="conversation"] [data-testid="message"]') !== null;
    };
  },
  marked: () => {
    const before = cursorRow()?.querySelector('.marks')?.textContent;
    return () => cursorRow()?.querySelector('.marks')?.textContent !== before;
  },
  listed: () => {
    const before = app.inbox?.list.shown;
    return () => {
      const list = app.inbox?.list;
      if (!list?.loaded || list.shown === before) return false;
      const size = one('[data-testid="chat-list"] [role="option"]')?.ariaSetSize;
      const skeleton = one('[data-testid="chat-skeleton"]');
      return list.keys.length === 0 || (size === String(list.keys.length) && skeleton === null);
    };
  },
};

/** How long a key took: until it was drawn, and how much of that an answer was waited for. */
interface Timed {
  whole: number;
  waited: number;
}
let timed: Timed | null = null;

/** Moments in which at least one answer was awaited. */
function waitedIn(from: number, to: number): number {
  const open = [...waiting.values()].map(({ since }): [number, number] => [since, to]);
  let [end, sum] = [from, 0];
  for (const [start, stop] of [...spans, ...open].sort((a, b) => a[0] - b[0])) {
    const [a, b] = [Math.max(start, end), Math.min(stop, to)];
    if (b > a) sum += b - a;
    end = Math.max(end, b);
  }
  return sum;
}

/** From now on: the next key is timed until its sign, which may also be something that appears. */
function arm(sign: string): void {
  timed = null;
  const seen = signs[sign]?.() ?? (() => one(sign) !== null);
  let pressed: number | null = null;
  const look = () => {
    if (pressed === null || !seen()) return;
    const [since, shown] = [pressed, performance.now()];
    pressed = null;
    observer.disconnect();
    afterPaint(
      () => (timed = { whole: performance.now() - since, waited: waitedIn(since, shown) }),
    );
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true }); // prettier-ignore
  const press = (event: KeyboardEvent) => {
    if (['Control', 'Shift', 'Alt'].includes(event.key)) return;
    [pressed, spans] = [event.timeStamp, []];
    removeEventListener('keydown', press, true);
  };
  addEventListener('keydown', press, true);
}

/** Whether nothing is under way any more. */
const resting = () => waiting.size === 0 && performance.now() - heardAt > 250;

const target = one('#app');
if (!target) throw new Error('the page has no #app');
const app = new AppState(backend);
await useLocale(null);
mount(App, { target, props: { app } });
Object.assign(window, { fast: { app, arm, resting, timed: () => timed, rows: () => document.querySelectorAll('[data-testid="chat-list"] [role="option"]').length } }); // prettier-ignore
await app.start();
