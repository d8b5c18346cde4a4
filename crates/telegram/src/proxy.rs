//! SOCKS5 proxies (<https://www.rfc-editor.org/rfc/rfc1928>,
//! <https://www.rfc-editor.org/rfc/rfc1929>).
//!
//! The proxy is told addresses of data centres, never names: Telegram names its data centres by
//! address. The proxy's own name is resolved here, anew for each connection that is opened, and
//! without it there is no connection: nothing falls back to a direct one.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use switchboard_model::Code;
use tokio::net::lookup_host;
use tokio::time::{Instant, timeout};
use tokio_socks::Error as Socks;
use tokio_socks::tcp::Socks5Stream;
use zeroize::Zeroizing;

/// Longest user name or password that the protocol carries.
const LONGEST: usize = 255;

/// A proxy, and what it is told of who uses it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Name or address of its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// User name and password, where it wants any.
    pub login: Option<(String, Zeroizing<String>)>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({}:{})", self.host, self.port)
    }
}

/// A proxy whose host was found.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyRoute {
    address: SocketAddr,
    login: Option<(String, Zeroizing<String>)>,
}

impl fmt::Debug for ProxyRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyRoute({})", self.address)
    }
}

/// Why a proxy cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    /// Its user name or password has characters that the library cannot carry unchanged, or is
    /// too long.
    #[error("the proxy's user name or password cannot be carried")]
    Login,
    /// Its host has no address, or nothing listens there.
    #[error("the proxy is not there")]
    Absent,
    /// It did not answer in time.
    #[error("the proxy does not answer")]
    Silent,
    /// It wants another user name or password, or any at all.
    #[error("the proxy refuses the user name or password")]
    Denied,
    /// Something else than a SOCKS5 server answered.
    #[error("what answers is no SOCKS5 server")]
    NotSocks5,
    /// It works, and cannot or may not reach the data centre.
    #[error("the proxy does not reach the data centre")]
    Blocked,
}

impl ProxyError {
    /// What callers act on.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Login => Code::ProxyLoginUnusable,
            Self::Absent => Code::ProxyRefused,
            Self::Silent => Code::ProxyTimeout,
            Self::Denied => Code::ProxyLoginWrong,
            Self::NotSocks5 => Code::ProxyNotSocks5,
            Self::Blocked => Code::ProxyBlocked,
        }
    }
}

impl Proxy {
    /// Finds the proxy's host.
    ///
    /// # Errors
    /// [`ProxyError::Login`], [`ProxyError::Absent`], [`ProxyError::Silent`].
    pub async fn resolve(&self, limit: Duration) -> Result<ProxyRoute, ProxyError> {
        if let Some((user, password)) = &self.login
            && !(carried(user) && carried(password))
        {
            return Err(ProxyError::Login);
        }
        let found = timeout(limit, lookup_host((self.host.as_str(), self.port)))
            .await
            .map_err(|_| ProxyError::Silent)?;
        let address = found.ok().and_then(|mut all| all.next());
        Ok(ProxyRoute {
            address: address.ok_or(ProxyError::Absent)?,
            login: self.login.clone(),
        })
    }
}

impl ProxyRoute {
    /// As the library takes it.
    pub(crate) fn url(&self) -> String {
        let address = self.address;
        match &self.login {
            Some((user, password)) => format!("socks5://{user}:{}@{address}", password.as_str()),
            None => format!("socks5://{address}"),
        }
    }

    /// Connects to a data centre by the proxy; how long that took. One answer from beyond the
    /// proxy is in it: that of the data centre to being connected to.
    ///
    /// # Errors
    /// [`ProxyError`].
    pub async fn check(
        &self,
        data_centre: SocketAddr,
        limit: Duration,
    ) -> Result<Duration, ProxyError> {
        let begun = Instant::now();
        let connecting = async {
            match &self.login {
                Some((user, password)) => {
                    Socks5Stream::connect_with_password(self.address, data_centre, user, password)
                        .await
                }
                None => Socks5Stream::connect(self.address, data_centre).await,
            }
        };
        match timeout(limit, connecting).await {
            Ok(Ok(_)) => Ok(begun.elapsed()),
            Ok(Err(error)) => Err(of_socks(&error)),
            Err(_) => Err(ProxyError::Silent),
        }
    }
}

/// Whether the library hands a user name or password on as it is: it takes both out of a URL and
/// forgets to decode them, so that only characters without a meaning there come through.
fn carried(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,".contains(c);
    (1..=LONGEST).contains(&text.len()) && text.chars().all(plain)
}

fn of_socks(error: &Socks) -> ProxyError {
    match error {
        Socks::ProxyServerUnreachable | Socks::ParseError(_) => ProxyError::Absent,
        Socks::Io(error) => of_io(error),
        Socks::NoAcceptableAuthMethods
        | Socks::PasswordAuthFailure(_)
        | Socks::AuthorizationRequired
        | Socks::InvalidAuthValues(_) => ProxyError::Denied,
        Socks::InvalidResponseVersion
        | Socks::UnknownAuthMethod
        | Socks::InvalidReservedByte
        | Socks::UnknownAddressType => ProxyError::NotSocks5,
        _ => ProxyError::Blocked,
    }
}

fn of_io(error: &io::Error) -> ProxyError {
    match error.kind() {
        io::ErrorKind::TimedOut => ProxyError::Silent,
        // It took the connection and left in the middle of the greeting.
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => ProxyError::NotSocks5,
        _ => ProxyError::Absent,
    }
}

/// Whether a connection failed at its proxy, so that nothing was sent.
pub(crate) fn failed_at_proxy(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Socks>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_comes_through_unchanged_is_taken() {
        for good in ["olga", "a-b_c.d~e", "!$&'()*+,", &"x".repeat(255)] {
            assert!(carried(good), "{good}");
        }
        for bad in [
            "",
            "a b",
            "a@b",
            "a:b",
            "50%",
            "p/w",
            "\u{43f}",
            &"x".repeat(256),
        ] {
            assert!(!carried(bad), "{bad}");
        }
    }

    #[test]
    fn nothing_shows_a_password() {
        let login = Some((String::from("olga"), Zeroizing::new(String::from("sesame"))));
        let proxy = Proxy {
            host: String::from("127.0.0.1"),
            port: 1080,
            login: login.clone(),
        };
        let route = ProxyRoute {
            address: ([127, 0, 0, 1], 1080).into(),
            login,
        };
        let shown = format!("{proxy:?} {route:?}");
        assert!(
            !shown.contains("sesame") && !shown.contains("olga"),
            "{shown}"
        );
        assert_eq!(route.url(), "socks5://olga:sesame@127.0.0.1:1080");
    }

    #[test]
    fn answers_of_a_proxy_are_told_apart() {
        let io = |kind| Socks::Io(io::Error::from(kind));
        for (error, expected) in [
            (io(io::ErrorKind::ConnectionRefused), ProxyError::Absent),
            (io(io::ErrorKind::UnexpectedEof), ProxyError::NotSocks5),
            (Socks::InvalidResponseVersion, ProxyError::NotSocks5),
            (Socks::PasswordAuthFailure(1), ProxyError::Denied),
            (Socks::NoAcceptableAuthMethods, ProxyError::Denied),
            (Socks::HostUnreachable, ProxyError::Blocked),
            (Socks::ConnectionNotAllowedByRuleset, ProxyError::Blocked),
        ] {
            assert_eq!(of_socks(&error), expected, "{error}");
        }
    }
}
