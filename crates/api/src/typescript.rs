//! The TypeScript module that the window is checked against.

use switchboard_model::typescript::{declaration, declarations};
use ts_rs::Config;

use crate::{calls, closed, shell, types};

/// The whole of `ui/src/lib/backend/types.ts`.
#[must_use]
pub fn module() -> String {
    let config = Config::default();
    let mut text = String::from(
        "// Written by `cargo test -p switchboard-api --features ts`; edit the Rust types instead.\n\n",
    );
    for declared in declarations(&config) {
        text.push_str(&declared);
    }
    macro_rules! own {
        ($($name:ty),* $(,)?) => { $(text.push_str(&declaration::<$name>(&config));)* };
    }
    own![
        types::ApiError,
        types::Via,
        types::NewLogin,
        types::NewQrLogin,
        types::NewProxy,
        types::Removal,
        types::HistoryRequest,
        types::Status,
        types::Finding,
        closed::RestoreRequest,
        closed::RekeyRequest,
        closed::Rekeyed,
        shell::Needs,
        shell::Stage,
        shell::Theme,
        shell::Closing,
        shell::Place,
        shell::Density,
        shell::Shortcut,
        shell::Remembered,
        shell::Looks,
    ];
    let portable = shell::portable::PORTABLE
        .map(|name| format!("\"{name}\""))
        .join(" | ");
    text.push_str(&format!(
        "/** What of the looks goes into a file of settings. */\nexport type PortableLook = {portable};\n"
    ));
    text.push('\n');
    text.push_str(&calls::typescript(&config));
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Fails when the committed module differs; `SWITCHBOARD_WRITE_TYPES=1` writes it anew.
    #[test]
    fn the_window_is_checked_against_these_very_types() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/backend/types.ts");
        let module = super::module();
        if std::env::var_os("SWITCHBOARD_WRITE_TYPES").is_some() {
            std::fs::write(&path, &module).expect("types.ts can be written");
        }
        let committed = std::fs::read_to_string(&path).expect("types.ts is committed");
        assert!(
            committed == module,
            "ui/src/lib/backend/types.ts is stale: run this test with SWITCHBOARD_WRITE_TYPES=1"
        );
    }
}
