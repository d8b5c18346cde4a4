import type { Backend } from './backend';
import { connectTauri } from './tauri';

export * from './backend';
export type * from './types';

/** Chooses the program behind the window: the shell, or in a plain browser the fake one. */
export async function connect(): Promise<Backend> {
  if (__FAKE__ && !('__TAURI_INTERNALS__' in window)) {
    const { fakeFromAddress } = await import('./fake/fromAddress');
    return (window.fake = fakeFromAddress(new URLSearchParams(location.search)));
  }
  return connectTauri();
}
