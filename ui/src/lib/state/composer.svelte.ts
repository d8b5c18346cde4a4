import type { Backend, Chat, Message, Outgoing } from '$lib/backend';
import { Debounce } from '$lib/shared/latest';
import { MESSAGE_LIMIT } from '$lib/shared/text';
import type { Conversation } from './conversation.svelte';

const DRAFT_MS = 800;
/** Telegram shows "typing" for about six seconds after each notice. */
const TYPING_MS = 5000;

let provisionalId = 0;

/** What the operator is writing in one chat. */
export class Composer {
  #text = $state('');
  #reply = $state.raw<Message | null>(null);
  #editing = $state.raw<Message | null>(null);
  #beforeEdit = '';
  #replyTo: number | null = null;
  #saved = { text: '', reply: null as number | null };
  #typedAt = 0;
  readonly #saving = new Debounce(DRAFT_MS);

  constructor(
    private readonly backend: Backend,
    private readonly chat: Chat,
    private readonly conversation: Conversation,
    private readonly onError: (error: unknown) => void,
  ) {
    if (chat.draft) {
      this.#text = chat.draft.text;
      this.#replyTo = chat.draft.reply_to;
      this.#saved = { text: chat.draft.text, reply: chat.draft.reply_to };
    }
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    if (this.#editing) return;
    this.#saving.later(() => void this.#saveDraft());
    this.#tellTyping();
  }

  /** The message that will be answered. */
  get reply(): Message | null {
    return this.#reply;
  }

  /** The message that is being changed. */
  get editing(): Message | null {
    return this.#editing;
  }

  /** Characters that still fit; negative where there are too many. */
  get room(): number {
    return MESSAGE_LIMIT - this.#text.length;
  }

  get canSend(): boolean {
    return this.#text.trim() !== '' && this.room >= 0;
  }

  /** Finds the message that a stored draft answers, once history is there. */
  async restoreReply(): Promise<void> {
    if (this.#replyTo === null) return;
    const wanted = this.#replyTo;
    try {
      const row = await this.backend.call('locate', { chat: this.chat.id, message: wanted });
      const [message] = row === null ? [] : await this.backend.call('messages', { rows: [row] });
      if (message && this.#replyTo === wanted) this.#reply = message;
    } catch (error) {
      this.onError(error);
    }
  }

  answer(message: Message | null): void {
    this.cancelEdit();
    this.#reply = message;
    this.#replyTo = message?.id ?? null;
    this.#saving.later(() => void this.#saveDraft());
  }

  edit(message: Message): void {
    if (!this.#editing) this.#beforeEdit = this.#text;
    this.#editing = message;
    this.#text = message.text;
  }

  cancelEdit(): void {
    if (!this.#editing) return;
    this.#editing = null;
    this.#text = this.#beforeEdit;
  }

  /** Sends or saves what was written. */
  async submit(): Promise<void> {
    if (!this.canSend) return;
    if (this.#editing) return this.#saveEdit(this.#editing);
    return this.#send();
  }

  async #saveEdit(message: Message): Promise<void> {
    const text = this.#text.trim();
    this.cancelEdit();
    if (text === message.text) return;
    try {
      await this.backend.call('edit', { row: message.row, text });
      await this.conversation.changed('edited', [message.row]);
    } catch (error) {
      this.edit({ ...message, text });
      this.onError(error);
    }
  }

  async #send(): Promise<void> {
    const text = this.#text.trim();
    const reply = this.#reply;
    const waiting = this.#provisional(text, this.#replyTo);
    const replyTo = this.#replyTo;
    this.#text = '';
    this.#reply = null;
    this.#replyTo = null;
    this.#saving.cancel();
    this.conversation.provisional(waiting);
    try {
      const item = await this.backend.call('send', { chat: this.chat.id, text, reply_to: replyTo });
      this.conversation.settle(waiting.id, item);
      await this.#saveDraft();
    } catch (error) {
      this.conversation.settle(waiting.id, null);
      // Nothing typed is ever lost: it goes back, before what was typed meanwhile.
      this.text = this.#text === '' ? text : `${text}\n${this.#text}`;
      this.#reply = reply;
      this.#replyTo = replyTo;
      this.onError(error);
    }
  }

  #provisional(text: string, replyTo: number | null): Outgoing {
    return {
      id: --provisionalId,
      account: this.chat.account,
      chat: this.chat.id,
      text,
      reply_to: replyTo,
      created_ms: Date.now(),
      state: { state: 'sending' },
    };
  }

  #tellTyping(): void {
    const now = Date.now();
    if (this.#text === '' || now - this.#typedAt < TYPING_MS) return;
    this.#typedAt = now;
    // A courtesy: where it fails, nothing is lost and nobody needs to know.
    void this.backend.call('typing', { chat: this.chat.id }).catch(() => undefined);
  }

  async #saveDraft(): Promise<void> {
    const text = this.#editing ? this.#beforeEdit : this.#text;
    const draft = { text: text.trim() === '' ? '' : text, reply: this.#replyTo };
    if (draft.text === this.#saved.text && draft.reply === this.#saved.reply) return;
    this.#saved = draft;
    try {
      await this.backend.call('save_draft', { chat: this.chat.id, text: draft.text, reply_to: draft.reply }); // prettier-ignore
    } catch (error) {
      this.onError(error);
    }
  }

  /** Saves what is left when the chat is left. */
  leave(): void {
    this.#saving.cancel();
    void this.#saveDraft();
  }
}
