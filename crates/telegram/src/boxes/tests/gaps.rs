//! Gaps that close by a difference.

use std::thread::sleep;
use std::time::Duration;

use super::*;

#[test]
fn a_gap_is_mended_although_another_was_mended_just_before() {
    let mut boxes = caught_up();
    boxes.take_pushed(pushed(vec![new(5, 12)]));
    sleep(Duration::from_millis(200));
    boxes.take_pushed(pushed(vec![new_in_channel(9, 102)]));
    let Due::Nothing(first) = boxes.due() else {
        panic!("a gap may close by itself");
    };
    sleep(first.saturating_duration_since(Instant::now()));
    assert!(matches!(boxes.due(), Due::Common(_)));
    let missing = fixtures::message(4, user(5), "text").into();
    boxes.take_difference(difference(vec![missing], Vec::new(), 12));
    let Due::Nothing(second) = boxes.due() else {
        panic!("the channel's time is not over");
    };
    let left = second.saturating_duration_since(Instant::now());
    assert!(left < Duration::from_secs(1), "{left:?}");
    sleep(left);
    assert!(matches!(
        boxes.due(),
        Due::Channel {
            id: CHANNEL,
            pts: 100
        }
    ));
}
