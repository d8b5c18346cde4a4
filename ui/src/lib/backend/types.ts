// Written by `cargo test -p switchboard-api --features ts`; edit the Rust types instead.

export type AccountId = number;
export type ChatId = number;
export type RowId = number;
export type MessageId = number;
export type OutgoingId = number;
export type LoginId = number;
export type TellingId = number;
export type PeerId = number;
export type TagId = number;
export type StatusId = number;
export type FieldId = number;
export type ViewId = number;
export type TemplateId = number;
export type NoteId = number;
export type TaskId = number;
export type DeedId = number;
export type Code = "phone_invalid" | "phone_banned" | "sign_up_needed" | "code_invalid" | "code_expired" | "password_invalid" | "api_id_invalid" | "profile_invalid" | "already_added" | "other_user" | "login_gone" | "session_too_fresh" | "logged_out" | "session_revoked" | "session_expired" | "key_lost" | "key_duplicated" | "user_deactivated" | "banned" | "frozen" | "offline" | "not_reached" | "flood_wait" | "peer_flood" | "network" | "refused" | "proxy_refused" | "proxy_timeout" | "proxy_login_wrong" | "proxy_login_unusable" | "proxy_not_socks5" | "proxy_blocked" | "write_forbidden" | "privacy_restricted" | "blocked" | "peer_deactivated" | "peer_unknown" | "admin_required" | "payment_required" | "slow_mode" | "message_empty" | "message_too_long" | "edit_forbidden" | "message_gone" | "not_found" | "passphrase_needed" | "passphrase_wrong" | "keyring_locked" | "keyring_absent" | "keyring_wrong_item" | "last_key" | "recovery_mistyped" | "locked" | "workspace_busy" | "newer_version" | "damaged" | "read_only" | "disk_full" | "not_a_backup" | "import_unreadable" | "backup_damaged" | "backup_foreign" | "backup_folder_missing" | "restored" | "cancelled" | "name_taken" | "unknown_variable" | "file_unreadable" | "changed_since" | "bad_request" | "internal";
export type Connection = { "via": "telegram" } | { "via": "profile", 
/**
 * The profile's name.
 */
name: string, };
export type WaitReason = "network" | "flood" | "restart" | "disk";
export type AccountState = { "state": "logged_out" } | { "state": "code_sent" } | { "state": "password_needed" } | { "state": "connecting" } | { "state": "online" } | { "state": "waiting", 
/**
 * When.
 */
until_ms: number, 
/**
 * Why.
 */
why: WaitReason, } | { "state": "revoked" } | { "state": "banned" } | { "state": "frozen" };
export type Account = { 
/**
 * Local id.
 */
id: AccountId, 
/**
 * Telegram user id; unique in a workspace.
 */
user_id: number, 
/**
 * First and last name as Telegram has them.
 */
name: string, 
/**
 * The operator's own name for it, shown instead.
 */
label: string | null, 
/**
 * Public username without `@`.
 */
username: string | null, 
/**
 * Phone number with `+`, where Telegram tells it.
 */
phone: string | null, 
/**
 * Index of the account's colour among the named colours, 0..=11.
 */
colour: number, 
/**
 * Place among the accounts, from 0.
 */
position: number, 
/**
 * Profile photo.
 */
photo: PhotoRef | null, 
/**
 * How it reaches its servers.
 */
connection: Connection, 
/**
 * What it is doing now.
 */
state: AccountState, 
/**
 * Since when it is in this state.
 */
since_ms: number, 
/**
 * Unread messages in chats that are neither muted nor archived.
 */
unread: number, };
export type ChatKind = "person" | "bot" | "saved" | "group" | "supergroup" | "channel";
export type PhotoRef = { 
/**
 * Telegram's photo id, as decimal text because it may exceed 2^53.
 */
id: string, };
export type Draft = { 
/**
 * The text.
 */
text: string, 
/**
 * The message it answers.
 */
reply_to: MessageId | null, 
/**
 * When it was written, Unix seconds.
 */
date: number, };
export type LastMessage = { 
/**
 * Telegram's id; absent for a message that is still on its way out.
 */
id: MessageId | null, 
/**
 * When it was sent, Unix seconds.
 */
date: number, 
/**
 * Whether this account sent it.
 */
out: boolean, 
/**
 * Who sent it, in groups.
 */
sender_name: string | null, 
/**
 * What it is.
 */
kind: MessageKind, 
/**
 * Its text, or a line that names it, at most 200 characters.
 */
line: string, 
/**
 * How far an own message got.
 */
delivery: Delivery, };
export type Chat = { 
/**
 * Local id.
 */
id: ChatId, 
/**
 * The account it belongs to.
 */
account: AccountId, 
/**
 * The other end.
 */
peer: PeerId, 
/**
 * What the other end is.
 */
kind: ChatKind, 
/**
 * Name of the person or title of the group; at most 256 characters reach the window.
 */
title: string, 
/**
 * Public username without `@`.
 */
username: string | null, 
/**
 * Photo of the peer.
 */
photo: PhotoRef | null, 
/**
 * Place among Telegram's pinned dialogs of its folder, from 0.
 */
pinned: number | null, 
/**
 * In Telegram's archive.
 */
archived: boolean, 
/**
 * Muted until this Unix second; absent where not muted.
 */
muted_until: number | null, 
/**
 * Unread messages.
 */
unread: number, 
/**
 * Marked unread by hand.
 */
unread_mark: boolean, 
/**
 * Unread mentions of this account.
 */
mentions: number, 
/**
 * Last message the account has read.
 */
read_in: MessageId, 
/**
 * Last message of the account that the other end has read.
 */
read_out: MessageId, 
/**
 * Newest message.
 */
last: LastMessage | null, 
/**
 * Unsent text.
 */
draft: Draft | null, 
/**
 * Whether the account may write here, as far as is known.
 */
can_write: boolean, 
/**
 * For a basic group that became a supergroup: the chat that goes on in its place.
 */
moved_to: ChatId | null, 
/**
 * What the operator marked it with.
 */
marks: ChatMarks, };
export type ChatMarks = { 
/**
 * Tags of the chat and its person, in the operator's order of tags.
 */
tags: Array<TagId>, 
/**
 * Its status.
 */
status: StatusId | null, 
/**
 * When it was pinned here.
 */
pinned_ms: number | null, 
/**
 * Out of sight until then.
 */
snoozed_until_ms: number | null, 
/**
 * Since when the operator owes an answer: Unix seconds of the first message after the last
 * one of their own. Absent where the status says that nothing is left to do.
 */
waiting_since: number | null, 
/**
 * Notes on the chat and its person.
 */
notes: number, 
/**
 * When the next open task is due; absent where none has a day.
 */
next_due_ms: number | null, 
/**
 * Open tasks.
 */
tasks: number, };
export type Order = "activity" | "waiting" | "silent" | "due";
export type FieldTest = { "is": "set" } | { "is": "equal", "to": string } | { "is": "contains", "to": string } | { "is": "at_least", "to": string } | { "is": "at_most", "to": string };
export type Side = "me" | "them";
export type MediaKind = "photo" | "video" | "voice" | "audio" | "file";
export type Filter = { "has": "every", "of": Array<Filter> } | { "has": "any", "of": Array<Filter> } | { "has": "not", "of": Filter } | { "has": "peers", "of": Array<PeerId> } | { "has": "account", "of": AccountId } | { "has": "kind", "of": ChatKind } | { "has": "people" } | { "has": "contact" } | { "has": "groups" } | { "has": "tag", "of": TagId } | { "has": "tagged" } | { "has": "status", "of": StatusId | null } | { "has": "unread" } | { "has": "mentioned" } | { "has": "muted" } | { "has": "archived" } | { "has": "pinned" } | { "has": "snoozed" } | { "has": "draft" } | { "has": "waiting_on_me", "of": number } | { "has": "waiting_on_them", "of": number } | { "has": "quiet_days", "of": number } | { "has": "last_from", "of": Side } | { "has": "since", "of": number } | { "has": "before", "of": number } | { "has": "media", "of": MediaKind | null } | { "has": "noted" } | { "has": "tasks" } | { "has": "due" } | { "has": "field", "of": [FieldId, FieldTest] };
export type ChatFilter = { 
/**
 * Only this account's.
 */
account?: AccountId, 
/**
 * Only those with unread messages or an unread mark.
 */
unread: boolean, 
/**
 * Only archived ones, instead of only others.
 */
archived: boolean, 
/**
 * Only people and bots.
 */
people: boolean, 
/**
 * Only groups and channels.
 */
groups: boolean, 
/**
 * Only those that this lets through as well. Archived and snoozed chats are among them where
 * it speaks of them.
 */
filter?: Filter, 
/**
 * The order.
 */
order: Order, };
export type TagReach = "person" | "chat";
export type Tag = { 
/**
 * Local id; 0 for one that is to be made.
 */
id: TagId, 
/**
 * 1 to 48 characters, unique whatever their case.
 */
name: string, 
/**
 * Its colour.
 */
colour: string, 
/**
 * Chosen when it is made, fixed from then on.
 */
reach: TagReach, };
export type StatusKind = "open" | "waiting" | "closed";
export type ChatStatus = { 
/**
 * Local id; 0 for one that is to be made.
 */
id: StatusId, 
/**
 * For those that came with the program: `new`, `in_progress`, `waiting`, `done` or `lost`.
 * They are named in the window's language until they are renamed.
 */
builtin: string | null, 
/**
 * The operator's name for it, 1 to 48 characters; empty only for built-in ones.
 */
name: string, 
/**
 * Name of its icon.
 */
icon: string, 
/**
 * Its colour.
 */
colour: string, 
/**
 * What it means for the lists.
 */
kind: StatusKind, };
export type FieldKind = "text" | "number" | "date" | "choice" | "money";
export type Field = { 
/**
 * Local id; 0 for one that is to be made.
 */
id: FieldId, 
/**
 * For those that came with the program: `language`, `time_zone`, `source`, or `opted_out`: since
 * which day somebody wants no messages that go to many.
 */
builtin: string | null, 
/**
 * The operator's name for it, 1 to 48 characters; empty only for built-in ones.
 */
name: string, 
/**
 * What it holds; fixed once it is made.
 */
kind: FieldKind, 
/**
 * What may be chosen, for [`FieldKind::Choice`].
 */
options: Array<string>, 
/**
 * For days: raises a follow-up when the day comes.
 */
remind: boolean, 
/**
 * With `remind`: raises one in every year from then on, as for birthdays.
 */
yearly: boolean, };
export type FieldValue = { 
/**
 * Which field.
 */
field: FieldId, 
/**
 * The value as text, in the form of its [`FieldKind`].
 */
value: string, 
/**
 * Whether it is a guess of the program, from a phone number or messages.
 */
guessed: boolean, };
export type View = { 
/**
 * Local id; 0 for one that is to be made.
 */
id: ViewId, 
/**
 * 1 to 48 characters.
 */
name: string, 
/**
 * Name of its icon.
 */
icon: string, 
/**
 * What it lets through.
 */
filter: Filter, 
/**
 * In which order.
 */
order: Order, };
export type Folder = { 
/**
 * The account whose folder it is.
 */
account: AccountId, 
/**
 * Telegram's number of it, unique within the account.
 */
id: number, 
/**
 * Its title.
 */
title: string, 
/**
 * What it takes in.
 */
filter: Filter, };
export type Rules = { 
/**
 * A new message of theirs gives a chat whose status is closed this status instead.
 */
reopen: StatusId | null, 
/**
 * An answer of ours gives a chat with the status that comes first this status instead.
 */
answered: StatusId | null, 
/**
 * Somebody who has not written for so many days, 1 to 3650, waits for no answer any more; without
 * it they wait for ever.
 */
let_go_days: number | null, };
export type GoneQuiet = { 
/**
 * After so many days without a message, 1 to 3650.
 */
days: number, 
/**
 * Among whom; everybody where nothing is said.
 */
whom: Filter | null, };
export type Catalog = { 
/**
 * Tags.
 */
tags: Array<Tag>, 
/**
 * Statuses.
 */
statuses: Array<ChatStatus>, 
/**
 * Fields.
 */
fields: Array<Field>, 
/**
 * Views.
 */
views: Array<View>, 
/**
 * Rules.
 */
rules: Rules, 
/**
 * Which people have gone quiet, where the operator said it.
 */
quiet: GoneQuiet | null, };
export type Targets = { "in": "chats", "of": Array<ChatId> } | { "in": "list", "of": ChatFilter };
export type Snooze = { 
/**
 * Until then.
 */
until_ms: number, 
/**
 * Whether a message of theirs ends it earlier.
 */
unless_reply: boolean, };
export type ChatChange = { "do": "tag", "to": TagId } | { "do": "untag", "to": TagId } | { "do": "status", "to": StatusId | null } | { "do": "pin", "to": boolean } | { "do": "snooze", "to": Snooze | null };
export type ChangeProgress = { 
/**
 * What is done to them; absent where a change is taken back.
 */
change: ChatChange | null, 
/**
 * How many of them it is done to so far.
 */
done: number, 
/**
 * How many there are; 0 until that is known.
 */
of: number, };
export type TelegramChange = { "do": "read", "to": boolean } | { "do": "archive", "to": boolean };
export type TellingProgress = { 
/**
 * What is done to them.
 */
change: TelegramChange, 
/**
 * How many of them it is done to so far.
 */
done: number, 
/**
 * How many there are; 0 until that is known.
 */
of: number, };
export type AccountLeft = { 
/**
 * Whose.
 */
account: AccountId, 
/**
 * How many.
 */
chats: number, 
/**
 * Why.
 */
why: Code, 
/**
 * For waits: until when.
 */
until_ms: number | null, };
export type Told = { 
/**
 * The chats that are different now, there and here.
 */
chats: Array<ChatId>, 
/**
 * How many were to be: those that were not so before.
 */
of: number, 
/**
 * Whether it was stopped on request.
 */
stopped: boolean, 
/**
 * Accounts that were refused or are to wait.
 */
left: Array<AccountLeft>, };
export type Done = { 
/**
 * Names it, to take it back. Absent where nothing was to be changed.
 */
deed: DeedId | null, 
/**
 * How many chats, notes or other things are different now.
 */
changed: number, };
export type Saved = { 
/**
 * Its local id.
 */
id: number, 
/**
 * What was done.
 */
done: Done, };
export type ListCount = { 
/**
 * Chats in it.
 */
chats: number, 
/**
 * Those of them with something unread.
 */
unread: number, };
export type Actor = "operator" | "rule" | "import";
export type DeedKind = "tagged" | "untagged" | "status_set" | "status_taken" | "pinned" | "unpinned" | "snoozed" | "unsnoozed" | "snooze_over" | "note_written" | "note_edited" | "note_deleted" | "task_made" | "task_changed" | "task_done" | "task_reopened" | "task_deleted" | "field_set" | "field_cleared" | "tag_saved" | "tag_deleted" | "tags_merged" | "tags_ordered" | "status_saved" | "status_deleted" | "statuses_ordered" | "field_saved" | "field_deleted" | "fields_ordered" | "view_saved" | "view_deleted" | "views_ordered" | "template_saved" | "template_deleted" | "templates_ordered" | "templates_moved" | "templates_imported" | "rules_set" | "imported" | "group_moved";
export type Deed = { 
/**
 * Local id.
 */
id: DeedId, 
/**
 * When.
 */
at_ms: number, 
/**
 * Who.
 */
actor: Actor, 
/**
 * What.
 */
kind: DeedKind, 
/**
 * What it was done with: the name of the tag, the status, the field, as it was then.
 */
what: string | null, 
/**
 * How many chats or things it changed.
 */
changed: number, 
/**
 * When it was taken back.
 */
undone_ms: number | null, 
/**
 * Whether it can still be taken back.
 */
can_undo: boolean, 
/**
 * Which of the chats that were asked about it changed; none where no chat was named.
 */
chats: Array<ChatId>, };
export type Subject = { "of": "person", "id": PeerId } | { "of": "chat", "id": ChatId };
export type Note = { 
/**
 * Local id.
 */
id: NoteId, 
/**
 * What it is about.
 */
subject: Subject, 
/**
 * Its text.
 */
text: string, 
/**
 * Whether it stands on top.
 */
pinned: boolean, 
/**
 * When it was written.
 */
created_ms: number, 
/**
 * When it was last changed.
 */
edited_ms: number | null, };
export type NewNote = { 
/**
 * The note to change; absent for a new one.
 */
id: NoteId | null, 
/**
 * The chat it is written in: it is about the chat's person, or about the group.
 */
chat: ChatId, 
/**
 * 1 to 10,000 characters.
 */
text: string, 
/**
 * Whether it stands on top.
 */
pinned: boolean, };
export type TaskKind = "follow_up" | "i_owe" | "they_owe";
export type Task = { 
/**
 * Local id.
 */
id: TaskId, 
/**
 * The chat it belongs to.
 */
chat: ChatId, 
/**
 * What it is.
 */
kind: TaskKind, 
/**
 * What it is about; may be empty for a follow-up.
 */
text: string, 
/**
 * The message it was made from.
 */
message: MessageId | null, 
/**
 * When it is due.
 */
due_ms: number | null, 
/**
 * When it was made.
 */
created_ms: number, 
/**
 * When it was done.
 */
done_ms: number | null, };
export type NewTask = { 
/**
 * The task to change; absent for a new one.
 */
id: TaskId | null, 
/**
 * The chat it belongs to.
 */
chat: ChatId, 
/**
 * What it is.
 */
kind: TaskKind, 
/**
 * At most 2,000 characters; a promise says something.
 */
text: string, 
/**
 * The message it is made from.
 */
message: MessageId | null, 
/**
 * When it is due.
 */
due_ms: number | null, };
export type Card = { 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * What notes and fields written here are about.
 */
subject: Subject, 
/**
 * Notes: pinned ones first, then the newest.
 */
notes: Array<Note>, 
/**
 * Tasks: open ones by their day, then those done, newest first.
 */
tasks: Array<Task>, 
/**
 * Fields that have a value.
 */
values: Array<FieldValue>, };
export type ImportPart = "tags" | "statuses" | "fields" | "views" | "templates" | "rules" | "settings" | "window" | "accounts" | "people" | "chats" | "notes" | "tasks";
export type ImportCount = { 
/**
 * The part.
 */
part: ImportPart, 
/**
 * What is not here yet.
 */
added: number, 
/**
 * What is here and becomes something else.
 */
changed: number, 
/**
 * What is here already, the same.
 */
same: number, 
/**
 * What has no place here: chats that no account of this workspace has, views of accounts that
 * are not here, values that are not of their field's kind, statuses of a table that there are
 * not.
 */
left_out: number, 
/**
 * Some of the names that are added, changed or left out.
 */
names: Array<string>, };
export type WindowSettings = { [name in string]: unknown };
export type Imported = { 
/**
 * Part by part; parts of which there is nothing are left out.
 */
parts: Array<ImportCount>, 
/**
 * By which it is taken back; without a deed where it was only looked at, or nothing changed.
 */
done: Done, 
/**
 * Settings of the window that the file holds, by their names: the window takes them over
 * itself.
 */
window: WindowSettings, };
export type WindowChange = { 
/**
 * As they were.
 */
before: WindowSettings, 
/**
 * As the file has them.
 */
after: WindowSettings, };
export type Undone = { 
/**
 * How many chats, notes or other things are as they were.
 */
changed: number, 
/**
 * What it had made different of the window's settings: the window goes back itself, where they
 * still are as the change made them.
 */
window: WindowChange, };
export type PeopleColumn = { "is": "ignored" } | { "is": "telegram_id" } | { "is": "username" } | { "is": "phone" } | { "is": "name" } | { "is": "tags" } | { "is": "status" } | { "is": "note" } | { "is": "field", "field": FieldId };
export type TableColumn = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its first cells that say something.
 */
samples: Array<string>, 
/**
 * What it says, to judge by its name.
 */
guess: PeopleColumn, };
export type PeopleTable = { 
/**
 * Its columns.
 */
columns: Array<TableColumn>, 
/**
 * How many rows it has.
 */
rows: number, };
export type RowProblem = "unknown" | "ambiguous" | "nameless";
export type RowLeft = { 
/**
 * Where it stands in the file, counted as a person would.
 */
number: number, 
/**
 * What it calls the person.
 */
name: string, 
/**
 * Why.
 */
problem: RowProblem, };
export type PeopleImported = { 
/**
 * Rows whose person was found.
 */
matched: number, 
/**
 * The others: the first 500 of them.
 */
left: Array<RowLeft>, 
/**
 * How many others there are.
 */
left_rows: number, 
/**
 * What became of tags, fields and notes.
 */
imported: Imported, };
export type PeopleSort = { "by": "last_contact" } | { "by": "name" } | { "by": "waiting" } | { "by": "status" } | { "by": "tags" } | { "by": "due" } | { "by": "field", "field": FieldId };
export type PersonRow = { 
/**
 * The chat with them in which something happened last.
 */
chat: Chat, 
/**
 * Fields that have a value.
 */
values: Array<FieldValue>, 
/**
 * Every listed chat with them, over all accounts; `chat` is one of them.
 */
chats: Array<ChatId>, };
export type TimelineMark = { 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * Its oldest message that was read already.
 */
before: MessageId, };
export type TimelinePage = { 
/**
 * Newest first.
 */
messages: Array<Message>, 
/**
 * Where to go on; empty where nothing older is stored.
 */
older: Array<TimelineMark>, };
export type TableWords = { [key in string]: string };
export type NoteHit = { 
/**
 * The note.
 */
note: Note, 
/**
 * The most active chat that it is about; absent where that was removed.
 */
chat: ChatId | null, 
/**
 * What matched, in the note's text.
 */
spans: Array<Span>, };
export type TaskHit = { 
/**
 * The follow-up or promise.
 */
task: Task, 
/**
 * What matched, in its text.
 */
spans: Array<Span>, };
export type WaitingReason = "overdue" | "mentioned" | "unanswered";
export type WaitingChat = { 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * Since when, Unix seconds.
 */
since: number, 
/**
 * How long within the account's working hours, in minutes.
 */
working_minutes: number, 
/**
 * Why it stands here.
 */
reason: WaitingReason, };
export type MessageKind = "text" | "photo" | "video" | "video_note" | "voice" | "audio" | "animation" | "sticker" | "document" | "contact" | "location" | "poll" | "dice" | "game" | "invoice" | "story" | "vanishing" | "service" | "unsupported";
export type EntityKind = "bold" | "italic" | "underline" | "strike" | "spoiler" | "code" | "pre" | "quote" | "link" | "text_link" | "email" | "phone" | "mention" | "mention_name" | "hashtag" | "cashtag" | "bot_command" | "custom_emoji" | "bank_card";
export type Entity = { 
/**
 * What it means.
 */
kind: EntityKind, 
/**
 * First UTF-16 code unit.
 */
offset: number, 
/**
 * Number of UTF-16 code units.
 */
length: number, 
/**
 * Target of a [`EntityKind::TextLink`], user id of a [`EntityKind::MentionName`], language
 * of a [`EntityKind::Pre`].
 */
value?: string, };
export type RichText = { 
/**
 * The text as it is shown.
 */
text: string, 
/**
 * Its marked stretches, by their place.
 */
entities: Array<Entity>, };
export type TemplateVersion = { 
/**
 * Its language, as a tag in lower case: `en`, `pt-br`.
 */
language: string, 
/**
 * 1 to 4,096 characters in the notation of this module.
 */
body: string, };
export type Template = { 
/**
 * Local id; 0 for one that is to be made.
 */
id: TemplateId, 
/**
 * 1 to 80 characters, unique whatever their case.
 */
name: string, 
/**
 * What it is listed under, at most 48 characters; empty for none.
 */
category: string, 
/**
 * At least one, each language once.
 */
versions: Array<TemplateVersion>, 
/**
 * How often it was put into a message; what is given when it is saved is not read.
 */
used: number, 
/**
 * When it was last.
 */
used_ms: number | null, };
export type StarterTemplate = { 
/**
 * Names it among those that come with the program.
 */
key: string, 
/**
 * Its name in the language that was asked for.
 */
name: string, 
/**
 * Its category in that language.
 */
category: string, 
/**
 * All of its languages.
 */
versions: Array<TemplateVersion>, };
export type TemplateVariable = { 
/**
 * How it is written between braces.
 */
key: string, 
/**
 * The operator's name of the field that it stands for; absent for what is always there.
 */
field: string | null, };
export type TemplateFault = "unknown_variable" | "unclosed";
export type TemplateError = { 
/**
 * What.
 */
fault: TemplateFault, 
/**
 * The variable's name as it is written.
 */
name: string, 
/**
 * The variable whose name is most like it.
 */
meant: string | null, 
/**
 * First UTF-16 code unit of it in the text as it is written.
 */
offset: number, 
/**
 * Number of UTF-16 code units.
 */
length: number, };
export type Blank = { 
/**
 * The variable.
 */
name: string, 
/**
 * First UTF-16 code unit in the text as it is shown.
 */
offset: number, 
/**
 * Number of UTF-16 code units.
 */
length: number, };
export type Rendered = { 
/**
 * The language that was chosen.
 */
language: string, 
/**
 * The text.
 */
text: string, 
/**
 * Its marked stretches.
 */
entities: Array<Entity>, 
/**
 * Variables without a value and without a fallback.
 */
gaps: Array<Blank>, 
/**
 * What is wrong with the template. A variable that is unknown stands there as it is written.
 */
errors: Array<TemplateError>, };
export type TemplateFormat = "json" | "csv";
export type ImportRefusal = { "why": "name" } | { "why": "category" } | { "why": "text", "what": string } | { "why": "language", "what": string } | { "why": "variable", "what": string };
export type ImportOutcome = { "is": "new" } | { "is": "changed" } | { "is": "same" } | { "is": "refused", "because": ImportRefusal };
export type ImportLine = { 
/**
 * Its name in the file.
 */
name: string, 
/**
 * Its languages in the file.
 */
languages: Array<string>, 
/**
 * What becomes of it.
 */
outcome: ImportOutcome, };
export type ImportReport = { 
/**
 * Every template of the file.
 */
lines: Array<ImportLine>, 
/**
 * What was done; nothing for a dry run.
 */
done: Done, };
export type Delivery = "received" | "sending" | "sent" | "read" | "failed";
export type Quote = { 
/**
 * The quoted message.
 */
id: MessageId, 
/**
 * Who wrote it, where it is stored here.
 */
sender_name: string | null, 
/**
 * Its text or name, shortened; absent where the message is not stored here.
 */
line: string | null, };
export type Media = { 
/**
 * File name, where the sender gave one.
 */
file_name: string | null, 
/**
 * MIME type.
 */
mime: string | null, 
/**
 * Size in bytes.
 */
size: number | null, 
/**
 * Pixels.
 */
width: number | null, 
/**
 * Pixels.
 */
height: number | null, 
/**
 * Seconds.
 */
duration: number | null, };
export type Message = { 
/**
 * Local id; sorts by date.
 */
row: RowId, 
/**
 * The chat it stands in.
 */
chat: ChatId, 
/**
 * The account that has it.
 */
account: AccountId, 
/**
 * Telegram's id.
 */
id: MessageId, 
/**
 * Who sent it; absent for posts of a channel.
 */
sender: PeerId | null, 
/**
 * The sender's name, where known.
 */
sender_name: string | null, 
/**
 * Whether this account sent it.
 */
out: boolean, 
/**
 * Unix seconds.
 */
date: number, 
/**
 * Unix seconds of the last visible edit.
 */
edit_date: number | null, 
/**
 * What it is.
 */
kind: MessageKind, 
/**
 * Text or caption.
 */
text: string, 
/**
 * For anything but text: a line that names it, such as "Voice message 0:12".
 */
line: string | null, 
/**
 * Marked stretches of `text`.
 */
entities: Array<Entity>, 
/**
 * The message it answers.
 */
reply: Quote | null, 
/**
 * Who wrote it first, for a forward.
 */
forwarded_from: string | null, 
/**
 * Telegram's id of the album it belongs to, as decimal text.
 */
album: string | null, 
/**
 * Its file.
 */
media: Media | null, 
/**
 * How far it got.
 */
delivery: Delivery, };
export type Anchor = { "at": "latest" } | { "at": "before", "row": RowId } | { "at": "after", "row": RowId } | { "at": "around", "row": RowId } | { "at": "unread" };
export type HistoryPage = { 
/**
 * The messages, oldest first.
 */
messages: Array<Message>, 
/**
 * Whether older ones are stored.
 */
has_older: boolean, 
/**
 * Whether newer ones are stored.
 */
has_newer: boolean, 
/**
 * Messages on their way out or failed; only with the newest page.
 */
outgoing: Array<Outgoing>, 
/**
 * First unread message of the chat, where one is stored.
 */
first_unread: RowId | null, };
export type OutgoingState = { "state": "held", 
/**
 * Why, where it was not the operator's own wish.
 */
code: Code | null, } | { "state": "queued" } | { "state": "sending" } | { "state": "sent", 
/**
 * Its id there.
 */
message: MessageId, } | { "state": "retry_at", 
/**
 * When.
 */
at_ms: number, 
/**
 * Why it was put off.
 */
code: Code, } | { "state": "ambiguous", 
/**
 * Next repeat.
 */
at_ms: number, 
/**
 * First unclear end.
 */
since_ms: number, } | { "state": "failed", 
/**
 * Why.
 */
code: Code, } | { "state": "skipped", 
/**
 * Why.
 */
code: Code, };
export type Outgoing = { 
/**
 * Local id.
 */
id: OutgoingId, 
/**
 * The account that sends.
 */
account: AccountId, 
/**
 * The chat it goes to.
 */
chat: ChatId, 
/**
 * Its text.
 */
text: string, 
/**
 * Marked stretches of the text.
 */
entities: Array<Entity>, 
/**
 * The message it answers.
 */
reply_to: MessageId | null, 
/**
 * When the operator sent it.
 */
created_ms: number, 
/**
 * How far it got.
 */
state: OutgoingState, };
export type Scope = { "in": "everywhere" } | { "in": "account", "id": AccountId } | { "in": "chat", "id": ChatId };
export type Span = { 
/**
 * First code unit.
 */
offset: number, 
/**
 * Number of code units.
 */
length: number, };
export type Hit = { 
/**
 * The message, whole.
 */
message: Message, 
/**
 * Title of its chat.
 */
chat_title: string, 
/**
 * What matched, in `message.text`.
 */
spans: Array<Span>, };
export type SearchPage = { 
/**
 * Chats whose name or username matches; only on the first page and not within one chat.
 */
chats: Array<Chat>, 
/**
 * Messages, newest first.
 */
hits: Array<Hit>, 
/**
 * Where the next page starts; absent at the end.
 */
next: RowId | null, };
export type SearchFilter = { "has": "every", "of": Array<SearchFilter> } | { "has": "any", "of": Array<SearchFilter> } | { "has": "not", "of": SearchFilter } | { "has": "chat", "of": Filter } | { "has": "out" } | { "has": "from", "of": string } | { "has": "kind", "of": MessageKind } | { "has": "link" } | { "has": "since", "of": number } | { "has": "before", "of": number };
export type SharedChat = { 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * The account that has it.
 */
account: AccountId, 
/**
 * Its title.
 */
title: string, 
/**
 * Its newest message, Unix seconds.
 */
last_date: number | null, 
/**
 * Unread messages in it.
 */
unread: number, };
export type Contact = { 
/**
 * The peer; the same for every account that meets a person.
 */
peer: PeerId, 
/**
 * What it is.
 */
kind: ChatKind, 
/**
 * Name or title.
 */
name: string, 
/**
 * Public username without `@`.
 */
username: string | null, 
/**
 * Phone number with `+`, where this account may see it.
 */
phone: string | null, 
/**
 * Bio or description.
 */
about: string | null, 
/**
 * Photo.
 */
photo: PhotoRef | null, 
/**
 * Members, for groups.
 */
members: number | null, 
/**
 * Messages stored in this chat.
 */
messages: number, 
/**
 * Oldest stored message of this chat, Unix seconds.
 */
first_date: number | null, 
/**
 * The same person's chats with the operator's other accounts.
 */
elsewhere: Array<SharedChat>, };
export type SyncStage = "waiting" | "dialogs" | "recent" | "history" | "partial" | "complete";
export type SyncProgress = { 
/**
 * The account.
 */
account: AccountId, 
/**
 * What it is at.
 */
stage: SyncStage, 
/**
 * Chats whose history is complete.
 */
chats_done: number, 
/**
 * Chats in all.
 */
chats: number, 
/**
 * Messages stored for this account.
 */
messages: number, 
/**
 * Waits for Telegram's leave until then.
 */
waiting_until_ms: number | null, 
/**
 * The operator holds up the fetching of older history.
 */
paused: boolean, 
/**
 * Chats whose history is refused for a reason that this version does not know. They are
 * asked for again, ever more rarely.
 */
refused: number, 
/**
 * Chats that turned out, in this run, to be closed to the account: private, forbidden or
 * deleted. What is stored of them stays.
 */
closed: number, };
export type Gap = { 
/**
 * The last stored message before it, Unix seconds; absent where it reaches to the beginning.
 */
from: number | null, 
/**
 * The first stored message after it, Unix seconds; absent where it reaches to the newest.
 */
to: number | null, };
export type Coverage = { 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * Messages stored.
 */
messages: number, 
/**
 * What is missing, newest first; empty where all is here.
 */
gaps: Array<Gap>, 
/**
 * The operator asked for all of it: it goes before other chats.
 */
asked: boolean, 
/**
 * The operator holds up what was asked for. Nothing older of this chat is fetched meanwhile.
 */
held_up: boolean, 
/**
 * The operator holds up the fetching of older history for the chat's account.
 */
paused: boolean, };
export type HealthEvent = { "event": "state", 
/**
 * Which.
 */
to: AccountState, 
/**
 * What led to it, where it was trouble.
 */
code: Code | null, } | { "event": "flood_wait", 
/**
 * The method, such as `messages.getHistory`.
 */
method: string, 
/**
 * For how long.
 */
seconds: number, } | { "event": "reconciled", 
/**
 * Chats in which something was mended.
 */
mended: number, };
export type HealthEntry = { 
/**
 * When.
 */
at_ms: number, } & ({ "event": "state", 
/**
 * Which.
 */
to: AccountState, 
/**
 * What led to it, where it was trouble.
 */
code: Code | null, } | { "event": "flood_wait", 
/**
 * The method, such as `messages.getHistory`.
 */
method: string, 
/**
 * For how long.
 */
seconds: number, } | { "event": "reconciled", 
/**
 * Chats in which something was mended.
 */
mended: number, });
export type MethodWait = { 
/**
 * The method that must not be called.
 */
method: string, 
/**
 * Until when.
 */
until_ms: number, };
export type AccountHealth = { 
/**
 * The account.
 */
account: AccountId, 
/**
 * What it is doing.
 */
state: AccountState, 
/**
 * Since when.
 */
since_ms: number, 
/**
 * What led to the state, where it was trouble.
 */
why: Code | null, 
/**
 * When the server last sent something new, in this run of the program.
 */
last_update_ms: number | null, 
/**
 * When the server last answered a check, in this run of the program.
 */
checked_ms: number | null, 
/**
 * How long that answer took.
 */
round_trip_ms: number | null, 
/**
 * Waits that are not over.
 */
waits: Array<MethodWait>, 
/**
 * When store and server were last compared.
 */
reconciled_ms: number | null, 
/**
 * The last 30 days, newest first; the oldest entry may be the state at their beginning.
 */
timeline: Array<HealthEntry>, };
export type PaceChoice = "usual" | "careful";
export type WorkingHours = { 
/**
 * Days, 1 for Monday to 7 for Sunday (ISO 8601).
 */
days: Array<number>, 
/**
 * First minute of the day, 0..=1439.
 */
from: number, 
/**
 * Minute of the day at which work ends, 1..=1440; later than `from`.
 */
to: number, };
export type AccountSettings = { 
/**
 * A name of the operator's own for it, at most 64 characters; shown instead of Telegram's.
 */
label: string | null, 
/**
 * Index among the named colours, 0..=11.
 */
colour: number, 
/**
 * When it works; absent for always.
 */
hours: WorkingHours | null, 
/**
 * How hurried it may be.
 */
pace: PaceChoice, 
/**
 * Whether its new messages raise notifications.
 */
notify: boolean, 
/**
 * Language of what is sent from it to whoever's own is not known, as a BCP 47 tag; absent for
 * the window's own.
 */
language: string | null, 
/**
 * Nothing is ever sent from it without the operator's hand.
 */
no_automatic: boolean, };
export type CodeWay = "app" | "sms" | "call" | "missed_call" | "email" | "fragment" | "other";
export type QrPicture = { 
/**
 * Width and height in units of the path, without the ground around it.
 */
size: number, 
/**
 * The dark squares, each one unit wide.
 */
path: string, };
export type LoginStep = { "step": "code", 
/**
 * Where to look for it.
 */
way: CodeWay, 
/**
 * Its number of characters, where told.
 */
length: number | null, 
/**
 * How it would be sent next, where it can be sent again.
 */
next: CodeWay | null, 
/**
 * From when on it can be sent again.
 */
resend_at_ms: number | null, } | { "step": "qr", 
/**
 * What the QR code says.
 */
url: string, 
/**
 * The picture of it.
 */
picture: QrPicture, 
/**
 * Until when it is good; another one comes before that, with an event.
 */
expires_at_ms: number, } | { "step": "password", 
/**
 * The hint its owner left.
 */
hint: string | null, } | { "step": "sign_up_needed" } | { "step": "failed", 
/**
 * Why.
 */
code: Code, } | { "step": "done", 
/**
 * The account.
 */
account: AccountId, };
export type Login = { 
/**
 * Names it in later calls.
 */
id: LoginId, 
/**
 * The phone number it is for, with `+`; absent where a QR code is shown instead.
 */
phone: string | null, 
/**
 * The account that logs in again; absent for a new one.
 */
account: AccountId | null, 
/**
 * How it reaches its servers.
 */
connection: Connection, 
/**
 * When it was started.
 */
started_ms: number, 
/**
 * What it waits for.
 */
step: LoginStep, };
export type AccountSession = { 
/**
 * Names it when it is ended; a decimal number, too long for a window's numbers.
 */
hash: string, 
/**
 * Whether it is the one that Switchboard itself uses; "remove account" ends that.
 */
current: boolean, 
/**
 * Whether an official app uses it.
 */
official: boolean, 
/**
 * Whether it still waits for the two-step verification password.
 */
password_pending: boolean, 
/**
 * Whether its owner did not confirm the login yet.
 */
unconfirmed: boolean, 
/**
 * Name of the app and its version.
 */
app: string, 
/**
 * Device model.
 */
device: string, 
/**
 * Operating system and its version.
 */
system: string, 
/**
 * Address that it was used from last.
 */
ip: string, 
/**
 * Country and region of that address, where told.
 */
place: string, 
/**
 * When it was signed in, in Unix milliseconds.
 */
created_ms: number, 
/**
 * When it was used last, in Unix milliseconds.
 */
active_ms: number, };
export type SlotKind = "keyring" | "passphrase" | "recovery";
export type KeySlots = { 
/**
 * Each way there is, in the order in which they were added; never empty.
 */
slots: Array<SlotKind>, 
/**
 * The way by which it was opened this time.
 */
opened_by: SlotKind, 
/**
 * Whether a system keyring answers on this computer.
 */
keyring_answers: boolean, 
/**
 * Whether a recovery code was shown that does not count until it is confirmed.
 */
recovery_unconfirmed: boolean, };
export type RecoveryShown = { 
/**
 * The code: nine groups of four characters with dashes between them.
 */
code: string, 
/**
 * The groups to be typed before it counts, counted from 1, in order.
 */
groups: Array<number>, };
export type BackupSettings = { 
/**
 * Whether they are made by themselves.
 */
automatic: boolean, 
/**
 * One or two folders, as absolute paths; none means `backups` in the workspace's folder.
 */
folders: Array<string>, 
/**
 * Hours from one to the next, 1 to 168.
 */
every_hours: number, 
/**
 * Minute of the day at which they are made, 0..=1439, in the time zone of this machine; absent
 * for as soon as the hours have passed. It holds where those are whole days.
 */
at: number | null, };
export type BackupOutcome = { 
/**
 * When.
 */
ended_ms: number, 
/**
 * Why it failed, in one folder at least; absent where all is well.
 */
code: Code | null, 
/**
 * The folder that it failed in, where it failed for what the folder is or lacks.
 */
folder: string | null, 
/**
 * The files that were written and proven.
 */
files: Array<string>, 
/**
 * Bytes of one of them.
 */
size: number, };
export type BackupStatus = { 
/**
 * What the operator wants.
 */
settings: BackupSettings, 
/**
 * The folders they go to.
 */
folders: Array<string>, 
/**
 * How far the one under way is, in per cent.
 */
running: number | null, 
/**
 * How the last one ended.
 */
last: BackupOutcome | null, 
/**
 * When the last good one was made.
 */
last_good_ms: number | null, 
/**
 * When the next one is due; absent where none are made by themselves.
 */
next_ms: number | null, 
/**
 * Whether one made now opens on another computer: a passphrase or a recovery code is there.
 */
opens_elsewhere: boolean, };
export type BackupFile = { 
/**
 * Its path.
 */
path: string, 
/**
 * When it was made.
 */
made_ms: number, 
/**
 * Its bytes.
 */
size: number, };
export type BackupInfo = { 
/**
 * When it was made.
 */
made_ms: number, 
/**
 * Version of the program that made it.
 */
program: string, 
/**
 * Version of its database.
 */
schema: number, 
/**
 * The ways in on the day when it was made.
 */
slots: Array<SlotKind>, 
/**
 * Whether it opens on another computer.
 */
opens_elsewhere: boolean, 
/**
 * Accounts in it.
 */
accounts: number, 
/**
 * Messages in it.
 */
messages: number, };
export type Restored = { 
/**
 * What was restored.
 */
backup: BackupInfo, 
/**
 * Unsent messages that wait for the operator.
 */
held: number, 
/**
 * Accounts that have to log in again.
 */
logged_out: number, 
/**
 * Where the former files are kept, where there were any.
 */
kept_aside: string | null, };
export type DiskRoom = "enough" | "little" | "hardly";
export type Disk = { 
/**
 * Free bytes, for this user.
 */
free: number, 
/**
 * What that means.
 */
room: DiskRoom, };
export type Damage = { 
/**
 * Path of the copy that was kept; absent where there was no room for one.
 */
copy: string | null, };
export type Proxy = { 
/**
 * Name or address of its host.
 */
host: string, 
/**
 * Its port.
 */
port: number, 
/**
 * User name, where it wants one.
 */
user: string | null, };
export type WayOut = { "way": "shared" } | { "way": "direct" } | { "way": "socks5", 
/**
 * Which.
 */
proxy: Proxy, };
export type AccountWayOut = { 
/**
 * The account.
 */
account: AccountId, 
/**
 * Its way out.
 */
way: WayOut, };
export type Proxies = { 
/**
 * The proxy of all accounts that have no way of their own, and of new logins.
 */
shared: Proxy | null, 
/**
 * Accounts with a way of their own.
 */
own: Array<AccountWayOut>, };
export type ProxyCheck = { 
/**
 * Address of the data centre that was reached by it; of several, the slowest.
 */
data_centre: string, 
/**
 * Milliseconds until the connection stood.
 */
round_trip_ms: number, };
export type LockSettings = { 
/**
 * Minutes without a key or a movement in the window after which it locks; 0 for never, at
 * most 1440.
 */
idle_minutes: number, 
/**
 * Whether it locks when the computer goes to sleep.
 */
on_sleep: boolean, 
/**
 * Whether it then locks fully: accounts disconnect and no key stays in memory. Otherwise only
 * the screen is locked, and the accounts go on.
 */
full: boolean, };
export type QuietHours = { 
/**
 * First quiet minute of the day, 0..=1439.
 */
from: number, 
/**
 * First minute of the day that is not quiet any more, 0..=1439; other than `from`.
 */
to: number, };
export type NotificationSettings = { 
/**
 * Whether new messages raise any. Accounts that need their owner, and backups that failed,
 * are told of either way.
 */
messages: boolean, 
/**
 * Whether they show who wrote, and what.
 */
preview: boolean, 
/**
 * When no message raises one; absent for never.
 */
quiet: QuietHours | null, 
/**
 * Whether follow-ups and promises that are due, and chats whose snooze is over, raise any. The
 * operator chose their hour, so quiet hours do not hold them back.
 */
reminders: boolean, };
export type Change = "added" | "edited" | "deleted";
export type Event = { "type": "lost" } | { "type": "account", 
/**
 * Which.
 */
account: AccountId, } | { "type": "chats", 
/**
 * Their account.
 */
account: AccountId, 
/**
 * Which; empty for "many: read the list again".
 */
chats: Array<ChatId>, } | { "type": "messages", 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * What became of them.
 */
change: Change, 
/**
 * Which; empty for "many: read the chat again".
 */
rows: Array<RowId>, 
/**
 * Whether they came just now, rather than from older history.
 */
live: boolean, } | { "type": "outgoing", 
/**
 * Its chat.
 */
chat: ChatId, 
/**
 * Which.
 */
outgoing: OutgoingId, } | { "type": "typing", 
/**
 * Where.
 */
chat: ChatId, 
/**
 * Who.
 */
peer: PeerId, 
/**
 * Until when to show it.
 */
until_ms: number, } | { "type": "login", 
/**
 * Which.
 */
login: LoginId, } | { "type": "sync", 
/**
 * How far.
 */
progress: SyncProgress, } | { "type": "folders", 
/**
 * Whose.
 */
account: AccountId, } | { "type": "catalog" } | { "type": "card", 
/**
 * The chat.
 */
chat: ChatId | null, } | { "type": "changing", 
/**
 * How far it is; absent once it is over.
 */
progress: ChangeProgress | null, } | { "type": "telling", 
/**
 * Names it, to stop it.
 */
telling: TellingId, 
/**
 * How far it is; absent once it is over.
 */
progress: TellingProgress | null, } | { "type": "reminder", 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * The task; absent for a snooze.
 */
task: TaskId | null, } | { "type": "silences" } | { "type": "backup", 
/**
 * Why one just failed.
 */
failed: Code | null, } | { "type": "disk", 
/**
 * What there is now.
 */
room: DiskRoom, } | { "type": "damaged" } | { "type": "closing" };
export type Envelope = { 
/**
 * Grows by one from event to event within a process.
 */
seq: number, 
/**
 * When.
 */
at_ms: number, } & ({ "type": "lost" } | { "type": "account", 
/**
 * Which.
 */
account: AccountId, } | { "type": "chats", 
/**
 * Their account.
 */
account: AccountId, 
/**
 * Which; empty for "many: read the list again".
 */
chats: Array<ChatId>, } | { "type": "messages", 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * What became of them.
 */
change: Change, 
/**
 * Which; empty for "many: read the chat again".
 */
rows: Array<RowId>, 
/**
 * Whether they came just now, rather than from older history.
 */
live: boolean, } | { "type": "outgoing", 
/**
 * Its chat.
 */
chat: ChatId, 
/**
 * Which.
 */
outgoing: OutgoingId, } | { "type": "typing", 
/**
 * Where.
 */
chat: ChatId, 
/**
 * Who.
 */
peer: PeerId, 
/**
 * Until when to show it.
 */
until_ms: number, } | { "type": "login", 
/**
 * Which.
 */
login: LoginId, } | { "type": "sync", 
/**
 * How far.
 */
progress: SyncProgress, } | { "type": "folders", 
/**
 * Whose.
 */
account: AccountId, } | { "type": "catalog" } | { "type": "card", 
/**
 * The chat.
 */
chat: ChatId | null, } | { "type": "changing", 
/**
 * How far it is; absent once it is over.
 */
progress: ChangeProgress | null, } | { "type": "telling", 
/**
 * Names it, to stop it.
 */
telling: TellingId, 
/**
 * How far it is; absent once it is over.
 */
progress: TellingProgress | null, } | { "type": "reminder", 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * The task; absent for a snooze.
 */
task: TaskId | null, } | { "type": "silences" } | { "type": "backup", 
/**
 * Why one just failed.
 */
failed: Code | null, } | { "type": "disk", 
/**
 * What there is now.
 */
room: DiskRoom, } | { "type": "damaged" } | { "type": "closing" });
export type ApiError = { 
/**
 * What a caller acts on, and what the message catalogues word.
 */
code: Code, 
/**
 * Detail for the log and for "copy details"; never shown by itself, holds no secret.
 */
detail: string, 
/**
 * For waits: until when.
 */
until_ms: number | null, };
export type Via = { "via": "telegram", 
/**
 * `api_id`.
 */
api_id: number, 
/**
 * `api_hash`: 32 hexadecimal digits.
 */
api_hash: string, } | { "via": "kept" } | { "via": "profile", 
/**
 * The text of the profile file.
 */
profile: string, };
export type NewLogin = { 
/**
 * How it reaches Telegram.
 */
via: Via, 
/**
 * The phone number in international form.
 */
phone: string, 
/**
 * The account that logs in again; absent for a new one.
 */
account: AccountId | null, };
export type NewQrLogin = { 
/**
 * How it reaches Telegram.
 */
via: Via, 
/**
 * The account that logs in again; absent for a new one.
 */
account: AccountId | null, };
export type NewProxy = { 
/**
 * Which.
 */
proxy: Proxy, 
/**
 * Its password; absent where it wants none, and for the one that is kept for this very
 * proxy.
 */
password: string | null, };
export type Removal = "log_out" | "wipe";
export type HistoryRequest = { 
/**
 * The chat.
 */
chat: ChatId, 
/**
 * Where the page starts.
 */
anchor: Anchor, 
/**
 * Messages at most; 1 to 200, 50 is usual.
 */
limit: number, };
export type Status = { 
/**
 * Version of the program that holds the workspace.
 */
version: string, 
/**
 * Folder name of the workspace: `main` or `demo`.
 */
workspace: string, 
/**
 * Path of the workspace's folder.
 */
folder: string, 
/**
 * Whether it is the demo.
 */
demo: boolean, 
/**
 * The process that holds it.
 */
pid: number, 
/**
 * Whether a window holds it.
 */
window: boolean, 
/**
 * Unread messages of all accounts, without muted and archived chats.
 */
unread: number, };
export type Finding = { 
/**
 * What was checked: `keyring`, `folder`, `disk`, `backup`, `clock`, `network`,
 * `account`, `database`.
 */
check: string, 
/**
 * What it concerns, such as an account's name.
 */
subject: string | null, 
/**
 * Whether all is well.
 */
ok: boolean, 
/**
 * A plain sentence: what was found and what to do.
 */
sentence: string, };
export type RestoreRequest = { 
/**
 * Path of the backup.
 */
file: string, 
/**
 * The passphrase or recovery code of its day. Not needed where the workspace can be opened
 * by itself and had the same key then.
 */
secret: string | null, };
export type RekeyRequest = { 
/**
 * The passphrase or recovery code that opens the workspace now; the keyring does where
 * absent.
 */
secret: string | null, 
/**
 * The workspace's passphrase, where it was opened by another way. It stays the passphrase.
 */
passphrase: string | null, };
export type Rekeyed = { 
/**
 * Whether there was a recovery code, which counts no more: a new one should be made.
 */
recovery_gone: boolean, };
export type Needs = "passphrase" | "new_passphrase" | "keyring_unlock" | "confirm";
export type Stage = { "stage": "first_run" } | { "stage": "locked", 
/**
 * Folder name of the workspace.
 */
workspace: string, 
/**
 * What it needs.
 */
needs: Needs, } | { "stage": "broken", 
/**
 * Folder name of the workspace.
 */
workspace: string, 
/**
 * Why.
 */
error: ApiError, } | { "stage": "open", 
/**
 * Folder name of the workspace.
 */
workspace: string, 
/**
 * Whether it is the demo.
 */
demo: boolean, };
export type Theme = "system" | "light" | "dark";
export type Closing = "ask" | "tray" | "quit";
export type Place = { 
/**
 * Left edge; may be negative, on a screen to the left of the first.
 */
x: number, 
/**
 * Upper edge.
 */
y: number, 
/**
 * Width, of the window when it is not maximised.
 */
width: number, 
/**
 * Height, of the window when it is not maximised.
 */
height: number, 
/**
 * Whether it filled its screen.
 */
maximised: boolean, };
export type Density = "comfortable" | "compact";
export type Shortcut = { 
/**
 * The action's name in the window.
 */
action: string, 
/**
 * Its combinations; none where it is to have no key.
 */
keys: Array<string>, };
export type Remembered = { 
/**
 * The workspace and what is remembered of it: `main/hidden_views`.
 */
name: string, 
/**
 * What was chosen.
 */
items: Array<string>, };
export type Looks = { 
/**
 * Theme.
 */
theme: Theme, 
/**
 * `en`, `ru` or `uk`; absent for the system's language.
 */
language: string | null, 
/**
 * Width of the sidebar, the list and the panel, in CSS pixels; 0 where never set.
 */
splits: [number, number, number], 
/**
 * Whether the contact panel is folded away.
 */
panel_hidden: boolean, 
/**
 * Zoom of the page, in per cent; 0 where never set.
 */
zoom: number, 
/**
 * What becomes of the program when its window is closed.
 */
closing: Closing, 
/**
 * How much room the rows of lists take.
 */
density: Density, 
/**
 * Size of the text, in per cent; 0 where never set.
 */
text_size: number, 
/**
 * The first day of the week, from 1 for Monday to 7 for Sunday; 0 for the language's own.
 */
first_weekday: number, 
/**
 * Actions whose keys the operator changed.
 */
shortcuts: Array<Shortcut>, 
/**
 * Actions run last from the palette, the newest first.
 */
recent_actions: Array<string>, 
/**
 * Small choices of the page.
 */
remembered: Array<Remembered>, 
/**
 * The workspace that was open last. The shell's own knowledge, as all below.
 */
workspace: string | null, 
/**
 * Folder names of the workspaces that are locked, also after another start.
 */
locked_workspaces: Array<string>, 
/**
 * Where the window stood.
 */
place: Place | null, };
/** What of the looks goes into a file of settings. */
export type PortableLook = "theme" | "language" | "zoom" | "closing" | "density" | "text_size" | "first_weekday" | "shortcuts";

export interface Calls {
  /** What the workspace is and how it does. */
  status: { args: { }; answer: Status };
  /** Every account, in the operator's order. */
  accounts: { args: { }; answer: Array<Account> };
  /** Asks Telegram for a login code. */
  login_start: { args: { request: NewLogin; }; answer: Login };
  /** Shows a QR code that another device of the account is to read. An event tells when it */
  /** changes; `login` has it then. */
  login_qr_start: { args: { request: NewQrLogin; }; answer: Login };
  /** Logins that were begun and can be taken up again, the oldest first. */
  logins: { args: { }; answer: Array<Login> };
  /** A login, also for a while after it was over. */
  login: { args: { login: LoginId; }; answer: Login };
  /** Asks for the code once more, by the next way. */
  login_resend: { args: { login: LoginId; }; answer: Login };
  /** Hands over the code. */
  login_code: { args: { login: LoginId; code: string; }; answer: Login };
  /** Hands over the two-step verification password. */
  login_password: { args: { login: LoginId; password: string; }; answer: Login };
  /** Gives up a login. */
  login_cancel: { args: { login: LoginId; }; answer: null };
  /** `api_id` of the application at Telegram that was given before; its hash is not told. */
  application: { args: { }; answer: number | null };
  /** Keeps the application for logins to come, where it has the right form. */
  application_set: { args: { api_id: number; api_hash: string; }; answer: null };
  /** Forgets the application; accounts that are here keep theirs. */
  application_forget: { args: { }; answer: null };
  /** Adds every account that a connection profile carries signed in. `profile` is its text. */
  profile_add: { args: { profile: string; }; answer: Array<AccountId> };
  /** Removes an account: ends its session at the server, then here. Answers `not_reached`, and */
  /** changes nothing, where the server gave no answer. */
  account_remove: { args: { account: AccountId; removal: Removal; }; answer: null };
  /** Removes an account here only, after `account_remove` answered `not_reached`: its session */
  /** lives on at Telegram until it is ended from another device. */
  account_remove_here: { args: { account: AccountId; removal: Removal; }; answer: null };
  /** Looks now whether the server answers, and connects now instead of at the end of a wait for */
  /** the network. */
  account_retry: { args: { account: AccountId; }; answer: null };
  /** The account's sessions at Telegram, this program's own first. */
  sessions: { args: { account: AccountId; }; answer: Array<AccountSession> };
  /** Ends another session of the account. */
  session_end: { args: { account: AccountId; hash: string; }; answer: null };
  /** Every proxy of the workspace, without passwords. */
  proxies: { args: { }; answer: Proxies };
  /** Connects by a proxy to the data centre of an account, or of all that would use it. */
  proxy_check: { args: { account: AccountId | null; proxy: NewProxy; }; answer: ProxyCheck };
  /** Has an account, or all that have no way of their own, go out by a proxy that was checked. */
  proxy_set: { args: { account: AccountId | null; proxy: NewProxy; }; answer: null };
  /** Has an account go out directly, or as all do (`shared`); all of them go out directly */
  /** where none is named. */
  proxy_clear: { args: { account: AccountId | null; shared: boolean; }; answer: null };
  /** How far each account's sync got. */
  sync_status: { args: { }; answer: Array<SyncProgress> };
  /** How an account does, and did in the last 30 days. */
  health: { args: { account: AccountId; }; answer: AccountHealth };
  /** What is set for an account. */
  account_settings: { args: { account: AccountId; }; answer: AccountSettings };
  /** Sets all of it. */
  set_account_settings: { args: { account: AccountId; settings: AccountSettings; }; answer: null };
  /** Puts the accounts into this order. */
  order_accounts: { args: { order: Array<AccountId>; }; answer: null };
  /** From when to when a chat's history is complete here. */
  coverage: { args: { chat: ChatId; }; answer: Coverage };
  /** Has a chat's whole history fetched before that of others, or in its turn again. */
  load_history: { args: { chat: ChatId; asked: boolean; }; answer: Coverage };
  /** Holds up the fetching of a chat's whole history that was asked for, or lets it go on. */
  hold_up_history: { args: { chat: ChatId; held_up: boolean; }; answer: Coverage };
  /** Holds up the fetching of an account's older history, or lets it go on. */
  pause_history: { args: { account: AccountId; paused: boolean; }; answer: null };
  /** Ids of the chats that a filter lets through, in the order of the list. */
  chat_keys: { args: { filter: ChatFilter; }; answer: Array<ChatId> };
  /** Folders of chats, as Telegram keeps them for each account. */
  folders: { args: { }; answer: Array<Folder> };
  /** Chats by id; unknown ids are left out. */
  chats: { args: { ids: Array<ChatId>; }; answer: Array<Chat> };
  /** A page of history. */
  history: { args: { request: HistoryRequest; }; answer: HistoryPage };
  /** Messages by row; unknown rows are left out. */
  messages: { args: { rows: Array<RowId>; }; answer: Array<Message> };
  /** The row of a message of a chat, where it is stored. */
  locate: { args: { chat: ChatId; message: MessageId; }; answer: RowId | null };
  /** The person or group behind a chat. */
  contact: { args: { chat: ChatId; }; answer: Contact };
  /** Matching chats and messages; with a filter, without words as well. `before` continues a */
  /** former page. */
  search: { args: { query: string; scope: Scope; filter: SearchFilter; before: RowId | null; limit: number; }; answer: SearchPage };
  /** Sends a text with its marked stretches. Returns as soon as it is safe on disk. */
  send: { args: { chat: ChatId; text: string; entities: Array<Entity>; reply_to: MessageId | null; }; answer: Outgoing };
  /** A message on its way out, also after it was sent. */
  outgoing: { args: { id: OutgoingId; }; answer: Outgoing };
  /** Tries a failed message once more. */
  outgoing_retry: { args: { id: OutgoingId; }; answer: Outgoing };
  /** Deletes a message that was not sent. */
  outgoing_discard: { args: { id: OutgoingId; }; answer: null };
  /** Changes the text of an own message, and its marked stretches. */
  edit: { args: { row: RowId; text: string; entities: Array<Entity>; }; answer: null };
  /** Deletes messages of one chat, here and, if asked, for everybody. */
  delete: { args: { rows: Array<RowId>; for_everyone: boolean; }; answer: null };
  /** Marks a chat read up to a message, as the official clients do. */
  read: { args: { chat: ChatId; up_to: MessageId; }; answer: null };
  /** Marks a chat unread by hand, or takes that mark away. */
  set_unread_mark: { args: { chat: ChatId; marked: boolean; }; answer: null };
  /** Saves the unsent text of a chat, here and at Telegram. */
  save_draft: { args: { chat: ChatId; text: string; reply_to: MessageId | null; }; answer: null };
  /** Tells the other end that the operator types. */
  typing: { args: { chat: ChatId; }; answer: null };
  /** Pins a dialog or takes it down. */
  set_pinned: { args: { chat: ChatId; pinned: boolean; }; answer: null };
  /** Mutes a chat or ends its mute. */
  set_muted: { args: { chat: ChatId; muted: boolean; }; answer: null };
  /** Moves a chat into Telegram's archive or out of it. */
  set_archived: { args: { chat: ChatId; archived: boolean; }; answer: null };
  /** Does something to chats at Telegram, each account at its pace and never against a wait, and */
  /** tells when that is over what became of it. Events tell how far it is where it takes its time. */
  tell_chats: { args: { targets: Targets; change: TelegramChange; }; answer: Told };
  /** Stops one of these after the chats in hand; what was done stays. */
  tell_cancel: { args: { telling: TellingId; }; answer: null };
  /** People of a list, each by the chat with them in which something happened last, sorted; `down` */
  /** puts what is greatest first. `words` names all that a search would find by name, username, */
  /** phone or field; empty, it names everybody. */
  people: { args: { filter: ChatFilter; words: string; sort: PeopleSort; down: boolean; }; answer: Array<ChatId> };
  /** Rows of the table of people, 200 at most. */
  people_rows: { args: { chats: Array<ChatId>; }; answer: Array<PersonRow> };
  /** Messages with a chat's person over all accounts, newest first; without `older` the first page. */
  timeline: { args: { chat: ChatId; older: Array<TimelineMark>; limit: number; }; answer: TimelinePage };
  /** Tags, statuses, fields, views and rules. */
  catalog: { args: { }; answer: Catalog };
  /** Makes a tag (id 0) or changes one. */
  tag_save: { args: { tag: Tag; }; answer: Saved };
  /** How many people and chats have a tag. */
  tag_uses: { args: { tag: TagId; }; answer: number };
  /** Removes a tag, and takes it off everything that has it. */
  tag_delete: { args: { tag: TagId; }; answer: Done };
  /** Puts a tag on everything that has another one, and removes that one. */
  tag_merge: { args: { from: TagId; into: TagId; }; answer: Done };
  /** Puts tags into this order. */
  tags_order: { args: { order: Array<TagId>; }; answer: Done };
  /** Makes a status (id 0) or changes one. */
  status_save: { args: { status: ChatStatus; }; answer: Saved };
  /** Removes a status; chats that have it get another one, or none. */
  status_delete: { args: { status: StatusId; instead: StatusId | null; }; answer: Done };
  /** Puts statuses into this order. */
  statuses_order: { args: { order: Array<StatusId>; }; answer: Done };
  /** Makes a field (id 0) or changes one. */
  field_save: { args: { field: Field; }; answer: Saved };
  /** Removes a field with its values. */
  field_delete: { args: { field: FieldId; }; answer: Done };
  /** Puts fields into this order. */
  fields_order: { args: { order: Array<FieldId>; }; answer: Done };
  /** Keeps a view (id 0 for a new one). */
  view_save: { args: { view: View; }; answer: Saved };
  /** Removes a view. */
  view_delete: { args: { view: ViewId; }; answer: Done };
  /** Puts views into this order. */
  views_order: { args: { order: Array<ViewId>; }; answer: Done };
  /** Sets what changes by itself. */
  set_rules: { args: { rules: Rules; }; answer: Done };
  /** Says which people have gone quiet; without a rule it is the program's own again. */
  set_quiet: { args: { quiet: GoneQuiet | null; }; answer: Done };
  /** Writes all settings into a file, those of the window among them, and with `people` what is kept */
  /** of people and chats too; tells its bytes. */
  state_export: { args: { file: string; people: boolean; window: WindowSettings; }; answer: number };
  /** Takes in what such a file holds. With `look` nothing changes and it is only told what would. */
  /** `window` is how the window's settings are now, where it takes over those of the file. */
  state_import: { args: { file: string; look: boolean; window: WindowSettings | null; }; answer: Imported };
  /** Every template in its place. */
  templates: { args: { }; answer: Array<Template> };
  /** Makes a template (id 0) or changes one. */
  template_save: { args: { template: Template; }; answer: Saved };
  /** Makes another template of one, which stands behind it. */
  template_duplicate: { args: { template: TemplateId; }; answer: Saved };
  /** Removes a template. */
  template_delete: { args: { template: TemplateId; }; answer: Done };
  /** Puts templates into this order. */
  templates_order: { args: { order: Array<TemplateId>; }; answer: Done };
  /** Lists all templates of a category under another one, or under none. */
  templates_move: { args: { from: string; into: string; }; answer: Done };
  /** What templates may name. */
  template_variables: { args: { }; answer: Array<TemplateVariable> };
  /** A text as it would go to a chat; where none is named, nothing is known of anybody. */
  template_preview: { args: { chat: ChatId | null; body: string; language: string; }; answer: Rendered };
  /** A template as it goes to a chat: in this language, or else in the person's, or else in the */
  /** account's, or else in the one that is preferred. */
  template_render: { args: { template: TemplateId; chat: ChatId; language: string | null; prefer: string | null; }; answer: Rendered };
  /** Counts a use of a template. */
  template_used: { args: { template: TemplateId; }; answer: null };
  /** Templates that come with the program, named in a language. */
  template_starters: { args: { language: string; }; answer: Array<StarterTemplate> };
  /** Keeps some of those, named in a language; what is there of the same name stays. */
  template_starters_add: { args: { keys: Array<string>; language: string; }; answer: Done };
  /** Every template as the text of a file. */
  templates_export: { args: { format: TemplateFormat; }; answer: string };
  /** Takes the templates of a file, or only tells what that would do (`dry`). */
  templates_import: { args: { format: TemplateFormat; text: string; dry: boolean; }; answer: ImportReport };
  /** Looks at a table of people: CSV, Excel or JSON. */
  people_table: { args: { file: string; }; answer: PeopleTable };
  /** Takes in a table, as one change; `columns` says what each of its columns is. With `look` */
  /** nothing changes and it is only told what would. */
  people_import: { args: { file: string; columns: Array<PeopleColumn>; look: boolean; }; answer: PeopleImported };
  /** Writes chats into a file as a table, Excel's by its name (`.xlsx`) or else text with commas; */
  /** tells how many. */
  list_export: { args: { targets: Targets; file: string; words: TableWords; }; answer: number };
  /** Does something to chats, all of them as one change. Events tell how far it is where it takes */
  /** its time. */
  change_chats: { args: { targets: Targets; change: ChatChange; }; answer: Done };
  /** Stops the change of many chats under way, or the taking back of one; nothing is changed then. */
  change_cancel: { args: { }; answer: null };
  /** Everything that is kept about a chat and its person. */
  card: { args: { chat: ChatId; }; answer: Card };
  /** A note, by its id. */
  note: { args: { note: NoteId; }; answer: NoteHit };
  /** Writes a note, or changes one. */
  note_save: { args: { note: NewNote; }; answer: Saved };
  /** Deletes a note. */
  note_delete: { args: { note: NoteId; }; answer: Done };
  /** Notes that hold every word, newest first. */
  notes_search: { args: { query: string; }; answer: Array<NoteHit> };
  /** Follow-ups and promises that hold every word: open ones by their day, then those done. */
  tasks_search: { args: { query: string; }; answer: Array<TaskHit> };
  /** Keeps a follow-up or promise, or changes one. */
  task_save: { args: { task: NewTask; }; answer: Saved };
  /** Marks a task as done, or as open again. */
  task_finish: { args: { task: TaskId; done: boolean; }; answer: Done };
  /** Deletes a task. */
  task_delete: { args: { task: TaskId; }; answer: Done };
  /** Every open task of every account, by its day. */
  tasks_open: { args: { }; answer: Array<Task> };
  /** Notes a field's value for a chat's person, or clears it. */
  value_set: { args: { chat: ChatId; field: FieldId; value: string | null; }; answer: Done };
  /** What was done to any of these chats, 100 at most, or to anything where none is named: newest */
  /** first, from `before` on. */
  deeds: { args: { chats: Array<ChatId>; before: DeedId | null; limit: number; }; answer: Array<Deed> };
  /** Takes a change back; the operator's last one where none is named. */
  undo: { args: { deed: DeedId | null; }; answer: Undone };
  /** How much these lists show. */
  chat_counts: { args: { lists: Array<ChatFilter>; }; answer: Array<ListCount> };
  /** Chats that wait for an answer of the operator's, the most urgent first. */
  waiting: { args: { }; answer: Array<WaitingChat> };
  /** What the operator wants of notifications. */
  notification_settings: { args: { }; answer: NotificationSettings };
  /** Sets all of it. */
  set_notification_settings: { args: { settings: NotificationSettings; }; answer: null };
  /** Chats whose messages raise no notification on this computer, in no order. */
  notify_muted: { args: { }; answer: Array<ChatId> };
  /** Keeps a chat's messages from raising notifications on this computer, or lets them again. */
  /** Telegram's own mute, which `set_muted` sets, holds on all devices of the account. */
  notify_chat: { args: { chat: ChatId; muted: boolean; }; answer: null };
  /** When the window locks itself. */
  lock_settings: { args: { }; answer: LockSettings };
  /** Sets all of it. */
  set_lock_settings: { args: { settings: LockSettings; }; answer: null };
  /** The ways into this workspace. */
  key_slots: { args: { }; answer: KeySlots };
  /** Lets a passphrase open the workspace. `old` is the former one, or the recovery code. */
  passphrase_set: { args: { old: string | null; new: string; }; answer: KeySlots };
  /** Takes the passphrase away; never the last way in. */
  passphrase_remove: { args: { old: string; }; answer: KeySlots };
  /** Makes a recovery code and shows it this once. It counts when it is confirmed. */
  recovery_code_new: { args: { }; answer: RecoveryShown };
  /** Confirms the recovery code that was shown, by the groups that it asks for. */
  recovery_code_confirm: { args: { typed: Array<string>; }; answer: KeySlots };
  /** Takes the recovery code away; never the last way in. */
  recovery_code_remove: { args: { }; answer: KeySlots };
  /** Lets the system keyring open the workspace, also anew where its item was lost. */
  keyring_enable: { args: { }; answer: KeySlots };
  /** Takes the key out of the system keyring; never the last way in. */
  keyring_disable: { args: { }; answer: KeySlots };
  /** What is known of this workspace's backups. */
  backup_status: { args: { }; answer: BackupStatus };
  /** Changes what the operator wants of backups. */
  backup_settings_set: { args: { settings: BackupSettings; }; answer: BackupStatus };
  /** Makes a backup now, and tells how it ended. */
  backup_now: { args: { }; answer: BackupOutcome };
  /** Stops the backup under way, which leaves nothing behind. */
  backup_cancel: { args: { }; answer: null };
  /** The backups in this workspace's folders, newest first. */
  backup_files: { args: { }; answer: Array<BackupFile> };
  /** Proves a backup as a restore does. `secret` is the passphrase or recovery code of its day, */
  /** where it is not one of this workspace under its present key. */
  backup_verify: { args: { file: string; secret: string | null; }; answer: BackupInfo };
  /** Unsent messages that came with a restored backup, oldest first. */
  held: { args: { }; answer: Array<Outgoing> };
  /** Lets these held messages go, all where none is named. Tells how many. */
  held_release: { args: { ids: Array<OutgoingId>; }; answer: number };
  /** Deletes these held messages, all where none is named. Tells how many. */
  held_discard: { args: { ids: Array<OutgoingId>; }; answer: number };
  /** Room on the workspace's disk. */
  disk: { args: { }; answer: Disk };
  /** Damage of the database that was found while it is open. */
  damage: { args: { }; answer: Damage | null };
  /** Checks keyring, folder, disk, database, clock, network and accounts. */
  doctor: { args: { }; answer: Array<Finding> };
  /** A plain text for a report of a defect: versions, states, codes and counts; no names, phone */
  /** numbers, texts or keys. */
  diagnostics: { args: { }; answer: string };
}
