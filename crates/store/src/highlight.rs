//! What of a text matched a query, for marking it.

use switchboard_model::Span;

use crate::{
    normalise::{Word, words},
    table::words::Query,
};

/// The stretches of `text` that match, in order and apart from each other, in UTF-16 units.
pub(crate) fn spans(query: &Query, text: &str) -> Vec<Span> {
    let words = words(text);
    let mut found: Vec<(u32, u32)> = Vec::new();
    for (place, phrase) in query.phrases.iter().enumerate() {
        let windows = words.windows(phrase.len());
        for window in windows.filter(|window| matches(phrase, window, query.may_go_on(place))) {
            if let (Some(first), Some(end)) = (window.first(), window.last()) {
                found.push((first.offset, end.offset + end.length));
            }
        }
    }
    found.sort_unstable();
    merge(&found)
}

/// Whether words of a text are a phrase, whose last word may be the beginning of a longer one.
fn matches(phrase: &[String], window: &[Word], prefix: bool) -> bool {
    let last = phrase.len() - 1;
    phrase
        .iter()
        .zip(window)
        .enumerate()
        .all(|(place, (wanted, word))| {
            word.text == *wanted
                || prefix && place == last && word.text.starts_with(wanted.as_str())
        })
}

fn merge(sorted: &[(u32, u32)]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for &(start, end) in sorted {
        match spans.last_mut() {
            Some(span) if start < span.offset + span.length => {
                span.length = span.length.max(end - span.offset);
            }
            _ => spans.push(Span {
                offset: start,
                length: end - start,
            }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let query = Query::parse(query).expect("words");
        let units: Vec<u16> = text.encode_utf16().collect();
        let cut = |span: &Span| {
            let range = span.offset as usize..(span.offset + span.length) as usize;
            String::from_utf16(&units[range]).expect("whole characters")
        };
        spans(&query, text).iter().map(cut).collect()
    }

    #[test]
    fn words_are_marked_as_they_stand_in_the_text() {
        assert_eq!(marked("счет", "😀 Счёт, счета, расчёт"), ["Счёт", "счета"]);
        assert_eq!(
            marked("счет сегодня", "счета и счёт сегодня"),
            ["счёт", "сегодня"]
        );
        assert_eq!(marked("京都", "東京都庁と京都"), ["京都", "京都"]);
        assert_eq!(marked("пять", "п’ять"), ["п’ять"]);
    }

    #[test]
    fn overlapping_matches_are_one() {
        assert_eq!(marked("aa aa", "aa b"), ["aa"]);
        assert_eq!(marked("я", "я ящик"), ["я"]);
        assert_eq!(marked("京 京都", "京都"), ["京都"]);
    }
}
