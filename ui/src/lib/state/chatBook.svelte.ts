import type { Backend, Chat } from '$lib/backend';
import { Book } from './book.svelte';

/** Bodies of chats by id. */
export class ChatBook extends Book<Chat> {
  constructor(backend: Backend, onError: (error: unknown) => void) {
    super(
      (ids) => backend.call('chats', { ids }),
      ({ id }) => id,
      onError,
    );
  }
}
