//! Every list of the program by name, as rows: the plain structs that `--json` has, and of each the columns of its table.

use crate::app::keys::enrolment;
use crate::app::peers::exchange;
use crate::app::read::listed::{Listed, NotShown, Which};
use crate::app::read::{
    claim_rows, objection_list, review_rows, show, source_rows, standing, todo,
};
use crate::app::record::settings;
use crate::app::when::When;
use crate::app::{Desk, Error, Session};
use crate::formats::csv::{self, CsvCell};
use crate::formats::json_text;
use claimledger_core::model::StatementType;
use serde::Serialize;
use serde_json::Value;

macro_rules! lists {
    ($($(#[$doc:meta])* $variant:ident = $name:literal [$($column:literal)+],)+) => {
        /// A list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ListName {
            $($(#[$doc])* $variant,)+
        }

        impl ListName {
            /// Every list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The columns of its table: where in a row of `--json` each value is. These stay; new ones come after them.
            pub const fn columns(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($column,)+],)+ }
            }
        }
    };
}

lists! {
    /// Claims.
    Claims = "claims" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "made" "about" "claimants"
        "words" "ratings.organisation" "ratings.rating" "ratings.scale" "ratings.standing" "ratings.verdict" "standing.reason"
    ],
    /// Relations between claims.
    ClaimRelations = "claim-relations" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "words" "standing.reason"
    ],
    /// Sources.
    Sources = "sources" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "published" "language" "held"
        "publisher" "title" "words" "archiveProofs" "standing.reason"
    ],
    /// Relations between sources.
    SourceRelations = "source-relations" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "words" "standing.reason"
    ],
    /// What sources are to claims.
    Assessments = "assessments" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "words" "standing.reason"
    ],
    /// Evidence.
    Evidence = "evidence" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "words" "standing.reason"
    ],
    /// Verdicts.
    Verdicts = "verdicts" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "current" "claimText" "words"
        "inWords" "lacking" "details.claim" "details.rating" "standing.reason"
    ],
    /// Objections.
    Disputes = "disputes" [
        "index" "id" "label" "holder" "organisation" "issued" "standing.word" "standing.words" "objection.to"
        "objection.grounds" "objection.note" "objection.outcome" "objection.answer.note" "objection.settled" "objection.due"
        "standing.reason" "words"
    ],
    /// Recorded reviews.
    Reviews = "reviews" [
        "index" "id" "holder" "organisation" "issued" "standing.word" "standing.words" "claim" "author" "url" "claimText"
        "label" "value" "best" "worst" "published" "language" "standing.reason" "words"
    ],
    /// Organisations.
    Organisations = "organisations" ["entry" "organisation" "name" "url" "standing.word" "standing.words"],
    /// Scale versions.
    Scales = "scales" ["entry" "organisation" "scale" "version" "title" "labels" "standing.word" "standing.words"],
    /// Keys.
    Keys = "keys" ["name" "holder" "organisation" "roles" "standing" "private" "fingerprint" "key"],
    /// Open work.
    Todo = "todo" ["kind" "what.index" "what.id" "words" "who.holder" "who.organisation" "since" "due" "next" "all"],
    /// Every entry.
    Log = "log" [
        "index" "type" "id" "label" "holder" "organisation" "issued" "backDated" "standing.word" "standing.words" "words"
        "standing.reason"
    ],
    /// Mirrors on this machine.
    Mirrors = "mirrors" ["name" "size" "followed.from" "followed.ledger" "followed.vkey" "evidence"],
    /// Ledgers that this machine knows.
    Ledgers = "ledgers" ["origin" "ledger" "vkey" "places.place" "places.size" "places.written"],
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsAs {
    /// A table (RFC 4180).
    Csv,
    /// An object a line, as `--json` has it.
    Lines,
}

/// A list as it is written.
pub struct WrittenList {
    /// The rows.
    pub text: String,
    /// How many there are.
    pub rows: usize,
    /// How many are left out, by what ended them.
    pub not_shown: NotShown,
}

/// Writes a list; `at` is what `which.at` was given as, for the keys.
pub fn list(
    desk: &Desk,
    session: &Session,
    name: ListName,
    which: Which,
    at: Option<When>,
    how: RowsAs,
) -> Result<WrittenList, Error> {
    let writer = Writer { name, how };
    let of_type = |statement_type| show::list(session, statement_type, which);
    let size = session.at(which.at)?;
    match name {
        ListName::Claims => {
            let listed = of_type(StatementType::ClaimAdd)?;
            let found = claim_rows::rows(session, listed.found, size)?;
            Ok(writer.rows(&found, listed.not_shown))
        }
        ListName::Sources => {
            let listed = of_type(StatementType::SourceAdd)?;
            let found = source_rows::rows(session, listed.found, size)?;
            Ok(writer.rows(&found, listed.not_shown))
        }
        ListName::ClaimRelations => Ok(writer.listed(of_type(StatementType::ClaimRelate)?)),
        ListName::SourceRelations => Ok(writer.listed(of_type(StatementType::SourceRelate)?)),
        ListName::Assessments => Ok(writer.listed(of_type(StatementType::OriginAssess)?)),
        ListName::Evidence => Ok(writer.listed(of_type(StatementType::EvidenceAdd)?)),
        ListName::Verdicts => Ok(writer.listed(standing::list(session, which, false)?)),
        ListName::Disputes => Ok(writer.listed(objection_list::list(session, None, which)?)),
        ListName::Reviews => Ok(writer.listed(review_rows::list(session, which)?)),
        ListName::Scales => Ok(writer.listed(settings::scales(session, which)?)),
        ListName::Organisations => Ok(writer.all(&show::organisations(session, which.at)?)),
        ListName::Keys => Ok(writer.all(&enrolment::list(desk, at)?.0)),
        ListName::Todo => Ok(writer.all(&todo::list(desk, session, None)?)),
        ListName::Log => Ok(writer.all(&show::log(session, None, which.at)?)),
        ListName::Mirrors => Ok(writer.all(&exchange::list_mirrors(desk)?)),
        ListName::Ledgers => Ok(writer.all(&desk.known().all()?)),
    }
}

struct Writer {
    name: ListName,
    how: RowsAs,
}

impl Writer {
    fn all<T: Serialize>(&self, rows: &[T]) -> WrittenList {
        self.rows(rows, NotShown::default())
    }

    fn listed<T: Serialize>(&self, listed: Listed<T>) -> WrittenList {
        self.rows(&listed.found, listed.not_shown)
    }

    fn rows<T: Serialize>(&self, rows: &[T], not_shown: NotShown) -> WrittenList {
        let columns = self.name.columns();
        let mut text = match self.how {
            RowsAs::Csv => csv::record(columns),
            RowsAs::Lines => String::new(),
        };
        for row in rows {
            text.push_str(&match self.how {
                RowsAs::Lines => json_text::line(row),
                RowsAs::Csv => {
                    let row = serde_json::to_value(row).expect("plain data");
                    let cells = columns.iter().map(|column| cell(&row, column));
                    csv::row(&cells.collect::<Vec<_>>())
                }
            });
        }
        WrittenList {
            text,
            rows: rows.len(),
            not_shown,
        }
    }
}

/// The value at a path of a row. A path leads through lists: several values stand in one cell, with `; ` between them.
fn cell(row: &Value, path: &str) -> CsvCell {
    let mut found = vec![row];
    for name in path.split('.') {
        found = found
            .into_iter()
            .filter_map(|value| value.get(name))
            .flat_map(items)
            .collect();
    }
    if let [Value::Number(number)] = found[..] {
        return CsvCell::Number(number.to_string());
    }
    let words = found.into_iter().filter_map(words);
    CsvCell::Text(words.collect::<Vec<_>>().join("; "))
}

fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
