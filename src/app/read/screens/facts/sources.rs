//! Statements about sources: captures, transcripts, withholdings, relations, assessments.

use super::told::{Told, place};
use crate::app::Error;
use crate::app::read::screens::evidence;
use crate::app::read::screens::pages::{Pages, SignedBy};
use crate::app::read::theirs::theirs;
use crate::app::summary::quotation_counts;
use crate::app::terms;
use claimledger_core::EntryIndex;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use claimledger_core::model::assessment::OriginAssess;
use claimledger_core::model::relation::{Basis, SourceRelate};
use claimledger_core::model::snapshot::Withhold;
use claimledger_core::model::source::SourceCapture;
use claimledger_core::model::transcript::Transcript;
use claimledger_core::model::{StatementId, snapshot::Holding};

pub(super) fn transcript(
    pages: &Pages<'_>,
    transcript: &Transcript,
    by: &SignedBy,
) -> Result<Told, Error> {
    Ok(Told::new(format!(
        "{} signed a transcript of the source {}.",
        by.who(),
        place(pages, &transcript.source)?
    ))
    .ours("title", title(pages, &transcript.source)?)
    .theirs("written down by", &transcript.by)
    .perhaps("with the tool", transcript.tool.as_ref())
    .perhaps("language", transcript.language.as_ref())
    .ours(
        "what it proves",
        "it is the word of the person who wrote it down and of its signer",
    )
    .ours("of the bytes", digest(&transcript.of)))
}

pub(super) fn capture(
    pages: &Pages<'_>,
    capture: &SourceCapture,
    by: &SignedBy,
) -> Result<Told, Error> {
    let snapshot = &capture.snapshot;
    let counts = quotation_counts(&capture.quotations).into_iter();
    let counts: Vec<String> = counts.map(|(_, words)| words).collect();
    Ok(Told::new(format!(
        "{} kept the bytes of the source {} again.",
        by.who(),
        place(pages, &capture.source)?
    ))
    .ours("title", title(pages, &capture.source)?)
    .ours("captured", snapshot.captured.to_string())
    .perhaps("captured by", snapshot.captured_by.as_ref())
    .theirs("method", &snapshot.method)
    .perhaps("from", snapshot.fetched.as_ref().map(|f| &f.url))
    .ours(
        "bytes",
        format!("{} of {}", snapshot.bytes, snapshot.media_type),
    )
    .ours(
        "held",
        match snapshot.holding {
            Holding::Held => "the bytes",
            Holding::HashOnly => "only their digest",
        },
    )
    .perhaps("no text because", snapshot.no_text.as_ref())
    .maybe(
        "quotations",
        (!counts.is_empty()).then(|| counts.join("; ")),
    )
    .ours("digest", digest(&snapshot.sha256)))
}

pub(super) fn withheld(
    pages: &Pages<'_>,
    withhold: &Withhold,
    by: &SignedBy,
) -> Result<Told, Error> {
    let of = match &withhold.source {
        Some(source) => format!("of the source {}", place(pages, source)?),
        None => "wherever they are named".to_owned(),
    };
    Ok(Told::new(format!(
        "{} withholds bytes {of}: the ledger no longer shows them.",
        by.who()
    ))
    .theirs("reason", &withhold.reason)
    .ours("of the bytes", digest(&withhold.sha256)))
}

pub(super) fn related(
    pages: &Pages<'_>,
    entry: EntryIndex,
    relate: &SourceRelate,
) -> Result<Told, Error> {
    let (words, _) = terms::source_relation(relate.relation);
    let told = Told::new(format!(
        "The source {} {words} the source {}.",
        place(pages, &relate.from)?,
        place(pages, &relate.to)?
    ))
    .ours("from", title(pages, &relate.from)?)
    .ours("to", title(pages, &relate.to)?)
    .ours(
        "holds for",
        match &relate.claim {
            Some(claim) => format!("the claim {} alone", place(pages, claim)?),
            None => "all claims".to_owned(),
        },
    );
    let told = match &relate.basis {
        Basis::Judgement(why) => told.theirs("judged so because", why),
        Basis::Stated(excerpt) => {
            let told = told.theirs("known by", &excerpt.quote);
            let from = pages.place(&relate.from)?;
            let made = evidence::transcript_of(pages, from, &excerpt.text, entry)?;
            told.perhaps("as transcribed by", made.map(|made| made.by).as_ref())
        }
        Basis::TextOverlap(overlap) => told.ours(
            "known by",
            format!(
                "{}.{} % of the one text is in the other",
                overlap.permille / 10,
                overlap.permille % 10
            ),
        ),
    };
    Ok(told.perhaps("note", relate.note.as_ref()))
}

pub(super) fn assessed(pages: &Pages<'_>, assess: &OriginAssess) -> Result<Told, Error> {
    let claim = match &pages.said(pages.place(&assess.claim)?)?.body {
        Body::ClaimAdd(claim) => theirs(&claim.text),
        _ => Foreign::default(),
    };
    Ok(Told::new(format!(
        "For the claim {}, the source {} is {}.",
        place(pages, &assess.claim)?,
        place(pages, &assess.source)?,
        assess.assessment.words()
    ))
    .theirs("claim", &claim)
    .ours("source", title(pages, &assess.source)?)
    .theirs("known because", &assess.how))
}

/// The beginning of a digest; the raw fields have all of it.
fn digest(digest: &Digest) -> String {
    format!("SHA-256 {}\u{2026}", digest.short(16))
}

/// Title and publisher, each in quotation marks.
fn title(pages: &Pages<'_>, source: &StatementId) -> Result<String, Error> {
    Ok(match &pages.said(pages.place(source)?)?.body {
        Body::SourceAdd(source) => {
            let (title, publisher) = (theirs(&source.title), theirs(&source.publisher));
            format!("{} ({})", title.quoted(), publisher.quoted())
        }
        _ => String::new(),
    })
}
