//! What is packed and labelled: boxes, bottles, parcels.

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Spot, hsl, sheer};
use super::marks::{logo, words};
use crate::demo::Dice;

/// A few printed boxes, large ones behind.
pub(super) fn boxes(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(20.0, 60.0), 520.0);
    let kraft = dice.range(26.0, 34.0);
    let accent = dice.range(0.0, 360.0);
    let kind = dice.below(4);
    let mut spots = vec![
        (250.0, 330.0, 300.0, 330.0),
        (690.0, 420.0, 250.0, 270.0),
        (430.0, 610.0, 210.0, 190.0),
    ];
    if dice.chance(50) {
        spots.push((830.0, 690.0, 170.0, 140.0));
    }
    for (index, (x, y, width, height)) in spots.into_iter().enumerate() {
        let (x, y) = (x + dice.range(-30.0, 30.0), y + dice.range(-15.0, 15.0));
        let (hue, light) = if index % 2 == 0 {
            (kraft, 0.62)
        } else {
            (accent, 0.52)
        };
        let middle = carton(canvas, (x, y), width, height, hue, light);
        let mark = if index % 2 == 0 {
            hsl(accent, 0.55, 0.34)
        } else {
            hsl(kraft, 0.45, 0.92)
        };
        logo(
            canvas,
            (middle.0, middle.1 - height * 0.10),
            width * 0.17,
            kind,
            mark,
        );
        words(
            canvas,
            (middle.0 - width * 0.25, middle.1 + height * 0.20),
            width * 0.5,
            2,
            height * 0.028,
            mark,
        );
    }
}

/// A box seen from a corner: front, side and top. Answers the front's middle.
fn carton(
    canvas: &mut Canvas,
    (x, y): Spot,
    width: f32,
    height: f32,
    hue: f32,
    light: f32,
) -> Spot {
    let (depth_x, depth_y) = (width * 0.42, width * 0.20);
    canvas.shadow(
        (x + width * 0.75, y + height),
        width * 1.05,
        width * 0.20,
        0.42,
    );
    let front = [
        (x, y),
        (x + width, y),
        (x + width, y + height),
        (x, y + height),
    ];
    canvas.poly(
        &front,
        Ink::Down(hsl(hue, 0.38, light), hsl(hue, 0.40, light - 0.07)),
    );
    let side = [
        (x + width, y),
        (x + width + depth_x, y - depth_y),
        (x + width + depth_x, y + height - depth_y),
        (x + width, y + height),
    ];
    canvas.poly(
        &side,
        Ink::Across(hsl(hue, 0.42, light - 0.18), hsl(hue, 0.42, light - 0.25)),
    );
    let top = [
        (x, y),
        (x + depth_x, y - depth_y),
        (x + width + depth_x, y - depth_y),
        (x + width, y),
    ];
    canvas.poly(
        &top,
        Ink::Down(hsl(hue, 0.34, light + 0.12), hsl(hue, 0.34, light + 0.07)),
    );
    seams(canvas, (x, y), (width, height), (depth_x, depth_y));
    (x + width / 2.0, y + height / 2.0)
}

fn seams(canvas: &mut Canvas, (x, y): Spot, (width, height): Spot, (depth_x, depth_y): Spot) {
    let seam = sheer(Color::BLACK, 0.18);
    canvas.line(
        &[
            (x + depth_x / 2.0, y - depth_y / 2.0),
            (x + width + depth_x / 2.0, y - depth_y / 2.0),
        ],
        2.5,
        seam,
    );
    canvas.line(
        &[(x + width, y), (x + width, y + height)],
        1.5,
        sheer(Color::WHITE, 0.25),
    );
}

/// A bottle with a label on it.
pub(super) fn label(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(0.0, 360.0), 700.0);
    let glass = dice.range(20.0, 160.0);
    let accent = dice.range(0.0, 360.0);
    let kind = dice.below(4);
    let count = 1 + dice.below(3);
    for index in 0..count {
        let x = 640.0 + (index as f32 - (count - 1) as f32 / 2.0) * 330.0;
        bottle(canvas, x, glass, accent + 70.0 * index as f32, kind);
    }
}

fn bottle(canvas: &mut Canvas, x: f32, glass: f32, accent: f32, kind: usize) {
    canvas.shadow((x + 60.0, 842.0), 230.0, 44.0, 0.5);
    let body = [
        (x - 46.0, 130.0),
        (x + 46.0, 130.0),
        (x + 46.0, 270.0),
        (x + 120.0, 360.0),
        (x + 122.0, 560.0),
        (x + 120.0, 842.0),
        (x - 120.0, 842.0),
        (x - 122.0, 560.0),
        (x - 120.0, 360.0),
        (x - 46.0, 270.0),
    ];
    canvas.poly(
        &body,
        Ink::Across(hsl(glass, 0.45, 0.16), hsl(glass, 0.50, 0.30)),
    );
    canvas.round(
        x - 52.0,
        108.0,
        104.0,
        62.0,
        12.0,
        Ink::Across(hsl(accent, 0.35, 0.30), hsl(accent, 0.30, 0.44)),
    );
    bottle_label(canvas, x, accent, kind);
    canvas.round(
        x - 96.0,
        300.0,
        20.0,
        520.0,
        10.0,
        Ink::Flat(sheer(Color::WHITE, 0.20)),
    );
}

fn bottle_label(canvas: &mut Canvas, x: f32, accent: f32, kind: usize) {
    canvas.round(
        x - 120.0,
        430.0,
        240.0,
        320.0,
        8.0,
        Ink::Across(hsl(42.0, 0.35, 0.86), hsl(42.0, 0.30, 0.95)),
    );
    canvas.rect(
        x - 120.0,
        700.0,
        240.0,
        34.0,
        Ink::Flat(hsl(accent, 0.50, 0.45)),
    );
    logo(canvas, (x, 535.0), 56.0, kind, hsl(accent, 0.55, 0.40));
    words(
        canvas,
        (x - 78.0, 622.0),
        156.0,
        3,
        9.0,
        hsl(accent, 0.25, 0.28),
    );
}

/// A parcel with tape and an address label.
pub(super) fn parcel(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(180.0, 260.0), 560.0);
    let hue = dice.range(26.0, 34.0);
    let (x, y) = (
        300.0 + dice.range(-40.0, 40.0),
        380.0 + dice.range(-20.0, 30.0),
    );
    let (width, height) = (480.0, 400.0);
    carton(canvas, (x, y), width, height, hue, 0.60);
    let tape = sheer(hsl(44.0, 0.45, 0.86), 0.75);
    canvas.rect(x + 205.0, y, 70.0, 130.0, Ink::Flat(tape));
    canvas.poly(
        &[
            (x + 205.0, y),
            (x + 275.0, y),
            (x + 476.0, y - 96.0),
            (x + 406.0, y - 96.0),
        ],
        Ink::Flat(tape),
    );
    address(canvas, (x, y), dice);
    this_way_up(canvas, (x, y), hsl(hue, 0.45, 0.30));
}

/// The shipping label with its bar code.
fn address(canvas: &mut Canvas, (x, y): Spot, dice: &mut Dice) {
    canvas.round(
        x + 40.0,
        y + 180.0,
        250.0,
        170.0,
        6.0,
        Ink::Flat(hsl(40.0, 0.20, 0.96)),
    );
    words(
        canvas,
        (x + 58.0, y + 200.0),
        200.0,
        3,
        9.0,
        hsl(220.0, 0.15, 0.32),
    );
    for bar in 0..26_u8 {
        let thick = dice.range(2.0, 6.0);
        canvas.rect(
            x + 58.0 + 8.0 * f32::from(bar),
            y + 278.0,
            thick,
            52.0,
            Ink::Flat(hsl(220.0, 0.15, 0.20)),
        );
    }
}

fn this_way_up(canvas: &mut Canvas, (x, y): Spot, arrow: Color) {
    for offset in [340.0, 400.0] {
        canvas.line(
            &[(x + offset, y + 330.0), (x + offset, y + 240.0)],
            8.0,
            arrow,
        );
        canvas.line(
            &[
                (x + offset - 20.0, y + 262.0),
                (x + offset, y + 238.0),
                (x + offset + 20.0, y + 262.0),
            ],
            8.0,
            arrow,
        );
    }
}
