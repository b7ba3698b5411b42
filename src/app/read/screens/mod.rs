//! A screen for each thing, in the order in which a person asks. The same values are shown in a terminal and written as
//! JSON, and they are read from a ledger or from a dossier.

pub mod capture;
pub mod claim;
pub mod conclusion;
pub mod depends;
pub mod evidence;
pub mod evidence_screen;
pub mod facts;
pub mod form;
pub mod kind;
pub mod objections;
pub mod opinion;
pub mod pages;
pub mod publication;
pub mod rating;
pub mod relations;
pub mod since;
pub mod source;
pub mod source_line;
pub mod verdict;

use crate::app::Error;
use claim::ClaimScreen;
use claimledger_core::EntryIndex;
use claimledger_core::model::Body;
use evidence_screen::EvidenceScreen;
use facts::FactsScreen;
use objections::ObjectionScreen;
use pages::Pages;
use serde::Serialize;
use source::SourceScreen;
use verdict::VerdictScreen;

/// What an entry says, for people.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Screen {
    /// A claim.
    Claim(Box<ClaimScreen>),
    /// A verdict.
    Verdict(Box<VerdictScreen>),
    /// A source.
    Source(Box<SourceScreen>),
    /// A piece of evidence.
    Evidence(Box<EvidenceScreen>),
    /// An objection.
    Objection(Box<ObjectionScreen>),
    /// Any other statement.
    Facts(Box<FactsScreen>),
}

/// The screen of an entry.
pub fn screen(pages: &Pages<'_>, entry: EntryIndex) -> Result<Screen, Error> {
    let said = pages.said(entry)?;
    Ok(match &said.body {
        Body::ClaimAdd(claim) => Screen::Claim(Box::new(claim::screen(pages, entry, claim)?)),
        Body::VerdictIssue(issued) => {
            Screen::Verdict(Box::new(verdict::screen(pages, entry, issued)?))
        }
        Body::SourceAdd(source) => Screen::Source(Box::new(source::screen(pages, entry, source)?)),
        Body::EvidenceAdd(evidence) => match evidence_screen::screen(pages, entry, evidence)? {
            Some(screen) => Screen::Evidence(Box::new(screen)),
            None => Screen::Facts(Box::new(facts::screen(pages, entry)?)),
        },
        Body::DisputeOpen(_) => match objections::screen(pages, entry)? {
            Some(screen) => Screen::Objection(Box::new(screen)),
            None => Screen::Facts(Box::new(facts::screen(pages, entry)?)),
        },
        _ => Screen::Facts(Box::new(facts::screen(pages, entry)?)),
    })
}
