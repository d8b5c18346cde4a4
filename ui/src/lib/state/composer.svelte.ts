import type { Backend, Chat, ChatId, Entity, EntityKind, Message, Outgoing, Rendered, RichText } from '$lib/backend'; // prettier-ignore
import {
  afterEdit,
  alike,
  insert,
  linkAt,
  linked,
  marked,
  toggle,
  trimmed,
} from '$lib/domain/composer/formatting';
import { Debounce } from '$lib/shared/latest';
import { MESSAGE_LIMIT } from '$lib/shared/text';
import type { Conversation } from './conversation.svelte';
import { TemplatePicker } from './templatePicker.svelte';
import type { Templates } from './templates.svelte';

const DRAFT_MS = 800;
/** Telegram shows "typing" for about six seconds after each notice. */
const TYPING_MS = 5000;

let provisionalId = 0;

/**
 * Formatting of texts that were left unsent. Telegram's drafts would carry it, but ours are plain:
 * it is kept for as long as the window is open.
 */
export type LeftFormatting = Map<ChatId, RichText>;

/** A part of the text. */
interface Selection {
  start: number;
  end: number;
}

/** A part of the text that leads to an address, or is to. */
export interface Link {
  from: number;
  to: number;
  /** What stands there; empty where nothing does yet. */
  words: string;
  /** Where it leads so far. */
  address: string | null;
}

/** What the operator is writing in one chat. */
export class Composer {
  #text = $state('');
  #entities = $state.raw<readonly Entity[]>([]);
  #reply = $state.raw<Message | null>(null);
  #editing = $state.raw<Message | null>(null);
  #beforeEdit: RichText = { text: '', entities: [] };
  #replyTo: number | null = null;
  #saved = { text: '', reply: null as number | null };
  #typedAt = 0;
  readonly #saving = new Debounce(DRAFT_MS);
  /** The list of templates that a slash opens. */
  readonly picker: TemplatePicker;
  /** What is to be selected in the text, as soon as it is shown. */
  #wanted = $state.raw<Selection | null>(null);

  constructor(
    private readonly backend: Backend,
    private readonly chat: Chat,
    private readonly conversation: Conversation,
    private readonly left: LeftFormatting,
    templates: Templates,
    private readonly onSent: () => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.picker = new TemplatePicker(backend, templates, chat.id, (page, from, to) => this.#put(page, from, to), onError); // prettier-ignore
    const kept = left.get(chat.id);
    if (kept && kept.text === chat.draft?.text) this.#entities = kept.entities;
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
    this.#entities = afterEdit(this.#entities, this.#text, text);
    this.#text = text;
    this.#changed();
  }

  /** Marked stretches of the text. */
  get entities(): readonly Entity[] {
    return this.#entities;
  }

  get #rich(): RichText {
    return { text: this.#text, entities: [...this.#entities] };
  }

  #write({ text, entities }: RichText): void {
    this.#text = text;
    this.#entities = entities;
  }

  /** Puts a text with its formatting in the place of a part of what is there. */
  insert(added: RichText, from: number, to: number): void {
    this.#write(insert(this.#rich, from, to, added));
    this.#changed();
  }

  /** Puts a template in the place of the slash that asked for it; its first gap is selected. */
  #put(page: Rendered, from: number, to: number): void {
    this.insert(page, from, to);
    const [gap] = page.gaps;
    const start = from + (gap ? gap.offset : page.text.length);
    this.#wanted = { start, end: start + (gap?.length ?? 0) };
  }

  /** What the field is to select; it says so once it did. */
  get wanted(): Selection | null {
    return this.#wanted;
  }

  selected(): void {
    this.#wanted = null;
  }

  /** Opens the list of templates at the end of the text. */
  askTemplate(): void {
    const between = this.#text === '' || /\s$/.test(this.#text) ? '' : ' ';
    this.text = `${this.#text}${between}/`;
    const end = this.#text.length;
    this.#wanted = { start: end, end };
    this.picker.follow(this.#text, end);
  }

  /** Marks a part, or takes the mark off it. */
  mark(kind: EntityKind, from: number, to: number): void {
    if (to <= from) return;
    this.#entities = toggle(this.#entities, kind, from, to);
    if (!this.#editing) this.#keepFormatting();
  }

  /** What is to become a link where this part is selected: all of one that it stands in. */
  linkAt(from: number, to: number): Link {
    const known = linkAt(this.#entities, from, to);
    if (known) {
      const { offset, length, value = '' } = known;
      return { from: offset, to: offset + length, words: this.#text.slice(offset, offset + length), address: value }; // prettier-ignore
    }
    const part = this.#text.slice(from, to);
    const words = part.trim();
    const start = words === '' ? from : from + part.length - part.trimStart().length;
    return { from: start, to: start + words.length, words, address: null };
  }

  /** Makes a part lead to an address, or nowhere; words are put there where it is empty. */
  link({ from, to }: Link, words: string, address: string | null): void {
    if (to === from) this.#write(insert(this.#rich, from, to, { text: words, entities: [] }));
    const end = to === from ? from + words.length : to;
    this.#entities = linked(this.#entities, from, end, address);
    this.#wanted = { start: end, end };
    this.#changed();
    if (!this.#editing) this.#keepFormatting();
  }

  #changed(): void {
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
    if (!this.#editing) this.#beforeEdit = this.#rich;
    this.#editing = message;
    this.#write({ text: message.text, entities: marked(message.entities) });
  }

  cancelEdit(): void {
    if (!this.#editing) return;
    this.#editing = null;
    this.#write(this.#beforeEdit);
  }

  /** Sends or saves what was written. */
  async submit(): Promise<void> {
    if (!this.canSend) return;
    if (this.#editing) return this.#saveEdit(this.#editing);
    return this.#send();
  }

  async #saveEdit(message: Message): Promise<void> {
    const rich = trimmed(this.#rich);
    this.cancelEdit();
    if (alike(rich, { text: message.text, entities: marked(message.entities) })) return;
    try {
      await this.backend.call('edit', { row: message.row, ...rich });
      await this.conversation.changed('edited', [message.row]);
    } catch (error) {
      this.edit({ ...message, ...rich });
      this.onError(error);
    }
  }

  async #send(): Promise<void> {
    const rich = trimmed(this.#rich);
    const reply = this.#reply;
    const waiting = this.#provisional(rich, this.#replyTo);
    const replyTo = this.#replyTo;
    this.#write({ text: '', entities: [] });
    this.#reply = null;
    this.#replyTo = null;
    this.#saving.cancel();
    this.conversation.provisional(waiting);
    try {
      const item = await this.backend.call('send', { chat: this.chat.id, ...rich, reply_to: replyTo }); // prettier-ignore
      this.conversation.settle(waiting.id, item);
      this.onSent();
      await this.#saveDraft();
    } catch (error) {
      this.conversation.settle(waiting.id, null);
      // Nothing typed is ever lost: it goes back, before what was typed meanwhile.
      const between = this.#text === '' ? '' : '\n';
      this.insert({ ...rich, text: rich.text + between }, 0, 0);
      this.#reply = reply;
      this.#replyTo = replyTo;
      this.onError(error);
    }
  }

  #provisional(rich: RichText, replyTo: number | null): Outgoing {
    return {
      id: --provisionalId,
      account: this.chat.account,
      chat: this.chat.id,
      ...rich,
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
    const { text } = this.#editing ? this.#beforeEdit : this.#rich;
    this.#keepFormatting();
    const draft = { text: text.trim() === '' ? '' : text, reply: this.#replyTo };
    if (draft.text === this.#saved.text && draft.reply === this.#saved.reply) return;
    this.#saved = draft;
    try {
      await this.backend.call('save_draft', { chat: this.chat.id, text: draft.text, reply_to: draft.reply }); // prettier-ignore
    } catch (error) {
      this.onError(error);
    }
  }

  #keepFormatting(): void {
    const rich = this.#editing ? this.#beforeEdit : this.#rich;
    if (rich.entities.length > 0) this.left.set(this.chat.id, rich);
    else this.left.delete(this.chat.id);
  }

  /** Saves what is left when the chat is left. */
  leave(): void {
    this.#saving.cancel();
    void this.#saveDraft();
  }
}
