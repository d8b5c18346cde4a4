//! What names a tag or a status that goes.

use switchboard_model::{Filter, GoneQuiet, Order, StatusId, TagReach, View, ViewId};
use switchboard_store::Worked;

use crate::crm::{by, save_tag, tag, world};
use crate::support::{NOW, World};

fn quiet(world: &World) -> Option<GoneQuiet> {
    world.read(|r| r.gone_quiet())
}

fn undo(world: &World, worked: &Worked) {
    let deed = worked.done.deed.expect("a deed");
    world.write(move |tx| tx.undo(deed, NOW));
}

#[test]
fn who_has_gone_quiet_is_not_asked_for_what_is_gone_until_it_comes_back() {
    let (world, _) = world();
    let customer = save_tag(&world, tag("Customer", TagReach::Person));
    let of = |whom| {
        Some(GoneQuiet {
            days: 14,
            whom: Some(whom),
        })
    };
    let both = Filter::Every(vec![Filter::Tag(customer), Filter::Contact]);
    for (whom, left) in [
        (Filter::Tag(customer), None),
        (both, Some(Filter::Every(vec![Filter::Contact]))),
    ] {
        let rule = of(whom);
        let said = rule.clone();
        world.write(move |tx| tx.set_gone_quiet(said.as_ref(), &by(NOW)));
        let deleted = world.write(move |tx| tx.delete_tag(customer, &by(NOW)));
        assert_eq!(
            quiet(&world),
            Some(GoneQuiet {
                days: 14,
                whom: left
            })
        );
        undo(&world, &deleted);
        assert_eq!(quiet(&world), rule);
    }
    // A status that another one takes the place of, and one that goes for good.
    let rule = of(Filter::Status(Some(StatusId(2))));
    let said = rule.clone();
    world.write(move |tx| tx.set_gone_quiet(said.as_ref(), &by(NOW)));
    let into = Some(StatusId(3));
    let deleted = world.write(move |tx| tx.delete_status(StatusId(2), into, &by(NOW)));
    assert_eq!(quiet(&world), of(Filter::Status(into)));
    undo(&world, &deleted);
    let deleted = world.write(move |tx| tx.delete_status(StatusId(2), None, &by(NOW)));
    assert_eq!(quiet(&world).and_then(|quiet| quiet.whom), None);
    undo(&world, &deleted);
    assert_eq!(quiet(&world), rule);
}

#[test]
fn views_of_a_tag_are_views_of_the_one_it_becomes() {
    let (world, _) = world();
    let [old, new] = ["Old", "New"].map(|name| save_tag(&world, tag(name, TagReach::Person)));
    let of = |tag| {
        Filter::Every(vec![
            Filter::Unread,
            Filter::Not(Box::new(Filter::Tag(tag))),
        ])
    };
    let view = View {
        id: ViewId(0),
        name: "Others".to_owned(),
        icon: "inbox".to_owned(),
        filter: of(old),
        order: Order::Activity,
    };
    world.write(move |tx| tx.save_view(&view, &by(NOW)));
    let filters = |world: &World| {
        let views = world.read(|r| r.views()).into_iter();
        views.map(|view| view.filter).collect::<Vec<_>>()
    };
    let merged = world.write(move |tx| tx.merge_tags(old, new, &by(NOW)));
    assert_eq!(filters(&world), [of(new)]);
    undo(&world, &merged);
    assert_eq!(filters(&world), [of(old)]);
    world.write(move |tx| tx.delete_tag(old, &by(NOW)));
    assert_eq!(filters(&world), [of(old)], "what is gone is named as such");
}
