//! What the server sends: message ids, sequence numbers, containers, compression, encryption.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use flate2::Compression;
use flate2::write::GzEncoder;
use grammers_mtproto::transport::{Full, Transport};
use grammers_tl_types::Serializable;
use tokio::io::AsyncWriteExt;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::mpsc;

use crate::seed::Stream;

use super::WireError;
use super::crypto::encrypt;
use super::key::{AuthKeyBytes, KeyId};

pub(super) const CONTAINER: u32 = 0x73f1_f8dc;
pub(super) const GZIP_PACKED: u32 = 0x3072_cfa1;
const RPC_RESULT: u32 = 0xf35c_6d01;

/// Answers above this size are compressed.
const GZIP_ABOVE: usize = 4 * 1024;
/// A container takes no further message above this size.
const CONTAINER_FULL: usize = 128 * 1024;
/// A container holds no more messages than this.
const CONTAINER_MESSAGES: usize = 64;

/// One thing to be sent.
#[derive(Debug)]
pub(crate) enum Out {
    /// The answer to the request with this message id.
    Result { request: i64, body: Vec<u8> },
    /// Something the client did not ask for: updates.
    Push(Vec<u8>),
    /// A service message that answers one of the client's.
    Service(Vec<u8>),
    /// A service message of the server's own accord.
    Notice(Vec<u8>),
    /// From here on messages belong to this session.
    Session(i64),
    /// A transport error such as -404, after which the connection is closed.
    TransportError(i32),
    /// End of the connection.
    Close,
}

/// Where a connection's outgoing messages are put.
pub(crate) type Outbox = mpsc::UnboundedSender<Out>;

/// One message inside a packet.
struct Framed {
    id: i64,
    seq: i32,
    body: Vec<u8>,
}

/// The writing half of a connection.
pub(super) struct Writer {
    pub(super) socket: OwnedWriteHalf,
    pub(super) key: AuthKeyBytes,
    pub(super) key_id: KeyId,
    pub(super) salt: i64,
    pub(super) padding: Stream,
    transport: Full,
    session: i64,
    last_id: i64,
    content_messages: i32,
}

impl Writer {
    pub(super) fn new(
        socket: OwnedWriteHalf,
        key: AuthKeyBytes,
        key_id: KeyId,
        salt: i64,
        padding: Stream,
    ) -> Self {
        Self {
            socket,
            key,
            key_id,
            salt,
            padding,
            transport: Full::new(),
            session: 0,
            last_id: 0,
            content_messages: 0,
        }
    }

    /// Writes until the connection is to be closed or nobody can send any more.
    pub(super) async fn run(
        mut self,
        mut queue: mpsc::UnboundedReceiver<Out>,
    ) -> Result<(), WireError> {
        while let Some(first) = queue.recv().await {
            let mut ready = Vec::new();
            let mut next = Some(first);
            while let Some(out) = next {
                match self.frame(out) {
                    Step::Message(message) => ready.push(message),
                    Step::Nothing => {}
                    Step::Error(code) => {
                        self.flush(ready).await?;
                        self.socket.write_all(&code.to_le_bytes()).await?;
                        return Ok(self.socket.shutdown().await?);
                    }
                    Step::Close => {
                        self.flush(ready).await?;
                        return Ok(self.socket.shutdown().await?);
                    }
                }
                let size: usize = ready.iter().map(|message| message.body.len()).sum();
                let full = ready.len() >= CONTAINER_MESSAGES || size >= CONTAINER_FULL;
                next = if full { None } else { queue.try_recv().ok() };
            }
            self.flush(ready).await?;
        }
        Ok(())
    }

    fn frame(&mut self, out: Out) -> Step {
        match out {
            Out::Result { request, body } => {
                let mut result = Vec::with_capacity(body.len() + 12);
                RPC_RESULT.serialize(&mut result);
                request.serialize(&mut result);
                result.extend(compressed(body));
                Step::Message(self.message(result, true, true))
            }
            Out::Push(body) => Step::Message(self.message(compressed(body), true, false)),
            Out::Service(body) => Step::Message(self.message(body, false, true)),
            Out::Notice(body) => Step::Message(self.message(body, false, false)),
            Out::Session(session) => {
                self.session = session;
                self.content_messages = 0;
                Step::Nothing
            }
            Out::TransportError(code) => Step::Error(code),
            Out::Close => Step::Close,
        }
    }

    fn message(&mut self, body: Vec<u8>, content: bool, answer: bool) -> Framed {
        let seq = self.content_messages * 2 + i32::from(content);
        self.content_messages += i32::from(content);
        Framed {
            id: self.next_id(answer),
            seq,
            body,
        }
    }

    /// Server message ids are odd: 1 mod 4 answers a client's message, 3 mod 4 is of own accord.
    fn next_id(&mut self, answer: bool) -> i64 {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX >> 32);
        let id = (seconds << 32) | ((i64::from(now.subsec_nanos()) << 2) & 0xffff_fffc);
        self.last_id = id.max((self.last_id & !3) + 4) | if answer { 1 } else { 3 };
        self.last_id
    }

    async fn flush(&mut self, mut ready: Vec<Framed>) -> Result<(), WireError> {
        if ready.len() > 1 {
            let body = container(&ready);
            let wrapped = self.message(body, false, false);
            ready = vec![wrapped];
        }
        let Some(message) = ready.pop() else {
            return Ok(());
        };
        let mut plain = Vec::with_capacity(message.body.len() + 64);
        self.salt.serialize(&mut plain);
        self.session.serialize(&mut plain);
        put(&mut plain, &message);
        self.pad(&mut plain);
        let mut packet = encrypt(&self.key, self.key_id, plain);
        self.transport.pack(&mut packet);
        Ok(self.socket.write_all(packet.as_ref()).await?)
    }

    /// 12 to 1024 random bytes, up to a multiple of 16.
    fn pad(&mut self, plain: &mut Vec<u8>) {
        let least = 12 + (16 - (plain.len() + 12) % 16) % 16;
        let extra = 16 * self.padding.below(4);
        let mut padding = vec![0; least + extra];
        self.padding.fill(&mut padding);
        plain.append(&mut padding);
    }
}

enum Step {
    Message(Framed),
    Nothing,
    Error(i32),
    Close,
}

fn put(buffer: &mut Vec<u8>, message: &Framed) {
    message.id.serialize(buffer);
    message.seq.serialize(buffer);
    (message.body.len() as i32).serialize(buffer);
    buffer.extend(&message.body);
}

fn container(messages: &[Framed]) -> Vec<u8> {
    let mut body = Vec::new();
    CONTAINER.serialize(&mut body);
    (messages.len() as i32).serialize(&mut body);
    for message in messages {
        put(&mut body, message);
    }
    body
}

/// The body itself, or `gzip_packed` of it where that is worth the work.
fn compressed(body: Vec<u8>) -> Vec<u8> {
    if body.len() < GZIP_ABOVE {
        return body;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let Ok(packed) = encoder.write_all(&body).and_then(|()| encoder.finish()) else {
        return body;
    };
    if packed.len() + 16 >= body.len() {
        return body;
    }
    let mut out = Vec::with_capacity(packed.len() + 16);
    GZIP_PACKED.serialize(&mut out);
    packed.serialize(&mut out);
    out
}
