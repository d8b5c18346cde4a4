//! Queries that must stay ranges of an index, as SQLite itself plans them.

use rusqlite::Connection;

use super::{
    chat::READ_MARKS,
    history::{Direction, page_sql},
    matches::{CANDIDATES, MATCHES},
    mention::UNANSWERED,
    message::EXPIRED,
    outgoing_queue,
    silence::MOVED_IN_SILENCE,
    vocabulary::BEGINNING,
};
use crate::crm::moved::MOVED_WITH_MARKS;

fn database() -> Connection {
    let mut conn = Connection::open_in_memory().expect("a database");
    crate::migrate::run(&mut conn, 0).expect("a schema");
    conn
}

/// The steps of a query's plan.
fn plan(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .expect("a query");
    for place in 1..=statement.parameter_count() {
        statement.raw_bind_parameter(place, "1").expect("a value");
    }
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().expect("a step") {
        steps.push(row.get(3).expect("its text"));
    }
    steps
}

fn assert_range(conn: &Connection, sql: &str) {
    for step in plan(conn, sql) {
        let scan = step.starts_with("SCAN") && !step.contains("VIRTUAL TABLE");
        assert!(!scan && !step.contains("TEMP B-TREE"), "{step}\nin {sql}");
    }
}

#[test]
fn a_page_of_history_is_a_range() {
    let conn = database();
    for direction in [Direction::Older, Direction::Newer] {
        assert_range(&conn, &page_sql(direction));
    }
}

#[test]
fn matches_stream_from_the_full_text_index() {
    let conn = database();
    assert_range(&conn, MATCHES);
    assert_range(&conn, CANDIDATES);
    assert_range(&conn, BEGINNING);
}

#[test]
fn the_outbox_reads_only_what_is_unsent() {
    let conn = database();
    let sql = "\
SELECT created_ms FROM outgoing WHERE chat_id = ?1 AND state <= 5 AND state > 0
ORDER BY id DESC LIMIT 1";
    assert_range(&conn, sql);
    assert_range(&conn, &outgoing_queue::due_sql());
    assert_range(&conn, &outgoing_queue::next_due_sql());
}

#[test]
fn who_was_mentioned_reads_no_more_than_mentions() {
    assert_range(&database(), UNANSWERED);
}

/// What every turn of updates or page of dialogs asks must not go through all peers or chats of its
/// account.
#[test]
fn what_is_asked_often_goes_through_no_account() {
    let conn = database();
    for sql in [MOVED_WITH_MARKS, MOVED_IN_SILENCE, READ_MARKS] {
        for step in plan(&conn, sql) {
            let through = [
                "PRIMARY KEY (account_id=?)",
                "sqlite_autoindex_chat_1 (account_id=?)",
            ];
            let walks = through.iter().any(|all| step.ends_with(all));
            assert!(!walks, "{step}\nin {sql}");
        }
    }
}

#[test]
fn what_expired_is_looked_for_among_what_expires() {
    let conn = database();
    assert_range(&conn, EXPIRED);
    let first = plan(&conn, EXPIRED).into_iter().next();
    assert!(first.is_some_and(|step| step.contains("message_expires")));
}
