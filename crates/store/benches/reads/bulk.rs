//! Lists by filter, and what is done to all chats of a list at once.

use serde_json::json;
use switchboard_model::{
    Actor, ChatChange, ChatFilter, DeedId, Filter, Order, StatusId, Tag, TagId, TagReach,
};
use switchboard_store::{DeedOf, Reader, Result};

use crate::{Bench, common::clock::timed};

const BY: DeedOf = DeedOf {
    actor: Actor::Operator,
    now_ms: 1,
};

/// A view as an operator builds one.
fn view(at: i64) -> ChatFilter {
    ChatFilter {
        filter: Some(Filter::Every(vec![
            Filter::Any(vec![
                Filter::Unread,
                Filter::WaitingOnMe(10),
                Filter::Tag(TagId(at)),
            ]),
            Filter::Not(Box::new(Filter::Status(Some(StatusId(4))))),
        ])),
        order: Order::Waiting,
        ..ChatFilter::default()
    }
}

/// Opening a view, and counting twenty of them.
pub(crate) fn filters(bench: &Bench) -> Result<()> {
    bench.latency("view", "100,000 chats, by waiting", |_| {
        |r: &Reader<'_>| Ok(r.chat_keys(&view(1), i64::MAX / 2).len())
    })?;
    bench.latency("counts", "20 views of 100,000 chats", |_| {
        |r: &Reader<'_>| {
            let views: Vec<_> = (1..=20).map(view).collect();
            Ok(r.chat_counts(&views, i64::MAX / 2).len())
        }
    })
}

/// One change of all 100,000 chats, and taking it back.
pub(crate) fn marks(bench: &Bench) -> Result<()> {
    let tag = Tag {
        id: TagId(0),
        name: format!("bench {}", std::process::id()),
        colour: "blue".to_owned(),
        reach: TagReach::Person,
    };
    let (tag, _) = bench
        .store
        .write_blocking(move |tx| tx.save_tag(&tag, &BY))?;
    let mut told: Option<DeedId> = None;
    for change in [ChatChange::Tag(tag), ChatChange::Status(Some(StatusId(2)))] {
        let (deed, spent) = timed(|| {
            bench.store.write_blocking(move |tx| {
                let chats = tx.chat_keys(&ChatFilter::default(), 0);
                Ok(tx.change_chats(&chats, change, &BY)?.done.deed)
            })
        })?;
        told = deed;
        print(
            match change {
                ChatChange::Tag(_) => "tag",
                _ => "status",
            },
            spent.wall.as_secs_f64(),
        );
    }
    if let Some(deed) = told {
        let (_, spent) = timed(|| bench.store.write_blocking(move |tx| tx.undo(deed, 2)))?;
        print("undo", spent.wall.as_secs_f64());
    }
    Ok(())
}

fn print(kind: &str, seconds: f64) {
    let line = json!({
        "bench": "bulk",
        "kind": kind,
        "by": "switchboard",
        "encrypted": true,
        "rows": 100_000,
        "wall_only_s": seconds,
    });
    println!("{line}");
}
