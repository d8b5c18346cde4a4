//! Texts made from a seed, for worlds with more messages than anybody could write.

use crate::seed::Stream;

/// Words of one language.
struct Vocabulary {
    openings: &'static [&'static str],
    subjects: &'static [&'static str],
    verbs: &'static [&'static str],
    objects: &'static [&'static str],
    closings: &'static [&'static str],
}

const ENGLISH: Vocabulary = Vocabulary {
    openings: &[
        "Hello,",
        "By the way,",
        "Quick question:",
        "Right,",
        "As agreed,",
        "Sorry,",
    ],
    subjects: &[
        "the courier",
        "our manager",
        "the supplier",
        "my colleague",
        "the client",
    ],
    verbs: &[
        "has confirmed",
        "is waiting for",
        "asks about",
        "sent back",
        "will check",
    ],
    objects: &[
        "the invoice",
        "the order",
        "the new price",
        "the delivery date",
        "the contract",
    ],
    closings: &[
        "",
        "today.",
        "before Friday.",
        "thank you!",
        "can you look?",
        "more tomorrow.",
    ],
};

const RUSSIAN: Vocabulary = Vocabulary {
    openings: &[
        "Добрый день,",
        "Кстати,",
        "Подскажите,",
        "Хорошо,",
        "Как договорились,",
    ],
    subjects: &["курьер", "наш менеджер", "поставщик", "коллега", "заказчик"],
    verbs: &["подтвердил", "ждёт", "уточняет", "вернул", "проверит"],
    objects: &["счёт", "заказ", "новую цену", "срок поставки", "договор"],
    closings: &[
        "",
        "сегодня.",
        "до пятницы.",
        "спасибо!",
        "посмотрите, пожалуйста?",
    ],
};

const UKRAINIAN: Vocabulary = Vocabulary {
    openings: &[
        "Добрий день,",
        "До речі,",
        "Підкажіть,",
        "Добре,",
        "Як домовлялися,",
    ],
    subjects: &[
        "кур'єр",
        "наш менеджер",
        "постачальник",
        "колега",
        "замовник",
    ],
    verbs: &[
        "підтвердив",
        "чекає на",
        "уточнює",
        "повернув",
        "перевірить",
    ],
    objects: &[
        "рахунок",
        "замовлення",
        "нову ціну",
        "термін поставки",
        "договір",
    ],
    closings: &[
        "",
        "сьогодні.",
        "до п'ятниці.",
        "дякую!",
        "гляньте, будь ласка?",
    ],
};

/// One to three sentences; the same for the same seed.
pub(crate) fn text(seed: u64) -> String {
    let mut stream = Stream::of(&[seed, 0x0077_6f72]);
    let vocabulary = match stream.below(4) {
        0 | 1 => &ENGLISH,
        2 => &RUSSIAN,
        _ => &UKRAINIAN,
    };
    let sentences = 1 + stream.below(3);
    let text: Vec<String> = (0..sentences)
        .map(|_| sentence(vocabulary, &mut stream))
        .collect();
    text.join(" ")
}

fn sentence(vocabulary: &Vocabulary, stream: &mut Stream) -> String {
    let mut word = |words: &[&'static str]| stream.pick(words).copied().unwrap_or_default();
    let parts = [
        word(vocabulary.openings),
        word(vocabulary.subjects),
        word(vocabulary.verbs),
        word(vocabulary.objects),
        word(vocabulary.closings),
    ];
    let number = 100 + stream.below(9900);
    format!("{} #{number}", parts.join(" ").trim_end())
}

/// A name of a person, by seed.
pub(crate) fn name(seed: u64) -> (&'static str, &'static str) {
    const FIRST: &[&str] = &[
        "Anna",
        "Boris",
        "Clara",
        "David",
        "Elena",
        "Fedir",
        "Greta",
        "Hugo",
        "Iryna",
        "Jonas",
        "Катерина",
        "Леонід",
        "Марія",
        "Николай",
        "Оксана",
        "Павел",
        "Rita",
        "Сергей",
        "Tamara",
        "Uwe",
        "Вера",
        "Walter",
        "Yana",
        "Злата",
    ];
    const LAST: &[&str] = &[
        "Adler",
        "Бондар",
        "Costa",
        "Дорош",
        "Evans",
        "Фомина",
        "Garcia",
        "Hansen",
        "Иванов",
        "Jansen",
        "Коваль",
        "Larsen",
        "Мельник",
        "Novak",
        "Orlova",
        "Peters",
        "Riva",
        "Шевчук",
    ];
    let mut stream = Stream::of(&[seed, 0x006e_616d]);
    let first = stream.pick(FIRST).copied().unwrap_or_default();
    (first, stream.pick(LAST).copied().unwrap_or_default())
}
