/** Something the operator can do, by key or from the palette. */
export interface Action {
  id: string;
  group: 'go' | 'chat' | 'message' | 'view';
  name: string;
  /** Shortcuts in tinykeys' spelling; the first is the one shown. */
  keys?: readonly string[];
  /** Whether its keys work while typing. */
  whileTyping?: boolean;
  /** Whether it makes sense now; otherwise keys and palette pass it by. */
  enabled?: boolean;
  run: () => void;
}
