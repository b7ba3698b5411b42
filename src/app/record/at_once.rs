//! What is recorded of a source in the same commit: how it depends on another source, that it is first-hand for a claim, and
//! what it says about one. Each is a statement of its own, in the commit of the source.

use super::evidence::NewEvidence;
use super::relation::{NewAssessment, NewRelation};
use super::source::NewSource;
use crate::app::Error;
use claimledger_core::model::assessment::OriginKind;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::relation::SourceRelation;

/// Whether a source comes with further statements.
pub fn has_parts(new: &NewSource) -> bool {
    let said = [
        &new.quoted_from,
        &new.copy_of,
        &new.stated,
        &new.because,
        &new.first_hand_for,
        &new.how,
        &new.supports,
        &new.refutes,
        &new.mixed,
        &new.context,
        &new.quote,
        &new.prefix,
        &new.suffix,
    ];
    new.nearest || said.iter().any(|given| given.is_some())
}

/// The further statements; each is there, absent or refused for itself.
pub(super) struct AtOnce {
    pub(super) relation: Result<Option<NewRelation>, Error>,
    pub(super) assessment: Result<Option<NewAssessment>, Error>,
    pub(super) evidence: Result<Option<NewEvidence>, Error>,
}

/// The further statements, about the source of this name.
pub(super) fn parts(new: &NewSource, source: &str) -> AtOnce {
    AtOnce {
        relation: relation(new, source),
        assessment: assessment(new, source),
        evidence: evidence(new, source),
    }
}

fn usage<T>(text: &str) -> Result<T, Error> {
    Err(Error::Usage(text.to_owned()))
}

fn relation(new: &NewSource, source: &str) -> Result<Option<NewRelation>, Error> {
    let (relation, to) = match (&new.quoted_from, &new.copy_of) {
        (Some(_), Some(_)) => {
            return usage("a source is quoted from another or a copy of it: give one of the two");
        }
        (Some(to), None) => (SourceRelation::WasQuotedFrom, to),
        (None, Some(to)) => (SourceRelation::WireCopyOf, to),
        (None, None) if new.stated.is_some() || new.because.is_some() => {
            return usage("--stated and --because belong to --quoted-from or --copy-of");
        }
        (None, None) => return Ok(None),
    };
    if new.stated.is_none() && new.because.is_none() {
        return usage(
            "say how you know on which source it depends: --stated TEXT with its words that say so, or --because REASON",
        );
    }
    Ok(Some(NewRelation {
        from: source.to_owned(),
        relation,
        to: to.clone(),
        claim: None,
        for_all: false,
        basis: None,
        quote: new.stated.clone(),
        prefix: None,
        suffix: None,
        nearest: new.nearest,
        method: None,
        permille: None,
        note: new.because.clone(),
        correction: None,
    }))
}

fn assessment(new: &NewSource, source: &str) -> Result<Option<NewAssessment>, Error> {
    match (&new.first_hand_for, &new.how) {
        (Some(claim), Some(how)) => Ok(Some(NewAssessment {
            source: source.to_owned(),
            claim: claim.clone(),
            as_origin: OriginKind::FirstHand,
            how: how.clone(),
            correction: None,
        })),
        (None, None) => Ok(None),
        _ => usage("--first-hand-for CLAIM needs --how TEXT: how you know it"),
    }
}

fn evidence(new: &NewSource, source: &str) -> Result<Option<NewEvidence>, Error> {
    let stances = [
        (Stance::Supports, &new.supports),
        (Stance::Refutes, &new.refutes),
        (Stance::Mixed, &new.mixed),
        (Stance::Context, &new.context),
    ];
    let given: Vec<(Stance, &String)> = stances
        .into_iter()
        .filter_map(|(stance, claim)| Some((stance, claim.as_ref()?)))
        .collect();
    let (stance, claim) = match given[..] {
        [(stance, claim)] => (stance, claim.clone()),
        [] if new.quote.is_some() => {
            return usage(
                "a quotation is about a claim: give --supports, --refutes, --mixed or --context with the claim",
            );
        }
        [] => return Ok(None),
        _ => {
            return usage(
                "record what it says about one claim here; add the others with `claimledger evidence add`",
            );
        }
    };
    Ok(Some(NewEvidence {
        claim,
        source: Some(source.to_owned()),
        stance,
        quote: new.quote.clone(),
        prefix: new.prefix.clone(),
        suffix: new.suffix.clone(),
        nearest: new.nearest,
        via: Vec::new(),
        searched: None,
        on: None,
        note: None,
        correction: None,
    }))
}
