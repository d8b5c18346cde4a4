//! Grammar of `proxy`.

use clap::{Args as ClapArgs, Subcommand};
use switchboard_model::AccountId;

use super::account;

/// SOCKS5 proxies. A password is asked for on standard input, or at the terminal.
#[derive(Debug, Subcommand)]
pub(crate) enum Proxy {
    /// Show the ways out, without passwords.
    List,
    /// Connect by a proxy to the data centre of an account, or of all; nothing is kept.
    Check(NewProxy),
    /// Check a proxy, then go out by it: one account, or all that have no way of their own.
    Set(NewProxy),
    /// Go out directly again: one account, or all that have no way of their own.
    Clear(Cleared),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NewProxy {
    /// Its host and port, such as 192.0.2.1:1080 or proxy.example:1080.
    #[arg(value_name = "HOST:PORT", value_parser = host_and_port)]
    pub(crate) at: (String, u16),
    /// Its user; the password is asked for then.
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// Only for this account.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<AccountId>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Cleared {
    /// Only this account.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<AccountId>,
    /// The account goes out as all do, instead of directly.
    #[arg(long, requires = "account")]
    pub(crate) as_all: bool,
}

/// Splits at the last colon; an IPv6 address stands in brackets.
fn host_and_port(text: &str) -> Result<(String, u16), String> {
    let wrong = || "host and port are needed, such as 192.0.2.1:1080".to_owned();
    let (host, port) = text.rsplit_once(':').ok_or_else(wrong)?;
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').ok_or_else(wrong)?,
        None if host.contains(':') => return Err(wrong()),
        None => host,
    };
    let port: u16 = port.parse().map_err(|_| wrong())?;
    if host.is_empty() || port == 0 {
        return Err(wrong());
    }
    Ok((host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::host_and_port;

    #[test]
    fn hosts_and_ports_are_told_apart() {
        let of = |text| host_and_port(text).ok();
        let proxy = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(of("192.0.2.1:1080"), proxy("192.0.2.1", 1_080));
        assert_eq!(of("proxy.example:9"), proxy("proxy.example", 9));
        assert_eq!(of("[2001:db8::1]:1080"), proxy("2001:db8::1", 1_080));
        for wrong in [
            "192.0.2.1",
            ":1080",
            "a:0",
            "a:70000",
            "2001:db8::1:1080",
            "[a:1",
        ] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
