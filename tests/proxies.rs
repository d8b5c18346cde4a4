//! Accounts go out by their proxy, or not at all.

use support::wait::until;
use support::{Scene, account_of, now_ms, open, profile, sandbox, state_of, synced};
use switchboard_api::{Desk, NewLogin, NewProxy, UseCases, Via};
use switchboard_model::{AccountId, AccountState, Code, LoginStep, Proxy, WayOut};
use switchboard_sandbox::Socks5;
use switchboard_sandbox::worlds::{CODE, ids, small};

fn through(server: &Socks5, login: Option<(&str, &str)>) -> NewProxy {
    NewProxy {
        proxy: Proxy {
            host: server.address().ip().to_string(),
            port: server.address().port(),
            user: login.map(|(user, _)| user.to_owned()),
        },
        password: login.map(|(_, password)| password.to_owned()),
    }
}

async fn online(desk: &Desk, account: AccountId) {
    until("the account is online", async || {
        state_of(desk, account).await == AccountState::Online
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_is_checked_then_used_and_outlasts_the_program() {
    let scene = Scene::small().await;
    let (desk, account) = (&scene.desk, scene.account);
    let login = Some(("olga", "sesame"));
    let server = Socks5::start(login).await.expect("a free port");
    for (tried, expected) in [
        (through(&server, None), Code::ProxyLoginWrong),
        (
            through(&server, Some(("olga", "no"))),
            Code::ProxyLoginWrong,
        ),
        (
            through(&server, Some(("olga", "p@ss"))),
            Code::ProxyLoginUnusable,
        ),
    ] {
        let refused = desk.proxy_set(None, tried).await;
        assert_eq!(refused.expect_err("it is checked").code, expected);
    }
    assert_eq!(desk.proxies().await.expect("proxies").shared, None);
    assert_eq!(server.tunnels(), 0);

    let good = through(&server, login);
    let checked = desk.proxy_check(Some(account), good.clone()).await;
    let checked = checked.expect("it works");
    assert_eq!(checked.data_centre, scene.sandbox.profile().dc[1].address);
    let before = server.tunnels();
    desk.proxy_set(None, good.clone())
        .await
        .expect("it is kept");
    online(desk, account).await;
    // It is checked by one tunnel; the account's own is another.
    until("the account goes by it", async || {
        server.tunnels() >= before + 2
    })
    .await;
    let kept = desk.proxies().await.expect("proxies");
    assert_eq!(kept.shared.as_ref(), Some(&good.proxy));

    // The password is kept for this very proxy, and nowhere in plain settings.
    let again = NewProxy {
        password: None,
        ..good
    };
    let again = desk.proxy_check(None, again).await;
    again.expect("the kept password counts");
    let folder = scene.folder.path().join("main");
    scene.desk.close().await;
    let tunnels = server.tunnels();
    let desk = open(&folder).await;
    online(&desk, account).await;
    assert!(server.tunnels() > tunnels, "the next start goes by it too");

    // Without the proxy there is no way out.
    drop(server);
    scene.sandbox.drop_connections(ids::ACCOUNT);
    until("the account waits", async || {
        matches!(state_of(&desk, account).await, AccountState::Waiting { .. })
    })
    .await;
    assert_eq!(scene.sandbox.connections(ids::ACCOUNT), 0);
    let findings = desk.doctor().await.expect("findings");
    let network: Vec<_> = findings.iter().filter(|f| f.check == "network").collect();
    assert!(network.iter().all(|finding| !finding.ok), "{network:?}");
    desk.proxy_clear(None, false).await.expect("it is dropped");
    online(&desk, account).await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_a_way_of_its_own() {
    let scene = Scene::small().await;
    let (desk, account) = (&scene.desk, scene.account);
    let server = Socks5::start(None).await.expect("a free port");
    let proxy = through(&server, None);
    desk.proxy_set(Some(account), proxy.clone())
        .await
        .expect("it works");
    synced(desk).await;
    let tunnels = server.tunnels();
    assert!(tunnels >= 2, "the check and the account");
    let own = desk.proxies().await.expect("proxies").own;
    let way = WayOut::Socks5 { proxy: proxy.proxy };
    assert_eq!(own.first().map(|own| &own.way), Some(&way));

    desk.proxy_clear(Some(account), true).await.expect("as all");
    synced(desk).await;
    scene.equal().await;
    assert_eq!(server.tunnels(), tunnels, "it goes out directly again");
    assert!(desk.proxies().await.expect("proxies").own.is_empty());
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_login_goes_by_the_proxy_of_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let desk = open(folder.path()).await;
    let server = Socks5::start(None).await.expect("a free port");
    desk.profile_add(profile(&sandbox)).await.expect("accounts");
    synced(&desk).await;
    desk.proxy_set(None, through(&server, None))
        .await
        .expect("it works");
    synced(&desk).await;
    let request = NewLogin {
        via: Via::Profile {
            profile: profile(&sandbox),
        },
        phone: ids::PHONE_PLAIN.to_owned(),
        account: None,
    };
    server.forbid(true);
    let blocked = desk.login_start(request.clone()).await;
    assert_eq!(blocked.expect_err("no way").code, Code::Offline);
    server.forbid(false);
    let tunnels = server.tunnels();
    let login = desk.login_start(request).await.expect("a code is sent");
    assert_eq!(server.tunnels(), tunnels + 1);
    let login = desk.login_code(login.id, CODE.into()).await;
    assert!(matches!(
        login.expect("the code is right").step,
        LoginStep::Done { .. }
    ));
    synced(&desk).await;
    account_of(&desk, ids::PLAIN).await;
    desk.close().await;
}
