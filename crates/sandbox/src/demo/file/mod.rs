//! Files that the demo world sends: real bytes, made on demand.

mod pdf;
mod wav;

use super::Dice;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A voice message of so many seconds, as WAV.
    Voice(u16),
    /// A one-page invoice.
    Pdf,
    /// A plain text.
    Text,
    /// A price list for a spreadsheet.
    Csv,
    /// A drawn picture.
    Jpeg,
    /// Something whose form the demo world does not make; a text with the name stands in it.
    Other,
}

impl FileKind {
    /// What a file of this name is.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("pdf") => Self::Pdf,
            Some("txt") => Self::Text,
            Some("csv") => Self::Csv,
            Some("jpg") => Self::Jpeg,
            _ => Self::Other,
        }
    }

    /// The media type that goes with the bytes.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Voice(_) => "audio/wav",
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain",
            Self::Other => "application/octet-stream",
        }
    }
}

/// The bytes of a file, the same for one kind, seed and name.
#[must_use]
pub fn bytes(kind: FileKind, seed: u64, name: &str) -> Vec<u8> {
    let mut dice = Dice::new(seed, name);
    match kind {
        FileKind::Voice(seconds) => wav::tones(seconds, &mut dice),
        FileKind::Pdf => pdf::invoice(name, &rows(&mut dice)),
        FileKind::Csv => csv(&rows(&mut dice)).into_bytes(),
        FileKind::Text | FileKind::Other => text(name, &rows(&mut dice)).into_bytes(),
        FileKind::Jpeg => {
            super::photo::photo(super::Scene::Label, dice.bits(), 480).unwrap_or_default()
        }
    }
}

/// A line of an invoice or price list; prices in hundredths.
struct Row {
    item: String,
    count: i64,
    price: i64,
}

fn rows(dice: &mut Dice) -> Vec<Row> {
    let count = dice.between(4, 9);
    (1..=count)
        .map(|number| Row {
            item: format!("A-{number:02}-{}", dice.between(100, 999)),
            count: dice.between(1, 40) * 25,
            price: dice.between(15, 900),
        })
        .collect()
}

fn money(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn csv(rows: &[Row]) -> String {
    let lines = rows
        .iter()
        .map(|row| format!("{};{};{}\r\n", row.item, row.count, money(row.price)));
    // The byte order mark tells spreadsheets that this is UTF-8.
    std::iter::once("\u{feff}item;count;price\r\n".to_owned())
        .chain(lines)
        .collect()
}

fn text(name: &str, rows: &[Row]) -> String {
    let title = name.rsplit_once('.').map_or(name, |(title, _)| title);
    let lines = rows.iter().map(|row| {
        format!(
            "{:<12}{:>8} × {:>7}\n",
            row.item,
            row.count,
            money(row.price)
        )
    });
    let total: i64 = rows.iter().map(|row| row.count * row.price).sum();
    format!(
        "{title}\n{}\n\n{}\n= {}\n",
        "=".repeat(title.chars().count()),
        lines.collect::<String>(),
        money(total)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_kinds() {
        assert_eq!(FileKind::of("Счёт 7.pdf"), FileKind::Pdf);
        assert_eq!(FileKind::of("pads.zip"), FileKind::Other);
        assert_eq!(FileKind::of("noending"), FileKind::Other);
    }

    #[test]
    fn bytes_repeat_and_differ() {
        for kind in [
            FileKind::Voice(2),
            FileKind::Pdf,
            FileKind::Text,
            FileKind::Csv,
            FileKind::Jpeg,
        ] {
            assert_eq!(bytes(kind, 1, "a.b"), bytes(kind, 1, "a.b"));
            assert_ne!(bytes(kind, 1, "a.b"), bytes(kind, 2, "a.b"), "{kind:?}");
        }
    }

    #[test]
    fn a_text_adds_up() {
        let rows = [
            Row {
                item: "A".into(),
                count: 3,
                price: 150,
            },
            Row {
                item: "B".into(),
                count: 2,
                price: 5,
            },
        ];
        assert!(text("Смета.txt", &rows).ends_with("= 4.60\n"));
    }
}
