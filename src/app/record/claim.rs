//! A claim as a person records it.

use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::field::{self, open_text, parsed};
use super::toml_file::Fields;
use crate::app::{Error, InField as _, Session};
use claimledger_core::encoding::text::Text;
use claimledger_core::model::claim::{About, Claim, Claimant, Claimants, Original, Wording};
use claimledger_core::model::{FreeText, StatementType};
use serde::Deserialize;

/// A new claim.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewClaim {
    /// The claim, as it is to be checked.
    pub text: String,
    /// Who made it: names, or one of `many`, `unknown`, `anonymous`.
    pub claimant: Vec<String>,
    /// The claimant's role at that time; with several claimants, one each in the same order.
    #[serde(default)]
    pub claimant_role: Vec<String>,
    /// How near the text is to the words that were said.
    pub wording: Option<Wording>,
    /// The original words.
    pub original: Option<String>,
    /// Their language.
    pub original_language: Option<String>,
    /// What would make it true; a fact by default.
    pub about: Option<About>,
    /// The date a forecast falls due.
    pub due: Option<String>,
    /// When it was made, as far as known.
    pub made: Option<String>,
    /// The sources in which it appeared: numbers, labels or ids.
    #[serde(default)]
    pub appeared_in: Vec<String>,
    /// The language of the text.
    pub language: Option<String>,
    /// What it is about, in a few words each.
    #[serde(default)]
    pub topic: Vec<String>,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewClaim {
    const REQUIRED: &'static [&'static str] = &["text", "claimant"];
}

/// The statement about a new claim.
pub fn propose(session: &Session, new: &NewClaim) -> Result<Proposal, Error> {
    let original = match (&new.original, &new.original_language) {
        (None, None) => None,
        (Some(text), Some(language)) => Some(Original {
            language: language.parse().in_field("original-language")?,
            text: FreeText::open(text.clone()).in_field("original")?,
        }),
        _ => {
            return Err(Error::Usage(
                "the original words and their language go together".to_owned(),
            ));
        }
    };
    let topics = new.topic.iter().map(|topic| Text::new(topic.clone()));
    let mut topics = topics.collect::<Result<Vec<_>, _>>().in_field("topic")?;
    topics.sort();
    topics.dedup();
    let claim = Claim {
        topics,
        about: new.about.unwrap_or(About::Fact),
        appeared_in: field::ids(
            session,
            &new.appeared_in,
            StatementType::SourceAdd,
            "appeared-in",
        )?,
        claimants: claimants(new)?,
        correction: correction(session, new.correction.as_ref(), StatementType::ClaimAdd)?,
        due: parsed(new.due.as_deref(), "due")?,
        language: parsed(new.language.as_deref(), "language")?,
        made: parsed(new.made.as_deref(), "made")?,
        wording: new.wording.unwrap_or(if original.is_some() {
            Wording::Translated
        } else {
            Wording::Reported
        }),
        original,
        text: FreeText::open(new.text.clone()).in_field("text")?,
    };
    Ok(Proposal::new(claim))
}

fn claimants(new: &NewClaim) -> Result<Claimants, Error> {
    if let [one] = &new.claimant[..] {
        let nobody = match one.as_str() {
            "many" => Some(Claimants::Many),
            "unknown" => Some(Claimants::Unknown),
            "anonymous" => Some(Claimants::Anonymous),
            _ => None,
        };
        if let Some(nobody) = nobody {
            if !new.claimant_role.is_empty() {
                return Err(Error::Usage(format!(
                    "{one} claimants have no role; leave --claimant-role out"
                )));
            }
            return Ok(nobody);
        }
    }
    if new.claimant.is_empty() {
        return Err(Error::Usage(
            "say who made the claim: a name, or many, unknown or anonymous".to_owned(),
        ));
    }
    if !new.claimant_role.is_empty() && new.claimant_role.len() != new.claimant.len() {
        return Err(Error::Usage(format!(
            "{} claimants and {} roles; give one role for each claimant, in the same order",
            new.claimant.len(),
            new.claimant_role.len()
        )));
    }
    let mut roles = new.claimant_role.iter();
    let named = new.claimant.iter().map(|name| {
        Ok(Claimant {
            name: FreeText::open(name.clone()).in_field("claimant")?,
            role: open_text(roles.next(), "claimant-role")?,
        })
    });
    Ok(Claimants::Named(named.collect::<Result<_, Error>>()?))
}
