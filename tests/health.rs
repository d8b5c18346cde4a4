//! Silent servers, timelines, and comparisons of store and server.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use support::wait::{until, within};
use support::{Scene, open, state_of, synced};
use switchboard_api::{Desk, UseCases};
use switchboard_model::{
    AccountHealth, AccountId, AccountSettings, AccountState, Chat, Code, DialogFact, Fact,
    HealthEvent, MessageId, OutgoingState, PaceChoice, PeerId, Turn, WaitReason,
};
use switchboard_sandbox::worlds::{Load, ids, load};
use switchboard_sandbox::{Fault, Peer, RpcError, Rule};
use switchboard_store::Store;
use switchboard_vault::{Passphrase, Purpose, SecretSource, SystemKeyStore, Vault};

async fn health(scene: &Scene) -> AccountHealth {
    let health = scene.desk.health(scene.account).await;
    health.expect("it is read")
}

fn states(health: &AccountHealth) -> Vec<AccountState> {
    let state = |entry: &switchboard_model::HealthEntry| match entry.event {
        HealthEvent::State { to, .. } => Some(to),
        _ => None,
    };
    health.timeline.iter().filter_map(state).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_silent_is_noticed_and_told() {
    let scene = Scene::small().await;
    scene
        .desk
        .account_retry(scene.account)
        .await
        .expect("it may");
    let answered = within(Duration::from_secs(5), "a check is answered", async || {
        health(&scene).await.round_trip_ms
    })
    .await;
    assert!(answered < 5_000);

    let silent = scene.sandbox.set_fault(Rule::new(Fault::StallPing));
    scene
        .desk
        .account_retry(scene.account)
        .await
        .expect("it may");
    // It is given ten seconds to answer.
    within(Duration::from_secs(20), "the silence is told", async || {
        let state = state_of(&scene.desk, scene.account).await;
        let network = matches!(
            state,
            AccountState::Waiting {
                why: WaitReason::Network,
                ..
            }
        );
        network.then_some(())
    })
    .await;
    let told = health(&scene).await;
    assert_eq!(told.why, Some(Code::Network));
    scene.sandbox.clear_fault(silent);
    scene
        .desk
        .account_retry(scene.account)
        .await
        .expect("it may");
    // The timeline is written after the state is known.
    until("it is back", async || {
        health(&scene).await.state == AccountState::Online
    })
    .await;
    let told = health(&scene).await;
    assert!(
        matches!(
            states(&told)[..],
            [
                AccountState::Online,
                AccountState::Waiting { .. },
                AccountState::Online,
                ..
            ]
        ),
        "{told:?}"
    );
    assert_eq!(told.why, None);
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_account_whose_connection_ends_by_itself_is_online_again() {
    let scene = Scene::small().await;
    let connected = scene.desk.break_link(scene.account).await;
    assert!(connected, "there was a connection");
    until("it waits for its restart and is online again", async || {
        let told = states(&health(&scene).await);
        matches!(
            told[..],
            [
                AccountState::Online,
                AccountState::Waiting {
                    why: WaitReason::Restart,
                    ..
                },
                AccountState::Online,
                ..
            ]
        )
    })
    .await;
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "Still there?");
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_account_reads_on_and_sends_again_when_the_operator_asks() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await.id;
    let refusal = Fault::Error(RpcError::new(420, "FROZEN_METHOD_INVALID"));
    let frozen = Rule::new(refusal).method("messages.sendMessage");
    let frozen = scene.sandbox.set_fault(frozen);
    let send = async |text: &str| {
        let sent = scene.desk.send(chat, text.to_owned(), Vec::new(), None);
        sent.await.expect("it is kept").id
    };
    let state = async |id| scene.desk.outgoing(id).await.expect("it is known").state;
    let refused = send("while it is frozen").await;
    until("it is told that it is frozen", async || {
        state_of(&scene.desk, scene.account).await == AccountState::Frozen
    })
    .await;
    assert_eq!(health(&scene).await.why, Some(Code::Frozen));
    assert!(matches!(state(refused).await, OutgoingState::Failed { .. }));

    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "Do you hear me?");
    scene.equal().await;
    let waits = send("after the freeze").await;
    assert_eq!(
        state_of(&scene.desk, scene.account).await,
        AccountState::Frozen
    );
    assert_eq!(state(waits).await, OutgoingState::Queued);

    scene.sandbox.clear_fault(frozen);
    scene
        .desk
        .account_retry(scene.account)
        .await
        .expect("it may");
    until("what waited is sent", async || {
        matches!(state(waits).await, OutgoingState::Sent { .. })
    })
    .await;
    assert_eq!(
        state_of(&scene.desk, scene.account).await,
        AccountState::Online
    );
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_survives_a_restart_and_shows_the_rest_between() {
    let scene = Scene::small().await;
    scene.desk.close().await;
    let desk = open(&scene.folder.path().join("main")).await;
    synced(&desk).await;
    let told = desk.health(scene.account).await.expect("it is read");
    assert_eq!(
        states(&told),
        [
            AccountState::Online,
            AccountState::Connecting,
            AccountState::Online,
            AccountState::Connecting,
        ]
    );
    desk.close().await;
}

/// Opens the database of a workspace at rest, as the program does.
fn store_at_rest(folder: &Path) -> Store {
    let vault = Vault::new(folder, Arc::new(SystemKeyStore));
    let passphrase = Passphrase::new("correct horse");
    let opened = vault.open_or_create(SecretSource::Automatic(passphrase));
    let key = opened.expect("the passphrase opens it").key;
    let key = key.derive(Purpose::Database);
    Store::open(&folder.join("crm.db"), key.as_bytes()).expect("the database opens")
}

/// What a list of dialogs would say of a chat that has so many unread messages.
fn told_unread(chat: &Chat, top: MessageId, unread: u32) -> DialogFact {
    DialogFact {
        peer: chat.peer,
        top,
        read_in: chat.read_in,
        read_out: chat.read_out,
        unread,
        unread_mark: chat.unread_mark,
        mentions: chat.mentions,
        pinned: chat.pinned,
        archived: chat.archived,
        muted_until: chat.muted_until,
        draft: chat.draft.clone(),
        pts: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dialogs_are_compared_after_a_day_and_mended() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let [short, miscounted] = [ids::BORIS, ids::CLARA].map(PeerId::user);
    let (short, miscounted) = (scene.chat(short).await, scene.chat(miscounted).await);
    let top = async |chat: &Chat| {
        let messages = support::compare::history(&scene.desk, chat).await;
        messages.last().expect("it has messages").id
    };
    let (lost, newest) = (top(&short).await, top(&miscounted).await);
    scene.desk.close().await;
    let folder = scene.folder.path().join("main");
    let account = scene.account;
    let store = store_at_rest(&folder);
    let forged = store.write_blocking(move |tx| {
        let two_days_ago = support::now_ms() - 2 * 86_400_000;
        tx.set_unread_mark(chat.id, !chat.unread_mark)?;
        tx.set_muted(chat.id, Some(i64::from(i32::MAX)))?;
        let lost = Fact::Deleted {
            message_box: short.peer.message_box(),
            ids: vec![lost],
        };
        let turn = Turn {
            facts: vec![lost],
            ..Turn::default()
        };
        tx.apply_turn(account, &turn, two_days_ago)?;
        let told = told_unread(&miscounted, newest, miscounted.unread + 3);
        tx.apply_dialogs(account, &[told], &[], &[], two_days_ago)?;
        let key = format!("dialogs_compared_ms:{account}");
        tx.set_setting(&key, &two_days_ago)?;
        let counted = tx.chat(miscounted.id)?.map(|chat| chat.unread);
        Ok((counted, miscounted.unread + 3))
    });
    let (counted, told) = forged.expect("it is written");
    assert_eq!(counted, Some(told), "the store counts wrong now");
    store.close();

    let desk = open(&folder).await;
    synced(&desk).await;
    let told = desk.health(account).await.expect("it is read");
    let mended = told.timeline.iter().find_map(|entry| match entry.event {
        HealthEvent::Reconciled { mended } => Some(mended),
        _ => None,
    });
    assert_eq!(mended, Some(3), "{told:?}");
    assert!(told.reconciled_ms.is_some());
    let scene = Scene { desk, ..scene };
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_an_account_are_kept_and_checked() {
    let scene = Scene::small().await;
    let before = scene.desk.account_settings(scene.account).await;
    let settings = AccountSettings {
        label: Some(" Shop ".to_owned()),
        pace: PaceChoice::Careful,
        ..before.expect("it is read")
    };
    let set = scene
        .desk
        .set_account_settings(scene.account, settings.clone());
    set.await.expect("it is set");
    let accounts = scene.desk.accounts().await.expect("they are read");
    assert_eq!(accounts[0].label.as_deref(), Some("Shop"));
    synced(&scene.desk).await;
    let wrong = AccountSettings {
        colour: 99,
        ..settings
    };
    let refused = scene.desk.set_account_settings(scene.account, wrong).await;
    assert_eq!(refused.expect_err("no such colour").code, Code::BadRequest);
    scene.equal().await;
    scene.desk.close().await;
}

/// The reasons for which Telegram ends sessions (<https://core.telegram.org/api/errors>), each with
/// the code by which its owner is told.
const ENDS: [(i32, &str, Code); 5] = [
    (401, "SESSION_REVOKED", Code::SessionRevoked),
    (401, "SESSION_EXPIRED", Code::SessionExpired),
    (406, "AUTH_KEY_DUPLICATED", Code::KeyDuplicated),
    (401, "USER_DEACTIVATED", Code::UserDeactivated),
    (401, "AUTH_KEY_UNREGISTERED", Code::LoggedOut),
];

/// Why an account's session is over, as its health says it now and as its timeline keeps it.
async fn end_of(desk: &Desk, account: AccountId) -> (Option<Code>, Option<HealthEvent>) {
    let told = desk.health(account).await.expect("it is read");
    let newest = told.timeline.into_iter().next().map(|entry| entry.event);
    (told.why, newest)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_over_says_why_also_after_a_restart() {
    let size = Load {
        accounts: ENDS.len() + 1,
        chats: ENDS.len() + 1,
        messages: 2 * ENDS.len(),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("main");
    let sandbox = support::sandbox(load(7, support::now_ms(), size)).await;
    let desk = open(&place).await;
    desk.profile_add(support::profile(&sandbox))
        .await
        .expect("the profile is taken");
    synced(&desk).await;
    let accounts = desk.accounts().await.expect("they are read");
    assert_eq!(accounts.len(), size.accounts);
    let mut expected = Vec::new();
    let (silent, loud) = accounts.split_last().expect("there are some");
    for (account, (number, name, code)) in loud.iter().zip(ENDS) {
        sandbox.end_sessions(account.user_id, &RpcError::new(number, name));
        expected.push((account.id, code));
    }
    // Without a word: the transport's 404, after which the library makes a key of its own accord.
    sandbox.forget_keys(silent.user_id);
    expected.push((silent.id, Code::KeyLost));

    for (account, code) in &expected {
        until("the end is told", async || {
            state_of(&desk, *account).await == AccountState::Revoked
        })
        .await;
        let noted = HealthEvent::State {
            to: AccountState::Revoked,
            code: Some(*code),
        };
        assert_eq!(end_of(&desk, *account).await, (Some(*code), Some(noted)));
    }
    desk.close().await;
    let desk = open(&place).await;
    for (account, code) in expected {
        assert_eq!(end_of(&desk, account).await.0, Some(code));
    }
    desk.close().await;
}
