//! A verdict as a reviewer describes it.

use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::settings::organisation_of as organisation;
use crate::app::read::{corroboration, scale};
use crate::app::{Error, Session};
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::unicode;
use claimledger_core::model::scale::{Scale, ScaleEntry};
use claimledger_core::model::verdict::{Asked, ConflictOfInterest, Contact, Verdict};
use claimledger_core::model::{FreeText, StatementId, StatementType};
use claimledger_core::rules::{Link, Reading};
use claimledger_core::{Message, message};
use serde::Deserialize;

/// A new verdict.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewVerdict {
    /// The claim: number, label or id.
    pub claim: String,
    /// The rating, by its label or its code.
    pub rating: String,
    /// Why.
    pub why: String,
    /// The scale: its short name, or the number, label or id of one version; the only scale of the organisation by
    /// default.
    pub scale: Option<String>,
    /// The evidence it rests on; all evidence about the claim by default.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// What could not be found out.
    pub limits: Option<String>,
    /// The day on which the claimant was asked.
    pub contacted: Option<String>,
    /// The source that holds the reply.
    pub reply: Option<String>,
    /// Why the claimant was not asked.
    pub not_contacted: Option<String>,
    /// The reviewer's interests in the matter, or `none`.
    pub conflict: Option<String>,
    /// The recorded review that it adopts.
    pub adopts: Option<String>,
    /// What it puts right.
    pub correction: Option<NewCorrection>,
}

/// The statement of a new verdict that `key` will sign.
pub fn propose(session: &Session, new: &NewVerdict, key: &PublicKey) -> Result<Proposal, Error> {
    let claim = session.id_of(&new.claim, StatementType::ClaimAdd)?;
    let scale = scale::to_rate_on(session, new.scale.as_deref(), &organisation(session, key)?)?;
    let rating = rated(&scale.scale, &new.rating)?;
    let adopts = new.adopts.as_ref();
    Ok(Proposal::new(Verdict {
        adopts: adopts
            .map(|name| session.id_of(name, StatementType::ReviewRecord))
            .transpose()?,
        claim,
        conflict: new.conflict.as_deref().map(conflict).transpose()?,
        contact: contact(session, new)?,
        correction: correction(
            session,
            new.correction.as_ref(),
            StatementType::VerdictIssue,
        )?,
        corroboration: corroboration::frozen(
            &session.view(),
            session.resolve(&claim.to_string(), session.head().size)?,
            key,
            session.head().size,
        )?,
        evidence: evidence(session, &claim, &new.evidence)?,
        limits: new.limits.clone().map(FreeText::open).transpose()?,
        rating: rating.code.clone(),
        reasons: FreeText::open(new.why.clone())?,
        scale: scale.id,
    }))
}

/// The rating that a person names by its label or its code.
fn rated<'a>(scale: &'a Scale, name: &str) -> Result<&'a ScaleEntry, Error> {
    let wanted = unicode::code(name);
    let named: Vec<&ScaleEntry> = scale
        .entries
        .iter()
        .filter(|entry| {
            let label = entry.label.words().unwrap_or_default();
            entry.code.as_str() == wanted || unicode::code(label) == wanted
        })
        .collect();
    match named[..] {
        [one] => Ok(one),
        _ => Err(Error::NoSuchRating {
            rating: name.to_owned(),
            ratings: {
                let ratings = scale.entries.iter().map(|entry| {
                    let (label, code) = (&entry.label, &entry.code);
                    message!("{label} ({code})", label)
                });
                Message::join(&ratings.collect::<Vec<_>>(), ", ")
            },
        }),
    }
}

/// The given evidence, or all live evidence about the claim.
fn evidence(
    session: &Session,
    claim: &StatementId,
    named: &[String],
) -> Result<Vec<StatementId>, Error> {
    let mut ids = Vec::new();
    for name in named {
        ids.push(session.id_of(name, StatementType::EvidenceAdd)?);
    }
    if named.is_empty() {
        let size = session.head().size;
        let index = session.resolve(&claim.to_string(), size)?;
        let view = session.view();
        let reading = Reading::at(&view, size)?;
        for fact in reading.under(index, Link::Evidence)? {
            if reading.is_live(fact.index)? {
                ids.push(fact.id);
            }
        }
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// `none`, or a description of the interests.
pub fn conflict(text: &str) -> Result<ConflictOfInterest, Error> {
    Ok(match text {
        "none" => ConflictOfInterest::None,
        interests => ConflictOfInterest::Declared(FreeText::open(interests)?),
    })
}

fn contact(session: &Session, new: &NewVerdict) -> Result<Option<Contact>, Error> {
    Ok(match (&new.contacted, &new.not_contacted) {
        (Some(_), Some(_)) => {
            return Err(Error::Usage(
                "the claimant was asked or was not; give one of --contacted and --not-contacted"
                    .to_owned(),
            ));
        }
        (None, None) if new.reply.is_some() => {
            return Err(Error::Usage(
                "a reply needs the day of asking: --contacted DATE".to_owned(),
            ));
        }
        (None, None) => None,
        (None, Some(why)) => Some(Contact::NotAsked(FreeText::open(why.clone())?)),
        (Some(on), None) => Some(Contact::Asked(Asked {
            on: on.parse()?,
            reply: new
                .reply
                .as_deref()
                .map(|name| session.id_of(name, StatementType::SourceAdd))
                .transpose()?,
        })),
    })
}
