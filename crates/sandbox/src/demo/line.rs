//! Lines of a conversation as they are written in the files.

use serde::Deserialize;

use super::{DemoError, photo::Scene};

/// Who says a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Voice {
    /// The account.
    Me,
    /// The other side; in a group somebody, the same within a dialogue.
    Them,
    /// In a group a third one.
    Other,
    /// The person with this id.
    By(String),
}

/// What a message carries beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    /// A drawn photo.
    Photo(Scene),
    /// A voice message of so many seconds.
    Voice(u16),
    /// A document with this file name.
    File(String),
}

/// One line: who says what, after which pause.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who says it.
    pub voice: Voice,
    /// The text with markup and slots; the caption where there is media.
    pub text: String,
    /// What comes with it.
    pub media: Option<Media>,
    /// Pause before it in seconds; left out, a few minutes by chance.
    pub gap: Option<i64>,
    /// Position of the line it answers, in the same dialogue.
    pub answers: Option<usize>,
    /// Changed after sending.
    pub edited: bool,
}

/// A line as TOML writes it: one of `me`, `them`, `other` and `by` + `text`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLine {
    me: Option<String>,
    them: Option<String>,
    other: Option<String>,
    by: Option<String>,
    text: Option<String>,
    photo: Option<Scene>,
    voice: Option<u16>,
    file: Option<String>,
    gap: Option<String>,
    id: Option<String>,
    re: Option<String>,
    #[serde(default)]
    edited: bool,
}

/// Turns the lines of one dialogue, found at `place`, into checked ones.
pub(super) fn check(place: &str, raw: &[RawLine]) -> Result<Vec<Line>, DemoError> {
    raw.iter()
        .enumerate()
        .map(|(index, line)| check_line(place, raw, index, line))
        .collect()
}

fn check_line(
    place: &str,
    all: &[RawLine],
    index: usize,
    raw: &RawLine,
) -> Result<Line, DemoError> {
    let wrong = || DemoError::Line {
        place: place.to_owned(),
        line: index,
    };
    let (voice, text) = raw.spoken().ok_or_else(wrong)?;
    let media = raw.media().map_err(|TwoMedia| wrong())?;
    if text.is_empty() && media.is_none() {
        return Err(wrong());
    }
    let answers = raw.re.as_ref().map(|id| {
        let earlier = all
            .iter()
            .take(index)
            .position(|line| line.id.as_ref() == Some(id));
        earlier.ok_or_else(|| DemoError::Unknown {
            place: place.to_owned(),
            kind: "line",
            id: id.clone(),
        })
    });
    Ok(Line {
        voice,
        text,
        media,
        gap: raw
            .gap
            .as_deref()
            .map(|gap| seconds(place, gap))
            .transpose()?,
        answers: answers.transpose()?,
        edited: raw.edited,
    })
}

/// More than one of photo, voice and file in one line.
struct TwoMedia;

impl RawLine {
    /// The one speaker and the text; `None` where there is not exactly one.
    fn spoken(&self) -> Option<(Voice, String)> {
        match (&self.me, &self.them, &self.other, &self.by, &self.text) {
            (Some(text), None, None, None, None) => Some((Voice::Me, text.clone())),
            (None, Some(text), None, None, None) => Some((Voice::Them, text.clone())),
            (None, None, Some(text), None, None) => Some((Voice::Other, text.clone())),
            (None, None, None, Some(id), Some(text)) => Some((Voice::By(id.clone()), text.clone())),
            _ => None,
        }
    }

    fn media(&self) -> Result<Option<Media>, TwoMedia> {
        match (self.photo, self.voice, &self.file) {
            (None, None, None) => Ok(None),
            (Some(scene), None, None) => Ok(Some(Media::Photo(scene))),
            (None, Some(seconds), None) => Ok(Some(Media::Voice(seconds))),
            (None, None, Some(name)) => Ok(Some(Media::File(name.clone()))),
            _ => Err(TwoMedia),
        }
    }
}

/// Reads a pause such as `40s`, `5m`, `3h` or `2d`.
pub(super) fn seconds(place: &str, gap: &str) -> Result<i64, DemoError> {
    let wrong = || DemoError::Gap {
        place: place.to_owned(),
        gap: gap.to_owned(),
    };
    let unit = match gap.chars().next_back() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => 86_400,
        _ => return Err(wrong()),
    };
    let digits = gap.get(..gap.len() - 1).ok_or_else(wrong)?;
    let count: i64 = digits.parse().map_err(|_| wrong())?;
    if (0..=1_000_000).contains(&count) {
        Ok(count * unit)
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Probe {
        lines: Vec<RawLine>,
    }

    fn read(lines: &str) -> Result<Vec<Line>, DemoError> {
        let probe: Probe = toml::from_str(&format!("lines = [{lines}]")).unwrap();
        check("probe", &probe.lines)
    }

    #[test]
    fn a_line_has_one_speaker_and_something_to_say() {
        assert!(matches!(
            read("{ me = 'a', them = 'b' }"),
            Err(DemoError::Line { line: 0, .. })
        ));
        assert!(matches!(
            read("{ text = 'a' }"),
            Err(DemoError::Line { .. })
        ));
        assert!(matches!(read("{ me = '' }"), Err(DemoError::Line { .. })));
        assert!(matches!(
            read("{ me = '', voice = 3, photo = 'boxes' }"),
            Err(DemoError::Line { .. })
        ));
        assert_eq!(
            read("{ me = '', voice = 3 }").unwrap()[0].media,
            Some(Media::Voice(3))
        );
    }

    #[test]
    fn an_answer_points_back() {
        let lines = read("{ me = 'a', id = 'q' }, { them = 'b', re = 'q' }").unwrap();
        assert_eq!(lines[1].answers, Some(0));
        let forward = read("{ me = 'a', re = 'q' }, { them = 'b', id = 'q' }");
        assert!(matches!(
            forward,
            Err(DemoError::Unknown { kind: "line", .. })
        ));
    }

    #[test]
    fn pauses() {
        assert_eq!(seconds("p", "90m").unwrap(), 5_400);
        assert_eq!(seconds("p", "2d").unwrap(), 172_800);
        for bad in ["", "m", "5", "5w", "-1h", "é"] {
            assert!(
                matches!(seconds("p", bad), Err(DemoError::Gap { .. })),
                "{bad}"
            );
        }
    }
}
