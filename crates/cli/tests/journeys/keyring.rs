//! Whatever the system's keyring does: the command line says it in its sentence and exit code, and a
//! passphrase or recovery code that was set up opens the workspace all the same.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use switchboard_testbed::Session;

use crate::program::Said;

const PASSPHRASE: &str = "open sesame";
/// Somebody has to do something before it goes on.
const NEEDS_YOU: i32 = 3;

/// What the keyring may do, with the code and the sentence of a workspace that it alone opens.
const LOCKED: (&str, &str) = (
    "keyring_locked",
    "The system keyring is locked. Unlock it, or give the passphrase, then try again.",
);
const ABSENT: (&str, &str) = ("keyring_absent", "No system keyring answers. ");
const NOT_ITS_KEY: (&str, &str) = (
    "keyring_wrong_item",
    "The keyring's key does not open this workspace. Restore the right keyring, or give the \
     passphrase.",
);
/// What is said where something typed would help.
const TO_BE_TYPED: (&str, &str) = (
    "passphrase_needed",
    "A passphrase or the recovery code is needed. Set SWITCHBOARD_PASSPHRASE or type it.",
);

/// A data folder in a session.
struct Place<'a> {
    session: &'a Session,
    data: PathBuf,
}

impl<'a> Place<'a> {
    fn new(session: &'a Session, name: &str) -> Self {
        let data = session.home().join(name);
        Self { session, data }
    }

    fn command(&self, args: &[&str], secret: Option<&str>) -> Command {
        let mut command = self.session.command(env!("CARGO_BIN_EXE_switchboard-cli"));
        command
            .args(args)
            .env("SWITCHBOARD_DATA_DIR", &self.data)
            .env_remove("SWITCHBOARD_PASSPHRASE")
            .env_remove("SWITCHBOARD_NEW_PASSPHRASE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(secret) = secret {
            command.env("SWITCHBOARD_PASSPHRASE", secret);
        }
        command
    }

    fn run(&self, args: &[&str], secret: Option<&str>) -> Said {
        let output = self.command(args, secret).output();
        output.expect("the program starts").into()
    }

    /// By which way the workspace opens; it is made where there is none.
    fn opened_by(&self, secret: Option<&str>) -> String {
        let slots = self.run(&["keys", "list", "--json"], secret).done().json();
        slots["opened_by"].as_str().unwrap().to_owned()
    }

    /// It does not open, and says why.
    fn refused(&self, (code, sentence): (&str, &str), secret: Option<&str>) {
        let said = self.run(&["keys", "list"], secret).failed(NEEDS_YOU);
        assert!(said.err.contains(sentence), "{said:?}");
        assert_eq!(said.out, "");
        let said = self.run(&["keys", "list", "--json"], secret);
        assert_eq!(said.exit, NEEDS_YOU, "{said:?}");
        assert!(said.err.contains(&format!("\"{code}\"")), "{said:?}");
    }

    fn set_passphrase(&self) {
        let mut command = self.command(&["keys", "passphrase"], None);
        command.env("SWITCHBOARD_NEW_PASSPHRASE", PASSPHRASE);
        Said::from(command.output().unwrap()).done();
    }

    /// Makes a recovery code, and types back what is asked of it.
    fn make_recovery_code(&self) -> String {
        let mut child = self
            .command(&["keys", "recovery", "--json"], None)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let shown: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let code = shown["code"].as_str().unwrap();
        let groups: Vec<_> = code.split('-').collect();
        let mut stdin = child.stdin.take().unwrap();
        for asked in shown["groups"].as_array().unwrap() {
            let group = usize::try_from(asked.as_u64().unwrap()).unwrap();
            writeln!(stdin, "{}", groups[group - 1]).unwrap();
        }
        drop(stdin);
        let slots = lines.next().unwrap().unwrap();
        assert!(slots.contains("\"recovery\""), "{slots}");
        assert!(child.wait().unwrap().success());
        code.to_owned()
    }

    /// Service and entry of the workspace's item in the keyring.
    fn item(&self) -> (String, String) {
        let keys = fs::read(self.data.join("main").join("keys.json")).unwrap();
        let keys: Value = serde_json::from_slice(&keys).unwrap();
        let slots = keys["body"]["slots"].as_array().unwrap();
        let item = slots.iter().find(|slot| slot["kind"] == "keyring").unwrap();
        let text = |name: &str| item[name].as_str().unwrap().to_owned();
        (text("service"), text("entry"))
    }
}

/// Removes an item of the session's keyring.
fn remove_item(session: &Session, service: &str, entry: &str) {
    let mut command = session.command("secret-tool");
    command.args(["clear", "service", service, "username", entry]);
    assert!(command.status().unwrap().success(), "it was there");
}

/// Puts another secret into the place of an item.
fn replace_item(session: &Session, service: &str, entry: &str, secret: &str) {
    remove_item(session, service, entry);
    let mut child = session
        .command("secret-tool")
        .args(["store", "--label=Switchboard"])
        .args(["service", service, "username", entry])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(secret.as_bytes()).unwrap();
    drop(stdin);
    assert!(child.wait().unwrap().success(), "it is kept");
}

#[test]
fn whatever_the_keyring_does_is_said_and_what_was_set_up_beside_it_opens() {
    let Some(session) = Session::start(&["secret-tool"]) else {
        return;
    };
    let unlocked = session.keyring(true);
    let alone = Place::new(&session, "alone");
    assert_eq!(alone.opened_by(None), "keyring");
    let three = Place::new(&session, "three");
    assert_eq!(three.opened_by(None), "keyring");
    three.set_passphrase();
    let code = three.make_recovery_code();
    assert_eq!(three.opened_by(None), "keyring");

    let expect = |of_keyring: (&str, &str)| {
        alone.refused(of_keyring, None);
        three.refused(TO_BE_TYPED, None);
        three.refused(
            (
                "passphrase_wrong",
                "The passphrase or recovery code is wrong.",
            ),
            Some("wrong"),
        );
        assert_eq!(three.opened_by(Some(PASSPHRASE)), "passphrase");
        assert_eq!(three.opened_by(Some(&code)), "recovery");
    };
    drop(unlocked);
    expect(ABSENT);
    let locked = session.keyring(false);
    expect(LOCKED);
    drop(locked);

    let _unlocked = session.keyring(true);
    assert_eq!(alone.opened_by(None), "keyring", "as it was before");
    let items = [alone.item(), three.item()];
    for (service, entry) in &items {
        replace_item(&session, service, entry, &"0".repeat(64));
    }
    expect(NOT_ITS_KEY);
    for (service, entry) in &items {
        remove_item(&session, service, entry);
    }
    expect(NOT_ITS_KEY);

    // Opened by another way, it puts its key back.
    three
        .run(&["keys", "keyring", "on"], Some(PASSPHRASE))
        .done();
    assert_eq!(three.opened_by(None), "keyring");
}
