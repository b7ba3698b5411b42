//! The parts that several screens have: who signed, standings, sources in a line, evidence, conclusions, objections.

use super::sheet::Sheet;
use crate::app::read::line::labelled;
use crate::app::read::screens::claim::ClaimantsShown;
use crate::app::read::screens::evidence::{EvidenceShown, STANCES, TranscriptLine};
use crate::app::read::screens::form::{ClaimForm, Corrects};
use crate::app::read::screens::kind::ClaimKind;
use crate::app::read::screens::pages::{AsOfEntry, SignedBy};
use crate::app::read::screens::rating::RatingShown;
use crate::app::read::screens::source_line::SourceLine;
use crate::app::read::standing_line::StandingLine;
use claimledger_core::Message;
use claimledger_core::model::claim::About;
use claimledger_core::model::correction::CorrectionKind;
use claimledger_core::model::source::SourceKind;

/// `jonas, 2026-03-11T08:00:00Z`.
pub fn signed(by: &SignedBy) -> String {
    format!("{}, {}", by.who(), by.on)
}

/// The same with the roles of the key: `edith (editor), 2026-03-11T08:00:00Z`.
pub fn signed_as(by: &SignedBy) -> String {
    format!("{}, {}", with_roles(by), by.on)
}

/// `edith (editor, “Edith Marlow”)`.
pub fn with_roles(by: &SignedBy) -> String {
    by.with_roles()
}

/// The first words on how a statement stands, in brackets, for the row that names it. Nothing for what is simply live.
pub fn mark(standing: &StandingLine) -> String {
    let brief = standing.brief();
    brief.map_or_else(String::new, |brief| format!(" [{brief}]"))
}

/// How a statement stands, with the reason of its withdrawal.
pub fn standing(page: &mut Sheet, indent: usize, standing: &StandingLine) {
    standing_in(page, indent, standing, &standing.said);
}

/// The same in these words, each in a row of its own; `live` without any.
pub fn standing_in(page: &mut Sheet, indent: usize, standing: &StandingLine, words: &[Message]) {
    let mut name = "standing";
    for said in words {
        page.fact_at(indent, name, &said.to_string());
        name = "";
    }
    if words.is_empty() {
        page.fact_at(indent, name, &standing.words.to_string());
    }
    if let Some(reason) = &standing.reason {
        page.their_fact(indent, "withdrawn as", reason);
    }
}

/// `“Bridge closes” (“Northern Wire”), 2026-03-02  #4 “wire”`.
pub fn source(line: &SourceLine) -> String {
    let title = Sheet::line(&line.title);
    let publisher = if line.unnamed {
        "a source that is not named".to_owned()
    } else {
        Sheet::line(&line.publisher)
    };
    let mut words = format!("{title} ({publisher})");
    match &line.published {
        Some(date) => words.push_str(&format!(", {date}")),
        None => words.push_str(", no date"),
    }
    if line.machine_translated {
        words.push_str(", a machine translation");
    }
    words.push_str(&format!("  #{}", line.entry));
    words.push_str(&labelled(line.label.as_deref()));
    words
}

/// The address of a source and what is wrong with the source, each in a row of its own.
pub fn source_rest(page: &mut Sheet, indent: usize, line: &SourceLine) {
    if let Some(url) = &line.url {
        page.row(indent, &Sheet::line(url));
    }
    if !line.standing.said.is_empty() {
        page.row(indent, &format!("this source: {}", line.standing.words));
    }
}

/// The heading of what corroboration says. A witness with an interest in the matter can be independent of another one.
pub const INDEPENDENT: &str =
    "how far the sources are independent of each other (not: free of interests)";

/// `now`, or as of which entry a screen is.
pub fn now(as_of: Option<&AsOfEntry>) -> String {
    as_of.map_or_else(|| "now".to_owned(), AsOfEntry::in_words)
}

/// What a piece of evidence does to the claim, as a heading.
pub fn stance(one: &EvidenceShown) -> &'static str {
    let mut stances = STANCES.iter();
    let found = stances.find(|(stance, _)| *stance == one.stance);
    found.map_or("evidence", |(_, heading)| heading)
}

/// Evidence under the heading of each stance. Stances without evidence are left out, except those for and against. `whole`
/// is what lists all of it.
pub fn evidence_by_stance(page: &mut Sheet, all: &[&EvidenceShown], whole: &str) {
    for (stance, heading) in STANCES {
        let of_stance: Vec<&&EvidenceShown> =
            all.iter().filter(|one| one.stance == stance).collect();
        let always = matches!(heading, "for the claim" | "against the claim");
        if of_stance.is_empty() {
            if always {
                page.row(2, &format!("{heading}: none"));
            }
            continue;
        }
        page.row(2, heading);
        page.list(4, &of_stance, whole, |page, one| evidence(page, 4, one));
    }
}

/// A piece of evidence: the words, the source, who added it, how it stands.
pub fn evidence(page: &mut Sheet, indent: usize, one: &EvidenceShown) {
    let label = labelled(one.label.as_deref());
    let fallen = if one.is_live() {
        ""
    } else {
        "  NO LONGER COUNTS"
    };
    page.row(indent, &format!("#{}{}{fallen}", one.entry, label));
    let inside = indent + 2;
    if let Some(quote) = &one.quote {
        page.quotation(inside, quote);
    }
    if let Some(searched) = &one.searched {
        let on = one.searched_on.as_deref().unwrap_or("an unknown day");
        page.row(
            inside,
            &format!("searched on {on}: {}", Sheet::line(searched)),
        );
    }
    if let Some(line) = &one.source {
        let whole = if one.quote.is_none() {
            "the whole source "
        } else {
            ""
        };
        page.row(inside, &format!("{whole}{}", source(line)));
        source_rest(page, inside, line);
    }
    if let Some(made) = &one.transcript {
        page.row(inside, &transcript(made));
    }
    for via in &one.via {
        page.row(inside, &format!("names as its own source {}", source(via)));
    }
    if let Some(note) = &one.note {
        page.their_fact(inside, "remark", note);
    }
    page.row(inside, &format!("added by {}", signed(&one.by)));
    if let Some(capture) = one.lost_in {
        let lost = format!("these words are no longer in the source since #{capture}");
        page.row(inside, &lost);
    }
    if !one.counts {
        page.row(
            inside,
            &format!(
                "does not count here: the policy does not list the evidence of {}",
                one.by.organisation
            ),
        );
    }
    if !one.standing.said.is_empty() {
        standing(page, inside, &one.standing);
    }
}

/// `as transcribed by Lena Ott, signed by jonas, 2026-03-11T08:00:00Z (#12)`.
pub fn transcript(made: &TranscriptLine) -> String {
    let tool = made.tool.as_ref();
    let tool = tool.map(|tool| format!(" with {}", Sheet::line(tool)));
    let mut words = format!(
        "as transcribed by {}{}, signed by {} (#{})",
        Sheet::line(&made.by),
        tool.unwrap_or_default(),
        signed(&made.signed_by),
        made.entry
    );
    if !made.standing.said.is_empty() {
        words.push_str(&format!("; {}", made.standing.words));
    }
    words
}

/// The rating's meaning and scale. Of an utterance it is the scale's text, and not what the rating means: a scale defines
/// "True" for what is claimed, and the verdict rates whether it was said.
pub fn meaning(page: &mut Sheet, indent: usize, rating: &RatingShown, kind: Option<ClaimKind>) {
    let is_utterance = kind.is_some_and(|kind| kind.about == About::Utterance);
    let name = if is_utterance {
        "scale's text"
    } else {
        "which means"
    };
    match &rating.meaning {
        Some(meaning) => page.their_fact(indent, name, meaning),
        None => page.fact_at(
            indent,
            name,
            rating.rests_on().unwrap_or("the scale does not say"),
        ),
    }
    page.fact_at(
        indent,
        "scale",
        &format!(
            "{} ({}, #{})",
            Sheet::line(&rating.scale_title),
            rating.scale,
            rating.scale_entry
        ),
    );
}

/// Who made the claim.
pub fn claimants(page: &mut Sheet, claimants: &ClaimantsShown) {
    match claimants {
        ClaimantsShown::Named(named) => {
            for (i, (name, role)) in named.iter().enumerate() {
                let role = role.as_ref();
                let role = role.map(|role| format!(", {}", Sheet::line(role)));
                let words = format!("{}{}", Sheet::line(name), role.unwrap_or_default());
                page.fact_at(2, if i == 0 { "said by" } else { "and by" }, &words);
            }
        }
        ClaimantsShown::Many => page.fact("said by", "many people"),
        ClaimantsShown::Unknown => page.fact("said by", "not known"),
        ClaimantsShown::Anonymous => {
            page.fact(
                "said by",
                "somebody whom the reviewer knows and does not name",
            );
        }
    }
}

/// A form of a claim: number, words, what it corrects, how it stands.
pub fn form(page: &mut Sheet, form: &ClaimForm) {
    page.row(2, &named(form));
    page.block(4, &form.text);
    if let Some(corrects) = &form.corrects {
        correction(page, 4, corrects);
    }
    page.row(4, &format!("recorded by {}", signed(&form.by)));
    standing(page, 4, &form.standing);
}

/// `#6 “ferry”`.
pub fn named(form: &ClaimForm) -> String {
    let label = labelled(form.label.as_deref());
    format!("#{}{}", form.entry, label)
}

/// What a statement corrects, and why.
pub fn correction(page: &mut Sheet, indent: usize, corrects: &Corrects) {
    page.fact_at(
        indent,
        "corrects",
        &format!("#{}: {}", corrects.entry, correction_kind(corrects.kind)),
    );
    page.their_fact(indent, "was wrong", &corrects.was_wrong);
    if let Some(reported) = &corrects.reported {
        page.fact_at(indent, "reported", reported);
    }
    if let Some(noticed_by) = &corrects.noticed_by {
        page.their_fact(indent, "noticed by", noticed_by);
    }
}

/// How far a correction reaches, in words.
pub const fn correction_kind(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Typo => "a typing error",
        CorrectionKind::Clarification => "the same, said more clearly",
        CorrectionKind::Update => "an update",
        CorrectionKind::Correction => "something was wrong",
        CorrectionKind::RatingChange => "the rating changes",
    }
}

/// What kind of document it is, in words.
pub const fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Article => "a news article",
        SourceKind::Wire => "an agency's wire report",
        SourceKind::Statement => "a statement of a press service or institution",
        SourceKind::Document => "an official document",
        SourceKind::Transcript => "a transcript of spoken words",
        SourceKind::Audio => "a sound recording",
        SourceKind::Video => "a film or video",
        SourceKind::Image => "an image",
        SourceKind::Post => "a post on a social platform",
        SourceKind::WebPage => "a web page",
        SourceKind::Dataset => "a data set",
        SourceKind::Study => "a scholarly work",
        SourceKind::Book => "a book",
        SourceKind::Interview => "what somebody told the reviewer",
        SourceKind::Correspondence => "a letter or message to the reviewer",
        SourceKind::Observation => "what the reviewer saw",
        SourceKind::FactCheck => "another fact-check",
        SourceKind::Other => "of another kind, or not given",
    }
}
