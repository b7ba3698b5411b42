//! What became of each review, as a line of JSON that can be corrected and imported again.

use crate::app::{Desk, Error, output};
use crate::formats::row::FIELDS;
use crate::formats::{ClaimantMarkup, ReviewMarkup, Trouble, TroubleCode};
use crate::host;
use crate::host::durable::{self, UnnamedFile};
use claimledger_core::encoding::foreign;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use std::collections::BTreeMap;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// What became of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Came {
    /// It is recorded now.
    Recorded,
    /// It had changed; the new record supersedes the earlier one.
    Changed,
    /// It was recorded before, with the same values.
    Already,
    /// It was recorded before, and since then with newer values.
    Older,
    /// Its record was withdrawn, so it is not recorded again.
    TakenBack,
    /// It cannot be recorded without a person.
    Refused,
}

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine<'r> {
    /// The file or address.
    pub file: &'r str,
    /// Where in it.
    pub at: &'r str,
    /// What became of it.
    pub came: Came,
    /// What is wrong or doubtful.
    pub troubles: &'r [Trouble],
    /// The review; none where the markup could not be read.
    pub review: Option<&'r ReviewMarkup>,
}

impl Serialize for ReportLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("file", self.file)?;
        line.serialize_entry("at", self.at)?;
        line.serialize_entry("came", &self.came)?;
        line.serialize_entry("troubles", self.troubles)?;
        if let Some(review) = self.review {
            for field in FIELDS {
                if *field == "appearances" {
                    line.serialize_entry(field, &review.appearances)?;
                } else {
                    line.serialize_entry(field, &value(review, field))?;
                }
            }
        }
        line.end()
    }
}

/// The value of a field as it was spelled; empty where there is none, for a person to fill in.
fn value<'r>(review: &'r ReviewMarkup, field: &str) -> &'r str {
    let value = match field {
        "author" => &review.author,
        "url" => &review.url,
        "claim" => &review.claim,
        "label" => &review.label,
        "value" => &review.value,
        "best" => &review.best,
        "worst" => &review.worst,
        "published" => &review.published,
        "language" => &review.language,
        "claimDate" => &review.claim_date,
        "claimant" => {
            return match &review.claimant {
                ClaimantMarkup::Unknown => "",
                ClaimantMarkup::Many => "many",
                ClaimantMarkup::Named { name, .. } => name,
            };
        }
        "claimantRole" => match &review.claimant {
            ClaimantMarkup::Named { role, .. } => role,
            ClaimantMarkup::Unknown | ClaimantMarkup::Many => &None,
        },
        _ => &None,
    };
    value.as_deref().unwrap_or_default()
}

/// The report as a file, and its first lines in words. Nothing is written to its place before it is whole.
pub struct ReportFile {
    path: Option<PathBuf>,
    force: bool,
    written: Option<UnnamedFile>,
    lines: u64,
    first: Vec<String>,
    kinds: BTreeMap<TroubleCode, TroubleKind>,
}

/// A kind of trouble in a report.
pub struct TroubleKind {
    /// How often it was met.
    pub count: u64,
    /// The first of them, for people: where it is, and why.
    pub first: String,
}

impl ReportFile {
    /// A report for this path; without one only the first lines are kept.
    ///
    /// # Errors
    ///
    /// Those of [`output::check`].
    pub fn new(desk: &Desk, path: Option<&Path>, force: bool) -> Result<Self, Error> {
        let mut report = Self {
            path: path.map(Path::to_owned),
            force,
            written: None,
            lines: 0,
            first: Vec::new(),
            kinds: BTreeMap::new(),
        };
        if let Some(path) = path {
            output::check(desk, path, force)?;
            report.begin_again()?;
        }
        Ok(report)
    }

    /// Forgets what was written so far.
    ///
    /// # Errors
    ///
    /// Those of making a file.
    pub fn begin_again(&mut self) -> Result<(), Error> {
        (self.lines, self.first, self.kinds) = (0, Vec::new(), BTreeMap::new());
        if let Some(path) = &self.path {
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            self.written = Some(durable::unnamed(folder.unwrap_or(Path::new(".")))?);
        }
        Ok(())
    }

    /// Adds a line.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn line(&mut self, line: &ReportLine<'_>) -> Result<(), Error> {
        self.lines += 1;
        if self.first.len() < FIRST {
            self.first.push(in_words(line));
        }
        for trouble in line.troubles {
            let kind = self.kinds.entry(trouble.code);
            let kind = kind.or_insert_with(|| TroubleKind {
                count: 0,
                first: format!("{}: {}", place(line), reason(trouble)),
            });
            kind.count += 1;
        }
        if let Some(file) = &mut self.written {
            let mut json = serde_json::to_vec(line).expect("plain data");
            json.push(b'\n');
            let written = file.write_all(&json);
            written.map_err(|e| host::Error::io("writing", file.path(), e))?;
        }
        Ok(())
    }

    /// Writes it to its place.
    ///
    /// # Errors
    ///
    /// Those of [`output::write_from`].
    pub fn finish(&mut self, desk: &Desk) -> Result<(), Error> {
        if let (Some(path), Some(file)) = (&self.path, &mut self.written) {
            let rewound = file.seek(SeekFrom::Start(0));
            rewound.map_err(|e| host::Error::io("reading", file.path(), e))?;
            output::write_from(desk, path, file, self.force)?;
        }
        Ok(())
    }

    /// How many lines it has.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The first of them, for people.
    pub fn first(&self) -> &[String] {
        &self.first
    }

    /// The kinds of trouble in it.
    pub fn kinds(&self) -> &BTreeMap<TroubleCode, TroubleKind> {
        &self.kinds
    }

    /// Its file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

/// `page.html, script 1: claim-missing at /claimReviewed: the claim text is missing`.
fn in_words(line: &ReportLine<'_>) -> String {
    let troubles: Vec<String> = line.troubles.iter().map(reason).collect();
    format!("{}: {}", place(line), troubles.join("; "))
}

fn place(line: &ReportLine<'_>) -> String {
    let file = foreign::name(line.file);
    if line.at.is_empty() {
        file
    } else {
        format!("{file}, {}", foreign::name(line.at))
    }
}

fn reason(trouble: &Trouble) -> String {
    let at = match &*trouble.path {
        "" => String::new(),
        path => format!(" at {}", foreign::name(path)),
    };
    format!("{}{at}: {}", trouble.code.as_str(), trouble.reason)
}

/// As many lines as a person reads on a screen.
const FIRST: usize = 10;
