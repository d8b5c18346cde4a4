//! Portraits that show nobody: a head and shoulders of flat shapes.

use tiny_skia::Color;

use super::WIDTH;
use super::canvas::{Canvas, Ink, hsl, sheer};
use crate::demo::{Dice, Gender};

/// Draws on a square of [`WIDTH`] units.
pub(super) fn draw(canvas: &mut Canvas, gender: Gender, dice: &mut Dice) {
    let hue = dice.range(0.0, 360.0);
    canvas.rect(
        0.0,
        0.0,
        WIDTH,
        WIDTH,
        Ink::Down(hsl(hue, 0.48, 0.78), hsl(hue + 35.0, 0.52, 0.60)),
    );
    let halo = (dice.range(250.0, 1_030.0), dice.range(200.0, 560.0));
    canvas.oval(
        halo,
        460.0,
        460.0,
        Ink::Flat(sheer(hsl(hue + 60.0, 0.60, 0.86), 0.55)),
    );
    let skin = dice.range(0.40, 0.80);
    let face = |light: f32| hsl(24.0, 0.42, light);
    let hair = hsl(
        dice.range(12.0, 42.0),
        dice.range(0.15, 0.60),
        dice.range(0.12, 0.50),
    );
    let shirt = hue + dice.range(120.0, 240.0);
    let long = gender == Gender::Feminine && dice.chance(85);
    if long {
        mane(canvas, hair);
    }
    shoulders(canvas, shirt);
    canvas.round(
        545.0,
        700.0,
        190.0,
        250.0,
        90.0,
        Ink::Down(face(skin - 0.12), face(skin - 0.03)),
    );
    canvas.oval(
        (640.0, 540.0),
        225.0,
        275.0,
        Ink::Across(face(skin + 0.05), face(skin - 0.05)),
    );
    hairdo(canvas, dice, hair, long);
    details(canvas, dice, skin);
}

fn mane(canvas: &mut Canvas, hair: Color) {
    let mane = [
        (360.0, 380.0),
        (640.0, 130.0),
        (920.0, 380.0),
        (980.0, 960.0),
        (640.0, 1_060.0),
        (300.0, 960.0),
    ];
    canvas.blob(&mane, Ink::Flat(hair));
}

fn shoulders(canvas: &mut Canvas, shirt: f32) {
    // The lower spots lie far below the square, which straightens the sides.
    let body = [
        (130.0, 2_400.0),
        (190.0, 1_010.0),
        (420.0, 900.0),
        (640.0, 870.0),
        (860.0, 900.0),
        (1_090.0, 1_010.0),
        (1_150.0, 2_400.0),
    ];
    canvas.blob(
        &body,
        Ink::Across(hsl(shirt, 0.45, 0.56), hsl(shirt, 0.47, 0.42)),
    );
    canvas.oval(
        (640.0, 905.0),
        150.0,
        66.0,
        Ink::Flat(hsl(shirt, 0.45, 0.36)),
    );
}

fn hairdo(canvas: &mut Canvas, dice: &mut Dice, hair: Color, long: bool) {
    let lean = dice.range(-70.0, 70.0);
    let fringe = [
        (385.0, 590.0),
        (365.0, 300.0),
        (640.0 + lean, 170.0),
        (915.0, 300.0),
        (895.0, 590.0),
        (830.0, 420.0),
        (640.0 - lean, 360.0),
        (450.0, 430.0),
    ];
    canvas.blob(&fringe, Ink::Flat(hair));
    if long && dice.chance(40) {
        canvas.oval((640.0 + lean, 190.0), 120.0, 105.0, Ink::Flat(hair));
    }
}

fn details(canvas: &mut Canvas, dice: &mut Dice, skin: f32) {
    let dark = hsl(20.0, 0.30, 0.16);
    for x in [560.0, 720.0] {
        canvas.oval((x, 560.0), 17.0, 21.0, Ink::Flat(dark));
        canvas.oval((x + 5.0, 553.0), 5.0, 6.0, Ink::Flat(Color::WHITE));
        canvas.oval(
            (x + if x < 640.0 { -50.0 } else { 50.0 }, 650.0),
            44.0,
            30.0,
            Ink::Flat(sheer(hsl(6.0, 0.70, 0.60), 0.28)),
        );
    }
    let smile: Vec<(f32, f32)> = (0..=10_u8)
        .map(|step| {
            let x = f32::from(step) / 5.0 - 1.0;
            (640.0 + 62.0 * x, 708.0 - 30.0 * x * x)
        })
        .collect();
    canvas.line(&smile, 13.0, hsl(8.0, 0.50, (skin - 0.28).max(0.18)));
    if dice.chance(30) {
        glasses(canvas, dark);
    }
}

fn glasses(canvas: &mut Canvas, dark: Color) {
    for x in [560.0_f32, 720.0] {
        let rim: Vec<(f32, f32)> = (0..=36_u8)
            .map(|step| {
                let (sin, cos) = (f32::from(step) * 10.0).to_radians().sin_cos();
                (x + 64.0 * cos, 562.0 + 58.0 * sin)
            })
            .collect();
        canvas.line(&rim, 11.0, dark);
    }
    canvas.line(&[(624.0, 556.0), (656.0, 556.0)], 11.0, dark);
}
