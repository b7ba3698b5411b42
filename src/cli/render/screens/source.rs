//! The screen of a source.

use super::conclusions;
use super::parts::{self, signed};
use super::sheet::{SAME_WITH_JSON, Sheet};
use crate::app::read::line::labelled;
use crate::app::read::screens::capture::{BytesHeld, CaptureShown, HasText};
use crate::app::read::screens::kind::ClaimKind;
use crate::app::read::screens::source::{QuotedFor, SourceScreen, TranslatorShown};
use crate::app::terms::source_relation;
use crate::cli::render::count::count;

/// A source for people.
pub fn render(screen: &SourceScreen) -> String {
    let line = &screen.line;
    let label = labelled(line.label.as_deref());
    let mut page = Sheet::new(&format!(
        "source #{}{}{}",
        line.entry,
        label,
        parts::mark(&line.standing)
    ));
    page.gap();
    page.block(2, &line.title);
    page.gap();
    what_it_is(&mut page, screen);
    captures(&mut page, screen);
    quoted(&mut page, "what was taken from it", &screen.evidence);
    quoted(
        &mut page,
        "named by other sources as where they have it from",
        &screen.named_upstream,
    );
    relations(&mut page, screen);
    depends(&mut page, screen);
    if !screen.other_versions.is_empty() {
        page.heading("other versions of this source");
    }
    page.list(
        2,
        &screen.other_versions,
        SAME_WITH_JSON,
        |page, version| {
            page.row(2, &parts::source(version));
            page.row(4, &version.standing.words.to_string());
        },
    );
    conclusions::objections(&mut page, &screen.objections);
    page.text()
}

fn what_it_is(page: &mut Sheet, screen: &SourceScreen) {
    let line = &screen.line;
    if let Some(kind) = line.kind {
        page.fact("kind", parts::source_kind(kind));
    }
    page.their_fact(2, "publisher", &line.publisher);
    if let Some(why) = &screen.not_named_because {
        page.their_fact(2, "not named, as", why);
    }
    for author in &screen.authors {
        page.their_fact(2, "author", author);
    }
    page.fact(
        "published",
        line.published.as_deref().unwrap_or("date not known"),
    );
    page.fact(
        "language",
        screen.language.as_deref().unwrap_or("not given"),
    );
    match &screen.translated_by {
        Some(TranslatorShown::Machine(name)) => {
            page.fact_at(
                2,
                "translated by",
                &format!("a machine, {}", Sheet::line(name)),
            );
        }
        Some(TranslatorShown::Person(name)) => page.their_fact(2, "translated by", name),
        Some(TranslatorShown::Unknown) => page.fact("translated by", "not known"),
        None => {}
    }
    match &line.url {
        Some(url) => page.fact_at(2, "address", &Sheet::line(url)),
        None => page.fact("address", "not given"),
    }
    for url in &screen.archived_at {
        page.fact_at(2, "copy at", &Sheet::line(url));
    }
    if let Some(corrects) = &screen.corrects {
        parts::correction(page, 2, corrects);
    }
    page.fact_at(2, "added by", &signed(&screen.by));
    parts::standing(page, 2, &line.standing);
}

fn captures(page: &mut Sheet, screen: &SourceScreen) {
    page.heading("what was kept of it");
    if screen.captures.is_empty() {
        page.row(2, "nothing: no bytes of it were ever held here");
    }
    if let Some(through) = &screen.known_through {
        page.row(2, &format!("known through {}", parts::source(through)));
    }
    if let Some(why) = &screen.never_held_because {
        page.their_fact(2, "known because", why);
    }
    page.list(2, &screen.captures, SAME_WITH_JSON, capture);
    page.list(2, &screen.transcripts, SAME_WITH_JSON, |page, made| {
        page.row(2, &parts::transcript(made));
    });
}

fn capture(page: &mut Sheet, one: &CaptureShown) {
    let by = one.captured_by.as_ref();
    let by = by.map(|by| format!(" by {}", Sheet::line(by)));
    page.row(
        2,
        &format!(
            "captured {}{}  #{}",
            one.captured,
            by.unwrap_or_default(),
            one.entry
        ),
    );
    let from = one.fetched_from.as_ref();
    let from = from.map(|from| format!(" from {}", Sheet::line(from)));
    page.fact_at(
        4,
        "how",
        &format!("{}{}", Sheet::line(&one.method), from.unwrap_or_default()),
    );
    page.fact_at(4, "signed by", &signed(&one.by));
    page.fact_at(
        4,
        "bytes",
        &format!(
            "{} of {}",
            count(one.bytes, "byte", "bytes"),
            Sheet::line(&one.media_type)
        ),
    );
    match &one.held {
        BytesHeld::Here => page.fact_at(4, "held", "yes, in this copy"),
        BytesHeld::NotInThisCopy => page.fact_at(4, "held", "yes, but not in this copy"),
        BytesHeld::ByTheLedger => page.fact_at(4, "held", "by the ledger; a dossier has no bytes"),
        BytesHeld::DigestOnly => page.fact_at(4, "held", "only the digest of the bytes"),
        BytesHeld::Withheld(by, reason) => {
            page.fact_at(4, "held", &format!("withheld by #{by}: it is not shown"));
            page.their_fact(4, "because", reason);
        }
    }
    match &one.text {
        HasText::Plain => page.fact_at(4, "text", "the file is plain text"),
        HasText::TakenOut(by) => page.fact_at(
            4,
            "text",
            &format!("taken out of the bytes by {}", Sheet::line(by)),
        ),
        HasText::Failed(why) => {
            page.fact_at(4, "text", &format!("none: {}", Sheet::line(why)));
        }
        HasText::None => page.fact_at(4, "text", "none"),
    }
    if let Some(archived) = &one.page {
        page.their_fact(4, "page of the archive", archived);
    }
    for proof in &one.archive_proofs {
        page.fact_at(4, "archive's own proof", &proof.to_string());
    }
    if let Some(found) = &one.quotations {
        page.fact_at(
            4,
            "quotations",
            &format!(
                "of those taken before, {} still there, {} moved, {} gone",
                found.there, found.moved, found.gone
            ),
        );
    }
    page.row(4, &format!("SHA-256 {}", one.sha256));
    if !one.standing.said.is_empty() {
        parts::standing(page, 4, &one.standing);
    }
}

fn quoted(page: &mut Sheet, heading: &str, all: &[QuotedFor]) {
    if all.is_empty() {
        return;
    }
    page.heading(heading);
    page.list(2, all, SAME_WITH_JSON, |page, one| {
        let evidence = &one.evidence;
        page.row(
            2,
            &format!(
                "#{} {} the claim #{}{}",
                evidence.entry,
                stance(one),
                evidence.claim,
                one.kind.map_or("", ClaimKind::beside_label)
            ),
        );
        page.block(4, &one.claim_text);
        match &evidence.quote {
            Some(quote) => {
                page.row(4, "with the words");
                page.quotation(6, quote);
            }
            None => page.row(4, "as a whole"),
        }
        if let Some(made) = &evidence.transcript {
            page.row(4, &parts::transcript(made));
        }
        if let Some(capture) = evidence.lost_in {
            let lost = format!("these words are no longer in the source since #{capture}");
            page.row(4, &lost);
        }
        page.row(4, &format!("added by {}", signed(&evidence.by)));
        if !evidence.standing.said.is_empty() {
            parts::standing(page, 4, &evidence.standing);
        }
    });
}

fn stance(one: &QuotedFor) -> &'static str {
    use claimledger_core::model::evidence::Stance;
    match one.evidence.stance {
        Stance::Supports => "supports",
        Stance::Refutes => "speaks against",
        Stance::Mixed => "speaks partly for and partly against",
        Stance::Context => "gives context to",
        Stance::NotFound => "found nothing on",
    }
}

fn relations(page: &mut Sheet, screen: &SourceScreen) {
    if !screen.relations.is_empty() {
        page.heading("how it depends on other sources");
    }
    page.list(2, &screen.relations, SAME_WITH_JSON, |page, one| {
        let (to, from) = source_relation(one.relation);
        let words = if one.reversed { from } else { to };
        page.row(2, &format!("it {words} {}", parts::source(&one.other)));
        let claim = one
            .claim
            .map(|claim| format!(", for the claim #{claim} alone"));
        let why = match (&one.known_by, one.is_quoted) {
            (None, _) => "",
            (Some(_), true) => ", citing these words:",
            (Some(_), false) => ", for this reason:",
        };
        page.row(
            4,
            &format!(
                "{} says so, {} (#{}){}{why}",
                one.by.who(),
                one.by.on,
                one.entry,
                claim.unwrap_or_default()
            ),
        );
        if let Some(known_by) = &one.known_by {
            page.block(4, known_by);
        }
        if let Some(made) = &one.transcript {
            page.row(4, &parts::transcript(made));
        }
        if let Some(permille) = one.overlap {
            page.row(
                4,
                &format!("{}.{} % of the text overlaps", permille / 10, permille % 10),
            );
        }
        if !one.standing.said.is_empty() {
            parts::standing(page, 4, &one.standing);
        }
    });
    if !screen.assessments.is_empty() {
        page.heading("what it is to single claims");
    }
    page.list(2, &screen.assessments, SAME_WITH_JSON, |page, one| {
        page.row(
            2,
            &format!("{} on the claim #{}", one.assessment.words(), one.claim),
        );
        page.block(4, &one.claim_text);
        page.row(
            4,
            &format!(
                "{} says so, {} (#{}), for this reason:",
                one.by.who(),
                one.by.on,
                one.entry
            ),
        );
        page.block(4, &one.how);
        if !one.standing.said.is_empty() {
            parts::standing(page, 4, &one.standing);
        }
    });
}

fn depends(page: &mut Sheet, screen: &SourceScreen) {
    if !screen.claims.is_empty() {
        page.heading("claims that appeared in it");
    }
    page.list(2, &screen.claims, SAME_WITH_JSON, |page, form| {
        parts::form(page, form);
    });
    page.heading("verdicts that depend on it");
    if screen.verdicts.is_empty() {
        page.row(2, "none");
    }
    page.list(2, &screen.verdicts, SAME_WITH_JSON, |page, verdict| {
        conclusions::conclusion_on(page, verdict);
    });
}
