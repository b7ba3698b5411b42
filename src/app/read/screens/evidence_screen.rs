//! The screen of a piece of evidence: for which claim, the words in their context, and what rests on it.

use super::conclusion::{self, Conclusion};
use super::evidence::{self, EvidenceShown};
use super::form::{self, ClaimForm, Corrects};
use super::objections::{self, Objection};
use super::pages::Pages;
use crate::app::{Code, Error};
use crate::snapshots::excerpt::{self, Span};
use claimledger_core::Code as Core;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::log::excerpts;
use claimledger_core::model::evidence::Evidence;
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::rules::{self, Counting, Link};
use serde::Serialize;

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceScreen {
    /// The evidence.
    #[serde(flatten)]
    pub evidence: EvidenceShown,
    /// The claim that it names.
    pub claim_named: Option<ClaimForm>,
    /// What it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Corrects>,
    /// The sentences around the quotation, if the text is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<InContext>,
    /// The verdicts that rest on it.
    pub verdicts: Vec<Conclusion>,
    /// The objections to it.
    pub objections: Vec<Objection>,
}

/// A quotation within its sentences.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InContext {
    /// What stands before it; three dots come first if it begins inside a sentence.
    pub before: Foreign,
    /// The quotation.
    pub quote: Foreign,
    /// What stands after it; three dots come last if it ends inside a sentence.
    pub after: Foreign,
}

impl InContext {
    /// The passage, with the quotation in brackets.
    pub fn marked(&self) -> Foreign {
        let (before, quote, after) = (self.before.raw(), self.quote.raw(), self.after.raw());
        format!("{before}[{quote}]{after}").into()
    }
}

/// The screen of the evidence of an entry.
pub fn screen(
    pages: &Pages<'_>,
    entry: EntryIndex,
    evidence: &Evidence,
) -> Result<Option<EvidenceScreen>, Error> {
    let counting = Counting::at(pages.reading(), pages.fact(entry)?.by.organisation)?;
    let Some(shown) = evidence::shown(pages, entry, &counting)? else {
        return Ok(None);
    };
    let mut verdicts = Vec::new();
    for fact in pages.reading().under(entry, Link::RestsOn)? {
        if let Some(judged) = rules::standing(pages.reading(), fact.index)? {
            let current = rules::current(pages.reading(), judged.claim, judged.organisation)?;
            let is_current = current.is_some_and(|current| current.entry == fact.index);
            verdicts.extend(conclusion::shown(pages, &judged, is_current)?);
        }
    }
    Ok(Some(EvidenceScreen {
        claim_named: form::form(pages, shown.claim)?,
        corrects: form::corrects(pages, evidence.correction.as_ref())?,
        context: match &evidence.excerpt {
            Some(excerpt) => in_context(pages, excerpt)?,
            None => None,
        },
        verdicts,
        objections: objections::to(pages, entry)?,
        evidence: shown,
    }))
}

/// The sentences around an excerpt, if its text is here and has these words at this place.
fn in_context(pages: &Pages<'_>, made: &Excerpt) -> Result<Option<InContext>, Error> {
    // A text that was altered is a matter for the audit; `show` notes it.
    let text = match pages.entries.text(&made.text) {
        Err(e) if e.code() == Code::Core(Core::SnapshotAltered) => None,
        text => text?,
    };
    let Some(text) = text else {
        return Ok(None);
    };
    let broken = made
        .quote
        .words()
        .is_some_and(|quote| !excerpts::matches(&text, made.start, made.end, quote));
    if broken {
        return Ok(None);
    }
    let span = Span {
        start: made.start,
        end: made.end,
    };
    let dots = |cut: bool| if cut { "\u{2026}" } else { "" };
    Ok(excerpt::context(&text, span).map(|found| InContext {
        before: format!("{}{}", dots(found.cut_before), found.before).into(),
        quote: found.quote.into(),
        after: format!("{}{}", found.after, dots(found.cut_after)).into(),
    }))
}
