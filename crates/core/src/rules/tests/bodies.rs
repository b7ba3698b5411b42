//! Bodies of statements, as short as possible.

use super::crypto::{Digest, PublicKey, SecretKey, sha256};
use super::encoding::name::{Origin, Slug};
use super::model::assessment::{OriginAssess, OriginKind};
use super::model::attestation::{Attest, Decision, Publish};
use super::model::claim::{About, Claim, Claimants, Wording};
use super::model::correction::{Correction, CorrectionKind};
use super::model::evidence::{Evidence, Stance};
use super::model::foreign::{Rating, Raw, Review};
use super::model::key_event::{Enroll, RevocationReason, Revoke, Rotate};
use super::model::organisation::{Organisation, Role};
use super::model::policy::Policy;
use super::model::relation::{Basis, ClaimRelate, ClaimRelation, SourceRelate, SourceRelation};
use super::model::scale::{Needs, Scale, ScaleEntry};
use super::model::snapshot::{Holding, Snapshot, Withhold};
use super::model::source::{Capture, NeverHeld, Source, SourceCapture, SourceKind};
use super::model::transcript::Transcript;
use super::model::verdict::{Corroboration, Verdict};
use super::model::{FreeText, Reference, StatementId, dispute, ledger, possession};
use super::tlog::EntryIndex;
use zeroize::Zeroizing;

pub fn secret(byte: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([byte; 32]))
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

pub fn text<const MAX: usize, const VERBATIM: bool>(words: &str) -> FreeText<MAX, VERBATIM> {
    FreeText::open(words).unwrap()
}

pub fn organisation(name: &str) -> Organisation {
    Organisation {
        corrections_policy: None,
        languages: Vec::new(),
        name: text(name),
        organisation: slug(name),
        url: None,
    }
}

pub fn create(checkpoint_key: PublicKey) -> ledger::Create {
    ledger::Create {
        checkpoint_key,
        holder: slug("ada"),
        name: None,
        organisation: organisation("desk"),
        origin: "desk.example/facts".parse::<Origin>().unwrap(),
        recovery: None,
        rules: 1,
        succeeds: None,
        title: text("Facts"),
    }
}

pub fn enroll(
    ledger: &StatementId,
    by: &SecretKey,
    new: &SecretKey,
    holder: &str,
    organisation: &str,
    roles: &[Role],
) -> Enroll {
    let mut roles = roles.to_vec();
    roles.sort();
    let (holder, organisation) = (slug(holder), slug(organisation));
    let words = possession::enroll(
        ledger,
        &new.public(),
        &holder,
        &organisation,
        &roles,
        &by.public(),
    );
    Enroll {
        holder,
        key: new.public(),
        name: None,
        organisation,
        possession: new.sign(&words),
        roles,
    }
}

pub fn rotate(ledger: &StatementId, old: &SecretKey, new: &SecretKey) -> Rotate {
    let words = possession::rotate(ledger, &old.public(), &new.public());
    Rotate {
        new_key: new.public(),
        possession: new.sign(&words),
    }
}

pub fn revoke(key: &SecretKey, distrust_from: Option<EntryIndex>) -> Revoke {
    Revoke {
        distrust_from,
        key: key.public(),
        note: None,
        reason: match distrust_from {
            Some(_) => RevocationReason::Compromised,
            None => RevocationReason::Left,
        },
    }
}

pub fn scale(organisation: &str, version: u64) -> Scale {
    let entry = |code: &str, needs| ScaleEntry {
        code: slug(code),
        definition: None,
        label: text(code),
        needs,
        number: None,
    };
    Scale {
        direction: None,
        entries: vec![
            entry("true", Needs::Support),
            entry("false", Needs::Refutation),
            entry("unproven", Needs::Neither),
        ],
        language: None,
        organisation: slug(organisation),
        scale: slug("steps"),
        title: text("Steps"),
        version,
    }
}

pub fn policy(organisation: &str, approvals: u64) -> Policy {
    Policy {
        approvals_from: Vec::new(),
        evidence_from: Vec::new(),
        evidence_needed: false,
        scales: Vec::new(),
        approvals,
        conflicts_declared: false,
        correction_days: None,
        holders: approvals,
        organisation: slug(organisation),
        organisations: approvals.min(1),
        roles: match approvals {
            0 => Vec::new(),
            _ => vec![Role::Editor, Role::Reviewer],
        },
        traced_origins: 0,
    }
}

pub fn snapshot(words: &str) -> Snapshot {
    Snapshot {
        archive_proofs: Vec::new(),
        bytes: words.len() as u64,
        captured: "2025-10-09T03:04:05Z".parse().unwrap(),
        captured_by: None,
        fetched: None,
        holding: Holding::Held,
        media_type: "text/plain".parse().unwrap(),
        method: text("file"),
        no_text: None,
        sha256: sha256(&[words.as_bytes()]),
        text: None,
    }
}

/// A source that holds these words.
pub fn source(words: &str) -> Source {
    Source {
        archived_at: Vec::new(),
        authors: Vec::new(),
        capture: Capture::Captured(snapshot(words)),
        correction: None,
        kind: SourceKind::Article,
        language: None,
        published: None,
        publisher: text("The Paper"),
        title: text(words),
        translated_by: None,
        unnamed: None,
        url: None,
    }
}

pub fn never_held(words: &str, known_through: StatementId) -> Source {
    Source {
        capture: Capture::NeverHeld(NeverHeld {
            reason: None,
            known_through: Some(known_through),
        }),
        ..source(words)
    }
}

pub fn capture(source: StatementId, words: &str) -> SourceCapture {
    SourceCapture {
        quotations: Vec::new(),
        snapshot: snapshot(words),
        source,
    }
}

pub fn transcribe(source: StatementId, of: &str, words: &str) -> Transcript {
    Transcript {
        by: text("Lena L."),
        correction: None,
        language: None,
        of: sha256(&[of.as_bytes()]),
        source,
        text: sha256(&[words.as_bytes()]),
        tool: None,
    }
}

pub fn withhold(source: StatementId, sha256: Digest) -> Withhold {
    Withhold {
        reason: text("a court said so"),
        sha256,
        source: Some(source),
    }
}

pub fn claim(words: &str) -> Claim {
    Claim {
        topics: Vec::new(),
        about: About::Fact,
        appeared_in: Vec::new(),
        claimants: Claimants::Unknown,
        correction: None,
        due: None,
        language: None,
        made: None,
        original: None,
        text: text(words),
        wording: Wording::Verbatim,
    }
}

pub fn evidence(claim: StatementId, source: StatementId, stance: Stance) -> Evidence {
    Evidence {
        claim,
        correction: None,
        excerpt: None,
        note: None,
        on: None,
        searched: None,
        source: Some(source),
        stance,
        via: Vec::new(),
    }
}

pub fn relate(from: StatementId, relation: SourceRelation, to: StatementId) -> SourceRelate {
    SourceRelate {
        basis: Basis::Judgement(text("it says so")),
        claim: None,
        correction: None,
        from,
        note: None,
        relation,
        to,
    }
}

pub fn claim_relate(from: StatementId, to: StatementId) -> ClaimRelate {
    ClaimRelate {
        correction: None,
        from,
        note: None,
        relation: ClaimRelation::VariantOf,
        to: Reference::Here(to),
    }
}

pub fn assess(source: StatementId, claim: StatementId) -> OriginAssess {
    OriginAssess {
        assessment: OriginKind::FirstHand,
        claim,
        correction: None,
        how: text("it was there"),
        source,
    }
}

pub fn verdict(claim: StatementId, scale: StatementId, evidence: &[StatementId]) -> Verdict {
    let mut evidence = evidence.to_vec();
    evidence.sort();
    Verdict {
        adopts: None,
        claim,
        conflict: None,
        contact: None,
        correction: None,
        corroboration: Corroboration::NOT_COMPUTED,
        evidence,
        limits: None,
        rating: slug("unproven"),
        reasons: text("for these reasons"),
        scale,
    }
}

pub fn attest(verdict: StatementId, decision: Decision) -> Attest {
    Attest {
        conflict: None,
        decision,
        exemption: None,
        note: None,
        verdict,
    }
}

pub fn publish(verdict: StatementId) -> Publish {
    Publish {
        despite: None,
        page: None,
        published: "2026-01-02T03:04:05Z".parse().unwrap(),
        url: "https://desk.example/1".parse().unwrap(),
        verdict,
    }
}

/// A publication of what is not the current approved verdict.
pub fn despite(verdict: StatementId) -> Publish {
    Publish {
        despite: Some(text("the page is up")),
        ..publish(verdict)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
pub fn correction(supersedes: StatementId, kind: CorrectionKind) -> Option<Correction> {
    Some(Correction {
        kind,
        noticed_by: None,
        reported: None,
        supersedes,
        was_wrong: text("it"),
    })
}

pub fn withdraw(target: StatementId) -> ledger::Withdraw {
    ledger::Withdraw {
        reason: text("it no longer stands"),
        target,
    }
}

pub fn dispute(target: StatementId) -> dispute::Open {
    dispute::Open {
        evidence: Vec::new(),
        grounds: dispute::Grounds::FactualError,
        note: text("not so"),
        target,
    }
}

pub fn answer(dispute: StatementId) -> dispute::Answer {
    dispute::Answer {
        dispute,
        note: text("we looked again"),
        outcome: dispute::Outcome::Upheld,
    }
}

/// Another organisation's review, read from these bytes.
pub fn review(raw: &str) -> Review {
    Review {
        author: text("Others"),
        claim: None,
        claim_text: text("it rains"),
        correction: None,
        language: None,
        published: None,
        rating: Rating {
            best: None,
            label: text("Half true"),
            value: None,
            worst: None,
        },
        raw: Raw {
            at: None,
            bytes: raw.len() as u64,
            media_type: "application/json".parse().unwrap(),
            sha256: sha256(&[raw.as_bytes()]),
        },
        url: "https://others.example/1".parse().unwrap(),
    }
}
