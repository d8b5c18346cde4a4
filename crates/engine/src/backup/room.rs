//! Whether there is room for a backup, asked before anything of it is written.

use std::path::Path;

use super::BackupError;

/// Room that is left beside the files: for their headers, and for what else is written meanwhile.
const MARGIN: u64 = 16 << 20;
/// Databases beside the workspace's own while a backup is made: the copy, and the one that is
/// restored from the backup to prove it.
const AT_WORK: u64 = 2;

/// A folder, as far as room goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Which disk it is on; where the system does not tell, one of its own.
    pub disk: Option<u64>,
    /// Free bytes of that disk.
    pub free: u64,
}

/// The room that a backup needs, folder after folder.
#[derive(Debug)]
pub(super) struct Room {
    /// Bytes of the database.
    size: u64,
    /// How many of it come onto each disk.
    files: Vec<(Option<u64>, u64)>,
}

impl Room {
    /// Room for the work in the place of the workspace, for a database of so many bytes.
    pub(super) fn for_work(size: u64, place: Place) -> Result<Self, BackupError> {
        let mut room = Self {
            size,
            files: Vec::new(),
        };
        room.take_files(place, AT_WORK)?;
        Ok(room)
    }

    /// Room for a file of the backup, beside what the same disk is to hold already.
    pub(super) fn take(&mut self, place: Place) -> Result<(), BackupError> {
        self.take_files(place, 1)
    }

    fn take_files(&mut self, place: Place, more: u64) -> Result<(), BackupError> {
        let same = |disk: &Option<u64>| disk.is_some() && *disk == place.disk;
        let before: u64 = self
            .files
            .iter()
            .filter(|(disk, _)| same(disk))
            .map(|(_, files)| files)
            .sum();
        let needed = self
            .size
            .saturating_mul(before + more)
            .saturating_add(MARGIN);
        if place.free < needed {
            let free = place.free;
            return Err(BackupError::NoRoom { needed, free });
        }
        self.files.push((place.disk, more));
        Ok(())
    }
}

/// Which disk a folder is on.
#[cfg(unix)]
pub(super) fn disk_of(folder: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    folder.metadata().ok().map(|found| found.dev())
}

/// Which disk a folder is on: not told here.
#[cfg(not(unix))]
pub(super) fn disk_of(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: u64 = 100 << 20;

    const fn place(disk: Option<u64>, files: u64) -> Place {
        Place {
            disk,
            free: files * SIZE + MARGIN,
        }
    }

    #[test]
    fn what_comes_onto_one_disk_adds_up() {
        let here = Some(1);
        let table = [
            ("the work alone has no room", place(here, 1), vec![], vec![]),
            ("the work has room", place(here, 2), vec![], vec![]),
            (
                "beside the work",
                place(here, 3),
                vec![place(here, 3), place(here, 3)],
                vec![true, false],
            ),
            (
                "on a stick",
                place(here, 2),
                vec![place(Some(2), 1), place(Some(2), 1), place(Some(2), 2)],
                vec![true, false, true],
            ),
            (
                "where the system does not tell",
                place(None, 2),
                vec![place(None, 1), place(None, 1)],
                vec![true, true],
            ),
        ];
        for (what, work, folders, expected) in table {
            let enough = work.free >= 2 * SIZE + MARGIN;
            let room = Room::for_work(SIZE, work);
            assert_eq!(room.is_ok(), enough, "{what}");
            let Ok(mut room) = room else { continue };
            let fit: Vec<bool> = folders
                .into_iter()
                .map(|folder| room.take(folder).is_ok())
                .collect();
            assert_eq!(fit, expected, "{what}");
        }
        let short = Place {
            disk: here,
            free: 2 * SIZE + MARGIN - 1,
        };
        assert!(Room::for_work(SIZE, short).is_err(), "by one byte");
    }
}
