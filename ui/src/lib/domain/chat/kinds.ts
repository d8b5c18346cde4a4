// Names of kinds of chats and messages.

import type { Chat, ChatKind, LastMessage, MessageKind } from '$lib/backend';
import { m } from '$lib/messages';
import { cleanName, oneLine } from '$lib/shared/text';

/** A kind of chat in a word. */
export function chatKindName(kind: ChatKind): string {
  const names = {
    person: m.kind_person,
    bot: m.kind_bot,
    saved: m.kind_saved,
    group: m.kind_group,
    supergroup: m.kind_supergroup,
    channel: m.kind_channel,
  };
  return names[kind]();
}

/** A kind of message in a word or two. */
export function messageKindName(kind: MessageKind): string {
  const names = {
    text: m.message_kind_text,
    photo: m.message_kind_photo,
    video: m.message_kind_video,
    video_note: m.message_kind_video_note,
    voice: m.message_kind_voice,
    audio: m.message_kind_audio,
    animation: m.message_kind_animation,
    sticker: m.message_kind_sticker,
    document: m.message_kind_document,
    contact: m.message_kind_contact,
    location: m.message_kind_location,
    poll: m.message_kind_poll,
    dice: m.message_kind_dice,
    game: m.message_kind_game,
    invoice: m.message_kind_invoice,
    story: m.message_kind_story,
    vanishing: m.message_kind_vanishing,
    service: m.message_kind_service,
    unsupported: m.message_kind_unsupported,
  };
  return names[kind]();
}

/** A chat's name, also where its owner left nothing to read. */
export function chatTitle(chat: Pick<Chat, 'title' | 'kind'>): string {
  if (chat.kind === 'saved') return m.kind_saved();
  return cleanName(chat.title) || (chat.kind === 'person' ? m.deleted_account() : m.no_name());
}

/** The line of a list for a chat's newest message. */
export function previewLine(last: LastMessage): string {
  return oneLine(last.line) || messageKindName(last.kind);
}

/** Groups, where it matters who wrote. */
export function isGroup(kind: ChatKind): boolean {
  return kind === 'group' || kind === 'supergroup';
}
