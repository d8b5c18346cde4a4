//! Writing, cutting off and damaging a journal.

use std::fs;
use std::path::Path;

use crate::deed::Deed;
use crate::peer::Peer;

use super::{Act, JournalFile, Record};

fn records() -> Vec<Record<'static>> {
    let deed = Deed::says(7, Peer::Channel(9), "Добрий день \u{1f44b}");
    let request = Act::Request {
        key: [3; 8],
        dc: 2,
        id: 0xdead_beef,
        body: vec![0, 1, 255].into(),
    };
    vec![
        Record {
            at_ms: 1_790_000_000_000,
            act: request,
        },
        Record {
            at_ms: -5,
            act: Act::Deed(std::borrow::Cow::Owned(deed)),
        },
    ]
}

fn written(path: &Path) {
    let mut journal = JournalFile::open(path).unwrap();
    journal.read(|_| panic!("it is new")).unwrap();
    for record in records() {
        journal.append(&record).unwrap();
    }
}

fn read(path: &Path) -> std::io::Result<Vec<Record<'static>>> {
    let mut found = Vec::new();
    JournalFile::open(path)?.read(|record| found.push(record))?;
    Ok(found)
}

#[test]
fn a_journal_cut_anywhere_gives_back_what_was_whole_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    written(&path);
    let bytes = fs::read(&path).unwrap();
    let first = 8 + records()[0].encode().unwrap().len();
    for cut in 0..=bytes.len() {
        fs::write(&path, &bytes[..cut]).unwrap();
        let whole = usize::from(cut >= first) + usize::from(cut == bytes.len());
        assert_eq!(read(&path).unwrap(), records()[..whole], "cut at {cut}");
        let mut journal = JournalFile::open(&path).unwrap();
        journal.read(|_| {}).unwrap();
        journal.append(&records()[1]).unwrap();
        drop(journal);
        assert_eq!(read(&path).unwrap().len(), whole + 1, "cut at {cut}");
    }
}

#[test]
fn damage_in_the_middle_is_an_error_and_nothing_is_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    written(&path);
    let mut bytes = fs::read(&path).unwrap();
    bytes[12] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let error = read(&path).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_second_writer_is_kept_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let _first = JournalFile::open(&path).unwrap();
    let error = JournalFile::open(&path).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
}
