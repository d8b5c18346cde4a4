//! QR codes as squares, drawn here so that a window and a terminal only show them.

use fast_qr::{ECL, QRBuilder};
use switchboard_model::QrPicture;

/// The dark and light squares of a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Squares {
    rows: Vec<Vec<bool>>,
}

impl Squares {
    /// The QR code of a text; absent where the text is too long for one.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let dark = |y: usize, x: usize| code.data.get(y * code.size + x).map(|m| m.value());
        let rows = (0..code.size)
            .map(|y| {
                (0..code.size)
                    .map(|x| dark(y, x).unwrap_or(false))
                    .collect()
            })
            .collect();
        Some(Self { rows })
    }

    /// The rows from the top, each from the left; true is dark. Without the light ground around.
    #[must_use]
    pub fn rows(&self) -> &[Vec<bool>] {
        &self.rows
    }

    /// The same as an SVG path: one rectangle for each run of dark squares in a row.
    #[must_use]
    pub fn picture(&self) -> QrPicture {
        let mut path = String::new();
        for (y, row) in self.rows.iter().enumerate() {
            let mut x = 0;
            for run in row.chunk_by(PartialEq::eq) {
                let long = run.len();
                if run.first() == Some(&true) {
                    path.push_str(&format!("M{x} {y}h{long}v1h-{long}z"));
                }
                x += long;
            }
        }
        QrPicture {
            size: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
            path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "tg://login?token=7Kq0yqfZ9n0Wc1mO5c3v1Q9C0yqfZ9n0Wc1mO5c3v1Q";

    #[test]
    fn the_three_corners_are_there() {
        let squares = Squares::of(URL).unwrap();
        let rows = squares.rows();
        let size = rows.len();
        assert!(size >= 21 && rows.iter().all(|row| row.len() == size));
        // A finder pattern: a dark ring of seven, a light one of five, a dark square of three.
        let finder = |top: usize, left: usize| {
            (0..7).all(|y| {
                (0..7).all(|x: usize| {
                    let ring = x.min(6 - x).min(y).min(6 - y);
                    rows[top + y][left + x] == (ring != 1)
                })
            })
        };
        assert!(finder(0, 0) && finder(0, size - 7) && finder(size - 7, 0));
    }

    #[test]
    fn the_path_covers_the_dark_squares_and_no_other() {
        let squares = Squares::of(URL).unwrap();
        let picture = squares.picture();
        let size = picture.size as usize;
        let mut drawn = vec![vec![false; size]; size];
        for run in picture.path.split_terminator('z') {
            let (at, rest) = run.trim_start_matches('M').split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (long, _) = rest.split_once('v').unwrap();
            let (x, y, long): (usize, usize, usize) = (
                x.parse().unwrap(),
                y.parse().unwrap(),
                long.parse().unwrap(),
            );
            drawn[y][x..x + long].fill(true);
        }
        assert_eq!(drawn, squares.rows());
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert_eq!(Squares::of(&"x".repeat(5_000)), None);
    }
}
