//! Asks for what was found missing: dialogs, peers, pinned orders, bios.

use std::collections::HashSet;

use switchboard_model::{
    AccountId, DialogFact, Event, Fact, MessageId, PeerFact, PeerId, PeerKind, SyncStage, Turn,
};
use switchboard_store::{Profile, StoreError, Tx};
use switchboard_telegram::DialogPage;

use super::Wanted;
use super::context::Ending;
use super::history::{Fetcher, dialogs_key};
use super::updates::Ask;

/// Peers in one question.
const PEERS: usize = 100;

impl Fetcher {
    /// Asks for what the stream of updates or the operator found missing.
    pub(super) async fn answer_wants(&self) -> Result<(), Ending> {
        let Wanted {
            dialogs,
            pinned,
            peers,
            about,
        } = self.context.wants.take();
        if dialogs {
            self.read_me().await?;
            for archived in [false, true] {
                self.read_dialogs(archived).await?;
            }
            let key = dialogs_key(self.context.account);
            self.context
                .store()
                .write(move |tx| tx.set_setting(&key, &true))
                .await?;
        }
        for archived in pinned {
            self.read_pinned(archived).await?;
        }
        let peers: Vec<_> = peers.into_iter().collect();
        for some in peers.chunks(PEERS) {
            self.read_peers(some).await?;
        }
        for peer in about {
            self.read_about(peer).await?;
        }
        Ok(())
    }

    /// Reads a folder's dialogs: to the end the first time, later until a page brings nothing new.
    async fn read_dialogs(&self, archived: bool) -> Result<(), Ending> {
        let key = dialogs_key(self.context.account);
        let read_once = self
            .context
            .store()
            .read(move |reader| reader.setting(&key))
            .await?;
        let whole = read_once != Some(true);
        if whole {
            self.report(SyncStage::Dialogs).await?;
        }
        let began_ms = self.context.now_ms();
        let mut present = HashSet::new();
        let mut after = None;
        loop {
            let link = self.link.clone();
            let from = after.clone();
            let page = self
                .caller
                .call(|| link.dialogs(archived, from.as_ref()))
                .await?;
            present.extend(page.dialogs.iter().map(|dialog| dialog.peer));
            after = page.next.clone();
            let news = self.keep_dialogs(page).await?;
            if after.is_none() {
                return self.drop_vanished(archived, present, began_ms).await;
            }
            if !whole && !news {
                return Ok(());
            }
        }
    }

    /// Keeps a page of dialogs; whether it changed anything.
    async fn keep_dialogs(&self, page: DialogPage) -> Result<bool, Ending> {
        self.follow_channels(&page.dialogs, &page.peers);
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let (applied, read_here) = self
            .context
            .store()
            .write_bulk(move |tx| {
                let read_here = read_further_here(tx, account, &page.dialogs)?;
                let DialogPage {
                    dialogs,
                    peers,
                    tops,
                    ..
                } = &page;
                Ok((
                    tx.apply_dialogs(account, dialogs, peers, tops, now_ms)?,
                    read_here,
                ))
            })
            .await?;
        let news = !applied.chats.is_empty();
        self.tell(&applied);
        for (peer, up_to) in read_here {
            let link = self.link.clone();
            if let Err(error) = self.caller.try_call(|| link.read(peer, up_to)).await? {
                tracing::info!(%account, %error, "a chat stays unread at the server");
            }
        }
        Ok(news)
    }

    /// A channel whose dialog is ahead of us gets its difference; one that is not kept is left.
    fn follow_channels(&self, dialogs: &[DialogFact], peers: &[PeerFact]) {
        let kept: HashSet<PeerId> = peers
            .iter()
            .filter(|peer| peer.kept())
            .map(|peer| peer.peer)
            .collect();
        for dialog in dialogs {
            if let (PeerKind::Channel(channel_id), Some(pts)) = (dialog.peer.kind(), dialog.pts) {
                let ask = if kept.contains(&dialog.peer) {
                    Ask::ChannelAt { channel_id, pts }
                } else {
                    Ask::Forget { channel_id }
                };
                // The listener ends only with this connection, and so does this task.
                let _ = self.ask.send(ask);
            }
        }
    }

    async fn drop_vanished(
        &self,
        archived: bool,
        present: HashSet<PeerId>,
        began_ms: i64,
    ) -> Result<(), Ending> {
        let account = self.context.account;
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| tx.drop_dialogs_not_in(account, archived, &present, began_ms))
            .await?;
        self.tell(&applied);
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

/// Chats that were read further here than at the server: read while there was no connection.
fn read_further_here(
    tx: &Tx<'_>,
    account: AccountId,
    dialogs: &[DialogFact],
) -> Result<Vec<(PeerId, MessageId)>, StoreError> {
    let mut further = Vec::new();
    for dialog in dialogs {
        let Some(id) = tx.chat_by_peer(account, dialog.peer)? else {
            continue;
        };
        let here = tx.chat(id)?.map(|chat| chat.read_in);
        further.extend(
            here.filter(|here| *here > dialog.read_in)
                .map(|here| (dialog.peer, here)),
        );
    }
    Ok(further)
}
