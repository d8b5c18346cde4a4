//! Search over messages and names.

use switchboard_model::{
    Entity, EntityKind, Fact, FieldId, Filter, MessageId, MessageKind, PeerId, RowId, Scope,
    SearchFilter, SearchPage, Side, Turn,
};
use switchboard_store::StoreError;

use crate::support::{ANN, BOB, NOW, World, add_account, came, deleted, edited, peer, text};

fn search(world: &World, scope: Scope, query: &'static str) -> SearchPage {
    world.read(move |r| r.search(scope, query, None, 50))
}

fn found(world: &World, query: &'static str) -> Vec<String> {
    let page = search(world, Scope::Everywhere, query);
    page.hits.into_iter().map(|hit| hit.message.text).collect()
}

#[test]
fn words_are_found_however_they_are_written() {
    let world = World::new();
    for (id, words) in (1..).zip([
        "Счёт за май",
        "Їжак з’їв п'ять яблук",
        "Café at noon",
        "東京都の会議",
        "Ґрунт і вода",
    ]) {
        world.facts(vec![came(text(ANN, id, words))]);
    }
    for (query, expected) in [
        ("счет", "Счёт за май"),
        ("СЧЁТ МА", "Счёт за май"),
        ("пять", "Їжак з’їв п'ять яблук"),
        ("їжа", "Їжак з’їв п'ять яблук"),
        ("cafe", "Café at noon"),
        ("会議", "東京都の会議"),
        ("京都", "東京都の会議"),
        ("ґрунт", "Ґрунт і вода"),
    ] {
        assert_eq!(found(&world, query), [expected], "{query}");
    }
    assert!(found(&world, "都京").is_empty(), "a phrase keeps its order");
    assert!(
        found(&world, "сче мая").is_empty(),
        "only the last word may go on"
    );
}

#[test]
fn a_query_cannot_break_out_of_its_quotes() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "one two near"))]);
    for query in ["\"", "* ( ) -", "…", "", "  ", "^"] {
        assert!(found(&world, query).is_empty(), "{query}");
    }
    assert_eq!(found(&world, "one\" NEAR"), ["one two near"]);
    assert!(
        found(&world, "one OR three").is_empty(),
        "operators are words"
    );
    assert!(found(&world, "words:one").is_empty());
}

#[test]
fn a_scope_narrows_to_an_account_or_a_chat() {
    let world = World::new();
    let other = add_account(&world.store, 2);
    world.facts(vec![
        came(text(ANN, 1, "tea of ann")),
        came(text(BOB, 2, "tea of bob")),
    ]);
    world.write(move |tx| {
        let turn = Turn {
            facts: vec![came(text(ANN, 3, "tea elsewhere"))],
            ..Turn::default()
        };
        tx.apply_turn(other, &turn, NOW)
    });
    let texts = |scope| -> Vec<String> {
        let page = search(&world, scope, "tea");
        page.hits.into_iter().map(|hit| hit.message.text).collect()
    };
    assert_eq!(
        texts(Scope::Everywhere),
        ["tea elsewhere", "tea of bob", "tea of ann"]
    );
    assert_eq!(
        texts(Scope::Account(world.account)),
        ["tea of bob", "tea of ann"]
    );
    assert_eq!(texts(Scope::Chat(world.chat_id(ANN))), ["tea of ann"]);
    assert!(
        found(&world, "a1").is_empty(),
        "names of scopes are not words"
    );
}

#[test]
fn pages_follow_each_other_without_gap() {
    let world = World::new();
    world.facts((1..=25).map(|id| came(text(ANN, id, "tea"))).collect());
    let mut before: Option<RowId> = None;
    let mut ids = Vec::new();
    loop {
        let page = world.read(move |r| r.search(Scope::Everywhere, "tea", before, 10));
        ids.extend(page.hits.iter().map(|hit| hit.message.id));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(ids, (1..=25).rev().map(MessageId).collect::<Vec<_>>());
}

/// What a list of a kept beginning holds beside the matches is passed over, whether it is little or
/// so much that the full query takes over.
#[test]
fn a_long_beginning_finds_the_same_among_few_and_many_others() {
    for others in [0, 3, 60] {
        let world = World::new();
        let mut facts = Vec::new();
        let mut id = 0;
        let mut say = |words: &str| {
            id += 1;
            facts.push(came(text(ANN, id, words)));
        };
        for number in 0..12 {
            say(&format!("договоримся завтра {number}"));
            (0..others).for_each(|_| say("договор завтра"));
        }
        world.facts(facts);
        let mut before = None;
        let mut texts = Vec::new();
        loop {
            let page =
                world.read(move |r| r.search(Scope::Everywhere, "завтра договори", before, 5));
            texts.extend(page.hits.into_iter().map(|hit| hit.message.text));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        let expected: Vec<_> = (0..12)
            .rev()
            .map(|n| format!("договоримся завтра {n}"))
            .collect();
        assert_eq!(texts, expected, "with {others} others between");
    }
}

/// Enough messages to be indexed at once, which are undone and come again.
#[test]
fn words_of_an_undone_batch_are_found_when_it_comes_again() {
    let world = World::new();
    let facts: Vec<_> = (1..=600)
        .map(|id| came(text(ANN, id, &format!("steamboat{}", id % 2))))
        .collect();
    let account = world.account;
    let turn = Turn {
        facts: facts.clone(),
        ..Turn::default()
    };
    let undone = world.store.write_blocking(move |tx| {
        tx.apply_turn(account, &turn, NOW)?;
        Err::<(), _>(StoreError::NotFound)
    });
    assert!(undone.is_err());
    world.facts(facts);
    for query in ["steamboat", "steamboat1"] {
        assert_eq!(found(&world, query).len(), 50, "{query}");
    }
    assert!(found(&world, "steamboat2").is_empty());
}

#[test]
fn edits_and_deletions_are_followed() {
    let world = World::new();
    world.facts(vec![
        came(text(ANN, 1, "coffee")),
        came(text(ANN, 2, "coffee too")),
    ]);
    world.facts(vec![edited(text(ANN, 1, "water"), 5), deleted(ANN, &[2])]);
    assert!(found(&world, "coffee").is_empty());
    assert_eq!(found(&world, "water"), ["water"]);
}

#[test]
fn chats_are_found_by_name_and_username_as_they_are_now() {
    let world = World::new();
    let mut ann = peer(ANN, "Анна Ёлкина");
    ann.username = Some("annie".to_owned());
    world.turn(Turn {
        peers: vec![ann.clone()],
        facts: vec![came(text(ANN, 1, "x")), came(text(BOB, 2, "x"))],
        ..Turn::default()
    });
    world.peers(vec![peer(BOB, "Bob")]);
    let names = |query| -> Vec<String> {
        let page = search(&world, Scope::Everywhere, query);
        page.chats.into_iter().map(|chat| chat.title).collect()
    };
    assert_eq!(names("елк анн"), ["Анна Ёлкина"]);
    assert_eq!(names("@annie"), ["Анна Ёлкина"]);
    assert_eq!(names("bo"), ["Bob"]);
    ann.name = "Mrs Smith".to_owned();
    world.peers(vec![ann]);
    assert!(names("елкина").is_empty());
    assert_eq!(names("smith"), ["Mrs Smith"]);
    let in_chat = search(&world, Scope::Chat(world.chat_id(BOB)), "bob");
    assert!(in_chat.chats.is_empty());
}

#[test]
fn hits_say_what_matched_in_which_chat() {
    let world = World::new();
    world.turn(Turn {
        peers: vec![peer(ANN, "Ann")],
        facts: vec![came(text(ANN, 1, "😀 Счёт"))],
        ..Turn::default()
    });
    let page = search(&world, Scope::Everywhere, "счет");
    assert_eq!(page.hits[0].chat_title, "Ann");
    let span = page.hits[0].spans[0];
    assert_eq!((span.offset, span.length), (3, 4));
}

#[test]
fn files_are_found_by_their_names() {
    let world = World::new();
    let mut file = text(ANN, 1, "");
    file.media = Some(switchboard_model::Media {
        file_name: Some("Offer-2024.pdf".to_owned()),
        ..Default::default()
    });
    world.facts(vec![came(file)]);
    assert_eq!(found(&world, "offer 2024").len(), 1);
    assert_eq!(found(&world, "2024 offer").len(), 1);
}

fn sifted(world: &World, query: &'static str, filter: &SearchFilter) -> Vec<String> {
    let filter = filter.clone();
    let everywhere = Scope::Everywhere;
    let page = world.read(move |r| r.search_filtered((everywhere, query), &filter, None, 50, NOW));
    page.hits.into_iter().map(|hit| hit.message.text).collect()
}

#[test]
fn a_filter_finds_a_name_behind_many_that_it_keeps_out() {
    let world = World::new();
    let people = || (1..=30).map(|at| PeerId::user(7_000 + at));
    world.turn(Turn {
        peers: people().map(|id| peer(id, "Anna")).collect(),
        facts: (1..)
            .zip(people())
            .map(|(at, id)| {
                let mut fact = text(id, at, "hello");
                // The one that wrote first is the last in the list, and alone unanswered.
                fact.out = at > 1;
                came(fact)
            })
            .collect(),
        ..Turn::default()
    });
    let theirs = SearchFilter::Chat(Filter::LastFrom(Side::Them));
    let page =
        world.read(move |r| r.search_filtered((Scope::Everywhere, "anna"), &theirs, None, 50, NOW));
    let found: Vec<_> = page.chats.iter().map(|chat| chat.peer).collect();
    assert_eq!(found, [PeerId::user(7_001)]);
}

/// Ann's and Bob's messages, a photo and an own one among them; Bob's chat is archived.
fn several(world: &World) {
    let mut photo = text(ANN, 4, "the sign");
    photo.kind = MessageKind::Photo;
    let mut link = text(BOB, 5, "see example.org");
    link.entities = vec![Entity {
        kind: EntityKind::Link,
        offset: 4,
        length: 11,
        value: None,
    }];
    let mut ours = text(ANN, 6, "the answer");
    ours.out = true;
    ours.sender = None;
    world.turn(Turn {
        peers: vec![peer(ANN, "Ann Brook"), peer(BOB, "Bob")],
        facts: vec![
            came(text(ANN, 3, "the question")),
            came(photo),
            came(link),
            came(ours),
            Fact::Archived {
                peer: BOB,
                archived: true,
            },
        ],
        ..Turn::default()
    });
}

#[test]
fn a_filter_lets_through_what_it_names() {
    let world = World::new();
    several(&world);
    use SearchFilter as F;
    let not = |part| F::Not(Box::new(part));
    let of_ann = F::From("brook".to_owned());
    assert_eq!(sifted(&world, "", &of_ann), ["the sign", "the question"]);
    assert_eq!(sifted(&world, "questi", &of_ann), ["the question"]);
    assert_eq!(sifted(&world, "the", &F::Out), ["the answer"]);
    let photos = F::Any(vec![
        F::Kind(MessageKind::Photo),
        F::Kind(MessageKind::Video),
    ]);
    assert_eq!(sifted(&world, "", &photos), ["the sign"]);
    assert_eq!(sifted(&world, "", &F::Link), ["see example.org"]);
    let archived = F::Chat(Filter::Archived);
    assert_eq!(sifted(&world, "", &archived), ["see example.org"]);
    assert!(sifted(&world, "the", &archived).is_empty());
    let late = F::Since(text(ANN, 5, "").date);
    assert_eq!(sifted(&world, "", &late), ["the answer", "see example.org"]);
    let of_others = F::Every(vec![late.clone(), not(F::Out)]);
    assert_eq!(sifted(&world, "", &of_others), ["see example.org"]);
    let early = F::Before(text(ANN, 5, "").date);
    assert_eq!(sifted(&world, "", &early), ["the sign", "the question"]);
    let mixed = F::Any(vec![F::Out, F::Every(vec![photos, not(F::Link)])]);
    assert_eq!(sifted(&world, "", &mixed), ["the answer", "the sign"]);
    assert!(sifted(&world, "", &SearchFilter::default()).is_empty());
}

#[test]
fn pages_of_a_filtered_search_miss_nothing_and_repeat_nothing() {
    let world = World::new();
    let photo = |id: i32| {
        let mut photo = text(if id % 2 == 0 { ANN } else { BOB }, id, "tea");
        if id % 7 == 0 {
            photo.kind = MessageKind::Photo;
        }
        photo
    };
    world.facts((1..=1_300).map(|id| came(photo(id))).collect());
    let filter = SearchFilter::Kind(MessageKind::Photo);
    for query in ["", "tea"] {
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let filter = filter.clone();
            let scope = Scope::Everywhere;
            let page =
                world.read(move |r| r.search_filtered((scope, query), &filter, before, 10, NOW));
            found.extend(page.hits.iter().map(|hit| hit.message.id.0));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        let expected: Vec<i32> = (1..=1_300).rev().filter(|id| id % 7 == 0).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn people_are_found_by_phone_and_by_what_is_noted_of_them() {
    let world = World::new();
    let mut ann = peer(ANN, "Ann");
    ann.phone = Some("+380441234567".to_owned());
    world.turn(Turn {
        peers: vec![ann, peer(BOB, "Bob")],
        facts: vec![came(text(ANN, 1, "a")), came(text(BOB, 2, "b"))],
        ..Turn::default()
    });
    let bob = world.chat_id(BOB);
    let source = FieldId(3);
    world.write(move |tx| tx.set_value(bob, source, Some("Trade fair"), &crate::crm::by(NOW)));
    let titles = |query| -> Vec<String> {
        let page = search(&world, Scope::Everywhere, query);
        page.chats.into_iter().map(|chat| chat.title).collect()
    };
    for query in ["+380 44 123", "(044) 1234-567", "4567"] {
        assert_eq!(titles(query), ["Ann"], "{query}");
    }
    assert!(titles("567").is_empty());
    assert_eq!(titles("trade FAIR"), ["Bob"]);
}
