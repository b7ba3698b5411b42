//! The objections in a list, each with what became of it.

use super::entries::Entries;
use super::line::Line;
use super::listed::{HasStanding, Listed, Which};
use super::screens::objections::{self, Objection};
use super::screens::pages::Pages;
use super::show;
use super::standing_line::StandingLine;
use crate::app::{Error, Session};
use claimledger_core::model::StatementType;
use serde::Serialize;

/// An objection in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ObjectionLine {
    /// The entry in a line.
    #[serde(flatten)]
    pub line: Line,
    /// The objection with its answers.
    pub objection: Objection,
}

impl HasStanding for ObjectionLine {
    fn standing(&self) -> &StandingLine {
        &self.line.standing
    }
}

/// The objections before a size, or those to one statement, oldest first.
pub fn list(
    session: &Session,
    name: Option<&str>,
    which: Which,
) -> Result<Listed<ObjectionLine>, Error> {
    let lines = match name {
        Some(name) => show::about(session, StatementType::DisputeOpen, name, which)?,
        None => show::list(session, StatementType::DisputeOpen, which)?,
    };
    let view = Entries::view(session);
    let pages = Pages::at(session, &view, session.at(which.at)?)?;
    let mut found = Vec::new();
    for line in lines.found {
        if let Some(objection) = objections::one(&pages, line.index)? {
            found.push(ObjectionLine { line, objection });
        }
    }
    Ok(Listed {
        found,
        not_shown: lines.not_shown,
    })
}
