//! What people say about statements: opinions, publications, withdrawals, answers, reviews of others.

use super::told::{Told, place};
use crate::app::Error;
use crate::app::read::screens::opinion::Interests;
use crate::app::read::screens::pages::{Pages, SignedBy};
use crate::app::read::screens::since::first_words;
use crate::app::read::theirs::theirs;
use crate::app::terms::{claim_relation, decided, ended};
use claimledger_core::encoding::foreign::{self, Foreign};
use claimledger_core::model::attestation::{Attest, Decision, Publish};
use claimledger_core::model::dispute::{Answer, Outcome};
use claimledger_core::model::foreign::{Observe, Review};
use claimledger_core::model::ledger::Withdraw;
use claimledger_core::model::relation::ClaimRelate;
use claimledger_core::model::{Body, Reference, StatementId};

pub(super) fn claims(pages: &Pages<'_>, relate: &ClaimRelate) -> Result<Told, Error> {
    let (words, _) = claim_relation(relate.relation);
    let told = match &relate.to {
        Reference::Here(to) => Told::new(format!(
            "The claim {} {words} the claim {}.",
            place(pages, &relate.from)?,
            place(pages, to)?
        ))
        .theirs("the one", &text(pages, &relate.from)?)
        .theirs("the other", &text(pages, to)?),
        Reference::Elsewhere(origin, id) => Told::new(format!(
            "The claim {} {words} a claim of the ledger {}.",
            place(pages, &relate.from)?,
            foreign::name(origin.as_str())
        ))
        .theirs("the one", &text(pages, &relate.from)?)
        .ours("the other", id.to_string()),
    };
    Ok(told.perhaps("note", relate.note.as_ref()))
}

pub(super) fn opinion(pages: &Pages<'_>, attest: &Attest, by: &SignedBy) -> Result<Told, Error> {
    let verdict = pages.place(&attest.verdict)?;
    let roles: Vec<&str> = by.roles.iter().map(|role| role.as_str()).collect();
    let (who, did, named) = (by.who(), decided(attest.decision), pages.named(verdict)?);
    let told = Told::new(match attest.decision {
        Decision::Approve | Decision::Reject => format!("{who} {did} the verdict {named}."),
        Decision::Abstain | Decision::Recuse => format!("On the verdict {named}, {who} {did}."),
    })
    .ours("role", roles.join(" and "));
    let told = match Interests::from(attest.conflict.as_ref()) {
        Interests::NotSaid => told.ours("interests", "not declared"),
        Interests::None => told.ours("interests", "declares none"),
        Interests::Sealed => told.ours("interests", "declared in a sealed text"),
        Interests::Declared(words) => told.theirs("declares", &words),
    };
    Ok(told
        .theirs("the verdict", &first_words(pages, verdict)?)
        .perhaps("waives origins", attest.exemption.as_ref())
        .perhaps("note", attest.note.as_ref()))
}

pub(super) fn published(
    pages: &Pages<'_>,
    publish: &Publish,
    by: &SignedBy,
) -> Result<Told, Error> {
    let verdict = pages.place(&publish.verdict)?;
    Ok(Told::new(format!(
        "{} says that the verdict {} was published on {}.",
        by.who(),
        pages.named(verdict)?,
        publish.published
    ))
    .theirs("address", &publish.url)
    .theirs("the verdict", &first_words(pages, verdict)?)
    .perhaps("published all the same", publish.despite.as_ref())
    .maybe("page", publish.page.map(|page| format!("SHA-256 {page}"))))
}

pub(super) fn withdrawn(
    pages: &Pages<'_>,
    withdraw: &Withdraw,
    by: &SignedBy,
) -> Result<Told, Error> {
    let target = pages.place(&withdraw.target)?;
    Ok(Told::new(format!(
        "{} withdrew {}: it no longer stands. Its text stays in the ledger.",
        by.who(),
        pages.named(target)?
    ))
    .theirs("reason", &withdraw.reason)
    .theirs("what it withdrew", &first_words(pages, target)?))
}

pub(super) fn answered(pages: &Pages<'_>, answer: &Answer, by: &SignedBy) -> Result<Told, Error> {
    let dispute = pages.place(&answer.dispute)?;
    let words = match answer.outcome {
        Outcome::Reply => format!(
            "{} replied to the objection {}. A reply does not end it.",
            by.who(),
            pages.named(dispute)?
        ),
        outcome => format!(
            "{} answered the objection {}: it is {}.",
            by.who(),
            pages.named(dispute)?,
            ended(outcome)
        ),
    };
    Ok(Told::new(words)
        .theirs("answer", &answer.note)
        .theirs("the objection", &first_words(pages, dispute)?))
}

pub(super) fn review(pages: &Pages<'_>, review: &Review, by: &SignedBy) -> Result<Told, Error> {
    let claim = review.claim.as_ref();
    let claim = claim.map(|id| place(pages, id)).transpose()?;
    Ok(Told::new(format!(
        "{} recorded a review that another organisation published.",
        by.who()
    ))
    .theirs("organisation", &review.author)
    .theirs("claim reviewed", &review.claim_text)
    .theirs("rating", &review.rating.label)
    .perhaps("value", review.rating.value.as_ref())
    .perhaps("best value", review.rating.best.as_ref())
    .perhaps("worst value", review.rating.worst.as_ref())
    .perhaps("published", review.published.as_ref())
    .theirs("address", &review.url)
    .ours(
        "read from",
        format!("SHA-256 {}\u{2026}", review.raw.sha256.short(16)),
    )
    .perhaps("where in it", review.raw.at.as_ref())
    .maybe("our claim", claim))
}

pub(super) fn observed(observe: &Observe, by: &SignedBy) -> Told {
    let size = observe.checkpoint.as_str().lines().nth(1);
    let size = size.unwrap_or("?");
    Told::new(format!(
        "{} kept a signed head of the ledger {}, with {size} entries.",
        by.who(),
        foreign::name(observe.origin.as_str())
    ))
    .theirs("key", &observe.vkey)
}

fn text(pages: &Pages<'_>, claim: &StatementId) -> Result<Foreign, Error> {
    Ok(match &pages.said(pages.place(claim)?)?.body {
        Body::ClaimAdd(claim) => theirs(&claim.text),
        _ => Foreign::default(),
    })
}
