//! What the columns of a table mean. A person writes it, or corrects a guess.

use super::claimreview::day_of;
use super::row::{self, FIELDS};
use super::{ReviewMarkup, TroubleCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A mapping of columns to fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What separates cells.
    pub delimiter: u8,
    /// Whether quotation marks can hold cells together.
    pub quoting: bool,
    /// Whether the first row has the names of the columns.
    pub header: bool,
    /// The encoding, if the file does not say it.
    pub encoding: Option<String>,
    /// How dates are written, as `strptime` names it.
    date_format: Option<String>,
    /// The column of each field.
    columns: BTreeMap<String, String>,
    /// Values that are the same in every row.
    always: BTreeMap<String, String>,
    /// Whether a table may lack a column: nobody has named it.
    lenient: bool,
}

/// A mapping as a file spells it.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct MappingFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quoting: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_format: Option<String>,
    columns: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    always: BTreeMap<String, String>,
}

/// The place of the column of each field.
pub type Places = BTreeMap<String, usize>;

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: MappingFile = toml::from_str(text).map_err(|e| e.to_string())?;
        let known = file.columns.keys().chain(file.always.keys());
        if let Some(unknown) = known.into_iter().find(|field| !FIELDS.contains(&&***field)) {
            return Err(format!(
                "{unknown:?} is no field of a review; the fields are {}",
                FIELDS.join(", ")
            ));
        }
        let delimiter = match file.delimiter.as_deref() {
            None => b',',
            Some("tab") => b'\t',
            Some(one) if one.len() == 1 => one.as_bytes()[0],
            Some(other) => {
                return Err(format!(
                    "the delimiter {other:?} is not one character, nor \"tab\""
                ));
            }
        };
        if let Some(format) = &file.date_format
            && !["%d", "%e"].iter().any(|day| format.contains(day))
        {
            return Err(format!("the date format {format:?} has no day, %d"));
        }
        Ok(Self {
            delimiter,
            // In tab-separated text a quotation mark is a character.
            quoting: file.quoting.unwrap_or(delimiter != b'\t'),
            header: file.header.unwrap_or(true),
            encoding: file.encoding,
            date_format: file.date_format,
            columns: file.columns,
            always: file.always,
            lenient: false,
        })
    }

    /// A mapping whose columns have the names of fields.
    pub fn own(delimiter: u8) -> Self {
        let own = FIELDS
            .iter()
            .map(|name| ((*name).to_owned(), (*name).to_owned()));
        Self {
            delimiter,
            quoting: delimiter != b'\t',
            header: true,
            encoding: None,
            date_format: None,
            columns: own.collect(),
            always: BTreeMap::new(),
            lenient: true,
        }
    }

    /// A mapping of columns with commas between them, and of values that are the same in every row.
    pub(super) fn of<'c>(
        columns: impl Iterator<Item = (&'c str, &'c str)>,
        always: &[(&str, &str)],
    ) -> Self {
        let text = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
        Self {
            columns: columns.map(text).collect(),
            always: always.iter().copied().map(text).collect(),
            ..Self::own(b',')
        }
    }

    /// A guess from the names of columns, as a file that a person corrects. Nothing is imported by it.
    pub fn guess(names: &[String], delimiter: u8) -> String {
        let mut text =
            "# A guess from the names of the columns. Correct it; then give it with --map.\n"
                .to_owned();
        if delimiter == b'\t' {
            text.push_str("delimiter = \"tab\"\nquoting = false\n");
        }
        text.push_str("\n[columns]\n");
        for field in FIELDS {
            let guessed = names.iter().find(|name| {
                let folded: String = name.to_lowercase();
                let folded: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
                let hints = HINTS.iter().find(|(known, _)| known == field);
                hints.is_some_and(|(_, hints)| hints.contains(&&*folded))
            });
            match guessed {
                Some(name) => text.push_str(&format!("{field} = {}\n", toml_text(name))),
                None => text.push_str(&format!("# {field} = \"\"\n")),
            }
        }
        text.push_str("\n# Columns of the table:\n");
        for name in names {
            text.push_str(&format!("#   {}\n", toml_text(name)));
        }
        text.push_str("\n# Values that are the same in every row:\n# [always]\n# author = \"\"\n");
        text
    }

    /// Where the columns are in a table with these names; columns without names go by number, from 1.
    ///
    /// # Errors
    ///
    /// Which column the table does not have.
    pub fn places(&self, names: &[String]) -> Result<Places, String> {
        let mut places = Places::new();
        for (field, column) in &self.columns {
            let place = if self.header {
                let mut found = names.iter().enumerate().filter(|(_, name)| *name == column);
                match (found.next(), found.next()) {
                    (Some((place, _)), None) => place,
                    (Some(_), Some(_)) => {
                        return Err(format!("the table has several columns {column:?}"));
                    }
                    (None, _) if self.lenient => continue,
                    (None, _) => {
                        return Err(format!(
                            "the table has no column {column:?} for {field}; it has {names:?}"
                        ));
                    }
                }
            } else {
                match column.parse::<usize>() {
                    Ok(number @ 1..) => number - 1,
                    _ => return Err(format!("{column:?} is no number of a column, from 1")),
                }
            };
            places.insert(field.clone(), place);
        }
        Ok(places)
    }

    /// The review in a row.
    pub fn review(&self, place: &str, columns: &Places, cells: &[String]) -> ReviewMarkup {
        self.review_of(place, &mut |field| {
            let cell = columns.get(field).and_then(|place| cells.get(*place));
            cell.cloned()
        })
    }

    /// The review in an object of JSON Lines; `get` gives the value of a member.
    pub fn review_in(
        &self,
        place: &str,
        get: &mut dyn FnMut(&str) -> Option<String>,
    ) -> ReviewMarkup {
        self.review_of(place, &mut |field| get(self.columns.get(field)?))
    }

    fn review_of(&self, place: &str, get: &mut dyn FnMut(&str) -> Option<String>) -> ReviewMarkup {
        let mut unclear = None;
        let mut review = row::review(place.to_owned(), &mut |field| {
            let given = get(field).or_else(|| self.always.get(field).cloned())?;
            if field != "claimDate" {
                return Some(given);
            }
            let Some(format) = &self.date_format else {
                return Some(given);
            };
            match jiff::civil::Date::strptime(format, given.trim()) {
                Ok(date) => Some(date.to_string()),
                Err(_) if day_of(&given).is_none() => {
                    unclear = Some(format!("{given:?} is not written as {format:?}"));
                    Some(given)
                }
                Err(_) => Some(given),
            }
        });
        if let Some(why) = unclear {
            review.trouble("claimDate", TroubleCode::DateUnclear, why);
        }
        review
    }
}

/// A text in TOML: a basic string is spelled as in JSON.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What columns with these meanings are called in tables that exist, without signs and in lower case.
const HINTS: &[(&str, &[&str])] = &[
    (
        "author",
        &[
            "author",
            "organisation",
            "organization",
            "publisher",
            "factchecker",
            "checker",
            "site",
            "source",
            "extrabody",
        ],
    ),
    (
        "url",
        &[
            "url",
            "link",
            "reviewurl",
            "factcheckingarticle",
            "claimurl",
            "extratitleurl",
            "factcheckurl",
            "pageurl",
        ],
    ),
    (
        "claim",
        &[
            "claim",
            "claimreviewed",
            "claimtext",
            "statement",
            "claimreviewclaimreviewed",
            "text",
        ],
    ),
    (
        "label",
        &[
            "label",
            "rating",
            "verdict",
            "textualrating",
            "ratingalternatename",
            "reviewrating",
            "status",
            "alternatename",
        ],
    ),
    ("value", &["ratingvalue", "ratingratingvalue", "value"]),
    ("best", &["bestrating", "ratingbestrating"]),
    ("worst", &["worstrating", "ratingworstrating"]),
    (
        "published",
        &[
            "datepublished",
            "reviewdate",
            "publishdate",
            "published",
            "claimreviewdatepublished",
            "date",
            "reportpublishedat",
        ],
    ),
    (
        "language",
        &[
            "language",
            "inlanguage",
            "languagecode",
            "lang",
            "claimreviewinlanguage",
        ],
    ),
    (
        "claimant",
        &[
            "claimant",
            "speaker",
            "claimer",
            "creativeworkauthorname",
            "saidby",
        ],
    ),
    (
        "claimantRole",
        &[
            "jobtitle",
            "speakerjobtitle",
            "speakerjob",
            "claimantrole",
            "role",
        ],
    ),
    (
        "claimDate",
        &["claimdate", "creativeworkdatepublished", "statementdate"],
    ),
    (
        "appearances",
        &[
            "appearance",
            "appearances",
            "originalclaimurl",
            "firstappearance",
        ],
    ),
];
