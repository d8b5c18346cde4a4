//! Values that operators may have, by the words they are typed as. Like the names of operators they
//! are understood in every language.

use super::QueryOperator;

/// Words of the search itself: the English one, the Russian, the Ukrainian.
pub(super) const fn of(operator: QueryOperator) -> &'static [[&'static str; 3]] {
    match operator {
        QueryOperator::Is => &IS,
        QueryOperator::Has => &HAS,
        QueryOperator::Kind => &KIND,
        _ => &[],
    }
}

const IS: [[&str; 3]; 11] = [
    ["unread", "непрочитанный", "непрочитаний"],
    ["read", "прочитанный", "прочитаний"],
    ["muted", "беззвучный", "беззвучний"],
    ["archived", "архивный", "архівний"],
    ["pinned", "закреплённый", "закріплений"],
    ["snoozed", "отложенный", "відкладений"],
    ["mentioned", "упомянут", "згадано"],
    ["waiting", "ждёт", "чекає"],
    ["due", "срок", "строк"],
    ["person", "человек", "людина"],
    ["group", "группа", "група"],
];

const HAS: [[&str; 3]; 12] = [
    ["photo", "фото", "фото"],
    ["video", "видео", "відео"],
    ["voice", "голос", "голос"],
    ["audio", "аудио", "аудіо"],
    ["file", "файл", "файл"],
    ["sticker", "стикер", "стікер"],
    ["media", "медиа", "медіа"],
    ["link", "ссылка", "посилання"],
    ["note", "заметка", "нотатка"],
    ["task", "задача", "завдання"],
    ["draft", "черновик", "чернетка"],
    ["tag", "метка", "мітка"],
];

const KIND: [[&str; 3]; 5] = [
    ["person", "человек", "людина"],
    ["bot", "бот", "бот"],
    ["group", "группа", "група"],
    ["supergroup", "супергруппа", "супергрупа"],
    ["channel", "канал", "канал"],
];

/// Whoever wrote it themselves.
pub(super) const ME: [&str; 4] = ["me", "я", "мене", "меня"];
/// Everybody else.
pub(super) const THEM: [&str; 3] = ["them", "они", "вони"];

/// As words are compared.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

/// The English word for one that was typed.
pub(super) fn word(operator: QueryOperator, typed: &str) -> Option<&'static str> {
    let typed = folded(typed);
    let found = of(operator)
        .iter()
        .find(|words| words.iter().any(|word| folded(word) == typed));
    found.map(|[english, ..]| *english)
}
