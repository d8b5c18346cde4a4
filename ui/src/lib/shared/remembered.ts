// Small choices of how the window looks, kept with its other looks for each workspace. The page's own
// storage stays unused: the operator would not look there for what the program keeps.

interface Remembered {
  name: string;
  items: string[];
}

let kept: readonly Remembered[] = [];
let keep: (all: Remembered[]) => void = () => undefined;
let workspace = '';

/** Takes what was remembered, and the way to keep more of it. */
export function useRemembered(all: readonly Remembered[], keeper: typeof keep): void {
  kept = all;
  keep = keeper;
}

/** From now on remembers for this workspace: views and columns of another have the same numbers. */
export function rememberFor(name: string): void {
  workspace = name;
}

/** What was remembered under a name. */
export function remembered(name: string): readonly string[] {
  return kept.find((one) => one.name === `${workspace}/${name}`)?.items ?? [];
}

/** Remembers something under a name. */
export function remember(name: string, items: readonly string[]): void {
  const full = `${workspace}/${name}`;
  const all = [...kept.filter((one) => one.name !== full), { name: full, items: [...items] }];
  kept = all;
  keep(all);
}
