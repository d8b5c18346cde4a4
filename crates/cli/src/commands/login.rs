//! A login, step by step.

use switchboard_api::process::EventSource;
use switchboard_api::qr::Squares;
use switchboard_api::{ApiError, NewLogin, NewQrLogin, UseCases, Via};
use switchboard_model::{Account, AccountId, Code, CodeWay, Login, LoginStep};

use crate::args::Add;
use crate::client::{Client, Events};
use crate::failure::Failure;
use crate::out::note;
use crate::plain;
use crate::secrets::{Echo, typed};
use crate::words;

/// Answers that may be wrong before the command gives up.
const TRIES: u32 = 3;
/// Typed in place of a code, asks for another one.
const RESEND: &str = "resend";

/// Logs in and returns the account.
pub(crate) async fn run(client: &Client, via: Via, add: &Add) -> Result<Account, Failure> {
    let mut events = client.listen().await?;
    let login = match add.qr {
        true => {
            let account = add.account;
            client.login_qr_start(NewQrLogin { via, account }).await?
        }
        false => begun(client, via, add).await?,
    };
    let id = login.id;
    match steps(client, &mut events, login, add).await {
        Ok(account) => find(client, account).await,
        // What was not given yet may be given by the next command.
        Err(failure @ Failure::Usage(_)) if !add.qr => Err(failure),
        Err(failure) => {
            // The failure is what matters; a login that is over already cannot be cancelled.
            let _ = client.login_cancel(id).await;
            Err(failure)
        }
    }
}

/// The login of this number that was left, or a new one.
async fn begun(client: &Client, via: Via, add: &Add) -> Result<Login, Failure> {
    let phone = match &add.phone {
        Some(phone) => phone.clone(),
        None => known_phone(client, add.account).await?,
    };
    let digits = |phone: &str| {
        phone
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let left = client.logins().await?.into_iter().rfind(|login| {
        let number = login.phone.as_deref().map(digits);
        number == Some(digits(&phone)) && login.account == add.account
    });
    match left {
        Some(login) => {
            note("Going on with the login that was begun before.");
            Ok(login)
        }
        None => {
            let account = add.account;
            let request = NewLogin {
                via,
                phone,
                account,
            };
            Ok(client.login_start(request).await?)
        }
    }
}

async fn known_phone(client: &Client, again: Option<AccountId>) -> Result<String, Failure> {
    let known = match again {
        Some(id) => find(client, id).await?.phone,
        None => None,
    };
    match known {
        Some(phone) => Ok(phone),
        None => typed("Phone number", Echo::Shown).await,
    }
}

async fn find(client: &Client, id: AccountId) -> Result<Account, Failure> {
    let accounts = client.accounts().await?;
    accounts
        .into_iter()
        .find(|account| account.id == id)
        .ok_or_else(|| Code::NotFound.into())
}

async fn steps(
    client: &Client,
    events: &mut Events,
    mut login: Login,
    add: &Add,
) -> Result<AccountId, Failure> {
    let (mut code, mut password) = (add.code.clone(), add.password.clone());
    let mut wrong = 0;
    loop {
        let next = match &login.step {
            LoginStep::Done { account } => return Ok(*account),
            LoginStep::SignUpNeeded => return Err(Code::SignUpNeeded.into()),
            LoginStep::Failed { code } => return Err((*code).into()),
            LoginStep::Qr { url, .. } => {
                show(url)?;
                moved(client, events, &login).await?
            }
            LoginStep::Code {
                way, length, next, ..
            } => match code.take() {
                Some(given) => client
                    .login_code(login.id, given)
                    .await
                    .map_err(Failure::from)?,
                None => match code_typed(client, &login, *way, *length, *next).await {
                    Err(Failure::Api(error)) => again(error, &mut wrong, &login)?,
                    other => other?,
                },
            },
            LoginStep::Password { hint } => match password.take() {
                Some(given) => client.login_password(login.id, given).await?,
                None => match password_typed(client, &login, hint.as_deref()).await {
                    Err(Failure::Api(error)) => again(error, &mut wrong, &login)?,
                    other => other?,
                },
            },
        };
        login = next;
    }
}

/// Draws a QR code on standard error, two rows of squares to a line. The light squares are drawn,
/// so that on a terminal's dark ground the code is dark on light.
fn show(url: &str) -> Result<(), Failure> {
    let squares = Squares::of(url).ok_or(Code::Internal)?;
    let light = |row: Option<&Vec<bool>>, x: usize| {
        !row.and_then(|row| row.get(x)).copied().unwrap_or(false)
    };
    let width = squares.rows().len();
    let mut text = String::new();
    let edge = || "\u{2588}".repeat(width + 4) + "\n";
    text.push_str(&edge());
    for pair in squares.rows().chunks(2) {
        text.push_str("\u{2588}\u{2588}");
        text.extend(
            (0..width).map(|x| match (light(pair.first(), x), light(pair.get(1), x)) {
                (true, true) => '\u{2588}',
                (true, false) => '\u{2580}',
                (false, true) => '\u{2584}',
                (false, false) => ' ',
            }),
        );
        text.push_str("\u{2588}\u{2588}\n");
    }
    text.push_str(&edge());
    note(&text);
    note(&format!(
        "Read this in an official app: Settings, Devices, Link Desktop Device. It changes every \
         half minute.\n{url}"
    ));
    Ok(())
}

/// The login as soon as it waits for something else.
async fn moved(client: &Client, events: &mut Events, before: &Login) -> Result<Login, Failure> {
    loop {
        let login = client.login(before.id).await?;
        if login.step != before.step {
            return Ok(login);
        }
        if events.next().await.is_none() {
            return Err(Code::LoginGone.into());
        }
    }
}

/// A wrong answer that was typed may be typed again.
fn again(error: ApiError, wrong: &mut u32, login: &Login) -> Result<Login, Failure> {
    *wrong += 1;
    let may_repeat = matches!(error.code, Code::CodeInvalid | Code::PasswordInvalid);
    if !may_repeat || *wrong >= TRIES {
        return Err(error.into());
    }
    note(&words::sentence(&error));
    Ok(login.clone())
}

async fn code_typed(
    client: &Client,
    login: &Login,
    way: CodeWay,
    length: Option<u32>,
    next: Option<CodeWay>,
) -> Result<Login, Failure> {
    let length = length
        .map(|length| format!(", {length} characters"))
        .unwrap_or_default();
    note(&format!(
        "Telegram sent a login code {}{length}.",
        words::way(way)
    ));
    if let Some(next) = next {
        note(&format!(
            "Type \"{RESEND}\" to have it sent {}.",
            words::way(next)
        ));
    }
    let code = typed("Code", Echo::Shown).await?;
    match code == RESEND {
        true => Ok(client.login_resend(login.id).await?),
        false => Ok(client.login_code(login.id, code).await?),
    }
}

async fn password_typed(
    client: &Client,
    login: &Login,
    hint: Option<&str>,
) -> Result<Login, Failure> {
    if let Some(hint) = hint {
        note(&format!(
            "Hint of the password: {}",
            plain::one_line(hint, 100)
        ));
    }
    let password = typed("Two-step verification password", Echo::Hidden).await?;
    Ok(client.login_password(login.id, password).await?)
}
