//! How accounts get out: SOCKS5 proxies.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// A SOCKS5 proxy as it is shown: without its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Proxy {
    /// Name or address of its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// User name, where it wants one.
    pub user: Option<String>,
}

/// The way out of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum WayOut {
    /// That of all accounts.
    #[default]
    Shared,
    /// A direct connection, whatever the others do.
    Direct,
    /// A proxy of its own.
    Socks5 {
        /// Which.
        proxy: Proxy,
    },
}

/// The way out of an account that has one of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AccountWayOut {
    /// The account.
    pub account: AccountId,
    /// Its way out.
    pub way: WayOut,
}

/// Every proxy of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Proxies {
    /// The proxy of all accounts that have no way of their own, and of new logins.
    pub shared: Option<Proxy>,
    /// Accounts with a way of their own.
    pub own: Vec<AccountWayOut>,
}

/// A proxy that works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ProxyCheck {
    /// Address of the data centre that was reached by it; of several, the slowest.
    pub data_centre: String,
    /// Milliseconds until the connection stood.
    pub round_trip_ms: u32,
}
