//! Users and chats (<https://core.telegram.org/api/peers>).

use grammers_tl_types::{enums, types};
use switchboard_model::{ChatKind, PeerFact, PeerId, PeerPhoto, PhotoRef};

use super::{count, cut};

/// Name shown for an account that its owner deleted.
const DELETED: &str = "Deleted account";

/// The user in whose name Telegram sends login codes and notices of its own. It has no flag of a bot,
/// but nobody reads what is written to it, and it waits for no answer.
const SERVICE_NOTICES: i64 = 777_000;

pub(super) fn of_user(user: enums::User) -> Option<PeerFact> {
    let enums::User::User(user) = user else {
        return None;
    };
    let service = user.id == SERVICE_NOTICES;
    let kind = match (user.is_self, user.bot || service) {
        (true, _) => ChatKind::Saved,
        (false, true) => ChatKind::Bot,
        (false, false) => ChatKind::Person,
    };
    Some(PeerFact {
        name: user_name(&user),
        first_name: Some(first_name(&user)),
        phone: user.phone.as_deref().and_then(phone),
        username: username(user.username, user.usernames),
        photo: user.photo.as_ref().and_then(user_photo),
        access_hash: user.access_hash,
        min: user.min,
        contact: user.contact,
        mutual_contact: user.mutual_contact,
        deleted: user.deleted,
        can_write: !user.deleted && !service,
        ..blank(PeerId::user(user.id), kind)
    })
}

pub(super) fn of_chat(chat: enums::Chat) -> Option<PeerFact> {
    match chat {
        enums::Chat::Chat(chat) => Some(group(chat)),
        enums::Chat::Forbidden(chat) => Some(PeerFact {
            name: cut(&chat.title),
            left: true,
            ..blank(PeerId::group(chat.id), ChatKind::Group)
        }),
        enums::Chat::Channel(channel) => Some(channel_fact(channel)),
        enums::Chat::ChannelForbidden(channel) => Some(PeerFact {
            name: cut(&channel.title),
            access_hash: Some(channel.access_hash),
            left: true,
            ..blank(PeerId::channel(channel.id), channel_kind(channel.broadcast))
        }),
        enums::Chat::Empty(_) | enums::Chat::Community(_) | enums::Chat::CommunityForbidden(_) => {
            None
        }
    }
}

const fn blank(peer: PeerId, kind: ChatKind) -> PeerFact {
    PeerFact {
        peer,
        kind,
        access_hash: None,
        min: false,
        name: String::new(),
        first_name: None,
        username: None,
        phone: None,
        photo: None,
        contact: false,
        mutual_contact: false,
        deleted: false,
        can_write: false,
        admin: false,
        left: false,
        members: None,
        moved_to: None,
    }
}

fn group(chat: types::Chat) -> PeerFact {
    let admin = chat.creator || chat.admin_rights.is_some();
    let left = chat.left || chat.deactivated;
    PeerFact {
        name: cut(&chat.title),
        photo: chat_photo(&chat.photo),
        can_write: !left && (admin || !forbids_text(chat.default_banned_rights.as_ref())),
        admin,
        left,
        members: Some(count(chat.participants_count)),
        moved_to: chat.migrated_to.as_ref().and_then(moved_to),
        ..blank(PeerId::group(chat.id), ChatKind::Group)
    }
}

fn channel_fact(channel: types::Channel) -> PeerFact {
    let admin = channel.creator || channel.admin_rights.is_some();
    let may_post = channel.creator
        || channel
            .admin_rights
            .as_ref()
            .is_some_and(|enums::ChatAdminRights::Rights(rights)| rights.post_messages);
    let restricted = forbids_text(channel.banned_rights.as_ref())
        || forbids_text(channel.default_banned_rights.as_ref());
    let can_write = if channel.broadcast {
        may_post
    } else {
        admin || !restricted
    };
    PeerFact {
        name: cut(&channel.title),
        username: username(channel.username, channel.usernames),
        photo: chat_photo(&channel.photo),
        access_hash: channel.access_hash,
        min: channel.min,
        can_write: can_write && !channel.left,
        admin,
        left: channel.left,
        members: channel.participants_count.map(count),
        ..blank(PeerId::channel(channel.id), channel_kind(channel.broadcast))
    }
}

const fn channel_kind(broadcast: bool) -> ChatKind {
    if broadcast {
        ChatKind::Channel
    } else {
        ChatKind::Supergroup
    }
}

fn forbids_text(rights: Option<&enums::ChatBannedRights>) -> bool {
    rights.is_some_and(|enums::ChatBannedRights::Rights(rights)| {
        rights.view_messages || rights.send_messages || rights.send_plain
    })
}

const fn moved_to(channel: &enums::InputChannel) -> Option<PeerId> {
    match channel {
        enums::InputChannel::Channel(channel) => Some(PeerId::channel(channel.channel_id)),
        enums::InputChannel::FromMessage(channel) => Some(PeerId::channel(channel.channel_id)),
        enums::InputChannel::Empty => None,
    }
}

fn user_name(user: &types::User) -> String {
    if user.deleted {
        return DELETED.to_owned();
    }
    let first = user.first_name.as_deref().unwrap_or_default();
    let last = user.last_name.as_deref().unwrap_or_default();
    match (first.is_empty(), last.is_empty()) {
        (_, true) => cut(first),
        (true, false) => cut(last),
        (false, false) => cut(&format!("{} {}", cut(first), cut(last))),
    }
}

/// The beginning of [`user_name`] that is the first name.
fn first_name(user: &types::User) -> String {
    let first = user.first_name.as_deref().filter(|_| !user.deleted);
    cut(first.unwrap_or_default())
}

/// The public username; among several, the first that is active
/// (<https://core.telegram.org/api/fragment>).
fn username(single: Option<String>, several: Option<Vec<enums::Username>>) -> Option<String> {
    single
        .or_else(|| {
            several
                .unwrap_or_default()
                .into_iter()
                .map(|enums::Username::Username(name)| name)
                .find(|name| name.active)
                .map(|name| name.username)
        })
        .filter(|name| !name.is_empty())
        .map(|name| cut(&name))
}

/// Servers write phone numbers without `+`.
fn phone(digits: &str) -> Option<String> {
    let digits = digits.trim_start_matches('+');
    (!digits.is_empty()).then(|| cut(&format!("+{digits}")))
}

fn user_photo(photo: &enums::UserProfilePhoto) -> Option<PeerPhoto> {
    match photo {
        enums::UserProfilePhoto::Photo(photo) => Some(photo_ref(photo.photo_id, photo.dc_id)),
        enums::UserProfilePhoto::Empty => None,
    }
}

fn chat_photo(photo: &enums::ChatPhoto) -> Option<PeerPhoto> {
    match photo {
        enums::ChatPhoto::Photo(photo) => Some(photo_ref(photo.photo_id, photo.dc_id)),
        enums::ChatPhoto::Empty => None,
    }
}

fn photo_ref(id: i64, dc: i32) -> PeerPhoto {
    PeerPhoto {
        photo: PhotoRef { id: id.to_string() },
        dc,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    #[test]
    fn a_person() {
        let mut user = fixtures::user(5, "Anna Maria");
        user.last_name = Some("Koval".into());
        user.phone = Some("380501112233".into());
        user.mutual_contact = true;
        let fact = of_user(user.into()).unwrap();
        assert_eq!(fact.peer, PeerId::user(5));
        assert_eq!(fact.kind, ChatKind::Person);
        assert_eq!(fact.name, "Anna Maria Koval");
        assert_eq!(fact.first_name.as_deref(), Some("Anna Maria"));
        assert_eq!(fact.phone.as_deref(), Some("+380501112233"));
        assert!(fact.can_write && fact.mutual_contact && fact.kept());
    }

    #[test]
    fn oneself_bots_and_a_deleted_account() {
        let mut me = fixtures::user(1, "Me");
        me.is_self = true;
        assert_eq!(of_user(me.into()).unwrap().kind, ChatKind::Saved);
        let mut bot = fixtures::user(2, "Bot");
        bot.bot = true;
        assert_eq!(of_user(bot.into()).unwrap().kind, ChatKind::Bot);
        let service = of_user(fixtures::user(SERVICE_NOTICES, "Telegram").into()).unwrap();
        assert_eq!(service.kind, ChatKind::Bot);
        assert!(!service.can_write);
        let mut gone = fixtures::user(3, "");
        gone.deleted = true;
        let gone = of_user(gone.into()).unwrap();
        assert_eq!(gone.name, "Deleted account");
        assert!(!gone.can_write);
    }

    #[test]
    fn the_active_username_counts() {
        let name = |active, username: &str| {
            enums::Username::Username(types::Username {
                editable: false,
                active,
                deletable: false,
                expired: false,
                username: username.into(),
            })
        };
        let several = Some(vec![name(false, "old"), name(true, "new")]);
        assert_eq!(username(None, several).as_deref(), Some("new"));
        assert_eq!(username(Some(String::new()), None), None);
    }

    #[test]
    fn who_may_write_where() {
        let fact = |channel: types::Channel| of_chat(channel.into()).unwrap();
        let mut news = fixtures::channel(10, "News");
        news.broadcast = true;
        assert!(!fact(news.clone()).can_write && !fact(news.clone()).kept());
        news.creator = true;
        assert!(fact(news.clone()).can_write && fact(news).kept());

        let mut team = fixtures::channel(11, "Team");
        team.megagroup = true;
        assert!(fact(team.clone()).can_write);
        team.default_banned_rights = Some(fixtures::no_text().into());
        assert!(!fact(team.clone()).can_write);
        team.creator = true;
        assert!(fact(team.clone()).can_write);
        team.left = true;
        assert!(!fact(team).can_write);
    }

    #[test]
    fn a_group_that_moved_is_kept() {
        let mut chat = fixtures::chat(20, "Old");
        chat.deactivated = true;
        chat.migrated_to = Some(
            types::InputChannel {
                channel_id: 21,
                access_hash: 1,
            }
            .into(),
        );
        let fact = of_chat(chat.into()).unwrap();
        assert_eq!(fact.moved_to, Some(PeerId::channel(21)));
        assert!(fact.kept() && !fact.can_write);
    }
}
