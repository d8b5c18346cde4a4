// Small choices of how the window looks, kept by the page itself. Without a place to keep them the
// window still works; it forgets them when it is closed.

/** What was remembered under a name, where it still has the form that is expected. */
export function remembered(name: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(kept) ? kept.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

/** Remembers something under a name. */
export function remember(name: string, items: readonly string[]): void {
  try {
    localStorage.setItem(name, JSON.stringify(items));
  } catch {
    // Full or forbidden: forgotten with the page.
  }
}
