//! What a new statement corrects in an earlier one.

use super::field::{open_text, parsed};
use super::toml_file::Fields;
use crate::app::{Error, InField as _, Session};
use claimledger_core::model::correction::{Correction, CorrectionKind};
use claimledger_core::model::{FreeText, StatementType};
use serde::Deserialize;

/// A correction as a person gives it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewCorrection {
    /// The statement that is replaced: number, label or id.
    pub supersedes: String,
    /// How far the correction reaches.
    #[serde(rename = "correction")]
    pub kind: CorrectionKind,
    /// What was wrong.
    pub was_wrong: String,
    /// Who noticed.
    pub noticed_by: Option<String>,
    /// When it was reported: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub reported: Option<String>,
}

impl Fields for NewCorrection {
    const REQUIRED: &'static [&'static str] = &["supersedes", "correction", "was-wrong"];
}

/// The fields of every section that may correct an earlier statement.
pub const CORRECTING: &[&str] = &[
    "supersedes",
    "correction",
    "was-wrong",
    "noticed-by",
    "reported",
];

/// The correction for a statement's body; the superseded statement is of the same type.
pub(super) fn correction(
    session: &Session,
    new: Option<&NewCorrection>,
    statement_type: StatementType,
) -> Result<Option<Correction>, Error> {
    let Some(new) = new else { return Ok(None) };
    Ok(Some(Correction {
        kind: new.kind,
        noticed_by: open_text(new.noticed_by.as_ref(), "noticed-by")?,
        reported: parsed(new.reported.as_deref(), "reported")?,
        supersedes: session
            .id_of(&new.supersedes, statement_type)
            .in_field("supersedes")?,
        was_wrong: FreeText::open(new.was_wrong.clone()).in_field("was-wrong")?,
    }))
}
