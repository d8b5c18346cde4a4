//! The list of use cases. One line here makes a call for the window, the command line and the
//! local socket alike.

use std::future::Future;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use switchboard_model::{
    Account, AccountHealth, AccountId, AccountSession, AccountSettings, BackupFile, BackupInfo,
    BackupOutcome, BackupSettings, BackupStatus, Card, Catalog, Chat, ChatChange, ChatFilter,
    ChatId, ChatStatus, Contact, Coverage, Damage, Deed, DeedId, Disk, Done, Entity, Field,
    FieldId, Folder, GoneQuiet, HistoryPage, ImportReport, Imported, KeySlots, ListCount,
    LockSettings, Login, LoginId, Message, MessageId, NewNote, NewTask, NoteHit, NoteId,
    NotificationSettings, Outgoing, OutgoingId, PeopleColumn, PeopleImported, PeopleSort,
    PeopleTable, PersonRow, Proxies, ProxyCheck, RecoveryShown, Rendered, RowId, Rules, Saved,
    Scope, SearchFilter, SearchPage, StarterTemplate, StatusId, SyncProgress, TableWords, Tag,
    TagId, Targets, Task, TaskHit, TaskId, TelegramChange, TellingId, Template, TemplateFormat,
    TemplateId, TemplateVariable, TimelineMark, TimelinePage, Told, Undone, View, ViewId,
    WaitingChat, WindowSettings,
};

use crate::{ApiError, Finding, HistoryRequest, NewLogin, NewProxy, NewQrLogin, Removal, Status};

macro_rules! calls {
    ($(
        $(#[doc = $doc:literal])*
        $variant:ident $name:ident { $($arg:ident : $ty:ty),* } -> $answer:ty;
    )*) => {
        /// A use case with its arguments, as it travels: `{"call":"chats","args":{"ids":[1]}}`.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(tag = "call", content = "args", rename_all = "snake_case")]
        pub enum Call {
            $($(#[doc = $doc])* #[allow(missing_docs)] $variant { $($arg: $ty),* },)*
        }

        /// Every use case of an open workspace. [`crate::Desk`] does them here,
        /// [`crate::Attached`] asks the process that holds the workspace.
        pub trait UseCases: Send + Sync {
            $(
                $(#[doc = $doc])*
                fn $name(&self, $($arg: $ty),*)
                    -> impl Future<Output = Result<$answer, ApiError>> + Send;
            )*
        }

        /// Does a call that arrived as data.
        ///
        /// # Errors
        /// Those of the use case itself.
        pub async fn dispatch<U: UseCases>(to: &U, call: Call) -> Result<Value, ApiError> {
            match call {
                $(Call::$variant { $($arg),* } => {
                    as_value(stringify!($name), to.$name($($arg),*).await)
                })*
            }
        }

        /// Use cases answered by another process.
        impl<T: crate::remote::Asks> UseCases for T {
            $(
                async fn $name(&self, $($arg: $ty),*) -> Result<$answer, ApiError> {
                    from_value(self.ask(Call::$variant { $($arg),* }).await?)
                }
            )*
        }

        /// The calls as a TypeScript interface: name, arguments, answer.
        #[cfg(feature = "ts")]
        #[must_use]
        pub(crate) fn typescript(config: &ts_rs::Config) -> String {
            use ts_rs::TS;
            let mut text = String::from("export interface Calls {\n");
            $({
                $(text.push_str(concat!("  /**", $doc, " */\n"));)*
                text.push_str(concat!("  ", stringify!($name), ": { args: {"));
                $(text.push_str(&format!(
                    " {}: {};", stringify!($arg), <$ty as TS>::name(config)
                ));)*
                text.push_str(&format!(" }}; answer: {} }};\n", <$answer as TS>::name(config)));
            })*
            text.push_str("}\n");
            text
        }
    };
}

calls! {
    /// What the workspace is and how it does.
    Status status {} -> Status;

    /// Every account, in the operator's order.
    Accounts accounts {} -> Vec<Account>;
    /// Asks Telegram for a login code.
    LoginStart login_start { request: NewLogin } -> Login;
    /// Shows a QR code that another device of the account is to read. An event tells when it
    /// changes; `login` has it then.
    LoginQrStart login_qr_start { request: NewQrLogin } -> Login;
    /// Logins that were begun and can be taken up again, the oldest first.
    Logins logins {} -> Vec<Login>;
    /// A login, also for a while after it was over.
    Login login { login: LoginId } -> Login;
    /// Asks for the code once more, by the next way.
    LoginResend login_resend { login: LoginId } -> Login;
    /// Hands over the code.
    LoginCode login_code { login: LoginId, code: String } -> Login;
    /// Hands over the two-step verification password.
    LoginPassword login_password { login: LoginId, password: String } -> Login;
    /// Gives up a login.
    LoginCancel login_cancel { login: LoginId } -> ();
    /// `api_id` of the application at Telegram that was given before; its hash is not told.
    Application application {} -> Option<i32>;
    /// Keeps the application for logins to come, where it has the right form.
    ApplicationSet application_set { api_id: i32, api_hash: String } -> ();
    /// Forgets the application; accounts that are here keep theirs.
    ApplicationForget application_forget {} -> ();
    /// Adds every account that a connection profile carries signed in. `profile` is its text.
    ProfileAdd profile_add { profile: String } -> Vec<AccountId>;
    /// Removes an account: ends its session at the server, then here. Answers `not_reached`, and
    /// changes nothing, where the server gave no answer.
    AccountRemove account_remove { account: AccountId, removal: Removal } -> ();
    /// Removes an account here only, after `account_remove` answered `not_reached`: its session
    /// lives on at Telegram until it is ended from another device.
    AccountRemoveHere account_remove_here { account: AccountId, removal: Removal } -> ();
    /// Looks now whether the server answers, and connects now instead of at the end of a wait for
    /// the network.
    AccountRetry account_retry { account: AccountId } -> ();
    /// The account's sessions at Telegram, this program's own first.
    Sessions sessions { account: AccountId } -> Vec<AccountSession>;
    /// Ends another session of the account.
    SessionEnd session_end { account: AccountId, hash: String } -> ();
    /// Every proxy of the workspace, without passwords.
    Proxies proxies {} -> Proxies;
    /// Connects by a proxy to the data centre of an account, or of all that would use it.
    ProxyCheck proxy_check { account: Option<AccountId>, proxy: NewProxy } -> ProxyCheck;
    /// Has an account, or all that have no way of their own, go out by a proxy that was checked.
    ProxySet proxy_set { account: Option<AccountId>, proxy: NewProxy } -> ();
    /// Has an account go out directly, or as all do (`shared`); all of them go out directly
    /// where none is named.
    ProxyClear proxy_clear { account: Option<AccountId>, shared: bool } -> ();
    /// How far each account's sync got.
    SyncStatus sync_status {} -> Vec<SyncProgress>;
    /// How an account does, and did in the last 30 days.
    Health health { account: AccountId } -> AccountHealth;
    /// What is set for an account.
    AccountSettings account_settings { account: AccountId } -> AccountSettings;
    /// Sets all of it.
    SetAccountSettings set_account_settings { account: AccountId, settings: AccountSettings } -> ();
    /// Puts the accounts into this order.
    OrderAccounts order_accounts { order: Vec<AccountId> } -> ();
    /// From when to when a chat's history is complete here.
    Coverage coverage { chat: ChatId } -> Coverage;
    /// Has a chat's whole history fetched before that of others, or in its turn again.
    LoadHistory load_history { chat: ChatId, asked: bool } -> Coverage;
    /// Holds up the fetching of a chat's whole history that was asked for, or lets it go on.
    HoldUpHistory hold_up_history { chat: ChatId, held_up: bool } -> Coverage;
    /// Holds up the fetching of an account's older history, or lets it go on.
    PauseHistory pause_history { account: AccountId, paused: bool } -> ();

    /// Ids of the chats that a filter lets through, in the order of the list.
    ChatKeys chat_keys { filter: ChatFilter } -> Vec<ChatId>;
    /// Folders of chats, as Telegram keeps them for each account.
    Folders folders {} -> Vec<Folder>;
    /// Chats by id; unknown ids are left out.
    Chats chats { ids: Vec<ChatId> } -> Vec<Chat>;
    /// A page of history.
    History history { request: HistoryRequest } -> HistoryPage;
    /// Messages by row; unknown rows are left out.
    Messages messages { rows: Vec<RowId> } -> Vec<Message>;
    /// The row of a message of a chat, where it is stored.
    Locate locate { chat: ChatId, message: MessageId } -> Option<RowId>;
    /// The person or group behind a chat.
    Contact contact { chat: ChatId } -> Contact;
    /// Matching chats and messages; with a filter, without words as well. `before` continues a
    /// former page.
    Search search { query: String, scope: Scope, filter: SearchFilter, before: Option<RowId>, limit: u32 } -> SearchPage;

    /// Sends a text with its marked stretches. Returns as soon as it is safe on disk.
    Send send { chat: ChatId, text: String, entities: Vec<Entity>, reply_to: Option<MessageId> } -> Outgoing;
    /// A message on its way out, also after it was sent.
    Outgoing outgoing { id: OutgoingId } -> Outgoing;
    /// Tries a failed message once more.
    OutgoingRetry outgoing_retry { id: OutgoingId } -> Outgoing;
    /// Deletes a message that was not sent.
    OutgoingDiscard outgoing_discard { id: OutgoingId } -> ();
    /// Changes the text of an own message, and its marked stretches.
    Edit edit { row: RowId, text: String, entities: Vec<Entity> } -> ();
    /// Deletes messages of one chat, here and, if asked, for everybody.
    Delete delete { rows: Vec<RowId>, for_everyone: bool } -> ();
    /// Marks a chat read up to a message, as the official clients do.
    Read read { chat: ChatId, up_to: MessageId } -> ();
    /// Marks a chat unread by hand, or takes that mark away.
    SetUnreadMark set_unread_mark { chat: ChatId, marked: bool } -> ();
    /// Saves the unsent text of a chat, here and at Telegram.
    SaveDraft save_draft { chat: ChatId, text: String, reply_to: Option<MessageId> } -> ();
    /// Tells the other end that the operator types.
    Typing typing { chat: ChatId } -> ();
    /// Pins a dialog or takes it down.
    SetPinned set_pinned { chat: ChatId, pinned: bool } -> ();
    /// Mutes a chat or ends its mute.
    SetMuted set_muted { chat: ChatId, muted: bool } -> ();
    /// Moves a chat into Telegram's archive or out of it.
    SetArchived set_archived { chat: ChatId, archived: bool } -> ();
    /// Does something to chats at Telegram, each account at its pace and never against a wait, and
    /// tells when that is over what became of it. Events tell how far it is where it takes its time.
    TellChats tell_chats { targets: Targets, change: TelegramChange } -> Told;
    /// Stops one of these after the chats in hand; what was done stays.
    TellCancel tell_cancel { telling: TellingId } -> ();

    /// People of a list, each by the chat with them in which something happened last, sorted; `down`
    /// puts what is greatest first. `words` names all that a search would find by name, username,
    /// phone or field; empty, it names everybody.
    People people { filter: ChatFilter, words: String, sort: PeopleSort, down: bool } -> Vec<ChatId>;
    /// Rows of the table of people, 200 at most.
    PeopleRows people_rows { chats: Vec<ChatId> } -> Vec<PersonRow>;
    /// Messages with a chat's person over all accounts, newest first; without `older` the first page.
    Timeline timeline { chat: ChatId, older: Vec<TimelineMark>, limit: u32 } -> TimelinePage;

    /// Tags, statuses, fields, views and rules.
    Catalog catalog {} -> Catalog;
    /// Makes a tag (id 0) or changes one.
    TagSave tag_save { tag: Tag } -> Saved;
    /// How many people and chats have a tag.
    TagUses tag_uses { tag: TagId } -> u32;
    /// Removes a tag, and takes it off everything that has it.
    TagDelete tag_delete { tag: TagId } -> Done;
    /// Puts a tag on everything that has another one, and removes that one.
    TagMerge tag_merge { from: TagId, into: TagId } -> Done;
    /// Puts tags into this order.
    TagsOrder tags_order { order: Vec<TagId> } -> Done;
    /// Makes a status (id 0) or changes one.
    StatusSave status_save { status: ChatStatus } -> Saved;
    /// Removes a status; chats that have it get another one, or none.
    StatusDelete status_delete { status: StatusId, instead: Option<StatusId> } -> Done;
    /// Puts statuses into this order.
    StatusesOrder statuses_order { order: Vec<StatusId> } -> Done;
    /// Makes a field (id 0) or changes one.
    FieldSave field_save { field: Field } -> Saved;
    /// Removes a field with its values.
    FieldDelete field_delete { field: FieldId } -> Done;
    /// Puts fields into this order.
    FieldsOrder fields_order { order: Vec<FieldId> } -> Done;
    /// Keeps a view (id 0 for a new one).
    ViewSave view_save { view: View } -> Saved;
    /// Removes a view.
    ViewDelete view_delete { view: ViewId } -> Done;
    /// Puts views into this order.
    ViewsOrder views_order { order: Vec<ViewId> } -> Done;
    /// Sets what changes by itself.
    SetRules set_rules { rules: Rules } -> Done;
    /// Says which people have gone quiet; without a rule it is the program's own again.
    SetQuiet set_quiet { quiet: Option<GoneQuiet> } -> Done;
    /// Writes all settings into a file, those of the window among them, and with `people` what is kept
    /// of people and chats too; tells its bytes.
    StateExport state_export { file: String, people: bool, window: WindowSettings } -> u32;
    /// Takes in what such a file holds. With `look` nothing changes and it is only told what would.
    /// `window` is how the window's settings are now, where it takes over those of the file.
    StateImport state_import { file: String, look: bool, window: Option<WindowSettings> } -> Imported;
    /// Every template in its place.
    Templates templates {} -> Vec<Template>;
    /// Makes a template (id 0) or changes one.
    TemplateSave template_save { template: Template } -> Saved;
    /// Makes another template of one, which stands behind it.
    TemplateDuplicate template_duplicate { template: TemplateId } -> Saved;
    /// Removes a template.
    TemplateDelete template_delete { template: TemplateId } -> Done;
    /// Puts templates into this order.
    TemplatesOrder templates_order { order: Vec<TemplateId> } -> Done;
    /// Lists all templates of a category under another one, or under none.
    TemplatesMove templates_move { from: String, into: String } -> Done;
    /// What templates may name.
    TemplateVariables template_variables {} -> Vec<TemplateVariable>;
    /// A text as it would go to a chat; where none is named, nothing is known of anybody.
    TemplatePreview template_preview { chat: Option<ChatId>, body: String, language: String } -> Rendered;
    /// A template as it goes to a chat: in this language, or else in the person's, or else in the
    /// account's, or else in the one that is preferred.
    TemplateRender template_render { template: TemplateId, chat: ChatId, language: Option<String>, prefer: Option<String> } -> Rendered;
    /// Counts a use of a template.
    TemplateUsed template_used { template: TemplateId } -> ();
    /// Templates that come with the program, named in a language.
    TemplateStarters template_starters { language: String } -> Vec<StarterTemplate>;
    /// Keeps some of those, named in a language; what is there of the same name stays.
    TemplateStartersAdd template_starters_add { keys: Vec<String>, language: String } -> Done;
    /// Every template as the text of a file.
    TemplatesExport templates_export { format: TemplateFormat } -> String;
    /// Takes the templates of a file, or only tells what that would do (`dry`).
    TemplatesImport templates_import { format: TemplateFormat, text: String, dry: bool } -> ImportReport;
    /// Looks at a table of people: CSV, Excel or JSON.
    PeopleTable people_table { file: String } -> PeopleTable;
    /// Takes in a table, as one change; `columns` says what each of its columns is. With `look`
    /// nothing changes and it is only told what would.
    PeopleImport people_import { file: String, columns: Vec<PeopleColumn>, look: bool } -> PeopleImported;
    /// Writes chats into a file as a table, Excel's by its name (`.xlsx`) or else text with commas;
    /// tells how many.
    ListExport list_export { targets: Targets, file: String, words: TableWords } -> u32;
    /// Does something to chats, all of them as one change. Events tell how far it is where it takes
    /// its time.
    ChangeChats change_chats { targets: Targets, change: ChatChange } -> Done;
    /// Stops the change of many chats under way, or the taking back of one; nothing is changed then.
    ChangeCancel change_cancel {} -> ();
    /// Everything that is kept about a chat and its person.
    Card card { chat: ChatId } -> Card;
    /// A note, by its id.
    Note note { note: NoteId } -> NoteHit;
    /// Writes a note, or changes one.
    NoteSave note_save { note: NewNote } -> Saved;
    /// Deletes a note.
    NoteDelete note_delete { note: NoteId } -> Done;
    /// Notes that hold every word, newest first.
    NotesSearch notes_search { query: String } -> Vec<NoteHit>;
    /// Follow-ups and promises that hold every word: open ones by their day, then those done.
    TasksSearch tasks_search { query: String } -> Vec<TaskHit>;
    /// Keeps a follow-up or promise, or changes one.
    TaskSave task_save { task: NewTask } -> Saved;
    /// Marks a task as done, or as open again.
    TaskFinish task_finish { task: TaskId, done: bool } -> Done;
    /// Deletes a task.
    TaskDelete task_delete { task: TaskId } -> Done;
    /// Every open task of every account, by its day.
    TasksOpen tasks_open {} -> Vec<Task>;
    /// Notes a field's value for a chat's person, or clears it.
    ValueSet value_set { chat: ChatId, field: FieldId, value: Option<String> } -> Done;
    /// What was done to any of these chats, 100 at most, or to anything where none is named: newest
    /// first, from `before` on.
    Deeds deeds { chats: Vec<ChatId>, before: Option<DeedId>, limit: u32 } -> Vec<Deed>;
    /// Takes a change back; the operator's last one where none is named.
    Undo undo { deed: Option<DeedId> } -> Undone;
    /// How much these lists show.
    ChatCounts chat_counts { lists: Vec<ChatFilter> } -> Vec<ListCount>;
    /// Chats that wait for an answer of the operator's, the most urgent first.
    Waiting waiting {} -> Vec<WaitingChat>;

    /// What the operator wants of notifications.
    NotificationSettings notification_settings {} -> NotificationSettings;
    /// Sets all of it.
    SetNotificationSettings set_notification_settings { settings: NotificationSettings } -> ();
    /// Chats whose messages raise no notification on this computer, in no order.
    NotifyMuted notify_muted {} -> Vec<ChatId>;
    /// Keeps a chat's messages from raising notifications on this computer, or lets them again.
    /// Telegram's own mute, which `set_muted` sets, holds on all devices of the account.
    NotifyChat notify_chat { chat: ChatId, muted: bool } -> ();

    /// When the window locks itself.
    LockSettings lock_settings {} -> LockSettings;
    /// Sets all of it.
    SetLockSettings set_lock_settings { settings: LockSettings } -> ();

    /// The ways into this workspace.
    KeySlots key_slots {} -> KeySlots;
    /// Lets a passphrase open the workspace. `old` is the former one, or the recovery code.
    PassphraseSet passphrase_set { old: Option<String>, new: String } -> KeySlots;
    /// Takes the passphrase away; never the last way in.
    PassphraseRemove passphrase_remove { old: String } -> KeySlots;
    /// Makes a recovery code and shows it this once. It counts when it is confirmed.
    RecoveryCodeNew recovery_code_new {} -> RecoveryShown;
    /// Confirms the recovery code that was shown, by the groups that it asks for.
    RecoveryCodeConfirm recovery_code_confirm { typed: Vec<String> } -> KeySlots;
    /// Takes the recovery code away; never the last way in.
    RecoveryCodeRemove recovery_code_remove {} -> KeySlots;
    /// Lets the system keyring open the workspace, also anew where its item was lost.
    KeyringEnable keyring_enable {} -> KeySlots;
    /// Takes the key out of the system keyring; never the last way in.
    KeyringDisable keyring_disable {} -> KeySlots;

    /// What is known of this workspace's backups.
    BackupStatus backup_status {} -> BackupStatus;
    /// Changes what the operator wants of backups.
    BackupSettingsSet backup_settings_set { settings: BackupSettings } -> BackupStatus;
    /// Makes a backup now, and tells how it ended.
    BackupNow backup_now {} -> BackupOutcome;
    /// Stops the backup under way, which leaves nothing behind.
    BackupCancel backup_cancel {} -> ();
    /// The backups in this workspace's folders, newest first.
    BackupFiles backup_files {} -> Vec<BackupFile>;
    /// Proves a backup as a restore does. `secret` is the passphrase or recovery code of its day,
    /// where it is not one of this workspace under its present key.
    BackupVerify backup_verify { file: String, secret: Option<String> } -> BackupInfo;
    /// Unsent messages that came with a restored backup, oldest first.
    Held held {} -> Vec<Outgoing>;
    /// Lets these held messages go, all where none is named. Tells how many.
    HeldRelease held_release { ids: Vec<OutgoingId> } -> u32;
    /// Deletes these held messages, all where none is named. Tells how many.
    HeldDiscard held_discard { ids: Vec<OutgoingId> } -> u32;
    /// Room on the workspace's disk.
    Disk disk {} -> Disk;
    /// Damage of the database that was found while it is open.
    Damage damage {} -> Option<Damage>;

    /// Checks keyring, folder, disk, database, clock, network and accounts.
    Doctor doctor {} -> Vec<Finding>;
    /// A plain text for a report of a defect: versions, states, codes and counts; no names, phone
    /// numbers, texts or keys.
    Diagnostics diagnostics {} -> String;
}

/// A failure is told to the log here, where every use case ends, whoever asked for it.
fn as_value<T: Serialize>(asked: &str, answer: Result<T, ApiError>) -> Result<Value, ApiError> {
    let answer = answer.and_then(|answer| serde_json::to_value(answer).map_err(ApiError::internal));
    answer.inspect_err(|error| error.log(asked))
}

fn from_value<T: serde::de::DeserializeOwned>(answer: Value) -> Result<T, ApiError> {
    serde_json::from_value(answer).map_err(ApiError::internal)
}
