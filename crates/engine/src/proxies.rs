//! The way out of each account: direct, or by a SOCKS5 proxy.
//!
//! Host, port and user name stand in the database, the password in the sealed file of keys. Where
//! a proxy was chosen and cannot be used, nothing connects: a backup that came back without its
//! passwords asks for them, it does not go out directly.

use std::net::SocketAddr;
use std::time::Duration;

use switchboard_model::{
    Account, AccountId, AccountWayOut, Code, Proxies, Proxy, ProxyCheck, WayOut,
};
use switchboard_telegram::{Proxy as Via, ProxyRoute, Reach};
use zeroize::Zeroizing;

use crate::house::{House, reach_of};
use crate::{Engine, EngineError};

/// How long a proxy may take to be found, and to connect.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest name of a host.
const LONGEST_HOST: usize = 253;

/// The setting that holds the way out of all accounts, or of one. It names the password too.
fn setting_of(account: Option<AccountId>) -> String {
    account.map_or_else(|| String::from("proxy"), |id| format!("proxy.{id}"))
}

impl House {
    /// The route of an account's connections, or of a new login's; absent for direct ones.
    ///
    /// # Errors
    /// [`Code::ProxyRefused`] and its kin where there is a proxy that cannot be used.
    pub(crate) async fn route(
        &self,
        account: Option<AccountId>,
    ) -> Result<Option<ProxyRoute>, EngineError> {
        let (scope, way) = self.way_out(account).await?;
        let WayOut::Socks5 { proxy } = way else {
            return Ok(None);
        };
        let password = self.sessions.password(&setting_of(scope)).await;
        Ok(Some(resolved(&proxy, password).await?))
    }

    /// The way out that counts for an account, and whose it is: its own or that of all.
    async fn way_out(
        &self,
        account: Option<AccountId>,
    ) -> Result<(Option<AccountId>, WayOut), EngineError> {
        if let Some(id) = account {
            match self.kept_way(account).await? {
                WayOut::Shared => {}
                own => return Ok((Some(id), own)),
            }
        }
        Ok((None, self.kept_way(None).await?))
    }

    async fn kept_way(&self, account: Option<AccountId>) -> Result<WayOut, EngineError> {
        let key = setting_of(account);
        let kept = self.store.read(move |reader| reader.setting(&key)).await?;
        Ok(kept.unwrap_or_default())
    }

    /// Keeps a way out. The password is there before the proxy that needs it.
    async fn keep_way(
        &self,
        account: Option<AccountId>,
        way: WayOut,
        password: Option<Zeroizing<String>>,
    ) -> Result<(), EngineError> {
        let key = setting_of(account);
        self.sessions.set_password(&key, password).await?;
        Ok(self
            .store
            .write(move |tx| tx.set_setting(&key, &way))
            .await?)
    }

    /// Forgets the way out of an account that is no more.
    pub(crate) async fn forget_way(&self, account: AccountId) -> Result<(), EngineError> {
        self.keep_way(Some(account), WayOut::Shared, None).await
    }
}

/// A proxy with its host found. One that wants a password and has none is of no use.
async fn resolved(
    proxy: &Proxy,
    password: Option<Zeroizing<String>>,
) -> Result<ProxyRoute, EngineError> {
    let login = match (&proxy.user, password) {
        (Some(user), Some(password)) => Some((user.clone(), password)),
        (Some(_), None) => return Err(EngineError::Refused(Code::ProxyLoginWrong)),
        (None, _) => None,
    };
    let via = Via {
        host: proxy.host.clone(),
        port: proxy.port,
        login,
    };
    Ok(via.resolve(PATIENCE).await?)
}

/// Whether this can be a proxy at all.
fn checked(proxy: Proxy) -> Result<Proxy, EngineError> {
    let host = proxy.host.trim();
    let named = |c: char| c.is_alphanumeric() || ".-_:".contains(c);
    let fits = (1..=LONGEST_HOST).contains(&host.len()) && host.chars().all(named);
    if !fits || proxy.port == 0 {
        return Err(EngineError::Refused(Code::BadRequest));
    }
    Ok(Proxy {
        host: host.to_owned(),
        port: proxy.port,
        user: proxy.user.filter(|user| !user.is_empty()),
    })
}

impl Engine {
    /// Every proxy of the workspace, without passwords.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn proxies(&self) -> Result<Proxies, EngineError> {
        let house = self.house();
        let shared = match house.kept_way(None).await? {
            WayOut::Socks5 { proxy } => Some(proxy),
            WayOut::Shared | WayOut::Direct => None,
        };
        let mut own = Vec::new();
        for Account { id: account, .. } in self.every_account().await? {
            match house.kept_way(Some(account)).await? {
                WayOut::Shared => {}
                way => own.push(AccountWayOut { account, way }),
            }
        }
        Ok(Proxies { shared, own })
    }

    /// Connects by a proxy to the data centre of an account, or of every account that would use
    /// it. Without a password, the one that is kept for this very proxy counts.
    ///
    /// # Errors
    /// [`Code::ProxyRefused`], [`Code::ProxyTimeout`], [`Code::ProxyLoginWrong`],
    /// [`Code::ProxyLoginUnusable`], [`Code::ProxyNotSocks5`], [`Code::ProxyBlocked`],
    /// [`Code::BadRequest`].
    pub async fn proxy_check(
        &self,
        account: Option<AccountId>,
        proxy: Proxy,
        password: Option<Zeroizing<String>>,
    ) -> Result<ProxyCheck, EngineError> {
        let proxy = checked(proxy)?;
        let password = self.password_for(account, &proxy, password).await?;
        let route = resolved(&proxy, password).await?;
        let mut slowest = (Duration::ZERO, None);
        for target in self.targets(account).await? {
            let took = route.check(target, PATIENCE).await?;
            if slowest.1.is_none() || took > slowest.0 {
                slowest = (took, Some(target));
            }
        }
        let (took, target) = slowest;
        Ok(ProxyCheck {
            data_centre: target.map(|target| target.to_string()).unwrap_or_default(),
            round_trip_ms: u32::try_from(took.as_millis()).unwrap_or(u32::MAX),
        })
    }

    /// Keeps a way out, a proxy only once it has been checked, and connects those accounts anew
    /// that it counts for. Logins under way end on the route that they began on.
    ///
    /// # Errors
    /// As [`Engine::proxy_check`]; nothing was changed then. [`Code::BadRequest`] for a way of
    /// all accounts that is "as all accounts".
    pub async fn set_way_out(
        &self,
        account: Option<AccountId>,
        way: WayOut,
        password: Option<Zeroizing<String>>,
    ) -> Result<(), EngineError> {
        let (way, password) = match way {
            WayOut::Shared if account.is_none() => {
                return Err(EngineError::Refused(Code::BadRequest));
            }
            WayOut::Socks5 { proxy } => {
                let proxy = checked(proxy)?;
                let password = self.password_for(account, &proxy, password).await?;
                self.proxy_check(account, proxy.clone(), password.clone())
                    .await?;
                let password = password.filter(|_| proxy.user.is_some());
                (WayOut::Socks5 { proxy }, password)
            }
            way => (way, None),
        };
        self.house().keep_way(account, way, password).await?;
        for concerned in self.concerned(account).await? {
            if self.context(concerned.id).await.is_some() {
                self.run(&concerned).await;
            }
        }
        Ok(())
    }

    /// Connects to a data centre the way that an account does, or a login of somebody new. Nothing is
    /// sent there.
    ///
    /// # Errors
    /// The proxy's codes; [`Code::Offline`] and [`Code::Network`] for direct connections.
    pub async fn reach(
        &self,
        account: Option<AccountId>,
        data_centre: SocketAddr,
        limit: Duration,
    ) -> Result<(), EngineError> {
        if let Some(route) = self.house().route(account).await? {
            route.check(data_centre, limit).await?;
            return Ok(());
        }
        let connecting = tokio::net::TcpStream::connect(data_centre);
        match tokio::time::timeout(limit, connecting).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(EngineError::Refused(Code::Offline)),
            Err(_) => Err(EngineError::Refused(Code::Network)),
        }
    }

    async fn password_for(
        &self,
        account: Option<AccountId>,
        proxy: &Proxy,
        given: Option<Zeroizing<String>>,
    ) -> Result<Option<Zeroizing<String>>, EngineError> {
        if given.is_some() || proxy.user.is_none() {
            return Ok(given);
        }
        match self.house().kept_way(account).await? {
            WayOut::Socks5 { proxy: kept } if kept == *proxy => {
                Ok(self.0.house.sessions.password(&setting_of(account)).await)
            }
            _ => Ok(None),
        }
    }

    /// The accounts that a way out counts for: the one, or all that have none of their own.
    async fn concerned(&self, account: Option<AccountId>) -> Result<Vec<Account>, EngineError> {
        let mut concerned = Vec::new();
        for known in self.every_account().await? {
            let counts = match account {
                Some(id) => known.id == id,
                None => self.house().kept_way(Some(known.id)).await? == WayOut::Shared,
            };
            if counts && known.state.has_session() {
                concerned.push(known);
            }
        }
        Ok(concerned)
    }

    /// The data centres that a proxy must reach; where nobody is signed in, Telegram's first.
    async fn targets(&self, account: Option<AccountId>) -> Result<Vec<SocketAddr>, EngineError> {
        let mut targets = Vec::new();
        for concerned in self.concerned(account).await? {
            let id = concerned.id;
            let record = self.store().read(move |reader| reader.connection(id));
            let keys = self.0.house.sessions.of(id).await;
            if let (Some(record), Some(keys)) = (record.await?, keys) {
                targets.extend(reach_of(&record)?.address(keys.home_dc));
            }
        }
        if targets.is_empty() {
            targets.extend(Reach::Telegram.address(0));
        }
        targets.sort_unstable();
        targets.dedup();
        Ok(targets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(host: &str, port: u16) -> Proxy {
        Proxy {
            host: host.to_owned(),
            port,
            user: Some(String::new()),
        }
    }

    #[test]
    fn hosts_are_names_or_addresses() {
        for host in ["proxy.example", " 10.0.0.7 ", "::1", "прокси.рф"] {
            let checked = checked(proxy(host, 1080)).unwrap();
            assert_eq!(checked.host, host.trim());
            assert_eq!(checked.user, None, "an empty name is none");
        }
        for (host, port) in [
            ("", 1080),
            ("socks5://x", 1),
            ("a b", 1),
            ("x", 0),
            ("u@x", 1),
        ] {
            assert!(checked(proxy(host, port)).is_err(), "{host}:{port}");
        }
    }

    #[test]
    fn each_scope_has_a_name_of_its_own() {
        assert_eq!(setting_of(None), "proxy");
        assert_eq!(setting_of(Some(AccountId(7))), "proxy.7");
    }
}
