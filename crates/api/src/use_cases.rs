//! Every use case, done here.

use switchboard_model::{
    Account, AccountHealth, AccountId, AccountSession, AccountSettings, BackupFile, BackupInfo,
    BackupOutcome, BackupSettings, BackupStatus, Card, Catalog, Chat, ChatChange, ChatFilter,
    ChatId, ChatStatus, Code, Contact, Coverage, Damage, Deed, DeedId, Disk, Done, Entity, Field,
    FieldId, Folder, GoneQuiet, HistoryPage, ImportReport, Imported, KeySlots, ListCount,
    LockSettings, Login, LoginId, Message, MessageId, NewNote, NewTask, NoteHit, NoteId,
    NotificationSettings, Outgoing, OutgoingId, OutgoingState, PeopleColumn, PeopleImported,
    PeopleSort, PeopleTable, PersonRow, Proxies, ProxyCheck, RecoveryShown, Rendered, RichText,
    RowId, Rules, Saved, Scope, SearchFilter, SearchPage, StarterTemplate, StatusId, SyncProgress,
    TableWords, Tag, TagId, Targets, Task, TaskHit, TaskId, TelegramChange, TellingId, Template,
    TemplateFormat, TemplateId, TemplateVariable, TimelineMark, TimelinePage, Told, Undone, View,
    ViewId, WaitingChat, WayOut, WindowSettings,
};
use switchboard_store::NewOutgoing;
use switchboard_vault::Passphrase;
use zeroize::Zeroizing;

use crate::calls::UseCases;
use crate::checked::{checked_application, checked_passphrase, checked_rich, checked_via};
use crate::shell::portable;
use crate::{
    ApiError, Desk, Finding, HistoryRequest, NewLogin, NewProxy, NewQrLogin, Removal, Status, crm,
    diagnostics, doctor, held, list_export, lock, notices, people, people_import, templates,
};

/// Longest page of anything.
const LONGEST_PAGE: u32 = 200;

impl UseCases for Desk {
    async fn status(&self) -> Result<Status, ApiError> {
        let accounts = self.accounts().await?;
        let about = &self.about;
        let name = about
            .folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Ok(Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            workspace: name.unwrap_or_default(),
            folder: about.folder.display().to_string(),
            demo: about.demo,
            pid: std::process::id(),
            window: about.window,
            unread: accounts.iter().map(|account| account.unread).sum(),
        })
    }

    async fn accounts(&self) -> Result<Vec<Account>, ApiError> {
        Ok(self.engine.accounts().await?)
    }

    async fn login_start(&self, request: NewLogin) -> Result<Login, ApiError> {
        let NewLogin {
            via,
            phone,
            account,
        } = request;
        let via = checked_via(via)?;
        Ok(self.engine.login_start(&via, &phone, account).await?)
    }

    async fn login_qr_start(&self, request: NewQrLogin) -> Result<Login, ApiError> {
        let via = checked_via(request.via)?;
        Ok(self.engine.login_qr_start(&via, request.account).await?)
    }

    async fn logins(&self) -> Result<Vec<Login>, ApiError> {
        Ok(self.engine.logins().await)
    }

    async fn login(&self, login: LoginId) -> Result<Login, ApiError> {
        Ok(self.engine.login(login).await?)
    }

    async fn login_resend(&self, login: LoginId) -> Result<Login, ApiError> {
        Ok(self.engine.login_resend(login).await?)
    }

    async fn login_code(&self, login: LoginId, code: String) -> Result<Login, ApiError> {
        Ok(self.engine.login_code(login, &code).await?)
    }

    async fn login_password(&self, login: LoginId, password: String) -> Result<Login, ApiError> {
        Ok(self.engine.login_password(login, &password).await?)
    }

    async fn login_cancel(&self, login: LoginId) -> Result<(), ApiError> {
        self.engine.login_cancel(login).await;
        Ok(())
    }

    async fn application(&self) -> Result<Option<i32>, ApiError> {
        let kept = self.engine.application().await?;
        Ok(kept.map(|application| application.api_id))
    }

    async fn application_set(&self, api_id: i32, api_hash: String) -> Result<(), ApiError> {
        let application = checked_application(api_id, &api_hash)?;
        Ok(self.engine.set_application(Some(application)).await?)
    }

    async fn application_forget(&self) -> Result<(), ApiError> {
        Ok(self.engine.set_application(None).await?)
    }

    async fn profile_add(&self, profile: String) -> Result<Vec<AccountId>, ApiError> {
        Ok(self.engine.add_profile(&profile).await?)
    }

    async fn account_remove(&self, account: AccountId, removal: Removal) -> Result<(), ApiError> {
        Ok(self
            .engine
            .remove(account, removal == Removal::Wipe)
            .await?)
    }

    async fn account_remove_here(
        &self,
        account: AccountId,
        removal: Removal,
    ) -> Result<(), ApiError> {
        Ok(self
            .engine
            .remove_here(account, removal == Removal::Wipe)
            .await?)
    }

    async fn account_retry(&self, account: AccountId) -> Result<(), ApiError> {
        self.engine.check_now(account).await;
        Ok(())
    }

    async fn sessions(&self, account: AccountId) -> Result<Vec<AccountSession>, ApiError> {
        Ok(self.engine.sessions(account).await?)
    }

    async fn session_end(&self, account: AccountId, hash: String) -> Result<(), ApiError> {
        Ok(self.engine.end_session(account, &hash).await?)
    }

    async fn proxies(&self) -> Result<Proxies, ApiError> {
        Ok(self.engine.proxies().await?)
    }

    async fn proxy_check(
        &self,
        account: Option<AccountId>,
        proxy: NewProxy,
    ) -> Result<ProxyCheck, ApiError> {
        let password = proxy.password.map(Zeroizing::new);
        Ok(self
            .engine
            .proxy_check(account, proxy.proxy, password)
            .await?)
    }

    async fn proxy_set(&self, account: Option<AccountId>, proxy: NewProxy) -> Result<(), ApiError> {
        let password = proxy.password.map(Zeroizing::new);
        let way = WayOut::Socks5 { proxy: proxy.proxy };
        Ok(self.engine.set_way_out(account, way, password).await?)
    }

    async fn proxy_clear(&self, account: Option<AccountId>, shared: bool) -> Result<(), ApiError> {
        let way = match shared && account.is_some() {
            true => WayOut::Shared,
            false => WayOut::Direct,
        };
        Ok(self.engine.set_way_out(account, way, None).await?)
    }

    async fn sync_status(&self) -> Result<Vec<SyncProgress>, ApiError> {
        Ok(self.engine.progress().await?)
    }

    async fn health(&self, account: AccountId) -> Result<AccountHealth, ApiError> {
        Ok(self.engine.health(account).await?)
    }

    async fn account_settings(&self, account: AccountId) -> Result<AccountSettings, ApiError> {
        Ok(self.engine.account_settings(account).await?)
    }

    async fn set_account_settings(
        &self,
        account: AccountId,
        settings: AccountSettings,
    ) -> Result<(), ApiError> {
        Ok(self.engine.set_account_settings(account, settings).await?)
    }

    async fn order_accounts(&self, order: Vec<AccountId>) -> Result<(), ApiError> {
        Ok(self.engine.order_accounts(order).await?)
    }

    async fn coverage(&self, chat: ChatId) -> Result<Coverage, ApiError> {
        Ok(self.engine.coverage(chat).await?)
    }

    async fn load_history(&self, chat: ChatId, asked: bool) -> Result<Coverage, ApiError> {
        Ok(self.engine.load_history(chat, asked).await?)
    }

    async fn hold_up_history(&self, chat: ChatId, held_up: bool) -> Result<Coverage, ApiError> {
        Ok(self.engine.hold_up_history(chat, held_up).await?)
    }

    async fn pause_history(&self, account: AccountId, paused: bool) -> Result<(), ApiError> {
        Ok(self.engine.pause_history(account, paused).await?)
    }

    async fn chat_keys(&self, filter: ChatFilter) -> Result<Vec<ChatId>, ApiError> {
        let now_ms = self.engine.clock().now_ms();
        let store = self.engine.store();
        Ok(store
            .read(move |reader| Ok(reader.chat_keys(&filter, now_ms)))
            .await?)
    }

    async fn chats(&self, ids: Vec<ChatId>) -> Result<Vec<Chat>, ApiError> {
        Ok(self
            .engine
            .store()
            .read(move |reader| reader.chats(&ids))
            .await?)
    }

    async fn history(&self, request: HistoryRequest) -> Result<HistoryPage, ApiError> {
        let HistoryRequest {
            chat,
            anchor,
            limit,
        } = request;
        let limit = limit.clamp(1, LONGEST_PAGE);
        Ok(self
            .engine
            .store()
            .read(move |reader| reader.history(chat, anchor, limit))
            .await?)
    }

    async fn messages(&self, rows: Vec<RowId>) -> Result<Vec<Message>, ApiError> {
        Ok(self
            .engine
            .store()
            .read(move |reader| reader.messages(&rows))
            .await?)
    }

    async fn locate(&self, chat: ChatId, message: MessageId) -> Result<Option<RowId>, ApiError> {
        Ok(self
            .engine
            .store()
            .read(move |reader| reader.locate(chat, message))
            .await?)
    }

    async fn contact(&self, chat: ChatId) -> Result<Contact, ApiError> {
        let found = self
            .engine
            .store()
            .read(move |reader| reader.contact(chat))
            .await?;
        let contact = found.ok_or_else(|| unknown("chat"))?;
        if contact.about.is_none() {
            self.engine.want_about(chat).await?;
        }
        Ok(contact)
    }

    async fn search(
        &self,
        query: String,
        scope: Scope,
        filter: SearchFilter,
        before: Option<RowId>,
        limit: u32,
    ) -> Result<SearchPage, ApiError> {
        let limit = limit.clamp(1, LONGEST_PAGE);
        if !filter.is_sensible() {
            return Err(ApiError::new(Code::BadRequest, "the filter is too large"));
        }
        let now_ms = self.engine.clock().now_ms();
        let store = self.engine.store();
        let read = store.read(move |reader| {
            reader.search_filtered((scope, &query), &filter, before, limit, now_ms)
        });
        Ok(read.await?)
    }

    async fn send(
        &self,
        chat: ChatId,
        text: String,
        entities: Vec<Entity>,
        reply_to: Option<MessageId>,
    ) -> Result<Outgoing, ApiError> {
        let RichText { text, entities } = checked_rich(text, entities)?;
        let now_ms = self.engine.clock().now_ms();
        let new = NewOutgoing {
            chat,
            text,
            entities,
            reply_to,
            random_id: rand::random(),
            due_ms: now_ms,
            held: false,
            now_ms,
        };
        let outgoing = self
            .engine
            .store()
            .write_durable(move |tx| tx.outbox_add(&new))
            .await?;
        self.engine.told_of(&outgoing).await;
        let (engine, sent) = (self.engine.clone(), outgoing.text.clone());
        tokio::spawn(async move {
            if let Err(error) = engine.forget_draft(chat, &sent).await {
                tracing::warn!(%chat, %error, "the draft of a sent message stays");
            }
        });
        Ok(outgoing)
    }

    async fn outgoing(&self, id: OutgoingId) -> Result<Outgoing, ApiError> {
        let found = self
            .engine
            .store()
            .read(move |reader| reader.outgoing(id))
            .await?;
        found.ok_or_else(|| unknown("outgoing message"))
    }

    async fn outgoing_retry(&self, id: OutgoingId) -> Result<Outgoing, ApiError> {
        let now_ms = self.engine.clock().now_ms();
        self.engine
            .store()
            .write_durable(move |tx| tx.outbox_retry(id, now_ms))
            .await?;
        let outgoing = self.outgoing(id).await?;
        self.engine.told_of(&outgoing).await;
        Ok(outgoing)
    }

    async fn outgoing_discard(&self, id: OutgoingId) -> Result<(), ApiError> {
        let outgoing = self.outgoing(id).await?;
        let gone = self
            .engine
            .store()
            .write_durable(move |tx| tx.outbox_discard(id))
            .await?;
        if !gone {
            let sent = matches!(outgoing.state, OutgoingState::Sent { .. });
            let why = if sent {
                "it was sent"
            } else {
                "it may be on the wire"
            };
            return Err(ApiError::new(Code::BadRequest, why));
        }
        self.engine.told_of(&outgoing).await;
        Ok(())
    }

    async fn edit(&self, row: RowId, text: String, entities: Vec<Entity>) -> Result<(), ApiError> {
        Ok(self
            .engine
            .edit(row, &checked_rich(text, entities)?)
            .await?)
    }

    async fn delete(&self, rows: Vec<RowId>, for_everyone: bool) -> Result<(), ApiError> {
        Ok(self.engine.delete(rows, for_everyone).await?)
    }

    async fn read(&self, chat: ChatId, up_to: MessageId) -> Result<(), ApiError> {
        Ok(self.engine.read(chat, up_to).await?)
    }

    async fn set_unread_mark(&self, chat: ChatId, marked: bool) -> Result<(), ApiError> {
        Ok(self.engine.set_unread_mark(chat, marked).await?)
    }

    async fn save_draft(
        &self,
        chat: ChatId,
        text: String,
        reply_to: Option<MessageId>,
    ) -> Result<(), ApiError> {
        Ok(self.engine.save_draft(chat, text, reply_to).await?)
    }

    async fn typing(&self, chat: ChatId) -> Result<(), ApiError> {
        Ok(self.engine.typing(chat).await?)
    }

    async fn set_pinned(&self, chat: ChatId, pinned: bool) -> Result<(), ApiError> {
        Ok(self.engine.set_pinned(chat, pinned).await?)
    }

    async fn set_muted(&self, chat: ChatId, muted: bool) -> Result<(), ApiError> {
        Ok(self.engine.set_muted(chat, muted).await?)
    }

    async fn set_archived(&self, chat: ChatId, archived: bool) -> Result<(), ApiError> {
        Ok(self.engine.set_archived(chat, archived).await?)
    }

    async fn tell_chats(&self, targets: Targets, change: TelegramChange) -> Result<Told, ApiError> {
        Ok(self.engine.tell_chats(targets, change).await?)
    }

    async fn tell_cancel(&self, telling: TellingId) -> Result<(), ApiError> {
        self.engine.tell_cancel(telling);
        Ok(())
    }

    async fn people(
        &self,
        filter: ChatFilter,
        words: String,
        sort: PeopleSort,
        down: bool,
    ) -> Result<Vec<ChatId>, ApiError> {
        people::keys(self, filter, words, sort, down).await
    }

    async fn people_rows(&self, chats: Vec<ChatId>) -> Result<Vec<PersonRow>, ApiError> {
        people::rows(self, chats).await
    }

    async fn timeline(
        &self,
        chat: ChatId,
        older: Vec<TimelineMark>,
        limit: u32,
    ) -> Result<TimelinePage, ApiError> {
        people::timeline(self, chat, older, limit.clamp(1, LONGEST_PAGE)).await
    }

    async fn folders(&self) -> Result<Vec<Folder>, ApiError> {
        Ok(self.engine.store().read(|reader| reader.folders()).await?)
    }

    async fn catalog(&self) -> Result<Catalog, ApiError> {
        Ok(self.engine.store().read(|reader| reader.catalog()).await?)
    }

    async fn tag_save(&self, tag: Tag) -> Result<Saved, ApiError> {
        crm::save_tag(self, tag).await
    }

    async fn tag_uses(&self, tag: TagId) -> Result<u32, ApiError> {
        let store = self.engine.store();
        Ok(store.read(move |reader| reader.tag_uses(tag)).await?)
    }

    async fn tag_delete(&self, tag: TagId) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.delete_tag(tag, by)).await
    }

    async fn tag_merge(&self, from: TagId, into: TagId) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.merge_tags(from, into, by)).await
    }

    async fn tags_order(&self, order: Vec<TagId>) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.order_tags(&order, by)).await
    }

    async fn status_save(&self, status: ChatStatus) -> Result<Saved, ApiError> {
        crm::save_status(self, status).await
    }

    async fn status_delete(
        &self,
        status: StatusId,
        instead: Option<StatusId>,
    ) -> Result<Done, ApiError> {
        crm::delete_status(self, status, instead).await
    }

    async fn statuses_order(&self, order: Vec<StatusId>) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.order_statuses(&order, by)).await
    }

    async fn field_save(&self, field: Field) -> Result<Saved, ApiError> {
        crm::save_field(self, field).await
    }

    async fn field_delete(&self, field: FieldId) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.delete_field(field, by)).await
    }

    async fn fields_order(&self, order: Vec<FieldId>) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.order_fields(&order, by)).await
    }

    async fn view_save(&self, view: View) -> Result<Saved, ApiError> {
        crm::save_view(self, view).await
    }

    async fn view_delete(&self, view: ViewId) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.delete_view(view, by)).await
    }

    async fn views_order(&self, order: Vec<ViewId>) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.order_views(&order, by)).await
    }

    async fn set_rules(&self, rules: Rules) -> Result<Done, ApiError> {
        Ok(self.engine.set_rules(rules).await?)
    }

    async fn set_quiet(&self, quiet: Option<GoneQuiet>) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.set_gone_quiet(quiet.as_ref(), by)).await
    }

    async fn state_export(
        &self,
        file: String,
        people: bool,
        window: WindowSettings,
    ) -> Result<u32, ApiError> {
        Ok(self
            .engine
            .export_state(file.into(), people, window)
            .await?)
    }

    async fn state_import(
        &self,
        file: String,
        look: bool,
        window: Option<WindowSettings>,
    ) -> Result<Imported, ApiError> {
        let differs = |given: &WindowSettings| {
            let differs = window.map(|now| portable::differences(&now, given));
            differs.unwrap_or_default()
        };
        Ok(self.engine.import_state(file.into(), look, differs).await?)
    }

    async fn templates(&self) -> Result<Vec<Template>, ApiError> {
        let store = self.engine.store();
        Ok(store.read(|reader| reader.templates()).await?)
    }

    async fn template_save(&self, template: Template) -> Result<Saved, ApiError> {
        templates::save(self, template).await
    }

    async fn template_duplicate(&self, template: TemplateId) -> Result<Saved, ApiError> {
        templates::duplicate(self, template).await
    }

    async fn template_delete(&self, template: TemplateId) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.delete_template(template, by)).await
    }

    async fn templates_order(&self, order: Vec<TemplateId>) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.order_templates(&order, by)).await
    }

    async fn templates_move(&self, from: String, into: String) -> Result<Done, ApiError> {
        crm::catalog(self, move |tx, by| tx.move_templates(&from, &into, by)).await
    }

    async fn template_variables(&self) -> Result<Vec<TemplateVariable>, ApiError> {
        templates::variables(self).await
    }

    async fn template_preview(
        &self,
        chat: Option<ChatId>,
        body: String,
        language: String,
    ) -> Result<Rendered, ApiError> {
        templates::preview(self, chat, body, language).await
    }

    async fn template_render(
        &self,
        template: TemplateId,
        chat: ChatId,
        language: Option<String>,
        prefer: Option<String>,
    ) -> Result<Rendered, ApiError> {
        templates::render(self, template, chat, language, prefer).await
    }

    async fn template_used(&self, template: TemplateId) -> Result<(), ApiError> {
        templates::used(self, template).await
    }

    async fn template_starters(&self, language: String) -> Result<Vec<StarterTemplate>, ApiError> {
        templates::starters(&language)
    }

    async fn template_starters_add(
        &self,
        keys: Vec<String>,
        language: String,
    ) -> Result<Done, ApiError> {
        templates::add_starters(self, keys, language).await
    }

    async fn templates_export(&self, format: TemplateFormat) -> Result<String, ApiError> {
        templates::export(self, format).await
    }

    async fn templates_import(
        &self,
        format: TemplateFormat,
        text: String,
        dry: bool,
    ) -> Result<ImportReport, ApiError> {
        templates::import(self, format, text, dry).await
    }

    async fn people_table(&self, file: String) -> Result<PeopleTable, ApiError> {
        people_import::table(self, file).await
    }

    async fn people_import(
        &self,
        file: String,
        columns: Vec<PeopleColumn>,
        look: bool,
    ) -> Result<PeopleImported, ApiError> {
        people_import::import(self, file, columns, look).await
    }

    async fn list_export(
        &self,
        targets: Targets,
        file: String,
        words: TableWords,
    ) -> Result<u32, ApiError> {
        list_export::write(self, targets, file, words).await
    }

    async fn change_chats(&self, targets: Targets, change: ChatChange) -> Result<Done, ApiError> {
        Ok(self.engine.change_chats(targets, change).await?)
    }

    async fn change_cancel(&self) -> Result<(), ApiError> {
        self.engine.change_cancel();
        Ok(())
    }

    async fn card(&self, chat: ChatId) -> Result<Card, ApiError> {
        crm::card(self, chat).await
    }

    async fn note(&self, note: NoteId) -> Result<NoteHit, ApiError> {
        crm::note(self, note).await
    }

    async fn note_save(&self, note: NewNote) -> Result<Saved, ApiError> {
        crm::save_note(self, note).await
    }

    async fn note_delete(&self, note: NoteId) -> Result<Done, ApiError> {
        crm::kept(self, move |tx, by| tx.delete_note(note, by)).await
    }

    async fn notes_search(&self, query: String) -> Result<Vec<NoteHit>, ApiError> {
        crm::search_notes(self, query).await
    }

    async fn tasks_search(&self, query: String) -> Result<Vec<TaskHit>, ApiError> {
        crm::search_tasks(self, query).await
    }

    async fn task_save(&self, task: NewTask) -> Result<Saved, ApiError> {
        crm::save_task(self, task).await
    }

    async fn task_finish(&self, task: TaskId, done: bool) -> Result<Done, ApiError> {
        crm::kept(self, move |tx, by| tx.finish_task(task, done, by)).await
    }

    async fn task_delete(&self, task: TaskId) -> Result<Done, ApiError> {
        crm::kept(self, move |tx, by| tx.delete_task(task, by)).await
    }

    async fn tasks_open(&self) -> Result<Vec<Task>, ApiError> {
        Ok(self
            .engine
            .store()
            .read(|reader| reader.open_tasks())
            .await?)
    }

    async fn value_set(
        &self,
        chat: ChatId,
        field: FieldId,
        value: Option<String>,
    ) -> Result<Done, ApiError> {
        crm::set_value(self, chat, field, value).await
    }

    async fn deeds(
        &self,
        chats: Vec<ChatId>,
        before: Option<DeedId>,
        limit: u32,
    ) -> Result<Vec<Deed>, ApiError> {
        crm::deeds(self, chats, before, limit).await
    }

    async fn undo(&self, deed: Option<DeedId>) -> Result<Undone, ApiError> {
        Ok(self.engine.undo(deed).await?)
    }

    async fn chat_counts(&self, lists: Vec<ChatFilter>) -> Result<Vec<ListCount>, ApiError> {
        crm::counts(self, lists).await
    }

    async fn waiting(&self) -> Result<Vec<WaitingChat>, ApiError> {
        Ok(self.engine.waiting().await?)
    }

    async fn notification_settings(&self) -> Result<NotificationSettings, ApiError> {
        notices::settings(self).await
    }

    async fn set_notification_settings(
        &self,
        settings: NotificationSettings,
    ) -> Result<(), ApiError> {
        notices::set_settings(self, settings).await
    }

    async fn notify_muted(&self) -> Result<Vec<ChatId>, ApiError> {
        notices::muted(self).await
    }

    async fn notify_chat(&self, chat: ChatId, muted: bool) -> Result<(), ApiError> {
        notices::set_muted(self, chat, muted).await
    }

    async fn lock_settings(&self) -> Result<LockSettings, ApiError> {
        lock::settings(self).await
    }

    async fn set_lock_settings(&self, settings: LockSettings) -> Result<(), ApiError> {
        lock::set_settings(self, settings).await
    }

    async fn key_slots(&self) -> Result<KeySlots, ApiError> {
        self.keys(|_| Ok(())).await
    }

    async fn passphrase_set(&self, old: Option<String>, new: String) -> Result<KeySlots, ApiError> {
        let new = checked_passphrase(new)?;
        let old = old.and_then(Passphrase::new);
        self.keys(move |keys| keys.set_passphrase(old.as_ref(), &new))
            .await
    }

    async fn passphrase_remove(&self, old: String) -> Result<KeySlots, ApiError> {
        let old = checked_passphrase(old)?;
        self.keys(move |keys| keys.vault().remove_passphrase(&old))
            .await
    }

    async fn recovery_code_new(&self) -> Result<RecoveryShown, ApiError> {
        Ok(self.keys.draft_recovery()?)
    }

    async fn recovery_code_confirm(&self, typed: Vec<String>) -> Result<KeySlots, ApiError> {
        self.keys(move |keys| keys.confirm_recovery(&typed)).await
    }

    async fn recovery_code_remove(&self) -> Result<KeySlots, ApiError> {
        self.keys(|keys| keys.vault().remove_recovery()).await
    }

    async fn keyring_enable(&self) -> Result<KeySlots, ApiError> {
        self.keys(|keys| keys.set_keyring()).await
    }

    async fn keyring_disable(&self) -> Result<KeySlots, ApiError> {
        self.keys(|keys| keys.vault().remove_keyring()).await
    }

    async fn backup_status(&self) -> Result<BackupStatus, ApiError> {
        Ok(self.engine.backup_status().await?)
    }

    async fn backup_settings_set(
        &self,
        settings: BackupSettings,
    ) -> Result<BackupStatus, ApiError> {
        self.engine.set_backup_settings(settings).await?;
        self.backup_status().await
    }

    async fn backup_now(&self) -> Result<BackupOutcome, ApiError> {
        Ok(self.engine.backup_now().await?)
    }

    async fn backup_cancel(&self) -> Result<(), ApiError> {
        self.engine.backup_cancel();
        Ok(())
    }

    async fn backup_files(&self) -> Result<Vec<BackupFile>, ApiError> {
        Ok(self.engine.backup_files().await?)
    }

    async fn backup_verify(
        &self,
        file: String,
        secret: Option<String>,
    ) -> Result<BackupInfo, ApiError> {
        let secret = secret.and_then(Passphrase::new);
        Ok(self.engine.backup_verify(file.into(), secret).await?)
    }

    async fn held(&self) -> Result<Vec<Outgoing>, ApiError> {
        let store = self.engine.store();
        Ok(store.read(|reader| reader.held(Code::Restored)).await?)
    }

    async fn held_release(&self, ids: Vec<OutgoingId>) -> Result<u32, ApiError> {
        held::each(self, ids, |tx, id, now_ms| {
            Ok(tx.outbox_retry(id, now_ms)?.is_some())
        })
        .await
    }

    async fn held_discard(&self, ids: Vec<OutgoingId>) -> Result<u32, ApiError> {
        held::each(self, ids, |tx, id, _| tx.outbox_discard(id)).await
    }

    async fn disk(&self) -> Result<Disk, ApiError> {
        Ok(self.engine.disk().await?)
    }

    async fn damage(&self) -> Result<Option<Damage>, ApiError> {
        Ok(self.damage.get().cloned())
    }

    async fn doctor(&self) -> Result<Vec<Finding>, ApiError> {
        doctor::examine(self).await
    }

    async fn diagnostics(&self) -> Result<String, ApiError> {
        diagnostics::report(self).await
    }
}

fn unknown(what: &str) -> ApiError {
    ApiError::new(Code::NotFound, format!("no {what} has this id"))
}
