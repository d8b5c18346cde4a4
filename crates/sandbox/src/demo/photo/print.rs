//! What a print shop photographs: boxes, labels, cards, posters, swatches, parcels, receipts.

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Spot, hsl, sheer};
use crate::demo::Dice;

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
    (x + width / 2.0, y + height / 2.0)
}

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
    canvas.round(
        x - 96.0,
        300.0,
        20.0,
        520.0,
        10.0,
        Ink::Flat(sheer(Color::WHITE, 0.20)),
    );
}

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
    words(canvas, (440.0, 636.0), 404.0, 2, 18.0, hsl(hue, 0.30, 0.25));
    words(canvas, (440.0, 716.0), 180.0, 1, 10.0, hsl(hue, 0.20, 0.50));
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
    let arrow = hsl(hue, 0.45, 0.30);
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
        logo(canvas, (640.0, 140.0), 40.0, rows, ink);
        words(canvas, (540.0, 208.0), 200.0, 2, 10.0, ink);
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
    });
}
