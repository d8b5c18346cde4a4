//! Ten accounts with years of conversations, live traffic, and connections that are cut again and
//! again: store and server stay equal, and the process takes no more and no more from the machine.
//!
//! What is measured is the program alone: this test binary, started again as [`program`]. The
//! server lives in the test's own process.
#![cfg(target_os = "linux")]

mod samples;
mod traffic;

use std::io::{Read, stdin};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use samples::{Sample, check, show};
use support::compare::{in_store, in_world};
use support::wait::within;
use support::{count, now_ms, open, profile, sandbox, synced_within};
use switchboard_api::UseCases;
use switchboard_api::process::{Attached, Entry, HolderKind, Server, enter, logs};
use switchboard_model::{Account, AccountState};
use switchboard_sandbox::Sandbox;
use switchboard_sandbox::worlds::{Load, load};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{MissedTickBehavior, interval};
use traffic::Traffic;

/// As the programs have it: what is measured is how much they take.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const FOLDER: &str = "SWITCHBOARD_PROGRAM_FOLDER";
/// What the program says once it answers.
const READY: &str = "the program is ready";
/// How often connections are cut before anything is measured.
const WARM_UPS: usize = 3;
/// Updates a second, over all accounts.
const PACE: u32 = 50;

/// How much of everything.
struct Plan {
    world: Load,
    /// How long the first sync may take.
    filling: Duration,
    /// How long there is traffic.
    lasts: Duration,
    /// Between two cuts of every account's connection.
    cuts: Duration,
    /// How long the accounts may take to catch up at the end.
    settling: Duration,
    /// By how much memory may grow once a sixth of the time is over, in percent. A minute is too
    /// short to tell page caches that fill, and peaks that the allocator keeps, from what grows for
    /// good; an hour is not.
    growth: u64,
}

impl Plan {
    fn asked() -> Self {
        let seconds = |small, full| {
            let seconds = u64::try_from(count(small, full)).expect("a small number");
            Duration::from_secs(seconds)
        };
        Self {
            world: Load {
                accounts: 10,
                chats: count(2_000, 100_000),
                messages: count(20_000, 1_000_000),
            },
            filling: seconds(90, 7_200),
            lasts: seconds(60, 3_600),
            cuts: seconds(10, 60),
            settling: seconds(45, 600),
            growth: u64::try_from(count(60, 10)).expect("a small number"),
        }
    }
}

/// The program under test: opens the workspace and serves it until its input ends.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the journey as a process of its own"]
async fn program() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let entered = enter(&folder, HolderKind::Run).await;
    let Ok(Entry::Here(holding)) = entered else {
        panic!("somebody else holds the workspace");
    };
    let desk = open(&folder).await;
    let server = Server::start(holding, desk).await;
    let server = server.expect("it can be served");
    logs::start(&folder).expect("it can be logged");
    println!("{READY}");
    let over = tokio::task::spawn_blocking(|| stdin().read_to_end(&mut Vec::new()));
    over.await.expect("it waits").expect("the input ends");
    server.close().await;
}

/// Starts the program and attaches to it.
async fn start(folder: &Path) -> (Child, Attached) {
    let mut child = Command::new(std::env::current_exe().expect("this binary"))
        .args(["--ignored", "--exact", "--nocapture", "program"])
        .env(FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("this binary can be started");
    let said = child.stdout.take().expect("it is piped");
    let mut said = BufReader::new(said).lines();
    while let Some(line) = said.next_line().await.expect("it is text") {
        if line.contains(READY) {
            break;
        }
    }
    // What else it says is nobody's concern, but it must be able to say it.
    tokio::spawn(async move { while let Ok(Some(_)) = said.next_line().await {} });
    let entered = enter(folder, HolderKind::Command).await;
    let Ok(Entry::Attached(attached)) = entered else {
        panic!("the program does not answer");
    };
    (child, attached)
}

/// A workspace whose accounts are synced, at rest.
async fn filled(plan: &Plan, sandbox: &Sandbox, folder: &Path) {
    let desk = open(folder).await;
    desk.profile_add(profile(sandbox))
        .await
        .expect("the profile is taken");
    synced_within(&desk, plan.filling).await;
    desk.close().await;
}

/// What the program keeps for good it has taken after this: every connection was cut and came back
/// some times, and every chat was read.
async fn warmed_up(plan: &Plan, sandbox: &Sandbox, program: &Attached) {
    for _ in 0..WARM_UPS {
        let before = program.accounts().await.expect("they are read");
        for account in &before {
            sandbox.drop_connections(account.user_id);
        }
        within(plan.settling, "every account is back", async || {
            let now = program.accounts().await.expect("they are read");
            for account in now.iter().filter(|account| waits(account)) {
                let hurried = program.account_retry(account.id).await;
                hurried.expect("it may hurry");
            }
            let is_back = |(before, now): (&Account, &Account)| {
                now.state == AccountState::Online && now.since_ms > before.since_ms
            };
            before.iter().zip(&now).all(is_back).then_some(())
        })
        .await;
        synced_within(program, plan.settling).await;
    }
    equal(plan, sandbox, program).await;
}

fn waits(account: &Account) -> bool {
    matches!(account.state, AccountState::Waiting { .. })
}

/// Lets traffic flow and cuts connections, and looks at the process every second.
async fn live(
    plan: &Plan,
    sandbox: &Sandbox,
    users: &[i64],
    look: impl Fn() -> Sample,
) -> Vec<Sample> {
    let seen: Vec<_> = users
        .iter()
        .map(|user| (*user, sandbox.snapshot(*user)))
        .collect();
    let mut traffic = Traffic::over(&seen);
    let mut samples = Vec::new();
    let mut cut = 0;
    let mut updates = interval(Duration::from_secs(1) / PACE);
    updates.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut looks = interval(Duration::from_secs(1));
    let mut cuts = interval(plan.cuts);
    cuts.tick().await;
    let over = Instant::now() + plan.lasts;
    while Instant::now() < over {
        tokio::select! {
            _ = updates.tick() => traffic.step(sandbox),
            _ = looks.tick() => samples.push(look()),
            _ = cuts.tick() => {
                cut += users.iter().map(|user| sandbox.drop_connections(*user)).sum::<usize>();
            }
        }
    }
    println!("{} updates, {cut} connections cut", traffic.updates);
    let expected = u64::from(PACE) * plan.lasts.as_secs() * 9 / 10;
    assert!(
        traffic.updates as u64 >= expected,
        "the machine is too slow for the traffic"
    );
    assert!(cut >= users.len(), "connections were there to be cut");
    samples
}

/// Waits until what the program stores is what the server has, for every account.
async fn equal(plan: &Plan, sandbox: &Sandbox, program: &Attached) {
    let until = Instant::now() + plan.settling;
    for account in program.accounts().await.expect("they are read") {
        let expected = in_world(account.user_id, &sandbox.snapshot(account.user_id), &[]);
        loop {
            let stored = in_store(program, account.id).await;
            let differences = stored.differences(&expected);
            if differences.is_empty() {
                break;
            }
            let number = differences.len();
            // From all over: what is only here comes first, what is only there last.
            let shown: Vec<_> = differences.iter().step_by(number.div_ceil(24)).collect();
            let user = account.user_id;
            assert!(
                Instant::now() < until,
                "{number} differences of {user}: {shown:#?}"
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_accounts_under_live_traffic_stay_equal_and_take_no_more() {
    let plan = Plan::asked();
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("main");
    let sandbox = sandbox(load(7, now_ms(), plan.world)).await;
    filled(&plan, &sandbox, &place).await;

    let (mut child, program) = start(&place).await;
    let process = child.id().expect("it lives");
    synced_within(&program, plan.settling).await;
    warmed_up(&plan, &sandbox, &program).await;
    let accounts = program.accounts().await.expect("they are read");
    let users: Vec<_> = accounts.iter().map(|account| account.user_id).collect();
    assert_eq!(users.len(), plan.world.accounts);
    let began = Instant::now();
    let look = || Sample::of(process, &place, began.elapsed());
    let samples = live(&plan, &sandbox, &users, look).await;
    show(&samples);

    synced_within(&program, plan.settling).await;
    equal(&plan, &sandbox, &program).await;
    drop(child.stdin.take());
    let ended = child.wait().await.expect("it ends");
    assert!(ended.success(), "{ended}");
    check(&samples, plan.lasts, plan.growth);
}
