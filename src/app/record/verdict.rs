//! A verdict as a reviewer describes it.

use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::field::{self, open_text};
use super::settings::organisation_of as organisation;
use super::toml_file::Fields;
use crate::app::read::scale::ScaleShown;
use crate::app::read::{corroboration, scale};
use crate::app::{Error, InField as _, Session};
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Slug;
use claimledger_core::encoding::unicode;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::scale::{Scale, ScaleEntry};
use claimledger_core::model::verdict::{Asked, ConflictOfInterest, Contact, Verdict};
use claimledger_core::model::{FreeText, StatementId, StatementType};
use claimledger_core::rules::{Counting, Link, Reading, Says, View as _};
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
    /// The evidence it rests on; by default all that counts for the organisation, except context.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// What could not be found out.
    pub limits: Option<String>,
    /// The day on which the claimant was asked.
    pub contacted: Option<String>,
    /// The source that holds the reply.
    pub reply: Option<String>,
    /// Whether the claimant did not reply.
    #[serde(default)]
    pub no_reply: bool,
    /// Why the claimant was not asked.
    pub not_contacted: Option<String>,
    /// The reviewer's interests in the matter, or `none`.
    pub conflict: Option<String>,
    /// The recorded review that it adopts.
    pub adopts: Option<String>,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewVerdict {
    const REQUIRED: &'static [&'static str] = &["claim", "rating", "why"];
}

/// The statement of a new verdict that `key` will sign.
pub fn propose(session: &Session, new: &NewVerdict, key: &PublicKey) -> Result<Proposal, Error> {
    let claim = session
        .id_of(&new.claim, StatementType::ClaimAdd)
        .in_field("claim")?;
    let organisation = organisation(session, key)?;
    let scale =
        scale::to_rate_on(session, new.scale.as_deref(), &organisation).in_field("scale")?;
    let Some(rating) = rated(&scale.scale, &new.rating) else {
        let refused = no_such_rating(session, &new.rating, &scale, &organisation)?;
        return Err(refused).in_field("rating");
    };
    Ok(Proposal::new(Verdict {
        adopts: field::id(
            session,
            new.adopts.as_ref(),
            StatementType::ReviewRecord,
            "adopts",
        )?,
        claim,
        conflict: new
            .conflict
            .as_deref()
            .map(conflict)
            .transpose()
            .in_field("conflict")?,
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
        evidence: evidence(session, &claim, &organisation, &new.evidence)?,
        limits: open_text(new.limits.as_ref(), "limits")?,
        rating: rating.code.clone(),
        reasons: FreeText::open(new.why.clone()).in_field("why")?,
        scale: scale.id,
    }))
}

/// Refuses a rating that the scale does not have.
pub(super) fn check_rating(
    session: &Session,
    scale: &str,
    rating: &str,
    organisation: &Slug,
) -> Result<(), Error> {
    let shown = scale::to_rate_on(session, Some(scale), organisation).in_field("scale")?;
    if rated(&shown.scale, rating).is_some() {
        return Ok(());
    }
    Err(no_such_rating(session, rating, &shown, organisation)?)
}

/// The rating that a person names by its label or its code, in any case (NFC, then simple case folding).
fn rated<'a>(scale: &'a Scale, name: &str) -> Option<&'a ScaleEntry> {
    let wanted = unicode::code(name);
    let mut named = scale.entries.iter().filter(|entry| {
        let label = entry.label.words().unwrap_or_default();
        entry.code.as_str() == wanted || unicode::code(label) == wanted
    });
    let one = named.next()?;
    named.next().is_none().then_some(one)
}

/// The refusal of a rating; it names the other scale that has the rating and on which the author may rate, if there is one.
fn no_such_rating(
    session: &Session,
    rating: &str,
    asked: &ScaleShown,
    organisation: &Slug,
) -> Result<Error, Error> {
    let choice = scale::choice(session, organisation)?;
    let has = |shown: &&ScaleShown| rated(&shown.scale, rating).is_some();
    let elsewhere = choice.iter().find(has);
    let entries = asked.scale.entries.iter();
    Ok(Error::NoSuchRating {
        rating: rating.to_owned(),
        scale: format!("{} {}", asked.scale.scale, asked.scale.version),
        ratings: entries
            .map(|entry| ((&entry.label).into(), entry.code.to_string()))
            .collect(),
        elsewhere: elsewhere.map(|shown| scale::name_among(shown, &choice)),
    })
}

/// The given evidence, or else all live evidence about the claim that counts for the organisation, except mere context.
fn evidence(
    session: &Session,
    claim: &StatementId,
    organisation: &Slug,
    named: &[String],
) -> Result<Vec<StatementId>, Error> {
    let mut ids = field::ids(session, named, StatementType::EvidenceAdd, "evidence")?;
    if named.is_empty() {
        let size = session.head().size;
        let index = session.resolve(&claim.to_string(), size)?;
        let view = session.view();
        let reading = Reading::at(&view, size)?;
        let Some(organisation) = view.organisation(organisation)? else {
            return Ok(ids);
        };
        let counting = Counting::at(&reading, organisation)?;
        for fact in reading.under(index, Link::Evidence)? {
            let bears =
                matches!(fact.says, Says::Evidence { stance, .. } if stance != Stance::Context);
            if bears && counting.counts(fact.by.organisation) && reading.is_live(fact.index)? {
                ids.push(fact.id);
            }
        }
        if ids.len() > MOST_BY_DEFAULT {
            return Err(Error::Usage(format!(
                "{} pieces of evidence count for this claim, too many to rest on all of them; name those that the \
                 verdict rests on with --evidence, once for each",
                ids.len()
            )))
            .in_field("evidence");
        }
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// Half a statement full of them; the other half is for the reasons.
const MOST_BY_DEFAULT: usize = 480;

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
        (None, _) if new.reply.is_some() || new.no_reply => {
            return Err(Error::Usage(
                "a reply, or none, needs the day of asking: --contacted DATE".to_owned(),
            ));
        }
        (None, None) => None,
        (None, Some(why)) => Some(Contact::NotAsked(
            FreeText::open(why.clone()).in_field("not-contacted")?,
        )),
        (Some(_), None) if new.reply.is_some() == new.no_reply => {
            return Err(Error::Usage(
                "--contacted needs either --reply SOURCE or --no-reply".to_owned(),
            ))
            .in_field("contacted");
        }
        (Some(on), None) => Some(Contact::Asked(Asked {
            on: on.parse().in_field("contacted")?,
            reply: field::id(
                session,
                new.reply.as_ref(),
                StatementType::SourceAdd,
                "reply",
            )?,
        })),
    })
}
