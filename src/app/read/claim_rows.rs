//! Claims in a list: who made each of them and when, and how each organisation rates it now.

use super::line::Line;
use super::organisation::organisation_name;
use super::{scale, standing_line};
use crate::app::{Error, Session};
use claimledger_core::model::Body;
use claimledger_core::model::claim::Claimants;
use claimledger_core::rules::{self, Standings};
use claimledger_core::{EntryIndex, TreeSize};
use serde::Serialize;

/// A claim in a list.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimRow {
    /// Its entry.
    #[serde(flatten)]
    pub line: Line,
    /// Who made it: names, or `many`, `unknown` or `anonymous` alone.
    pub claimants: Vec<String>,
    /// When it was made, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// The current verdict of each organisation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<Rated>,
}

/// The current rating of a claim by an organisation.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rated {
    /// The organisation.
    pub organisation: String,
    /// The verdict.
    pub verdict: EntryIndex,
    /// The rating's label.
    pub rating: String,
    /// The scale and its version.
    pub scale: String,
    /// What comes first of the verdict's standing, such as `approved`.
    pub standing: String,
}

impl ClaimRow {
    /// `Mostly false (five-step 1), unapproved`; of several organisations, each with its name.
    pub fn rated(&self) -> String {
        let rated = self.ratings.iter().map(|rated| {
            let of = match self.line.shared {
                true => format!("{}: ", rated.organisation),
                false => String::new(),
            };
            format!("{of}{} ({}), {}", rated.rating, rated.scale, rated.standing)
        });
        rated.collect::<Vec<_>>().join("; ")
    }
}

/// The claims of these lines as of a size.
pub fn rows(session: &Session, lines: Vec<Line>, size: TreeSize) -> Result<Vec<ClaimRow>, Error> {
    let view = session.view();
    let standings = Standings::at(&view, size)?;
    let lines = lines.into_iter();
    lines
        .map(|line| {
            let statement = session.statement(line.index)?;
            let Body::ClaimAdd(claim) = &statement.body else {
                return Err(Error::WrongKind {
                    name: line.index.to_string(),
                    found: line.statement_type,
                    wanted: "claim.add".to_owned(),
                });
            };
            let mut ratings = Vec::new();
            for current in rules::currents(standings.reading(), line.index)? {
                ratings.push(rated(session, &standings, &current)?);
            }
            Ok(ClaimRow {
                claimants: claimants(&claim.claimants),
                made: claim.made.as_ref().map(ToString::to_string),
                ratings,
                line,
            })
        })
        .collect()
}

fn rated<V: rules::View>(
    session: &Session,
    standings: &Standings<'_, V>,
    current: &rules::Standing,
) -> Result<Rated, Error>
where
    Error: From<V::Error>,
{
    let statement = session.statement(current.entry)?;
    let (rating, scale) = match &statement.body {
        Body::VerdictIssue(verdict) => scale::label(session, &verdict.scale, &verdict.rating)?,
        _ => (current.rating.to_string(), String::new()),
    };
    let said = standing_line::of_entry(session, standings, current.entry)?.said;
    let first = said.into_iter().next();
    Ok(Rated {
        organisation: organisation_name(session, current.organisation)?,
        verdict: current.entry,
        rating,
        scale,
        standing: first.unwrap_or_else(|| "live".to_owned()),
    })
}

fn claimants(claimants: &Claimants) -> Vec<String> {
    match claimants {
        Claimants::Named(named) => named.iter().map(|one| one.name.to_string()).collect(),
        Claimants::Many => vec!["many".to_owned()],
        Claimants::Unknown => vec!["unknown".to_owned()],
        Claimants::Anonymous => vec!["anonymous".to_owned()],
    }
}
