//! The tables whose changes can be taken back.

/// A table with its columns, the first of which are its key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// How many of the columns are the key.
    pub(crate) keys: usize,
}

pub(crate) static TAG: Table = Table {
    name: "tag",
    columns: &["id", "name", "folded", "colour", "reach", "position"],
    keys: 1,
};
pub(crate) static TAGGED: Table = Table {
    name: "tagged",
    columns: &["subject", "tag_id", "at_ms"],
    keys: 2,
};
pub(crate) static STATUS: Table = Table {
    name: "status",
    columns: &[
        "id", "builtin", "name", "folded", "icon", "colour", "kind", "position",
    ],
    keys: 1,
};
pub(crate) static MARK: Table = Table {
    name: "chat_mark",
    columns: &[
        "chat_id",
        "status_id",
        "status_ms",
        "pinned_ms",
        "snoozed_until_ms",
        "unless_reply",
    ],
    keys: 1,
};
pub(crate) static NOTE: Table = Table {
    name: "note",
    columns: &["id", "subject", "text", "pinned", "created_ms", "edited_ms"],
    keys: 1,
};
pub(crate) static TASK: Table = Table {
    name: "task",
    columns: &[
        "id",
        "chat_id",
        "kind",
        "text",
        "message_id",
        "due_ms",
        "created_ms",
        "done_ms",
        "told_ms",
    ],
    keys: 1,
};
pub(crate) static FIELD: Table = Table {
    name: "field",
    columns: &[
        "id", "builtin", "name", "folded", "kind", "options", "remind", "position",
    ],
    keys: 1,
};
pub(crate) static VALUE: Table = Table {
    name: "field_value",
    columns: &["subject", "field_id", "value", "guessed"],
    keys: 2,
};
pub(crate) static VIEW: Table = Table {
    name: "view",
    columns: &["id", "name", "icon", "filter", "ordering", "position"],
    keys: 1,
};
pub(crate) static SETTING: Table = Table {
    name: "setting",
    columns: &["key", "value"],
    keys: 1,
};
pub(crate) static TEMPLATE: Table = Table {
    name: "template",
    columns: &["id", "name", "folded", "category", "versions", "position"],
    keys: 1,
};
/// Of accounts only what the operator sets: the rest is Telegram's, or the program's own. Their rows
/// are neither made nor removed here.
pub(crate) static ACCOUNT: Table = Table {
    name: "account",
    columns: &["id", "settings", "label", "colour"],
    keys: 1,
};

/// All of them. An image names its table by its place here, so the list only grows at its end.
static TABLES: &[&Table] = &[
    &TAG, &TAGGED, &STATUS, &MARK, &NOTE, &TASK, &FIELD, &VALUE, &VIEW, &SETTING, &TEMPLATE,
    &ACCOUNT,
];

impl Table {
    /// The table at a place.
    pub(crate) fn at(place: usize) -> Option<&'static Self> {
        TABLES.get(place).copied()
    }

    /// Its place.
    pub(crate) fn place(&self) -> usize {
        let place = TABLES.iter().position(|table| table.name == self.name);
        place.unwrap_or(usize::MAX)
    }

    fn key_is(&self, from: usize) -> String {
        let keys = self.columns.iter().take(self.keys).enumerate();
        let parts: Vec<_> = keys
            .map(|(place, column)| format!("{column} = ?{}", from + place))
            .collect();
        parts.join(" AND ")
    }

    /// Reads a row by its key.
    pub(crate) fn select(&self) -> String {
        let (columns, key) = (self.columns.join(", "), self.key_is(1));
        format!("SELECT {columns} FROM {} WHERE {key}", self.name)
    }

    /// Writes a new row.
    pub(crate) fn insert(&self) -> String {
        let marks: Vec<_> = (1..=self.columns.len()).map(|n| format!("?{n}")).collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name,
            self.columns.join(", "),
            marks.join(", ")
        )
    }

    /// Writes a row that is there over, all of its columns given.
    pub(crate) fn update(&self) -> String {
        let set: Vec<_> = self
            .columns
            .iter()
            .enumerate()
            .skip(self.keys)
            .map(|(place, column)| format!("{column} = ?{}", place + 1))
            .collect();
        format!(
            "UPDATE {} SET {} WHERE {}",
            self.name,
            set.join(", "),
            self.key_is(1)
        )
    }

    /// Removes a row by its key.
    pub(crate) fn delete(&self) -> String {
        format!("DELETE FROM {} WHERE {}", self.name, self.key_is(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_fit_the_schema() {
        let mut conn = rusqlite::Connection::open_in_memory().expect("a database");
        crate::migrate::run(&mut conn, 0).expect("a schema");
        for table in TABLES {
            for sql in [
                table.select(),
                table.insert(),
                table.update(),
                table.delete(),
            ] {
                conn.prepare(&sql).expect("it compiles");
            }
            assert_eq!(Table::at(table.place()), Some(*table));
            if table.name == ACCOUNT.name {
                continue;
            }
            let sql = format!("SELECT count(*) FROM pragma_table_info('{}')", table.name);
            let columns: i64 = conn.query_row(&sql, [], |r| r.get(0)).expect("a count");
            assert_eq!(
                columns,
                i64::try_from(table.columns.len()).expect("few"),
                "every column of {}",
                table.name
            );
        }
    }
}
