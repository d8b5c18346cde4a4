//! Messages on their way out, and the states they pass through.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ChatId, Code, Entity, MessageId, OutgoingId};

/// How far an outgoing message got
/// (`Held → Queued → Sending → Sent | RetryAt | Ambiguous | Failed | Skipped`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OutgoingState {
    /// Waits for the operator.
    Held {
        /// Why, where it was not the operator's own wish.
        code: Option<Code>,
    },
    /// Waits for its turn.
    Queued,
    /// The request may be on the wire.
    Sending,
    /// Telegram has it.
    Sent {
        /// Its id there.
        message: MessageId,
    },
    /// Telegram certainly does not have it; it is tried again.
    RetryAt {
        /// When.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        at_ms: i64,
        /// Why it was put off.
        code: Code,
    },
    /// No answer came: Telegram may have it. The same `random_id` is repeated until an answer
    /// names the message.
    Ambiguous {
        /// Next repeat.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        at_ms: i64,
        /// First unclear end.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        since_ms: i64,
    },
    /// Was refused for good; the operator may retry or delete it.
    Failed {
        /// Why.
        code: Code,
    },
    /// Was left out on purpose.
    Skipped {
        /// Why.
        code: Code,
    },
}

/// What happened to an outgoing message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendSignal {
    /// The operator released it, or asks for another try.
    Release,
    /// Its request is about to be written.
    Start,
    /// An answer named the message.
    Accepted(MessageId),
    /// It was refused now but may go later.
    PutOff {
        /// When it may go.
        at_ms: i64,
        /// Why not now.
        code: Code,
    },
    /// The request ended without an answer.
    Lost {
        /// Now.
        now_ms: i64,
        /// Next repeat.
        at_ms: i64,
    },
    /// It was refused for good.
    Refused(Code),
    /// It is left out.
    Skip(Code),
}

impl OutgoingState {
    /// The state after `signal`, or `None` where it changes nothing: a message that is sent stays
    /// sent, whatever is heard of it later.
    #[must_use]
    pub fn after(self, signal: SendSignal) -> Option<Self> {
        use SendSignal as S;
        if matches!(self, Self::Sent { .. }) {
            return None;
        }
        let started = matches!(self, Self::Sending | Self::Ambiguous { .. });
        let waits = matches!(self, Self::Queued | Self::RetryAt { .. });
        match signal {
            S::Accepted(message) => Some(Self::Sent { message }),
            S::Release
                if matches!(
                    self,
                    Self::Held { .. } | Self::Failed { .. } | Self::Skipped { .. }
                ) =>
            {
                Some(Self::Queued)
            }
            S::Start
                if !matches!(
                    self,
                    Self::Held { .. } | Self::Failed { .. } | Self::Skipped { .. }
                ) =>
            {
                Some(Self::Sending)
            }
            S::PutOff { at_ms, code } if started || waits => Some(Self::RetryAt { at_ms, code }),
            S::Lost { now_ms, at_ms } if started => Some(Self::Ambiguous {
                at_ms,
                since_ms: now_ms,
            }),
            S::Refused(code) if started || waits => Some(Self::Failed { code }),
            S::Skip(code) => Some(Self::Skipped { code }),
            _ => None,
        }
    }
}

/// A message on its way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Outgoing {
    /// Local id.
    pub id: OutgoingId,
    /// The account that sends.
    pub account: AccountId,
    /// The chat it goes to.
    pub chat: ChatId,
    /// Its text.
    pub text: String,
    /// Marked stretches of the text.
    pub entities: Vec<Entity>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// When the operator sent it.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub created_ms: i64,
    /// How far it got.
    pub state: OutgoingState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sent_message_stays_sent() {
        let sent = OutgoingState::Sent {
            message: MessageId(7),
        };
        for signal in [
            SendSignal::Start,
            SendSignal::Refused(Code::Refused),
            SendSignal::Lost {
                now_ms: 1,
                at_ms: 2,
            },
            SendSignal::Release,
        ] {
            assert_eq!(sent.after(signal), None);
        }
    }

    #[test]
    fn only_the_operator_releases_what_failed() {
        let failed = OutgoingState::Failed {
            code: Code::WriteForbidden,
        };
        assert_eq!(failed.after(SendSignal::Start), None);
        assert_eq!(
            failed.after(SendSignal::Release),
            Some(OutgoingState::Queued)
        );
        let held = OutgoingState::Held { code: None };
        assert_eq!(held.after(SendSignal::Start), None);
    }

    #[test]
    fn a_lost_answer_is_repeated_and_not_given_up() {
        let lost = OutgoingState::Sending.after(SendSignal::Lost {
            now_ms: 1,
            at_ms: 9,
        });
        assert_eq!(
            lost,
            Some(OutgoingState::Ambiguous {
                at_ms: 9,
                since_ms: 1
            })
        );
        assert_eq!(
            lost.and_then(|s| s.after(SendSignal::Start)),
            Some(OutgoingState::Sending)
        );
    }
}
