//! Evidence as a person gives it: a quotation from a source, or a search that found nothing.

use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::field::{self, open_text, parsed};
use super::toml_file::Fields;
use crate::app::read::quotable;
use crate::app::{Error, InField as _, Session};
use crate::snapshots::{self, excerpt};
use claimledger_core::crypto::Digest;
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
    /// Whether to take the source's own words where the quotation only looks like them.
    #[serde(default)]
    pub nearest: bool,
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
            let typed = Typed {
                quote,
                prefix: new.prefix.as_deref(),
                suffix: new.suffix.as_deref(),
                nearest: new.nearest,
            };
            Some(quotation(session, &source, typed).in_field("quote")?)
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

/// A quotation as a person types it.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// The words.
    pub quote: &'a str,
    /// The words just before them.
    pub prefix: Option<&'a str>,
    /// The words just after them.
    pub suffix: Option<&'a str>,
    /// Whether to take the source's own words where these only look like them.
    pub nearest: bool,
}

/// The excerpt of a source with exactly these words; with `nearest` also with the words of the source that look the same.
pub fn quotation(
    session: &Session,
    source: &StatementId,
    typed: Typed<'_>,
) -> Result<Excerpt, Error> {
    let texts = quotable::texts(session, source)?;
    if texts.is_empty() {
        return Err(crate::app::read::source_text::why_none(session, source)?);
    }
    let refused = match exactly(&texts, typed.quote, typed) {
        Err(refused) if typed.nearest => refused,
        found => return found,
    };
    match own_words(&refused) {
        Some(own) => exactly(&texts, own, typed),
        None => Err(refused),
    }
}

/// The excerpt with exactly these words, in the first of these texts that has them; else why not, of the first text that has
/// words which look the same, else of the first text.
fn exactly(texts: &[(Digest, String)], quote: &str, typed: Typed<'_>) -> Result<Excerpt, Error> {
    let mut refused: Option<snapshots::Error> = None;
    for (digest, text) in texts {
        match excerpt::locate(text, quote, typed.prefix, typed.suffix) {
            Ok(span) => {
                return Ok(Excerpt {
                    end: span.end,
                    quote: FreeText::open(quote)?,
                    start: span.start,
                    text: *digest,
                });
            }
            Err(why) => {
                let alike = |why: &snapshots::Error| why.own_words().is_some();
                let better = |first: &snapshots::Error| !alike(first) && alike(&why);
                if refused.as_ref().is_none_or(better) {
                    refused = Some(why);
                }
            }
        }
    }
    Err(refused.expect("there is a text").into())
}

/// The quotation that was refused because it only looks like words of the source.
pub(super) fn looks_like(refused: &Error) -> Option<&str> {
    match refused.bare() {
        Error::Ledger(crate::ledger::Error::Snapshots(snapshots::Error::NotFound {
            quote,
            alike: true,
            ..
        })) => Some(quote),
        _ => None,
    }
}

/// The words of a source, if a quotation was refused that only looks like them.
pub fn own_words(refused: &Error) -> Option<&str> {
    match refused.bare() {
        Error::Ledger(crate::ledger::Error::Snapshots(refused)) => refused.own_words(),
        _ => None,
    }
}
