//! What a new statement corrects in an earlier one.

use crate::app::{Error, Session};
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
    pub kind: CorrectionKind,
    /// What was wrong.
    pub was_wrong: String,
    /// Who noticed.
    pub noticed_by: Option<String>,
    /// When it was reported: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub reported: Option<String>,
}

/// The correction for a statement's body; the superseded statement is of the same type.
pub(super) fn correction(
    session: &Session,
    new: Option<&NewCorrection>,
    statement_type: StatementType,
) -> Result<Option<Correction>, Error> {
    let Some(new) = new else { return Ok(None) };
    Ok(Some(Correction {
        kind: new.kind,
        noticed_by: new.noticed_by.clone().map(FreeText::open).transpose()?,
        reported: new.reported.as_deref().map(str::parse).transpose()?,
        supersedes: session.id_of(&new.supersedes, statement_type)?,
        was_wrong: FreeText::open(new.was_wrong.clone())?,
    }))
}
