//! Templates as files.

use serde::{Deserialize, Serialize};
use switchboard_model::{
    Code, ImportLine, ImportOutcome, ImportRefusal, StarterTemplate, Template, TemplateFile,
    TemplateFormat, TemplateValues, TemplateVersion, checked_template, render_template,
};

use crate::ApiError;

/// Marks a JSON file as one of templates.
const KIND: &str = "templates";
/// The form that is written; newer ones are refused.
const VERSION: u32 = 1;
/// Templates of a file.
const MOST: usize = 5_000;

#[derive(Serialize, Deserialize)]
struct JsonFile {
    switchboard: String,
    version: u32,
    templates: Vec<TemplateFile>,
}

/// A line of a CSV file.
#[derive(Debug, Serialize, Deserialize)]
struct CsvLine {
    name: String,
    #[serde(default)]
    category: String,
    language: String,
    text: String,
}

pub(super) fn file_of(starter: StarterTemplate) -> TemplateFile {
    TemplateFile {
        name: starter.name,
        category: starter.category,
        versions: starter.versions,
    }
}

/// The template of a name, whatever its case.
pub(super) fn named_like<'t>(templates: &'t [Template], name: &str) -> Option<&'t Template> {
    let name = name.trim().to_lowercase();
    templates
        .iter()
        .find(|template| template.name.to_lowercase() == name)
}

pub(super) fn write(format: TemplateFormat, templates: Vec<Template>) -> Result<String, ApiError> {
    let templates: Vec<_> = templates.into_iter().map(TemplateFile::from).collect();
    match format {
        TemplateFormat::Json => {
            let file = JsonFile {
                switchboard: KIND.to_owned(),
                version: VERSION,
                templates,
            };
            let text = serde_json::to_string_pretty(&file).map_err(ApiError::internal)?;
            Ok(text + "\n")
        }
        TemplateFormat::Csv => write_csv(templates),
    }
}

fn write_csv(templates: Vec<TemplateFile>) -> Result<String, ApiError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["name", "category", "language", "text"];
    if templates.is_empty() {
        writer.write_record(header).map_err(ApiError::internal)?;
    }
    for template in templates {
        for version in template.versions {
            let line = CsvLine {
                name: template.name.clone(),
                category: template.category.clone(),
                language: version.language,
                text: version.body,
            };
            writer.serialize(line).map_err(ApiError::internal)?;
        }
    }
    let bytes = writer.into_inner().map_err(ApiError::internal)?;
    String::from_utf8(bytes).map_err(ApiError::internal)
}

fn unreadable(why: impl std::fmt::Display) -> ApiError {
    ApiError::new(Code::FileUnreadable, why)
}

pub(super) fn read(format: TemplateFormat, text: &str) -> Result<Vec<TemplateFile>, ApiError> {
    let text = text.trim_start_matches('\u{feff}');
    let files = match format {
        TemplateFormat::Json => read_json(text)?,
        TemplateFormat::Csv => read_csv(text)?,
    };
    match files.len() <= MOST {
        true => Ok(files),
        false => Err(unreadable("more templates than there can be")),
    }
}

fn read_json(text: &str) -> Result<Vec<TemplateFile>, ApiError> {
    let file: JsonFile = serde_json::from_str(text).map_err(unreadable)?;
    if file.switchboard != KIND || file.version > VERSION {
        return Err(unreadable("not templates, or of a newer version"));
    }
    Ok(file.templates)
}

/// Lines of the same name are one template, in the place of its first line. Spreadsheets in many
/// countries write semicolons.
fn read_csv(text: &str) -> Result<Vec<TemplateFile>, ApiError> {
    let header = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|sign| header.bytes().filter(|byte| byte == sign).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::Headers)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(unreadable)?;
    let header: csv::StringRecord = header.iter().map(str::to_lowercase).collect();
    reader.set_headers(header);
    let mut files: Vec<TemplateFile> = Vec::new();
    for line in reader.deserialize::<CsvLine>() {
        let line = line.map_err(unreadable)?;
        let version = TemplateVersion {
            language: line.language,
            body: line.text,
        };
        let same = |file: &&mut TemplateFile| {
            file.name.trim().to_lowercase() == line.name.trim().to_lowercase()
        };
        match files.iter_mut().find(same) {
            Some(file) => file.versions.push(version),
            None => files.push(TemplateFile {
                name: line.name,
                category: line.category,
                versions: vec![version],
            }),
        }
    }
    Ok(files)
}

/// What an import would do.
pub(super) struct Planned {
    pub(super) lines: Vec<ImportLine>,
    /// Templates that can be kept.
    pub(super) files: Vec<TemplateFile>,
}

pub(super) fn plan(
    files: Vec<TemplateFile>,
    there_are: &[Template],
    known: &TemplateValues,
) -> Planned {
    let mut planned = Planned {
        lines: Vec::new(),
        files: Vec::new(),
    };
    for file in files {
        let twice =
            |other: &TemplateFile| other.name.to_lowercase() == file.name.trim().to_lowercase();
        let checked = match planned.files.iter().any(twice) {
            true => Err(ImportRefusal::Name),
            false => checked(&file, known),
        };
        let outcome = match checked {
            Ok(checked) => {
                let outcome = outcome(&checked, there_are);
                planned.files.push(checked);
                outcome
            }
            Err(refusal) => ImportOutcome::Refused(refusal),
        };
        planned.lines.push(ImportLine {
            name: file.name.trim().chars().take(200).collect(),
            languages: file.versions.into_iter().map(|one| one.language).collect(),
            outcome,
        });
    }
    planned
}

fn checked(file: &TemplateFile, known: &TemplateValues) -> Result<TemplateFile, ImportRefusal> {
    let file = checked_template(file)?;
    for version in &file.versions {
        let rendered = render_template(&version.body, &version.language, known);
        if let Some(error) = rendered.errors.into_iter().next() {
            return Err(ImportRefusal::Variable(error.name));
        }
    }
    Ok(file)
}

fn outcome(file: &TemplateFile, there_are: &[Template]) -> ImportOutcome {
    match named_like(there_are, &file.name) {
        None => ImportOutcome::New,
        Some(known) if file.over(known) == TemplateFile::from(known.clone()) => ImportOutcome::Same,
        Some(_) => ImportOutcome::Changed,
    }
}

#[cfg(test)]
mod tests {
    use switchboard_model::TemplateId;

    use super::*;

    fn template(name: &str, versions: &[(&str, &str)]) -> Template {
        let version = |(language, body): &(&str, &str)| TemplateVersion {
            language: (*language).to_owned(),
            body: (*body).to_owned(),
        };
        Template {
            id: TemplateId(1),
            name: name.to_owned(),
            category: "Sales".to_owned(),
            versions: versions.iter().map(version).collect(),
            used: 0,
            used_ms: None,
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let templates = vec![
            template(
                "Hello",
                &[("en", "Hi, \"you\";\nnew line"), ("ru", "Привет, ты")],
            ),
            template("Bye", &[("uk", "=Бувай")]),
        ];
        let expected: Vec<_> = templates.iter().cloned().map(TemplateFile::from).collect();
        for format in [TemplateFormat::Json, TemplateFormat::Csv] {
            let text = write(format, templates.clone()).expect("it is written");
            assert_eq!(read(format, &text).expect("it is read"), expected);
            let nothing = write(format, Vec::new()).expect("it is written");
            assert_eq!(read(format, &nothing).expect("it is read"), []);
        }
    }

    #[test]
    fn spreadsheets_of_other_countries_are_read() {
        let text = "\u{feff}Name;Language;Text;Category\r\nA;en;\"x, y\";C\r\n a ;ru;да;\r\n";
        let files = read(TemplateFormat::Csv, text).expect("it is read");
        let [file] = files.as_slice() else {
            panic!("{files:?}")
        };
        assert_eq!((file.category.as_str(), file.versions.len()), ("C", 2));
    }

    #[test]
    fn other_files_are_refused() {
        for (format, text) in [
            (TemplateFormat::Json, "[]"),
            (
                TemplateFormat::Json,
                r#"{"switchboard":"tags","version":1,"templates":[]}"#,
            ),
            (
                TemplateFormat::Json,
                r#"{"switchboard":"templates","version":2,"templates":[]}"#,
            ),
            (TemplateFormat::Csv, "name,text\na,b\n"),
            (TemplateFormat::Csv, "name,language,text\na,b\n"),
        ] {
            let error = read(format, text).expect_err(text);
            assert_eq!(error.code, Code::FileUnreadable, "{text}");
        }
    }

    #[test]
    fn a_plan_names_what_becomes_of_each() {
        let mut known = TemplateValues::default();
        known.know("first_name", None);
        let there_are = [
            template("Hello", &[("en", "Hi"), ("ru", "Привет")]),
            template("Bye", &[("en", "Bye")]),
        ];
        let text = "name,category,language,text\n\
            hello,Sales,en,Hi\n\
            Bye,Sales,uk,Бувай\n\
            New,Sales,en,{first_name}\n\
            Odd,Sales,en,{frist_name}\n\
            ,Sales,en,x\n\
            Empty,Sales,en, \n\
            Tongue,Sales,klingon,x\n";
        let files = read(TemplateFormat::Csv, text).expect("it is read");
        let planned = plan(files, &there_are, &known);
        let outcomes: Vec<_> = planned.lines.into_iter().map(|line| line.outcome).collect();
        use ImportOutcome::{Changed, New, Refused};
        let expected = [
            // The name is written in another case.
            Changed,
            Changed,
            New,
            Refused(ImportRefusal::Variable("frist_name".to_owned())),
            Refused(ImportRefusal::Name),
            Refused(ImportRefusal::Text("en".to_owned())),
            Refused(ImportRefusal::Language("klingon".to_owned())),
        ];
        assert_eq!(outcomes, expected);
        assert_eq!(planned.files.len(), 3);
        let same = plan(
            vec![TemplateFile::from(there_are[0].clone())],
            &there_are,
            &known,
        );
        assert_eq!(same.lines[0].outcome, ImportOutcome::Same);
    }
}
