//! Dialogs, history, people and files equal the world.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use std::collections::BTreeSet;

use common::{crowded, keys_of, online, sandbox, with_keys};
use switchboard_model::{Code, MessageFact, MessageId, MessageKind, PeerId};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, RpcError, Rule};
use switchboard_telegram::{CallError, Link, LinkSignal};

/// No file of the small world is larger.
const LIMIT: usize = 2 * 1024 * 1024;

async fn whole_history(link: &Link, peer: PeerId) -> Vec<MessageFact> {
    let mut before = MessageId(i32::MAX);
    let mut all = Vec::new();
    loop {
        let page = link.history(peer, before, MessageId(0), 50).await.unwrap();
        all.extend(page.messages);
        match page.oldest {
            Some(oldest) if !page.complete => before = oldest,
            _ => return all,
        }
    }
}

#[tokio::test]
async fn dialogs_equal_the_world() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let mut seen = BTreeSet::new();
    for archived in [false, true] {
        let page = online.link.dialogs(archived, None).await.unwrap();
        assert_eq!(page.next, None);
        for dialog in &page.dialogs {
            assert_eq!(dialog.archived, archived);
            assert!(page.peers.iter().any(|peer| peer.peer == dialog.peer));
            assert!(dialog.top == MessageId(0) || page.tops.iter().any(|m| m.id == dialog.top));
            seen.insert((
                dialog.peer.0,
                dialog.top.0,
                dialog.read_in.0,
                dialog.read_out.0,
                i32::try_from(dialog.unread).unwrap(),
                dialog.unread_mark,
                dialog.pinned.is_some(),
                dialog.archived,
                dialog.muted_until.unwrap_or_default(),
                dialog.draft.as_ref().map(|draft| draft.text.clone()),
            ));
        }
    }
    let world: BTreeSet<_> = sandbox
        .snapshot(ids::ACCOUNT)
        .dialogs
        .into_iter()
        .map(|d| {
            (
                d.peer,
                d.top_message,
                d.read_inbox_max_id,
                d.read_outbox_max_id,
                d.unread,
                d.unread_mark,
                d.pinned,
                d.archived,
                i64::from(d.mute_until),
                d.draft,
            )
        })
        .collect();
    assert_eq!(seen, world);
}

#[tokio::test]
async fn many_dialogs_come_by_pages() {
    let (sandbox, account) = crowded(333, 2000).await;
    let keys = keys_of(&sandbox, account);
    let (link, _updates, _signals) = Link::open(with_keys(&sandbox, keys)).unwrap();
    let first = link.dialogs(false, None).await.unwrap();
    for place in [3, 60, 99] {
        let peer = first.dialogs[place].peer;
        link.set_pinned(peer, true).await.unwrap();
    }
    let (mut seen, mut pages, mut after) = (Vec::new(), 0, None);
    loop {
        let page = link.dialogs(false, after.as_ref()).await.unwrap();
        seen.extend(page.dialogs.iter().map(|dialog| dialog.peer));
        pages += 1;
        let Some(next) = page.next else { break };
        after = Some(next);
    }
    assert!((4..=5).contains(&pages), "{pages} pages");
    let distinct: BTreeSet<_> = seen.iter().map(|peer| peer.0).collect();
    assert_eq!(distinct.len(), seen.len(), "a dialog came twice");
    let world = sandbox.snapshot(account).dialogs;
    assert_eq!(distinct, world.iter().map(|dialog| dialog.peer).collect());
    assert_eq!(seen[..3], link.pinned_order(false).await.unwrap());
}

#[tokio::test]
async fn pinned_dialogs_keep_their_order() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let page = online.link.dialogs(false, None).await.unwrap();
    let order = online.link.pinned_order(false).await.unwrap();
    let mut pinned: Vec<_> = page
        .dialogs
        .iter()
        .filter_map(|dialog| Some((dialog.pinned?, dialog.peer)))
        .collect();
    pinned.sort_unstable();
    assert_eq!(pinned.len(), 2);
    assert_eq!(
        order,
        pinned.iter().map(|(_, peer)| *peer).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn history_equals_the_world() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let mut seen = BTreeSet::new();
    let snapshot = sandbox.snapshot(ids::ACCOUNT);
    for dialog in &snapshot.dialogs {
        for message in whole_history(&online.link, PeerId(dialog.peer)).await {
            seen.insert((
                message.peer.message_box().0,
                message.id.0,
                message.peer.0,
                message.sender.map(|sender| sender.0),
                message.date,
                message.edit_date,
                message.text,
                message.reply_to.map(|id| id.0),
                message.entities.len(),
            ));
        }
    }
    let world: BTreeSet<_> = snapshot
        .messages
        .into_iter()
        .map(|m| {
            (
                m.message_box,
                m.id,
                m.peer,
                m.sender,
                i64::from(m.date),
                m.edit_date.map(i64::from),
                m.text,
                m.reply_to,
                m.entities.len(),
            )
        })
        .collect();
    assert_eq!(seen.len(), world.len());
    assert_eq!(seen, world);
}

#[tokio::test]
async fn history_between_two_ids() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let peer = PeerId::channel(ids::SUPERGROUP);
    let page = online
        .link
        .history(peer, MessageId(50), MessageId(40), 100)
        .await
        .unwrap();
    let found: Vec<_> = page.messages.iter().map(|message| message.id.0).collect();
    assert_eq!(found, (41..50).rev().collect::<Vec<_>>());
    assert!(page.complete);
}

#[tokio::test]
async fn media_are_named_and_fetched() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let messages = whole_history(&online.link, PeerId::user(ids::ANNA)).await;
    let line = |kind| {
        let found = messages.iter().find(|message| message.kind == kind);
        found.and_then(|message| message.line.clone())
    };
    assert_eq!(line(MessageKind::Document).as_deref(), Some("price.pdf"));
    assert_eq!(
        line(MessageKind::Voice).as_deref(),
        Some("Voice message 0:12")
    );
    assert_eq!(line(MessageKind::Poll).as_deref(), Some("Poll: Glossy?"));
    assert_eq!(line(MessageKind::Sticker).as_deref(), Some("👍 Sticker"));
    assert_eq!(line(MessageKind::Location).as_deref(), Some("Location"));
    assert_eq!(line(MessageKind::Service).as_deref(), Some("Call 1:35"));

    let media = online.link.media();
    for message in messages.iter().filter(|message| message.file.is_some()) {
        let key = message.file.as_ref().unwrap();
        let bytes = media.file(key, LIMIT).await.unwrap();
        let size = message.media.as_ref().and_then(|media| media.size);
        assert_eq!(i64::try_from(bytes.len()).ok(), size, "{:?}", message.kind);
    }
    let photo = messages
        .iter()
        .find(|message| message.kind == MessageKind::Photo)
        .unwrap();
    let key = photo.file.clone().unwrap();
    let small = media.file(&key, 10).await.unwrap_err();
    assert_eq!(small, CallError::FileTooLarge);
    let fresh = online.link.refresh(photo.peer, photo.id).await.unwrap();
    assert_eq!(fresh.file.map(|file| file.id), Some(key.id));
}

#[tokio::test]
async fn a_file_in_another_data_centre() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let messages = whole_history(&online.link, PeerId::user(ids::ANNA)).await;
    let mut key = messages.iter().find_map(|m| m.file.clone()).unwrap();
    let here = online.link.media().file(&key, LIMIT).await.unwrap();
    assert_eq!(key.dc, 2);
    key.dc = 1;
    let there = online.link.media().file(&key, LIMIT).await.unwrap();
    assert_eq!(here, there);
    // The key of the other data centre is one to keep.
    let LinkSignal::KeysChanged(keys) = online.signals.recv().await.unwrap() else {
        panic!("no new key")
    };
    assert!(keys.keys.contains_key(&1));
    // The account itself is where it was.
    assert_eq!(online.link.me().await.unwrap().peer.0, ids::ACCOUNT);
}

#[tokio::test]
async fn an_old_file_reference_is_told_apart() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let expired = Fault::Error(RpcError::bad("FILE_REFERENCE_EXPIRED"));
    sandbox.set_fault(Rule::new(expired).method("upload.getFile").times(1));
    let messages = whole_history(&online.link, PeerId::user(ids::ANNA)).await;
    let key = messages.iter().find_map(|m| m.file.as_ref()).unwrap();
    let media = online.link.media();
    assert_eq!(
        media.file(key, LIMIT).await.unwrap_err(),
        CallError::FileExpired
    );
    media.file(key, LIMIT).await.unwrap();
}

#[tokio::test]
async fn people_and_their_photos() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let link = &online.link;
    let anna = PeerId::user(ids::ANNA);
    let full = link.full(anna).await.unwrap();
    assert_eq!(full.about.as_deref(), Some("Buys paper by the tonne"));
    let facts = link
        .peers(&[
            anna,
            PeerId::group(ids::GROUP),
            PeerId::channel(ids::SUPERGROUP),
        ])
        .await
        .unwrap();
    assert_eq!(facts.len(), 3);
    assert!(facts[0].mutual_contact);
    let photo = facts[0].photo.clone().unwrap();
    let bytes = link.media().avatar(anna, &photo, LIMIT).await.unwrap();
    assert!(!bytes.is_empty());
    let group = link.full(PeerId::group(ids::GROUP)).await.unwrap();
    assert_eq!(group.members, Some(4));
    assert_eq!(link.contacts().await.unwrap().len(), 2);
    let stranger = link.resolve_username("@stranger_s").await.unwrap();
    assert_eq!(stranger.peer, PeerId::user(ids::STRANGER));
    assert_eq!(
        link.resolve_username("nobody_at_all").await.unwrap_err(),
        CallError::Recipient(Code::PeerUnknown)
    );
}
