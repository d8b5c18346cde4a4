//! Sending exactly once, whatever becomes of the answer.

use std::time::Duration;

use support::wait::{until, within};
use support::{Scene, open};
use switchboard_api::{Desk, HistoryRequest, UseCases};
use switchboard_model::{
    Anchor, ChatId, Code, Delivery, Outgoing, OutgoingId, OutgoingState, PeerId,
};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Peer, RpcError, Rule};

const SEND: &str = "messages.sendMessage";

async fn settled(desk: &Desk, id: OutgoingId) -> Outgoing {
    within(Duration::from_secs(60), "the message settles", async || {
        let outgoing = desk.outgoing(id).await.expect("it is known");
        let over = matches!(
            outgoing.state,
            OutgoingState::Sent { .. }
                | OutgoingState::Failed { .. }
                | OutgoingState::Skipped { .. }
        );
        over.then_some(outgoing)
    })
    .await
}

async fn send(desk: &Desk, chat: ChatId, text: &str) -> Outgoing {
    let outgoing = desk
        .send(chat, text.to_owned(), Vec::new(), None)
        .await
        .expect("it is kept");
    settled(desk, outgoing.id).await
}

fn times_at_peer(scene: &Scene, peer: Peer, text: &str) -> usize {
    scene
        .sandbox
        .transcript(peer)
        .iter()
        .filter(|received| received.text == text)
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_message_is_at_the_peer_and_its_ticks_follow() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let sent = send(&scene.desk, chat.id, "Your order is ready 📦").await;
    let OutgoingState::Sent { message } = sent.state else {
        panic!("{sent:?}")
    };
    let anna = Peer::User(ids::ANNA);
    assert_eq!(times_at_peer(&scene, anna, "Your order is ready 📦"), 1);
    let delivery = async || {
        let request = HistoryRequest {
            chat: chat.id,
            anchor: Anchor::Latest,
            limit: 5,
        };
        let page = scene.desk.history(request).await.expect("history is read");
        page.messages
            .iter()
            .find(|known| known.id == message)
            .map(|known| known.delivery)
    };
    until("one tick", async || {
        delivery().await == Some(Delivery::Sent)
    })
    .await;
    assert!(scene.sandbox.peer_reads(ids::ACCOUNT, anna, 0));
    until("two ticks", async || {
        delivery().await == Some(Delivery::Read)
    })
    .await;
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_replies_never_double_a_message() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let faults = [
        Fault::DropReply,
        Fault::ResetBefore,
        Fault::Error(RpcError::new(500, "RPC_CALL_FAIL")),
        Fault::Error(RpcError::new(500, "RANDOM_ID_DUPLICATE")),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let text = format!("Offer {number}");
        let rule = Rule::new(fault.clone()).method(SEND).times(2);
        let id = scene.sandbox.set_fault(rule);
        let sent = send(&scene.desk, chat.id, &text).await;
        assert!(
            matches!(sent.state, OutgoingState::Sent { .. }),
            "{fault:?}: {sent:?}"
        );
        assert_eq!(scene.sandbox.fault_hits(id), 2, "{fault:?}");
        assert_eq!(
            times_at_peer(&scene, Peer::User(ids::ANNA), &text),
            1,
            "{fault:?}"
        );
    }
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_wait_is_obeyed_and_survives_a_restart() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let flood = Rule::new(Fault::Error(RpcError::new(420, "FLOOD_WAIT_4")))
        .method(SEND)
        .times(1);
    let fault = scene.sandbox.set_fault(flood);
    let began = std::time::Instant::now();
    let outgoing = scene
        .desk
        .send(chat.id, "Patience".into(), Vec::new(), None)
        .await
        .expect("it is kept");
    until("the wait is known", async || {
        let now = scene.desk.outgoing(outgoing.id).await.expect("it is known");
        matches!(
            now.state,
            OutgoingState::RetryAt {
                code: Code::FloodWait,
                ..
            }
        )
    })
    .await;
    scene.desk.close().await;
    let desk = open(&scene.folder.path().join("main")).await;
    let sent = settled(&desk, outgoing.id).await;
    assert!(matches!(sent.state, OutgoingState::Sent { .. }), "{sent:?}");
    assert!(
        began.elapsed() >= Duration::from_secs(4),
        "the wait was not obeyed"
    );
    assert_eq!(
        scene.sandbox.fault_hits(fault),
        1,
        "it knocked while it had to wait"
    );
    assert_eq!(times_at_peer(&scene, Peer::User(ids::ANNA), "Patience"), 1);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_told_apart_and_nothing_is_paid() {
    let scene = Scene::small().await;
    let anna = scene.chat(PeerId::user(ids::ANNA)).await;
    for (name, code, expected) in [
        ("USER_PRIVACY_RESTRICTED", 403, Code::PrivacyRestricted),
        ("USER_IS_BLOCKED", 400, Code::Blocked),
        ("CHAT_WRITE_FORBIDDEN", 403, Code::WriteForbidden),
        ("ALLOW_PAYMENT_REQUIRED_50", 403, Code::PaymentRequired),
        ("PEER_FLOOD", 400, Code::PeerFlood),
        ("SOMETHING_NEW", 400, Code::Refused),
    ] {
        let rule = Rule::new(Fault::Error(RpcError::new(code, name)))
            .method(SEND)
            .times(1);
        scene.sandbox.set_fault(rule);
        let failed = send(&scene.desk, anna.id, name).await;
        assert_eq!(
            failed.state,
            OutgoingState::Failed { code: expected },
            "{name}"
        );
        assert_eq!(times_at_peer(&scene, Peer::User(ids::ANNA), name), 0);
    }
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_message_can_be_tried_again_or_deleted() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let refusal = Rule::new(Fault::Error(RpcError::new(403, "CHAT_WRITE_FORBIDDEN")));
    scene.sandbox.set_fault(refusal.method(SEND).times(2));
    let again = send(&scene.desk, chat.id, "Once more").await;
    let gone = send(&scene.desk, chat.id, "Never mind").await;
    scene
        .desk
        .outgoing_retry(again.id)
        .await
        .expect("it is tried again");
    let sent = settled(&scene.desk, again.id).await;
    assert!(matches!(sent.state, OutgoingState::Sent { .. }), "{sent:?}");
    scene
        .desk
        .outgoing_discard(gone.id)
        .await
        .expect("it is deleted");
    let refused = scene
        .desk
        .outgoing_discard(again.id)
        .await
        .expect_err("it was sent");
    assert_eq!(refused.code, Code::BadRequest);
    assert_eq!(times_at_peer(&scene, Peer::User(ids::ANNA), "Once more"), 1);
    assert_eq!(
        times_at_peer(&scene, Peer::User(ids::ANNA), "Never mind"),
        0
    );
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn own_messages_are_edited_and_deleted_at_the_server() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let sent = send(&scene.desk, chat.id, "Tuseday").await;
    let OutgoingState::Sent { message } = sent.state else {
        panic!("{sent:?}")
    };
    let row = scene
        .desk
        .locate(chat.id, message)
        .await
        .expect("it is read")
        .expect("it is here");
    scene
        .desk
        .edit(row, "Tuesday".into(), Vec::new())
        .await
        .expect("it is edited");
    let text = async || {
        let messages = scene.desk.messages(vec![row]).await.expect("it is read");
        messages.first().map(|message| message.text.clone())
    };
    until("the edit is here", async || {
        text().await.as_deref() == Some("Tuesday")
    })
    .await;
    scene
        .desk
        .delete(vec![row], true)
        .await
        .expect("it is deleted");
    until("it is gone", async || text().await.is_none()).await;
    scene.equal().await;
    scene.desk.close().await;
}
