//! Worlds made from a seed and an instant: the same two always give the same world.

mod demo;
mod demo_folders;
mod entity;
pub mod ids;
mod load;
mod small;
pub(crate) mod words;

pub use demo::demo;
pub(crate) use entity::entity;
pub use load::{Load, load};
pub use small::small;

use crate::world::Login;

/// The code of every login that does not say otherwise.
pub const CODE: &str = "12345";

/// A login with the usual code, not signed in.
fn login(phone: &str, home_dc: i32) -> Login {
    Login {
        phone: phone.to_owned(),
        code: CODE.to_owned(),
        password: None,
        home_dc,
        banned: false,
        signed_in: false,
    }
}
