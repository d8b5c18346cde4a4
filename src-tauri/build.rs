//! Lists the commands of the window, so that each must be granted by name in `tauri.conf.json`.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "call",
        "stage",
        "open_workspace",
        "close_workspace",
        "wipe_demo",
        "choose_file",
        "save_file",
        "save_text",
        "restore",
        "rekey",
        "work_percent",
        "work_cancel",
        "looks",
        "save_looks",
        "open_link",
        "open_logs",
        "in_sight",
        "wanted",
        "farewell",
        "lock",
        "active",
        "starts_with_system",
        "set_starts_with_system",
    ]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
