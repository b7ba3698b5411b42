//! Claims in a list: who made each of them and when, and how each organisation rates it now.

use super::line::Line;
use super::organisation::organisation_name;
use super::screens::kind::THAT_IT_WAS_SAID;
use super::{scale, standing_line};
use crate::app::{Error, Session};
use claimledger_core::model::Body;
use claimledger_core::model::claim::{About, Claimants};
use claimledger_core::rules::{self, Standings};
use claimledger_core::{EntryIndex, Message, TreeSize, message};
use serde::Serialize;

/// A claim in a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRow {
    /// Its entry.
    #[serde(flatten)]
    pub line: Line,
    /// Who made it: names, or `many`, `unknown` or `anonymous` alone.
    pub claimants: Vec<Message>,
    /// What would make it true.
    pub about: About,
    /// When it was made, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// The current verdict of each organisation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<Rated>,
}

/// The current rating of a claim by an organisation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Rated {
    /// The organisation.
    pub organisation: String,
    /// The verdict.
    pub verdict: EntryIndex,
    /// The rating's label.
    pub rating: Message,
    /// The scale and its version.
    pub scale: String,
    /// What comes first of the verdict's standing, and beside it whether it is approved: `approved`.
    pub standing: Message,
}

impl ClaimRow {
    /// How the current verdict stands: `unapproved`; of several organisations, each with its name.
    pub fn judged(&self) -> Message {
        self.of_each(|rated| rated.standing.clone())
    }

    /// `“Mostly false” (five-step 1)`; of several organisations, each with its name.
    pub fn rated(&self) -> Message {
        self.of_each(|rated| {
            let (rating, scale) = (&rated.rating, &rated.scale);
            let said = match self.about {
                About::Utterance => THAT_IT_WAS_SAID,
                About::Fact | About::Forecast => "",
            };
            message!("{rating}{said} ({scale})", rating)
        })
    }

    fn of_each(&self, words: impl Fn(&Rated) -> Message) -> Message {
        let all = self.ratings.iter().map(|rated| {
            let (house, words) = (&rated.organisation, words(rated));
            if self.line.shared {
                message!("{house}: {words}", words)
            } else {
                words
            }
        });
        Message::join(&all.collect::<Vec<_>>(), "; ")
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
                about: claim.about,
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
        Body::VerdictIssue(verdict) => (
            scale::label(session, &verdict.scale, &verdict.rating)?,
            scale::version(session, &verdict.scale)?,
        ),
        _ => (current.rating.as_str().into(), String::new()),
    };
    let standing = standing_line::of_entry(session, standings, current.entry)?;
    Ok(Rated {
        organisation: organisation_name(session, current.organisation)?,
        verdict: current.entry,
        rating,
        scale,
        standing: standing.brief().unwrap_or(standing.words),
    })
}

fn claimants(claimants: &Claimants) -> Vec<Message> {
    match claimants {
        Claimants::Named(named) => named.iter().map(|one| (&one.name).into()).collect(),
        Claimants::Many => vec!["many".into()],
        Claimants::Unknown => vec!["unknown".into()],
        Claimants::Anonymous => vec!["anonymous".into()],
    }
}
