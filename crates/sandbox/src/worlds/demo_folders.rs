//! The folders of the demo world's accounts.

use crate::demo::Language;
use crate::peer::Peer;
use crate::world::Folder;

/// An account's folders, named in its language.
pub(super) fn folders(language: Language, customers: Vec<Peer>, team: Vec<Peer>) -> Vec<Folder> {
    let titles = match language {
        Language::En => ["Customers", "Team", "Unread"],
        Language::Ru => ["Клиенты", "Команда", "Непрочитанное"],
        Language::Uk => ["Клієнти", "Команда", "Непрочитане"],
    };
    let [first, second, third] = titles.map(str::to_owned);
    let of = |id, title, include| Folder {
        id,
        title,
        include,
        ..Folder::default()
    };
    vec![
        of(2, first, customers),
        of(3, second, team),
        Folder {
            contacts: true,
            others: true,
            groups: true,
            unread: true,
            ..of(4, third, Vec::new())
        },
    ]
}
