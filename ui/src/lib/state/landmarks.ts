/** Parts of the window that F6 goes through, in their order. */
export const landmarks = ['nav', 'search', 'list', 'conversation', 'composer', 'panel', 'notices'] as const; // prettier-ignore
export type Landmark = (typeof landmarks)[number];

/** Knows the focusable element of each part that is on the screen. */
export class Landmarks {
  readonly #elements = new Map<Landmark, HTMLElement>();

  /** For `{@attach}`: this element is the part. */
  as(landmark: Landmark): (element: HTMLElement) => () => void {
    return (element) => {
      this.#elements.set(landmark, element);
      return () => {
        if (this.#elements.get(landmark) === element) this.#elements.delete(landmark);
      };
    };
  }

  /** The element of a part that is on the screen. */
  get(landmark: Landmark): HTMLElement | undefined {
    return this.#elements.get(landmark);
  }

  /** Gives a part the focus; says whether it is there. */
  focus(landmark: Landmark): boolean {
    const element = this.#elements.get(landmark);
    element?.focus({ preventScroll: true });
    return element !== undefined;
  }

  /** Whether the focus is in a part. */
  holds(landmark: Landmark): boolean {
    return this.#elements.get(landmark)?.contains(document.activeElement) ?? false;
  }

  /** Gives the part after the one with the focus the focus. */
  focusNext(): void {
    const present = landmarks.filter((landmark) => this.#visible(landmark));
    const active = document.activeElement;
    const at = present.findLastIndex((landmark) => this.#elements.get(landmark)?.contains(active));
    const next = present[(at + 1) % present.length];
    if (next) this.focus(next);
  }

  #visible(landmark: Landmark): boolean {
    return (this.#elements.get(landmark)?.offsetParent ?? null) !== null;
  }
}
