//! A login, step by step.

use switchboard_api::{ApiError, NewLogin, UseCases, Via};
use switchboard_model::{Account, AccountId, Code, CodeWay, Login, LoginStep};

use crate::args::Add;
use crate::client::Client;
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
    let phone = match &add.phone {
        Some(phone) => phone.clone(),
        None => known_phone(client, add.account).await?,
    };
    let request = NewLogin {
        via,
        phone,
        account: add.account,
    };
    let login = client.login_start(request).await?;
    let id = login.id;
    match steps(client, login, add).await {
        Ok(account) => find(client, account).await,
        Err(failure) => {
            // The failure is what matters; a login that is over already cannot be cancelled.
            let _ = client.login_cancel(id).await;
            Err(failure)
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

async fn steps(client: &Client, mut login: Login, add: &Add) -> Result<AccountId, Failure> {
    let (mut code, mut password) = (add.code.clone(), add.password.clone());
    let mut wrong = 0;
    loop {
        let next = match &login.step {
            LoginStep::Done { account } => return Ok(*account),
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
