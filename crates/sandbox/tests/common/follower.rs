//! A client that follows its account by the library's own message boxes.

use std::collections::{BTreeMap, BTreeSet};

use grammers_session::types::{ChannelState, UpdatesState};
use grammers_session::updates::{MessageBoxes, UpdateAndPeers, UpdatesLike};
use grammers_tl_types::{enums, functions as f, types};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Peer, WorldMessage};

use super::{Client, Dialogs, messages, seen};

/// Messages by box and id, kept up to date by updates and differences alone.
pub(crate) struct Follower {
    boxes: MessageBoxes,
    pub(crate) list: Dialogs,
    pub(crate) known: BTreeMap<(i64, i32), WorldMessage>,
    /// How many differences were too long, of the account and of channels.
    pub(crate) too_long: (usize, usize),
}

impl Follower {
    /// Reads everything, then follows.
    pub(crate) async fn start(client: &Client) -> Self {
        let state = client.call(&f::updates::GetState {}).await.unwrap();
        let enums::updates::State::State(state) = state;
        let list = client.dialogs(100).await;
        let channels = list
            .dialogs
            .iter()
            .filter_map(|dialog| match dialog {
                enums::Dialog::Dialog(d) => match (&d.peer, d.pts) {
                    (enums::Peer::Channel(channel), Some(pts)) => Some(ChannelState {
                        id: channel.channel_id,
                        pts,
                    }),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        let state = UpdatesState {
            pts: state.pts,
            qts: state.qts,
            date: state.date,
            seq: state.seq,
            channels,
        };
        let boxes = MessageBoxes::load(state);
        let mut follower = Self {
            boxes,
            list,
            known: BTreeMap::new(),
            too_long: (0, 0),
        };
        follower.read_all(client).await;
        follower.catch_up(client).await;
        follower
    }

    async fn read_all(&mut self, client: &Client) {
        for dialog in self.list.dialogs.clone() {
            let peer = seen::dialog_peer(&dialog);
            for message in client.history(&self.list.input(&peer)).await {
                self.keep(&message);
            }
        }
    }

    /// Works through all that came, until nothing is missing.
    pub(crate) async fn settle(&mut self, client: &mut Client) {
        for updates in client.updates_so_far().await {
            self.take(updates);
        }
        self.catch_up(client).await;
    }

    /// Differences for all gaps that wait, without waiting for their time.
    pub(crate) fn suspect_a_gap(&mut self) {
        let gap = self.boxes.process_updates(UpdatesLike::ConnectionClosed);
        assert!(gap.is_err());
    }

    pub(crate) fn take(&mut self, updates: UpdatesLike) {
        if let Ok(applied) = self.boxes.process_updates(updates) {
            self.apply(applied);
        }
    }

    pub(crate) async fn catch_up(&mut self, client: &Client) {
        loop {
            if let Some(request) = self.boxes.get_difference() {
                let difference = client.call(&request).await.unwrap();
                if matches!(difference, enums::updates::Difference::TooLong(_)) {
                    self.too_long.0 += 1;
                    self.refill(client, |peer| !matches!(peer, Peer::Channel(_)))
                        .await;
                }
                let applied = self.boxes.apply_difference(difference);
                self.apply(applied);
            } else if let Some(mut request) = self.boxes.get_channel_difference() {
                let enums::InputChannel::Channel(channel) = &request.channel else {
                    unreachable!()
                };
                let id = channel.channel_id;
                request.channel = self.list.input_channel(id);
                request.limit = 100;
                let difference = client.call(&request).await.unwrap();
                if matches!(difference, enums::updates::ChannelDifference::TooLong(_)) {
                    self.too_long.1 += 1;
                    self.refill(client, |peer| peer == Peer::Channel(id)).await;
                }
                self.apply_other(&difference);
                let applied = self.boxes.apply_channel_difference(difference);
                self.apply(applied);
            } else {
                return;
            }
        }
    }

    /// The library sets the final pts before it looks at a last difference's edits and deletions,
    /// and then takes them for old ones.
    fn apply_other(&mut self, difference: &enums::updates::ChannelDifference) {
        if let enums::updates::ChannelDifference::Difference(difference) = difference {
            for update in &difference.other_updates {
                self.apply_update(update);
            }
        }
    }

    /// Fills a hole: forgets the chats meant and reads them anew.
    async fn refill(&mut self, client: &Client, wanted: impl Fn(Peer) -> bool) {
        self.known
            .retain(|_, message| !wanted(Peer::from_marked(message.peer)));
        for dialog in self.list.dialogs.clone() {
            let peer = seen::dialog_peer(&dialog);
            if wanted(seen::peer(&peer)) {
                for message in client.history(&self.list.input(&peer)).await {
                    self.keep(&message);
                }
            }
        }
    }

    fn keep(&mut self, message: &enums::Message) {
        if let Some(message) = seen::message(message, ids::ACCOUNT) {
            self.known
                .insert((message.message_box, message.id), message);
        }
    }

    fn apply(&mut self, (updates, _, _): UpdateAndPeers) {
        for (update, _) in &updates {
            self.apply_update(update);
        }
    }

    fn apply_update(&mut self, update: &enums::Update) {
        match update {
            enums::Update::NewMessage(u) => self.keep(&u.message),
            enums::Update::EditMessage(u) => self.keep(&u.message),
            enums::Update::NewChannelMessage(u) => self.keep(&u.message),
            enums::Update::EditChannelMessage(u) => self.keep(&u.message),
            enums::Update::DeleteMessages(u) => {
                self.known
                    .retain(|(place, id), _| *place != 0 || !u.messages.contains(id));
            }
            enums::Update::DeleteChannelMessages(u) => {
                let gone = |place, id| place == u.channel_id && u.messages.contains(&id);
                self.known.retain(|(place, id), _| !gone(*place, *id));
            }
            _ => {}
        }
    }

    pub(crate) fn messages(&self) -> BTreeSet<WorldMessage> {
        self.known.values().cloned().collect()
    }
}

/// All messages of a chat list, as sets.
pub(crate) async fn read_world(client: &Client, me: i64) -> (Dialogs, BTreeSet<WorldMessage>) {
    let list = client.dialogs(4).await;
    let mut all = BTreeSet::new();
    for dialog in &list.dialogs {
        let history = client
            .history(&list.input(&seen::dialog_peer(dialog)))
            .await;
        all.extend(
            history
                .iter()
                .filter_map(|message| seen::message(message, me)),
        );
    }
    (list, all)
}

/// Messages of an account's own box, by id.
pub(crate) async fn by_id(client: &Client, wanted: &[i32]) -> Vec<enums::Message> {
    let id = wanted
        .iter()
        .map(|id| types::InputMessageId { id: *id }.into())
        .collect();
    messages(client.call(&f::messages::GetMessages { id }).await.unwrap())
}
