//! What goes wrong, by script.

use std::time::Duration;

use tokio::sync::watch;

use crate::rpc_error::RpcError;

/// One way of going wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The request is handled this much later (real time).
    Latency(Duration),
    /// The request is neither handled nor answered.
    Stall,
    /// The connection is closed before the request is handled.
    ResetBefore,
    /// The request is handled, then the connection is closed instead of answering.
    DropReply,
    /// The request is handled and never answered; the connection stays.
    StallReply,
    /// The request is not handled and answered with this error.
    Error(RpcError),
    /// The request is not handled and answered in a form that no client knows.
    Unreadable,
    /// A ping is not answered, as on a connection that died without a word.
    StallPing,
    /// An update is never delivered.
    DropUpdate,
    /// An update is delivered twice.
    DuplicateUpdate,
    /// As many updates as the rule's `times` are held back, then delivered in reverse.
    ReorderUpdates,
    /// A channel's update is delivered as `updateChannelTooLong`.
    ChannelTooLong,
    /// The next difference is `updates.differenceTooLong`.
    DifferenceTooLong,
    /// The next difference of a channel is `updates.channelDifferenceTooLong`.
    ChannelDifferenceTooLong,
}

impl Fault {
    fn stage(&self) -> Stage {
        match self {
            Self::Latency(_)
            | Self::Stall
            | Self::ResetBefore
            | Self::DropReply
            | Self::StallReply
            | Self::Error(_)
            | Self::Unreadable => Stage::Call,
            Self::DropUpdate
            | Self::DuplicateUpdate
            | Self::ReorderUpdates
            | Self::ChannelTooLong => Stage::Update,
            Self::StallPing => Stage::Ping,
            Self::DifferenceTooLong => Stage::Difference,
            Self::ChannelDifferenceTooLong => Stage::ChannelDifference,
        }
    }
}

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Call,
    Ping,
    Update,
    Difference,
    ChannelDifference,
}

/// When a fault strikes.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Only for this account; for every one where left out.
    pub account: Option<i64>,
    /// Only for this method (`messages.sendMessage`); faults of requests alone.
    pub method: Option<String>,
    /// The first so many matches pass unharmed.
    pub skip: usize,
    /// Strikes so often; for ever where left out.
    pub times: Option<usize>,
    /// What happens.
    pub fault: Fault,
}

impl Rule {
    /// Strikes every time, everywhere.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self {
            account: None,
            method: None,
            skip: 0,
            times: None,
            fault,
        }
    }

    /// For one account.
    #[must_use]
    pub fn account(self, account: i64) -> Self {
        Self {
            account: Some(account),
            ..self
        }
    }

    /// For one method.
    #[must_use]
    pub fn method(self, method: impl Into<String>) -> Self {
        Self {
            method: Some(method.into()),
            ..self
        }
    }

    /// Passes over the first matches.
    #[must_use]
    pub fn skip(self, skip: usize) -> Self {
        Self { skip, ..self }
    }

    /// Strikes a limited number of times.
    #[must_use]
    pub fn times(self, times: usize) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }
}

/// Names a rule that was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FaultId(usize);

#[derive(Debug)]
struct Armed {
    rule: Rule,
    seen: usize,
    hits: usize,
    active: bool,
}

impl Armed {
    /// Counts a match; true where the fault strikes.
    fn strike(&mut self) -> bool {
        self.seen += 1;
        let due = self.seen > self.rule.skip && !self.spent();
        self.hits += usize::from(due);
        due
    }

    fn spent(&self) -> bool {
        self.rule.times.is_some_and(|times| self.hits >= times)
    }
}

/// The script in force.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<Armed>,
    /// Counts strikes of all rules, for those who wait for one.
    strikes: watch::Sender<usize>,
}

/// What becomes of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Deliver,
    Drop,
    Twice,
    /// Kept back; `release` where what was kept back is due now, in reverse.
    Hold {
        release: bool,
    },
    TooLong,
}

impl Faults {
    pub(crate) fn set(&mut self, rule: Rule) -> FaultId {
        self.rules.push(Armed {
            rule,
            seen: 0,
            hits: 0,
            active: true,
        });
        FaultId(self.rules.len() - 1)
    }

    pub(crate) fn clear(&mut self, id: FaultId) {
        if let Some(armed) = self.rules.get_mut(id.0) {
            armed.active = false;
        }
    }

    pub(crate) fn clear_all(&mut self) {
        for armed in &mut self.rules {
            armed.active = false;
        }
    }

    pub(crate) fn hits(&self, id: FaultId) -> usize {
        self.rules.get(id.0).map_or(0, |armed| armed.hits)
    }

    /// Changes with every strike of any rule.
    pub(crate) fn strikes(&self) -> watch::Receiver<usize> {
        self.strikes.subscribe()
    }

    fn announce(&self, before: usize) {
        let now = self.total();
        if now != before {
            self.strikes.send_replace(now);
        }
    }

    fn total(&self) -> usize {
        self.rules.iter().map(|armed| armed.hits).sum()
    }

    fn matching(
        &mut self,
        stage: Stage,
        account: Option<i64>,
        method: Option<&str>,
    ) -> impl Iterator<Item = &mut Armed> {
        self.rules.iter_mut().filter(move |armed| {
            let rule = &armed.rule;
            armed.active
                && rule.fault.stage() == stage
                && (rule.account.is_none() || rule.account == account)
                && (rule.method.is_none() || rule.method.as_deref() == method)
        })
    }

    /// The delay before a request is handled, and how it goes wrong then.
    pub(crate) fn on_call(
        &mut self,
        account: Option<i64>,
        method: &str,
    ) -> (Duration, Option<Fault>) {
        let before = self.total();
        let outcome = self.judge_call(account, method);
        self.announce(before);
        outcome
    }

    fn judge_call(&mut self, account: Option<i64>, method: &str) -> (Duration, Option<Fault>) {
        let mut delay = Duration::ZERO;
        let mut end = None;
        for armed in self.matching(Stage::Call, account, Some(method)) {
            match &armed.rule.fault {
                Fault::Latency(more) => {
                    let more = *more;
                    if armed.strike() {
                        delay += more;
                    }
                }
                other => {
                    let other = other.clone();
                    if end.is_none() && armed.strike() {
                        end = Some(other);
                    }
                }
            }
        }
        (delay, end)
    }

    /// What becomes of the next update for an account.
    pub(crate) fn on_update(&mut self, account: i64) -> Fate {
        let before = self.total();
        let fate = self.judge_update(account);
        self.announce(before);
        fate
    }

    fn judge_update(&mut self, account: i64) -> Fate {
        for armed in self.matching(Stage::Update, Some(account), None) {
            if !armed.strike() {
                continue;
            }
            return match armed.rule.fault {
                Fault::DropUpdate => Fate::Drop,
                Fault::DuplicateUpdate => Fate::Twice,
                Fault::ReorderUpdates => Fate::Hold {
                    release: armed.spent(),
                },
                _ => Fate::TooLong,
            };
        }
        Fate::Deliver
    }

    /// Whether a ping of the account stays without an answer.
    pub(crate) fn on_ping(&mut self, account: Option<i64>) -> bool {
        self.strikes_at(Stage::Ping, account)
    }

    /// Whether a difference of the account (or of a channel for it) is to be too long.
    pub(crate) fn on_difference(&mut self, account: i64, channel: bool) -> bool {
        let stage = if channel {
            Stage::ChannelDifference
        } else {
            Stage::Difference
        };
        self.strikes_at(stage, Some(account))
    }

    fn strikes_at(&mut self, stage: Stage, account: Option<i64>) -> bool {
        let before = self.total();
        let mut matching = self.matching(stage, account, None);
        let strikes = matching.any(Armed::strike);
        drop(matching);
        self.announce(before);
        strikes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_skips_strikes_and_is_spent() {
        let mut faults = Faults::default();
        let id = faults.set(Rule::new(Fault::Stall).method("a.b").skip(1).times(2));
        let mut struck = || faults.on_call(Some(1), "a.b").1.is_some();
        assert_eq!(
            [struck(), struck(), struck(), struck()],
            [false, true, true, false]
        );
        assert_eq!(faults.on_call(Some(1), "a.c").1, None);
        assert_eq!(faults.hits(id), 2);
    }

    #[test]
    fn latency_adds_to_another_fault_of_the_same_account_only() {
        let mut faults = Faults::default();
        faults.set(Rule::new(Fault::Latency(Duration::from_millis(5))).account(1));
        faults.set(Rule::new(Fault::DropReply).account(1));
        assert_eq!(
            faults.on_call(Some(1), "x"),
            (Duration::from_millis(5), Some(Fault::DropReply))
        );
        assert_eq!(faults.on_call(Some(2), "x"), (Duration::ZERO, None));
        faults.clear_all();
        assert_eq!(faults.on_call(Some(1), "x"), (Duration::ZERO, None));
    }

    #[test]
    fn held_updates_are_released_with_the_last_one() {
        let mut faults = Faults::default();
        faults.set(Rule::new(Fault::ReorderUpdates).times(2));
        assert_eq!(faults.on_update(1), Fate::Hold { release: false });
        assert_eq!(faults.on_update(1), Fate::Hold { release: true });
        assert_eq!(faults.on_update(1), Fate::Deliver);
    }
}
