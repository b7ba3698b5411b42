//! Evidence as a person gives it: a quotation from a source, or a search that found nothing.

use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::field::{self, open_text, parsed};
use super::toml_file::Fields;
use crate::app::read::quotable;
use crate::app::{Error, InField as _, Session};
use crate::snapshots::excerpt;
use claimledger_core::model::evidence::{Evidence, Stance};
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::{FreeText, StatementId, StatementType};
use serde::Deserialize;

/// New evidence about a claim.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewEvidence {
    /// The claim: number, label or id.
    pub claim: String,
    /// The source; absent for a search that found nothing.
    pub source: Option<String>,
    /// Whether it supports or refutes the claim, or something else.
    pub stance: Stance,
    /// The words that say it, exactly as the source has them.
    pub quote: Option<String>,
    /// The words just before the quotation, if it occurs more than once.
    pub prefix: Option<String>,
    /// The words just after it.
    pub suffix: Option<String>,
    /// The nearest upstream sources that the quotation names.
    #[serde(default)]
    pub via: Vec<String>,
    /// Where was searched.
    pub searched: Option<String>,
    /// On which day.
    pub on: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewEvidence {
    const REQUIRED: &'static [&'static str] = &["claim", "stance"];
}

/// The statement about new evidence; its quotation is looked up in the held text.
pub fn propose(session: &Session, new: &NewEvidence) -> Result<Proposal, Error> {
    let source = field::id(
        session,
        new.source.as_ref(),
        StatementType::SourceAdd,
        "source",
    )?;
    let excerpt = match (&new.quote, source) {
        (None, _) if new.prefix.is_some() || new.suffix.is_some() => {
            return Err(Error::Usage(
                "--prefix and --suffix tell quotations apart; give --quote".to_owned(),
            ));
        }
        (None, _) => None,
        (Some(_), None) => {
            return Err(Error::Usage("a quotation is from a source".to_owned()));
        }
        (Some(quote), Some(source)) => {
            let (prefix, suffix) = (new.prefix.as_deref(), new.suffix.as_deref());
            let found = quotation(session, &source, quote, prefix, suffix);
            Some(found.in_field("quote")?)
        }
    };
    Ok(Proposal::new(Evidence {
        claim: session
            .id_of(&new.claim, StatementType::ClaimAdd)
            .in_field("claim")?,
        correction: correction(session, new.correction.as_ref(), StatementType::EvidenceAdd)?,
        excerpt,
        note: open_text(new.note.as_ref(), "note")?,
        on: parsed(new.on.as_deref(), "on")?,
        searched: open_text(new.searched.as_ref(), "searched")?,
        source,
        stance: new.stance,
        via: field::ids(session, &new.via, StatementType::SourceAdd, "via")?,
    }))
}

/// The excerpt of a source with exactly these words.
pub fn quotation(
    session: &Session,
    source: &StatementId,
    quote: &str,
    prefix: Option<&str>,
    suffix: Option<&str>,
) -> Result<Excerpt, Error> {
    let mut last = None;
    for (digest, text) in quotable::texts(session, source)? {
        match excerpt::locate(&text, quote, prefix, suffix) {
            Ok(span) => {
                return Ok(Excerpt {
                    end: span.end,
                    quote: FreeText::open(quote)?,
                    start: span.start,
                    text: digest,
                });
            }
            Err(refused) => last = last.or(Some(refused)),
        }
    }
    match last {
        Some(refused) => Err(refused.into()),
        None => Err(crate::app::read::source_text::why_none(session, source)?),
    }
}
