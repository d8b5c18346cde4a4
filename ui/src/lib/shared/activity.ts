// Tells that somebody is there, seldom enough to cost nothing.

/** Between two times that it is told, which is as much too early as the window may lock. */
const EVERY_MS = 2_000;

/** Tells when a key or the pointer is used; returns the way to stop. */
export function tellActivity(target: Window, tell: () => void): () => void {
  let told = -Infinity;
  const heard = () => {
    const now = performance.now();
    if (now - told < EVERY_MS) return;
    told = now;
    tell();
  };
  const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
  for (const kind of kinds) target.addEventListener(kind, heard, { passive: true, capture: true });
  return () => {
    for (const kind of kinds) target.removeEventListener(kind, heard, { capture: true });
  };
}
