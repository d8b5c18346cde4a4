//! What travels over the local socket: one JSON object per line.
//!
//! | asked | answered |
//! |---|---|
//! | `{"id":1,"call":"chats","args":{"ids":[7]}}` | `{"id":1,"ok":[…]}` or `{"id":1,"error":{…}}` |
//! | `{"id":2,"watch":true}` | `{"id":2,"ok":null}`, then `{"event":{…}}` for ever |
//! | `{"id":3,"yield":{"to":"window"}}` | `{"id":3,"ok":null}` once the lock is free |
//!
//! Several requests may be under way at once; answers come in the order in which they are ready.
//! An error that belongs to no readable request has the id `null`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use switchboard_model::{Code, Envelope};

use crate::{ApiError, Call};

/// Bytes of a request at most. The largest is a connection profile, of some hundred keys.
pub(super) const MAX_REQUEST: usize = 4 << 20;
/// Bytes of an answer at most. The largest are lists of ids, of some 100,000 chats.
pub(super) const MAX_ANSWER: usize = 64 << 20;

/// Something a client wants.
#[derive(Debug)]
pub(super) struct Request {
    /// Chosen by the client; repeated in the answer.
    pub(super) id: u64,
    /// What it wants.
    pub(super) wish: Wish,
}

/// What a client may want.
#[derive(Debug)]
pub(super) enum Wish {
    /// A use case.
    Call(Box<Call>),
    /// Every event from now on.
    Watch,
    /// The workspace itself, for a window.
    Yield,
}

/// A request that makes no sense: whose it was, where that could be read, and why.
#[derive(Debug)]
pub(super) struct BadRequest {
    pub(super) id: Option<u64>,
    pub(super) error: ApiError,
}

/// To whom a holder may yield.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum YieldTo {
    Window,
}

#[derive(Debug, Deserialize)]
struct YieldArgs {
    #[serde(rename = "to")]
    _to: YieldTo,
}

impl Request {
    /// Reads a line.
    pub(super) fn parse(line: &[u8]) -> Result<Self, BadRequest> {
        let refuse = |id, detail: &dyn std::fmt::Display| BadRequest {
            id,
            error: ApiError::new(Code::BadRequest, detail),
        };
        let mut object: Map<String, Value> =
            serde_json::from_slice(line).map_err(|error| refuse(None, &error))?;
        let id = object.remove("id").and_then(|id| id.as_u64());
        let Some(id) = id else {
            return Err(refuse(None, &"a request needs a number as its id"));
        };
        let wish = wish(object).map_err(|error| refuse(Some(id), &error))?;
        Ok(Self { id, wish })
    }
}

fn wish(mut object: Map<String, Value>) -> Result<Wish, serde_json::Error> {
    if object.get("watch") == Some(&Value::Bool(true)) {
        return Ok(Wish::Watch);
    }
    if let Some(to) = object.remove("yield") {
        return serde_json::from_value::<YieldArgs>(to).map(|_| Wish::Yield);
    }
    // A call without arguments may leave them out.
    object.entry("args").or_insert_with(|| json!({}));
    let call = serde_json::from_value(Value::Object(object))?;
    Ok(Wish::Call(Box::new(call)))
}

/// A line to a client. An answer too large to travel becomes an error of its request.
pub(super) fn answer(id: Option<u64>, outcome: Result<Value, ApiError>) -> Vec<u8> {
    let object = match outcome {
        Ok(answer) => json!({ "id": id, "ok": answer }),
        Err(error) => json!({ "id": id, "error": error }),
    };
    let line = as_line(&object);
    if line.len() <= MAX_ANSWER {
        return line;
    }
    let error = ApiError::new(
        Code::BadRequest,
        "the answer is too large: ask for less at a time",
    );
    as_line(&json!({ "id": id, "error": error }))
}

/// A line that carries an event.
pub(super) fn event(envelope: &Envelope) -> Vec<u8> {
    as_line(&json!({ "event": envelope }))
}

/// A line that asks for a use case.
pub(super) fn call(id: u64, call: &Call) -> Result<Vec<u8>, ApiError> {
    #[derive(Serialize)]
    struct Asked<'a> {
        id: u64,
        #[serde(flatten)]
        call: &'a Call,
    }
    let line = as_line(&serde_json::to_value(Asked { id, call }).map_err(ApiError::internal)?);
    match line.len() <= MAX_REQUEST {
        true => Ok(line),
        false => Err(ApiError::new(Code::BadRequest, "the request is too large")),
    }
}

/// A line that asks for events.
pub(super) fn watch(id: u64) -> Vec<u8> {
    as_line(&json!({ "id": id, "watch": true }))
}

/// A line that asks for the workspace.
pub(super) fn yield_to_window(id: u64) -> Vec<u8> {
    as_line(&json!({ "id": id, "yield": { "to": "window" } }))
}

fn as_line(object: &Value) -> Vec<u8> {
    let mut line = object.to_string().into_bytes();
    line.push(b'\n');
    line
}

/// What a server says.
#[derive(Debug)]
pub(super) enum Said {
    /// The answer to a request; the id is absent where the server could not read it.
    Answer(Option<u64>, Result<Value, ApiError>),
    /// Something changed.
    Event(Envelope),
}

impl Said {
    /// Reads a line.
    pub(super) fn parse(line: &[u8]) -> Result<Self, serde_json::Error> {
        let mut object: Map<String, Value> = serde_json::from_slice(line)?;
        if let Some(event) = object.remove("event") {
            return serde_json::from_value(event).map(Self::Event);
        }
        let id = object.get("id").and_then(Value::as_u64);
        let outcome = match object.remove("error") {
            Some(error) => Err(serde_json::from_value(error)?),
            None => Ok(object.remove("ok").unwrap_or_default()),
        };
        Ok(Self::Answer(id, outcome))
    }
}

#[cfg(test)]
mod tests {
    use switchboard_model::ChatId;

    use super::*;

    #[test]
    fn a_call_survives_the_journey() {
        let asked = Call::Chats {
            ids: vec![ChatId(7)],
        };
        let line = call(9, &asked).unwrap();
        assert_eq!(
            serde_json::from_slice::<Value>(&line).unwrap(),
            json!({"id": 9, "call": "chats", "args": {"ids": [7]}})
        );
        let request = Request::parse(&line).unwrap();
        let Wish::Call(read) = request.wish else {
            panic!("not a call: {request:?}")
        };
        assert!(
            matches!(*read, Call::Chats { ids } if ids == [ChatId(7)]),
            "{}",
            request.id
        );
    }

    #[test]
    fn a_call_without_arguments_may_leave_them_out() {
        let request = Request::parse(br#"{"id":1,"call":"accounts"}"#).unwrap();
        assert!(matches!(request.wish, Wish::Call(call) if matches!(*call, Call::Accounts {})));
    }

    #[test]
    fn nonsense_is_a_bad_request_of_the_one_who_sent_it() {
        for (line, id) in [
            ("]", None),
            ("[]", None),
            (r#"{"call":"accounts"}"#, None),
            (r#"{"id":3}"#, Some(3)),
            (r#"{"id":4,"call":"rob_bank"}"#, Some(4)),
            (r#"{"id":5,"call":"chats","args":{"ids":"all"}}"#, Some(5)),
            (r#"{"id":6,"yield":{"to":"anybody"}}"#, Some(6)),
        ] {
            let refused = Request::parse(line.as_bytes()).unwrap_err();
            assert_eq!(
                (refused.id, refused.error.code),
                (id, Code::BadRequest),
                "{line}"
            );
        }
    }

    #[test]
    fn an_error_survives_the_journey() {
        let sent = ApiError {
            until_ms: Some(5),
            ..ApiError::new(Code::FloodWait, "slow")
        };
        let Said::Answer(Some(2), Err(read)) =
            Said::parse(&answer(Some(2), Err(sent.clone()))).unwrap()
        else {
            panic!("an error was expected");
        };
        assert_eq!(read, sent);
    }

    #[test]
    fn an_answer_too_large_becomes_an_error() {
        let line = answer(Some(1), Ok(Value::String("x".repeat(MAX_ANSWER))));
        let said = Said::parse(&line).unwrap();
        assert!(
            matches!(said, Said::Answer(Some(1), Err(error)) if error.code == Code::BadRequest)
        );
    }
}
