//! Claims, sources, evidence, verdicts and objections in a sentence; each has a screen of its own.

use super::told::{Told, place};
use crate::app::Error;
use crate::app::read::screens::pages::{Pages, SignedBy};
use crate::app::read::screens::rating;
use crate::app::read::theirs::theirs;
use crate::app::terms::grounds;
use claimledger_core::model::claim::Claim;
use claimledger_core::model::dispute::Open;
use claimledger_core::model::evidence::{Evidence, Stance};
use claimledger_core::model::source::Source;
use claimledger_core::model::verdict::Verdict;

pub(super) fn claim(pages: &Pages<'_>, claim: &Claim, by: &SignedBy) -> Result<Told, Error> {
    let words = theirs(&claim.text).quoted();
    Ok(Told::new(match &claim.correction {
        Some(correction) => format!(
            "{} corrected the claim {} to: {words}",
            by.who(),
            place(pages, &correction.supersedes)?
        ),
        None => format!("{} recorded the claim {words}", by.who()),
    }))
}

pub(super) fn source(pages: &Pages<'_>, source: &Source, by: &SignedBy) -> Result<Told, Error> {
    let (title, publisher) = (
        theirs(&source.title).quoted(),
        theirs(&source.publisher).quoted(),
    );
    Ok(Told::new(match &source.correction {
        Some(correction) => format!(
            "{} corrected the source {}, now {title} ({publisher}).",
            by.who(),
            place(pages, &correction.supersedes)?
        ),
        None => format!("{} added the source {title} ({publisher}).", by.who()),
    }))
}

pub(super) fn evidence(
    pages: &Pages<'_>,
    evidence: &Evidence,
    by: &SignedBy,
) -> Result<Told, Error> {
    let stance = match evidence.stance {
        Stance::Supports => "evidence for",
        Stance::Refutes => "evidence against",
        Stance::Mixed => "evidence partly for and partly against",
        Stance::Context => "context to",
        Stance::NotFound => "a search that found nothing on",
    };
    let claim = place(pages, &evidence.claim)?;
    Ok(Told::new(match &evidence.correction {
        Some(correction) => format!(
            "{} corrected {}; it is now {stance} the claim {claim}.",
            by.who(),
            place(pages, &correction.supersedes)?
        ),
        None => format!("{} added {stance} the claim {claim}.", by.who()),
    }))
}

pub(super) fn verdict(pages: &Pages<'_>, verdict: &Verdict, by: &SignedBy) -> Result<Told, Error> {
    let rating = rating::shown(pages, &verdict.scale, &verdict.rating)?;
    let rating = format!("{} ({})", rating.label.quoted(), rating.scale);
    let claim = place(pages, &verdict.claim)?;
    Ok(Told::new(match &verdict.correction {
        Some(correction) => format!(
            "{} corrected the verdict {}; it now rates the claim {claim} as {rating}.",
            by.who(),
            place(pages, &correction.supersedes)?
        ),
        None => format!("{} rated the claim {claim} as {rating}.", by.who()),
    }))
}

pub(super) fn objection(pages: &Pages<'_>, open: &Open, by: &SignedBy) -> Result<Told, Error> {
    Ok(Told::new(format!(
        "{} objected to {}, because of {}: {}",
        by.who(),
        place(pages, &open.target)?,
        grounds(open.grounds),
        theirs(&open.note).quoted()
    )))
}
