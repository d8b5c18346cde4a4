use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// A Tuesday noon.
const NOW: i64 = 1_773_144_000;

fn all_turns(seed: u64) -> Vec<(&'static Chat, Vec<Turn>)> {
    let demo = script();
    demo.chats
        .iter()
        .map(|chat| (chat, demo.conversation(chat, seed, NOW)))
        .collect()
}

#[test]
fn the_texts_are_sound() {
    let demo = Demo::load().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(demo.accounts.len(), 3);
    assert_eq!(demo.people.len(), 45);
    assert_eq!(
        demo.people
            .iter()
            .filter(|person| person.knows.len() == 2)
            .count(),
        6
    );
    let kinds = |kind| demo.chats.iter().filter(|chat| chat.kind == kind).count();
    let found = [
        ChatKind::Private,
        ChatKind::Group,
        ChatKind::Supergroup,
        ChatKind::Channel,
        ChatKind::Saved,
    ]
    .map(kinds);
    assert_eq!(found, [45, 6, 4, 2, 3]);
}

#[test]
fn every_language_has_enough_to_say() {
    for language in Language::ALL {
        let phrases = script().phrases(language).unwrap();
        assert!(phrases.talks.len() >= 9, "{language:?} talks");
        for (id, lines) in &phrases.talks {
            assert!(
                (15..=40).contains(&lines.len()),
                "{id} has {} lines",
                lines.len()
            );
            assert!(
                script()
                    .chats
                    .iter()
                    .any(|chat| chat.talk.as_ref() == Some(id)),
                "{id} is never held"
            );
        }
        assert!(
            phrases.banks.of(Bank::Customer).len() >= 40,
            "{language:?} dialogues"
        );
        assert!(
            phrases.openers.len() >= 58,
            "{language:?}: {} openers",
            phrases.openers.len()
        );
        assert!(
            phrases.intents.len() >= 28,
            "{language:?}: {} intents",
            phrases.intents.len()
        );
    }
}

#[test]
fn the_world_is_about_four_thousand_messages_in_order_and_in_the_past() {
    let turns = all_turns(7);
    let total: usize = turns.iter().map(|(_, turns)| turns.len()).sum();
    assert!((3_700..=4_400).contains(&total), "{total} messages");
    for (chat, turns) in &turns {
        assert!(
            turns.is_sorted_by_key(|turn| turn.date),
            "{} is out of order",
            chat.id
        );
        let (first, last) = (turns.first().unwrap(), turns.last().unwrap());
        assert_eq!(
            NOW - last.date,
            line::seconds("", &chat.last).unwrap(),
            "{} ends elsewhere",
            chat.id
        );
        assert!(
            NOW - first.date < 100 * 86_400,
            "{} begins too early",
            chat.id
        );
        for (index, turn) in turns.iter().enumerate() {
            assert!(turn.reply_to.is_none_or(|target| target < index));
            assert!(
                turn.edit_date
                    .is_none_or(|edited| edited >= turn.date && edited <= NOW)
            );
            assert!(!turn.text.is_empty() || turn.media.is_some());
        }
    }
}

#[test]
fn a_seed_makes_one_world() {
    let turns = |seed| {
        all_turns(seed)
            .into_iter()
            .map(|(_, turns)| turns)
            .collect::<Vec<_>>()
    };
    assert_eq!(turns(7), turns(7));
    assert_ne!(turns(7), turns(8));
}

#[test]
fn no_slot_and_no_mark_is_left_in_a_text() {
    for (chat, turns) in all_turns(7) {
        for turn in turns {
            assert!(
                !turn.text.contains(['{', '}']),
                "{}: {}",
                chat.id,
                turn.text
            );
            let units = turn.text.encode_utf16().count();
            assert!(
                turn.entities
                    .iter()
                    .all(|entity| entity.offset + entity.length <= units)
            );
            if let Some(Media::File(name)) = turn.media {
                assert!(!name.contains('{') && name.contains('.'), "{name}");
            }
        }
    }
}

#[test]
fn only_members_speak_and_channels_speak_alone() {
    for (chat, turns) in all_turns(7) {
        for turn in turns {
            match turn.from {
                Speaker::Me => {}
                Speaker::Person(id) => {
                    assert!(
                        chat.with
                            .iter()
                            .chain(&chat.members)
                            .any(|member| *member == id)
                    );
                    assert!(
                        !matches!(chat.kind, ChatKind::Channel | ChatKind::Saved),
                        "{}",
                        chat.id
                    );
                }
            }
        }
    }
}

#[test]
fn long_texts_rarely_repeat() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (_, turns) in all_turns(7) {
        for turn in turns
            .into_iter()
            .filter(|turn| turn.text.chars().count() > 25)
        {
            *seen.entry(turn.text).or_default() += 1;
        }
    }
    let all: usize = seen.values().sum();
    let repeated: usize = seen.values().filter(|count| **count > 6).sum();
    assert!(
        repeated * 20 < all,
        "{repeated} of {all} long messages are said more than six times"
    );
}

#[test]
fn all_kinds_of_content_occur() {
    let turns: Vec<Turn> = all_turns(7)
        .into_iter()
        .flat_map(|(_, turns)| turns)
        .collect();
    let count = |found: fn(&Turn) -> bool| turns.iter().filter(|turn| found(turn)).count();
    assert!(count(|turn| matches!(turn.media, Some(Media::Photo(_)))) > 100);
    assert!(count(|turn| matches!(turn.media, Some(Media::Voice(_)))) > 20);
    assert!(count(|turn| matches!(turn.media, Some(Media::File(_)))) > 60);
    assert!(count(|turn| turn.reply_to.is_some()) > 15);
    assert!(count(|turn| turn.edit_date.is_some()) > 4);
    assert!(count(|turn| turn.text.chars().count() > 700) >= 2);
    let marks: BTreeSet<String> = turns
        .iter()
        .flat_map(|turn| &turn.entities)
        .map(|entity| format!("{:?}", entity.mark))
        .collect();
    for mark in ["Bold", "Italic", "Code", "Url", "Mention"] {
        assert!(marks.contains(mark), "{mark}");
    }
}

#[test]
fn peers_understand_what_they_are_told() {
    let told = [
        (Language::En, "Hello! The price is 320 for 500", "price"),
        (Language::En, "Thank you so much", "thanks"),
        (Language::En, "Could you send me a photo?", "photo"),
        (Language::En, "qwerty", "unknown"),
        (Language::En, "this is a chip", "unknown"),
        (Language::Ru, "Спасибо большое!", "thanks"),
        (Language::Ru, "Доставка будет в четверг", "delivery"),
        (Language::Ru, "Когда вам удобно?", "when"),
        (Language::Ru, "абракадабра", "unknown"),
        (Language::Uk, "Дякую!", "thanks"),
        (Language::Uk, "Скільки кілограмів?", "price"),
        (Language::Uk, "Який помел?", "grind"),
        (Language::Uk, "абвгд", "unknown"),
    ];
    for (language, text, intent) in told {
        let reply = script()
            .reply_to(text, language, Gender::Feminine, 1, NOW)
            .unwrap();
        assert_eq!(reply.intent, intent, "{text}");
        assert!(!reply.rich.text.is_empty() && !reply.rich.text.contains('{'));
        assert_eq!(
            script().reply_to(text, language, Gender::Feminine, 1, NOW),
            Some(reply)
        );
    }
}

#[test]
fn openers_follow_the_speaker() {
    let said = |gender| {
        (0..200)
            .map(|seed| {
                script()
                    .opener(Language::Ru, gender, seed, NOW)
                    .unwrap()
                    .text
            })
            .collect::<BTreeSet<_>>()
    };
    let (hers, his) = (said(Gender::Feminine), said(Gender::Masculine));
    assert!(hers.len() > 50);
    assert!(
        hers.iter().any(|text| text.contains("потеряла"))
            && !his.iter().any(|text| text.contains("потеряла"))
    );
}

#[test]
fn damaged_texts_are_told_apart() {
    let mut demo = Demo::load().unwrap();
    demo.people[0].phone = "12025550143".into();
    assert!(matches!(demo.check_phones(), Err(DemoError::Phone { .. })));
    let mut demo = Demo::load().unwrap();
    demo.chats[1].id = demo.chats[0].id.clone();
    assert!(matches!(
        demo.check_ids(),
        Err(DemoError::Duplicate { kind: "chat", .. })
    ));
    let mut chat = Demo::load().unwrap().chats[0].clone();
    chat.talk = Some("nothing".into());
    assert!(matches!(
        script().check_chat(&chat),
        Err(DemoError::Unknown { kind: "talk", .. })
    ));
    chat.with = None;
    assert!(matches!(
        script().check_chat(&chat),
        Err(DemoError::Incomplete { part: "person", .. })
    ));
    let wrong: Result<PeopleFile, _> = phrases::parse("people.toml", "account = 1");
    assert!(matches!(
        wrong,
        Err(DemoError::Syntax {
            file: "people.toml",
            ..
        })
    ));
}
