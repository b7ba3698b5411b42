//! The screens of evidence, objections, and every other statement.

use super::conclusions;
use super::parts::{self, signed, signed_as};
use super::sheet::{SAME_WITH_JSON, Sheet};
use crate::app::read::line::labelled;
use crate::app::read::screens::evidence_screen::EvidenceScreen;
use crate::app::read::screens::facts::{FactValue, FactsScreen};
use crate::app::read::screens::objections::ObjectionScreen;
use claimledger_core::model::StatementType;
use claimledger_core::model::evidence::Stance;

/// A piece of evidence for people.
pub fn evidence(screen: &EvidenceScreen) -> String {
    let shown = &screen.evidence;
    let label = labelled(shown.label.as_deref());
    let mut page = Sheet::new(&format!(
        "evidence #{}{} {}{}",
        shown.entry,
        label,
        match shown.stance {
            Stance::Supports => "for a claim",
            Stance::Refutes => "against a claim",
            Stance::Mixed => "partly for, partly against a claim",
            Stance::Context => "that gives context to a claim",
            Stance::NotFound => "of a search that found nothing",
        },
        parts::mark(&shown.standing)
    ));
    if let Some(claim) = &screen.claim_named {
        page.heading(&format!("the claim, {}", parts::named(claim)));
        page.block(2, &claim.text);
        if !claim.standing.said.is_empty() {
            parts::standing(&mut page, 2, &claim.standing);
        }
    }
    page.heading("the evidence");
    parts::evidence(&mut page, 2, shown);
    if let Some(context) = &screen.context {
        page.heading("in its context (the source has no brackets here)");
        page.quotation(2, &context.marked());
    }
    if let Some(corrects) = &screen.corrects {
        parts::correction(&mut page, 2, corrects);
    }
    page.heading("how it stands");
    parts::standing(&mut page, 2, &shown.standing);
    page.heading("verdicts that rest on it");
    if screen.verdicts.is_empty() {
        page.row(2, "none");
    }
    page.list(2, &screen.verdicts, SAME_WITH_JSON, |page, verdict| {
        conclusions::conclusion_on(page, verdict);
    });
    conclusions::objections(&mut page, &screen.objections);
    page.text()
}

/// An objection for people.
pub fn objection(screen: &ObjectionScreen) -> String {
    let one = &screen.objection;
    let mut page = Sheet::new(&format!(
        "objection to {}{}",
        screen.target,
        parts::mark(&screen.standing)
    ));
    page.gap();
    conclusions::objection(&mut page, 2, one);
    parts::standing(&mut page, 2, &screen.standing);
    page.heading(&format!("what it objects to, {}", screen.target));
    page.block(2, &screen.target_words);
    parts::standing(&mut page, 2, &screen.target_standing);
    if !screen.evidence.is_empty() {
        page.heading("evidence for the objection");
    }
    page.list(2, &screen.evidence, SAME_WITH_JSON, |page, evidence| {
        parts::evidence(page, 2, evidence);
    });
    page.text()
}

/// What a statement of this type is, in a word or two.
const fn what(kind: StatementType) -> &'static str {
    use StatementType as T;
    match kind {
        T::LedgerCreate => "beginning of the ledger",
        T::OrganisationSet => "organisation",
        T::KeyEnroll => "enrolment",
        T::KeyRotate => "new key",
        T::KeyRevoke => "end of a key",
        T::KeyRecover => "recovery",
        T::CheckpointRotate => "new checkpoint key",
        T::CheckpointRetire => "end of a checkpoint key",
        T::RulesUpgrade => "new rules",
        T::ScaleSet => "rating scale",
        T::PolicySet => "policy",
        T::SourceAdd => "source",
        T::SourceCapture => "capture",
        T::SourceTranscribe => "transcript",
        T::SnapshotWithhold => "withholding",
        T::SourceRelate => "relation between sources",
        T::OriginAssess => "assessment of a source",
        T::ClaimAdd => "claim",
        T::ClaimRelate => "relation between claims",
        T::EvidenceAdd => "evidence",
        T::VerdictIssue => "verdict",
        T::VerdictAttest => "opinion on a verdict",
        T::VerdictPublish => "publication",
        T::Withdraw => "withdrawal",
        T::DisputeOpen => "objection",
        T::DisputeAnswer => "answer to an objection",
        T::ReviewRecord => "review of another organisation",
        T::CheckpointObserve => "head of another ledger",
    }
}

/// Any other statement for people.
pub fn facts(screen: &FactsScreen) -> String {
    let mut page = Sheet::new(&format!(
        "{} {}{}",
        what(screen.kind),
        screen.named,
        parts::mark(&screen.standing)
    ));
    page.gap();
    page.row(2, &screen.sentence);
    page.gap();
    for fact in &screen.facts {
        match &fact.value {
            FactValue::Ours(words) => page.fact(fact.name, words),
            FactValue::Theirs(words) => page.their_fact(2, fact.name, words),
        }
    }
    if screen.by.roles.is_empty() {
        page.fact_at(2, "signed by", &signed(&screen.by));
    } else {
        page.fact_at(2, "signed by", &signed_as(&screen.by));
    }
    parts::standing(&mut page, 2, &screen.standing);
    conclusions::objections(&mut page, &screen.objections);
    page.text()
}
