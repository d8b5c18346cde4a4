import type { Page } from '../app.svelte';

/** Something the operator can do, by key or from the palette. */
export interface Action {
  id: string;
  group: 'go' | 'chat' | 'message' | 'view';
  name: string;
  /** Shortcuts in tinykeys' spelling; the first is the one shown. The operator may change them. */
  keys?: readonly string[];
  /** The pages that its keys work on, where not on all of them. */
  page?: Page | readonly Page[];
  /** Its keys work in the empty composer alone, where they are nobody else's. */
  inComposer?: boolean;
  /** Its keys work in the empty composer as well, where no text of their own is to be taken back. */
  inEmptyComposer?: boolean;
  /** Whether its keys work while typing. */
  whileTyping?: boolean;
  /** Whether it makes sense now; otherwise keys and palette pass it by. */
  enabled?: boolean;
  run: () => void;
}
