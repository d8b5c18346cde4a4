//! What a column says, to judge by its name.

use switchboard_model::{Field, PeopleColumn};

/// Names that columns have, in three languages and in what other programs write.
const NAMES: [(PeopleColumn, &[&str]); 8] = [
    (
        PeopleColumn::TelegramId,
        &[
            "telegram id",
            "tg id",
            "user id",
            "chat id",
            "peer id",
            "id",
            "key",
            "айди",
        ],
    ),
    (
        PeopleColumn::Username,
        &[
            "username",
            "user name",
            "telegram",
            "nick",
            "юзернейм",
            "ник",
            "нік",
        ],
    ),
    (
        PeopleColumn::Phone,
        &[
            "phone",
            "phone number",
            "mobile",
            "tel",
            "телефон",
            "номер",
            "номер телефона",
            "номер телефону",
        ],
    ),
    (
        PeopleColumn::Name,
        &[
            "name",
            "full name",
            "contact",
            "title",
            "имя",
            "фио",
            "контакт",
            "ім’я",
            "ім'я",
            "піб",
        ],
    ),
    (
        PeopleColumn::Tags,
        &[
            "tags",
            "tag",
            "labels",
            "label",
            "теги",
            "тег",
            "метки",
            "метка",
            "мітки",
            "мітка",
        ],
    ),
    (
        PeopleColumn::Status,
        &["status", "stage", "статус", "этап", "етап"],
    ),
    (
        PeopleColumn::Note,
        &[
            "note",
            "notes",
            "comment",
            "comments",
            "заметка",
            "заметки",
            "комментарий",
            "нотатка",
            "нотатки",
            "коментар",
        ],
    ),
    (PeopleColumn::Ignored, &["date", "created", "updated"]),
];

/// Whether a column says who a row is about.
pub(super) const fn names(column: PeopleColumn) -> bool {
    matches!(
        column,
        PeopleColumn::TelegramId
            | PeopleColumn::Username
            | PeopleColumn::Phone
            | PeopleColumn::Name
    )
}

/// A guess; each thing is guessed of one column alone, but for notes.
pub(super) fn guess(name: &str, fields: &[Field], taken: &mut Vec<PeopleColumn>) -> PeopleColumn {
    let plain = plain(name);
    let own = fields
        .iter()
        .find(|field| field.names().all().any(|name| self::plain(name) == plain));
    let known = NAMES
        .iter()
        .find(|(_, names)| names.contains(&plain.as_str()));
    let guess = match (own, known) {
        (Some(field), _) => PeopleColumn::Field(field.id),
        (None, Some((column, _))) => *column,
        (None, None) => PeopleColumn::Ignored,
    };
    if taken.contains(&guess) && guess != PeopleColumn::Note {
        return PeopleColumn::Ignored;
    }
    taken.push(guess);
    guess
}

/// A name without what programs put around it: `user_id` and `User ID` are one. Of a name within
/// another, its end counts.
fn plain(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let words = last.to_lowercase().replace(['_', '-'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use switchboard_model::{FieldId, FieldKind};

    use super::*;

    #[test]
    fn usual_names_are_known_and_fields_come_first() {
        let field = |id, builtin: Option<&str>, name: &str| Field {
            id: FieldId(id),
            builtin: builtin.map(str::to_owned),
            name: name.to_owned(),
            kind: FieldKind::Text,
            options: Vec::new(),
            remind: false,
            yearly: false,
        };
        let fields = [field(1, Some("language"), ""), field(7, None, "Contact")];
        let names = [
            "user_id",
            "ФИО",
            "contact",
            "Телефон",
            "profile.tags",
            "Notes",
            "notes",
            "Id",
            "Shoe size",
            "Мова",
        ];
        let mut taken = Vec::new();
        let guessed = names.map(|name| guess(name, &fields, &mut taken));
        assert_eq!(
            guessed,
            [
                PeopleColumn::TelegramId,
                PeopleColumn::Name,
                PeopleColumn::Field(FieldId(7)),
                PeopleColumn::Phone,
                PeopleColumn::Tags,
                PeopleColumn::Note,
                PeopleColumn::Note,
                PeopleColumn::Ignored,
                PeopleColumn::Ignored,
                PeopleColumn::Field(FieldId(1)),
            ]
        );
    }
}
