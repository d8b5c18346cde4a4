//! Stripped thumbnails: a JPEG of 40 × 30 pixels without its header, which every client knows.
//!
//! The form is described at <https://core.telegram.org/api/files#stripped-thumbnails>: a byte 1,
//! height, width, then the scan. The shared header has the quantisation tables of the JPEG standard
//! scaled to quality 20, its usual Huffman tables and chroma halved both ways.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::{DrawError, Scene, drawn};

const WIDTH: u8 = 40;
const HEIGHT: u8 = 30;
/// Marker that begins the scan.
const START_OF_SCAN: [u8; 2] = [0xff, 0xda];

/// The stripped thumbnail of the photo that [`super::photo`] draws for the same seed.
///
/// # Errors
/// [`DrawError::Encode`] where the encoder refuses the pixels.
pub fn stripped(scene: Scene, seed: u64) -> Result<Vec<u8>, DrawError> {
    let canvas = drawn(scene, seed, WIDTH.into(), HEIGHT.into())?;
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 20);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(
        canvas.pixels(),
        WIDTH.into(),
        HEIGHT.into(),
        ColorType::Rgba,
    )?;
    let mut bytes = vec![1, HEIGHT, WIDTH];
    bytes.extend_from_slice(scan(&jpeg));
    Ok(bytes)
}

/// The entropy-coded data between the scan's header and the end of the image.
fn scan(jpeg: &[u8]) -> &[u8] {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [marker, code, high, low, ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])) + 2;
        let found = [*marker, *code] == START_OF_SCAN;
        rest = rest.get(length..).unwrap_or_default();
        if found {
            break;
        }
    }
    rest.strip_suffix(&[0xff, 0xd9]).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoder_uses_the_tables_that_clients_put_back() {
        let canvas = drawn(Scene::Cup, 1, 40, 30).unwrap();
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, 20);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder
            .encode(canvas.pixels(), 40, 30, ColorType::Rgba)
            .unwrap();
        let luminance = jpeg
            .windows(5)
            .position(|window| window == [0xff, 0xdb, 0, 0x43, 0])
            .unwrap()
            + 5;
        // First row of the standard's luminance table at quality 20, in zigzag order.
        assert_eq!(
            jpeg[luminance..luminance + 8],
            [40, 28, 30, 35, 30, 25, 40, 35]
        );
        assert!(jpeg.ends_with(&[scan(&jpeg), &[0xff, 0xd9]].concat()));
    }
}
