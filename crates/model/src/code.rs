//! Codes of errors that a caller acts on.

use serde::{Deserialize, Serialize};

/// Why something did not happen, where the window, the command line or the engine acts on it.
///
/// The wording for people lives in the message catalogues, keyed by these codes; a code never
/// carries text from a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    // Logging in.
    /// The phone number is not one Telegram knows the form of.
    PhoneInvalid,
    /// Telegram banned this phone number.
    PhoneBanned,
    /// The number has no account yet; Switchboard does not sign people up.
    SignUpNeeded,
    /// The login code is wrong.
    CodeInvalid,
    /// The login code is too old; a new one must be asked for.
    CodeExpired,
    /// The two-step verification password is wrong.
    PasswordInvalid,
    /// `api_id` or `api_hash` is wrong.
    ApiIdInvalid,
    /// The profile file cannot be read or names no usable key.
    ProfileInvalid,
    /// This Telegram user is already an account of this workspace.
    AlreadyAdded,
    /// The login belongs to another Telegram user than the account it was started for.
    OtherUser,
    /// The login is over or was never started.
    LoginGone,
    /// This session is too young to end others: Telegram allows that after a day.
    SessionTooFresh,
    // Accounts.
    /// The account has no session (any more); it must log in again.
    LoggedOut,
    /// The session was ended from another device.
    SessionRevoked,
    /// The session was too old for Telegram.
    SessionExpired,
    /// Telegram no longer knew the session's key, without having said that it would forget it.
    KeyLost,
    /// The session's key was used from two places at once, and Telegram ended it for that.
    KeyDuplicated,
    /// The account was deleted at Telegram.
    UserDeactivated,
    /// Telegram deactivated or banned the account.
    Banned,
    /// Telegram froze the account: it may read but not act.
    Frozen,
    /// The account is not connected now.
    Offline,
    /// The server gave no answer, so nothing was changed here either: its session would live on.
    NotReached,
    // Reaching Telegram.
    /// Telegram asks to wait.
    FloodWait,
    /// Telegram limits this account for writing to strangers.
    PeerFlood,
    /// No answer in time, or the connection broke: it may or may not have happened.
    Network,
    /// Telegram refused for a reason that this version does not know.
    Refused,
    // A SOCKS5 proxy.
    /// Its host is not known, or nothing listens there.
    ProxyRefused,
    /// It does not answer in time.
    ProxyTimeout,
    /// It wants another user name or password.
    ProxyLoginWrong,
    /// Its user name or password is too long or has characters that cannot be carried.
    ProxyLoginUnusable,
    /// What answers is no SOCKS5 server.
    ProxyNotSocks5,
    /// It works, but cannot or may not reach Telegram.
    ProxyBlocked,
    // One recipient.
    /// This chat takes no messages from this account.
    WriteForbidden,
    /// The person's privacy settings forbid it.
    PrivacyRestricted,
    /// The person blocked this account, or is blocked by it.
    Blocked,
    /// The person deleted their account.
    PeerDeactivated,
    /// The peer is not known to this account.
    PeerUnknown,
    /// Only administrators may do this here.
    AdminRequired,
    /// The peer asks for payment or Premium; Switchboard never pays by itself.
    PaymentRequired,
    /// The group allows one message per interval.
    SlowMode,
    // The message itself.
    /// The message has no text.
    MessageEmpty,
    /// The message is longer than Telegram takes.
    MessageTooLong,
    /// Too late to edit this message, or it is not the account's own.
    EditForbidden,
    /// The message no longer exists.
    MessageGone,
    // This machine.
    /// The id names nothing in this workspace.
    NotFound,
    /// A passphrase is needed to open the workspace.
    PassphraseNeeded,
    /// The passphrase is wrong.
    PassphraseWrong,
    /// The system keyring is locked.
    KeyringLocked,
    /// No system keyring answers and no passphrase was given.
    KeyringAbsent,
    /// The keyring holds a key that does not open this workspace.
    KeyringWrongItem,
    /// Nothing else opens the workspace, so this way in must stay.
    LastKey,
    /// What was typed of a new recovery code is not what it says.
    RecoveryMistyped,
    /// The window is locked.
    Locked,
    /// Another process holds the workspace.
    WorkspaceBusy,
    /// The data was written by a newer version of Switchboard.
    NewerVersion,
    /// Data is damaged, or the key file is missing. Of what is damaged a copy was kept.
    Damaged,
    /// The data folder cannot be written.
    ReadOnly,
    /// The disk is full.
    DiskFull,
    // Backups.
    /// The file is not a backup of Switchboard.
    NotABackup,
    /// The file is not one that can be taken in, or not in a form that can be read.
    ImportUnreadable,
    /// The backup is damaged or incomplete.
    BackupDamaged,
    /// The backup's database has parts that Switchboard did not make.
    BackupForeign,
    /// A folder that was chosen for backups is not there, as on a drive that is not plugged in.
    BackupFolderMissing,
    /// It came with a restored backup and waits for the operator: it may have been sent since.
    Restored,
    /// It was stopped on request.
    Cancelled,
    // Tags, statuses, fields, templates and what is done with them.
    /// Something else has this name.
    NameTaken,
    /// A template names a variable that there is not, or a brace in it has no partner.
    UnknownVariable,
    /// The file is not of the form that was asked for.
    FileUnreadable,
    /// It was changed since, so it cannot be taken back as it was.
    ChangedSince,
    /// The request does not make sense.
    BadRequest,
    /// A defect in Switchboard; the log has the detail.
    Internal,
}
