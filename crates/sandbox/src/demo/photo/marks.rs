//! Marks that stand for print: lines for text, small signs for logos.

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Spot, sheer};

/// Lines that stand for text: `rows` of them, the last one shorter.
pub(super) fn words(
    canvas: &mut Canvas,
    (x, y): Spot,
    width: f32,
    rows: usize,
    thick: f32,
    color: Color,
) {
    for row in 0..rows {
        let share = if row + 1 == rows {
            0.55
        } else {
            1.0 - 0.12 * (row % 3) as f32
        };
        canvas.round(
            x,
            y + row as f32 * thick * 2.4,
            width * share,
            thick,
            thick / 2.0,
            Ink::Flat(color),
        );
    }
}

/// A small mark in the manner of a logo, around `(x, y)`.
pub(super) fn logo(canvas: &mut Canvas, (x, y): Spot, size: f32, kind: usize, color: Color) {
    match kind % 4 {
        0 => {
            canvas.oval((x, y), size, size, Ink::Flat(color));
            canvas.oval(
                (x + size * 0.35, y - size * 0.2),
                size * 0.8,
                size * 0.8,
                Ink::Flat(sheer(Color::WHITE, 0.85)),
            );
        }
        1 => {
            for step in 0..6_u8 {
                canvas.turned(f32::from(step) * 60.0, (x, y), |canvas| {
                    canvas.oval(
                        (x, y - size * 0.6),
                        size * 0.24,
                        size * 0.45,
                        Ink::Flat(color),
                    );
                });
            }
        }
        2 => {
            let peaks = [
                (x - size, y + size * 0.7),
                (x - size * 0.3, y - size * 0.7),
                (x + size * 0.1, y),
                (x + size * 0.4, y - size * 0.4),
                (x + size, y + size * 0.7),
            ];
            canvas.poly(&peaks, Ink::Flat(color));
        }
        _ => {
            let drop = [
                (x, y - size * 1.3),
                (x + size * 0.9, y + size * 0.3),
                (x, y + size * 1.2),
                (x - size * 0.9, y + size * 0.3),
            ];
            canvas.blob(&drop, Ink::Flat(color));
        }
    }
}
