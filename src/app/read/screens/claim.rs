//! The screen of a claim: its words, who said it, what was concluded, and what speaks for and against it.

use super::conclusion::{self, Conclusion};
use super::evidence::{self, EvidenceShown};
use super::form::{self, ClaimForm};
use super::kind::ClaimKind;
use super::objections::{self, Objection};
use super::pages::{AsOfEntry, Pages};
use super::relations::{self, ClaimRelated};
use super::source_line::{self, SourceLine};
use crate::app::Error;
use crate::app::read::corroboration;
use crate::app::read::theirs::{perhaps, theirs};
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::claim::{Claim, Claimants};
use claimledger_core::rules::Counting;
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;

/// A claim.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimScreen {
    /// This form of the claim.
    #[serde(flatten)]
    pub form: ClaimForm,
    /// Who made it.
    pub claimants: ClaimantsShown,
    /// What kind of claim it is.
    #[serde(flatten)]
    pub kind: ClaimKind,
    /// As of which entry, if not now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<AsOfEntry>,
    /// The words as they were first said, with their language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<(String, Foreign)>,
    /// When it was made, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// When a forecast falls due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Where it appeared.
    pub appeared_in: Vec<SourceLine>,
    /// Its topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Foreign>,
    /// Its newest form, if it was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<ClaimForm>,
    /// What was concluded about these words; the current verdict of each organisation comes first.
    pub conclusions: Vec<Conclusion>,
    /// Verdicts in force on other words of this claim, which do not hold for these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on_other_words: Vec<Conclusion>,
    /// The corroboration in words.
    pub corroboration: Message,
    /// For which organisation it is computed: the one that recorded the claim.
    pub corroboration_for: String,
    /// The evidence, in force or not.
    pub evidence: Vec<EvidenceShown>,
    /// Its other forms, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_forms: Vec<ClaimForm>,
    /// How it relates to other claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<ClaimRelated>,
    /// The objections to it.
    pub objections: Vec<Objection>,
}

/// Who made a claim.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ClaimantsShown {
    /// These, each with the role at that time.
    Named(Vec<(Foreign, Option<Foreign>)>),
    /// Too many to name.
    Many,
    /// It is not known.
    Unknown,
    /// Known to the reviewer, not named.
    Anonymous,
}

impl From<&Claimants> for ClaimantsShown {
    fn from(claimants: &Claimants) -> Self {
        match claimants {
            Claimants::Named(named) => Self::Named(
                named
                    .iter()
                    .map(|one| (theirs(&one.name), perhaps(one.role.as_ref())))
                    .collect(),
            ),
            Claimants::Many => Self::Many,
            Claimants::Unknown => Self::Unknown,
            Claimants::Anonymous => Self::Anonymous,
        }
    }
}

/// The screen of the claim of an entry.
pub fn screen(pages: &Pages<'_>, entry: EntryIndex, claim: &Claim) -> Result<ClaimScreen, Error> {
    let reading = pages.reading();
    let organisation = pages.fact(entry)?.by.organisation;
    let counting = Counting::at(reading, organisation)?;
    let newest = reading.last_form(entry)?;
    let appeared_in = pages.places(&claim.appeared_in)?.into_iter();
    let appeared_in = appeared_in.map(|source| source_line::shown(pages, source));
    let mut other_forms = Vec::new();
    for other in reading.lineage(entry)? {
        if other != entry && pages.size().contains(other) {
            other_forms.extend(form::form(pages, other)?);
        }
    }
    let requirement = corroboration::requirement(reading, entry, organisation)?;
    Ok(ClaimScreen {
        form: form::written(pages, entry, claim)?,
        claimants: ClaimantsShown::from(&claim.claimants),
        kind: ClaimKind::from(claim),
        as_of: pages.as_of()?,
        original: claim
            .original
            .as_ref()
            .map(|original| (original.language.to_string(), theirs(&original.text))),
        made: claim.made.as_ref().map(ToString::to_string),
        due: claim.due.as_ref().map(ToString::to_string),
        appeared_in: appeared_in.collect::<Result<_, Error>>()?,
        topics: claim.topics.iter().map(Foreign::from).collect(),
        now: if newest == entry {
            None
        } else {
            form::form(pages, newest)?
        },
        conclusions: conclusion::on(pages, entry)?,
        on_other_words: conclusion::on_other_words(pages, entry)?,
        corroboration: corroboration::sentence(
            pages.entries,
            reading,
            entry,
            &counting,
            requirement,
        )?,
        corroboration_for: pages.organisation(organisation)?,
        evidence: evidence::about(pages, entry, &counting)?,
        other_forms,
        relations: relations::of_claim(pages, entry)?,
        objections: objections::to(pages, entry)?,
    })
}
