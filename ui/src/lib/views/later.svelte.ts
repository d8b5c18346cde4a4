// What the inbox can do without. A web view reads and compiles a script whole before the first of it
// runs, so that the first screen would wait for the settings.

import { loadMessages } from '$lib/messages';

type Screens = typeof import('./screens');

let screens = $state.raw<Screens | null>(null);

/** The other screens, once they are there. */
export const laterScreens = (): Screens | null => screens;

/** Reads the other screens, and the English names by which actions are found too. */
export async function loadLater(): Promise<void> {
  const [read] = await Promise.all([screens ?? import('./screens'), loadMessages('en')]);
  screens ??= read;
}
