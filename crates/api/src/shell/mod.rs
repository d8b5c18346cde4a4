//! Types of the few calls that only a window has: which workspace is open, and its looks.

mod closing;
mod link;
pub mod looks;
mod place;
pub(crate) mod portable;

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

/// How much room the rows of lists take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Room around everything.
    #[default]
    Comfortable,
    /// More rows on a screen.
    Compact,
}

/// The keys that the operator gave to an action in place of its usual ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Shortcut {
    /// The action's name in the window.
    pub action: String,
    /// Its combinations; none where it is to have no key.
    pub keys: Vec<String>,
}

/// Small choices of the page under a name of its own: names of columns and views, never what
/// somebody said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Remembered {
    /// The workspace and what is remembered of it: `main/hidden_views`.
    pub name: String,
    /// What was chosen.
    pub items: Vec<String>,
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
    /// How much room the rows of lists take.
    pub density: Density,
    /// Size of the text, in per cent; 0 where never set.
    pub text_size: u32,
    /// The first day of the week, from 1 for Monday to 7 for Sunday; 0 for the language's own.
    pub first_weekday: u32,
    /// Actions whose keys the operator changed.
    pub shortcuts: Vec<Shortcut>,
    /// Actions run last from the palette, the newest first.
    pub recent_actions: Vec<String>,
    /// Small choices of the page.
    pub remembered: Vec<Remembered>,
    /// The workspace that was open last. The shell's own knowledge, as all below.
    pub workspace: Option<String>,
    /// Whether that workspace is locked, in a file of a former version; never written.
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "ts", ts(skip))]
    pub locked: bool,
    /// Folder names of the workspaces that are locked, also after another start.
    pub locked_workspaces: Vec<String>,
    /// Where the window stood.
    pub place: Option<Place>,
}
