//! Requests: unwrapped, judged by the fault script, handled, answered.

mod account;
mod auth;
mod call;
mod channels;
mod contacts;
mod envelope;
mod help;
mod input;
mod login_token;
mod messages;
mod methods;
mod photos;
mod sessions;
mod updates;
mod upload;
mod users;

use std::sync::Arc;

use grammers_tl_types::{Serializable, types};

use crate::faults::Fault;
use crate::rpc_error::RpcError;
use crate::server::Shared;
use crate::wire::{KeyId, Out, Outbox};

pub(crate) use call::{Answer, Call};
use envelope::Envelope;
pub(crate) use login_token::login_token_of;

/// The connection that a request came by.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) connection: u64,
    pub(crate) key: KeyId,
    pub(crate) dc: i32,
    pub(crate) out: Outbox,
}

impl Link {
    fn send(&self, out: Out) {
        // The connection may have ended meanwhile; then nobody waits for the answer.
        let _ = self.out.send(out);
    }

    fn answer(&self, request: i64, answer: Answer) {
        let body = answer.unwrap_or_else(|error| error.to_body());
        self.send(Out::Result { request, body });
    }
}

/// The beginning of an answer whose constructor nobody knows.
const GIBBERISH: [u8; 8] = [0xff; 8];

/// A request on its way to its handler.
struct Request {
    id: i64,
    call: Envelope,
    /// How it goes wrong, by script.
    end: Option<Fault>,
    /// This request has announced its `random_id` as being in flight.
    announced: bool,
}

/// Takes a request in; the answer goes out by the link, now or later.
pub(crate) fn receive(shared: &Arc<Shared>, link: &Link, id: i64, body: Vec<u8>) {
    let call = match envelope::open(body) {
        Ok(call) => call,
        Err(error) => return link.answer(id, Err(error)),
    };
    let (delay, end, announced) = {
        let mut state = shared.lock();
        let now_ms = state.world.now_ms;
        if let Some(record) = state.keys.get_mut(link.key) {
            record.active_ms = now_ms;
            if let Some(device) = &call.device {
                record.device = device.clone();
            }
        }
        let account = state.keys.get(link.key).and_then(|record| record.user);
        let (delay, end) = state.faults.on_call(account, call.method);
        let handled = !matches!(
            end,
            Some(Fault::Stall | Fault::ResetBefore | Fault::Error(_) | Fault::Unreadable)
        );
        let announced = handled
            && !delay.is_zero()
            && account.is_some_and(|account| messages::announce(&mut state.world, account, &call));
        (delay, end, announced)
    };
    let request = Request {
        id,
        call,
        end,
        announced,
    };
    if delay.is_zero() {
        return finish(shared, link, request);
    }
    link.send(Out::Service(
        grammers_tl_types::enums::MsgsAck::from(types::MsgsAck { msg_ids: vec![id] }).to_bytes(),
    ));
    let (shared, link) = (Arc::clone(shared), link.clone());
    tokio::spawn(async move {
        tokio::time::sleep(delay).await;
        finish(&shared, &link, request);
    });
}

fn finish(shared: &Shared, link: &Link, request: Request) {
    match request.end {
        Some(Fault::Stall) => {}
        Some(Fault::ResetBefore) => link.send(Out::Close),
        Some(Fault::Error(error)) => link.answer(request.id, Err(error)),
        Some(Fault::Unreadable) => link.answer(request.id, Ok(GIBBERISH.to_vec())),
        end => {
            let mut state = shared.lock();
            if request.call.wants_updates {
                state.hub.subscribe(link.connection);
            }
            let answer = Call {
                state: &mut state,
                shared,
                key: link.key,
                dc: link.dc,
                method: request.call.method,
                announced: request.announced,
            }
            .route(request.call.id, &request.call.body);
            match end {
                None => link.answer(request.id, answer),
                Some(Fault::DropReply) => link.send(Out::Close),
                Some(_) => {}
            }
            state.deliver(Some(link.key));
        }
    }
}

/// The answer to a function that the sandbox does not know.
fn unknown(method: &str) -> RpcError {
    tracing::warn!(method, "the sandbox does not know this function");
    RpcError::bad(format!("METHOD_NOT_IMPLEMENTED: {method}"))
}
