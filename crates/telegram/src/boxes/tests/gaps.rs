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

fn edited(id: i32, pts: i32) -> Update {
    let message = fixtures::message(id, user(5), "changed").into();
    types::UpdateEditMessage {
        message,
        pts,
        pts_count: 1,
    }
    .into()
}

fn encrypted(qts: i32) -> Update {
    let message = types::EncryptedMessageService {
        random_id: 1,
        chat_id: 1,
        date: 1,
        bytes: Vec::new(),
    };
    types::UpdateNewEncryptedMessage {
        message: message.into(),
        qts,
    }
    .into()
}

#[test]
fn a_difference_for_the_secret_chats_brings_the_accounts_changes_too() {
    let secret = UpdateState { qts: 4, ..state() };
    let mut boxes = Boxes::load(&secret, KnownPeers::new(Some(1), []));
    assert!(matches!(boxes.due(), Due::Common(_)));
    boxes.take_difference(empty());
    // Only their sequence has a gap.
    boxes.take_pushed(pushed(vec![encrypted(9)]));
    sleep(Duration::from_millis(600));
    assert!(matches!(boxes.due(), Due::Common(_)));
    let changes = vec![edited(3, 11), edited(4, 12)];
    let turn = boxes
        .take_difference(difference(Vec::new(), changes, 12))
        .unwrap();
    assert_eq!(turn.facts.len(), 2);
    assert_eq!(turn.state.unwrap().pts, 12);
    assert!(matches!(boxes.due(), Due::Nothing(_)));
}
