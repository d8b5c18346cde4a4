//! What of the looks travels in a file of settings, and how it is taken over from one.

use serde_json::{Value, json};
use switchboard_model::{WindowChange, WindowSettings};

use super::Looks;

/// What of the looks goes into a file of settings: choices of the operator's. Widths, the window's
/// place and what was done last belong to one computer, columns and hidden views to one workspace,
/// whose ids they name.
pub(crate) const PORTABLE: [&str; 8] = [
    "theme",
    "language",
    "zoom",
    "closing",
    "density",
    "text_size",
    "first_weekday",
    "shortcuts",
];

/// Languages that the window speaks.
const LANGUAGES: [&str; 3] = ["en", "ru", "uk"];
/// Per cent to which the page is zoomed at most.
const LARGEST_ZOOM: u32 = 200;
/// Per cent to which the text grows at most.
const LARGEST_TEXT: u32 = 125;
/// Sunday.
const LAST_WEEKDAY: u32 = 7;

impl Looks {
    /// What of it goes into a file of settings.
    #[must_use]
    pub fn portable(&self) -> WindowSettings {
        let Ok(Value::Object(looks)) = serde_json::to_value(self) else {
            return WindowSettings::default();
        };
        let chosen = looks.into_iter();
        WindowSettings(
            chosen
                .filter(|(name, _)| PORTABLE.contains(&name.as_str()))
                .collect(),
        )
    }

    /// The looks with the settings of a file in them, and the names of those that become different.
    /// Anything else in the file, or of another form, is passed over.
    #[must_use]
    pub fn taking(&self, settings: &WindowSettings) -> (Self, Vec<&'static str>) {
        let mut changed = Vec::new();
        let Ok(Value::Object(mut looks)) = serde_json::to_value(self) else {
            return (self.clone(), changed);
        };
        for name in PORTABLE {
            let given = settings.0.get(name);
            let Some(value) = given.and_then(|value| read(name, value)) else {
                continue;
            };
            if looks.get(name) != Some(&value) {
                looks.insert(name.to_owned(), value);
                changed.push(name);
            }
        }
        match serde_json::from_value(Value::Object(looks)) {
            Ok(taken) => (taken, changed),
            Err(_) => (self.clone(), Vec::new()),
        }
    }

    /// The looks as they were before such a change, and the names of those that become different.
    /// What was set anew since stays.
    #[must_use]
    pub fn giving_back(&self, change: &WindowChange) -> (Self, Vec<&'static str>) {
        let WindowSettings(now) = self.portable();
        let mut before = change.before.clone();
        before
            .0
            .retain(|name, _| now.get(name) == change.after.0.get(name));
        self.taking(&before)
    }
}

/// What a file's settings make different of these.
pub(crate) fn differences(now: &WindowSettings, given: &WindowSettings) -> WindowChange {
    let (looks, _) = Looks::default().taking(now);
    let (taken, changed) = looks.taking(given);
    let only = |looks: &Looks| {
        let mut settings = looks.portable();
        settings
            .0
            .retain(|name, _| changed.contains(&name.as_str()));
        settings
    };
    WindowChange {
        before: only(&looks),
        after: only(&taken),
    }
}

/// The value of a setting as the looks have it; `None` where they cannot.
fn read(name: &str, value: &Value) -> Option<Value> {
    let looks: Looks = serde_json::from_value(json!({ name: value })).ok()?;
    let language = looks.language.as_deref();
    let sensible = language.is_none_or(|language| LANGUAGES.contains(&language))
        && looks.zoom <= LARGEST_ZOOM
        && looks.text_size <= LARGEST_TEXT
        && looks.first_weekday <= LAST_WEEKDAY;
    let portable = sensible.then(|| looks.portable());
    portable?.0.remove(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Shortcut, Theme};

    #[test]
    fn what_travels_is_what_the_looks_have() {
        let looks = Looks {
            theme: Theme::Dark,
            locked: true,
            ..Looks::default()
        };
        let WindowSettings(travels) = looks.portable();
        let names: Vec<_> = travels.keys().map(String::as_str).collect();
        let mut known = PORTABLE;
        known.sort_unstable();
        assert_eq!(names, known);
        assert_eq!(travels.get("theme"), Some(&Value::from("dark")));
    }

    #[test]
    fn what_travelled_is_taken_over_and_the_rest_of_the_looks_stays() {
        let there = Looks {
            theme: Theme::Dark,
            language: Some("uk".into()),
            splits: [1, 2, 3],
            shortcuts: vec![Shortcut {
                action: "undo".into(),
                keys: vec!["Ctrl+U".into()],
            }],
            ..Looks::default()
        };
        let here = Looks {
            language: Some("uk".into()),
            splits: [4, 5, 6],
            locked_workspaces: vec!["main".into()],
            ..Looks::default()
        };
        let (taken, changed) = here.taking(&there.portable());
        assert_eq!(changed, ["theme", "shortcuts"]);
        let expected = Looks {
            theme: Theme::Dark,
            shortcuts: there.shortcuts,
            ..here.clone()
        };
        assert_eq!(taken, expected);
        assert_eq!(taken.taking(&taken.portable()), (taken.clone(), vec![]));
    }

    #[test]
    fn what_was_taken_over_is_given_back_unless_it_was_set_anew() {
        let here = Looks {
            language: Some("uk".into()),
            zoom: 90,
            splits: [4, 5, 6],
            ..Looks::default()
        };
        let there = Looks {
            theme: Theme::Dark,
            zoom: 120,
            first_weekday: 7,
            ..Looks::default()
        };
        let mut file = there.portable();
        file.0.insert("density".into(), json!("odd"));
        let change = differences(&here.portable(), &file);
        let names = |settings: &WindowSettings| settings.0.keys().cloned().collect::<Vec<_>>();
        let changed = ["first_weekday", "language", "theme", "zoom"];
        assert_eq!(names(&change.before), changed);
        assert_eq!(names(&change.after), changed);
        let (taken, _) = here.taking(&file);
        assert_eq!(taken.giving_back(&change).0, here);
        let since = Looks {
            zoom: 150,
            ..taken.clone()
        };
        let (back, changed) = since.giving_back(&change);
        assert_eq!(changed, ["theme", "language", "first_weekday"]);
        let expected = Looks {
            zoom: 150,
            ..here.clone()
        };
        assert_eq!(back, expected);
        assert_eq!(
            back.giving_back(&WindowChange::default()),
            (back.clone(), vec![])
        );
        assert!(differences(&here.portable(), &here.portable()).is_empty());
    }

    #[test]
    fn what_has_another_form_is_passed_over() {
        let odd = [
            ("theme", json!("loud")),
            ("language", json!("xx")),
            ("zoom", json!(-1)),
            ("text_size", json!(126)),
            ("first_weekday", json!(8)),
            ("shortcuts", json!([{ "action": 1 }])),
            ("splits", json!([7, 7, 7])),
            ("workspace", json!("demo")),
            ("density", json!("compact")),
        ];
        let settings = odd.map(|(name, value)| (name.to_owned(), value));
        let settings = WindowSettings(settings.into_iter().collect());
        let (taken, changed) = Looks::default().taking(&settings);
        assert_eq!(changed, ["density"]);
        assert_eq!((taken.splits, taken.workspace), ([0, 0, 0], None));
    }
}
