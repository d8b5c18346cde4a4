//! Formatting of the demo texts.

use grammers_tl_types::{enums, types};

use crate::demo::{Entity, Mark};

/// An entity of the demo texts as TL.
pub(crate) fn entity(entity: &Entity) -> enums::MessageEntity {
    let offset = i32::try_from(entity.offset).unwrap_or(i32::MAX);
    let length = i32::try_from(entity.length).unwrap_or(i32::MAX);
    match &entity.mark {
        Mark::Bold => types::MessageEntityBold { offset, length }.into(),
        Mark::Italic => types::MessageEntityItalic { offset, length }.into(),
        Mark::Code => types::MessageEntityCode { offset, length }.into(),
        Mark::Url => types::MessageEntityUrl { offset, length }.into(),
        Mark::Mention => types::MessageEntityMention { offset, length }.into(),
        Mark::Link(url) => types::MessageEntityTextUrl {
            offset,
            length,
            url: url.clone(),
        }
        .into(),
    }
}
