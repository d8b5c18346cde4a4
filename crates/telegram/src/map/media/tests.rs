use super::super::fixtures;
use super::*;

fn doc(attributes: Vec<Attribute>) -> Carried {
    of(fixtures::document(attributes).into())
}

fn line_of(attributes: Vec<Attribute>) -> (MessageKind, String) {
    let carried = doc(attributes);
    (carried.kind, carried.line.unwrap())
}

#[test]
fn documents_are_named_by_what_they_are() {
    assert_eq!(
        line_of(vec![fixtures::file_name("invoice.pdf")]),
        (MessageKind::Document, "invoice.pdf".into())
    );
    assert_eq!(
        line_of(vec![fixtures::audio(12, true)]),
        (MessageKind::Voice, "Voice message 0:12".into())
    );
    assert_eq!(
        line_of(vec![fixtures::video(3725.4)]),
        (MessageKind::Video, "Video 1:02:05".into())
    );
    assert_eq!(
        line_of(vec![Attribute::Animated, fixtures::video(3.0)]),
        (MessageKind::Animation, "GIF".into())
    );
    assert_eq!(
        line_of(vec![fixtures::sticker("🙂")]),
        (MessageKind::Sticker, "🙂 Sticker".into())
    );
    assert_eq!(line_of(vec![]), (MessageKind::Document, "File".into()));
}

#[test]
fn the_largest_size_that_a_window_shows_is_fetched() {
    let carried =
        of(fixtures::photo(&[("m", 320), ("x", 800), ("y", 1280), ("w", 2560)], None).into());
    assert_eq!(carried.kind, MessageKind::Photo);
    let file = carried.file.unwrap();
    assert_eq!(file.size_name, "y");
    assert_eq!(file.origin, FileOrigin::Photo);
    assert_eq!(carried.media.unwrap().width, Some(1280));
    let huge = of(fixtures::photo(&[("w", 2560), ("v", 1600)], None).into());
    assert_eq!(huge.file.unwrap().size_name, "v");
}

#[test]
fn nothing_of_a_vanishing_photo_is_kept() {
    let carried = of(fixtures::photo(&[("y", 1280)], Some(10)).into());
    assert_eq!(carried.kind, MessageKind::Vanishing);
    assert_eq!((carried.file, carried.media), (None, None));
    let mut voice = fixtures::document(vec![fixtures::audio(3, true)]);
    voice.ttl_seconds = Some(i32::MAX);
    let carried = of(voice.into());
    assert_eq!(carried.kind, MessageKind::Vanishing);
    assert_eq!(
        carried.line.as_deref(),
        Some("Self-destructing voice message 0:03")
    );
    assert_eq!(carried.file, None);
}

#[test]
fn other_kinds_have_a_line() {
    let contact = Tl::Contact(types::MessageMediaContact {
        phone_number: "1".into(),
        first_name: "Ivan".into(),
        last_name: "Petrov".into(),
        vcard: String::new(),
        user_id: 0,
    });
    assert_eq!(of(contact).line.as_deref(), Some("Contact: Ivan Petrov"));
    assert_eq!(of(Tl::Unsupported).kind, MessageKind::Unsupported);
    assert_eq!(of(Tl::Empty), Carried::text());
}

#[test]
fn hostile_durations_do_no_harm() {
    assert_eq!(seconds(f64::NAN), 0);
    assert_eq!(seconds(-5.0), 0);
    assert_eq!(seconds(f64::INFINITY), u32::MAX);
}
