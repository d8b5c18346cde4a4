//! What a coffee roaster photographs.

use std::f32::consts::TAU;

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Spot, hsl, sheer};
use super::marks::{logo, words};
use super::{HEIGHT, WIDTH};
use crate::demo::Dice;

/// One bean around `at`, turned by `degrees`.
fn bean(canvas: &mut Canvas, at: Spot, size: f32, degrees: f32, light: f32) {
    let (x, y) = at;
    canvas.turned(degrees, at, |canvas| {
        canvas.oval(
            (x + size * 0.10, y + size * 0.14),
            size,
            size * 0.68,
            Ink::Flat(sheer(Color::BLACK, 0.30)),
        );
        canvas.oval(
            at,
            size,
            size * 0.66,
            Ink::Down(hsl(24.0, 0.46, light + 0.10), hsl(20.0, 0.50, light - 0.05)),
        );
        let crease: Vec<Spot> = (0..=8_u8)
            .map(|step| {
                let share = f32::from(step) / 8.0;
                (
                    x - size * 0.86 + share * size * 1.72,
                    y + (share * TAU).sin() * size * 0.12,
                )
            })
            .collect();
        canvas.line(
            &crease,
            size * 0.11,
            hsl(18.0, 0.55, (light - 0.12).max(0.04)),
        );
        canvas.oval(
            (x - size * 0.15, y - size * 0.36),
            size * 0.42,
            size * 0.12,
            Ink::Flat(sheer(Color::WHITE, 0.14)),
        );
    });
}

/// A heap of beans that fills the picture.
pub(super) fn beans(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.rect(0.0, 0.0, WIDTH, HEIGHT, Ink::Flat(hsl(18.0, 0.45, 0.08)));
    let roast = dice.range(0.17, 0.27);
    for row in 0..13_u8 {
        for column in 0..14_u8 {
            let at = (
                f32::from(column) * 98.0 + dice.range(-34.0, 34.0),
                f32::from(row) * 80.0 + dice.range(-30.0, 30.0),
            );
            bean(
                canvas,
                at,
                dice.range(50.0, 66.0),
                dice.range(0.0, 360.0),
                roast + dice.range(-0.03, 0.04),
            );
        }
    }
    canvas.oval(
        (360.0, 200.0),
        760.0,
        520.0,
        Ink::Glow(sheer(hsl(40.0, 0.80, 0.85), 0.22), sheer(Color::WHITE, 0.0)),
    );
}

/// Bags of coffee with a label, a few beans in front.
pub(super) fn bag(canvas: &mut Canvas, dice: &mut Dice) {
    canvas.room(dice.range(10.0, 60.0), 700.0);
    let paper = dice.chance(50);
    let hue = if paper {
        30.0
    } else {
        dice.range(150.0, 260.0)
    };
    let accent = dice.range(0.0, 360.0);
    let kind = dice.below(4);
    let count = 1 + dice.below(2);
    for index in 0..count {
        let x = 640.0 + (index as f32 - (count - 1) as f32 / 2.0) * 430.0;
        one_bag(
            canvas,
            x,
            (hue, if paper { 0.58 } else { 0.26 }),
            accent + 80.0 * index as f32,
            kind,
        );
    }
    for _ in 0..14 {
        let at = (dice.range(180.0, 1_100.0), dice.range(868.0, 935.0));
        bean(canvas, at, 20.0, dice.range(0.0, 360.0), 0.20);
    }
}

fn one_bag(canvas: &mut Canvas, x: f32, (hue, light): (f32, f32), accent: f32, kind: usize) {
    let tone = |light: f32| hsl(hue, 0.34, light);
    canvas.shadow((x + 40.0, 862.0), 270.0, 44.0, 0.5);
    let body = [
        (x - 170.0, 210.0),
        (x + 170.0, 210.0),
        (x + 178.0, 500.0),
        (x + 196.0, 862.0),
        (x - 196.0, 862.0),
        (x - 178.0, 500.0),
    ];
    canvas.poly(&body, Ink::Across(tone(light + 0.06), tone(light - 0.08)));
    canvas.poly(
        &[
            (x + 120.0, 210.0),
            (x + 170.0, 210.0),
            (x + 196.0, 862.0),
            (x + 140.0, 862.0),
        ],
        Ink::Flat(sheer(Color::BLACK, 0.14)),
    );
    bag_fold(canvas, x, tone(light + 0.10), tone(light - 0.02));
    canvas.round(
        x - 176.0,
        168.0,
        352.0,
        20.0,
        8.0,
        Ink::Flat(hsl(accent, 0.45, 0.42)),
    );
    bag_label(canvas, x, accent, kind);
    canvas.poly(
        &[
            (x - 150.0, 240.0),
            (x - 118.0, 240.0),
            (x - 134.0, 840.0),
            (x - 172.0, 840.0),
        ],
        Ink::Flat(sheer(Color::WHITE, 0.10)),
    );
}

/// The rolled top and the valve.
fn bag_fold(canvas: &mut Canvas, x: f32, from: Color, to: Color) {
    canvas.rect(x - 174.0, 150.0, 348.0, 70.0, Ink::Down(from, to));
    canvas.line(
        &[(x - 170.0, 222.0), (x + 170.0, 222.0)],
        4.0,
        sheer(Color::BLACK, 0.25),
    );
    canvas.oval((x, 290.0), 20.0, 20.0, Ink::Flat(sheer(Color::BLACK, 0.28)));
    canvas.oval((x, 290.0), 12.0, 12.0, Ink::Flat(sheer(Color::WHITE, 0.30)));
}

fn bag_label(canvas: &mut Canvas, x: f32, accent: f32, kind: usize) {
    canvas.round(
        x - 126.0,
        360.0,
        252.0,
        360.0,
        12.0,
        Ink::Across(hsl(44.0, 0.35, 0.95), hsl(42.0, 0.28, 0.89)),
    );
    canvas.round(
        x - 126.0,
        360.0,
        252.0,
        70.0,
        12.0,
        Ink::Flat(hsl(accent, 0.50, 0.50)),
    );
    logo(canvas, (x, 522.0), 54.0, kind, hsl(accent, 0.50, 0.42));
    words(
        canvas,
        (x - 88.0, 622.0),
        176.0,
        3,
        11.0,
        hsl(24.0, 0.30, 0.28),
    );
}

/// A cup from above, with a leaf or a heart in the milk.
pub(super) fn cup(canvas: &mut Canvas, dice: &mut Dice) {
    let table = dice.range(15.0, 40.0);
    boards(canvas, table, dice);
    let china = if dice.chance(60) {
        hsl(40.0, 0.20, 0.95)
    } else {
        hsl(dice.range(0.0, 360.0), 0.34, 0.62)
    };
    let rim = sheer(Color::WHITE, 0.45);
    let at = (640.0 + dice.range(-50.0, 50.0), 490.0);
    let (x, y) = at;
    saucer(canvas, at, china);
    canvas.turned(dice.range(-40.0, 30.0), at, |canvas| {
        canvas.round(
            x + 230.0,
            y - 26.0,
            140.0,
            52.0,
            24.0,
            Ink::Down(china, sheer(Color::BLACK, 0.18)),
        );
        canvas.oval(
            (x + 14.0, y + 20.0),
            268.0,
            266.0,
            Ink::Flat(sheer(Color::BLACK, 0.20)),
        );
        canvas.oval(at, 262.0, 262.0, Ink::Flat(china));
        canvas.oval(at, 262.0, 262.0, Ink::Down(rim, sheer(Color::BLACK, 0.12)));
        canvas.oval(
            at,
            232.0,
            232.0,
            Ink::Glow(hsl(26.0, 0.60, 0.46), hsl(22.0, 0.62, 0.27)),
        );
    });
    let milk = hsl(38.0, 0.60, 0.90);
    if dice.chance(50) {
        leaf(canvas, at, milk)
    } else {
        heart(canvas, at, milk)
    }
}

fn saucer(canvas: &mut Canvas, at: Spot, china: Color) {
    let (x, y) = at;
    canvas.oval(
        (x + 26.0, y + 40.0),
        420.0,
        412.0,
        Ink::Glow(sheer(Color::BLACK, 0.65), sheer(Color::BLACK, 0.0)),
    );
    canvas.oval(at, 372.0, 372.0, Ink::Flat(china));
    canvas.oval(
        at,
        372.0,
        372.0,
        Ink::Glow(sheer(Color::BLACK, 0.20), sheer(Color::BLACK, 0.02)),
    );
    canvas.oval(at, 346.0, 346.0, Ink::Flat(sheer(china, 0.6)));
}

fn boards(canvas: &mut Canvas, table: f32, dice: &mut Dice) {
    canvas.rect(
        0.0,
        0.0,
        WIDTH,
        HEIGHT,
        Ink::Down(hsl(table, 0.32, 0.50), hsl(table, 0.36, 0.38)),
    );
    for _ in 0..18 {
        let y = dice.range(0.0, HEIGHT);
        canvas.line(
            &[(0.0, y), (WIDTH, y + dice.range(-30.0, 30.0))],
            dice.range(1.0, 4.0),
            sheer(hsl(table, 0.40, 0.22), 0.22),
        );
    }
}

fn leaf(canvas: &mut Canvas, (x, y): Spot, milk: Color) {
    for step in 0..7_u8 {
        let row = f32::from(step);
        let half = 150.0 - 19.0 * row;
        let top = y + 90.0 - 38.0 * row;
        let wing = [
            (x, top + 34.0),
            (x + half, top - 34.0),
            (x + half * 0.9, top - 62.0),
            (x, top + 4.0),
            (x - half * 0.9, top - 62.0),
            (x - half, top - 34.0),
        ];
        canvas.blob(&wing, Ink::Flat(milk));
    }
    canvas.line(
        &[(x, y + 150.0), (x, y - 190.0)],
        7.0,
        hsl(24.0, 0.58, 0.34),
    );
}

fn heart(canvas: &mut Canvas, (x, y): Spot, milk: Color) {
    for (scale, ink) in [(1.0, milk), (0.70, hsl(26.0, 0.58, 0.50)), (0.52, milk)] {
        let points: Vec<Spot> = (0..48_u8)
            .map(|step| {
                let angle = f32::from(step) / 48.0 * TAU;
                let across = 16.0 * angle.sin().powi(3);
                let down = -(13.0 * angle.cos()
                    - 5.0 * (2.0 * angle).cos()
                    - 2.0 * (3.0 * angle).cos()
                    - (4.0 * angle).cos());
                (x + across * 9.4 * scale, y + down * 9.4 * scale)
            })
            .collect();
        canvas.blob(&points, Ink::Flat(ink));
    }
}
