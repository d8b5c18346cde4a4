//! Notes about a chat itself, in plain words.

use grammers_tl_types::enums::MessageAction as Tl;
use grammers_tl_types::types;
use switchboard_model::{ChatKind, PeerId};

use super::{View, cut};

/// Name of somebody the answer does not name.
const SOMEBODY: &str = "Somebody";

impl View {
    /// The line of a note that `sender` caused in `chat`.
    pub(super) fn action(&self, chat: PeerId, sender: Option<PeerId>, action: &Tl) -> String {
        let who = sender.map_or(SOMEBODY, |sender| self.who(sender));
        let place = self.place(chat);
        match action {
            Tl::ChatCreate(a) => format!("{who} created the group “{}”", cut(&a.title)),
            Tl::ChannelCreate(_) => format!("The {place} was created"),
            Tl::ChatEditTitle(a) => format!("{who} renamed the {place} to “{}”", cut(&a.title)),
            Tl::ChatEditPhoto(_) => format!("{who} changed the photo of the {place}"),
            Tl::ChatDeletePhoto => format!("{who} removed the photo of the {place}"),
            Tl::ChatAddUser(a) => self.added(who, sender, &a.users, place),
            Tl::ChatDeleteUser(a) if Some(PeerId::user(a.user_id)) == sender => {
                format!("{who} left the {place}")
            }
            Tl::ChatDeleteUser(a) => {
                format!("{who} removed {}", self.who(PeerId::user(a.user_id)))
            }
            Tl::ChatJoinedByLink(_) => format!("{who} joined the {place} by an invite link"),
            Tl::ChatJoinedByRequest => format!("{who} was let into the {place}"),
            Tl::ChatJoinedViaCommunity(_) => format!("{who} joined the {place}"),
            Tl::ChatMigrateTo(_) => String::from("The group became a supergroup"),
            Tl::ChannelMigrateFrom(_) => String::from("The group became a supergroup"),
            Tl::PinMessage => format!("{who} pinned a message"),
            Tl::HistoryClear => String::from("History was cleared"),
            Tl::PhoneCall(call) => phone_call(call),
            Tl::ConferenceCall(_) => String::from("Group call"),
            Tl::GroupCall(call) if call.duration.is_some() => String::from("Video chat ended"),
            Tl::GroupCall(_) => String::from("Video chat started"),
            Tl::GroupCallScheduled(_) => String::from("Video chat scheduled"),
            Tl::InviteToGroupCall(_) => format!("{who} invited to the video chat"),
            Tl::ScreenshotTaken => format!("{who} took a screenshot"),
            Tl::ContactSignUp => format!("{who} joined Telegram"),
            Tl::CustomAction(a) => cut(&a.message),
            Tl::SetMessagesTtl(a) if a.period == 0 => format!("{who} turned off auto-delete"),
            Tl::SetMessagesTtl(_) => format!("{who} turned on auto-delete"),
            Tl::SetChatTheme(_) => format!("{who} changed the theme of the {place}"),
            Tl::SetChatWallPaper(_) => format!("{who} changed the background of the {place}"),
            Tl::SuggestProfilePhoto(_) => format!("{who} suggested a profile photo"),
            Tl::TopicCreate(a) => format!("{who} created the topic “{}”", cut(&a.title)),
            Tl::TopicEdit(_) => format!("{who} changed a topic"),
            Tl::GameScore(a) => format!("{who} scored {}", a.score),
            Tl::PaymentSent(_) | Tl::PaymentSentMe(_) => String::from("Payment"),
            Tl::PaymentRefunded(_) | Tl::PaidMessagesRefunded(_) => String::from("Refund"),
            Tl::BotAllowed(_) => format!("{who} allowed a bot to write"),
            Tl::BoostApply(_) => format!("{who} boosted the {place}"),
            Tl::GiveawayLaunch(_) | Tl::GiveawayResults(_) => String::from("Giveaway"),
            Tl::GiftPremium(_)
            | Tl::GiftCode(_)
            | Tl::GiftStars(_)
            | Tl::GiftTon(_)
            | Tl::PrizeStars(_)
            | Tl::StarGift(_)
            | Tl::StarGiftUnique(_) => format!("{who} sent a gift"),
            Tl::PollAppendAnswer(_) | Tl::PollDeleteAnswer(_) => format!("{who} changed a poll"),
            Tl::TodoCompletions(_) | Tl::TodoAppendTasks(_) => {
                format!("{who} changed a checklist")
            }
            Tl::NewCreatorPending(_) | Tl::ChangeCreator(_) => {
                format!("The {place} has a new owner")
            }
            _ => String::from("Service message"),
        }
    }

    fn added(&self, who: &str, sender: Option<PeerId>, users: &[i64], place: &str) -> String {
        match users {
            [one] if Some(PeerId::user(*one)) == sender => format!("{who} joined the {place}"),
            [one] => format!("{who} added {}", self.who(PeerId::user(*one))),
            several => format!("{who} added {} people", several.len()),
        }
    }

    fn who(&self, peer: PeerId) -> &str {
        self.name(peer).unwrap_or(SOMEBODY)
    }

    fn place(&self, chat: PeerId) -> &'static str {
        match self.peer(chat).map(|fact| fact.kind) {
            Some(ChatKind::Channel) => "channel",
            Some(ChatKind::Person | ChatKind::Bot | ChatKind::Saved) => "chat",
            Some(ChatKind::Group | ChatKind::Supergroup) => "group",
            None if chat.0 > 0 => "chat",
            None => "group",
        }
    }
}

fn phone_call(call: &types::MessageActionPhoneCall) -> String {
    let what = if call.video { "Video call" } else { "Call" };
    match call.duration.filter(|seconds| *seconds > 0) {
        Some(seconds) => format!("{what} {}:{:02}", seconds / 60, seconds % 60),
        None => format!("Missed {}", what.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    fn view() -> View {
        View::new(
            1,
            vec![
                fixtures::user(5, "Anna").into(),
                fixtures::user(6, "Ivan").into(),
            ],
            vec![fixtures::chat(20, "Team").into()],
        )
    }

    fn line(action: Tl) -> String {
        view().action(PeerId::group(20), Some(PeerId::user(5)), &action)
    }

    #[test]
    fn actions_in_plain_words() {
        let add = |users: Vec<i64>| Tl::ChatAddUser(types::MessageActionChatAddUser { users });
        assert_eq!(line(add(vec![5])), "Anna joined the group");
        assert_eq!(line(add(vec![6])), "Anna added Ivan");
        assert_eq!(line(add(vec![6, 9])), "Anna added 2 people");
        let remove = |user_id| Tl::ChatDeleteUser(types::MessageActionChatDeleteUser { user_id });
        assert_eq!(line(remove(5)), "Anna left the group");
        assert_eq!(line(remove(9)), "Anna removed Somebody");
        assert_eq!(line(Tl::PinMessage), "Anna pinned a message");
        let call = types::MessageActionPhoneCall {
            video: false,
            call_id: 1,
            reason: None,
            duration: Some(65),
        };
        assert_eq!(line(call.into()), "Call 1:05");
    }
}
