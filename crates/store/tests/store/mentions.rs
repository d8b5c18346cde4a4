//! A mention in a group waits until the operator writes there, not until it is read.

use std::collections::HashMap;

use switchboard_model::{ChatId, Fact, MessageFact, MessageId, PeerId};

use crate::support::{ANN, DAY, FORUM, TEAM, World, came, deleted, own, peer, text};

fn mention(of: PeerId, id: i32) -> Fact {
    came(MessageFact {
        mentioned: true,
        ..text(of, id, "what do you say?")
    })
}

fn waiting(world: &World, from: i64) -> HashMap<ChatId, i64> {
    world.read(move |reader| reader.unanswered_mentions(from))
}

/// A group of each kind, and a person: what they write waits as it is, mention or not.
fn world() -> World {
    let world = World::new();
    world.peers(vec![
        peer(ANN, "Ann"),
        peer(TEAM, "Team"),
        peer(FORUM, "Forum"),
    ]);
    world.facts(vec![mention(ANN, 50)]);
    world
}

#[test]
fn a_mention_waits_until_it_is_answered() {
    let world = world();
    for group in [TEAM, FORUM] {
        world.facts(vec![
            mention(group, 1),
            came(own(group, 2, "done")),
            came(text(group, 3, "thanks")),
        ]);
        assert_eq!(waiting(&world, DAY), HashMap::new(), "answered");
        world.facts(vec![
            mention(group, 4),
            came(text(group, 5, "and")),
            mention(group, 6),
            came(text(group, 7, "so")),
        ]);
        let chat = world.chat_id(group);
        let since = |from| waiting(&world, from).get(&chat).copied();
        assert_eq!(since(DAY), Some(DAY + 4), "the oldest of them");
        assert_eq!(since(DAY + 5), Some(DAY + 6));
        assert_eq!(since(DAY + 8), None, "too long ago");
        world.write(move |tx| tx.set_read(chat, MessageId(7)));
        assert_eq!(since(DAY), Some(DAY + 4), "read is not answered");
        world.facts(vec![deleted(group, &[4])]);
        assert_eq!(since(DAY), Some(DAY + 6));
        world.facts(vec![came(own(group, 8, "yes"))]);
        assert_eq!(since(DAY), None);
        // The other group is looked at alone.
        world.facts(vec![deleted(group, &[1, 2, 3, 5, 6, 7, 8])]);
    }
}

#[test]
fn what_was_written_elsewhere_and_is_told_late_answers_too() {
    let world = world();
    for group in [TEAM, FORUM] {
        world.facts(vec![mention(group, 1), came(text(group, 9, "and"))]);
        assert_eq!(waiting(&world, DAY).len(), 1);
        world.facts(vec![came(own(group, 5, "from my phone"))]);
        assert_eq!(waiting(&world, DAY), HashMap::new());
        world.facts(vec![deleted(group, &[1, 5, 9])]);
    }
}
