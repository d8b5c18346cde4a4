//! Acting in chats, and sending exactly once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::{Online, online, sandbox, text_of};
use switchboard_model::{Code, Draft, Fact, MessageId, PeerId};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Peer, Rule, Sandbox};
use switchboard_telegram::CallError;

const ANNA: PeerId = PeerId::user(ids::ANNA);

fn at_the_peer(sandbox: &Sandbox, peer: Peer, text: &str) -> usize {
    sandbox
        .transcript(peer)
        .iter()
        .filter(|received| received.text == text)
        .count()
}

#[tokio::test]
async fn a_text_to_a_person_a_group_and_a_channel() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let places = [
        (ANNA, Peer::User(ids::ANNA)),
        (PeerId::group(ids::GROUP), Peer::Chat(ids::GROUP)),
        (
            PeerId::channel(ids::OWN_CHANNEL),
            Peer::Channel(ids::OWN_CHANNEL),
        ),
        (PeerId::user(ids::ACCOUNT), Peer::User(ids::ACCOUNT)),
    ];
    for (number, (peer, there)) in (1..).zip(places) {
        let text = format!("text {number}");
        let sent = online
            .link
            .send_text(peer, &text, &[], None, number)
            .await
            .unwrap();
        assert_eq!((sent.peer, sent.text.as_str()), (peer, text.as_str()));
        assert!(sent.out || peer == PeerId::channel(ids::OWN_CHANNEL));
        assert!(sent.id > MessageId(0));
        assert_eq!(at_the_peer(&sandbox, there, &text), 1, "{text}");
        // The answer reaches the updates as well, with the id that the answer gave.
        let told = online
            .fact(|fact| match fact {
                Fact::Message(message) if message.text == text => Some(message.as_ref().clone()),
                _ => None,
            })
            .await;
        assert_eq!(told, sent);
    }
}

#[tokio::test]
async fn a_repeat_with_the_same_id_sends_nothing_more() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let first = online
        .link
        .send_text(ANNA, "once", &[], None, 5)
        .await
        .unwrap();
    let again = online
        .link
        .send_text(ANNA, "once", &[], None, 5)
        .await
        .unwrap();
    assert_eq!(first.id, again.id);
    assert_eq!(at_the_peer(&sandbox, Peer::User(ids::ANNA), "once"), 1);
}

#[tokio::test]
async fn a_lost_reply_is_unclear_and_the_repeat_names_the_message() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    for (number, peer) in [
        (1, ANNA),
        (2, PeerId::group(ids::GROUP)),
        (3, PeerId::channel(ids::OWN_CHANNEL)),
    ] {
        let lost = Rule::new(Fault::DropReply).method("messages.sendMessage");
        sandbox.set_fault(lost.times(1));
        let text = format!("lost {number}");
        let error = online.link.send_text(peer, &text, &[], None, number).await;
        assert_eq!(error.unwrap_err(), CallError::Unclear);
        let sent = online
            .link
            .send_text(peer, &text, &[], None, number)
            .await
            .unwrap();
        assert_eq!(sent.text, text);
    }
    assert_eq!(at_the_peer(&sandbox, Peer::User(ids::ANNA), "lost 1"), 1);
    assert_eq!(at_the_peer(&sandbox, Peer::Chat(ids::GROUP), "lost 2"), 1);
}

#[tokio::test]
async fn recipients_that_take_no_message() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    for (username, code) in [
        ("private_p", Code::PrivacyRestricted),
        ("paid_p", Code::PaymentRequired),
        ("blocking_b", Code::Blocked),
    ] {
        let peer = online.link.resolve_username(username).await.unwrap().peer;
        let error = online.link.send_text(peer, "hello", &[], None, 9).await;
        assert_eq!(error.unwrap_err(), CallError::Recipient(code), "{username}");
    }
    let unknown = online
        .link
        .send_text(PeerId::user(424_242), "hi", &[], None, 1);
    assert_eq!(
        unknown.await.unwrap_err(),
        CallError::Recipient(Code::PeerUnknown)
    );
    let empty = online.link.send_text(ANNA, "", &[], None, 10).await;
    assert_eq!(empty.unwrap_err(), CallError::Message(Code::MessageEmpty));
}

#[tokio::test]
async fn slow_mode_and_floods_name_their_wait() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let group = PeerId::channel(ids::SUPERGROUP);
    online
        .link
        .send_text(group, "one", &[], None, 1)
        .await
        .unwrap();
    let error = online.link.send_text(group, "two", &[], None, 2).await;
    assert!(matches!(error.unwrap_err(), CallError::SlowMode { wait } if wait.as_secs() > 0));

    let flood = Fault::Error(switchboard_sandbox::RpcError::flood_wait(17));
    sandbox.set_fault(Rule::new(flood).times(1));
    let error = online.link.send_text(ANNA, "three", &[], None, 3).await;
    let CallError::Flood { method, wait } = error.unwrap_err() else {
        panic!("no flood")
    };
    assert_eq!((method, wait.as_secs()), ("messages.sendMessage", 17));
}

/// Sends a text and waits until it was told.
async fn sent(online: &mut Online, peer: PeerId, text: &str, random_id: i64) -> MessageId {
    let sent = online
        .link
        .send_text(peer, text, &[], None, random_id)
        .await
        .unwrap();
    online
        .fact(|fact| text_of(fact).filter(|told| told == text))
        .await;
    sent.id
}

#[tokio::test]
async fn editing_and_deleting() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    for (peer, random_id) in [(ANNA, 1), (PeerId::channel(ids::OWN_CHANNEL), 2)] {
        let id = sent(&mut online, peer, "draft", random_id).await;
        online.link.edit_text(peer, id, "final", &[]).await.unwrap();
        online.link.edit_text(peer, id, "final", &[]).await.unwrap();
        let edited = online
            .fact(|fact| match fact {
                Fact::Edited(message) => Some(message.as_ref().clone()),
                _ => None,
            })
            .await;
        assert_eq!((edited.id, edited.text.as_str()), (id, "final"));
        online.link.delete(peer, &[id], true).await.unwrap();
        let gone = online.link.refresh(peer, id).await.unwrap_err();
        assert_eq!(gone, CallError::Message(Code::MessageGone));
    }
}

#[tokio::test]
async fn answers_move_the_state_without_a_difference() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let asked = sandbox.set_fault(
        Rule::new(Fault::Latency(std::time::Duration::ZERO)).method("updates.getDifference"),
    );
    let id = sent(&mut online, ANNA, "to be deleted", 1).await;
    online.link.delete(ANNA, &[id], true).await.unwrap();
    online.link.read(ANNA, id).await.unwrap();
    online.link.set_archived(&[ANNA], true).await.unwrap();
    let archived = online
        .fact(|fact| match fact {
            Fact::Archived { peer, archived } => Some((*peer, *archived)),
            _ => None,
        })
        .await;
    assert_eq!(archived, (ANNA, true));
    let there = common::signed_in(&sandbox).await.state;
    assert_eq!(online.state.pts, there.pts);
    assert_eq!(sandbox.fault_hits(asked), 0);
}

#[tokio::test]
async fn what_is_set_is_in_the_dialog() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let link = &online.link;
    let clara = PeerId::user(ids::CLARA);
    let draft = Draft {
        text: "almost".into(),
        reply_to: None,
        date: 0,
    };
    link.save_draft(clara, Some(&draft)).await.unwrap();
    link.set_pinned(clara, true).await.unwrap();
    link.set_muted(clara, Some(i64::MAX)).await.unwrap();
    link.mark_unread(clara, false).await.unwrap();
    link.typing(clara, true).await.unwrap();
    link.read(clara, MessageId(i32::MAX)).await.unwrap();
    let page = link.peer_dialogs(&[clara]).await.unwrap();
    let dialog = &page.dialogs[0];
    assert_eq!(dialog.peer, clara);
    assert_eq!(
        dialog.draft.as_ref().map(|d| d.text.as_str()),
        Some("almost")
    );
    assert!(dialog.pinned.is_some() && dialog.muted_until.is_some());
    assert_eq!((dialog.unread, dialog.unread_mark), (0, false));
    link.save_draft(clara, None).await.unwrap();
    link.set_muted(clara, None).await.unwrap();
    let page = link.peer_dialogs(&[clara]).await.unwrap();
    assert_eq!(page.dialogs[0].draft, None);
    assert_eq!(page.dialogs[0].muted_until, None);
}
