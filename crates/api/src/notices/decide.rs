//! Which message raises a notification.

use switchboard_model::{Chat, ChatId, DiskRoom, Message, MessageKind, NotificationSettings};

/// A message older than this when it comes was missed while nothing ran: the count of unread
/// messages tells of it, and a morning's start raises no heap of notifications.
const STALE_SECONDS: i64 = 15 * 60;

/// What the operator set that a message must pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// For all accounts.
    pub settings: NotificationSettings,
    /// Whether the account's messages raise notifications.
    pub account: bool,
    /// Whether the chat's raise none on this computer.
    pub chat_muted: bool,
}

/// When and where a message comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Unix seconds.
    pub now: i64,
    /// Minute of the day in the time zone of this machine, 0..=1439.
    pub minute: u16,
    /// The chat that the operator looks at, in a window that has the focus.
    pub in_sight: Option<ChatId>,
}

/// Whether a message that just came raises a notification.
#[must_use]
pub fn raises(message: &Message, chat: &Chat, wishes: &Wishes, moment: &Moment) -> bool {
    let Wishes {
        settings,
        account,
        chat_muted,
    } = wishes;
    let wanted = settings.messages && *account && !chat_muted;
    let quiet = settings
        .quiet
        .is_some_and(|quiet| quiet.contain(moment.minute));
    let muted_at_telegram = chat.muted_until.is_some_and(|until| until > moment.now);
    let news = !message.out
        && message.kind != MessageKind::Service
        && message.id > chat.read_in
        && message.date > moment.now - STALE_SECONDS;
    wanted
        && news
        && !quiet
        && !muted_at_telegram
        && !chat.archived
        && moment.in_sight != Some(chat.id)
}

/// What becomes of the room on the disk, where it is another than the operator was told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RoomNews {
    /// It is told now.
    Tell,
    /// It is told once the quiet hours are over, if it is still so.
    Wait,
    /// There is more than was told of: it is told anew when it gets less again.
    Note,
}

/// What to do where the operator was told of `told`, and there is `now`. Little room may wait for
/// the end of quiet hours; with hardly any, messages are about to be lost, as by an account that
/// needs its owner.
pub(super) const fn room_news(told: DiskRoom, now: DiskRoom, quiet: bool) -> Option<RoomNews> {
    use DiskRoom as D;
    match (told, now) {
        (D::Enough, D::Enough) | (D::Little, D::Little) | (D::Hardly, D::Hardly) => None,
        (D::Enough, D::Little) if quiet => Some(RoomNews::Wait),
        (D::Enough, D::Little) | (_, D::Hardly) => Some(RoomNews::Tell),
        (D::Little | D::Hardly, D::Enough) | (D::Hardly, D::Little) => Some(RoomNews::Note),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use switchboard_model::{AccountId, ChatKind, Delivery, MessageId, PeerId, QuietHours, RowId};

    use super::*;

    const NOW: i64 = 1_800_000_000;

    pub(in crate::notices) fn message() -> Message {
        Message {
            row: RowId(1),
            chat: ChatId(7),
            account: AccountId(1),
            id: MessageId(12),
            sender: Some(PeerId(5)),
            sender_name: Some("Anna".into()),
            out: false,
            date: NOW - 1,
            edit_date: None,
            kind: MessageKind::Text,
            text: "Hello".into(),
            line: None,
            entities: Vec::new(),
            reply: None,
            forwarded_from: None,
            album: None,
            media: None,
            delivery: Delivery::Received,
        }
    }

    pub(in crate::notices) fn chat() -> Chat {
        Chat {
            id: ChatId(7),
            account: AccountId(1),
            peer: PeerId(5),
            kind: ChatKind::Person,
            title: "Anna".into(),
            username: None,
            photo: None,
            pinned: None,
            archived: false,
            muted_until: None,
            unread: 1,
            unread_mark: false,
            mentions: 0,
            read_in: MessageId(11),
            read_out: MessageId(0),
            last: None,
            draft: None,
            can_write: true,
            moved_to: None,
            marks: switchboard_model::ChatMarks::default(),
        }
    }

    /// Everything that the decision looks at.
    struct Case {
        message: Message,
        chat: Chat,
        wishes: Wishes,
        moment: Moment,
    }

    /// A name, whether a notification is raised, and how the case differs from a plain one.
    type Row<'a> = (&'a str, bool, fn(&mut Case));

    fn plain() -> Case {
        Case {
            message: message(),
            chat: chat(),
            wishes: Wishes {
                settings: NotificationSettings::default(),
                account: true,
                chat_muted: false,
            },
            moment: Moment {
                now: NOW,
                minute: 600,
                in_sight: None,
            },
        }
    }

    #[test]
    fn room_is_told_of_once_each_time_that_it_gets_less() {
        use DiskRoom::{Enough, Hardly, Little};
        let mut told = Enough;
        let seen = [
            (Enough, false, None),
            (Little, true, Some(RoomNews::Wait)),
            (Little, false, Some(RoomNews::Tell)),
            (Little, false, None),
            (Hardly, true, Some(RoomNews::Tell)),
            (Little, false, Some(RoomNews::Note)),
            (Hardly, false, Some(RoomNews::Tell)),
            (Enough, false, Some(RoomNews::Note)),
            (Little, true, Some(RoomNews::Wait)),
            (Enough, true, None),
            (Hardly, false, Some(RoomNews::Tell)),
            (Hardly, false, None),
        ];
        for (step, (now, quiet, expected)) in seen.into_iter().enumerate() {
            let news = room_news(told, now, quiet);
            assert_eq!(news, expected, "step {step}");
            if news != Some(RoomNews::Wait) {
                told = now;
            }
        }
    }

    #[test]
    fn a_message_raises_a_notification_unless_something_speaks_against_it() {
        let night = QuietHours { from: 540, to: 660 };
        let table: [Row; 15] = [
            ("a plain one", true, |_| {}),
            ("its own", false, |case| case.message.out = true),
            ("a note of the chat", false, |case| {
                case.message.kind = MessageKind::Service;
            }),
            ("read elsewhere", false, |case| {
                case.chat.read_in = case.message.id;
            }),
            ("missed", false, |case| {
                case.message.date = NOW - STALE_SECONDS;
            }),
            ("late", true, |case| {
                case.message.date = NOW - STALE_SECONDS + 1;
            }),
            ("muted for ever", false, |case| {
                case.chat.muted_until = Some(i64::from(i32::MAX));
            }),
            ("no longer muted", true, |case| {
                case.chat.muted_until = Some(NOW);
            }),
            ("archived", false, |case| case.chat.archived = true),
            ("account silent", false, |case| case.wishes.account = false),
            ("chat silent here", false, |case| {
                case.wishes.chat_muted = true;
            }),
            ("switched off", false, |case| {
                case.wishes.settings.messages = false;
            }),
            ("without preview", true, |case| {
                case.wishes.settings.preview = false;
            }),
            ("in sight", false, |case| {
                case.moment.in_sight = Some(ChatId(7));
            }),
            ("another in sight", true, |case| {
                case.moment.in_sight = Some(ChatId(8));
            }),
        ];
        for (name, expected, change) in table {
            let mut case = plain();
            change(&mut case);
            let raised = raises(&case.message, &case.chat, &case.wishes, &case.moment);
            assert_eq!(raised, expected, "{name}");
        }
        let mut quiet = plain();
        quiet.wishes.settings.quiet = Some(night);
        for (minute, expected) in [(539, true), (540, false), (659, false), (660, true)] {
            quiet.moment.minute = minute;
            let raised = raises(&quiet.message, &quiet.chat, &quiet.wishes, &quiet.moment);
            assert_eq!(raised, expected, "minute {minute}");
        }
    }
}
