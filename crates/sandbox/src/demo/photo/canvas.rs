//! A thin layer over tiny-skia: shapes in units of the drawing, with the few inks it needs.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LinearGradient, Paint, Path, PathBuilder, Pixmap,
    Point, RadialGradient, Rect, Shader, SpreadMode, Stroke, Transform,
};

use crate::demo::Dice;

/// A point in units of the drawing.
pub(super) type Spot = (f32, f32);

/// A colour by hue (degrees), saturation and lightness (0 to 1).
pub(super) fn hsl(hue: f32, saturation: f32, lightness: f32) -> Color {
    let hue = hue.rem_euclid(360.0) / 30.0;
    let reach = saturation * lightness.min(1.0 - lightness);
    let channel = |shift: f32| {
        let k = (shift + hue) % 12.0;
        lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    Color::from_rgba(
        unit(channel(0.0)),
        unit(channel(8.0)),
        unit(channel(4.0)),
        1.0,
    )
    .unwrap_or(Color::BLACK)
}

/// The same colour, seen through by `alpha` (0 to 1).
pub(super) fn sheer(mut color: Color, alpha: f32) -> Color {
    color.set_alpha(unit(alpha));
    color
}

fn unit(value: f32) -> f32 {
    value.clamp(0.0, 1.0)
}

/// How a shape is filled.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    /// One colour.
    Flat(Color),
    /// From the top of the shape to its bottom.
    Down(Color, Color),
    /// From the left of the shape to its right.
    Across(Color, Color),
    /// From the middle of the shape to its edge.
    Glow(Color, Color),
}

/// A picture being drawn.
pub(super) struct Canvas {
    pixmap: Pixmap,
    transform: Transform,
}

impl Canvas {
    /// A canvas of `width` × `height` pixels that shows `across` × `down` units; `None` for a size
    /// of 0.
    pub(super) fn new(width: u16, height: u16, across: f32, down: f32) -> Option<Self> {
        let pixmap = Pixmap::new(width.into(), height.into())?;
        let transform = Transform::from_scale(f32::from(width) / across, f32::from(height) / down);
        Some(Self { pixmap, transform })
    }

    /// Moves everything drawn from now on.
    pub(super) fn shift(&mut self, x: f32, y: f32) {
        self.transform = self.transform.pre_translate(x, y);
    }

    /// Draws with the paper turned by `degrees` around `(x, y)`.
    pub(super) fn turned(&mut self, degrees: f32, (x, y): Spot, draw: impl FnOnce(&mut Self)) {
        let before = self.transform;
        self.transform = before.pre_concat(Transform::from_rotate_at(degrees, x, y));
        draw(self);
        self.transform = before;
    }

    /// Width and height in pixels.
    pub(super) fn size(&self) -> (u16, u16) {
        let short = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
        (short(self.pixmap.width()), short(self.pixmap.height()))
    }

    /// RGBA, row by row. Every scene covers its whole canvas, so alpha is full everywhere.
    pub(super) fn pixels(&self) -> &[u8] {
        self.pixmap.data()
    }

    /// Fills a path.
    pub(super) fn fill(&mut self, path: &Path, ink: Ink) {
        let mut paint = paint(ink, path.bounds());
        paint.anti_alias = true;
        self.pixmap
            .fill_path(path, &paint, FillRule::Winding, self.transform, None);
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.fill(&PathBuilder::from_rect(rect), ink);
        }
    }

    /// A rectangle with round corners.
    pub(super) fn round(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32, ink: Ink) {
        let (right, bottom) = (x + width, y + height);
        let mut path = PathBuilder::new();
        path.move_to(x + radius, y);
        path.line_to(right - radius, y);
        path.quad_to(right, y, right, y + radius);
        path.line_to(right, bottom - radius);
        path.quad_to(right, bottom, right - radius, bottom);
        path.line_to(x + radius, bottom);
        path.quad_to(x, bottom, x, bottom - radius);
        path.line_to(x, y + radius);
        path.quad_to(x, y, x + radius, y);
        path.close();
        self.fill_path(path, ink);
    }

    /// An ellipse.
    pub(super) fn oval(&mut self, (x, y): Spot, rx: f32, ry: f32, ink: Ink) {
        if let Some(path) =
            Rect::from_xywh(x - rx, y - ry, 2.0 * rx, 2.0 * ry).and_then(PathBuilder::from_oval)
        {
            self.fill(&path, ink);
        }
    }

    /// A polygon.
    pub(super) fn poly(&mut self, spots: &[Spot], ink: Ink) {
        let mut path = PathBuilder::new();
        for (index, &(x, y)) in spots.iter().enumerate() {
            if index == 0 {
                path.move_to(x, y)
            } else {
                path.line_to(x, y)
            }
        }
        path.close();
        self.fill_path(path, ink);
    }

    /// A closed shape whose outline bends smoothly past the given spots.
    pub(super) fn blob(&mut self, spots: &[Spot], ink: Ink) {
        let middle = |(ax, ay): Spot, (bx, by): Spot| ((ax + bx) / 2.0, (ay + by) / 2.0);
        let (Some(&first), Some(&last)) = (spots.first(), spots.last()) else {
            return;
        };
        let mut path = PathBuilder::new();
        let (x, y) = middle(last, first);
        path.move_to(x, y);
        for (index, &(x, y)) in spots.iter().enumerate() {
            let next = spots.get(index + 1).copied().unwrap_or(first);
            let (to_x, to_y) = middle((x, y), next);
            path.quad_to(x, y, to_x, to_y);
        }
        path.close();
        self.fill_path(path, ink);
    }

    /// A line through the given spots, with round ends.
    pub(super) fn line(&mut self, spots: &[Spot], width: f32, color: Color) {
        let mut path = PathBuilder::new();
        for (index, &(x, y)) in spots.iter().enumerate() {
            if index == 0 {
                path.move_to(x, y)
            } else {
                path.line_to(x, y)
            }
        }
        let Some(path) = path.finish() else { return };
        let mut paint = Paint {
            anti_alias: true,
            ..Paint::default()
        };
        paint.set_color(color);
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            ..Stroke::default()
        };
        self.pixmap
            .stroke_path(&path, &paint, &stroke, self.transform, None);
    }

    /// A soft shadow on the ground.
    pub(super) fn shadow(&mut self, at: Spot, rx: f32, ry: f32, strength: f32) {
        self.oval(
            at,
            rx,
            ry,
            Ink::Glow(sheer(Color::BLACK, strength), sheer(Color::BLACK, 0.0)),
        );
    }

    /// A wall and a table, with light from the upper left. `hue` tints both.
    pub(super) fn room(&mut self, hue: f32, horizon: f32) {
        let (wide, high) = (super::WIDTH, super::HEIGHT);
        self.rect(
            0.0,
            0.0,
            wide,
            horizon,
            Ink::Down(hsl(hue, 0.18, 0.90), hsl(hue, 0.20, 0.80)),
        );
        self.oval(
            (300.0, 120.0),
            900.0,
            620.0,
            Ink::Glow(sheer(Color::WHITE, 0.55), sheer(Color::WHITE, 0.0)),
        );
        self.rect(
            0.0,
            horizon,
            wide,
            high - horizon,
            Ink::Down(hsl(hue + 12.0, 0.24, 0.66), hsl(hue + 8.0, 0.26, 0.78)),
        );
        self.rect(
            0.0,
            horizon,
            wide,
            18.0,
            Ink::Down(sheer(Color::BLACK, 0.14), sheer(Color::BLACK, 0.0)),
        );
    }

    /// Grain and darker corners, as a camera gives them.
    pub(super) fn develop(&mut self, dice: &mut Dice) {
        let (width, height) = (self.pixmap.width() as usize, self.pixmap.height());
        let mut noise = dice.bits() | 1;
        for (row, line) in self
            .pixmap
            .data_mut()
            .chunks_exact_mut(width * 4)
            .enumerate()
        {
            let y = row as f32 / height as f32 - 0.5;
            for (column, pixel) in line.chunks_exact_mut(4).enumerate() {
                let x = column as f32 / width as f32 - 0.5;
                noise ^= noise << 13;
                noise ^= noise >> 7;
                noise ^= noise << 17;
                let grain = (noise & 7) as f32 - 3.5;
                let light = 1.0 - 0.30 * (x * x + y * y);
                for channel in pixel.iter_mut().take(3) {
                    *channel = (f32::from(*channel) * light + grain) as u8;
                }
            }
        }
    }

    fn fill_path(&mut self, path: PathBuilder, ink: Ink) {
        if let Some(path) = path.finish() {
            self.fill(&path, ink);
        }
    }
}

/// The paint of an ink for a shape with these bounds.
fn paint(ink: Ink, bounds: Rect) -> Paint<'static> {
    let middle = (
        (bounds.left() + bounds.right()) / 2.0,
        (bounds.top() + bounds.bottom()) / 2.0,
    );
    let shader = match ink {
        Ink::Flat(color) => Some(Shader::SolidColor(color)),
        Ink::Down(from, to) => linear(
            (middle.0, bounds.top()),
            (middle.0, bounds.bottom()),
            from,
            to,
        ),
        Ink::Across(from, to) => linear(
            (bounds.left(), middle.1),
            (bounds.right(), middle.1),
            from,
            to,
        ),
        Ink::Glow(from, to) => glow(bounds, middle, from, to),
    };
    Paint {
        shader: shader.unwrap_or(Shader::SolidColor(Color::TRANSPARENT)),
        ..Paint::default()
    }
}

fn linear((x, y): Spot, (to_x, to_y): Spot, from: Color, to: Color) -> Option<Shader<'static>> {
    let stops = vec![GradientStop::new(0.0, from), GradientStop::new(1.0, to)];
    let (start, end) = (Point::from_xy(x, y), Point::from_xy(to_x, to_y));
    LinearGradient::new(start, end, stops, SpreadMode::Pad, Transform::identity())
}

/// A round glow, pressed into the shape's proportions.
fn glow(bounds: Rect, (x, y): Spot, from: Color, to: Color) -> Option<Shader<'static>> {
    let stops = vec![GradientStop::new(0.0, from), GradientStop::new(1.0, to)];
    let radius = bounds.width() / 2.0;
    let squeeze = bounds.height() / bounds.width();
    let transform = Transform::from_row(1.0, 0.0, 0.0, squeeze, 0.0, y - y * squeeze);
    let centre = Point::from_xy(x, y);
    RadialGradient::new(centre, centre, radius, stops, SpreadMode::Pad, transform)
}
