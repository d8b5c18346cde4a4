//! What lies flat: cards, posters, swatches, receipts.

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Spot, hsl, sheer};
use super::marks::{logo, words};
use crate::demo::Dice;

/// Cards in two fans on a table, seen from above.
pub(super) fn cards(canvas: &mut Canvas, dice: &mut Dice) {
    let table = dice.range(20.0, 45.0);
    canvas.rect(
        0.0,
        0.0,
        super::WIDTH,
        super::HEIGHT,
        Ink::Down(hsl(table, 0.22, 0.80), hsl(table, 0.26, 0.68)),
    );
    let accent = dice.range(0.0, 360.0);
    let kind = dice.below(4);
    let count = 4 + dice.below(3);
    for index in 0..count {
        let share = index as f32 / (count - 1) as f32;
        let (x, y) = (
            190.0 + 620.0 * share,
            250.0 + dice.range(-50.0, 60.0) + 150.0 * share,
        );
        let hue = accent + 32.0 * index as f32;
        canvas.turned(dice.range(-16.0, 16.0), (x + 140.0, y + 190.0), |canvas| {
            card(canvas, (x, y), hue, index + kind)
        });
    }
}

fn card(canvas: &mut Canvas, (x, y): Spot, hue: f32, kind: usize) {
    canvas.round(
        x + 10.0,
        y + 16.0,
        290.0,
        400.0,
        16.0,
        Ink::Flat(sheer(Color::BLACK, 0.16)),
    );
    canvas.round(
        x,
        y,
        290.0,
        400.0,
        14.0,
        Ink::Down(hsl(44.0, 0.40, 0.97), hsl(40.0, 0.30, 0.92)),
    );
    canvas.round(
        x + 22.0,
        y + 22.0,
        246.0,
        220.0,
        10.0,
        Ink::Down(hsl(hue, 0.48, 0.66), hsl(hue + 25.0, 0.50, 0.52)),
    );
    logo(
        canvas,
        (x + 145.0, y + 132.0),
        58.0,
        kind,
        hsl(hue, 0.30, 0.93),
    );
    words(
        canvas,
        (x + 40.0, y + 280.0),
        210.0,
        4,
        9.0,
        hsl(hue, 0.22, 0.35),
    );
}

/// A framed poster with an abstract picture.
pub(super) fn poster(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(0.0, 360.0), 830.0);
    let hue = dice.range(0.0, 360.0);
    canvas.rect(
        412.0,
        96.0,
        500.0,
        690.0,
        Ink::Flat(sheer(Color::BLACK, 0.16)),
    );
    canvas.rect(
        392.0,
        78.0,
        500.0,
        690.0,
        Ink::Across(hsl(28.0, 0.40, 0.30), hsl(28.0, 0.36, 0.40)),
    );
    canvas.rect(410.0, 96.0, 464.0, 654.0, Ink::Flat(hsl(44.0, 0.35, 0.95)));
    canvas.rect(
        440.0,
        126.0,
        404.0,
        470.0,
        Ink::Down(hsl(hue, 0.45, 0.80), hsl(hue + 40.0, 0.50, 0.66)),
    );
    let sun = (440.0 + dice.range(110.0, 300.0), dice.range(210.0, 330.0));
    canvas.oval(sun, 82.0, 82.0, Ink::Flat(hsl(hue + 180.0, 0.65, 0.66)));
    ridges(canvas, hue, dice);
    words(canvas, (440.0, 636.0), 404.0, 2, 18.0, hsl(hue, 0.30, 0.25));
    words(canvas, (440.0, 716.0), 180.0, 1, 10.0, hsl(hue, 0.20, 0.50));
}

fn ridges(canvas: &mut Canvas, hue: f32, dice: &mut Dice) {
    for layer in 0..4_u8 {
        let top = 360.0 + 60.0 * f32::from(layer);
        let bend = dice.range(-60.0, 60.0);
        let hill = [
            (440.0, top + bend),
            (560.0, top - 36.0),
            (700.0, top + 30.0 - bend),
            (844.0, top - 10.0),
            (844.0, 596.0),
            (440.0, 596.0),
        ];
        canvas.poly(
            &hill,
            Ink::Flat(hsl(
                hue + 20.0 * f32::from(layer),
                0.40,
                0.58 - 0.10 * f32::from(layer),
            )),
        );
    }
}

/// A fan of colour swatches.
pub(super) fn palette(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.rect(
        0.0,
        0.0,
        super::WIDTH,
        super::HEIGHT,
        Ink::Down(hsl(36.0, 0.20, 0.92), hsl(30.0, 0.18, 0.82)),
    );
    let hue = dice.range(0.0, 360.0);
    let turn = dice.range(9.0, 12.0);
    for index in 0..7_u8 {
        let step = f32::from(index);
        canvas.turned(-3.0 * turn + turn * step, (640.0, 1_250.0), |canvas| {
            canvas.round(
                548.0,
                150.0,
                200.0,
                760.0,
                14.0,
                Ink::Flat(sheer(Color::BLACK, 0.13)),
            );
            canvas.round(
                540.0,
                140.0,
                200.0,
                760.0,
                14.0,
                Ink::Flat(hsl(42.0, 0.30, 0.97)),
            );
            let tone = hsl(hue + 19.0 * step, 0.42, 0.72 - 0.055 * step);
            let deep = hsl(hue + 19.0 * step, 0.44, 0.66 - 0.055 * step);
            canvas.round(556.0, 156.0, 168.0, 500.0, 8.0, Ink::Down(tone, deep));
            words(canvas, (560.0, 690.0), 120.0, 2, 11.0, hsl(hue, 0.10, 0.42));
        });
    }
}

/// A till receipt with rows and a total.
pub(super) fn receipt(canvas: &mut Canvas, dice: &mut Dice) {
    let table = dice.range(15.0, 40.0);
    canvas.rect(
        0.0,
        0.0,
        super::WIDTH,
        super::HEIGHT,
        Ink::Down(hsl(table, 0.35, 0.52), hsl(table, 0.38, 0.40)),
    );
    for plank in 0..5_u8 {
        let y = 190.0 * f32::from(plank) + 90.0;
        canvas.line(
            &[(0.0, y), (1_280.0, y + 12.0)],
            4.0,
            sheer(Color::BLACK, 0.18),
        );
    }
    let rows = 6 + dice.below(5);
    let ink = hsl(230.0, 0.12, 0.28);
    canvas.turned(dice.range(-9.0, 9.0), (640.0, 480.0), |canvas| {
        slip(canvas);
        logo(canvas, (640.0, 140.0), 40.0, rows, ink);
        words(canvas, (540.0, 208.0), 200.0, 2, 10.0, ink);
        sums(canvas, rows, ink, dice);
    });
}

/// The paper of a receipt with its torn edge.
fn slip(canvas: &mut Canvas) {
    canvas.rect(
        446.0,
        76.0,
        420.0,
        830.0,
        Ink::Flat(sheer(Color::BLACK, 0.25)),
    );
    canvas.rect(
        430.0,
        60.0,
        420.0,
        830.0,
        Ink::Across(hsl(48.0, 0.12, 0.93), hsl(48.0, 0.10, 0.98)),
    );
    for tooth in 0..21_u8 {
        let x = 430.0 + 20.0 * f32::from(tooth);
        canvas.poly(
            &[(x, 890.0), (x + 10.0, 904.0), (x + 20.0, 890.0)],
            Ink::Flat(hsl(48.0, 0.10, 0.96)),
        );
    }
}

/// Rows of goods and prices, and the total.
fn sums(canvas: &mut Canvas, rows: usize, ink: Color, dice: &mut Dice) {
    for row in 0..rows {
        let y = 290.0 + 40.0 * row as f32;
        canvas.round(
            466.0,
            y,
            dice.range(120.0, 220.0),
            11.0,
            5.0,
            Ink::Flat(sheer(ink, 0.8)),
        );
        let price = dice.range(44.0, 84.0);
        canvas.round(814.0 - price, y, price, 11.0, 5.0, Ink::Flat(ink));
    }
    let end = 290.0 + 40.0 * rows as f32;
    canvas.line(&[(466.0, end), (814.0, end)], 3.0, sheer(ink, 0.5));
    canvas.round(466.0, end + 26.0, 130.0, 20.0, 8.0, Ink::Flat(ink));
    canvas.round(690.0, end + 26.0, 124.0, 20.0, 8.0, Ink::Flat(ink));
}
