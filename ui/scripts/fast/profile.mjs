// What a CPU profile comes to: the functions that took longest by themselves, and with all that they
// called.

const SHOWN = 28;

const nameOf = ({ functionName, url, lineNumber }) =>
  `${functionName || '(anonymous)'} ${url.split('/').at(-1)?.split('?')[0] ?? ''}:${lineNumber + 1}`;

/** Milliseconds by function: its own, and its calls' too, each counted once where it calls itself. */
function times({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id]))); // prettier-ignore
  const [own, whole] = [new Map(), new Map()];
  const add = (map, name, ms) => map.set(name, (map.get(name) ?? 0) + ms);
  samples.forEach((id, at) => {
    const ms = (timeDeltas[at + 1] ?? 0) / 1000;
    const seen = new Set();
    for (let now = id; now !== undefined; now = parent.get(now)) {
      const node = byId.get(now);
      if (!node) break;
      const name = nameOf(node.callFrame);
      if (now === id) add(own, name, ms);
      if (!seen.has(name)) add(whole, name, ms);
      seen.add(name);
    }
  });
  return { own, whole };
}

/** Both lists, as text. */
export function longest(profile) {
  const { own, whole } = times(profile);
  const list = (map) =>
    [...map]
      .sort((a, b) => b[1] - a[1])
      .slice(0, SHOWN)
      .map(([name, ms]) => `${ms.toFixed(1).padStart(9)}  ${name}`)
      .join('\n');
  return `by themselves, ms\n${list(own)}\nwith what they called, ms\n${list(whole)}`;
}
