// The ways into a workspace, in words.

import type { KeySlots, SlotKind } from '$lib/backend';
import { m } from '$lib/messages';

/** In the order in which they are shown. */
export const slotKinds: readonly SlotKind[] = ['keyring', 'passphrase', 'recovery'];

/** The name of a way in. */
export function slotName(kind: SlotKind): string {
  return { keyring: m.slot_keyring, passphrase: m.slot_passphrase, recovery: m.slot_recovery }[
    kind
  ]();
}

function keyringAbout(here: boolean, answers: boolean): string {
  if (here) return answers ? m.slot_keyring_here() : m.slot_keyring_silent();
  return answers ? m.slot_keyring_none() : m.slot_keyring_absent();
}

/** Whether it is there and what that means. */
export function slotAbout(kind: SlotKind, keys: KeySlots): string {
  const here = keys.slots.includes(kind);
  if (kind === 'keyring') return keyringAbout(here, keys.keyring_answers);
  if (kind === 'passphrase') return here ? m.slot_passphrase_here() : m.slot_passphrase_none();
  return here ? m.slot_recovery_here() : m.slot_recovery_none();
}
