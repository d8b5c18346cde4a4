use switchboard_model::Connection;

use super::super::decide::tests::{chat, message};
use super::*;

fn account(id: i64, state: AccountState) -> Account {
    Account {
        id: AccountId(id),
        user_id: id,
        name: format!("Account {id}"),
        label: None,
        username: None,
        phone: None,
        colour: 0,
        position: 0,
        photo: None,
        connection: Connection::Telegram,
        state,
        since_ms: 0,
        unread: 0,
    }
}

#[test]
fn an_account_that_cannot_go_on_by_itself_is_told_of_once() {
    use AccountState as A;
    let mut told = BTreeMap::new();
    let mut looks = |states: &[A]| {
        let accounts = (1..).zip(states).map(|(id, state)| account(id, *state));
        let accounts: Vec<_> = accounts.collect();
        let newly = newly_needing(&mut told, &accounts);
        newly.iter().map(|one| one.id.0).collect::<Vec<_>>()
    };
    // At the start: what happened while nobody was there.
    assert_eq!(looks(&[A::Revoked, A::Online, A::Banned]), [1, 3]);
    assert_eq!(looks(&[A::Revoked, A::Frozen, A::Banned]), [2]);
    assert!(looks(&[A::Revoked, A::Connecting, A::Banned]).is_empty());
    assert!(looks(&[A::Revoked, A::Frozen, A::Banned]).is_empty());
    // Logged in again, and revoked once more.
    assert!(looks(&[A::Online, A::Frozen, A::Banned]).is_empty());
    assert_eq!(looks(&[A::Revoked, A::Frozen, A::Banned]), [1]);
    assert_eq!(looks(&[A::Banned, A::Frozen, A::Banned]), [1]);
    // The operator's own doing, and an account that was removed.
    assert!(looks(&[A::LoggedOut]).is_empty());
}

#[test]
fn a_preview_names_the_sender_in_groups_only() {
    let person = preview(&chat(), &message(), &[]);
    assert_eq!((person.sender, person.line.as_str()), (None, "Hello"));
    let group = Chat {
        kind: ChatKind::Supergroup,
        ..chat()
    };
    let voice = Message {
        text: String::new(),
        line: Some("Voice message 0:12".into()),
        ..message()
    };
    let shown = preview(&group, &voice, &[]);
    assert_eq!(shown.sender.as_deref(), Some("Anna"));
    assert_eq!(shown.line, "Voice message 0:12");
}

#[test]
fn long_texts_are_cut_between_characters() {
    let long = "ж".repeat(LONGEST_LINE + 1);
    assert_eq!(shortened(&long).chars().count(), LONGEST_LINE + 1);
    assert!(shortened(&long).ends_with('…'));
    assert_eq!(shortened("ж"), "ж");
}
