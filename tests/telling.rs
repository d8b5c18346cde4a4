//! What is done to many chats at Telegram: at each account's pace, stopped, refused, taken back.

use std::time::Duration;

use support::Scene;
use switchboard_api::UseCases;
use switchboard_model::{
    ChatChange, ChatFilter, ChatId, Code, Event, PeerId, Targets, TelegramChange, Told,
};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Peer, RpcError, Rule};

fn these(chats: &[ChatId]) -> Targets {
    Targets::Chats(chats.to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_chats_are_marked_read_and_one_unread_by_hand() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    for text in ["One", "Two"] {
        scene
            .sandbox
            .peer_sends(ids::BORIS, Peer::User(ids::ACCOUNT), text);
    }
    scene.equal().await;
    let keys = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    let chats = desk.chats(keys.clone()).await.expect("chats");
    let unread: Vec<_> = chats
        .iter()
        .filter(|c| c.unread > 0 || c.unread_mark)
        .collect();
    assert!(unread.len() > 1, "several have something unread");
    let read = TelegramChange::Read(true);
    let done = desk.tell_chats(these(&keys), read).await.expect("read");
    assert_eq!(done.chats.len(), unread.len());
    assert_eq!(done.of as usize, unread.len());
    assert!(!done.stopped && done.left.is_empty(), "{done:?}");
    let after = desk.chats(keys.clone()).await.expect("chats");
    assert!(after.iter().all(|c| c.unread == 0 && !c.unread_mark));
    scene.equal().await;
    let boris = scene.chat(PeerId::user(ids::BORIS)).await.id;
    desk.set_unread_mark(boris, true)
        .await
        .expect("it is marked");
    assert!(scene.chat(PeerId::user(ids::BORIS)).await.unread_mark);
    scene.equal().await;
    desk.set_unread_mark(boris, false).await.expect("it is not");
    scene.equal().await;
    let again = desk.tell_chats(these(&keys), read).await;
    assert_eq!(again.expect("nothing to do"), Told::default());
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_chats_are_archived_with_one_call_and_never_against_a_wait() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let keys = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    let flood = Rule::new(Fault::Error(RpcError::new(420, "FLOOD_WAIT_600")))
        .method("folders.editPeerFolders")
        .times(1);
    let calls = scene.sandbox.set_fault(
        Rule::new(Fault::Latency(Duration::ZERO))
            .method("folders.editPeerFolders")
            .times(100),
    );
    let (into, out) = (
        TelegramChange::Archive(true),
        TelegramChange::Archive(false),
    );
    let list = Targets::List(ChatFilter::default());
    let moved = desk.tell_chats(list, into).await.expect("moved");
    assert_eq!(moved.chats.len(), keys.len());
    assert_eq!(
        scene.sandbox.fault_hits(calls),
        1,
        "one call moved them all"
    );
    scene.equal().await;
    let again = desk.tell_chats(these(&keys), into).await;
    assert_eq!(again.expect("nothing to do"), Told::default());
    let fault = scene.sandbox.set_fault(flood);
    for _ in 0..2 {
        let told = desk.tell_chats(these(&keys), out).await.expect("told");
        assert!(told.chats.is_empty() && !told.stopped, "{told:?}");
        let [left] = told.left.as_slice() else {
            panic!("{told:?}");
        };
        assert_eq!((left.account, left.why), (scene.account, Code::FloodWait));
        assert_eq!(left.chats as usize, keys.len());
        assert!(left.until_ms > Some(support::now_ms()), "{left:?}");
    }
    let one = keys.first().copied().expect("a chat");
    let refused = desk.set_archived(one, false).await;
    let refused = refused.expect_err("it is to wait");
    assert_eq!(refused.code, Code::FloodWait);
    assert!(refused.until_ms > Some(support::now_ms()), "{refused:?}");
    assert_eq!(
        scene.sandbox.fault_hits(fault),
        1,
        "the account was asked although it was to wait"
    );
    let after = desk.chats(keys).await.expect("chats");
    assert!(after.iter().all(|chat| chat.archived), "nothing was moved");
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_is_refused_does_not_keep_others_from_the_archive() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let keys = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    let refusal = Rule::new(Fault::Error(RpcError::new(400, "PEER_ID_INVALID")));
    let refusal = refusal.method("folders.editPeerFolders").times(1);
    let refusal = scene.sandbox.set_fault(refusal);
    let into = TelegramChange::Archive(true);
    let told = desk.tell_chats(these(&keys), into).await.expect("moved");
    assert_eq!(scene.sandbox.fault_hits(refusal), 1);
    assert_eq!(told.chats.len(), keys.len(), "in halves all of them moved");
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_again_and_again_is_not_asked_for_every_chat() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let keys = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    assert!(keys.len() > 3, "more chats than refusals");
    let refusal = Rule::new(Fault::Error(RpcError::new(400, "SOMETHING_NEW")))
        .method("messages.markDialogUnread")
        .times(100);
    let refusal = scene.sandbox.set_fault(refusal);
    let unread = TelegramChange::Read(false);
    let told = desk.tell_chats(these(&keys), unread).await.expect("told");
    assert_eq!(scene.sandbox.fault_hits(refusal), 3);
    let [left] = told.left.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(left.chats, told.of, "{told:?}");
    assert!(told.chats.is_empty() && !told.stopped, "{told:?}");
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_to_wait_is_left_out_of_what_is_read() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let keys = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    let flood = Rule::new(Fault::Error(RpcError::new(420, "FLOOD_WAIT_600")))
        .method("messages.readHistory")
        .times(100);
    let fault = scene.sandbox.set_fault(flood);
    let read = TelegramChange::Read(true);
    for _ in 0..2 {
        let told = desk.tell_chats(these(&keys), read).await.expect("told");
        let [left] = told.left.as_slice() else {
            panic!("{told:?}");
        };
        assert_eq!((left.account, left.why), (scene.account, Code::FloodWait));
        assert_eq!(told.chats.len() + left.chats as usize, told.of as usize);
        assert!(!told.stopped);
        let after = desk.chats(keys.clone()).await.expect("chats");
        let unread = after.iter().filter(|c| c.unread > 0 || c.unread_mark);
        assert_eq!(unread.count(), left.chats as usize, "here as there");
    }
    assert_eq!(
        scene.sandbox.fault_hits(fault),
        1,
        "the account was asked on although it was to wait"
    );
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_telegram_is_told_of_many_chats_is_stopped_midway_and_taken_back() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let keys = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    let slow = Rule::new(Fault::Latency(Duration::from_millis(400)));
    let slow = scene
        .sandbox
        .set_fault(slow.method("messages.markDialogUnread"));
    let mut events = desk.listen();
    let mut next = async || loop {
        let envelope = events.next().await.expect("the desk is open");
        if let Event::Telling { telling, progress } = envelope.event {
            break (telling, progress);
        }
    };
    let unread = TelegramChange::Read(false);
    let stopping = async {
        let telling = loop {
            let (telling, progress) = next().await;
            let progress = progress.expect("it goes on");
            assert_eq!(progress.change, unread);
            if progress.done > 0 {
                assert!(progress.done < progress.of, "{progress:?}");
                break telling;
            }
        };
        // What is kept here does not wait for it.
        let pinned = desk.change_chats(these(&keys), ChatChange::Pin(true));
        assert!(pinned.await.expect("pinned").deed.is_some());
        desk.tell_cancel(telling).await.expect("it is to stop");
        while next().await.1.is_some() {}
    };
    let (told, ()) = tokio::join!(desk.tell_chats(these(&keys), unread), stopping);
    let told = told.expect("what was done");
    assert!(told.stopped && !told.chats.is_empty(), "{told:?}");
    assert!(told.chats.len() < told.of as usize, "{told:?}");
    scene.sandbox.clear_fault(slow);
    let marked = desk.chats(told.chats.clone()).await.expect("chats");
    assert!(marked.iter().all(|chat| chat.unread_mark));
    scene.equal().await;
    let back = desk.tell_chats(these(&told.chats), TelegramChange::Read(true));
    assert_eq!(
        back.await.expect("taken back").chats.len(),
        told.chats.len()
    );
    scene.equal().await;
    scene.desk.close().await;
}
