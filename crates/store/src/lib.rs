//! The encrypted SQLite store: migrations, tables, search, rollups.
