//! What is known of functions by their names alone.

/// Whether a function may be called before anybody is signed in.
pub(super) fn needs_nobody(method: &str) -> bool {
    method.starts_with("auth.") || method.starts_with("help.") || method == GET_PASSWORD
}

/// Whether a function works on every data centre, not only on the one that keeps the account.
pub(super) fn works_everywhere(method: &str) -> bool {
    method.starts_with("upload.")
}

/// Whether a function leaves nothing behind that lasts. Of a function that is not known it is
/// assumed that it does.
pub(super) fn reads_only(method: &str) -> bool {
    let name = method.split_once('.').map_or(method, |(_, name)| name);
    let reads = name.starts_with("get")
        || name.starts_with("search")
        || matches!(
            name,
            "resolveUsername" | "exportAuthorization" | "setTyping"
        );
    // This one hands out the challenge that the next request has to answer.
    reads && method != GET_PASSWORD
}

const GET_PASSWORD: &str = "account.getPassword";

#[cfg(test)]
mod tests {
    use super::{needs_nobody, reads_only};

    #[test]
    fn what_lasts_is_told_from_what_does_not() {
        for method in [
            "messages.getHistory",
            "messages.search",
            "messages.setTyping",
            "updates.getDifference",
            "upload.getFile",
        ] {
            assert!(reads_only(method), "{method}");
        }
        for method in [
            "messages.sendMessage",
            "messages.saveDraft",
            "upload.saveFilePart",
            "auth.logOut",
            "account.getPassword",
            "account.updateStatus",
            "(unknown)",
        ] {
            assert!(!reads_only(method), "{method}");
        }
    }

    #[test]
    fn a_password_is_asked_for_before_anybody_is_signed_in() {
        assert!(needs_nobody("account.getPassword") && needs_nobody("auth.signIn"));
        assert!(!needs_nobody("account.updateStatus"));
    }
}
