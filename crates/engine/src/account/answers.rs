//! Asks for what was found missing: peers, pinned orders, bios.

use switchboard_model::{Event, Fact, PeerFact, PeerId, Turn};
use switchboard_store::Profile;

use super::context::Ending;
use super::history::Fetcher;

/// Peers in one question.
const PEERS: usize = 100;

impl Fetcher {
    /// Asks for what the stream of updates or the operator found missing.
    pub(super) async fn answer_wants(&self) -> Result<(), Ending> {
        let mut asking = self.context.wants.ask();
        let left = &mut asking.left;
        if left.dialogs {
            self.read_me().await?;
            self.compare_dialogs().await?;
        }
        if left.dialogs || left.folders {
            self.read_folders().await?;
        }
        (left.dialogs, left.folders) = (false, false);
        while let Some(archived) = left.pinned.first().copied() {
            self.read_pinned(archived).await?;
            left.pinned.remove(&archived);
        }
        while !left.peers.is_empty() {
            let some: Vec<_> = left.peers.iter().take(PEERS).copied().collect();
            self.read_peers(&some).await?;
            left.peers.retain(|peer| !some.contains(peer));
        }
        while let Some(peer) = left.about.first().copied() {
            self.read_about(peer).await?;
            left.about.remove(&peer);
        }
        Ok(())
    }

    /// The account's own name and photo, which may have changed elsewhere.
    async fn read_me(&self) -> Result<(), Ending> {
        let link = self.link.clone();
        let me = self.caller.call(|| link.me()).await?;
        let profile = Profile {
            name: me.name.clone(),
            username: me.username.clone(),
            phone: me.phone.clone(),
            photo: me.photo.as_ref().map(|photo| photo.photo.id.clone()),
        };
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| {
                tx.set_account_profile(account, &profile)?;
                tx.apply_peers(account, &[me], now_ms)
            })
            .await?;
        self.tell(&applied);
        self.context.bus().tell(Event::Account { account });
        Ok(())
    }

    /// The account's folders. Where they are refused, the former ones stay: no chat depends on them.
    async fn read_folders(&self) -> Result<(), Ending> {
        let link = self.link.clone();
        let account = self.context.account;
        let folders = match self.caller.try_call(|| link.folders()).await? {
            Ok(folders) => folders,
            Err(error) => {
                tracing::info!(%account, %error, "folders are not told");
                return Ok(());
            }
        };
        let kept = self
            .context
            .store()
            .write_bulk(move |tx| tx.set_folders(account, &folders));
        if kept.await? {
            self.context.bus().tell(Event::Folders { account });
        }
        Ok(())
    }

    async fn read_pinned(&self, archived: bool) -> Result<(), Ending> {
        let link = self.link.clone();
        let peers = self.caller.call(|| link.pinned_order(archived)).await?;
        let turn = Turn {
            facts: vec![Fact::PinnedOrder {
                archived,
                peers: Some(peers),
            }],
            ..Turn::default()
        };
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| tx.apply_turn(account, &turn, now_ms))
            .await?;
        self.tell(&applied);
        Ok(())
    }

    async fn read_peers(&self, peers: &[PeerId]) -> Result<(), Ending> {
        let link = self.link.clone();
        let account = self.context.account;
        match self.caller.try_call(|| link.peers(peers)).await? {
            Ok(facts) => self.keep_peers(facts).await,
            Err(error) => {
                tracing::info!(%account, %error, "peers that are not told any more");
                Ok(())
            }
        }
    }

    async fn keep_peers(&self, facts: Vec<PeerFact>) -> Result<(), Ending> {
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| tx.apply_peers(account, &facts, now_ms))
            .await?;
        self.tell(&applied);
        Ok(())
    }

    /// What a dialog does not tell: bio, description, number of members.
    async fn read_about(&self, peer: PeerId) -> Result<(), Ending> {
        let link = self.link.clone();
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let full = match self.caller.try_call(|| link.full(peer)).await? {
            Ok(full) => full,
            Err(error) => {
                tracing::info!(%account, %error, "nothing more is told of a peer");
                return Ok(());
            }
        };
        let (applied, chat) = self
            .context
            .store()
            .write(move |tx| {
                let applied = tx.apply_peers(account, &full.peers, now_ms)?;
                tx.set_about(account, peer, full.about.as_deref(), full.members)?;
                Ok((applied, tx.chat_by_peer(account, peer)?))
            })
            .await?;
        self.tell(&applied);
        let chats = chat.into_iter().collect();
        self.context.bus().tell(Event::Chats { account, chats });
        Ok(())
    }
}
