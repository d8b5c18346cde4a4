//! Pictures whose message is gone, until their files are: what a sender deleted is not to be kept here
//! (<https://core.telegram.org/api/terms>).

use rusqlite::Connection;
use switchboard_model::RowId;

use crate::{Reader, Result, Tx};

/// SQL for how the cache names what a message shows, of the message's alias.
macro_rules! picture_name {
    ($message:literal) => {
        concat!(
            "'photo-' || (",
            $message,
            ".file ->> 1) || '-' || (",
            $message,
            ".file ->> 4)"
        )
    };
}
pub(crate) use picture_name;

const GONE: &str = concat!(
    "INSERT OR IGNORE INTO picture_gone SELECT ",
    picture_name!("m"),
    " FROM message m WHERE m.id = ?1 AND m.file IS NOT NULL"
);
const SHOWN: &str = concat!(
    "DELETE FROM picture_gone WHERE name = (SELECT ",
    picture_name!("m"),
    " FROM message m WHERE m.id = ?1)"
);

/// Notes that what a message shows is about to go.
pub(crate) fn goes(conn: &Connection, row: RowId) -> Result<()> {
    conn.prepare_cached(GONE)?.execute([row.0])?;
    Ok(())
}

/// Notes that a message shows this after all.
pub(crate) fn stays(conn: &Connection, row: RowId) -> Result<()> {
    conn.prepare_cached(SHOWN)?.execute([row.0])?;
    Ok(())
}

impl Reader<'_> {
    /// Pictures that are to be removed, named as the cache of media names them.
    ///
    /// # Errors
    /// Those of reading.
    pub fn pictures_gone(&self) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached("SELECT name FROM picture_gone")?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Notes that these were removed.
    ///
    /// # Errors
    /// Those of writing.
    pub fn forget_pictures(&self, names: &[String]) -> Result<()> {
        let sql = "DELETE FROM picture_gone WHERE name IN (SELECT value FROM json_each(?1))";
        let names = serde_json::to_string(names)?;
        self.conn.prepare_cached(sql)?.execute([names])?;
        Ok(())
    }
}
