// What stands in the memory of a process, read as bytes through proc(5).

import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';

const PAGE = 4_096;
/** Bits 63 and 62 of an entry of pagemap: the page is in memory, or swapped out. */
const EXISTS = 0xc0;

/** The process and all that it has started, which still live. */
export function family(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ');
      if (state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      // It has ended meanwhile.
    }
  }
  const found = [pid];
  for (const one of found) {
    for (const [child, parent] of parents) if (parent === one) found.push(child);
  }
  return found;
}

/** Which of the needles stand in the memory of a process that it can write to, by their index. */
export function inMemory(pid, needles) {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pages = openSync(`/proc/${pid}/pagemap`, 'r');
  const found = new Set();
  try {
    for (const [start, end] of writable(pid)) {
      for (const [from, to] of used(pages, start, end)) {
        const bytes = readAround(memory, from, to);
        needles.forEach((needle, index) => bytes.includes(needle) && found.add(index));
      }
    }
  } finally {
    closeSync(memory);
    closeSync(pages);
  }
  return [...found].sort();
}

/** All of a stretch; zeroes stand for pages that are given back while it is read. */
function readAround(memory, from, to) {
  const bytes = Buffer.alloc(to - from);
  for (let at = 0; at < bytes.length;) {
    const read = tryRead(memory, bytes.subarray(at), from + at);
    at += read;
    // A read ends before the first page that is not there.
    if (at < bytes.length) at += PAGE - (at % PAGE);
  }
  return bytes;
}

/** Bytes read; none of a piece that is gone meanwhile, or belongs to a device. */
function tryRead(file, bytes, at) {
  try {
    return readSync(file, bytes, 0, bytes.length, at);
  } catch {
    return 0;
  }
}

function writable(pid) {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').trim().split('\n');
  return maps
    .map((line) => line.match(/^([\da-f]+)-([\da-f]+) (\S+)/))
    .filter((match) => match?.[3].startsWith('rw'))
    .map(([, start, end]) => [Number.parseInt(start, 16), Number.parseInt(end, 16)]);
}

/** The stretches of a region that exist; most of what is reserved was never touched. */
function used(pages, start, end) {
  const entries = Buffer.alloc(((end - start) / PAGE) * 8);
  const count = tryRead(pages, entries, (start / PAGE) * 8) / 8;
  const stretches = [];
  for (let at = 0; at < count; at++) {
    if ((entries[at * 8 + 7] & EXISTS) === 0) continue;
    const from = start + at * PAGE;
    const last = stretches.at(-1);
    if (last?.[1] === from) last[1] = from + PAGE;
    else stretches.push([from, from + PAGE]);
  }
  return stretches;
}
