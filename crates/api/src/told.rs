//! What the log hears of a use case that failed: its code, and its detail where that quotes nobody.

use switchboard_model::Code;

use crate::ApiError;

impl ApiError {
    /// Writes this into the log, under the name of what was asked for. Once, where it leaves the
    /// workspace's own process: whoever it was answered to has no log here.
    pub fn log(&self, asked: &str) {
        let code = self.code;
        let detail = match quotes(code) {
            true => "",
            false => self.detail.as_str(),
        };
        match is_trouble(code) {
            true => tracing::warn!(asked, ?code, detail, "failed"),
            false => tracing::info!(asked, ?code, detail, "refused"),
        }
    }
}

/// Details that may hold words out of a file or a template, which are the operator's own.
const fn quotes(code: Code) -> bool {
    matches!(
        code,
        Code::FileUnreadable | Code::ImportUnreadable | Code::UnknownVariable
    )
}

/// What an operator cannot bring about by a slip: somebody will look for its cause.
const fn is_trouble(code: Code) -> bool {
    matches!(
        code,
        Code::Internal
            | Code::Damaged
            | Code::NewerVersion
            | Code::ReadOnly
            | Code::DiskFull
            | Code::KeyringWrongItem
            | Code::BackupDamaged
            | Code::BackupForeign
            | Code::Refused
    )
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Write};
    use std::sync::{Arc, Mutex};

    use tracing::field::{Field, Visit};
    use tracing::{Event, Level, Subscriber};
    use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

    use super::*;

    #[derive(Clone, Default)]
    struct Heard(Arc<Mutex<Vec<(Level, String)>>>);

    struct Said(String);

    impl Visit for Said {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, "{}={value:?} ", field.name()).expect("a string takes all");
        }
    }

    impl<S: Subscriber> Layer<S> for Heard {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            let mut said = Said(String::new());
            event.record(&mut said);
            let mut heard = self.0.lock().expect("nobody panicked");
            heard.push((*event.metadata().level(), said.0));
        }
    }

    fn told(error: &ApiError) -> (Level, String) {
        let heard = Heard::default();
        let listening = tracing_subscriber::registry().with(heard.clone());
        tracing::subscriber::with_default(listening, || error.log("login_code"));
        let mut all = heard.0.lock().expect("nobody panicked");
        all.pop().expect("it was told")
    }

    #[test]
    fn a_refusal_and_trouble_are_told_apart() {
        let (level, said) = told(&ApiError::new(Code::CodeInvalid, "a wrong code"));
        assert_eq!(level, Level::INFO);
        for part in ["login_code", "CodeInvalid", "a wrong code"] {
            assert!(said.contains(part), "{part} in {said}");
        }
        let (level, said) = told(&ApiError::new(Code::Damaged, "kept as crm.db.damaged-1"));
        assert_eq!(level, Level::WARN);
        assert!(said.contains("crm.db.damaged-1"), "{said}");
    }

    #[test]
    fn what_stood_in_a_file_is_not_told() {
        for code in [
            Code::FileUnreadable,
            Code::ImportUnreadable,
            Code::UnknownVariable,
        ] {
            let (_, said) = told(&ApiError::new(code, "invalid type: \"Anna owes me\""));
            assert!(!said.contains("Anna"), "{said}");
        }
    }
}
