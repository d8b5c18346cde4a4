//! Chats of every kind, marked at random.

use std::collections::BTreeSet;

use proptest::prelude::*;
use switchboard_model::{
    AccountId, Actor, ChatChange, ChatId, ChatKind, Draft, Fact, Field, FieldId, FieldKind,
    MessageFact, MessageId, MessageKind, NewNote, NewTask, PeerFact, PeerId, Snooze, StatusId, Tag,
    TagId, TagReach, TaskKind, Turn,
};
use switchboard_store::{DeedOf, Result, Tx};

use crate::support::{DAY, NOW, World, add_account, came, own, peer, text};

/// People 1 to 4, a bot, own notes, two groups, two supergroups and two channels, known to two
/// accounts.
pub(super) const PEERS: i64 = 12;
/// The first field that is filled in; it and the next came with the program, the others follow them.
pub(super) const FIELDS: i64 = 3;
/// A field that nobody fills in.
pub(super) const UNSET: i64 = 9;

pub(super) fn peer_of(number: i64) -> PeerId {
    match number {
        1..=6 => PeerId::user(100 + number),
        7 | 8 => PeerId::group(300 + number),
        _ => PeerId::channel(400 + number),
    }
}

fn kind_of(number: i64) -> ChatKind {
    match number {
        1..=4 => ChatKind::Person,
        5 => ChatKind::Bot,
        6 => ChatKind::Saved,
        7 | 8 => ChatKind::Group,
        9 | 10 => ChatKind::Supergroup,
        _ => ChatKind::Channel,
    }
}

/// What makes one chat unlike another.
#[derive(Clone, Debug)]
pub(super) struct Made {
    peer: i64,
    other_account: bool,
    /// Whether each is ours, and what it is.
    messages: Vec<(bool, MessageKind)>,
    read: bool,
    archived: bool,
    /// Seconds from now at which a mute ends.
    muted: Option<i64>,
    /// Pinned at Telegram.
    held: bool,
    pinned: bool,
    snoozed: Option<i64>,
    tags: BTreeSet<i64>,
    status: Option<i64>,
    noted: bool,
    due: Option<i64>,
    mentioned: bool,
    draft: bool,
    /// Whether the account of the person was deleted.
    gone: bool,
    values: Vec<(i64, &'static str)>,
}

/// Values by their fields: text, the day of opting out, number, date, choice and money.
fn values() -> impl Strategy<Value = Vec<(i64, &'static str)>> {
    let one = |place: i64, texts: &'static [&'static str]| {
        let text = prop::option::weighted(0.4, prop::sample::select(texts));
        text.prop_map(move |text| text.map(|text| (FIELDS + place, text)))
    };
    let all = (
        one(0, &["10", "9", "Київ", "12.50 EUR"]),
        one(1, &["2026-05-01", "2025-02-28"]),
        one(2, &["10", "-3", "9.5"]),
        one(3, &["2026-05-01", "2026-12-31", "1999-01-01"]),
        one(4, &["Retail", "Wholesale"]),
        one(5, &["12.50 EUR", "-7 USD", "9 EUR", "-0.50 EUR"]),
    );
    all.prop_map(|(text, opted_out, number, date, choice, money)| {
        let all = [text, opted_out, number, date, choice, money];
        all.into_iter().flatten().collect()
    })
}

fn message_kind() -> impl Strategy<Value = MessageKind> {
    let others = [
        MessageKind::Photo,
        MessageKind::Video,
        MessageKind::VideoNote,
        MessageKind::Voice,
        MessageKind::Audio,
        MessageKind::Animation,
        MessageKind::Sticker,
        MessageKind::Document,
        MessageKind::Vanishing,
    ];
    prop_oneof![
        2 => Just(MessageKind::Text),
        1 => prop::sample::select(others.to_vec()),
    ]
}

pub(super) fn made() -> impl Strategy<Value = Made> {
    let look = (
        1..=PEERS,
        any::<bool>(),
        prop::collection::vec((any::<bool>(), message_kind()), 1..4),
        any::<bool>(),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.4, prop::sample::select(vec![-60_i64, 0, 1, 60])),
        prop::bool::weighted(0.2),
    );
    let marks = (
        prop::bool::weighted(0.3),
        prop::option::weighted(0.3, -1_i64..2),
        prop::collection::btree_set(1_i64..4, 0..3),
        prop::option::of(1_i64..6),
        prop::bool::weighted(0.3),
        prop::option::weighted(0.4, -1_i64..2),
    );
    let rest = (
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.1),
        values(),
    );
    (look, marks, rest).prop_map(|(look, marks, (mentioned, draft, gone, values))| {
        let (peer, other_account, messages, read, archived, muted, held) = look;
        let (pinned, snoozed, tags, status, noted, due) = marks;
        Made {
            peer,
            other_account,
            messages,
            read,
            archived,
            muted,
            held,
            pinned,
            snoozed,
            tags,
            status,
            noted,
            due,
            mentioned,
            draft,
            gone,
            values,
        }
    })
}

/// Each chat is put down a second after the one before.
fn by(place: usize) -> DeedOf {
    DeedOf {
        actor: Actor::Operator,
        now_ms: NOW + 1_000 * i64::try_from(place).expect("few"),
    }
}

pub(super) fn build(made: &[Made]) -> World {
    let world = World::new();
    add_account(&world.store, 2);
    let made = made.to_vec();
    world.write(move |tx| {
        define(tx)?;
        for (place, made) in made.iter().enumerate() {
            put(tx, made, place)?;
        }
        Ok(())
    });
    world
}

fn define(tx: &Tx<'_>) -> Result<()> {
    for number in 1..4 {
        let tag = Tag {
            id: TagId(0),
            name: format!("t{number}"),
            colour: "red".to_owned(),
            reach: match number {
                3 => TagReach::Chat,
                _ => TagReach::Person,
            },
        };
        tx.save_tag(&tag, &by(0))?;
    }
    let kinds = [
        FieldKind::Number,
        FieldKind::Date,
        FieldKind::Choice,
        FieldKind::Money,
        FieldKind::Text,
    ];
    for (expected, kind) in (FIELDS + 2..).zip(kinds) {
        let field = Field {
            id: FieldId(0),
            builtin: None,
            name: format!("{kind:?}"),
            kind,
            options: vec!["Retail".to_owned(), "Wholesale".to_owned()],
            remind: false,
            yearly: false,
        };
        let (id, _) = tx.save_field(&field, &by(0))?;
        assert_eq!(id, FieldId(expected));
    }
    Ok(())
}

fn put(tx: &Tx<'_>, made: &Made, place: usize) -> Result<()> {
    let account = AccountId(1 + i64::from(made.other_account));
    let of = peer_of(made.peer);
    let told = PeerFact {
        kind: kind_of(made.peer),
        contact: made.peer % 2 == 0,
        deleted: made.gone,
        admin: true,
        ..peer(of, "Somebody")
    };
    let turn = Turn {
        peers: vec![told],
        facts: facts(made, of, 10 + 4 * i32::try_from(place).expect("few")),
        ..Turn::default()
    };
    tx.apply_turn(account, &turn, NOW)?;
    let chat = tx.chat_by_peer(account, of)?.expect("a chat");
    if made.read {
        tx.set_read(chat, MessageId(i32::MAX))?;
    }
    let draft = Draft {
        text: "unsent".to_owned(),
        reply_to: None,
        date: DAY + 30,
    };
    tx.set_draft(chat, made.draft.then_some(&draft))?;
    tx.set_muted(chat, made.muted.map(|seconds| NOW / 1_000 + seconds))?;
    mark(tx, made, chat, &by(place))?;
    keep(tx, made, chat, &by(place))
}

/// Its messages, the first of which has this id, and where it stands at Telegram.
fn facts(made: &Made, of: PeerId, first: i32) -> Vec<Fact> {
    let mut facts: Vec<Fact> = (first..)
        .zip(&made.messages)
        .map(|(id, (out, kind))| MessageFact {
            kind: *kind,
            ..match out {
                true => own(of, id, "ours"),
                false => MessageFact {
                    mentioned: made.mentioned,
                    ..text(of, id, "theirs")
                },
            }
        })
        .map(came)
        .collect();
    facts.push(Fact::Archived {
        peer: of,
        archived: made.archived,
    });
    facts.push(Fact::Pinned {
        peer: of,
        pinned: made.held,
    });
    facts
}

fn mark(tx: &Tx<'_>, made: &Made, chat: ChatId, by: &DeedOf) -> Result<()> {
    let mut changes = vec![
        ChatChange::Pin(made.pinned),
        ChatChange::Status(made.status.map(StatusId)),
        ChatChange::Snooze(made.snoozed.map(|minutes| Snooze {
            until_ms: NOW + minutes * 60_000,
            unless_reply: false,
        })),
    ];
    changes.extend(made.tags.iter().map(|tag| ChatChange::Tag(TagId(*tag))));
    for change in changes {
        tx.change_chats(&[chat], change, by)?;
    }
    Ok(())
}

fn keep(tx: &Tx<'_>, made: &Made, chat: ChatId, by: &DeedOf) -> Result<()> {
    if made.noted {
        let note = NewNote {
            id: None,
            chat,
            text: "note".to_owned(),
            pinned: false,
        };
        tx.save_note(&note, by)?;
    }
    if let Some(minutes) = made.due {
        let task = NewTask {
            id: None,
            chat,
            kind: TaskKind::FollowUp,
            text: String::new(),
            message: None,
            due_ms: Some(NOW + minutes * 60_000),
        };
        tx.save_task(&task, by)?;
    }
    for (field, value) in &made.values {
        tx.set_value(chat, FieldId(*field), Some(value), by)?;
    }
    Ok(())
}
