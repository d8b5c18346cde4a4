//! What grammers asks of a session, answered from memory.

/// Why the session refuses an answer to the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SessionError {
    /// The library made a new key over a stored one: the server had forgotten the old one.
    #[error("the server no longer knows the key")]
    KeyReplaced,
    /// The profile has no unbound key left for this data centre.
    #[error("the profile has no key left")]
    NoKeyLeft,
}
