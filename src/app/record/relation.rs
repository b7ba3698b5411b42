//! How sources and claims relate, and what a source is to a claim.

use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::evidence::{Typed, quotation};
use super::field::{self, open_text};
use super::toml_file::Fields;
use crate::app::{Error, InField as _, Session};
use claimledger_core::EntryIndex;
use claimledger_core::model::assessment::{OriginAssess, OriginKind};
use claimledger_core::model::claim::About;
use claimledger_core::model::relation::{
    Basis, ClaimRelate, ClaimRelation, Overlap, SourceRelate, SourceRelation,
};
use claimledger_core::model::{Body, FreeText, Reference, StatementId, StatementType};
use claimledger_core::rules::{Link, Reading, Says};
use serde::Deserialize;
use std::collections::BTreeSet;

/// How a relation is known, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BasisKind {
    /// In the reviewer's judgement.
    Judgement,
    /// A quotation of the dependent source states it.
    Stated,
    /// The texts overlap.
    TextOverlap,
}

impl std::str::FromStr for BasisKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "judgement" => Self::Judgement,
            "stated" => Self::Stated,
            "textOverlap" => Self::TextOverlap,
            other => {
                return Err(format!(
                    "{other:?} is no basis; it is one of: judgement, stated, textOverlap"
                ));
            }
        })
    }
}

/// A new relation between sources.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewRelation {
    /// The dependent source: number, label or id.
    pub from: String,
    /// How they relate.
    pub relation: SourceRelation,
    /// The source it depends on.
    pub to: String,
    /// For this claim only; for all claims by default.
    #[serde(rename = "for")]
    pub claim: Option<String>,
    /// For all claims, although there is evidence from the dependent source on several.
    #[serde(default)]
    pub for_all: bool,
    /// How that is known; by default `stated` with a quotation, `judgement` with a note.
    pub basis: Option<BasisKind>,
    /// The words of the dependent source that state it.
    pub quote: Option<String>,
    /// The words just before them, if they occur more than once.
    pub prefix: Option<String>,
    /// The words just after them.
    pub suffix: Option<String>,
    /// Whether to take the source's own words where the quotation only looks like them.
    #[serde(default)]
    pub nearest: bool,
    /// For overlapping texts: the method and its version.
    pub method: Option<String>,
    /// For overlapping texts: the share of the dependent one found in the other, in thousandths.
    pub permille: Option<u64>,
    /// With a judgement, its reason; otherwise a remark.
    pub note: Option<String>,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewRelation {
    const REQUIRED: &'static [&'static str] = &["from", "relation", "to"];
}

/// The statement of a new relation between sources; its quotation is looked up in the text of the dependent source.
pub fn relate(session: &Session, new: &NewRelation) -> Result<Proposal, Error> {
    let from = session
        .id_of(&new.from, StatementType::SourceAdd)
        .in_field("from")?;
    if new.claim.is_some() && new.for_all {
        return Err(Error::Usage(
            "the relation is for one claim or for all of them: give --for or --for-all".to_owned(),
        ));
    }
    let several = several_claims(session, new)?;
    if !several.is_empty() {
        let claims: Vec<String> = several.iter().map(|claim| format!("#{claim}")).collect();
        return Err(Error::Usage(format!(
            "there is evidence from {} on several claims ({}): say with --for which one the relation is about, or with \
             --for-all that it holds for every claim",
            new.from,
            claims.join(", ")
        )));
    }
    let basis = basis(session, &from, new)?;
    let note = match basis {
        Basis::Judgement(_) => None,
        _ => open_text(new.note.as_ref(), "note")?,
    };
    Ok(Proposal::new(SourceRelate {
        basis,
        claim: field::id(session, new.claim.as_ref(), StatementType::ClaimAdd, "for")?,
        correction: correction(
            session,
            new.correction.as_ref(),
            StatementType::SourceRelate,
        )?,
        from,
        note,
        relation: new.relation,
        to: session
            .id_of(&new.to, StatementType::SourceAdd)
            .in_field("to")?,
    }))
}

/// The claims that have evidence from the first source of a relation, if there are several and the relation does not say
/// whether it is for one of them or for all.
pub fn several_claims(session: &Session, new: &NewRelation) -> Result<Vec<EntryIndex>, Error> {
    if new.claim.is_some() || new.for_all {
        return Ok(Vec::new());
    }
    let size = session.head().size;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut claims = BTreeSet::new();
    for form in reading.lineage(session.resolve(&new.from, size)?)? {
        for fact in reading.under(form, Link::Quoted)? {
            if let Says::Evidence { claim, .. } = fact.says
                && reading.is_live(fact.index)?
            {
                claims.insert(reading.claim_now(claim)?);
            }
        }
    }
    if claims.len() < 2 {
        claims.clear();
    }
    Ok(claims.into_iter().collect())
}

fn basis(session: &Session, from: &StatementId, new: &NewRelation) -> Result<Basis, Error> {
    let usage = |text: &str| Err(Error::Usage(text.to_owned()));
    let kind = match (new.basis, &new.quote) {
        (Some(kind), _) => kind,
        (None, Some(_)) => BasisKind::Stated,
        (None, None) => BasisKind::Judgement,
    };
    if kind != BasisKind::Stated
        && (new.quote.is_some() || new.prefix.is_some() || new.suffix.is_some())
    {
        return usage("a quotation states the relation: give --basis stated, or leave it out");
    }
    if kind != BasisKind::TextOverlap && (new.method.is_some() || new.permille.is_some()) {
        return usage("--method and --permille measure an overlap: give --basis textOverlap");
    }
    Ok(match (kind, &new.quote, &new.note) {
        (BasisKind::Stated, Some(quote), _) => {
            let typed = Typed {
                quote,
                prefix: new.prefix.as_deref(),
                suffix: new.suffix.as_deref(),
                nearest: new.nearest,
            };
            Basis::Stated(quotation(session, from, typed).in_field("quote")?)
        }
        (BasisKind::Stated, None, _) => {
            return usage("give the words that state it: --quote TEXT");
        }
        (BasisKind::Judgement, _, Some(reason)) => {
            Basis::Judgement(FreeText::open(reason.clone()).in_field("note")?)
        }
        (BasisKind::Judgement, _, None) => {
            return Err(Error::Usage(format!(
                "say how that is known: `claimledger source relate {} {} {} --quote TEXT` with the words of {} that state \
                 it, or --note REASON instead of --quote if it is your judgement",
                new.from, new.relation, new.to, new.from
            )));
        }
        (BasisKind::TextOverlap, ..) => match (&new.method, new.permille) {
            (Some(method), Some(permille)) => Basis::TextOverlap(Overlap {
                method: FreeText::open(method.clone()).in_field("method")?,
                permille,
            }),
            _ => {
                return usage("an overlap was measured: give --method NAME and --permille N");
            }
        },
    })
}

/// A new relation between claims.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewClaimRelation {
    /// The claim that relates: number, label or id.
    pub from: String,
    /// How.
    pub relation: ClaimRelation,
    /// To which claim; `origin#id` for one of another ledger.
    pub to: String,
    /// A remark.
    pub note: Option<String>,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewClaimRelation {
    const REQUIRED: &'static [&'static str] = &["from", "relation", "to"];
}

/// The statement of a new relation between claims.
pub fn relate_claims(session: &Session, new: &NewClaimRelation) -> Result<Proposal, Error> {
    // An entry may be named `#12`; with an origin before the sign it is an entry of another ledger.
    let elsewhere = new.to.find('#').is_some_and(|at| at > 0);
    let to = if elsewhere {
        new.to.parse().in_field("to")?
    } else {
        let to = session.id_of(&new.to, StatementType::ClaimAdd);
        Reference::Here(to.in_field("to")?)
    };
    Ok(Proposal::new(ClaimRelate {
        correction: correction(session, new.correction.as_ref(), StatementType::ClaimRelate)?,
        from: session
            .id_of(&new.from, StatementType::ClaimAdd)
            .in_field("from")?,
        note: open_text(new.note.as_ref(), "note")?,
        relation: new.relation,
        to,
    }))
}

/// A new assessment of a source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewAssessment {
    /// The source: number, label or id.
    pub source: String,
    /// The claim.
    pub claim: String,
    /// What the source is to it.
    pub as_origin: OriginKind,
    /// How that is known.
    pub how: String,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewAssessment {
    const REQUIRED: &'static [&'static str] = &["source", "claim", "as-origin", "how"];
}

/// A note for those who are about to take the source of an utterance for the claimant's own word.
pub fn recording_note(session: &Session, new: &NewAssessment) -> Result<Option<String>, Error> {
    let claim = session.resolve(&new.claim, session.head().size)?;
    let utterance = match &session.statement(claim)?.body {
        Body::ClaimAdd(claim) => claim.about == About::Utterance,
        _ => false,
    };
    let note = "the claim is that somebody said something: a recording of that act is first-hand, and only what the \
                claimant says about it afterwards is their own word. For a recording use --as-origin firstHand";
    Ok((utterance && new.as_origin == OriginKind::Claimant).then(|| note.to_owned()))
}

/// The statement of a new assessment.
pub fn assess(session: &Session, new: &NewAssessment) -> Result<Proposal, Error> {
    Ok(Proposal::new(OriginAssess {
        assessment: new.as_origin,
        claim: session
            .id_of(&new.claim, StatementType::ClaimAdd)
            .in_field("claim")?,
        correction: correction(
            session,
            new.correction.as_ref(),
            StatementType::OriginAssess,
        )?,
        how: FreeText::open(new.how.clone()).in_field("how")?,
        source: session
            .id_of(&new.source, StatementType::SourceAdd)
            .in_field("source")?,
    }))
}
