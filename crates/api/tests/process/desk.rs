//! A desk with nothing behind it: it keeps what was sent, and says what a test has it say.

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use switchboard_api::process::{
    Attached, Entry, EventSource, HolderKind, Holding, Server, Serves, enter,
};
use switchboard_api::{ApiError, Asks, Call};
use switchboard_model::{
    AccountId, Chat, ChatId, ChatKind, Code, Envelope, Event, MessageId, PeerId,
};
use tokio::sync::{Notify, broadcast};

/// The desk. Chats are titled by their ids; chat 0 is answered when [`FakeDesk::release`] says so.
#[derive(Clone)]
pub(crate) struct FakeDesk {
    events: Arc<Mutex<Option<broadcast::Sender<Envelope>>>>,
    gate: Arc<Notify>,
    /// What happened, in order.
    pub(crate) journal: Arc<Mutex<Vec<String>>>,
    /// Told when a call for chat 0 has begun to wait.
    pub(crate) waiting: Arc<Notify>,
}

impl FakeDesk {
    pub(crate) fn new() -> Self {
        Self {
            events: Arc::new(Mutex::new(Some(broadcast::channel(1_000).0))),
            gate: Arc::default(),
            journal: Arc::default(),
            waiting: Arc::default(),
        }
    }

    pub(crate) fn tell(&self, seq: u64) {
        let event = Event::Account {
            account: AccountId(seq as i64),
        };
        self.emit(Envelope {
            seq,
            at_ms: 0,
            event,
        });
    }

    fn emit(&self, envelope: Envelope) {
        let sender = self
            .events
            .lock()
            .unwrap()
            .clone()
            .expect("the desk is open");
        sender.send(envelope).expect("somebody listens");
    }

    pub(crate) fn release(&self) {
        self.gate.notify_one();
    }

    pub(crate) fn journal(&self) -> Vec<String> {
        self.journal.lock().unwrap().clone()
    }

    fn note(&self, line: impl Into<String>) {
        self.journal.lock().unwrap().push(line.into());
    }
}

impl Asks for FakeDesk {
    async fn ask(&self, call: Call) -> Result<Value, ApiError> {
        match call {
            Call::Chats { ids } => {
                if ids.contains(&ChatId(0)) {
                    self.waiting.notify_one();
                    self.gate.notified().await;
                    self.note("chat 0 answered");
                }
                Ok(json!(ids.into_iter().map(chat).collect::<Vec<_>>()))
            }
            Call::SaveDraft { text, .. } => {
                self.note(format!("draft of {} bytes", text.len()));
                Ok(Value::Null)
            }
            Call::Doctor {} => panic!("the doctor is ill"),
            _ => Err(ApiError::new(Code::NotFound, "not here")),
        }
    }
}

impl Serves for FakeDesk {
    type Events = FakeEvents;

    fn listen(&self) -> FakeEvents {
        let sender = self.events.lock().unwrap();
        FakeEvents(sender.as_ref().expect("the desk is open").subscribe())
    }

    async fn close(&self) {
        self.note("closed");
        if let Some(sender) = self.events.lock().unwrap().take() {
            // Nobody may listen.
            let _ = sender.send(Envelope {
                seq: 99,
                at_ms: 0,
                event: Event::Closing,
            });
        }
    }
}

pub(crate) struct FakeEvents(broadcast::Receiver<Envelope>);

impl EventSource for FakeEvents {
    async fn next(&mut self) -> Option<Envelope> {
        self.0.recv().await.ok()
    }
}

fn chat(id: ChatId) -> Chat {
    Chat {
        id,
        account: AccountId(1),
        peer: PeerId(id.0),
        kind: ChatKind::Person,
        title: format!("chat {id}"),
        username: None,
        photo: None,
        pinned: None,
        archived: false,
        muted_until: None,
        unread: 0,
        unread_mark: false,
        mentions: 0,
        read_in: MessageId(0),
        read_out: MessageId(0),
        last: None,
        draft: None,
        can_write: true,
        moved_to: None,
        marks: switchboard_model::ChatMarks::default(),
    }
}

pub(crate) async fn hold(folder: &Path, kind: HolderKind) -> Holding {
    match enter(folder, kind)
        .await
        .expect("the workspace can be entered")
    {
        Entry::Here(holding) => holding,
        Entry::Attached(attached) => panic!("held by {:?}", attached.holder()),
    }
}

pub(crate) async fn attach(folder: &Path) -> Attached {
    match enter(folder, HolderKind::Command)
        .await
        .expect("the workspace can be entered")
    {
        Entry::Here(_) => panic!("nobody held the workspace"),
        Entry::Attached(attached) => attached,
    }
}

/// A served workspace: its server and the desk behind it.
pub(crate) async fn serve(folder: &Path, kind: HolderKind) -> (Server<FakeDesk>, FakeDesk) {
    let desk = FakeDesk::new();
    let holding = hold(folder, kind).await;
    let server = Server::start(holding, desk.clone()).await;
    (server.expect("the socket opens"), desk)
}
