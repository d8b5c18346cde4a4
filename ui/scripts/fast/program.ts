// The fake program in a thread of its own, as the real one is in a process of its own: what it does
// takes no time from the window's. Words go both ways as JSON, as they do in the shell.

import type { Backend } from '../../src/lib/backend';
import type { FakeBackend } from '../../src/lib/backend/fake/fake';
import { fakeFromAddress } from '../../src/lib/backend/fake/fromAddress';

/** What the window asks: a method of the backend and its arguments, as JSON. */
export type Asked = { search: string } | { id: number; method: keyof Backend; args: string };
/** What it hears: an answer, or an event. */
export type Told =
  { id: number; answer: string } | { id: number; error: string } | { event: string };

/** Without a question for so long, nobody waits for an answer. */
const IDLE_MS = 120;

let program: FakeBackend | undefined;
let askedAt = 0;

const tell = (told: Told) => postMessage(told);

/** The real program counts beside what it is asked for; one thread alone has to let that go first. */
async function untilIdle(): Promise<void> {
  while (performance.now() - askedAt < IDLE_MS) {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  }
}

onmessage = async ({ data }: MessageEvent<Asked>) => {
  if ('search' in data) {
    program = fakeFromAddress(new URLSearchParams(data.search));
    program.subscribe((event) => tell({ event: JSON.stringify(event) }));
    return;
  }
  const { id, method } = data;
  const args = JSON.parse(data.args) as unknown[];
  if (args[0] === 'chat_counts') await untilIdle();
  else askedAt = performance.now();
  try {
    const run = program?.[method] as ((...args: unknown[]) => unknown) | undefined;
    const answer = await run?.apply(program, args);
    program?.calls.splice(0);
    tell({ id, answer: JSON.stringify(answer ?? null) });
  } catch (error) {
    tell({ id, error: JSON.stringify(error) });
  }
};
