//! What the exit code says.

use std::process::ExitCode;

use switchboard_model::Code;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Failed for a reason of this machine or of Switchboard.
    Failed,
    /// The command line or the input makes no sense.
    Usage,
    /// Somebody must log in or give a passphrase.
    NeedsYou,
    /// What was named is not there, or several things have that name.
    NotFound,
    /// Telegram cannot be reached, asks to wait, or does not tell everything for now.
    Later,
    /// Another process holds the workspace.
    Busy,
    /// Telegram refused.
    Refused,
    /// Stopped by Ctrl-C before it was done.
    Interrupted,
}

/// The table that `--help` shows.
pub(crate) const TABLE: &str = "\
Exit codes:
  0   done
  1   failed: disk, database, a check of the doctor, or a defect
  2   the command line or the input makes no sense
  3   somebody must log in, or give a passphrase or unlock the keyring
  4   no such account, chat or message, or several chats of that name
  5   Telegram cannot be reached, asks to wait, or refuses some history; try again later
  6   another process holds the workspace
  7   Telegram refused for good, such as a message to somebody who blocked the account
  130 stopped by Ctrl-C before it was done";

impl Exit {
    /// Every code.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 9] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::NeedsYou,
        Self::NotFound,
        Self::Later,
        Self::Busy,
        Self::Refused,
        Self::Interrupted,
    ];

    /// The number that the shell sees.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NeedsYou => 3,
            Self::NotFound => 4,
            Self::Later => 5,
            Self::Busy => 6,
            Self::Refused => 7,
            Self::Interrupted => 130,
        }
    }

    /// How a command ends that failed with a code.
    pub(crate) const fn of(code: Code) -> Self {
        use Code as C;
        match code {
            C::PhoneInvalid | C::ProfileInvalid | C::BadRequest => Self::Usage,
            C::MessageEmpty
            | C::MessageTooLong
            | C::AlreadyAdded
            | C::NameTaken
            | C::UnknownVariable
            | C::FileUnreadable => Self::Usage,
            C::CodeInvalid | C::CodeExpired | C::PasswordInvalid | C::ApiIdInvalid => {
                Self::NeedsYou
            }
            C::LoginGone | C::SessionTooFresh | C::OtherUser | C::SignUpNeeded | C::LoggedOut => {
                Self::NeedsYou
            }
            C::SessionRevoked | C::SessionExpired | C::KeyLost | C::KeyDuplicated => Self::NeedsYou,
            C::PassphraseNeeded | C::PassphraseWrong => Self::NeedsYou,
            C::KeyringLocked | C::KeyringAbsent | C::KeyringWrongItem | C::Locked => Self::NeedsYou,
            C::NotFound | C::PeerUnknown | C::MessageGone => Self::NotFound,
            C::BackupFolderMissing => Self::NotFound,
            C::Offline | C::NotReached | C::Network | C::FloodWait | C::SlowMode => Self::Later,
            C::ProxyRefused | C::ProxyTimeout | C::ProxyBlocked => Self::Later,
            C::ProxyLoginWrong => Self::NeedsYou,
            C::ProxyLoginUnusable | C::ProxyNotSocks5 => Self::Usage,
            C::WorkspaceBusy => Self::Busy,
            C::UserDeactivated
            | C::PhoneBanned
            | C::Banned
            | C::Frozen
            | C::PeerFlood
            | C::Refused => Self::Refused,
            C::WriteForbidden | C::PrivacyRestricted | C::Blocked => Self::Refused,
            C::PeerDeactivated | C::AdminRequired | C::PaymentRequired => Self::Refused,
            C::EditForbidden | C::ChangedSince => Self::Refused,
            C::LastKey | C::RecoveryMistyped | C::NotABackup => Self::Usage,
            C::ImportUnreadable => Self::Usage,
            C::BackupDamaged | C::BackupForeign | C::Restored => Self::Failed,
            C::Cancelled => Self::Interrupted,
            C::NewerVersion | C::Damaged | C::ReadOnly | C::DiskFull | C::Internal => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}
