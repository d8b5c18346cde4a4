// On which TCP ports processes listen, by the kernel's own tables.

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** The state LISTEN in proc_net_tcp(5). */
const LISTEN = '0A';

/** Local addresses, as the kernel writes them, on which one of the processes listens. */
export function listeningTcp(pids) {
  const listening = new Map(['tcp', 'tcp6'].flatMap((table) => listeners(`/proc/net/${table}`)));
  return pids.flatMap(sockets).flatMap((socket) => listening.get(socket) ?? []);
}

function listeners(table) {
  const [, ...lines] = readFileSync(table, 'utf8').trim().split('\n');
  const columns = lines.map((line) => line.trim().split(/\s+/));
  const found = columns.filter(([, , , state]) => state === LISTEN);
  return found.map((column) => [`socket:[${column[9]}]`, column[1]]);
}

function sockets(pid) {
  const folder = `/proc/${pid}/fd`;
  return orGone(() => readdirSync(folder), []).map((name) =>
    orGone(() => readlinkSync(`${folder}/${name}`), ''),
  );
}

/** What is read of a process, unless that has ended or closed it meanwhile. */
function orGone(read, otherwise) {
  try {
    return read();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return otherwise;
  }
}
