//! How the page is drawn where the machine has no graphics processor.
//!
//! WebKitGTK composes pages by OpenGL, which such a machine computes itself: every frame is drawn twice,
//! and a key waits for the frame before. Measured at 20,000 chats on two busy cores without a graphics
//! processor: J drawn after 42 ms (95th of 100: 126) that way, 17 (29) when it draws without OpenGL; a
//! tag after 73 (147), and 30 (42).

use std::path::Path;

/// WebKitGTK reads it as it begins. Its setting of the same meaning ends the page's process in 2.50,
/// since a view can only be given it when its page is there already.
const WITHOUT_OPENGL: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Has the page drawn without OpenGL where nothing would compute it but the processor, unless the
/// operator said otherwise. To be called before there is a second thread, which might read the environment
/// meanwhile.
pub(crate) fn suit_machine() {
    if !has_graphics(Path::new("/dev"))
        && let Err(error) = glib::setenv(WITHOUT_OPENGL, "1", false)
    {
        eprintln!("The window may be slow: {error}.");
    }
}

/// Whether a graphics processor can be asked to render: Linux gives each a node of its own
/// (<https://docs.kernel.org/gpu/drm-uapi.html#render-nodes>), NVIDIA's older driver one of another name.
fn has_graphics(devices: &Path) -> bool {
    let renders = |entry: std::fs::DirEntry| {
        let name = entry.file_name();
        name.to_str()
            .is_some_and(|name| name.starts_with("renderD"))
    };
    devices.join("nvidiactl").exists()
        || std::fs::read_dir(devices.join("dri"))
            .is_ok_and(|mut nodes| nodes.any(|node| node.is_ok_and(renders)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::has_graphics;

    #[test]
    fn a_screen_alone_is_no_graphics_processor() {
        let devices = tempfile::tempdir().expect("a folder");
        assert!(!has_graphics(devices.path()));
        fs::create_dir(devices.path().join("dri")).expect("a folder");
        fs::write(devices.path().join("dri/card0"), "").expect("a file");
        assert!(!has_graphics(devices.path()));
        fs::write(devices.path().join("dri/renderD128"), "").expect("a file");
        assert!(has_graphics(devices.path()));
    }

    #[test]
    fn an_older_driver_of_nvidia_counts() {
        let devices = tempfile::tempdir().expect("a folder");
        fs::write(devices.path().join("nvidiactl"), "").expect("a file");
        assert!(has_graphics(devices.path()));
    }
}
