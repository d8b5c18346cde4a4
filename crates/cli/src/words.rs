//! What a person is told: one sentence on what happened and one on the way on.

use std::io::ErrorKind;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use switchboard_api::ApiError;
use switchboard_model::{AccountState, Code, CodeWay, SyncStage, WaitReason};

/// The sentences of an error.
pub(crate) fn sentence(error: &ApiError) -> String {
    match error.until_ms.map(clock) {
        Some(until) => format!("{} Possible again from {until} on.", of(error.code)),
        None => of(error.code).to_owned(),
    }
}

/// What happened and what to do, by code.
pub(crate) const fn of(code: Code) -> &'static str {
    use Code as C;
    match code {
        C::PhoneInvalid => {
            "Telegram does not know this phone number. Give it with + and country code."
        }
        C::PhoneBanned => {
            "Telegram banned this phone number. Write to recover@telegram.org if it is a mistake."
        }
        C::SignUpNeeded => {
            "This number has no Telegram account yet. Make one in an official app, then add it."
        }
        C::CodeInvalid => {
            "The login code is wrong. Look it up again and run the command once more."
        }
        C::CodeExpired => "The login code is too old. Run the command again for a new one.",
        C::PasswordInvalid => "The two-step verification password is wrong. Try again.",
        C::ApiIdInvalid => {
            "api_id and api_hash are wrong. Copy both from https://my.telegram.org/apps."
        }
        C::ProfileInvalid => {
            "The connection profile cannot be used. Have the server write a new one."
        }
        C::AlreadyAdded => "This Telegram user is already an account here. See `accounts list`.",
        C::OtherUser => {
            "That login belongs to another Telegram user than the account it was started for. \
             Use the phone number of the account."
        }
        C::LoginGone => "The login is over. Start again with `accounts add`.",
        C::SessionTooFresh => {
            "Telegram lets a session end others when it is a day old. Try again tomorrow, or end \
             it from a device that has been logged in for longer."
        }
        C::LoggedOut => {
            "The account is logged out. Log in again with `accounts add --account ID`; its \
             history is still here."
        }
        C::SessionRevoked => {
            "The session was ended from another device. If it was not you, look at the account's \
             sessions there. Log in again with `accounts add --account ID`; its history is still here."
        }
        C::SessionExpired => {
            "Telegram ended the session because it was too old. Log in again with `accounts add \
             --account ID`; its history is still here."
        }
        C::KeyLost => {
            "Telegram no longer knows this session's key, without having said why. Log in again \
             with `accounts add --account ID`; its history is still here."
        }
        C::KeyDuplicated => {
            "Telegram ended the session because its key was used in two places at once. Never run \
             a copy of a workspace beside it. Log in again with `accounts add --account ID`."
        }
        C::UserDeactivated => "This account was deleted at Telegram. Its history stays here.",
        C::Banned => "Telegram closed this account. Its history stays here.",
        C::Frozen => {
            "Telegram froze this account: it can read, but not act. Appeal in an official app."
        }
        C::Offline => "The account is not connected now. Try again when it is, or see `doctor`.",
        C::NotReached => {
            "Telegram cannot be reached, so the session was not ended and nothing was changed. Try \
             again later, or remove the account here alone with --here-only: its session then \
             lives on at Telegram until you end it from another device."
        }
        C::FloodWait => "Telegram asks this account to wait. Try again later.",
        C::PeerFlood => {
            "Telegram limits this account for writing to strangers. Ask @SpamBot for how long."
        }
        C::Network => {
            "The connection broke before an answer came, so it may or may not have happened. \
             Check the network with `doctor`, then look before you repeat it."
        }
        C::Refused => "Telegram refused. Run it again with --verbose for its reason.",
        C::ProxyRefused => "The proxy is not there. Check its host and port, or whether it runs.",
        C::ProxyTimeout => {
            "The proxy does not answer. Check its host and port, or try again later."
        }
        C::ProxyLoginWrong => "The proxy wants another user name or password. Check both.",
        C::ProxyLoginUnusable => {
            "The proxy's user name or password is too long or has characters that cannot be used: \
             take letters, digits and -._~!$&'()*+, only."
        }
        C::ProxyNotSocks5 => "What answers there is no SOCKS5 proxy. Check host, port and kind.",
        C::ProxyBlocked => {
            "The proxy works, but does not reach Telegram. Ask who runs it, or use \
             another."
        }
        C::WriteForbidden => "This account may not write in that chat.",
        C::PrivacyRestricted => "That person's privacy settings forbid it.",
        C::Blocked => "That person blocked this account, or is blocked by it.",
        C::PeerDeactivated => "That person deleted their account.",
        C::PeerUnknown => {
            "This account does not know that peer. Open the chat once in an official app."
        }
        C::AdminRequired => "Only administrators may do this there.",
        C::PaymentRequired => {
            "That peer asks for payment or Premium. Switchboard never pays by itself."
        }
        C::SlowMode => "That group allows one message per interval. Try again later.",
        C::MessageEmpty => "The message has no text. Give it some.",
        C::MessageTooLong => "The message is longer than Telegram takes. Send it in parts.",
        C::EditForbidden => "That message cannot be edited any more, or is not yours.",
        C::MessageGone => "That message no longer exists.",
        C::NotFound => {
            "Nothing here has that number. The lists show those there are, such as `accounts list`, \
             `inbox`, `tasks list` or `log`."
        }
        C::PassphraseNeeded => {
            "A passphrase or the recovery code is needed. Set SWITCHBOARD_PASSPHRASE or type it."
        }
        C::PassphraseWrong => "The passphrase or recovery code is wrong. Try again.",
        C::KeyringLocked => {
            "The system keyring is locked. Unlock it, or give the passphrase, then try again."
        }
        C::KeyringAbsent => {
            "No system keyring answers. If the key of this workspace lies there, start or unlock it \
             and try again, or restore a backup by its passphrase or recovery code. A new workspace \
             takes a passphrase instead: SWITCHBOARD_PASSPHRASE."
        }
        C::KeyringWrongItem => {
            "The keyring's key does not open this workspace. Restore the right keyring, or give \
             the passphrase."
        }
        C::Locked => "The window is locked. Unlock it, then try again.",
        C::WorkspaceBusy => {
            "Another process holds the workspace and does not answer. Wait for it to end, or run \
             again with --verbose to see which."
        }
        C::NewerVersion => {
            "A newer version of Switchboard wrote this workspace, and it was left as it is. \
             Install that version."
        }
        C::Damaged => {
            "The workspace's data is damaged or a part of it is missing. Nothing was deleted, and \
             of what is damaged a copy was kept beside it: the log says where. Restore a backup, \
             or use another --data-dir."
        }
        C::ReadOnly => {
            "The data folder cannot be written. Change its permissions or use another --data-dir."
        }
        C::DiskFull => "The disk is full. Make room and try again.",
        C::LastKey => "Nothing else opens this workspace. Set up another way in first.",
        C::RecoveryMistyped => {
            "Those are not the groups that were asked for. Compare them with the code and try again."
        }
        C::ImportUnreadable => {
            "That file cannot be taken in: it is not of a form that Switchboard reads. Nothing changed."
        }
        C::NotABackup => "That file is not a backup of Switchboard. Give the right one.",
        C::BackupDamaged => {
            "That backup is damaged or incomplete, and nothing was changed. Use another one."
        }
        C::BackupForeign => {
            "That backup's database has parts that Switchboard does not make, so it is not used. \
             Nothing was changed. Use another one."
        }
        C::BackupFolderMissing => {
            "A folder chosen for backups is not there: its drive may not be plugged in. Plug it in, \
             or choose another one with `backup set --folder`."
        }
        C::Restored => {
            "The message came with a restored backup and may have been sent since. Look first, \
             then use `held release` or `held discard`."
        }
        C::NameTaken => "Something else has this name. Choose another one.",
        C::UnknownVariable => {
            "The template names a variable that there is not, or a brace in it has no partner. `templates variables` lists what may be named; \\{ is a plain brace."
        }
        C::FileUnreadable => "The file is not of that form, or was written by a newer version.",
        C::ChangedSince => {
            "It was changed again since, so it cannot be taken back as it was. Nothing was changed."
        }
        C::Cancelled => "It was stopped, and nothing was changed.",
        C::BadRequest => {
            "That request makes no sense. See --help, or run it with --verbose for the reason."
        }
        C::Internal => {
            "Something in Switchboard went wrong. The log in the workspace's folder has the \
             detail; `doctor` may help."
        }
    }
}

/// Why a file could not be used, to follow its name.
pub(crate) const fn file_error(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "is not there. Check its name.",
        ErrorKind::PermissionDenied => "may not be used. Change its permissions.",
        ErrorKind::AlreadyExists => "is there already. Name another one.",
        ErrorKind::InvalidData => "is not text. Check that it is the right file.",
        ErrorKind::StorageFull => "cannot be written: the disk is full. Make room.",
        _ => "cannot be used. Check its name and place, or see --verbose.",
    }
}

/// An account's state, in a few words.
pub(crate) fn state(state: AccountState) -> String {
    match state {
        AccountState::LoggedOut => "logged out".into(),
        AccountState::CodeSent => "waits for the login code".into(),
        AccountState::PasswordNeeded => "waits for the password".into(),
        AccountState::Connecting => "connecting".into(),
        AccountState::Online => "online".into(),
        AccountState::Waiting { until_ms, why } => {
            let why = match why {
                WaitReason::Network => "no network, tries again",
                WaitReason::Flood => "Telegram asks to wait until",
                WaitReason::Restart => "starts again",
                WaitReason::Disk => return "the disk is full, goes on when there is room".into(),
            };
            format!("{why} {}", clock(until_ms))
        }
        AccountState::Revoked => "session ended, log in again".into(),
        AccountState::Banned => "closed by Telegram".into(),
        AccountState::Frozen => "frozen by Telegram".into(),
    }
}

/// What a sync is at.
pub(crate) const fn stage(stage: SyncStage) -> &'static str {
    match stage {
        SyncStage::Waiting => "not connected yet",
        SyncStage::Dialogs => "list of chats",
        SyncStage::Recent => "newest messages",
        SyncStage::History => "older messages",
        SyncStage::Partial => "complete but for what Telegram refuses or you hold up",
        SyncStage::Complete => "complete",
    }
}

/// In how many chats history could not be read, and why.
pub(crate) fn untold(refused: u32, closed: u32) -> Vec<String> {
    let chats = |number: u32| match number {
        1 => "1 chat".to_owned(),
        number => format!("{number} chats"),
    };
    let mut told = Vec::new();
    if refused > 0 {
        told.push(format!(
            "History of {} could not be read: Telegram refused it in a way that this version does \
             not know; the log says in which. It is asked for again later, and when Switchboard \
             starts anew.",
            chats(refused)
        ));
    }
    if closed > 0 {
        told.push(format!(
            "History of {} cannot be read any more: private, forbidden or deleted.",
            chats(closed)
        ));
    }
    told
}

/// Where a login code went.
pub(crate) const fn way(way: CodeWay) -> &'static str {
    match way {
        CodeWay::App => "in another Telegram app of this account",
        CodeWay::Sms => "by SMS",
        CodeWay::Call => "by a call",
        CodeWay::MissedCall => "by a call whose number ends with it",
        CodeWay::Email => "by e-mail",
        CodeWay::Fragment => "through fragment.com",
        CodeWay::Other => "in a way that this version does not know",
    }
}

/// An instant of this machine: the time of day today, else with its date.
pub(crate) fn clock(at_ms: i64) -> String {
    shown(
        Timestamp::from_millisecond(at_ms).ok(),
        Timestamp::now(),
        TimeZone::system(),
    )
}

/// An instant of Telegram's, as [`clock`].
pub(crate) fn date(seconds: i64) -> String {
    shown(
        Timestamp::from_second(seconds).ok(),
        Timestamp::now(),
        TimeZone::system(),
    )
}

fn shown(at: Option<Timestamp>, now: Timestamp, zone: TimeZone) -> String {
    let Some(at) = at.map(|at| at.to_zoned(zone.clone())) else {
        return "an unknown time".into();
    };
    match at.date() == now.to_zoned(zone).date() {
        true => at.strftime("%H:%M").to_string(),
        false => at.strftime("%Y-%m-%d %H:%M").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_needs_no_date() {
        let now: Timestamp = "2026-03-02T15:00:00Z".parse().unwrap();
        let show = |at: &str| shown(at.parse().ok(), now, TimeZone::UTC);
        assert_eq!(show("2026-03-02T01:02:00Z"), "01:02");
        assert_eq!(show("2026-03-01T23:59:00Z"), "2026-03-01 23:59");
        assert_eq!(shown(None, now, TimeZone::UTC), "an unknown time");
    }

    #[test]
    fn a_wait_says_when_it_ends() {
        let error = ApiError {
            until_ms: Some(0),
            ..ApiError::new(Code::FloodWait, "")
        };
        assert!(sentence(&error).contains("from 19"), "{}", sentence(&error));
    }
}
