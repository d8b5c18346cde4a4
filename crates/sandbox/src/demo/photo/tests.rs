use super::*;

/// Width and height from the frame header of a baseline JPEG.
fn dimensions(jpeg: &[u8]) -> (u16, u16) {
    assert_eq!(&jpeg[..2], &[0xff, 0xd8], "start of image");
    assert_eq!(&jpeg[jpeg.len() - 2..], &[0xff, 0xd9], "end of image");
    let mut at = 2;
    while jpeg[at + 1] != 0xc0 {
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    let word = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    (word(at + 7), word(at + 5))
}

#[test]
fn every_scene_has_its_size_and_its_own_look() {
    let mut seen = std::collections::BTreeSet::new();
    for scene in Scene::ALL {
        let jpeg = photo(scene, 7, 160).unwrap();
        assert_eq!(dimensions(&jpeg), (160, 120), "{scene:?}");
        assert_eq!(
            jpeg,
            photo(scene, 7, 160).unwrap(),
            "{scene:?} is repeatable"
        );
        assert!(seen.insert(jpeg), "{scene:?} looks like another scene");
        assert_ne!(
            photo(scene, 8, 160).unwrap(),
            photo(scene, 7, 160).unwrap(),
            "{scene:?} follows its seed"
        );
    }
}

#[test]
fn avatars_and_emblems_are_square() {
    assert_eq!(
        dimensions(&avatar(Gender::Feminine, 1, 160).unwrap()),
        (160, 160)
    );
    assert_eq!(
        dimensions(&avatar(Gender::Feminine, 1, 640).unwrap()),
        (640, 640)
    );
    assert_eq!(dimensions(&emblem(Scene::Bag, 1, 160).unwrap()), (160, 160));
    assert_ne!(
        avatar(Gender::Feminine, 1, 160).unwrap(),
        avatar(Gender::Feminine, 2, 160).unwrap()
    );
}

#[test]
fn a_size_of_nothing_is_refused() {
    assert!(matches!(
        photo(Scene::Cup, 1, 0),
        Err(DrawError::Size { .. })
    ));
    assert!(matches!(
        avatar(Gender::Feminine, 1, 0),
        Err(DrawError::Size { .. })
    ));
}

#[test]
fn a_stripped_thumbnail_is_tiny_and_names_its_size() {
    for scene in Scene::ALL {
        let bytes = stripped(scene, 7).unwrap();
        assert_eq!(bytes[..3], [1, 30, 40], "version, height, width");
        assert!(bytes.len() < 1_200, "{scene:?}: {} bytes", bytes.len());
    }
}
