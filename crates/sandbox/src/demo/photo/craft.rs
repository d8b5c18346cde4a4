//! What a furniture workshop photographs.

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Spot, hsl, sheer};
use super::{HEIGHT, WIDTH};
use crate::demo::Dice;

/// An armchair in a room.
pub(super) fn chair(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(30.0, 220.0), 690.0);
    let hue = dice.range(0.0, 360.0);
    let cloth = |light: f32| hsl(hue, 0.42, light);
    let leg = hsl(24.0, 0.45, 0.24);
    canvas.shadow((650.0, 868.0), 430.0, 60.0, 0.5);
    for (x, lean) in [(450.0, -24.0), (820.0, 24.0), (520.0, -6.0), (760.0, 6.0)] {
        canvas.line(&[(x, 730.0), (x + lean, 860.0)], 20.0, leg);
    }
    let back = [
        (420.0, 720.0),
        (392.0, 400.0),
        (430.0, 150.0),
        (640.0, 110.0),
        (850.0, 150.0),
        (888.0, 400.0),
        (860.0, 720.0),
    ];
    canvas.blob(&back, Ink::Across(cloth(0.52), cloth(0.40)));
    for (x, y) in [
        (560.0, 280.0),
        (720.0, 280.0),
        (640.0, 370.0),
        (560.0, 460.0),
        (720.0, 460.0),
    ] {
        canvas.oval(
            (x + 2.0, y + 5.0),
            12.0,
            12.0,
            Ink::Flat(sheer(Color::BLACK, 0.25)),
        );
        canvas.oval((x, y), 9.0, 9.0, Ink::Flat(cloth(0.60)));
    }
    seat(canvas, hue);
    if dice.chance(60) {
        pillow(canvas, hue + 150.0);
    }
}

fn seat(canvas: &mut Canvas, hue: f32) {
    let cloth = |light: f32| hsl(hue, 0.42, light);
    canvas.round(
        430.0,
        560.0,
        420.0,
        130.0,
        46.0,
        Ink::Down(cloth(0.62), cloth(0.46)),
    );
    canvas.round(
        420.0,
        660.0,
        440.0,
        90.0,
        26.0,
        Ink::Down(cloth(0.44), cloth(0.34)),
    );
    for (x, light) in [(350.0, 0.55), (826.0, 0.42)] {
        canvas.round(
            x,
            470.0,
            104.0,
            280.0,
            48.0,
            Ink::Across(cloth(light), cloth(light - 0.10)),
        );
        canvas.oval(
            (x + 52.0, 496.0),
            52.0,
            30.0,
            Ink::Flat(cloth(light + 0.08)),
        );
    }
}

fn pillow(canvas: &mut Canvas, hue: f32) {
    let shape = [
        (520.0, 440.0),
        (660.0, 420.0),
        (690.0, 580.0),
        (540.0, 600.0),
    ];
    canvas.blob(
        &shape,
        Ink::Across(hsl(hue, 0.40, 0.74), hsl(hue, 0.36, 0.60)),
    );
}

/// A chest of drawers with a vase on it.
pub(super) fn dresser(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(20.0, 200.0), 740.0);
    let painted = dice.chance(30);
    let (hue, full) = if painted {
        (dice.range(150.0, 230.0), 0.28)
    } else {
        (dice.range(18.0, 32.0), 0.48)
    };
    let wood = |light: f32| hsl(hue, full, light);
    canvas.shadow((650.0, 880.0), 480.0, 56.0, 0.5);
    for x in [330.0, 900.0] {
        canvas.poly(
            &[
                (x, 800.0),
                (x + 50.0, 800.0),
                (x + 38.0, 880.0),
                (x + 12.0, 880.0),
            ],
            Ink::Flat(wood(0.22)),
        );
    }
    canvas.rect(
        310.0,
        380.0,
        660.0,
        430.0,
        Ink::Down(wood(0.40), wood(0.30)),
    );
    canvas.round(
        286.0,
        352.0,
        708.0,
        42.0,
        12.0,
        Ink::Down(wood(0.56), wood(0.40)),
    );
    for row in 0..3_u8 {
        drawer(canvas, dice, 414.0 + 128.0 * f32::from(row), wood);
    }
    vase(canvas, (480.0 + dice.range(0.0, 330.0), 352.0), dice);
}

/// One drawer with its knobs; `wood` gives the tone for a lightness.
fn drawer(canvas: &mut Canvas, dice: &mut Dice, y: f32, wood: impl Fn(f32) -> Color) {
    canvas.rect(334.0, y, 612.0, 112.0, Ink::Flat(sheer(Color::BLACK, 0.28)));
    canvas.rect(
        338.0,
        y + 3.0,
        604.0,
        104.0,
        Ink::Down(wood(0.48), wood(0.40)),
    );
    for _ in 0..5 {
        let line = y + dice.range(10.0, 100.0);
        canvas.line(
            &[
                (344.0, line),
                (640.0, line + dice.range(-8.0, 8.0)),
                (936.0, line),
            ],
            1.6,
            sheer(wood(0.20), 0.35),
        );
    }
    for x in [450.0, 830.0] {
        canvas.oval(
            (x, y + 58.0),
            19.0,
            19.0,
            Ink::Flat(sheer(Color::BLACK, 0.30)),
        );
        canvas.oval(
            (x, y + 54.0),
            17.0,
            17.0,
            Ink::Glow(hsl(46.0, 0.70, 0.80), hsl(42.0, 0.60, 0.58)),
        );
    }
}

fn vase(canvas: &mut Canvas, (x, y): Spot, dice: &mut Dice) {
    let hue = dice.range(0.0, 360.0);
    for _ in 0..7 {
        let tip = (x + dice.range(-110.0, 110.0), y - dice.range(210.0, 310.0));
        canvas.line(
            &[(x, y - 120.0), ((x + tip.0) / 2.0, y - 190.0), tip],
            4.0,
            hsl(110.0, 0.28, 0.34),
        );
        canvas.oval(
            tip,
            24.0,
            24.0,
            Ink::Glow(hsl(hue + 140.0, 0.60, 0.82), hsl(hue + 140.0, 0.55, 0.58)),
        );
    }
    let pot = [
        (x - 30.0, y - 140.0),
        (x + 30.0, y - 140.0),
        (x + 62.0, y - 60.0),
        (x + 40.0, y + 4.0),
        (x - 40.0, y + 4.0),
        (x - 62.0, y - 60.0),
    ];
    canvas.blob(
        &pot,
        Ink::Across(hsl(hue, 0.30, 0.72), hsl(hue, 0.34, 0.48)),
    );
}

/// Wood grain from near, with rings around a knot.
pub(super) fn wood(canvas: &mut Canvas, dice: &mut Dice) {
    let hue = dice.range(18.0, 36.0);
    let light = dice.range(0.42, 0.60);
    canvas.rect(
        0.0,
        0.0,
        WIDTH,
        HEIGHT,
        Ink::Across(hsl(hue, 0.46, light + 0.04), hsl(hue, 0.48, light - 0.06)),
    );
    let knot = (dice.range(300.0, 980.0), dice.range(260.0, 700.0));
    for index in 0..64_u8 {
        let base = f32::from(index) * 15.0 + dice.range(-5.0, 5.0);
        let push = 90.0 * (1.0 - ((base - knot.1) / 330.0).abs()).max(0.0);
        let away = if base < knot.1 { -push } else { push };
        let points: Vec<Spot> = (0..=32_u8)
            .map(|step| {
                let x = f32::from(step) * 40.0;
                let near = (-((x - knot.0) / 190.0).powi(2)).exp();
                (
                    x,
                    base + away * near + 7.0 * (x / 170.0 + base / 90.0).sin(),
                )
            })
            .collect();
        let tone = sheer(hsl(hue - 4.0, 0.50, light - 0.20), dice.range(0.18, 0.55));
        canvas.line(&points, dice.range(1.5, 6.0), tone);
    }
    rings(
        canvas,
        knot,
        sheer(hsl(hue - 6.0, 0.50, light - 0.22), 0.32),
    );
    canvas.oval(
        (360.0, 180.0),
        800.0,
        420.0,
        Ink::Glow(sheer(Color::WHITE, 0.24), sheer(Color::WHITE, 0.0)),
    );
}

/// Rings of a knot, darker inwards since they lie over each other.
fn rings(canvas: &mut Canvas, knot: Spot, tone: Color) {
    for ring in 0..5_u8 {
        let size = 64.0 - 12.0 * f32::from(ring);
        canvas.oval(knot, size * 1.35, size, Ink::Flat(tone));
    }
}

/// Rolls of cloth, stacked.
pub(super) fn fabric(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(20.0, 60.0), 800.0);
    let hue = dice.range(0.0, 360.0);
    canvas.shadow((640.0, 868.0), 620.0, 50.0, 0.45);
    let rows: [(u8, f32, f32); 3] = [(5, 100.0, 756.0), (4, 208.0, 574.0), (3, 316.0, 392.0)];
    for (count, left, y) in rows {
        for index in 0..count {
            let tone = hue + dice.range(0.0, 130.0);
            let light = dice.range(0.45, 0.72);
            let at = (left + 108.0 + 216.0 * f32::from(index), y);
            canvas.oval(
                at,
                106.0,
                106.0,
                Ink::Glow(hsl(tone, 0.40, light + 0.08), hsl(tone, 0.42, light - 0.16)),
            );
            for ring in 1..6_u8 {
                let size = 106.0 - 15.0 * f32::from(ring);
                canvas.oval(
                    at,
                    size,
                    size,
                    Ink::Flat(sheer(
                        if ring % 2 == 0 {
                            Color::WHITE
                        } else {
                            Color::BLACK
                        },
                        0.07,
                    )),
                );
            }
            canvas.oval(at, 24.0, 24.0, Ink::Flat(hsl(34.0, 0.36, 0.62)));
            canvas.oval(at, 16.0, 16.0, Ink::Flat(hsl(30.0, 0.30, 0.22)));
        }
    }
}
