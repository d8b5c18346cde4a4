//! The store through its public surface.

mod support;
mod turns;
