//! What a request may hold. The program refuses another one without saying why.

use switchboard_api::ApiError;
use switchboard_model::Code;

use crate::failure::Failure;

pub(crate) const NAME: &str = "A name has 1 to 48 characters, all in one line.";
pub(crate) const STATUS: &str = "A status has a name of 1 to 48 characters, all in one line, and an \
                                 icon in small letters, such as handshake.";
pub(crate) const FIELD: &str = "Names of fields and of options have 1 to 48 characters, all in one line, and a field has at \
     most 100 options.";
pub(crate) const VIEW: &str = "A view has a name of 1 to 48 characters, all in one line, and asks \
                               for a few things only.";
pub(crate) const OTHER: &str = "Those are one and the same. Name two.";
pub(crate) const NOTE: &str = "A note has 1 to 10000 characters.";
pub(crate) const TASK: &str = "Its text has at most 2000 characters.";
pub(crate) const QUIET: &str =
    "It is after 1 to 3650 days, and whom it is about is asked in a few words.";
pub(crate) const TEMPLATE: &str = "A template has a name of 1 to 80 characters, a category of at most 48, and a text of 1 to 8192 \
     in each of at most 40 languages.";
pub(crate) const FOLDERS: &str = "Backups go to one folder, or to two that differ.";

/// Says what is wanted where a request was refused as making no sense.
pub(crate) fn unfit(wanted: &'static str) -> impl FnOnce(ApiError) -> Failure {
    move |error| match error.code {
        Code::BadRequest => Failure::Usage(wanted.to_owned()),
        _ => error.into(),
    }
}
