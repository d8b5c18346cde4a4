//! What is asked for, checked before anything is done with it.

use switchboard_engine::{Application, Via as EngineVia};
use switchboard_model::{Code, Entity, RichText};

use switchboard_vault::Passphrase;

use crate::{ApiError, Via};

/// Telegram takes texts of at most this many characters
/// (<https://core.telegram.org/method/messages.sendMessage>, `message_length_max` of the config).
const LONGEST_TEXT: usize = 4_096;

/// What was typed as a passphrase, where anything was.
pub(crate) fn checked_passphrase(typed: String) -> Result<Passphrase, ApiError> {
    Passphrase::new(typed).ok_or_else(|| ApiError::new(Code::PassphraseNeeded, "nothing was typed"))
}

/// A text that Telegram will take, with the blank space around it taken off.
fn checked_text(text: String) -> Result<String, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ApiError::new(Code::MessageEmpty, "the text is empty"));
    }
    if text.encode_utf16().count() > LONGEST_TEXT {
        return Err(ApiError::new(
            Code::MessageTooLong,
            "the text is longer than 4096 characters",
        ));
    }
    Ok(text.to_owned())
}

/// As [`checked_text`], with what of its marked stretches Telegram will take.
pub(crate) fn checked_rich(text: String, entities: Vec<Entity>) -> Result<RichText, ApiError> {
    let rich = RichText { text, entities }.checked();
    let text = checked_text(rich.text)?;
    Ok(RichText {
        text,
        entities: rich.entities,
    })
}

/// A way to the servers, its application keys checked.
pub(crate) fn checked_via(via: Via) -> Result<EngineVia, ApiError> {
    Ok(match via {
        Via::Profile { profile } => EngineVia::Profile(profile),
        Via::Kept => EngineVia::Kept,
        Via::Telegram { api_id, api_hash } => {
            EngineVia::Telegram(checked_application(api_id, &api_hash)?)
        }
    })
}

/// `api_hash` is 32 hexadecimal digits; anything else is a slip that Telegram need not see.
pub(crate) fn checked_application(api_id: i32, api_hash: &str) -> Result<Application, ApiError> {
    let api_hash = api_hash.trim().to_ascii_lowercase();
    let hexadecimal = api_hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if api_id <= 0 || api_hash.len() != 32 || !hexadecimal {
        return Err(ApiError::new(
            Code::ApiIdInvalid,
            "not of the form of my.telegram.org",
        ));
    }
    Ok(Application { api_id, api_hash })
}

#[cfg(test)]
mod tests {
    use switchboard_model::EntityKind;

    use super::*;

    #[test]
    fn texts_are_checked_before_they_are_kept() {
        assert_eq!(checked_text("  hi\n".into()).as_deref(), Ok("hi"));
        assert_eq!(
            checked_text(" \n".into()).map_err(|e| e.code),
            Err(Code::MessageEmpty)
        );
        let emoji = "😀".repeat(2_049);
        assert_eq!(
            checked_text(emoji).map_err(|e| e.code),
            Err(Code::MessageTooLong)
        );
    }

    #[test]
    fn marked_stretches_move_with_the_text() {
        let bold = |offset, length| Entity {
            kind: EntityKind::Bold,
            offset,
            length,
            value: None,
        };
        let checked = checked_rich(" 📦 ready".into(), vec![bold(4, 5), bold(70, 1)]);
        let checked = checked.expect("it can be sent");
        assert_eq!(checked.text, "📦 ready");
        assert_eq!(checked.entities, [bold(3, 5)]);
        assert!(checked_rich(" ".into(), Vec::new()).is_err());
    }

    #[test]
    fn application_keys_are_checked_before_telegram_sees_them() {
        let via = |api_id, hash: &str| Via::Telegram {
            api_id,
            api_hash: hash.into(),
        };
        let good = "0123456789abcdef0123456789ABCDEF";
        assert!(checked_via(via(1, good)).is_ok());
        for wrong in [via(0, good), via(1, "abc"), via(1, &good.replace('0', "x"))] {
            assert_eq!(
                checked_via(wrong).map_err(|e| e.code).err(),
                Some(Code::ApiIdInvalid)
            );
        }
    }
}
