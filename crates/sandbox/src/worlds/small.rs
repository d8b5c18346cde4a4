//! A small world with one of each kind, for tests.

use grammers_tl_types::types;

use crate::peer::Peer;
use crate::world::World;
use crate::world::files::{Document, DocumentKind, Picture, Source};
use crate::world::message::{Action, Draft, Forward, Media};
use crate::world::people::{Channel, Group, Rank, Restrictions, User};

use super::ids::*;

const DAY: i64 = 86_400;

/// One account that is signed in, two logins more, and a peer of each kind. The newest message
/// is an hour older than `now_ms` (unix milliseconds).
#[must_use]
pub fn small(seed: u64, now_ms: i64) -> World {
    let mut world = World::new("small", seed, now_ms);
    let now = i32::try_from(now_ms / 1000).unwrap_or(i32::MAX);
    people(&mut world, now);
    accounts(&mut world);
    let mut scene = Scene {
        world,
        date: now - (3 * DAY) as i32,
    };
    scene.private_chats();
    scene.group();
    scene.channels();
    scene.marks();
    scene.world
}

fn user(id: i64, first: &str, last: &str, username: Option<&str>) -> User {
    User {
        id,
        first: first.into(),
        last: last.into(),
        username: username.map(Into::into),
        ..User::default()
    }
}

fn people(world: &mut World, now: i32) {
    world.add_user(user(ACCOUNT, "Olga", "Operator", Some("olga_operator")));
    world.add_user(user(PLAIN, "Peter", "Plain", None));
    world.add_user(user(LOCKED, "Lena", "Locked", Some("lena_locked")));
    world.add_user(user(1004, "Barred", "", None));
    let portrait = world.add_photo(Picture::Noise, 640, 640, now - 1000);
    world.add_user(User {
        phone: Some("9996699001".into()),
        photos: vec![portrait],
        about: "Buys paper by the tonne".into(),
        last_seen: now - 600,
        ..user(ANNA, "Anna", "Adler", Some("anna_adler"))
    });
    world.add_user(user(BORIS, "Борис", "Бондар", None));
    world.add_user(user(CLARA, "Clara", "", Some("clara_c")));
    world.add_user(user(PRIVATE, "Private", "", Some("private_p")));
    world.add_user(user(PAID, "Paid", "", Some("paid_p")));
    world.add_user(user(BLOCKING, "Blocking", "", Some("blocking_b")));
    world.add_user(User {
        deleted: true,
        ..user(DELETED, "", "", None)
    });
    world.add_user(user(STRANGER, "Stranger", "", Some("stranger_s")));
    world.add_user(User {
        bot: true,
        ..user(BOT, "Order Bot", "", Some("order_bot"))
    });
    world.restrict(
        Peer::User(PRIVATE),
        Restrictions {
            privacy: true,
            ..Restrictions::default()
        },
    );
    world.restrict(
        Peer::User(PAID),
        Restrictions {
            stars: Some(50),
            ..Restrictions::default()
        },
    );
    world.restrict(
        Peer::User(BLOCKING),
        Restrictions {
            blocked: true,
            ..Restrictions::default()
        },
    );
    let slow = Restrictions {
        slow_mode: 30,
        ..Restrictions::default()
    };
    world.restrict(Peer::Channel(SUPERGROUP), slow);
}

fn accounts(world: &mut World) {
    let mut main = super::login("9996620001", 2);
    main.signed_in = true;
    world.add_account(ACCOUNT, main);
    world.add_account(PLAIN, super::login("9996610002", 1));
    let mut locked = super::login("9996620003", 2);
    locked.password = Some(PASSWORD.into());
    world.add_account(LOCKED, locked);
    let mut barred = super::login("9996610004", 1);
    barred.banned = true;
    world.add_account(1004, barred);
    world.add_contact(ACCOUNT, ANNA, true);
    world.add_contact(ACCOUNT, BORIS, false);
}

/// A world being filled, a quarter of an hour between two messages.
struct Scene {
    world: World,
    date: i32,
}

impl Scene {
    fn say(&mut self, from: i64, to: Peer, draft: Draft) -> i32 {
        self.date += 900;
        self.world.post_at(from, to, draft, self.date).unwrap_or(0)
    }

    fn document(&mut self, mime: &str, name: Option<&str>, size: i64, kind: DocumentKind) -> Media {
        let (mime, name) = (mime.to_owned(), name.map(ToOwned::to_owned));
        let source = Source::Noise(size);
        let document = Document {
            mime,
            name,
            kind,
            source,
        };
        Media::Document(self.world.add_document(document, self.date))
    }

    fn private_chats(&mut self) {
        let (me, anna) = (Peer::User(ACCOUNT), Peer::User(ANNA));
        let hello = self.say(ANNA, me, Draft::text("Hello, is the paper in stock?"));
        let answer = Draft {
            reply_to: Some(hello),
            ..Draft::text("Yes, 12 tonnes.")
        };
        let answer = self.say(ACCOUNT, anna, answer);
        self.world
            .mark_edited(ACCOUNT, anna, answer, self.date + 60);
        let bold = types::MessageEntityBold {
            offset: 0,
            length: 5,
        }
        .into();
        let link = types::MessageEntityUrl {
            offset: 9,
            length: 19,
        }
        .into();
        self.say(
            ANNA,
            me,
            Draft {
                entities: vec![bold, link],
                ..Draft::text("Price at https://example.com?")
            },
        );
        self.media_to_anna();
        for turn in 0..120 {
            let (from, to) = if turn % 3 == 0 {
                (ACCOUNT, anna)
            } else {
                (ANNA, me)
            };
            self.say(
                from,
                to,
                Draft::text(format!("Строка {turn}: бумага и картон")),
            );
        }
        self.say(BORIS, me, Draft::text("Добрий день! Рахунок отримали."));
        self.say(ACCOUNT, Peer::User(BORIS), Draft::text("Дякую!"));
        for text in ["Good evening", "Anybody there?", "I would like to order"] {
            self.say(CLARA, me, Draft::text(text));
        }
        self.say(
            ACCOUNT,
            Peer::User(ACCOUNT),
            Draft::text("Note to self: call the printer"),
        );
        self.say(DELETED, me, Draft::text("This was me"));
        self.say(BOT, me, Draft::text("Your order 17 has been shipped"));
        self.say(
            ACCOUNT,
            Peer::User(LOCKED),
            Draft::text("Between two accounts of this world"),
        );
    }

    fn media_to_anna(&mut self) {
        let me = Peer::User(ACCOUNT);
        let photo = Media::Photo(self.world.add_photo(Picture::Noise, 1280, 720, self.date));
        let album = Some(77_001);
        let captioned = Draft {
            media: Some(photo.clone()),
            ..Draft::text("The warehouse")
        };
        self.say(
            ANNA,
            me,
            Draft {
                grouped_id: album,
                ..captioned
            },
        );
        let second = Draft {
            media: Some(photo),
            grouped_id: album,
            ..Draft::default()
        };
        self.say(ANNA, me, second);
        let kinds = [
            self.document(
                "application/pdf",
                Some("price.pdf"),
                300_123,
                DocumentKind::Plain,
            ),
            self.document("audio/ogg", None, 24_000, DocumentKind::Voice(12)),
            self.document(
                "video/mp4",
                Some("tour.mp4"),
                90_000,
                DocumentKind::Video(8, 640, 360),
            ),
            self.document(
                "image/webp",
                None,
                20_000,
                DocumentKind::Sticker("👍".into()),
            ),
            Media::Geo(50.45, 30.52),
            Media::Contact {
                phone: "9996699002".into(),
                first: "Борис".into(),
                last: "Бондар".into(),
                user: BORIS,
            },
            Media::Poll {
                question: "Glossy?".into(),
                answers: vec!["Yes".into(), "No".into()],
            },
        ];
        for media in kinds {
            self.say(
                ANNA,
                me,
                Draft {
                    media: Some(media),
                    ..Draft::default()
                },
            );
        }
        let forward = Forward {
            from: Some(Peer::User(CLARA)),
            name: None,
            date: self.date - 500,
        };
        self.say(
            ANNA,
            me,
            Draft {
                forward: Some(forward),
                ..Draft::text("Forwarded words")
            },
        );
        self.say(ANNA, me, Draft::service(Action::Call(95)));
    }

    fn group(&mut self) {
        let mut group = Group::new(GROUP, "Warehouse shift", self.date);
        for (id, rank) in [
            (ACCOUNT, Rank::Creator),
            (ANNA, Rank::Admin),
            (BORIS, Rank::Member),
        ] {
            group.members.insert(id, rank);
        }
        group.members.insert(LOCKED, Rank::Member);
        self.world.add_group(group);
        let group = Peer::Chat(GROUP);
        let members = vec![ANNA, BORIS, LOCKED];
        let made = Action::GroupCreated {
            title: "Warehouse shift".into(),
            members,
        };
        self.say(ACCOUNT, group, Draft::service(made));
        self.say(ANNA, group, Draft::text("Who is in tomorrow?"));
        self.say(BORIS, group, Draft::text("Я буду"));
        self.say(ACCOUNT, group, Draft::text("Me too"));
        self.say(LOCKED, group, Draft::text("And me"));
    }

    fn channels(&mut self) {
        let mut talk = Channel::supergroup(SUPERGROUP, "Paper trade", self.date);
        let mut own = Channel::broadcast(OWN_CHANNEL, "Our offers", self.date);
        let mut news = Channel::broadcast(NEWS_CHANNEL, "Market news", self.date);
        own.username = Some("our_offers".into());
        news.username = Some("market_news".into());
        news.audience = 12_000;
        talk.members.extend([
            (ANNA, Rank::Creator),
            (BORIS, Rank::Member),
            (CLARA, Rank::Member),
        ]);
        talk.members
            .extend([(ACCOUNT, Rank::Member), (LOCKED, Rank::Member)]);
        own.members
            .extend([(ACCOUNT, Rank::Creator), (ANNA, Rank::Member)]);
        news.members
            .extend([(CLARA, Rank::Creator), (ACCOUNT, Rank::Member)]);
        for channel in [talk, own, news] {
            self.world.add_channel(channel);
        }
        for turn in 0..150 {
            let from = [ANNA, BORIS, ACCOUNT, CLARA, LOCKED]
                .get(turn % 5)
                .copied()
                .unwrap_or(ANNA);
            let text = format!("Offer {turn}: 80 g/m², white");
            self.say(from, Peer::Channel(SUPERGROUP), Draft::text(text));
        }
        for turn in 0..5 {
            let offer = Draft::text(format!("Offer of the week {turn}"));
            self.say(ACCOUNT, Peer::Channel(OWN_CHANNEL), offer);
            self.say(
                CLARA,
                Peer::Channel(NEWS_CHANNEL),
                Draft::text(format!("News {turn}")),
            );
        }
    }

    /// Read marks, pins, archive, mutes, drafts.
    fn marks(&mut self) {
        let world = &mut self.world;
        for peer in [
            Peer::User(ANNA),
            Peer::User(BORIS),
            Peer::Chat(GROUP),
            Peer::User(BOT),
        ] {
            world.read(ACCOUNT, peer, 0);
            world.read_by_peer(ACCOUNT, peer, 0);
        }
        world.read(ACCOUNT, Peer::Channel(SUPERGROUP), 100);
        world.read(ACCOUNT, Peer::Channel(OWN_CHANNEL), 0);
        world.read_by_peer(ACCOUNT, Peer::Channel(SUPERGROUP), 90);
        world.pin(ACCOUNT, Peer::Channel(SUPERGROUP), true);
        world.pin(ACCOUNT, Peer::User(ANNA), true);
        world.archive(ACCOUNT, Peer::User(BORIS), 1);
        world.mute(ACCOUNT, Peer::User(BORIS), i32::MAX);
        world.mark_unread(ACCOUNT, Peer::User(CLARA), true);
        world.draft(ACCOUNT, Peer::User(CLARA), "Dear Clara, of course");
    }
}
