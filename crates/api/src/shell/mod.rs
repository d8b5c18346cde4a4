//! Types of the few calls that only a window has: which workspace is open, and its looks.

mod closing;
mod link;
mod place;

use serde::{Deserialize, Serialize};

pub use closing::{Closing, Farewell, farewell};
pub use link::ChatLink;
pub use place::{Place, Screen, fitted};

/// What a workspace needs before it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Needs {
    /// The passphrase that protects it.
    Passphrase,
    /// A new passphrase: there is no system keyring to keep the key in.
    NewPassphrase,
    /// The system keyring must be unlocked, or the passphrase given.
    KeyringUnlock,
    /// A click: the system keyring answers for its user.
    Confirm,
}

/// What the window shows first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Nothing was set up yet: offer the demo or an account.
    FirstRun,
    /// A workspace waits to be unlocked.
    Locked {
        /// Folder name of the workspace.
        workspace: String,
        /// What it needs.
        needs: Needs,
    },
    /// A workspace could not be opened.
    Broken {
        /// Folder name of the workspace.
        workspace: String,
        /// Why.
        error: crate::ApiError,
    },
    /// A workspace is open; calls are answered.
    Open {
        /// Folder name of the workspace.
        workspace: String,
        /// Whether it is the demo.
        demo: bool,
    },
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the window remembers about its looks, in `ui.json` beside the workspaces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct Looks {
    /// Theme.
    pub theme: Theme,
    /// `en`, `ru` or `uk`; absent for the system's language.
    pub language: Option<String>,
    /// Width of the sidebar, the list and the panel, in CSS pixels; 0 where never set.
    pub splits: [u32; 3],
    /// Whether the contact panel is folded away.
    pub panel_hidden: bool,
    /// Zoom of the page, in per cent; 0 where never set.
    pub zoom: u32,
    /// What becomes of the program when its window is closed.
    pub closing: Closing,
    /// The workspace that was open last. The shell's own knowledge, as all below.
    pub workspace: Option<String>,
    /// Whether that workspace is locked, also after another start.
    pub locked: bool,
    /// Where the window stood.
    pub place: Option<Place>,
}
