//! Calls and events over the socket.

use switchboard_api::UseCases;
use switchboard_api::process::{EventSource, Holder, HolderKind, Server};
use switchboard_model::{ChatId, Code, Event};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use super::desk::{FakeDesk, attach, hold, serve};

#[tokio::test]
async fn an_attached_process_does_use_cases() {
    let folder = tempfile::tempdir().unwrap();
    let (server, _) = serve(folder.path(), HolderKind::Window).await;
    let attached = attach(folder.path()).await;
    assert_eq!(attached.holder().pid, std::process::id());
    assert_eq!(attached.holder().kind, HolderKind::Window);
    let chats = attached.chats(vec![ChatId(7), ChatId(8)]).await.unwrap();
    assert_eq!(chats[1].title, "chat 8");
    assert_eq!(attached.accounts().await.unwrap_err().code, Code::NotFound);
    server.close().await;
}

#[tokio::test]
async fn a_slow_call_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (server, desk) = serve(folder.path(), HolderKind::Run).await;
    let attached = attach(folder.path()).await;
    let slow = tokio::spawn({
        let attached = attached.clone();
        async move { attached.chats(vec![ChatId(0)]).await }
    });
    desk.waiting.notified().await;
    let calls = (1..=100).map(|id| {
        let attached = attached.clone();
        tokio::spawn(async move { attached.chats(vec![ChatId(id)]).await.unwrap()[0].id })
    });
    for (id, call) in (1..).zip(calls.collect::<Vec<_>>()) {
        assert_eq!(call.await.unwrap(), ChatId(id));
    }
    assert!(!slow.is_finished());
    desk.release();
    assert_eq!(slow.await.unwrap().unwrap()[0].title, "chat 0");
    server.close().await;
}

#[tokio::test]
async fn a_panic_ends_one_request_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (server, _) = serve(folder.path(), HolderKind::Run).await;
    let attached = attach(folder.path()).await;
    assert_eq!(attached.doctor().await.unwrap_err().code, Code::Internal);
    attached.chats(vec![ChatId(1)]).await.unwrap();
    server.close().await;
}

#[tokio::test]
async fn every_watcher_sees_every_event_in_order_until_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let (server, desk) = serve(folder.path(), HolderKind::Run).await;
    let attached = attach(folder.path()).await;
    let mut watchers = [
        attached.watch().await.unwrap(),
        attached.watch().await.unwrap(),
    ];
    for seq in 1..=50 {
        desk.tell(seq);
    }
    for watcher in &mut watchers {
        for seq in 1..=50 {
            assert_eq!(watcher.next().await.expect("an event").seq, seq);
        }
    }
    server.close().await;
    for mut watcher in watchers {
        assert_eq!(
            watcher.next().await.expect("the last event").event,
            Event::Closing
        );
        assert_eq!(watcher.next().await, None);
    }
}

#[tokio::test]
async fn too_large_a_request_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (server, desk) = serve(folder.path(), HolderKind::Run).await;
    let attached = attach(folder.path()).await;
    let refused = attached
        .save_draft(ChatId(1), "x".repeat(5 << 20), None)
        .await;
    assert_eq!(refused.unwrap_err().code, Code::BadRequest);
    attached
        .save_draft(ChatId(1), "y".repeat(1 << 20), None)
        .await
        .unwrap();
    assert_eq!(desk.journal(), ["draft of 1048576 bytes"]);
    server.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_client_that_writes_nonsense_is_answered_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (server, _) = serve(folder.path(), HolderKind::Run).await;
    let note = std::fs::read(folder.path().join("holder.json")).unwrap();
    let holder: Holder = serde_json::from_slice(&note).unwrap();
    let stream = tokio::net::UnixStream::connect(holder.socket.unwrap())
        .await
        .unwrap();
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let long = format!("{{\"id\":1,\"call\":\"{}\"}}\n", "x".repeat(5 << 20));
    for (sent, expected) in [
        ("hello\n", "\"id\":null"),
        (long.as_str(), "4194304 bytes at most"),
        ("{\"id\":2,\"call\":\"rob_bank\"}\n", "bad_request"),
        (
            "{\"id\":3,\"call\":\"chats\",\"args\":{\"ids\":[5]}}\n",
            "chat 5",
        ),
        ("{\"id\":4,\"watch\":true}\n", "{\"id\":4,\"ok\":null}"),
        ("{\"id\":5,\"watch\":true}\n", "watches already"),
    ] {
        writer.write_all(sent.as_bytes()).await.unwrap();
        let answer = lines.next_line().await.unwrap().expect("an answer");
        assert!(answer.contains(expected), "{answer} lacks {expected}");
    }
    server.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_connect() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("main");
    let (server, _) = serve(&folder, HolderKind::Run).await;
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.clone()), 0o700);
    assert_eq!(mode(folder.join("socket")) & 0o077, 0);
    server.close().await;
    assert!(!folder.join("socket").exists());
}

#[tokio::test]
async fn a_folder_too_deep_for_a_socket_path_is_served_all_the_same() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("x".repeat(120)).join("main");
    let (server, _) = serve(&folder, HolderKind::Run).await;
    let chats = attach(&folder).await.chats(vec![ChatId(3)]).await.unwrap();
    assert_eq!(chats[0].id, ChatId(3));
    server.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_desk_that_cannot_be_served_is_closed_before_the_workspace_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let desk = FakeDesk::new();
    let holding = hold(folder.path(), HolderKind::Window).await;
    std::fs::create_dir(folder.path().join("socket")).unwrap();
    let failed = Server::start(holding, desk.clone()).await;
    assert!(failed.is_err());
    assert_eq!(desk.journal(), ["closed"]);
    hold(folder.path(), HolderKind::Window).await;
}
