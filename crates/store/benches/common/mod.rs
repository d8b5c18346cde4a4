//! What the benches share.

pub(crate) mod clock;
pub(crate) mod raw;
pub(crate) mod rows;
