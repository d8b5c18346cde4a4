// What the inbox can do without. A web view reads and compiles a script whole before the first of it
// runs, so that the first screen would wait for the settings.

type Screens = typeof import('./screens');

let screens = $state.raw<Screens | null>(null);

/** The other screens, once they are there. */
export const laterScreens = (): Screens | null => screens;

/** Reads the other screens, unless they are there. */
export async function loadLater(): Promise<void> {
  screens ??= await import('./screens');
}
