//! Turns a chat into a dated sequence of messages.
//!
//! The written-out conversation stands at the end, where a user looks first; short dialogues fill
//! the weeks before it. Dates are laid from the last message backwards, so that the end of the
//! chat is where the file says it is; only then are the texts filled, since dates in them depend
//! on the day on which they are said.

use super::dice::Dice;
use super::line::{Line, Media, Voice, seconds};
use super::markup::{Entity, Rich};
use super::phrases::Phrases;
use super::slots::{Filling, Names};
use super::world::{Account, Chat, Gender, Person};

const DAY: i64 = 86_400;
/// The demo world's past, in days.
const SPAN_DAYS: i64 = 90;
/// Local hours in which business is done; nights are left out.
const OPEN: i64 = 8 * 3_600;
const CLOSE: i64 = 20 * 3_600;
/// How many dialogues further in the bank the next chat begins: about as many as one chat takes.
const STRIDE: usize = 17;

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// The account itself (in a channel: the channel).
    Me,
    /// The person with this id.
    Person(String),
}

/// One message of the demo world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who wrote it.
    pub from: Speaker,
    /// Unix seconds.
    pub date: i64,
    /// Unix seconds of its last change, where it was changed.
    pub edit_date: Option<i64>,
    /// The text without markup; the caption where there is media.
    pub text: String,
    /// Formatting of the text.
    pub entities: Vec<Entity>,
    /// What comes with it.
    pub media: Option<Media>,
    /// Position, in the same sequence, of the message it answers.
    pub reply_to: Option<usize>,
}

/// What a chat is expanded from.
pub(super) struct Setting<'a> {
    pub(super) chat: &'a Chat,
    pub(super) account: &'a Account,
    /// The other side, or the members of the group.
    pub(super) people: Vec<&'a Person>,
    pub(super) phrases: &'a Phrases,
    /// Position among the account's chats that draw on the same bank.
    pub(super) index: usize,
    pub(super) seed: u64,
    /// Unix seconds at which the world begins to live.
    pub(super) now: i64,
}

/// A dialogue with its place in time.
struct Episode<'a> {
    lines: &'a [Line],
    dates: Vec<i64>,
}

impl Setting<'_> {
    /// The chat's messages, oldest first.
    pub(super) fn expand(&self) -> Vec<Turn> {
        let mut dice = Dice::new(self.seed, &self.chat.id);
        let mut turns = Vec::new();
        for episode in self.episodes(&mut dice) {
            self.fill(&episode, &mut turns, &mut dice);
        }
        turns
    }

    /// Dialogues from the first to the last.
    fn episodes(&self, dice: &mut Dice) -> Vec<Episode<'_>> {
        let written = self
            .chat
            .talk
            .as_ref()
            .and_then(|id| self.phrases.talks.get(id));
        let written = written.map_or(&[][..], Vec::as_slice);
        let fillers = self.fillers(self.chat.length.saturating_sub(written.len()), dice);
        let last = self.now - seconds(&self.chat.id, &self.chat.last).unwrap_or_default();
        let begin = self.now - SPAN_DAYS * DAY;
        // Later dialogues first: each one must end before the one after it begins.
        let mut episodes = Vec::new();
        let mut limit = last;
        if !written.is_empty() {
            episodes.push(self.place(written, last, dice));
            limit = episodes
                .last()
                .and_then(|episode| episode.dates.first())
                .map_or(last, |date| date - DAY / 4);
        }
        let mut ends: Vec<i64> = fillers
            .iter()
            .map(|_| dice.between(begin + DAY / 2, limit.max(begin + DAY)))
            .collect();
        ends.sort_unstable_by(|one, two| two.cmp(one));
        for (index, (lines, end)) in fillers.into_iter().zip(ends).enumerate() {
            // Without a written-out end the first dialogue laid is the end of the chat.
            let end = if index == 0 && written.is_empty() {
                last
            } else {
                self.working(end).min(limit)
            };
            let episode = self.place(lines, end, dice);
            limit = episode.dates.first().map_or(end, |date| date - 3_600);
            episodes.push(episode);
        }
        episodes.reverse();
        episodes
    }

    /// Short dialogues, each once, until `wanted` lines are together.
    ///
    /// All chats of an account go round one shuffled bank, each from its own place, so that no
    /// dialogue is held much oftener than another.
    fn fillers(&self, wanted: usize, dice: &mut Dice) -> Vec<&[Line]> {
        let bank = self.phrases.banks.of(self.chat.bank);
        let mut bank: Vec<&[Line]> = bank.iter().map(Vec::as_slice).collect();
        Dice::new(self.seed, &self.account.id).shuffle(&mut bank);
        let start = (self.index * STRIDE)
            .checked_rem(bank.len())
            .unwrap_or_default();
        bank.rotate_left(start);
        let mut count = 0;
        let few = bank.into_iter().take_while(|lines| {
            let more = count < wanted;
            count += lines.len();
            more
        });
        let mut few: Vec<&[Line]> = few.collect();
        dice.shuffle(&mut few);
        few
    }

    /// Dates for `lines`, the last of which is sent at `end`.
    fn place<'a>(&self, lines: &'a [Line], end: i64, dice: &mut Dice) -> Episode<'a> {
        let mut dates = Vec::with_capacity(lines.len());
        let mut date = end;
        for (index, line) in lines.iter().enumerate().rev() {
            dates.push(date);
            if index == 0 {
                break;
            }
            let gap = line.gap.unwrap_or_else(|| short_gap(line, dice));
            let earlier = date - gap - dice.between(0, gap / 6);
            date = if gap > 2 * 3_600 {
                self.working(earlier)
            } else {
                earlier
            };
        }
        dates.reverse();
        Episode { lines, dates }
    }

    /// The same time, or the evening before where it falls into the account's night.
    fn working(&self, date: i64) -> i64 {
        let offset = i64::from(self.account.utc_offset) * 3_600;
        let time = (date + offset).rem_euclid(DAY);
        if time < OPEN {
            // Keep minutes and seconds: messages all at closing time would look made.
            date - time - DAY + CLOSE - (OPEN - time) / 4
        } else if time > CLOSE {
            date - (time - CLOSE) - (time - CLOSE) / 4
        } else {
            date
        }
    }

    fn fill(&self, episode: &Episode<'_>, turns: &mut Vec<Turn>, dice: &mut Dice) {
        let first = turns.len();
        let cast = self.cast(dice);
        let mut filling = self.filling(episode, &cast, dice);
        for (line, &date) in episode.lines.iter().zip(&episode.dates) {
            let speaker = self.speaker(&line.voice, &cast);
            let gender = speaker.map_or(self.account.gender, |person| person.gender);
            let rich = Rich::parse(&filling.fill(&line.text, gender));
            let media = line.media.clone();
            turns.push(Turn {
                from: speaker.map_or(Speaker::Me, |person| Speaker::Person(person.id.clone())),
                date,
                edit_date: line
                    .edited
                    .then(|| (date + dice.between(20, 400)).min(self.now)),
                text: rich.text,
                entities: rich.entities,
                media: media.map(|media| filling_name(media, &mut filling, gender)),
                reply_to: line.answers.map(|answers| first + answers),
            });
        }
    }

    fn filling<'a>(
        &'a self,
        episode: &Episode<'_>,
        cast: &Cast<'a>,
        dice: &mut Dice,
    ) -> Filling<'a> {
        let offset = i64::from(self.account.utc_offset) * 3_600;
        let began = episode.dates.first().copied().unwrap_or(self.now);
        let names = Names {
            me: &self.account.signs,
            them: cast.them.map_or("", Person::addressed),
        };
        let own = Dice::new(dice.bits(), "slots");
        let today = (began + offset).div_euclid(DAY);
        Filling::new(&self.phrases.lists, names, own, today)
    }

    /// Draws two different people, where there are two.
    fn cast(&self, dice: &mut Dice) -> Cast<'_> {
        let count = self.people.len();
        let them = dice.below(count);
        let other = them + 1 + dice.below(count.saturating_sub(1));
        let person = |index: usize| self.people.get(index.checked_rem(count)?).copied();
        Cast {
            them: person(them),
            other: person(other),
        }
    }

    /// Who speaks; `None` is the account.
    fn speaker(&self, voice: &Voice, cast: &Cast<'_>) -> Option<&Person> {
        let id = match voice {
            Voice::Me => return None,
            Voice::Them => &cast.them?.id,
            Voice::Other => &cast.other?.id,
            Voice::By(id) => id,
        };
        self.people.iter().find(|person| &person.id == id).copied()
    }
}

/// The people of one dialogue.
struct Cast<'a> {
    them: Option<&'a Person>,
    other: Option<&'a Person>,
}

/// File names carry slots too, such as the number of an invoice.
fn filling_name(media: Media, filling: &mut Filling<'_>, gender: Gender) -> Media {
    match media {
        Media::File(name) => Media::File(filling.fill(&name, gender)),
        other => other,
    }
}

/// A pause that nobody wrote down: reading and typing.
fn short_gap(line: &Line, dice: &mut Dice) -> i64 {
    let typing = i64::try_from(line.text.chars().count() / 5)
        .unwrap_or(60)
        .min(120);
    if dice.chance(15) {
        typing + dice.between(600, 4_000)
    } else {
        typing + dice.between(8, 260)
    }
}
