//! Everything goes by the proxy, or not at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use common::{account_keys, profile, sandbox, with_keys};
use switchboard_model::PeerId;
use switchboard_sandbox::Socks5;
use switchboard_sandbox::worlds::ids;
use switchboard_telegram::{CallError, Link, Proxy, ProxyError, ProxyRoute, Setup};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const LIMIT: Duration = Duration::from_secs(2);
/// Every character that is allowed beside letters and digits.
const PASSWORD: &str = "-._~!$&'()*+,";

async fn route(at: SocketAddr, login: Option<(&str, &str)>) -> ProxyRoute {
    let proxy = Proxy {
        host: at.ip().to_string(),
        port: at.port(),
        login: login.map(|(user, password)| (user.to_owned(), password.to_owned().into())),
    };
    proxy.resolve(LIMIT).await.unwrap()
}

#[tokio::test]
async fn an_account_lives_behind_a_proxy_with_a_password() {
    let (sandbox, _clock) = sandbox().await;
    let server = Socks5::start(Some(("olga", PASSWORD))).await.unwrap();
    let setup = Setup {
        proxy: Some(route(server.address(), Some(("olga", PASSWORD))).await),
        ..with_keys(&sandbox, account_keys(&sandbox))
    };
    let (link, _updates, _signals) = Link::open(setup).unwrap();
    assert_eq!(link.me().await.unwrap().peer, PeerId::user(ids::ACCOUNT));
    assert_eq!(server.tunnels(), 1);
}

#[tokio::test]
async fn without_its_proxy_an_account_does_not_go_out() {
    let (sandbox, _clock) = sandbox().await;
    let server = Socks5::start(None).await.unwrap();
    server.forbid(true);
    let setup = Setup {
        proxy: Some(route(server.address(), None).await),
        ..with_keys(&sandbox, account_keys(&sandbox))
    };
    let (link, _updates, _signals) = Link::open(setup).unwrap();
    assert_eq!(link.me().await.unwrap_err(), CallError::Offline);
    let gone = server.address();
    drop(server);
    let setup = Setup {
        proxy: Some(route(gone, None).await),
        ..with_keys(&sandbox, account_keys(&sandbox))
    };
    let (link, _updates, _signals) = Link::open(setup).unwrap();
    assert_eq!(link.me().await.unwrap_err(), CallError::Offline);
    assert_eq!(sandbox.connections(ids::ACCOUNT), 0);
}

#[tokio::test]
async fn a_check_tells_what_is_wrong() {
    let (sandbox, _clock) = sandbox().await;
    let target = profile(&sandbox).addresses()[0];
    let open = Socks5::start(None).await.unwrap();
    let took = route(open.address(), None).await.check(target, LIMIT).await;
    assert!(took.unwrap() < LIMIT);

    let locked = Socks5::start(Some(("olga", "sesame"))).await.unwrap();
    for login in [None, Some(("olga", "wrong")), Some(("oleg", "sesame"))] {
        let denied = route(locked.address(), login).await;
        let denied = denied.check(target, LIMIT).await.unwrap_err();
        assert_eq!(denied, ProxyError::Denied, "{login:?}");
    }

    open.forbid(true);
    let blocked = route(open.address(), None).await;
    let blocked = blocked.check(target, LIMIT).await.unwrap_err();
    assert_eq!(blocked, ProxyError::Blocked);

    let gone = open.address();
    drop(open);
    let absent = route(gone, None).await.check(target, LIMIT).await;
    assert_eq!(absent.unwrap_err(), ProxyError::Absent);
}

#[tokio::test]
async fn what_is_no_proxy_is_told_apart_from_one_that_is_silent() {
    let target = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 9);
    let web = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = web.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = web.accept().await {
            let mut some = [0; 3];
            client.read_exact(&mut some).await.unwrap();
            client
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .await
                .unwrap();
        }
    });
    let other = route(address, None).await.check(target, LIMIT).await;
    assert_eq!(other.unwrap_err(), ProxyError::NotSocks5);

    let mute = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let silent = route(mute.local_addr().unwrap(), None).await;
    let short = Duration::from_millis(200);
    let silent = silent.check(target, short).await.unwrap_err();
    assert_eq!(silent, ProxyError::Silent);
}

#[tokio::test]
async fn a_host_without_an_address_and_a_login_that_cannot_be_carried() {
    let proxy = |host: &str, password: &str| Proxy {
        host: host.to_owned(),
        port: 1080,
        login: Some((String::from("olga"), password.to_owned().into())),
    };
    let nowhere = proxy("nowhere.invalid", "sesame").resolve(LIMIT).await;
    assert!(
        matches!(nowhere, Err(ProxyError::Absent | ProxyError::Silent)),
        "{nowhere:?}"
    );
    let unusable = proxy("127.0.0.1", "p@ss:word").resolve(LIMIT).await;
    assert_eq!(unusable.unwrap_err(), ProxyError::Login);
}
