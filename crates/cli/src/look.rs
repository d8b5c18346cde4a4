//! How things look to people.

use std::collections::HashMap;

use comfy_table::Row;
use switchboard_model::{
    Account, AccountId, AccountSession, AccountState, Chat, Connection, Delivery, Message,
    Outgoing, OutgoingState,
};

use crate::out::table;
use crate::{plain, words};

/// Names of accounts by id.
pub(crate) struct Names(HashMap<AccountId, String>);

impl Names {
    pub(crate) fn new(accounts: &[Account]) -> Self {
        let name = |account: &Account| plain::one_line(account.shown_name(), 30);
        Self(
            accounts
                .iter()
                .map(|account| (account.id, name(account)))
                .collect(),
        )
    }

    /// The account's name, or its number where it has gone meanwhile.
    pub(crate) fn of(&self, account: AccountId) -> String {
        self.0
            .get(&account)
            .cloned()
            .unwrap_or_else(|| account.to_string())
    }
}

/// An account's sessions as a table.
pub(crate) fn sessions(sessions: &[AccountSession]) -> String {
    let mut table = table(&["session", "app", "device", "place", "used last", ""]);
    for session in sessions {
        let note = match session {
            AccountSession { current: true, .. } => "this one",
            AccountSession {
                password_pending: true,
                ..
            } => "waits for the password",
            AccountSession { official: true, .. } => "official app",
            _ => "",
        };
        table.add_row([
            session.hash.clone(),
            plain::one_line(&session.app, 30),
            plain::one_line(&session.device, 30),
            plain::one_line(&session.place, 30),
            words::clock(session.active_ms),
            note.to_owned(),
        ]);
    }
    table.to_string()
}

/// Accounts as a table; `connects` says whether somebody connects them.
pub(crate) fn accounts(accounts: &[Account], connects: bool) -> String {
    if accounts.is_empty() {
        return "There is no account yet. Add one with `accounts add`.".into();
    }
    let mut table = table(&[
        "id", "name", "username", "phone", "unread", "server", "state",
    ]);
    for account in accounts {
        let server = match &account.connection {
            Connection::Telegram => "Telegram".to_owned(),
            Connection::Profile { name } => plain::one_line(name, 20),
        };
        table.add_row([
            account.id.to_string(),
            plain::one_line(account.shown_name(), 30),
            at_name(account.username.as_deref()),
            account.phone.clone().unwrap_or_default(),
            account.unread.to_string(),
            server,
            match account.state {
                AccountState::Connecting if !connects => "not connected".to_owned(),
                state => words::state(state),
            },
        ]);
    }
    table.to_string()
}

/// Chats as a table, in their order.
pub(crate) fn chats(chats: &[Chat], names: &Names) -> String {
    if chats.is_empty() {
        return "No chats.".into();
    }
    let mut table = table(&["id", "account", "chat", "unread", "date", "last message"]);
    for chat in chats {
        let last = chat.last.as_ref();
        let mut row = Row::from([
            chat.id.to_string(),
            names.of(chat.account),
            plain::one_line(&chat.title, 30),
            unread(chat),
            last.map(|last| words::date(last.date)).unwrap_or_default(),
            last.map(|last| plain::one_line(&last.line, 50))
                .unwrap_or_default(),
        ]);
        // A narrow terminal shows as many chats, and less of each.
        row.max_height(1);
        table.add_row(row);
    }
    table.to_string()
}

fn unread(chat: &Chat) -> String {
    match (chat.unread, chat.unread_mark) {
        (0, false) => String::new(),
        (0, true) => "marked".into(),
        (count, _) => count.to_string(),
    }
}

fn at_name(username: Option<&str>) -> String {
    username
        .map(|name| format!("@{}", plain::one_line(name, 32)))
        .unwrap_or_default()
}

/// A message with a line of its own for who, when and which, and its text below.
pub(crate) fn message(message: &Message) -> String {
    let who = match (&message.sender_name, message.out) {
        (_, true) => "you".to_owned(),
        (Some(name), false) => plain::one_line(name, 40),
        (None, false) => "-".to_owned(),
    };
    let mut text = format!(
        "{}  {who}{}{}  [message {}, row {}]",
        words::date(message.date),
        if message.edit_date.is_some() {
            ", edited"
        } else {
            ""
        },
        delivery(message.delivery),
        message.id,
        message.row,
    );
    if let Some(reply) = &message.reply {
        let line = reply
            .line
            .as_deref()
            .unwrap_or("a message that is not stored here");
        text.push_str(&format!("\n    > {}", plain::one_line(line, 70)));
    }
    let parts = [message.line.as_deref(), Some(message.text.as_str())];
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        text.push_str(&indented(part));
    }
    text
}

/// A message on its way out, as [`message`].
pub(crate) fn outgoing(outgoing: &Outgoing) -> String {
    let created = words::clock(outgoing.created_ms);
    let state = outgoing_state(&outgoing.state);
    format!(
        "{created}  you, {state}  [outgoing {}]{}",
        outgoing.id,
        indented(&outgoing.text)
    )
}

/// How far a message on its way out got.
pub(crate) fn outgoing_state(state: &OutgoingState) -> String {
    match state {
        OutgoingState::Held { .. } => "held".into(),
        OutgoingState::Queued => "waits for its turn".into(),
        OutgoingState::Sending => "being sent".into(),
        OutgoingState::Sent { message } => format!("sent as message {message}"),
        OutgoingState::RetryAt { at_ms, .. } => {
            format!("tried again at {}", words::clock(*at_ms))
        }
        OutgoingState::Ambiguous { at_ms, .. } => {
            format!(
                "without an answer yet, asked again at {}",
                words::clock(*at_ms)
            )
        }
        OutgoingState::Failed { .. } => "not sent".into(),
        OutgoingState::Skipped { .. } => "left out".into(),
    }
}

fn delivery(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Received | Delivery::Sent => "",
        Delivery::Sending => ", being sent",
        Delivery::Read => ", read",
        Delivery::Failed => ", not sent",
    }
}

fn indented(text: &str) -> String {
    plain::lines(text)
        .lines()
        .map(|line| format!("\n    {line}"))
        .collect()
}
