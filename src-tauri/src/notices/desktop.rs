//! One notification on the system's desktop.

use notify_rust::Notification;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) summary: String,
    pub(super) body: String,
    /// Name of what a click does, where the desktop shows it.
    pub(super) action: String,
    /// Whether it stays until somebody has seen it.
    pub(super) urgent: bool,
}

/// A notification that is shown. Dropped, it is taken down.
#[derive(Debug)]
pub(super) struct Shown {
    changes: mpsc::UnboundedSender<Change>,
    /// Ends when it is gone.
    task: JoinHandle<()>,
}

#[derive(Debug)]
enum Change {
    /// Says something else.
    Say(Text),
    /// Stays by itself.
    Leave,
}

impl Shown {
    /// Shows a notification; `clicked` is called when somebody clicks it.
    pub(super) fn new(text: Text, clicked: impl FnOnce() + Send + 'static) -> Self {
        let (changes, received) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            match platform::keep(text, received).await {
                Ok(true) => clicked(),
                Ok(false) => {}
                // No daemon for notifications, most likely.
                Err(error) => tracing::debug!(%error, "no notification was shown"),
            }
        });
        Self { changes, task }
    }

    /// Says something else in the same place; `false` where it is gone.
    pub(super) fn update(&self, text: Text) -> bool {
        self.changes.send(Change::Say(text)).is_ok()
    }

    /// Whether it is still there.
    pub(super) fn is_there(&self) -> bool {
        !self.changes.is_closed()
    }

    /// Takes it down; what is returned ends when the desktop was told.
    pub(super) fn take_down(self) -> JoinHandle<()> {
        self.task
    }

    /// Lets it stay until somebody takes it down.
    pub(super) fn leave(self) {
        // One that is gone already stays gone.
        let _ = self.changes.send(Change::Leave);
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    use std::future::pending;

    use notify_rust::{Hint, NotificationHandle, NotificationResponse, Timeout, Urgency};
    use tokio::task::spawn_blocking;

    use super::{Change, Notification, Text, mpsc};

    type Error = Box<dyn std::error::Error + Send + Sync>;

    /// Shows a notification and keeps it true; whether it was clicked in the end.
    pub(super) async fn keep(
        text: Text,
        mut changes: mpsc::UnboundedReceiver<Change>,
    ) -> Result<bool, Error> {
        let markup = has_markup().await;
        let mut handle = built(&text, markup).show_async().await?;
        let mut left = false;
        loop {
            let mut response = None;
            let change = tokio::select! {
                () = handle.wait_for_action_async(|said| response = Some(said.clone())) => None,
                change = next(&mut changes, left) => Some(change),
            };
            match change {
                None => {
                    // Some daemons leave a notification up after a click.
                    handle.close_async().await;
                    return Ok(clicked(response.as_ref()));
                }
                Some(Some(Change::Say(text))) => handle = say(handle, &text, markup).await?,
                Some(Some(Change::Leave)) => left = true,
                Some(None) => {
                    handle.close_async().await;
                    return Ok(false);
                }
            }
        }
    }

    /// What is to change; nothing ever where the notification was left to itself.
    async fn next(changes: &mut mpsc::UnboundedReceiver<Change>, left: bool) -> Option<Change> {
        match left {
            true => pending().await,
            false => changes.recv().await,
        }
    }

    fn clicked(response: Option<&NotificationResponse>) -> bool {
        matches!(
            response,
            Some(NotificationResponse::Default | NotificationResponse::Action(_))
        )
    }

    /// Replaces the notification over its own connection, since its clicks come back over that.
    async fn say(
        mut handle: NotificationHandle,
        text: &Text,
        markup: bool,
    ) -> Result<NotificationHandle, Error> {
        *handle = built(text, markup);
        let updated = spawn_blocking(move || handle.update().map(|()| handle));
        Ok(updated.await??)
    }

    fn built(text: &Text, markup: bool) -> Notification {
        let body = match markup {
            true => escaped(&text.body),
            false => text.body.clone(),
        };
        let mut notification = Notification::new();
        notification
            .appname("Switchboard")
            .summary(&text.summary)
            .body(&body)
            .icon("switchboard")
            .action("default", &text.action)
            .hint(Hint::DesktopEntry("Switchboard".to_owned()));
        if text.urgent {
            notification
                .urgency(Urgency::Critical)
                .timeout(Timeout::Never);
        } else {
            notification.hint(Hint::Category("im.received".to_owned()));
        }
        notification
    }

    /// Whether the desktop reads tags in a notification's text.
    async fn has_markup() -> bool {
        let asked = spawn_blocking(notify_rust::get_capabilities).await;
        matches!(asked, Ok(Ok(list)) if list.iter().any(|one| one == "body-markup"))
    }

    /// A stranger's text must not become markup
    /// (<https://specifications.freedesktop.org/notification-spec/latest/markup.html>).
    fn escaped(text: &str) -> String {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn tags_in_a_text_stay_text() {
            assert_eq!(escaped("a <b> & c"), "a &lt;b&gt; &amp; c");
        }
    }
}

/// Not run yet on the systems that it is for: clicks are not heard there.
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod platform {
    use super::{Change, Notification, Text, mpsc};

    type Error = Box<dyn std::error::Error + Send + Sync>;

    pub(super) async fn keep(
        text: Text,
        mut changes: mpsc::UnboundedReceiver<Change>,
    ) -> Result<bool, Error> {
        show(text).await?;
        while let Some(change) = changes.recv().await {
            match change {
                Change::Say(text) => show(text).await?,
                Change::Leave => break,
            }
        }
        Ok(false)
    }

    async fn show(text: Text) -> Result<(), Error> {
        let shown = tokio::task::spawn_blocking(move || {
            Notification::new()
                .summary(&text.summary)
                .body(&text.body)
                .show()
                .map(drop)
        });
        Ok(shown.await??)
    }
}
