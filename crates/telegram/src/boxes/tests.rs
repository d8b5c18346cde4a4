mod gaps;

use grammers_tl_types::enums::Update;
use grammers_tl_types::enums::updates::ChannelDifference;

use super::*;
use crate::map::fixtures;
use switchboard_model::PeerId;

const CHANNEL: i64 = 7;

fn state() -> UpdateState {
    UpdateState {
        pts: 10,
        qts: 0,
        date: 1,
        seq: 0,
        channels: vec![(CHANNEL, 100)],
    }
}

fn user(user_id: i64) -> enums::Peer {
    types::PeerUser { user_id }.into()
}

fn channel() -> enums::Peer {
    types::PeerChannel {
        channel_id: CHANNEL,
    }
    .into()
}

fn new(id: i32, pts: i32) -> Update {
    let message = fixtures::message(id, user(5), "text").into();
    types::UpdateNewMessage {
        message,
        pts,
        pts_count: 1,
    }
    .into()
}

fn new_in_channel(id: i32, pts: i32) -> Update {
    let message = fixtures::message(id, channel(), "text").into();
    types::UpdateNewChannelMessage {
        message,
        pts,
        pts_count: 1,
    }
    .into()
}

fn pushed(updates: Vec<Update>) -> UpdatesLike {
    let updates = types::Updates {
        updates,
        users: Vec::new(),
        chats: Vec::new(),
        date: 5,
        seq: 0,
    };
    UpdatesLike::Updates(updates.into())
}

fn too_long_update(pts: Option<i32>) -> UpdatesLike {
    let update = types::UpdateChannelTooLong {
        channel_id: CHANNEL,
        pts,
    };
    pushed(vec![update.into()])
}

fn empty() -> Difference {
    types::updates::DifferenceEmpty { date: 2, seq: 0 }.into()
}

fn difference(
    new_messages: Vec<enums::Message>,
    other_updates: Vec<Update>,
    pts: i32,
) -> Difference {
    types::updates::Difference {
        new_messages,
        new_encrypted_messages: Vec::new(),
        other_updates,
        chats: Vec::new(),
        users: Vec::new(),
        state: types::updates::State {
            pts,
            qts: 0,
            date: 3,
            seq: 0,
            unread_count: 0,
        }
        .into(),
    }
    .into()
}

/// Boxes whose first difference brought nothing.
fn caught_up() -> Boxes {
    let mut boxes = Boxes::load(&state(), KnownPeers::new(Some(1), []));
    assert!(matches!(boxes.due(), Due::Common(_)));
    boxes.take_difference(empty());
    assert!(matches!(boxes.due(), Due::Nothing(_)));
    boxes
}

#[test]
fn channels_are_not_asked_for_at_the_start() {
    let boxes = caught_up();
    assert_eq!(boxes.state().channels, vec![(CHANNEL, 100)]);
}

#[test]
fn an_update_moves_the_state_with_its_row() {
    let mut boxes = caught_up();
    let turn = boxes.take_pushed(pushed(vec![new(3, 11)])).unwrap();
    assert!(matches!(turn.facts.as_slice(), [Fact::Message(_)]));
    assert_eq!(turn.state.unwrap().pts, 11);
    assert_eq!(boxes.take_pushed(pushed(vec![new(3, 11)])), None);
}

#[test]
fn what_waits_for_a_gap_is_not_in_the_state() {
    let mut boxes = caught_up();
    assert_eq!(boxes.take_pushed(pushed(vec![new(5, 13)])), None);
    assert_eq!(boxes.state().pts, 10);
    let turn = boxes
        .take_pushed(pushed(vec![new(3, 11), new(4, 12)]))
        .unwrap();
    assert_eq!(turn.facts.len(), 3);
    assert_eq!(turn.state.unwrap().pts, 13);
}

#[test]
fn a_channel_too_long_update_asks_from_where_we_are() {
    for pts in [None, Some(150)] {
        let mut boxes = caught_up();
        assert_eq!(boxes.take_pushed(too_long_update(pts)), None);
        assert!(
            matches!(
                boxes.due(),
                Due::Channel {
                    id: CHANNEL,
                    pts: 100
                }
            ),
            "{pts:?}"
        );
    }
}

#[test]
fn a_channel_too_long_update_of_an_unknown_channel_is_a_hole() {
    let mut boxes = caught_up();
    boxes.reload(&UpdateState {
        channels: Vec::new(),
        ..state()
    });
    boxes.take_difference(empty());
    let turn = boxes.take_pushed(too_long_update(Some(150))).unwrap();
    assert_eq!(turn.holes, vec![Hole::Channel(PeerId::channel(CHANNEL))]);
    assert!(matches!(boxes.due(), Due::Nothing(_)));
    assert_eq!(turn.state.unwrap().channels, vec![(CHANNEL, 150)]);
}

#[test]
fn a_too_long_difference_leaves_a_hole_and_asks_once_more() {
    let mut boxes = Boxes::load(&state(), KnownPeers::default());
    let too_long = || Difference::TooLong(types::updates::DifferenceTooLong { pts: 900 });
    let turn = boxes.take_difference(too_long()).unwrap();
    assert_eq!(turn.holes, vec![Hole::Common]);
    assert!(matches!(boxes.due(), Due::Common(request) if request.pts == 900));
    // A server that says so for ever is not asked for ever.
    boxes.take_difference(too_long());
    assert!(matches!(boxes.due(), Due::Nothing(_)));
}

#[test]
fn a_too_long_channel_difference_leaves_a_hole() {
    let dialog = |pts| types::Dialog {
        pts,
        ..fixtures::dialog(channel(), 40)
    };
    let answer = |pts| {
        let answer = types::updates::ChannelDifferenceTooLong {
            r#final: true,
            timeout: None,
            dialog: dialog(pts).into(),
            messages: Vec::new(),
            chats: Vec::new(),
            users: Vec::new(),
        };
        ChannelDifference::TooLong(answer)
    };
    let mut boxes = caught_up();
    boxes.channel_at(CHANNEL, 120);
    assert!(matches!(boxes.due(), Due::Channel { .. }));
    let turn = boxes
        .take_channel_difference(CHANNEL, answer(Some(500)))
        .unwrap();
    let hole = Hole::Channel(PeerId::channel(CHANNEL));
    assert_eq!(turn.holes, vec![hole.clone()]);
    assert_eq!(turn.state.unwrap().channels, vec![(CHANNEL, 500)]);

    // The library panics over a dialog without pts; here the box ends.
    boxes.channel_at(CHANNEL, 600);
    assert!(matches!(boxes.due(), Due::Channel { .. }));
    let turn = boxes
        .take_channel_difference(CHANNEL, answer(None))
        .unwrap();
    assert_eq!(turn.holes, vec![hole]);
    assert_eq!(turn.state.unwrap().channels, vec![]);
}

#[test]
fn a_difference_is_told_in_the_order_of_events() {
    let mut boxes = Boxes::load(&state(), KnownPeers::default());
    let edited = types::UpdateEditMessage {
        message: fixtures::message(3, user(5), "edited").into(),
        pts: 12,
        pts_count: 1,
    };
    let named = types::UpdateMessageId {
        id: 3,
        random_id: 99,
    };
    let message = fixtures::message(3, user(5), "first").into();
    let answer = difference(vec![message], vec![edited.into(), named.into()], 12);
    let turn = boxes.take_difference(answer).unwrap();
    assert!(matches!(
        turn.facts.as_slice(),
        [
            Fact::Accepted { random_id: 99, .. },
            Fact::Message(_),
            Fact::Edited(_)
        ]
    ));
}

#[test]
fn a_short_answer_names_the_sent_message() {
    let mut boxes = caught_up();
    let request = crate::send::blank_send(enums::InputPeer::PeerSelf, "note");
    let request = grammers_tl_types::functions::messages::SendMessage {
        random_id: 99,
        ..request
    };
    let update = types::UpdateShortSentMessage {
        out: true,
        id: 3,
        pts: 11,
        pts_count: 1,
        date: 5,
        media: None,
        entities: None,
        ttl_period: None,
    };
    let turn = boxes
        .take_pushed(UpdatesLike::ShortSentMessage { request, update })
        .unwrap();
    assert_eq!(turn.facts[0], accepted(99, 3));
    assert!(matches!(&turn.facts[1], Fact::Message(m) if m.peer == PeerId::user(1)));
}

#[test]
fn a_short_message_of_a_stranger_asks_for_the_difference() {
    let short = |user_id| types::UpdateShortMessage {
        out: false,
        mentioned: false,
        media_unread: false,
        silent: false,
        id: 3,
        user_id,
        message: "hi".into(),
        pts: 11,
        pts_count: 1,
        date: 5,
        fwd_from: None,
        via_bot_id: None,
        reply_to: None,
        entities: None,
        ttl_period: None,
    };
    let known = KnownPeers::new(Some(1), [(PeerId::user(5), 50)]);
    let mut boxes = Boxes::load(&state(), known);
    boxes.take_difference(empty());
    let stranger = UpdatesLike::Updates(short(6).into());
    assert_eq!(boxes.take_pushed(stranger), None);
    assert!(matches!(boxes.due(), Due::Common(_)));
    boxes.take_difference(empty());
    let friend = UpdatesLike::Updates(short(5).into());
    assert_eq!(boxes.take_pushed(friend).unwrap().facts.len(), 1);
}

#[test]
fn what_the_library_would_panic_over_is_left_out() {
    let mut boxes = caught_up();
    let stray = types::UpdateNewMessage {
        message: fixtures::message(3, channel(), "stray").into(),
        pts: 11,
        pts_count: 1,
    };
    assert_eq!(boxes.take_pushed(pushed(vec![stray.clone().into()])), None);
    boxes.doubt();
    let answer = difference(Vec::new(), vec![stray.into()], 12);
    let turn = boxes.take_difference(answer).unwrap();
    assert_eq!(turn.facts, vec![]);
    assert_eq!(turn.state.unwrap().pts, 12);
}

#[test]
fn a_forgotten_channel_ends_without_a_question() {
    let mut boxes = caught_up();
    boxes.forget_channel(CHANNEL);
    assert!(matches!(boxes.due(), Due::Nothing(_)));
    assert_eq!(
        boxes
            .take_pushed(pushed(vec![new_in_channel(3, 101)]))
            .map(|t| t.facts),
        Some(vec![])
    );
    assert_eq!(boxes.state().channels, vec![]);
    boxes.channel_at(CHANNEL, 200);
    let turn = boxes
        .take_pushed(pushed(vec![new_in_channel(4, 201)]))
        .unwrap();
    assert_eq!(turn.facts.len(), 1);
    assert_eq!(turn.state.unwrap().channels, vec![(CHANNEL, 201)]);
}

#[test]
fn an_unusable_state_begins_anew_and_leaves_a_hole() {
    let mut boxes = Boxes::load(&state(), KnownPeers::default());
    boxes.abandon_common();
    assert!(matches!(boxes.due(), Due::State));
    let present = types::updates::State {
        pts: 500,
        qts: 0,
        date: 9,
        seq: 1,
        unread_count: 0,
    };
    let turn = boxes.take_state(&present).unwrap();
    assert_eq!(turn.holes, vec![Hole::Common]);
    let state = turn.state.unwrap();
    assert_eq!((state.pts, state.channels), (500, vec![(CHANNEL, 100)]));
}

#[test]
fn a_closed_connection_asks_for_the_difference() {
    let mut boxes = caught_up();
    assert_eq!(boxes.take_pushed(UpdatesLike::ConnectionClosed), None);
    assert!(matches!(boxes.due(), Due::Common(_)));
}

#[test]
fn a_channel_is_asked_for_only_after_something_came_about_it() {
    let mut boxes = Boxes::load(&state(), KnownPeers::default());
    let quiet = types::UpdateChannelTooLong {
        channel_id: CHANNEL,
        pts: None,
    };
    // The library begins a difference by itself, as it does after a quarter of an hour.
    let quiet = types::UpdateShort {
        update: quiet.into(),
        date: 0,
    };
    let begun = boxes
        .boxes
        .process_updates(UpdatesLike::Updates(quiet.into()));
    assert!(begun.is_ok());
    boxes.take_difference(empty());
    assert!(matches!(boxes.due(), Due::Nothing(_)));
    assert_eq!(boxes.state().channels, vec![(CHANNEL, 100)]);

    // A gap is asked for.
    boxes.take_pushed(pushed(vec![new_in_channel(9, 105)]));
    assert!(boxes.active.contains(&CHANNEL));
    boxes.channel_at(CHANNEL, 105);
    assert!(matches!(boxes.due(), Due::Channel { .. }));
}

#[test]
fn a_channel_that_a_difference_calls_too_long_is_asked_for() {
    let mut boxes = Boxes::load(&state(), KnownPeers::default());
    let too_long = types::UpdateChannelTooLong {
        channel_id: CHANNEL,
        pts: Some(150),
    };
    boxes.take_difference(difference(Vec::new(), vec![too_long.into()], 12));
    assert!(matches!(
        boxes.due(),
        Due::Channel {
            id: CHANNEL,
            pts: 100
        }
    ));
}
