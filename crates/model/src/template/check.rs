//! What a template may be, wherever it comes from.

use super::{ImportRefusal, TemplateFile, TemplateVersion, language_tag};

/// Characters of a template's name.
const LONGEST_NAME: usize = 80;
/// Characters of a category's name.
const LONGEST_CATEGORY: usize = 48;
/// Characters of a text: more than Telegram takes, since marks and variables count too.
const LONGEST_BODY: usize = 8_192;
/// Languages of a template.
const MOST_VERSIONS: usize = 40;

/// A line without the blanks around it; absent where it is longer, or more than a line.
fn line(line: &str, longest: usize) -> Option<String> {
    let line = line.trim();
    let fits = line.chars().count() <= longest && !line.chars().any(char::is_control);
    fits.then(|| line.to_owned())
}

/// A category's name without the blanks around it; absent where there can be no such one.
#[must_use]
pub fn checked_category(category: &str) -> Option<String> {
    line(category, LONGEST_CATEGORY)
}

/// A template as it is kept: no blanks around anything, languages as tags.
///
/// # Errors
/// Why it cannot be kept. Whether its variables are known is not looked at.
pub fn checked_template(file: &TemplateFile) -> Result<TemplateFile, ImportRefusal> {
    let name = line(&file.name, LONGEST_NAME).filter(|name| !name.is_empty());
    let name = name.ok_or(ImportRefusal::Name)?;
    let category = checked_category(&file.category).ok_or(ImportRefusal::Category)?;
    let mut versions: Vec<TemplateVersion> = Vec::new();
    for version in &file.versions {
        let wrong = || ImportRefusal::Language(version.language.chars().take(40).collect());
        let language = language_tag(&version.language).ok_or_else(wrong)?;
        if versions.iter().any(|known| known.language == language) {
            return Err(wrong());
        }
        let body = version.body.trim();
        if body.is_empty() || body.chars().count() > LONGEST_BODY {
            return Err(ImportRefusal::Text(language));
        }
        versions.push(TemplateVersion {
            language,
            body: body.to_owned(),
        });
    }
    if versions.is_empty() || versions.len() > MOST_VERSIONS {
        return Err(ImportRefusal::Text(String::new()));
    }
    Ok(TemplateFile {
        name,
        category,
        versions,
    })
}

/// The name of a copy: the next one that is free by `taken`.
#[must_use]
pub fn copy_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let short: String = name.chars().take(LONGEST_NAME - 5).collect();
    let copy = |number: u32| format!("{} {number}", short.trim_end());
    let free = (2..u32::MAX).map(copy).find(|name| !taken(name));
    free.unwrap_or_else(|| copy(u32::MAX))
}
