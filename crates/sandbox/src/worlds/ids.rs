//! Who is who in [`small`](super::small).

/// The account that the profile signs in; data centre 2.
pub const ACCOUNT: i64 = 1001;
/// Logs in with [`PHONE_PLAIN`] and [`super::CODE`]; data centre 1.
pub const PLAIN: i64 = 1002;
/// Logs in with [`PHONE_LOCKED`], the code and [`PASSWORD`]; data centre 2.
pub const LOCKED: i64 = 1003;
/// Phone number of [`PLAIN`].
pub const PHONE_PLAIN: &str = "+9996610002";
/// Phone number of [`LOCKED`].
pub const PHONE_LOCKED: &str = "+9996620003";
/// A number that is banned.
pub const PHONE_BANNED: &str = "+9996610004";
/// Two-factor password of [`LOCKED`].
pub const PASSWORD: &str = "correct horse";
/// A mutual contact with a profile photo, pinned, with messages of every kind.
pub const ANNA: i64 = 2001;
/// A contact whose chat is archived and muted.
pub const BORIS: i64 = 2002;
/// Somebody who wrote and was not answered: unread, marked unread.
pub const CLARA: i64 = 2003;
/// Lets nobody write (USER_PRIVACY_RESTRICTED).
pub const PRIVATE: i64 = 2004;
/// Wants 50 stars for a message (ALLOW_PAYMENT_REQUIRED_50).
pub const PAID: i64 = 2005;
/// Blocked the account (USER_IS_BLOCKED).
pub const BLOCKING: i64 = 2006;
/// A deleted user.
pub const DELETED: i64 = 2007;
/// A public name with whom nobody has talked yet.
pub const STRANGER: i64 = 2008;
/// A bot.
pub const BOT: i64 = 2009;
/// A basic group that the account made.
pub const GROUP: i64 = 3001;
/// A supergroup with slow mode of 30 seconds.
pub const SUPERGROUP: i64 = 4001;
/// A broadcast channel that the account administers.
pub const OWN_CHANNEL: i64 = 4002;
/// A broadcast channel that the account only reads.
pub const NEWS_CHANNEL: i64 = 4003;
