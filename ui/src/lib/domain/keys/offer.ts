// The offer of a recovery code to a workspace that the keyring alone opens: made once.

import { remember, remembered } from '$lib/shared/remembered';

const NAME = 'recovery_offered';

/** Whether the operator has decided about it in this workspace. */
export const isDecided = (): boolean => remembered(NAME).length > 0;

/** The operator took it or does without. */
export const decided = (): void => remember(NAME, ['yes']);
