//! A defect in one account's task restarts that account, wherever it is, and no other.

use std::time::Duration;

use support::compare::{in_store, in_world};
use support::wait::{until, within};
use support::{Scene, now_ms, open, profile, sandbox, synced};
use switchboard_api::probe::{Strike, arm, arm_often};
use switchboard_api::{Desk, UseCases};
use switchboard_model::{
    AccountId, AccountState, Chat, ChatFilter, Code, HealthEvent, OutgoingState, PeerId, Targets,
    TelegramChange, WaitReason,
};
use switchboard_sandbox::worlds::{Load, ids, load};
use switchboard_sandbox::{Fault, Peer, Rule};

const LIMIT: Duration = Duration::from_secs(60);

/// Whether the account's timeline tells of a restart.
async fn was_restarted(desk: &Desk, account: AccountId) -> bool {
    let health = desk.health(account).await.expect("it is read");
    health.timeline.iter().any(|entry| {
        let HealthEvent::State { to, .. } = entry.event else {
            return false;
        };
        matches!(
            to,
            AccountState::Waiting {
                why: WaitReason::Restart,
                ..
            }
        )
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_while_history_is_kept_restarts_one_account_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let size = Load {
        accounts: 2,
        chats: 20,
        messages: 2_000,
    };
    let sandbox = sandbox(load(3, now_ms(), size)).await;
    let desk = open(folder.path()).await;
    arm("history.before_commit", 2, Strike::Panic);
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    let struck = within(LIMIT, "one of them is restarted", async || {
        let accounts = desk.accounts().await.expect("accounts are read");
        for account in accounts {
            if was_restarted(&desk, account.id).await {
                return Some(account.user_id);
            }
        }
        None
    })
    .await;
    synced(&desk).await;
    for account in desk.accounts().await.expect("accounts are read") {
        let user = account.user_id;
        assert_eq!(was_restarted(&desk, account.id).await, user == struck);
        let stored = in_store(&desk, account.id).await;
        let world = in_world(user, &sandbox.snapshot(user), &[]);
        assert_eq!(stored.differences(&world), Vec::<String>::new());
    }
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_while_telegram_is_told_of_many_chats_is_a_refusal_of_one_account() {
    let folder = tempfile::tempdir().expect("a folder");
    let size = Load {
        accounts: 2,
        chats: 5,
        messages: 50,
    };
    let sandbox = sandbox(load(3, now_ms(), size)).await;
    let desk = open(folder.path()).await;
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    synced(&desk).await;
    arm("telling.before_call", 2, Strike::Panic);
    let (all, archive) = (
        Targets::List(ChatFilter::default()),
        TelegramChange::Archive(true),
    );
    let told = desk.tell_chats(all, archive).await.expect("it is told");
    let [left] = told.left.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!((left.why, told.stopped), (Code::Internal, false));
    assert_eq!(told.chats.len() + left.chats as usize, told.of as usize);
    let chats = desk.chats(told.chats).await.expect("chats are read");
    assert!(!chats.is_empty(), "the other account goes on");
    let moved = |chat: &Chat| chat.archived && chat.account != left.account;
    assert!(chats.iter().all(moved), "{chats:?}");
    desk.close().await;
}

/// How often a text is at Anna's.
fn at_anna(scene: &Scene, text: &str) -> usize {
    let transcript = scene.sandbox.transcript(Peer::User(ids::ANNA));
    transcript.iter().filter(|got| got.text == text).count()
}

async fn panics_while_sending(moment: &str) {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    arm(moment, 1, Strike::Panic);
    let sent = scene
        .desk
        .send(chat.id, moment.to_owned(), Vec::new(), None)
        .await
        .expect("it is kept");
    until("the message is sent", async || {
        let now = scene.desk.outgoing(sent.id).await.expect("it is known");
        matches!(now.state, OutgoingState::Sent { .. })
    })
    .await;
    // The update that tells of the message may be faster than the news of the restart.
    until("the account is restarted", async || {
        was_restarted(&scene.desk, scene.account).await
    })
    .await;
    assert_eq!(at_anna(&scene, moment), 1, "{moment}");
    scene.equal().await;
    assert_eq!(at_anna(&scene, moment), 1, "{moment}");
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_before_the_commit_of_a_send_loses_and_doubles_nothing() {
    panics_while_sending("outbox.before_commit").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_after_the_commit_of_a_send_loses_and_doubles_nothing() {
    panics_while_sending("outbox.after_commit").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_when_the_answer_came_loses_and_doubles_nothing() {
    panics_while_sending("outbox.answered").await;
}

/// What breaks the account would come again for ever: after the third time it starts at the
/// server's present state, and the dialogs tell what that passes over.
#[tokio::test(flavor = "multi_thread")]
async fn three_panics_at_one_place_of_the_updates_start_them_afresh() {
    let scene = Scene::small().await;
    let state = Rule::new(Fault::Latency(Duration::ZERO)).method("updates.getState");
    let asked = scene.sandbox.set_fault(state);
    arm_often("turn.before_commit", 3, Strike::Panic);
    for part in 0..5 {
        let text = format!("This breaks it {part}");
        let to = Peer::User(ids::ACCOUNT);
        scene.sandbox.peer_sends(ids::ANNA, to, &text);
    }
    until("the account starts afresh", async || {
        scene.sandbox.fault_hits(asked) > 0
    })
    .await;
    assert!(was_restarted(&scene.desk, scene.account).await);
    synced(&scene.desk).await;
    scene.equal().await;
    assert_eq!(scene.sandbox.fault_hits(asked), 1, "once, and no more");
    let text = "This does not";
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), text);
    scene.equal().await;
    scene.desk.close().await;
}
