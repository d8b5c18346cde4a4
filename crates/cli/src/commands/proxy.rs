//! `proxy`: how accounts get out.

use serde_json::json;
use switchboard_api::{NewProxy as Asked, UseCases};
use switchboard_model::{Proxies, Proxy as Shown, WayOut};

use crate::args::{NewProxy, Proxy};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::Out;
use crate::plain;
use crate::secrets::{Echo, typed};

pub(crate) async fn run(place: &mut Place, out: Out, asked: &Proxy) -> Result<Exit, Failure> {
    // Only a check connects, by itself; the accounts need not.
    let proxies = once(place, false, async |client| match asked {
        Proxy::List => Ok(client.proxies().await?),
        Proxy::Check(new) => {
            let answer = client.proxy_check(new.account, of(new).await?).await?;
            out.result(&answer, |answer| {
                let (at, ms) = (&answer.data_centre, answer.round_trip_ms);
                format!("It works: {at} was reached in {ms} ms.")
            })?;
            Ok(client.proxies().await?)
        }
        Proxy::Set(new) => {
            client.proxy_set(new.account, of(new).await?).await?;
            Ok(client.proxies().await?)
        }
        Proxy::Clear(cleared) => {
            let shared = cleared.as_all;
            client.proxy_clear(cleared.account, shared).await?;
            Ok::<Proxies, Failure>(client.proxies().await?)
        }
    })
    .await?;
    if !matches!(asked, Proxy::Check(_)) {
        out.result(&json!({ "proxies": proxies }), |_| lines(&proxies))?;
    }
    Ok(Exit::Done)
}

async fn of(new: &NewProxy) -> Result<Asked, Failure> {
    let password = match &new.user {
        Some(_) => Some(typed("Password of the proxy", Echo::Hidden).await?),
        None => None,
    };
    let (host, port) = new.at.clone();
    Ok(Asked {
        proxy: Shown {
            host,
            port,
            user: new.user.clone(),
        },
        password,
    })
}

fn lines(proxies: &Proxies) -> String {
    let shared = proxies
        .shared
        .as_ref()
        .map_or_else(|| "directly".to_owned(), by);
    let mut text = format!("All accounts go out {shared}.");
    for own in &proxies.own {
        let way = match &own.way {
            WayOut::Shared => continue,
            WayOut::Direct => "directly".to_owned(),
            WayOut::Socks5 { proxy } => by(proxy),
        };
        text.push_str(&format!("\nAccount {} goes out {way}.", own.account));
    }
    text
}

fn by(proxy: &Shown) -> String {
    let host = plain::one_line(&proxy.host, 80);
    let user = proxy.user.as_ref().map_or_else(String::new, |user| {
        format!(" as {}", plain::one_line(user, 40))
    });
    format!("by {host}:{}{user}", proxy.port)
}
