//! Changing and deleting, chats between accounts, upgrades, settings of chats.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use common::{message_id, online, seen, text};
use grammers_tl_types::{enums, functions as f, types};
use switchboard_sandbox::Peer;
use switchboard_sandbox::worlds::ids;

fn edit(peer: enums::InputPeer, id: i32, message: &str) -> f::messages::EditMessage {
    f::messages::EditMessage {
        no_webpage: false,
        invert_media: false,
        peer,
        id,
        message: Some(message.into()),
        media: None,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        quick_reply_shortcut_id: None,
        rich_message: None,
    }
}

#[tokio::test]
async fn own_messages_can_be_changed_and_deleted_for_everybody() {
    let (sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let locked = list.user(ids::LOCKED);
    let id = message_id(
        &client
            .call(&text(locked.clone(), "frist", 5))
            .await
            .unwrap(),
    );
    let same = client.error(&edit(locked.clone(), id, "frist")).await;
    assert_eq!(same.name, "MESSAGE_NOT_MODIFIED");
    client
        .call(&edit(locked.clone(), id, "first"))
        .await
        .unwrap();
    let theirs = |sandbox: &switchboard_sandbox::Sandbox| {
        let copy = sandbox.snapshot(ids::LOCKED).messages.into_iter();
        copy.filter(|m| m.peer == ids::ACCOUNT)
            .map(|m| (m.text, m.out))
            .next_back()
    };
    assert_eq!(
        theirs(&sandbox),
        Some(("first".into(), false)),
        "the other account sees the edit"
    );
    let anna = list.user(ids::ANNA);
    let world = sandbox.snapshot(ids::ACCOUNT).messages;
    let incoming = world
        .iter()
        .find(|m| m.peer == ids::ANNA && !m.out)
        .unwrap()
        .id;
    let foreign = client.error(&edit(anna, incoming, "mine now")).await;
    assert_eq!(foreign.name, "MESSAGE_AUTHOR_REQUIRED");
    let delete = f::messages::DeleteMessages {
        revoke: true,
        id: vec![id, 999_999],
    };
    let enums::messages::AffectedMessages::Messages(gone) = client.call(&delete).await.unwrap();
    assert_eq!(gone.pts_count, 1);
    assert_ne!(theirs(&sandbox).map(|(text, _)| text), Some("first".into()));
}

#[tokio::test]
async fn a_message_between_two_accounts_lies_in_both_boxes_and_reading_changes_ticks() {
    let (sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let group: enums::InputPeer = types::InputPeerChat {
        chat_id: ids::GROUP,
    }
    .into();
    client
        .call(&text(list.user(ids::LOCKED), "to you", 1))
        .await
        .unwrap();
    client.call(&text(group, "to all", 2)).await.unwrap();
    let last = |account: i64, peer: i64| {
        let mut found = sandbox
            .snapshot(account)
            .messages
            .into_iter()
            .filter(|m| m.peer == peer);
        found.next_back().unwrap()
    };
    assert_eq!(last(ids::LOCKED, ids::ACCOUNT).text, "to you");
    assert_eq!(last(ids::LOCKED, ids::ACCOUNT).sender, Some(ids::ACCOUNT));
    assert_eq!(last(ids::LOCKED, -ids::GROUP).text, "to all");
    let read_out = |peer: i64| {
        let dialogs = sandbox.snapshot(ids::ACCOUNT).dialogs;
        dialogs
            .into_iter()
            .find(|dialog| dialog.peer == peer)
            .unwrap()
            .read_outbox_max_id
    };
    let before = read_out(ids::LOCKED);
    sandbox.peer_reads(ids::ACCOUNT, Peer::User(ids::LOCKED), 0);
    assert!(read_out(ids::LOCKED) > before);
}

#[tokio::test]
async fn a_basic_group_goes_on_as_a_supergroup() {
    let (_sandbox, client, _) = online().await;
    let updates = client
        .call(&f::messages::MigrateChat {
            chat_id: ids::GROUP,
        })
        .await
        .unwrap();
    let enums::Updates::Updates(updates) = updates else {
        panic!("{updates:?}")
    };
    let actions: Vec<&enums::MessageAction> = updates
        .updates
        .iter()
        .filter_map(|update| match update {
            enums::Update::NewMessage(new) => Some(&new.message),
            enums::Update::NewChannelMessage(new) => Some(&new.message),
            _ => None,
        })
        .filter_map(|message| match message {
            enums::Message::Service(service) => Some(&service.action),
            _ => None,
        })
        .collect();
    let enums::MessageAction::ChatMigrateTo(to) = actions[0] else {
        panic!("{actions:?}")
    };
    let enums::MessageAction::ChannelMigrateFrom(from) = actions[1] else {
        panic!("{actions:?}")
    };
    assert_eq!(from.chat_id, ids::GROUP);
    let group: enums::InputPeer = types::InputPeerChat {
        chat_id: ids::GROUP,
    }
    .into();
    assert_eq!(
        client.error(&text(group, "late", 1)).await.name,
        "CHAT_WRITE_FORBIDDEN"
    );
    let list = client.dialogs(100).await;
    let supergroup = list.channel(to.channel_id);
    client
        .call(&text(supergroup, "we are here now", 2))
        .await
        .unwrap();
    let top = list
        .dialogs
        .iter()
        .any(|dialog| seen::peer(&seen::dialog_peer(dialog)) == Peer::Channel(to.channel_id));
    assert!(top, "the supergroup is in the list");
}

#[tokio::test]
async fn drafts_pins_mutes_marks_and_folders_are_kept() {
    let (sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let bot = list.user(ids::BOT);
    let dialog: enums::InputDialogPeer = types::InputDialogPeer { peer: bot.clone() }.into();
    let draft = f::messages::SaveDraft {
        no_webpage: false,
        invert_media: false,
        reply_to: None,
        peer: bot.clone(),
        message: "to be continued".into(),
        entities: None,
        media: None,
        effect: None,
        suggested_post: None,
        rich_message: None,
    };
    client.call(&draft).await.unwrap();
    let pin = f::messages::ToggleDialogPin {
        pinned: true,
        peer: dialog.clone(),
    };
    client.call(&pin).await.unwrap();
    let mark = f::messages::MarkDialogUnread {
        unread: true,
        parent_peer: None,
        peer: dialog,
    };
    client.call(&mark).await.unwrap();
    let mute = f::account::UpdateNotifySettings {
        peer: types::InputNotifyPeer { peer: bot.clone() }.into(),
        settings: types::InputPeerNotifySettings {
            show_previews: None,
            silent: None,
            mute_until: Some(2_000_000_000),
            sound: None,
            stories_muted: None,
            stories_hide_sender: None,
            stories_sound: None,
        }
        .into(),
    };
    client.call(&mute).await.unwrap();
    let find = || {
        let dialogs = sandbox.snapshot(ids::ACCOUNT).dialogs;
        dialogs
            .into_iter()
            .find(|dialog| dialog.peer == ids::BOT)
            .unwrap()
    };
    let now = find();
    assert_eq!(now.draft.as_deref(), Some("to be continued"));
    assert_eq!(
        (now.pinned, now.unread_mark, now.mute_until),
        (true, true, 2_000_000_000)
    );
    let enums::Updates::Updates(drafts) = client.call(&f::messages::GetAllDrafts {}).await.unwrap()
    else {
        panic!("drafts come as updates")
    };
    assert_eq!(drafts.updates.len(), 2);
    let folder = types::InputFolderPeer {
        peer: bot.clone(),
        folder_id: 1,
    };
    let archive = f::folders::EditPeerFolders {
        folder_peers: vec![folder.into()],
    };
    client.call(&archive).await.unwrap();
    assert!(find().archived);
    let mut send = text(bot, "sent", 3);
    send.clear_draft = true;
    client.call(&send).await.unwrap();
    assert_eq!(find().draft, None);
}
