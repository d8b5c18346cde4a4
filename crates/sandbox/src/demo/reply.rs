//! What a simulated peer answers to what the operator sends.

use super::dice::Dice;
use super::markup::Rich;
use super::photo::Scene;
use super::phrases::{Intent, Phrases};
use super::slots::{Filling, Names};
use super::world::Gender;

/// An answer of a simulated peer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it says; the caption where there is a photo.
    pub rich: Rich,
    /// The intent that was recognised.
    pub intent: String,
    /// A photo sent along.
    pub photo: Option<Scene>,
    /// How long reading and typing take, in milliseconds.
    pub typing_ms: u64,
}

impl Phrases {
    /// Answers `text`. `today` is the day in days since 1970-01-01, for dates in the answer.
    pub(super) fn reply(&self, text: &str, gender: Gender, seed: u64, today: i64) -> Option<Reply> {
        let intent = self.intent(text)?;
        let mut dice = Dice::new(seed, &format!("{}/{text}", intent.name));
        let answer = dice.pick(&intent.answers)?;
        let rich = self.say(answer, gender, &mut dice, today);
        let letters = rich.text.chars().count() as u64;
        Some(Reply {
            rich,
            intent: intent.name.clone(),
            photo: intent.photo,
            // People read for a second or two and type some twenty-five letters a second here:
            // slower would be true to life and dull to watch.
            typing_ms: 900 + 40 * letters.min(120) + dice.bits() % 800,
        })
    }

    /// Something a peer writes of its own accord.
    pub(super) fn opener(&self, gender: Gender, seed: u64, today: i64) -> Option<Rich> {
        let mut dice = Dice::new(seed, "opener");
        let text = dice.pick(&self.openers)?;
        Some(self.say(text, gender, &mut dice, today))
    }

    fn say(&self, text: &str, gender: Gender, dice: &mut Dice, today: i64) -> Rich {
        let names = Names { me: "", them: "" };
        let mut filling = Filling::new(&self.lists, names, Dice::new(dice.bits(), "say"), today);
        Rich::parse(&filling.fill(text, gender))
    }

    /// The intent with the longest match; of equal ones the first, as in the file.
    fn intent(&self, text: &str) -> Option<&Intent> {
        let lower = text.to_lowercase();
        let said: Vec<&str> = lower
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let mut best: Option<(usize, &Intent)> = None;
        for intent in &self.intents {
            let longest = intent
                .words
                .iter()
                .filter(|trigger| matches(trigger, &said))
                .map(|t| t.len())
                .max();
            if let Some(length) = longest
                && best.is_none_or(|(previous, _)| length > previous)
            {
                best = Some((length, intent));
            }
        }
        let fallback = || self.intents.iter().find(|intent| intent.words.is_empty());
        best.map(|(_, intent)| intent).or_else(fallback)
    }
}

/// Whether the words of `trigger` follow each other somewhere in `said`.
fn matches(trigger: &str, said: &[&str]) -> bool {
    let wanted: Vec<&str> = trigger
        .split(|letter: char| !letter.is_alphanumeric() && letter != '*')
        .filter(|word| !word.is_empty())
        .collect();
    !wanted.is_empty()
        && said.windows(wanted.len()).any(|window| {
            window
                .iter()
                .zip(&wanted)
                .all(|(word, pattern)| match pattern.strip_suffix('*') {
                    Some(stem) => word.starts_with(stem),
                    None => word == pattern,
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_match_whole_words_stems_and_phrases() {
        assert!(matches("достав*", &["когда", "доставка"]));
        assert!(!matches("hi", &["this"]));
        assert!(matches("how much", &["so", "how", "much", "is", "it"]));
        assert!(!matches("how much", &["much", "how"]));
        assert!(!matches("", &["a"]));
        assert!(matches("don't", &["i", "don", "t"]));
    }
}
