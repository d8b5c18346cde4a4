//! How a login code travels (<https://core.telegram.org/type/auth.SentCodeType>).

use grammers_tl_types::{enums, types};
use switchboard_model::CodeWay;

/// No way that would need another device's help: the code comes to be typed.
pub(super) fn plain_settings() -> types::CodeSettings {
    types::CodeSettings {
        allow_flashcall: false,
        current_number: false,
        allow_app_hash: false,
        allow_missed_call: false,
        allow_firebase: false,
        unknown_number: false,
        logout_tokens: None,
        token: None,
        app_sandbox: None,
    }
}

/// Where the code went, and its length where the way tells it.
pub(super) const fn way_of(way: &enums::auth::SentCodeType) -> (CodeWay, Option<i32>) {
    use enums::auth::SentCodeType as T;
    match way {
        T::App(way) => (CodeWay::App, Some(way.length)),
        T::Sms(way) => (CodeWay::Sms, Some(way.length)),
        T::FirebaseSms(way) => (CodeWay::Sms, Some(way.length)),
        T::SmsWord(_) | T::SmsPhrase(_) => (CodeWay::Sms, None),
        T::Call(way) => (CodeWay::Call, Some(way.length)),
        T::MissedCall(way) => (CodeWay::MissedCall, Some(way.length)),
        T::EmailCode(way) => (CodeWay::Email, Some(way.length)),
        T::FragmentSms(way) => (CodeWay::Fragment, Some(way.length)),
        T::FlashCall(_) | T::SetUpEmailRequired(_) => (CodeWay::Other, None),
    }
}

/// How the code would be sent next.
pub(super) const fn next_way(way: &enums::auth::CodeType) -> CodeWay {
    use enums::auth::CodeType as T;
    match way {
        T::Sms => CodeWay::Sms,
        T::Call => CodeWay::Call,
        T::MissedCall => CodeWay::MissedCall,
        T::FragmentSms => CodeWay::Fragment,
        T::FlashCall => CodeWay::Other,
    }
}
