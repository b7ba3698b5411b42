//! What a second person says about a verdict, and where the verdict was published.

use super::append;
use super::append::Proposal;
use super::draft;
use super::verdict::conflict;
use crate::app::{Desk, Error, Session};
use claimledger_core::encoding::time::DateOrInstant;
use claimledger_core::model::attestation::{Attest, Decision, Publish};
use claimledger_core::model::{FreeText, StatementType};
use serde::Deserialize;
use std::path::PathBuf;

/// A new attestation of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewAttestation {
    /// The verdict: number, label or id.
    pub verdict: String,
    /// The decision.
    pub decision: Decision,
    /// The signer's interests in the matter, or `none`.
    pub conflict: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Why the policy's required origins are waived here; only with an approval.
    pub exemption: Option<String>,
}

/// The statement of a new attestation.
pub fn attest(session: &Session, new: &NewAttestation) -> Result<Proposal, Error> {
    if new.exemption.is_some() && new.decision != Decision::Approve {
        return Err(Error::Usage(
            "an exemption goes with an approval, and with nothing else".to_owned(),
        ));
    }
    Ok(Proposal::new(Attest {
        conflict: new.conflict.as_deref().map(conflict).transpose()?,
        decision: new.decision,
        exemption: new.exemption.clone().map(FreeText::open).transpose()?,
        note: new.note.clone().map(FreeText::open).transpose()?,
        verdict: session.id_of(&new.verdict, StatementType::VerdictIssue)?,
    }))
}

/// A new publication of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewPublication {
    /// The verdict: number, label or id.
    pub verdict: String,
    /// Where.
    pub url: String,
    /// When: `YYYY-MM-DDThh:mm:ssZ`, or a date; now if not given.
    pub published: Option<String>,
    /// The page's bytes; their digest is recorded.
    pub page: Option<PathBuf>,
    /// Why it was published although it is not the current approved verdict.
    pub despite: Option<String>,
}

/// The statement of a new publication.
pub fn publish(desk: &Desk, session: &Session, new: &NewPublication) -> Result<Proposal, Error> {
    let page = new.page.as_deref().map(draft::measured).transpose()?;
    Ok(Proposal::new(Publish {
        despite: new.despite.clone().map(FreeText::open).transpose()?,
        page,
        published: match &new.published {
            Some(time) => time.parse()?,
            None => DateOrInstant::Instant(append::now(desk)?),
        },
        url: new.url.parse()?,
        verdict: session.id_of(&new.verdict, StatementType::VerdictIssue)?,
    }))
}
