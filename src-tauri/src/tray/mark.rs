//! The icon of the tray with a dot in its corner: something is unread.

use tauri::image::Image;

/// Red of the dot, which stands out on light panels and on dark ones.
const DOT: [u8; 4] = [0xE0, 0x24, 0x24, 0xFF];
/// The dot's radius, as a share of the icon's width.
const RADIUS: f32 = 0.24;
/// Around the dot nothing is drawn, as wide as this share of the icon, so that it stands apart.
const RIM: f32 = 0.05;

/// An icon with the dot in its lower right corner.
pub(super) fn marked(icon: &Image<'_>) -> Image<'static> {
    let (width, height) = (icon.width(), icon.height());
    let mut rgba = icon.rgba().to_vec();
    let side = width.min(height) as f32;
    let (radius, rim) = (side * RADIUS, side * RIM);
    let (x, y) = (width as f32 - radius, height as f32 - radius);
    let rows = rgba.chunks_exact_mut(4 * width as usize);
    for (row, pixels) in rows.enumerate() {
        for (column, pixel) in pixels.chunks_exact_mut(4).enumerate() {
            // From the middle of the pixel to the middle of the dot.
            let away = (column as f32 + 0.5 - x).hypot(row as f32 + 0.5 - y);
            if away <= radius {
                pixel.copy_from_slice(&DOT);
            } else if away <= radius + rim {
                pixel.fill(0);
            }
        }
    }
    Image::new_owned(rgba, width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corner_has_a_dot_and_the_rest_stays() {
        let blue = [0, 0, 0xFF, 0xFF].repeat(32 * 32);
        let icon = marked(&Image::new_owned(blue, 32, 32));
        let at = |x: usize, y: usize| &icon.rgba()[4 * (32 * y + x)..][..4];
        assert_eq!((icon.width(), icon.height()), (32, 32));
        assert_eq!(at(25, 25), DOT);
        assert_eq!(at(0, 0), [0, 0, 0xFF, 0xFF]);
        assert_eq!(at(31, 0), [0, 0, 0xFF, 0xFF]);
        // Between the dot and the icon.
        assert_eq!(at(24 - 8, 24), [0, 0, 0, 0]);
    }
}
