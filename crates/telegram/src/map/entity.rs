//! Marked stretches of text (<https://core.telegram.org/api/entities>).

use grammers_tl_types::{enums::MessageEntity as Tl, types};
use switchboard_model::{Entity, EntityKind as Kind};

/// Longest target of a link that is kept, in characters: longer ones cannot be opened anyway.
const LONGEST_VALUE: usize = 4096;

pub(super) fn all(entities: Vec<Tl>) -> Vec<Entity> {
    entities.into_iter().filter_map(one).collect()
}

fn one(entity: Tl) -> Option<Entity> {
    let (kind, offset, length, value) = match entity {
        Tl::Mention(e) => (Kind::Mention, e.offset, e.length, None),
        Tl::Hashtag(e) => (Kind::Hashtag, e.offset, e.length, None),
        Tl::BotCommand(e) => (Kind::BotCommand, e.offset, e.length, None),
        Tl::Url(e) => (Kind::Link, e.offset, e.length, None),
        Tl::Email(e) => (Kind::Email, e.offset, e.length, None),
        Tl::Bold(e) => (Kind::Bold, e.offset, e.length, None),
        Tl::Italic(e) => (Kind::Italic, e.offset, e.length, None),
        Tl::Code(e) => (Kind::Code, e.offset, e.length, None),
        Tl::Pre(e) => (Kind::Pre, e.offset, e.length, Some(e.language)),
        Tl::TextUrl(e) => (Kind::TextLink, e.offset, e.length, Some(e.url)),
        Tl::MentionName(e) => {
            let user = Some(e.user_id.to_string());
            (Kind::MentionName, e.offset, e.length, user)
        }
        Tl::Phone(e) => (Kind::Phone, e.offset, e.length, None),
        Tl::Cashtag(e) => (Kind::Cashtag, e.offset, e.length, None),
        Tl::Underline(e) => (Kind::Underline, e.offset, e.length, None),
        Tl::Strike(e) => (Kind::Strike, e.offset, e.length, None),
        Tl::BankCard(e) => (Kind::BankCard, e.offset, e.length, None),
        Tl::Spoiler(e) => (Kind::Spoiler, e.offset, e.length, None),
        Tl::CustomEmoji(e) => (Kind::CustomEmoji, e.offset, e.length, None),
        Tl::Blockquote(e) => (Kind::Quote, e.offset, e.length, None),
        Tl::Unknown(_)
        | Tl::InputMessageEntityMentionName(_)
        | Tl::FormattedDate(_)
        | Tl::DiffInsert(_)
        | Tl::DiffReplace(_)
        | Tl::DiffDelete(_)
        | Tl::TonAddress(_) => return None,
    };
    Some(Entity {
        kind,
        offset: u32::try_from(offset).ok()?,
        length: u32::try_from(length).ok().filter(|length| *length > 0)?,
        value: value
            .filter(|value| !value.is_empty())
            .map(|value| value.chars().take(LONGEST_VALUE).collect()),
    })
}

/// Stretches that the operator marked, for a request. Kinds that Telegram finds by itself are left
/// to it.
pub(crate) fn marked(entities: &[Entity]) -> Option<Vec<Tl>> {
    let marked: Vec<_> = entities.iter().filter_map(mark).collect();
    (!marked.is_empty()).then_some(marked)
}

fn mark(entity: &Entity) -> Option<Tl> {
    let offset = i32::try_from(entity.offset).ok()?;
    let length = i32::try_from(entity.length).ok()?;
    Some(match entity.kind {
        Kind::Bold => types::MessageEntityBold { offset, length }.into(),
        Kind::Italic => types::MessageEntityItalic { offset, length }.into(),
        Kind::Underline => types::MessageEntityUnderline { offset, length }.into(),
        Kind::Strike => types::MessageEntityStrike { offset, length }.into(),
        Kind::Spoiler => types::MessageEntitySpoiler { offset, length }.into(),
        Kind::Code => types::MessageEntityCode { offset, length }.into(),
        Kind::Pre => types::MessageEntityPre {
            offset,
            length,
            language: entity.value.clone().unwrap_or_default(),
        }
        .into(),
        Kind::Quote => types::MessageEntityBlockquote {
            collapsed: false,
            offset,
            length,
        }
        .into(),
        Kind::TextLink => types::MessageEntityTextUrl {
            offset,
            length,
            url: entity.value.clone()?,
        }
        .into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn offsets_stay_in_utf16_and_nonsense_is_left_out() {
        let entities = all(vec![
            types::MessageEntityTextUrl {
                offset: 3,
                length: 4,
                url: "https://example.org".into(),
            }
            .into(),
            types::MessageEntityBold {
                offset: -1,
                length: 4,
            }
            .into(),
            types::MessageEntityItalic {
                offset: 0,
                length: 0,
            }
            .into(),
            types::MessageEntityMentionName {
                offset: 0,
                length: 2,
                user_id: 77,
            }
            .into(),
        ]);
        assert_eq!(entities.len(), 2);
        assert_eq!(entities[0].kind, Kind::TextLink);
        assert_eq!((entities[0].offset, entities[0].length), (3, 4));
        assert_eq!(entities[0].value.as_deref(), Some("https://example.org"));
        assert_eq!(entities[1].value.as_deref(), Some("77"));
    }
    #[test]
    fn what_is_marked_comes_back_as_it_went() {
        let kinds = [
            (Kind::Bold, None),
            (Kind::Italic, None),
            (Kind::Underline, None),
            (Kind::Strike, None),
            (Kind::Spoiler, None),
            (Kind::Code, None),
            (Kind::Pre, Some("rust")),
            (Kind::Quote, None),
            (Kind::TextLink, Some("https://example.org")),
        ];
        let entity = |(kind, value): (Kind, Option<&str>)| Entity {
            kind,
            offset: 1,
            length: 2,
            value: value.map(str::to_owned),
        };
        let entities: Vec<_> = kinds.into_iter().map(entity).collect();
        assert_eq!(all(marked(&entities).unwrap()), entities);
        assert_eq!(marked(&[entity((Kind::Mention, None))]), None);
        assert_eq!(marked(&[entity((Kind::TextLink, None))]), None);
    }
}
