//! Where the window stands on the screen.

use serde::{Deserialize, Serialize};

/// Pixels of a window's upper edge that must be on a screen, so that it can be moved by hand.
const GRIP: (i32, i32) = (120, 32);

/// Where the window stood, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Place {
    /// Left edge; may be negative, on a screen to the left of the first.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width, of the window when it is not maximised.
    pub width: u32,
    /// Height, of the window when it is not maximised.
    pub height: u32,
    /// Whether it filled its screen.
    pub maximised: bool,
}

/// A screen, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Where a window may stand that stood at `place`: there, no larger than its screen, as long as a
/// hand can reach it. `None` where that screen is gone: the window then stands where the system
/// puts it.
#[must_use]
pub fn fitted(place: Place, screens: &[Screen]) -> Option<Place> {
    let screen = screens.iter().find(|screen| reachable(place, screen))?;
    Some(Place {
        width: place.width.min(screen.width),
        height: place.height.min(screen.height),
        ..place
    })
}

fn reachable(place: Place, screen: &Screen) -> bool {
    let length = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
    let left = place.x.max(screen.x);
    let right = place
        .x
        .saturating_add(length(place.width))
        .min(screen.x.saturating_add(length(screen.width)));
    let bottom = screen.y.saturating_add(length(screen.height));
    right.saturating_sub(left) >= GRIP.0
        && place.y >= screen.y
        && bottom.saturating_sub(place.y) >= GRIP.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_never_out_of_reach() {
        let laptop = Screen {
            x: 0,
            y: 0,
            width: 1_920,
            height: 1_080,
        };
        let left = Screen {
            x: -2_560,
            y: 0,
            width: 2_560,
            height: 1_440,
        };
        let at = |x, y| Place {
            x,
            y,
            width: 1_280,
            height: 800,
            maximised: false,
        };
        let table = [
            ("inside", at(100, 100), true, true),
            ("on the left screen", at(-2_000, 100), false, true),
            ("a corner is left", at(1_801, 1_000), false, false),
            ("just enough", at(1_800, 1_048), true, true),
            ("below", at(100, 1_060), false, false),
            ("its edge above", at(100, -5), false, false),
            ("far away", at(40_000, 40_000), false, false),
        ];
        for (name, place, alone, both) in table {
            assert_eq!(fitted(place, &[laptop]).is_some(), alone, "{name}");
            assert_eq!(fitted(place, &[laptop, left]).is_some(), both, "{name}");
        }
        assert_eq!(fitted(at(0, 0), &[]), None);
    }

    #[test]
    fn a_window_is_no_larger_than_its_screen() {
        let small = Screen {
            x: 0,
            y: 0,
            width: 1_024,
            height: 700,
        };
        let place = Place {
            x: 10,
            y: 10,
            width: 1_280,
            height: 800,
            maximised: true,
        };
        let fitted = fitted(place, &[small]).expect("it can be reached");
        assert_eq!((fitted.width, fitted.height), (1_024, 700));
        assert!(fitted.maximised);
    }
}
