//! Switchboard without a window.
fn main() {}
