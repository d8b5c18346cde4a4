//! The view out of the window.

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Spot, hsl, sheer};
use super::{HEIGHT, WIDTH};
use crate::demo::Dice;

/// Hills with trees under a wide sky, by day or towards evening.
pub(super) fn landscape(canvas: &mut Canvas, dice: &mut Dice) {
    let sky = dice.range(190.0, 235.0);
    let evening = dice.chance(45);
    let low = if evening {
        hsl(dice.range(18.0, 40.0), 0.75, 0.78)
    } else {
        hsl(sky - 10.0, 0.50, 0.90)
    };
    canvas.rect(
        0.0,
        0.0,
        WIDTH,
        640.0,
        Ink::Down(hsl(sky, 0.50, if evening { 0.52 } else { 0.66 }), low),
    );
    let sun = (dice.range(220.0, 1_060.0), dice.range(150.0, 380.0));
    canvas.oval(
        sun,
        330.0,
        330.0,
        Ink::Glow(
            sheer(hsl(48.0, 0.90, 0.88), 0.75),
            sheer(hsl(48.0, 0.90, 0.88), 0.0),
        ),
    );
    canvas.oval(sun, 52.0, 52.0, Ink::Flat(hsl(50.0, 0.95, 0.93)));
    for _ in 0..4 {
        cloud(
            canvas,
            (dice.range(0.0, WIDTH), dice.range(70.0, 300.0)),
            dice.range(40.0, 80.0),
        );
    }
    hills(canvas, dice);
}

/// Five rows of hills, the far ones pale, trees on the near ones.
fn hills(canvas: &mut Canvas, dice: &mut Dice) {
    let green = dice.range(85.0, 150.0);
    for layer in 0..5_u8 {
        let depth = f32::from(layer);
        let top = 430.0 + 95.0 * depth;
        let (phase, height) = (dice.range(0.0, 6.0), 90.0 - 9.0 * depth);
        let mut hill: Vec<Spot> = (0..=64_u8)
            .map(|step| {
                let x = f32::from(step) * 20.0;
                let bend = (x / 210.0 + phase).sin() * 0.6 + (x / 83.0 + phase * 2.0).sin() * 0.22;
                (x, top - height * bend)
            })
            .collect();
        hill.extend([(WIDTH, HEIGHT), (0.0, HEIGHT)]);
        let haze = 0.64 - 0.10 * depth;
        canvas.poly(
            &hill,
            Ink::Down(
                hsl(green + (4.0 - depth) * 18.0, 0.26 + 0.05 * depth, haze),
                hsl(green, 0.36, haze - 0.12),
            ),
        );
        if layer >= 3 {
            for _ in 0..7 {
                tree(
                    canvas,
                    (dice.range(20.0, 1_260.0), top + dice.range(30.0, 80.0)),
                    26.0 + 14.0 * (depth - 2.0),
                    green,
                    haze,
                );
            }
        }
    }
}

fn cloud(canvas: &mut Canvas, (x, y): Spot, size: f32) {
    for (shift, lift, scale) in [
        (-1.2, 0.12, 0.7),
        (0.0, 0.0, 1.0),
        (1.1, 0.10, 0.75),
        (2.0, 0.2, 0.5),
    ] {
        let ink = Ink::Glow(sheer(Color::WHITE, 0.75), sheer(Color::WHITE, 0.0));
        canvas.oval(
            (x + shift * size, y + lift * size),
            size * 1.5 * scale,
            size * 0.75 * scale,
            ink,
        );
    }
}

fn tree(canvas: &mut Canvas, (x, y): Spot, size: f32, green: f32, light: f32) {
    canvas.shadow((x, y), size * 0.9, size * 0.22, 0.35);
    canvas.rect(
        x - size * 0.07,
        y - size * 0.6,
        size * 0.14,
        size * 0.6,
        Ink::Flat(hsl(26.0, 0.35, 0.25)),
    );
    canvas.oval(
        (x, y - size * 1.2),
        size * 0.55,
        size * 0.8,
        Ink::Across(
            hsl(green, 0.42, light - 0.04),
            hsl(green, 0.46, light - 0.16),
        ),
    );
}
