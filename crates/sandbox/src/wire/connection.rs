//! One client's connection, from its first packet to its end.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use grammers_mtproto::transport::{Error as TransportError, Full, Transport};
use grammers_tl_types::{
    Cursor, Deserializable, Identifiable, Serializable, enums, functions, types,
};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedReadHalf;
use tokio::sync::mpsc;

use crate::rpc::{self, Link};
use crate::seed::Stream;
use crate::server::Shared;

use super::incoming::{self, Incoming};
use super::key::AuthKeyBytes;
use super::outgoing::Writer;
use super::{Out, WireError};

/// The largest packet that is read: Telegram closes connections at about a megabyte.
const LARGEST_PACKET: usize = (1 << 20) + (8 << 10);
/// "No such key" of the transport.
const UNKNOWN_KEY: i32 = -404;
/// How far a message id may lie in the past and in the future, in seconds.
const OLDEST: i64 = 300;
const NEWEST: i64 = 30;

/// Packets out of a socket.
struct Packets {
    socket: OwnedReadHalf,
    transport: Full,
    buffer: Vec<u8>,
}

impl Packets {
    /// The next packet; `None` where the client closed the connection.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, WireError> {
        loop {
            match self.transport.unpack(&mut self.buffer) {
                Ok(found) => {
                    let packet = self.buffer.get(found.data_range).map(<[u8]>::to_vec);
                    self.buffer.drain(..found.next_offset);
                    return Ok(packet);
                }
                Err(TransportError::MissingBytes) => {
                    if self.buffer.len() > LARGEST_PACKET {
                        return Err(WireError::TooBig);
                    }
                    self.buffer.reserve(16 * 1024);
                    if self.socket.read_buf(&mut self.buffer).await? == 0 {
                        return Ok(None);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Serves one connection until it ends.
pub(crate) async fn serve(
    shared: &Arc<Shared>,
    dc: i32,
    socket: TcpStream,
) -> Result<(), WireError> {
    let (reader, writer) = socket.into_split();
    let mut packets = Packets {
        socket: reader,
        transport: Full::new(),
        buffer: Vec::new(),
    };
    let Some(first) = packets.next().await? else {
        return Ok(());
    };
    let key_id = first.first_chunk::<8>().copied().ok_or(WireError::Short)?;
    let known = shared
        .lock()
        .keys
        .get(key_id)
        .filter(|record| record.dc == dc)
        .map(|record| (record.bytes, record.salts.current(key_id)));
    let (key, salt) = known.unwrap_or(([0; 256], 0));
    let (out, queue) = mpsc::unbounded_channel();
    let connection = shared.lock().hub.join(key_id, out.clone());
    let padding = Stream::of(&[u64::from_le_bytes(key_id), connection]);
    let writer = Writer::new(writer, key, key_id, salt, padding);
    let link = Link {
        connection,
        key: key_id,
        dc,
        out,
    };
    let mut client = Client {
        shared,
        link,
        key,
        session: None,
    };
    let outcome = tokio::select! {
        outcome = client.read(&mut packets, first) => outcome,
        outcome = writer.run(queue) => outcome.and(Err(WireError::Closed)),
    };
    shared.lock().hub.leave(connection);
    outcome
}

/// The reading side of a connection.
struct Client<'a> {
    shared: &'a Arc<Shared>,
    link: Link,
    key: AuthKeyBytes,
    session: Option<i64>,
}

impl Client<'_> {
    async fn read(&mut self, packets: &mut Packets, first: Vec<u8>) -> Result<(), WireError> {
        let mut next = Some(first);
        while let Some(mut packet) = next {
            if !self.knows(&packet) {
                self.send(Out::TransportError(UNKNOWN_KEY))?;
                // The writer ends the connection once the error is out.
                return std::future::pending().await;
            }
            self.packet(&mut packet)?;
            next = packets.next().await?;
        }
        Ok(())
    }

    /// Whether the packet's key is this connection's and is still known.
    fn knows(&self, packet: &[u8]) -> bool {
        let same = packet.first_chunk::<8>() == Some(&self.link.key);
        let state = self.shared.lock();
        same && state
            .keys
            .get(self.link.key)
            .is_some_and(|record| record.dc == self.link.dc)
    }

    fn send(&self, out: Out) -> Result<(), WireError> {
        self.link.out.send(out).map_err(|_| WireError::Closed)
    }

    fn packet(&mut self, packet: &mut [u8]) -> Result<(), WireError> {
        let plain = super::crypto::decrypt(&self.key, packet)?;
        let packet = incoming::packet(plain)?;
        let outer = &packet.message;
        if self.session != Some(packet.session) {
            self.send(Out::Session(packet.session))?;
        }
        if let Some(code) = bad_message_id(outer.id) {
            self.session = Some(packet.session);
            return self.bad_message(outer, code);
        }
        if let Some(salt) = self.right_salt(packet.salt) {
            return self.bad_salt(outer, salt);
        }
        if self.session.replace(packet.session) != Some(packet.session) {
            self.new_session(outer.id, packet.session)?;
        }
        for message in incoming::unwrapped(packet.message)? {
            self.message(message)?;
        }
        Ok(())
    }

    /// The salt to be used, where the one that came is wrong.
    fn right_salt(&self, salt: i64) -> Option<i64> {
        let state = self.shared.lock();
        let record = state.keys.get(self.link.key)?;
        (!record.salts.accepts(self.link.key, salt)).then(|| record.salts.current(self.link.key))
    }

    fn bad_salt(&self, message: &Incoming, new_server_salt: i64) -> Result<(), WireError> {
        let notice = types::BadServerSalt {
            bad_msg_id: message.id,
            bad_msg_seqno: message.seq,
            error_code: 48,
            new_server_salt,
        };
        self.send(Out::Service(
            enums::BadMsgNotification::from(notice).to_bytes(),
        ))
    }

    fn bad_message(&self, message: &Incoming, error_code: i32) -> Result<(), WireError> {
        let notice = types::BadMsgNotification {
            bad_msg_id: message.id,
            bad_msg_seqno: message.seq,
            error_code,
        };
        self.send(Out::Service(
            enums::BadMsgNotification::from(notice).to_bytes(),
        ))
    }

    fn new_session(&self, first_msg_id: i64, unique_id: i64) -> Result<(), WireError> {
        let server_salt = self.current_salt();
        let notice = types::NewSessionCreated {
            first_msg_id,
            unique_id,
            server_salt,
        };
        self.send(Out::Notice(enums::NewSession::from(notice).to_bytes()))
    }

    fn current_salt(&self) -> i64 {
        let state = self.shared.lock();
        state
            .keys
            .get(self.link.key)
            .map_or(0, |record| record.salts.current(self.link.key))
    }

    /// Answers service messages; everything else is a call.
    fn message(&mut self, message: Incoming) -> Result<(), WireError> {
        let cursor = &mut Cursor::from_slice(&message.body);
        match u32::deserialize(cursor)? {
            types::MsgsAck::CONSTRUCTOR_ID | types::MsgsStateInfo::CONSTRUCTOR_ID => Ok(()),
            functions::Ping::CONSTRUCTOR_ID => {
                let ping = functions::Ping::deserialize(cursor)?;
                self.pong(message.id, ping.ping_id)
            }
            functions::PingDelayDisconnect::CONSTRUCTOR_ID => {
                let ping = functions::PingDelayDisconnect::deserialize(cursor)?;
                self.pong(message.id, ping.ping_id)
            }
            functions::GetFutureSalts::CONSTRUCTOR_ID => {
                let wanted = functions::GetFutureSalts::deserialize(cursor)?;
                self.future_salts(message.id, wanted.num)
            }
            functions::DestroySession::CONSTRUCTOR_ID => {
                let wanted = functions::DestroySession::deserialize(cursor)?;
                let none = types::DestroySessionNone {
                    session_id: wanted.session_id,
                };
                self.send(Out::Service(
                    enums::DestroySessionRes::from(none).to_bytes(),
                ))
            }
            _ if message.seq % 2 == 0 => self.bad_message(&message, 35),
            _ => {
                rpc::receive(self.shared, &self.link, message.id, message.body);
                Ok(())
            }
        }
    }

    fn pong(&self, msg_id: i64, ping_id: i64) -> Result<(), WireError> {
        let mut state = self.shared.lock();
        let user = state.keys.get(self.link.key).and_then(|key| key.user);
        if state.faults.on_ping(user) {
            return Ok(());
        }
        drop(state);
        let pong = types::Pong { msg_id, ping_id };
        self.send(Out::Service(enums::Pong::from(pong).to_bytes()))
    }

    fn future_salts(&self, req_msg_id: i64, count: i32) -> Result<(), WireError> {
        let now = i32::try_from(unix_seconds()).unwrap_or(i32::MAX);
        let salts = {
            let state = self.shared.lock();
            let record = state.keys.get(self.link.key).ok_or(WireError::Closed)?;
            record.salts.future(self.link.key, count, now)
        };
        let answer = types::FutureSalts {
            req_msg_id,
            now,
            salts: grammers_tl_types::RawVec(salts),
        };
        self.send(Out::Service(enums::FutureSalts::from(answer).to_bytes()))
    }
}

fn unix_seconds() -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

/// The error for a message id that does not fit the time or the sender.
fn bad_message_id(id: i64) -> Option<i32> {
    let ahead = (id >> 32) - unix_seconds();
    match id {
        _ if id & 3 != 0 => Some(18),
        _ if ahead < -OLDEST => Some(16),
        _ if ahead > NEWEST => Some(17),
        _ => None,
    }
}
