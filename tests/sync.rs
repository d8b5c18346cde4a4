//! The first sync: the store must equal the world.

use support::Scene;
use support::compare::{Line, Seen, in_store};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_equals_the_world() {
    let scene = Scene::small().await;
    let stored = in_store(&scene.desk, scene.account).await;
    let world = scene.world();
    assert_eq!(stored.differences(&world), Vec::<String>::new());
    assert!(stored.lines.len() > 30, "the small world is not that small");
    a_mutated_world_is_noticed(&stored, &world);
    scene.desk.close().await;
}

/// The comparison itself must be able to fail: one message dropped, one changed.
fn a_mutated_world_is_noticed(stored: &Seen, world: &Seen) {
    let mut dropped = world.clone();
    let first = dropped.lines.pop_first().expect("there are messages");
    assert_eq!(stored.differences(&dropped).len(), 1);
    let mut changed = world.clone();
    changed.lines.remove(&first);
    changed.lines.insert(Line {
        text: format!("{}!", first.text),
        ..first
    });
    assert_eq!(stored.differences(&changed).len(), 2);
}
