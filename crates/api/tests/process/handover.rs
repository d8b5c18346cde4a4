//! A window takes the workspace over from `run`, and gives it back.

use std::path::Path;

use switchboard_api::UseCases;
use switchboard_api::process::{Entry, HolderKind, enter};
use switchboard_model::{ChatId, Code};

use super::desk::{attach, hold, serve};

#[tokio::test]
async fn a_window_takes_over_in_order_and_gives_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, desk) = serve(folder.path(), HolderKind::Run).await;
    let attached = attach(folder.path()).await;
    let in_hand = tokio::spawn(async move { attached.chats(vec![ChatId(0)]).await });
    desk.waiting.notified().await;

    let path = folder.path().to_owned();
    let window = tokio::spawn(async move { hold(&path, HolderKind::Window).await });
    let asked = server.asked_to_yield().await;
    assert!(!window.is_finished(), "the holder has not let go yet");
    desk.release();
    let away = asked.grant(server.close().await);
    assert_eq!(in_hand.await.unwrap().unwrap()[0].id, ChatId(0));
    assert_eq!(desk.journal(), ["chat 0 answered", "closed"]);

    let window = window.await.unwrap();
    let back = tokio::spawn(away.back());
    // The window serves in between, and nobody else gets hold of the workspace.
    let other = enter(folder.path(), HolderKind::Window).await.unwrap_err();
    assert_eq!(other.code, Code::WorkspaceBusy);
    assert!(!back.is_finished());
    drop(window);
    let holding = back.await.unwrap().unwrap();
    assert_eq!(holding.kind(), HolderKind::Run);
    let entered = enter(folder.path(), HolderKind::Window).await.unwrap_err();
    assert_eq!(
        entered.code,
        Code::WorkspaceBusy,
        "it does not serve, so it cannot be asked"
    );
}

#[tokio::test]
async fn a_refused_request_to_yield_leaves_the_holder_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (server, _) = serve(folder.path(), HolderKind::Window).await;
    let refused = enter(folder.path(), HolderKind::Window).await.unwrap_err();
    assert_eq!(refused.code, Code::WorkspaceBusy);
    assert!(
        refused.detail.contains(&std::process::id().to_string()),
        "{refused}"
    );
    attach(folder.path())
        .await
        .chats(vec![ChatId(1)])
        .await
        .unwrap();
    server.close().await;
}

#[tokio::test]
async fn a_command_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let command = hold(folder.path(), HolderKind::Command).await;
    let path = folder.path().to_owned();
    let window = tokio::spawn(async move { hold(&path, HolderKind::Window).await });
    until_window_waits(folder.path()).await;
    drop(command);
    assert_eq!(window.await.unwrap().kind(), HolderKind::Window);
}

#[tokio::test]
async fn a_command_that_does_not_end_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let _command = hold(folder.path(), HolderKind::Command).await;
    let busy = enter(folder.path(), HolderKind::Command).await.unwrap_err();
    assert_eq!(busy.code, Code::WorkspaceBusy);
    assert!(
        busy.detail.contains(&std::process::id().to_string()),
        "{busy}"
    );
}

#[tokio::test]
async fn nobody_slips_in_before_a_window_that_waits() {
    let folder = tempfile::tempdir().unwrap();
    let first = hold(folder.path(), HolderKind::Command).await;
    let path = folder.path().to_owned();
    let window = tokio::spawn(async move { serve(&path, HolderKind::Window).await });
    until_window_waits(folder.path()).await;
    let others = (0..8).map(|_| {
        let path = folder.path().to_owned();
        tokio::spawn(async move { enter(&path, HolderKind::Command).await })
    });
    let others: Vec<_> = others.collect();
    drop(first);
    let (server, _) = window.await.unwrap();
    for other in others {
        assert!(
            matches!(other.await.unwrap(), Ok(Entry::Attached(_))),
            "the window was first"
        );
    }
    server.close().await;
}

#[tokio::test]
async fn many_windows_at_once_are_one_window() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, _) = serve(folder.path(), HolderKind::Run).await;
    let windows: Vec<_> = (0..6)
        .map(|_| {
            let path = folder.path().to_owned();
            tokio::spawn(async move { enter(&path, HolderKind::Window).await })
        })
        .collect();
    let asked = server.asked_to_yield().await;
    let away = asked.grant(server.close().await);
    let mut open = Vec::new();
    for window in windows {
        match window.await.unwrap() {
            Ok(entry) => open.push(entry),
            Err(error) => assert_eq!(error.code, Code::WorkspaceBusy),
        }
    }
    assert_eq!(open.len(), 1);
    drop(open);
    away.back().await.unwrap();
}

/// Returns when a window has announced itself: from then on the window's lock is taken.
async fn until_window_waits(folder: &Path) {
    let lock = std::fs::File::options()
        .read(true)
        .write(true)
        .open(folder.join("window.lock"));
    let lock = lock.unwrap();
    while lock.try_lock_shared().is_ok() {
        lock.unlock().unwrap();
        tokio::task::yield_now().await;
    }
}
