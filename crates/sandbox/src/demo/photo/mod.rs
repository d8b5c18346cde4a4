//! Photos and avatars of the demo world, drawn from a seed.
//!
//! Everything is drawn on a canvas of 1280 × 960 units and scaled to the size asked for, so that a
//! thumbnail shows the same picture as the photo.

mod avatar;
mod canvas;
mod coffee;
mod craft;
mod landscape;
mod marks;
mod packaging;
mod paper;
mod stripped;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use serde::{Deserialize, Serialize};

use super::{Dice, Gender};
use canvas::Canvas;
pub use stripped::stripped;

/// Width of the canvas in units.
const WIDTH: f32 = 1280.0;
/// Height of the canvas in units.
const HEIGHT: f32 = 960.0;

/// What a photo shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scene {
    /// A stack of cardboard boxes.
    Boxes,
    /// A bottle or jar with a printed label.
    Label,
    /// Printed cards laid out on a table.
    Cards,
    /// A poster on a wall.
    Poster,
    /// Colour swatches.
    Palette,
    /// A parcel with tape and a shipping label.
    Parcel,
    /// A till receipt.
    Receipt,
    /// An upholstered chair.
    Chair,
    /// A chest of drawers.
    Dresser,
    /// Wood grain from near.
    Wood,
    /// Rolls of cloth.
    Fabric,
    /// A bag of coffee.
    Bag,
    /// A cup from above, with latte art.
    Cup,
    /// Coffee beans.
    Beans,
    /// Hills under a wide sky.
    Landscape,
}

impl Scene {
    /// Every scene.
    pub const ALL: [Self; 15] = [
        Self::Boxes,
        Self::Label,
        Self::Cards,
        Self::Poster,
        Self::Palette,
        Self::Parcel,
        Self::Receipt,
        Self::Chair,
        Self::Dresser,
        Self::Wood,
        Self::Fabric,
        Self::Bag,
        Self::Cup,
        Self::Beans,
        Self::Landscape,
    ];

    fn draw(self, canvas: &mut Canvas, dice: &mut Dice) {
        match self {
            Self::Boxes => packaging::boxes(canvas, dice),
            Self::Label => packaging::label(canvas, dice),
            Self::Cards => paper::cards(canvas, dice),
            Self::Poster => paper::poster(canvas, dice),
            Self::Palette => paper::palette(canvas, dice),
            Self::Parcel => packaging::parcel(canvas, dice),
            Self::Receipt => paper::receipt(canvas, dice),
            Self::Chair => craft::chair(canvas, dice),
            Self::Dresser => craft::dresser(canvas, dice),
            Self::Wood => craft::wood(canvas, dice),
            Self::Fabric => craft::fabric(canvas, dice),
            Self::Landscape => landscape::landscape(canvas, dice),
            Self::Bag => coffee::bag(canvas, dice),
            Self::Cup => coffee::cup(canvas, dice),
            Self::Beans => coffee::beans(canvas, dice),
        }
    }
}

/// A picture that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The size is 0 or too large for memory.
    #[error("a picture of {width} × {height} cannot be drawn")]
    Size {
        /// Pixels across.
        width: u16,
        /// Pixels down.
        height: u16,
    },
    /// The encoder refused the pixels.
    #[error("the picture cannot be encoded: {0}")]
    Encode(#[from] jpeg_encoder::EncodingError),
}

/// A JPEG of `scene`, `width` pixels across and three quarters of that down.
///
/// # Errors
/// [`DrawError::Size`] for a width below 2.
pub fn photo(scene: Scene, seed: u64, width: u16) -> Result<Vec<u8>, DrawError> {
    let height = width / 4 * 3;
    encode(&drawn(scene, seed, width, height)?, 86)
}

/// A square JPEG portrait of `size` pixels that shows nobody in particular.
///
/// # Errors
/// [`DrawError::Size`] for a size of 0.
pub fn avatar(gender: Gender, seed: u64, size: u16) -> Result<Vec<u8>, DrawError> {
    let mut canvas = Canvas::new(size, size, WIDTH, WIDTH).ok_or(DrawError::Size {
        width: size,
        height: size,
    })?;
    avatar::draw(&mut canvas, gender, &mut Dice::new(seed, "avatar"));
    encode(&canvas, 88)
}

/// A square JPEG of `scene` for a group or channel.
///
/// # Errors
/// [`DrawError::Size`] for a size of 0.
pub fn emblem(scene: Scene, seed: u64, size: u16) -> Result<Vec<u8>, DrawError> {
    let error = DrawError::Size {
        width: size,
        height: size,
    };
    let mut canvas = Canvas::new(size, size, HEIGHT, HEIGHT).ok_or(error)?;
    // The middle of the scene: subjects stand there.
    canvas.shift((HEIGHT - WIDTH) / 2.0, 0.0);
    scene.draw(&mut canvas, &mut dice(scene, seed));
    encode(&canvas, 88)
}

fn dice(scene: Scene, seed: u64) -> Dice {
    Dice::new(seed, &format!("{scene:?}"))
}

fn drawn(scene: Scene, seed: u64, width: u16, height: u16) -> Result<Canvas, DrawError> {
    let mut canvas =
        Canvas::new(width, height, WIDTH, HEIGHT).ok_or(DrawError::Size { width, height })?;
    let mut dice = dice(scene, seed);
    scene.draw(&mut canvas, &mut dice);
    canvas.develop(&mut dice);
    Ok(canvas)
}

fn encode(canvas: &Canvas, quality: u8) -> Result<Vec<u8>, DrawError> {
    let (width, height) = canvas.size();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(canvas.pixels(), width, height, ColorType::Rgba)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
