//! Who shows the tray on this desktop
//! (<https://specifications.freedesktop.org/status-notifier-item-spec/>).

pub(super) use platform::{Changes, is_there};

#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    use std::time::Duration;

    use tokio::time::timeout;
    use zbus::export::ordered_stream::OrderedStreamExt;
    use zbus::proxy::{Builder, CacheProperties, OwnerChangedStream, SignalStream};
    use zbus::{Connection, Proxy};

    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    /// A panel that does not answer by then shows nothing either.
    const ANSWER: Duration = Duration::from_secs(2);

    async fn watcher() -> zbus::Result<Proxy<'static>> {
        let bus = Connection::session().await?;
        Builder::<Proxy<'static>>::new(&bus)
            .destination(WATCHER)
            .path("/StatusNotifierWatcher")
            .interface(WATCHER)
            .cache_properties(CacheProperties::No)
            .build()
            .await
    }

    /// Whether somebody shows it. A watcher alone shows nothing; it knows whether there is somebody
    /// who does.
    pub(in super::super) async fn is_there() -> bool {
        let asked = async {
            let watcher = watcher().await?;
            watcher.get_property("IsStatusNotifierHostRegistered").await
        };
        let asked: Result<zbus::Result<bool>, _> = timeout(ANSWER, asked).await;
        asked.is_ok_and(|answer| answer.unwrap_or(false))
    }

    /// Tells that it may be somebody else now, or nobody.
    pub(in super::super) struct Changes {
        owners: OwnerChangedStream<'static>,
        signals: SignalStream<'static>,
    }

    impl Changes {
        /// Listens from now on; without a session bus there is nothing to be told.
        pub(in super::super) async fn start() -> Option<Self> {
            let listens = async {
                let watcher = watcher().await?;
                zbus::Result::Ok(Self {
                    owners: watcher.receive_owner_changed().await?,
                    signals: watcher.receive_all_signals().await?,
                })
            };
            listens.await.ok()
        }

        /// Waits until something changes; absent when the bus is gone.
        pub(in super::super) async fn next(&mut self) -> Option<()> {
            tokio::select! {
                owner = self.owners.next() => owner.map(drop),
                signal = self.signals.next() => signal.map(drop),
            }
        }
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
mod platform {
    /// The system's own bar is always there.
    pub(in super::super) async fn is_there() -> bool {
        std::future::ready(true).await
    }

    /// Never tells anything.
    pub(in super::super) struct Changes;

    impl Changes {
        pub(in super::super) async fn start() -> Option<Self> {
            std::future::ready(None).await
        }

        pub(in super::super) async fn next(&mut self) -> Option<()> {
            std::future::ready(None).await
        }
    }
}
