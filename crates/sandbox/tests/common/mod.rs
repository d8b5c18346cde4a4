//! The real client library's sender pool, driven against a sandbox.
#![allow(dead_code, reason = "every test file uses another part")]

pub(crate) mod demo;
pub(crate) mod follower;
pub(crate) mod login;
pub(crate) mod seen;

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV6};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use grammers_mtsender::{
    ConnectionParams, InvocationError, NoRetries, RpcError, SenderPool, SenderPoolHandle,
};
use grammers_session::storages::MemorySession;
use grammers_session::types::DcOption;
use grammers_session::updates::UpdatesLike;
use grammers_session::{Session as _, SessionData};
use grammers_tl_types::{RemoteCall, enums, functions as f, types};
use switchboard_clock::Clock;
use switchboard_sandbox::worlds::{ids, small};
use switchboard_sandbox::{Options, ProfileFile, Sandbox};
use tokio::sync::mpsc;

/// A Monday in 2026, in unix milliseconds.
pub(crate) const NOW_MS: i64 = 1_790_000_000_000;
/// Nothing on loopback takes so long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The small world on a clock that stands still.
pub(crate) async fn sandbox() -> (Sandbox, Clock) {
    sandbox_with(Options::default()).await
}

pub(crate) async fn sandbox_with(options: Options) -> (Sandbox, Clock) {
    let clock = Clock::virtual_at(NOW_MS);
    let options = Options {
        clock: clock.clone(),
        ..options
    };
    (
        Sandbox::start(small(7, NOW_MS), options).await.unwrap(),
        clock,
    )
}

pub(crate) struct Client {
    pub(crate) handle: SenderPoolHandle,
    pub(crate) updates: mpsc::Receiver<UpdatesLike>,
    pub(crate) dc: i32,
}

impl Client {
    /// With the key by which this user is signed in.
    pub(crate) fn signed_in(profile: &ProfileFile, user: i64) -> Self {
        let key = profile
            .key
            .iter()
            .find(|key| key.user_id == Some(user))
            .unwrap();
        Self::with_keys(profile, key.dc, |dc| {
            (dc == key.dc).then(|| key.key.clone())
        })
    }

    /// With unbound keys, the `nth` spare one of each data centre, starting on `dc`.
    pub(crate) fn fresh(profile: &ProfileFile, dc: i32, nth: usize) -> Self {
        Self::with_keys(profile, dc, |dc| {
            let spare = profile
                .key
                .iter()
                .filter(|key| key.dc == dc && key.user_id.is_none());
            spare.map(|key| key.key.clone()).nth(nth)
        })
    }

    pub(crate) fn with_keys(
        profile: &ProfileFile,
        home: i32,
        key_of: impl Fn(i32) -> Option<String>,
    ) -> Self {
        let mut data = SessionData {
            home_dc: home,
            ..SessionData::default()
        };
        data.dc_options.clear();
        for dc in &profile.dc {
            let SocketAddr::V4(ipv4) = dc.address.parse().unwrap() else {
                panic!("not IPv4")
            };
            let auth_key = key_of(dc.id).map(|key| hex::decode(key).unwrap().try_into().unwrap());
            let ipv6 = SocketAddrV6::new(Ipv4Addr::LOCALHOST.to_ipv6_mapped(), 0, 0, 0);
            data.dc_options.insert(
                dc.id,
                DcOption {
                    id: dc.id,
                    ipv4,
                    ipv6,
                    auth_key,
                },
            );
        }
        let session = Arc::new(MemorySession::from(data));
        assert_eq!(session.home_dc_id().unwrap(), home);
        let params = ConnectionParams {
            retry_policy: Box::new(NoRetries),
            updates_channel_capacity: NonZeroUsize::new(20_000).unwrap(),
            ..ConnectionParams::default()
        };
        let SenderPool {
            runner,
            handle,
            updates,
        } = SenderPool::with_configuration(session, 1, params);
        tokio::spawn(runner.run());
        Self {
            handle: handle.thin,
            updates,
            dc: home,
        }
    }

    pub(crate) async fn call<R: RemoteCall>(
        &self,
        request: &R,
    ) -> Result<R::Return, InvocationError> {
        self.call_in(self.dc, request).await
    }

    pub(crate) async fn call_in<R: RemoteCall>(
        &self,
        dc: i32,
        request: &R,
    ) -> Result<R::Return, InvocationError> {
        let answer = self.handle.invoke_in_dc(dc, request);
        tokio::time::timeout(PATIENCE, answer)
            .await
            .expect("no answer in time")
    }

    /// The error that a call is answered with.
    pub(crate) async fn error<R: RemoteCall>(&self, request: &R) -> RpcError
    where
        R::Return: std::fmt::Debug,
    {
        rpc_error(self.call(request).await.unwrap_err())
    }

    /// The next updates that match.
    pub(crate) async fn next_update<T>(&mut self, pick: impl Fn(&UpdatesLike) -> Option<T>) -> T {
        let next = async {
            loop {
                let updates = self.updates.recv().await.expect("the pool ended");
                if let Some(found) = pick(&updates) {
                    return found;
                }
            }
        };
        tokio::time::timeout(PATIENCE, next)
            .await
            .expect("no such update in time")
    }

    /// Every update that was received so far and up to a round trip from now.
    pub(crate) async fn updates_so_far(&mut self) -> Vec<UpdatesLike> {
        self.call(&f::updates::GetState {}).await.unwrap();
        std::iter::from_fn(|| self.updates.try_recv().ok()).collect()
    }

    /// The whole chat list by pages, with peers as they came.
    pub(crate) async fn dialogs(&self, page: i32) -> Dialogs {
        let mut all = Dialogs::default();
        let (mut offset_date, mut offset_id) = (0, 0);
        let mut offset_peer = enums::InputPeer::Empty;
        loop {
            let request = f::messages::GetDialogs {
                exclude_pinned: false,
                folder_id: None,
                offset_date,
                offset_id,
                offset_peer,
                limit: page,
                hash: 0,
            };
            let answer = self.call(&request).await.unwrap();
            let (dialogs, messages, chats, users, last) = match answer {
                enums::messages::Dialogs::Dialogs(d) => {
                    (d.dialogs, d.messages, d.chats, d.users, true)
                }
                enums::messages::Dialogs::Slice(d) => {
                    (d.dialogs, d.messages, d.chats, d.users, false)
                }
                enums::messages::Dialogs::NotModified(_) => panic!("hash was 0"),
            };
            all.chats.extend(chats);
            all.users.extend(users);
            let Some(enums::Dialog::Dialog(end)) = dialogs.last().cloned() else {
                return all;
            };
            all.dialogs.extend(dialogs);
            let top = messages.iter().find(|message| {
                message.id() == end.top_message && peer_of(message) == Some(&end.peer)
            });
            all.messages.extend(messages.clone());
            if last {
                return all;
            }
            offset_id = end.top_message;
            offset_date = top.map_or(0, date_of);
            offset_peer = all.input(&end.peer);
        }
    }

    /// A chat's whole history by pages.
    pub(crate) async fn history(&self, peer: &enums::InputPeer) -> Vec<enums::Message> {
        let mut all: Vec<enums::Message> = Vec::new();
        loop {
            let request = f::messages::GetHistory {
                peer: peer.clone(),
                offset_id: all.last().map_or(0, enums::Message::id),
                offset_date: 0,
                add_offset: 0,
                limit: 70,
                max_id: 0,
                min_id: 0,
                hash: 0,
            };
            let page = messages(self.call(&request).await.unwrap());
            if page.is_empty() {
                return all;
            }
            all.extend(page);
        }
    }
}

#[derive(Default)]
pub(crate) struct Dialogs {
    pub(crate) dialogs: Vec<enums::Dialog>,
    pub(crate) messages: Vec<enums::Message>,
    pub(crate) chats: Vec<enums::Chat>,
    pub(crate) users: Vec<enums::User>,
}

impl Dialogs {
    /// A peer with the access hash that came with the list.
    pub(crate) fn input(&self, peer: &enums::Peer) -> enums::InputPeer {
        match peer {
            enums::Peer::User(user) => {
                let access_hash = self
                    .users
                    .iter()
                    .find_map(|found| match found {
                        enums::User::User(found) if found.id == user.user_id => found.access_hash,
                        _ => None,
                    })
                    .expect("every peer comes with its user");
                types::InputPeerUser {
                    user_id: user.user_id,
                    access_hash,
                }
                .into()
            }
            enums::Peer::Chat(chat) => types::InputPeerChat {
                chat_id: chat.chat_id,
            }
            .into(),
            enums::Peer::Channel(channel) => {
                let access_hash = self
                    .chats
                    .iter()
                    .find_map(|found| match found {
                        enums::Chat::Channel(found) if found.id == channel.channel_id => {
                            found.access_hash
                        }
                        _ => None,
                    })
                    .expect("every peer comes with its channel");
                types::InputPeerChannel {
                    channel_id: channel.channel_id,
                    access_hash,
                }
                .into()
            }
        }
    }

    pub(crate) fn user(&self, user_id: i64) -> enums::InputPeer {
        self.input(&types::PeerUser { user_id }.into())
    }

    pub(crate) fn channel(&self, channel_id: i64) -> enums::InputPeer {
        self.input(&types::PeerChannel { channel_id }.into())
    }

    pub(crate) fn input_channel(&self, channel_id: i64) -> enums::InputChannel {
        let enums::InputPeer::Channel(found) = self.channel(channel_id) else {
            unreachable!()
        };
        types::InputChannel {
            channel_id,
            access_hash: found.access_hash,
        }
        .into()
    }
}

pub(crate) fn rpc_error(error: InvocationError) -> RpcError {
    match error {
        InvocationError::Rpc(error) => error,
        other => panic!("not an RPC error: {other}"),
    }
}

pub(crate) fn messages(answer: enums::messages::Messages) -> Vec<enums::Message> {
    match answer {
        enums::messages::Messages::Messages(found) => found.messages,
        enums::messages::Messages::Slice(found) => found.messages,
        enums::messages::Messages::ChannelMessages(found) => found.messages,
        enums::messages::Messages::NotModified(_) => panic!("hash was 0"),
    }
}

pub(crate) fn peer_of(message: &enums::Message) -> Option<&enums::Peer> {
    match message {
        enums::Message::Message(message) => Some(&message.peer_id),
        enums::Message::Service(message) => Some(&message.peer_id),
        enums::Message::Empty(_) => None,
    }
}

pub(crate) fn date_of(message: &enums::Message) -> i32 {
    match message {
        enums::Message::Message(message) => message.date,
        enums::Message::Service(message) => message.date,
        enums::Message::Empty(_) => 0,
    }
}

/// The id that the answer to a send names.
pub(crate) fn message_id(updates: &enums::Updates) -> i32 {
    match updates {
        enums::Updates::UpdateShortSentMessage(sent) => sent.id,
        enums::Updates::Updates(updates) => updates
            .updates
            .iter()
            .find_map(|update| match update {
                enums::Update::MessageId(named) => Some(named.id),
                _ => None,
            })
            .expect("the answer names the message"),
        other => panic!("{other:?}"),
    }
}

/// A plain text to a peer.
pub(crate) fn text(
    peer: enums::InputPeer,
    message: &str,
    random_id: i64,
) -> f::messages::SendMessage {
    f::messages::SendMessage {
        no_webpage: false,
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer,
        reply_to: None,
        message: message.to_owned(),
        random_id,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
        suggested_post: None,
        rich_message: None,
    }
}

/// The sandbox, and the client of the account that is signed in.
pub(crate) async fn online() -> (Sandbox, Client, Clock) {
    let (sandbox, clock) = sandbox().await;
    let client = Client::signed_in(&sandbox.profile(), ids::ACCOUNT);
    (sandbox, client, clock)
}
