//! Keys and secrets: key slots, derived keys, encrypted files.
