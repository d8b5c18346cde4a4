//! The account's sessions (<https://core.telegram.org/api/auth#authorized-sessions>).

use grammers_tl_types::{enums, functions, types};
use switchboard_model::{AccountSession, Code};

use crate::{CallError, Link};

impl Link {
    /// Every session of the account, this one first.
    ///
    /// # Errors
    /// Those of the network.
    pub async fn sessions(&self) -> Result<Vec<AccountSession>, CallError> {
        let enums::account::Authorizations::Authorizations(answer) =
            self.call(&functions::account::GetAuthorizations {}).await?;
        let mut sessions: Vec<_> = answer.authorizations.into_iter().map(session).collect();
        sessions.sort_by_key(|session| (!session.current, -session.active_ms));
        Ok(sessions)
    }

    /// Ends another session, named by [`AccountSession::hash`].
    ///
    /// # Errors
    /// [`CallError::Login`] with `NotFound` where there is none of that name, and with
    /// `SessionTooFresh` while the account's own session is younger than a day.
    pub async fn end_session(&self, hash: &str) -> Result<(), CallError> {
        let hash = hash.parse().map_err(|_| CallError::Login(Code::NotFound))?;
        let request = functions::account::ResetAuthorization { hash };
        match self.call(&request).await? {
            true => Ok(()),
            false => Err(CallError::Login(Code::NotFound)),
        }
    }
}

fn session(enums::Authorization::Authorization(found): enums::Authorization) -> AccountSession {
    let types::Authorization {
        current,
        official_app,
        password_pending,
        unconfirmed,
        hash,
        app_name,
        app_version,
        device_model,
        platform,
        system_version,
        ip,
        country,
        region,
        date_created,
        date_active,
        ..
    } = found;
    AccountSession {
        hash: hash.to_string(),
        current,
        official: official_app,
        password_pending,
        unconfirmed,
        app: joined(" ", [app_name, app_version]),
        device: joined(" ", [device_model]),
        system: joined(" ", [platform, system_version]),
        ip: joined(" ", [ip]),
        place: joined(", ", [region, country]),
        created_ms: i64::from(date_created) * 1_000,
        active_ms: i64::from(date_active) * 1_000,
    }
}

/// What was told of several things, in one line.
fn joined<const N: usize>(between: &str, parts: [String; N]) -> String {
    let told = parts.iter().map(|part| part.trim());
    let told: Vec<_> = told.filter(|part| !part.is_empty()).collect();
    told.join(between)
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn what_was_not_told_leaves_no_gap() {
        let parts = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        assert_eq!(
            joined(", ", parts("Bavaria", "Germany")),
            "Bavaria, Germany"
        );
        assert_eq!(joined(", ", parts("", "Germany")), "Germany");
        assert_eq!(joined(" ", parts("", "")), "");
    }
}
