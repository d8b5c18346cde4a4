//! One account's trouble is no other's.

use support::wait::{until, within};
use support::{Scene, account_of, now_ms, open, profile, sandbox, state_of, synced};
use switchboard_api::probe::{Strike, arm};
use switchboard_api::{Desk, UseCases};
use switchboard_model::{
    AccountId, AccountSettings, AccountState, ChatFilter, ChatId, Event, PeerId, Template,
    TemplateId, TemplateVersion,
};
use switchboard_sandbox::worlds::{Load, load};
use switchboard_sandbox::{Peer, Sandbox};

struct Pair {
    _folder: tempfile::TempDir,
    sandbox: Sandbox,
    desk: Desk,
    users: [i64; 2],
    accounts: [AccountId; 2],
}

async fn pair() -> Pair {
    let folder = tempfile::tempdir().expect("a folder");
    let world = load(
        3,
        now_ms(),
        Load {
            accounts: 2,
            chats: 20,
            messages: 400,
        },
    );
    let users = world.account_ids();
    let sandbox = sandbox(world).await;
    let desk = open(folder.path()).await;
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    synced(&desk).await;
    let users = [users[0], users[1]];
    let accounts = [
        account_of(&desk, users[0]).await,
        account_of(&desk, users[1]).await,
    ];
    Pair {
        _folder: folder,
        sandbox,
        desk,
        users,
        accounts,
    }
}

/// A person who writes to this account.
async fn correspondent(desk: &Desk, account: AccountId) -> i64 {
    let filter = ChatFilter {
        account: Some(account),
        people: true,
        ..ChatFilter::default()
    };
    let keys = desk.chat_keys(filter).await.expect("the list is read");
    let chats = desk.chats(keys).await.expect("chats are read");
    let person = chats
        .iter()
        .find(|chat| chat.peer != PeerId::user(0) && chat.peer.0 > 100_000);
    person.expect("somebody writes to this account").peer.0
}

/// A message to this account arrives within a second.
async fn hears(pair: &Pair, which: usize) {
    let person = correspondent(&pair.desk, pair.accounts[which]).await;
    let mut listener = pair.desk.listen();
    pair.sandbox
        .peer_sends(person, Peer::User(pair.users[which]), "Still there?");
    let heard = async {
        while let Some(envelope) = listener.next().await {
            if matches!(envelope.event, Event::Messages { live: true, .. }) {
                return;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(1), heard)
        .await
        .expect("the other account is not held up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_stops_that_account_alone_and_keeps_its_history() {
    let pair = pair().await;
    let [revoked, other] = pair.accounts;
    let before = messages(&pair.desk, revoked).await;
    pair.sandbox.revoke(pair.users[0]);
    until("the account asks to log in again", async || {
        state_of(&pair.desk, revoked).await == AccountState::Revoked
    })
    .await;
    assert_eq!(state_of(&pair.desk, other).await, AccountState::Online);
    assert_eq!(messages(&pair.desk, revoked).await, before);
    hears(&pair, 1).await;
    pair.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_restarts_one_account_and_holds_up_no_other() {
    let pair = pair().await;
    let [broken, other] = pair.accounts;
    let person = correspondent(&pair.desk, broken).await;
    arm("turn.before_commit", 1, Strike::Panic);
    pair.sandbox
        .peer_sends(person, Peer::User(pair.users[0]), "This one breaks it");
    until("the account waits for its restart", async || {
        matches!(
            state_of(&pair.desk, broken).await,
            AccountState::Waiting { .. }
        )
    })
    .await;
    assert_eq!(state_of(&pair.desk, other).await, AccountState::Online);
    hears(&pair, 1).await;
    within(
        std::time::Duration::from_secs(30),
        "the message after the restart",
        async || {
            let page = pair
                .desk
                .search(
                    "breaks".into(),
                    switchboard_model::Scope::Account(broken),
                    switchboard_model::SearchFilter::default(),
                    None,
                    5,
                )
                .await
                .expect("search answers");
            (page.hits.len() == 1).then_some(())
        },
    )
    .await;
    pair.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_an_account_ends_its_session_at_the_server() {
    let pair = pair().await;
    let [removed, other] = pair.accounts;
    pair.desk
        .account_remove(removed, switchboard_api::Removal::Wipe)
        .await
        .expect("it is removed");
    let accounts = pair.desk.accounts().await.expect("accounts are read");
    assert_eq!(
        accounts
            .iter()
            .map(|account| account.id)
            .collect::<Vec<_>>(),
        [other]
    );
    assert_eq!(pair.sandbox.connections(pair.users[0]), 0);
    let again = pair.desk.profile_add(profile(&pair.sandbox)).await;
    assert_eq!(again, Ok(vec![other]), "the key is signed in no more");
    hears(&pair, 1).await;
    pair.desk.close().await;
}

async fn messages(desk: &Desk, account: AccountId) -> i64 {
    let progress = desk.sync_status().await.expect("progress is read");
    let found = progress.iter().find(|progress| progress.account == account);
    found.expect("the account is there").messages
}

/// The languages in which a template goes to each chat, where neither a guess nor English decides.
async fn languages(scene: &Scene, template: TemplateId) -> Vec<(ChatId, String)> {
    let chats = scene.desk.chat_keys(ChatFilter::default()).await;
    let mut found = Vec::new();
    for chat in chats.expect("chats are listed") {
        let prefer = Some("fr".to_owned());
        let rendered = scene.desk.template_render(template, chat, None, prefer);
        let rendered = rendered.await.expect("it can be filled in");
        found.push((chat, rendered.language));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_goes_out_in_the_accounts_language_where_nobody_knows_theirs() {
    let scene = Scene::small().await;
    let versions = ["de", "fr", "ka"].map(|language| TemplateVersion {
        language: language.to_owned(),
        body: "…".to_owned(),
    });
    let template = Template {
        id: TemplateId(0),
        name: "Greeting".to_owned(),
        category: String::new(),
        versions: versions.into(),
        used: 0,
        used_ms: None,
    };
    let saved = scene.desk.template_save(template).await;
    let template = TemplateId(saved.expect("it is kept").id);
    let before = languages(&scene, template).await;
    let unknown = before.iter().filter(|(_, language)| language == "fr");
    assert!(unknown.count() > 0, "some are not known: {before:?}");
    let settings = AccountSettings {
        language: Some("ka".to_owned()),
        ..AccountSettings::default()
    };
    let set = scene.desk.set_account_settings(scene.account, settings);
    set.await.expect("it is set");
    let expected: Vec<_> = before
        .into_iter()
        .map(|(chat, language)| match language.as_str() {
            "fr" => (chat, "ka".to_owned()),
            _ => (chat, language),
        })
        .collect();
    assert_eq!(languages(&scene, template).await, expected);
}
