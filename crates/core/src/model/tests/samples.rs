//! A sample of every statement type.

use crate::crypto::{Digest, PublicKey, SecretKey, Signature};
use crate::model::claim::{About, Claim, Claimant, Claimants, Original, Wording};
use crate::model::correction::{Correction, CorrectionKind};
use crate::model::*;
use crate::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::tlog::note::VerifierKey;
use crate::tlog::{EntryIndex, TreeSize};
use zeroize::Zeroizing;

pub(crate) fn secret(byte: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([byte; 32]))
}

pub(crate) fn id(byte: u8) -> StatementId {
    StatementId::from_bytes([byte; 32])
}

pub(super) fn parse<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

pub(super) fn prose<const MAX: usize, const VERBATIM: bool>(text: &str) -> FreeText<MAX, VERBATIM> {
    FreeText::open(text).unwrap()
}

pub(super) fn public(byte: u8) -> PublicKey {
    secret(byte).public()
}

pub(super) fn sorted(mut keys: Vec<PublicKey>) -> Vec<PublicKey> {
    keys.sort();
    keys
}

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
pub(super) fn correction() -> Option<Correction> {
    Some(Correction {
        kind: CorrectionKind::Correction,
        noticed_by: Some(FreeText::Sealed(Digest::from_bytes([9; 32]))),
        reported: Some(parse("2026-01")),
        supersedes: id(7),
        was_wrong: prose("the date"),
    })
}

pub(super) fn excerpt() -> excerpt::Excerpt {
    excerpt::Excerpt {
        end: 7,
        quote: prose("w\u{f6}rds"),
        start: 2,
        text: Digest::from_bytes([4; 32]),
    }
}

pub(super) fn snapshot() -> snapshot::Snapshot {
    snapshot::Snapshot {
        archive_proofs: vec![snapshot::ArchiveProof {
            absent: 0,
            detail: Some(prose("https://desk.example/page")),
            unchecked: 1,
            valid: 2,
            what: snapshot::ArchiveProofKind::Payloads,
            wrong: 1,
        }],
        bytes: 12,
        captured: parse("2026-01-02T03:04:05Z"),
        captured_by: None,
        fetched: Some(snapshot::Fetched {
            headers: vec![prose("content-type: text/html")],
            status: 200,
            url: parse("https://desk.example/page"),
        }),
        holding: snapshot::Holding::Held,
        media_type: parse("text/html"),
        method: prose("file"),
        no_text: None,
        sha256: Digest::from_bytes([4; 32]),
        text: Some(snapshot::ExtractedText {
            charset: None,
            page: None,
            extractor: prose("reader 1.0"),
            sha256: Digest::from_bytes([5; 32]),
        }),
    }
}

pub(super) fn organisation() -> organisation::Organisation {
    organisation::Organisation {
        corrections_policy: Some(parse("https://desk.example/corrections")),
        languages: vec![parse("en"), parse("pt-BR")],
        name: prose("The Desk"),
        organisation: parse("desk"),
        url: Some(parse("https://desk.example/")),
    }
}

pub(super) fn observed() -> foreign::Observe {
    let origin: crate::encoding::name::Origin = parse("other.example/facts");
    let vkey = VerifierKey::new(origin.clone(), public(8));
    let checkpoint = Checkpoint {
        origin: origin.clone(),
        size: TreeSize::new(3),
        root: Digest::from_bytes([1; 32]),
    };
    let signed = SignedCheckpoint::sign(checkpoint, &vkey, |text| secret(8).sign(text));
    foreign::Observe {
        checkpoint: crate::encoding::text::Text::new(String::from_utf8(signed.to_bytes()).unwrap())
            .unwrap(),
        origin,
        vkey: crate::encoding::text::Text::new(vkey.to_string()).unwrap(),
    }
}

pub(super) fn sample_claim() -> Claim {
    Claim {
        topics: vec![crate::encoding::text::Text::new("bridges").unwrap()],
        about: About::Forecast,
        appeared_in: vec![id(1), id(2)],
        claimants: Claimants::Named(vec![Claimant {
            name: prose("A. Minister"),
            role: Some(prose("minister")),
        }]),
        correction: correction(),
        due: Some(parse("2027")),
        language: Some(parse("en")),
        made: Some(parse("2026-01-14")),
        original: Some(Original {
            language: parse("ru"),
            text: prose("\u{441}\u{43b}\u{43e}\u{432}\u{430}"),
        }),
        text: prose("It will be held within six months."),
        wording: Wording::Translated,
    }
}

#[expect(clippy::too_many_lines, reason = "one sample a type")]
pub(super) fn body(statement_type: StatementType) -> Body {
    use StatementType as T;
    let signature = Signature::from_bytes([6; 64]);
    match statement_type {
        T::LedgerCreate => ledger::Create {
            checkpoint_key: public(2),
            holder: parse("anna"),
            name: Some(prose("Anna A.")),
            organisation: organisation(),
            origin: parse("desk.example/facts"),
            recovery: Some(ledger::Recovery {
                keys: sorted(vec![public(3), public(4)]),
                threshold: 2,
            }),
            rules: 1,
            succeeds: Some(ledger::Predecessor {
                ledger: id(1),
                origin: parse("desk.example/old"),
                root: Digest::from_bytes([1; 32]),
                size: TreeSize::new(5),
            }),
            title: prose("Facts"),
        }
        .into(),
        T::OrganisationSet => organisation().into(),
        T::KeyEnroll => key_event::Enroll {
            holder: parse("ben"),
            key: public(3),
            name: None,
            organisation: parse("desk"),
            possession: signature,
            roles: vec![organisation::Role::Editor, organisation::Role::Reviewer],
        }
        .into(),
        T::KeyRotate => key_event::Rotate {
            new_key: public(4),
            possession: signature,
        }
        .into(),
        T::KeyRevoke => key_event::Revoke {
            distrust_from: Some(EntryIndex::new(4)),
            key: public(3),
            note: Some(prose("stolen laptop")),
            reason: key_event::RevocationReason::Compromised,
        }
        .into(),
        T::KeyRecover => key_event::Recover {
            holder: parse("anna"),
            last_key_event: EntryIndex::new(4),
            name: None,
            revoked: vec![key_event::RevokedFrom {
                distrust_from: EntryIndex::new(3),
                key: public(3),
            }],
            signatures: vec![key_event::RecoverySignature {
                key: public(4),
                signature,
            }],
        }
        .into(),
        T::CheckpointRotate => checkpoint_event::CheckpointRotate {
            new_key: public(4),
            possession: signature,
        }
        .into(),
        T::CheckpointRetire => checkpoint_event::CheckpointRetire { key: public(2) }.into(),
        T::RulesUpgrade => ledger::RulesUpgrade { rules: 2 }.into(),
        T::ScaleSet => scale::Scale {
            direction: Some(scale::Direction::HigherIsTruer),
            entries: vec![
                scale::ScaleEntry {
                    code: parse("true"),
                    definition: Some(prose("It is so.")),
                    label: prose("True"),
                    needs: scale::Needs::Support,
                    number: Some(5),
                },
                scale::ScaleEntry {
                    code: parse("unproven"),
                    definition: None,
                    label: prose("Unproven"),
                    needs: scale::Needs::Neither,
                    number: None,
                },
            ],
            language: Some(parse("en")),
            organisation: parse("desk"),
            scale: parse("five-step"),
            title: prose("Five steps"),
            version: 1,
        }
        .into(),
        T::PolicySet => policy::Policy {
            approvals_from: vec![parse("other")],
            evidence_from: Vec::new(),
            evidence_needed: false,
            scales: vec![id(6)],
            approvals: 1,
            conflicts_declared: true,
            correction_days: Some(7),
            holders: 1,
            organisation: parse("desk"),
            organisations: 1,
            roles: vec![organisation::Role::Editor],
            traced_origins: 0,
        }
        .into(),
        T::SourceAdd => source::Source {
            archived_at: vec![parse("https://archive.example/1/report")],
            authors: vec![prose("B. Writer")],
            capture: source::Capture::Captured(snapshot()),
            correction: correction(),
            kind: source::SourceKind::Article,
            language: Some(parse("en")),
            published: Some(parse("2026-01-15")),
            publisher: prose("The Paper"),
            title: prose("A report"),
            translated_by: Some(source::Translator::Machine(prose("engine 2"))),
            unnamed: Some(prose("safety")),
            url: Some(parse("https://paper.example/report")),
        }
        .into(),
        T::SourceCapture => source::SourceCapture {
            quotations: vec![
                source::Quotation {
                    end: None,
                    start: None,
                    state: source::QuotationState::Gone,
                    statement: id(2),
                },
                source::Quotation {
                    end: Some(9),
                    start: Some(4),
                    state: source::QuotationState::Moved,
                    statement: id(3),
                },
            ],
            snapshot: snapshot(),
            source: id(1),
        }
        .into(),
        T::SourceTranscribe => transcript::Transcript {
            by: prose("Lena L."),
            correction: correction(),
            language: Some(parse("ru")),
            of: Digest::from_bytes([4; 32]),
            source: id(1),
            text: Digest::from_bytes([5; 32]),
            tool: Some(prose("reader 3.1")),
        }
        .into(),
        T::SnapshotWithhold => snapshot::Withhold {
            reason: prose("a court order"),
            sha256: Digest::from_bytes([4; 32]),
            source: Some(id(1)),
        }
        .into(),
        T::SourceRelate => relation::SourceRelate {
            basis: relation::Basis::Stated(excerpt()),
            claim: Some(id(3)),
            correction: None,
            from: id(1),
            note: Some(prose("the third paragraph")),
            relation: relation::SourceRelation::WasQuotedFrom,
            to: id(2),
        }
        .into(),
        T::OriginAssess => assessment::OriginAssess {
            assessment: assessment::OriginKind::SpeaksForClaimant,
            claim: id(3),
            correction: correction(),
            how: prose("it is the press service"),
            source: id(1),
        }
        .into(),
        T::ClaimAdd => sample_claim().into(),
        T::ClaimRelate => relation::ClaimRelate {
            correction: None,
            from: id(1),
            note: None,
            relation: relation::ClaimRelation::VariantOf,
            to: Reference::Elsewhere(parse("other.example/facts"), id(2)),
        }
        .into(),
        T::EvidenceAdd => evidence::Evidence {
            claim: id(3),
            correction: None,
            excerpt: Some(excerpt()),
            note: Some(prose("second paragraph")),
            on: None,
            searched: None,
            source: Some(id(1)),
            stance: evidence::Stance::Supports,
            via: vec![id(2)],
        }
        .into(),
        T::VerdictIssue => verdict::Verdict {
            adopts: Some(id(9)),
            claim: id(3),
            conflict: Some(verdict::ConflictOfInterest::None),
            contact: Some(verdict::Contact::Asked(verdict::Asked {
                on: parse("2026-01-20"),
                reply: Some(id(1)),
            })),
            correction: correction(),
            corroboration: verdict::Corroboration::NOT_COMPUTED,
            evidence: vec![id(4), id(5)],
            limits: Some(prose("the original was not seen")),
            rating: parse("unproven"),
            reasons: prose("nobody saw it"),
            scale: id(6),
        }
        .into(),
        T::VerdictAttest => attestation::Attest {
            conflict: Some(verdict::ConflictOfInterest::Declared(prose("a cousin"))),
            decision: attestation::Decision::Recuse,
            exemption: None,
            note: None,
            verdict: id(5),
        }
        .into(),
        T::VerdictPublish => attestation::Publish {
            despite: Some(prose("the page was up already")),
            page: Some(Digest::from_bytes([1; 32])),
            published: parse("2026-02-01T10:00:00Z"),
            url: parse("https://desk.example/1"),
            verdict: id(5),
        }
        .into(),
        T::Withdraw => ledger::Withdraw {
            reason: prose("a mistake"),
            target: id(5),
        }
        .into(),
        T::DisputeOpen => dispute::Open {
            evidence: vec![id(4)],
            grounds: dispute::Grounds::SourceNotIndependent,
            note: prose("they share an agency"),
            target: id(5),
        }
        .into(),
        T::DisputeAnswer => dispute::Answer {
            dispute: id(8),
            note: prose("they do"),
            outcome: dispute::Outcome::Upheld,
        }
        .into(),
        T::ReviewRecord => foreign::Review {
            author: prose("Other Desk"),
            claim: Some(id(3)),
            claim_text: prose("It was held."),
            correction: None,
            language: Some(parse("en")),
            published: Some(prose("October 8, 2018")),
            rating: foreign::Rating {
                best: Some(prose("5")),
                label: prose("False"),
                value: Some(prose("1.0")),
                worst: Some(prose("-1")),
            },
            raw: foreign::Raw {
                at: Some(prose("script 2 /@graph/0")),
                bytes: 3,
                media_type: parse("application/ld+json"),
                sha256: Digest::from_bytes([1; 32]),
            },
            url: parse("https://other.example/review"),
        }
        .into(),
        T::CheckpointObserve => observed().into(),
    }
}

/// A statement of the given type with every optional field that fits.
pub(crate) fn sample(statement_type: StatementType) -> Statement {
    let first = statement_type == StatementType::LedgerCreate;
    Statement {
        body: body(statement_type),
        issued: "2026-01-31T12:00:00Z".parse().unwrap(),
        key: public(1),
        label: Some("a-label".parse().unwrap()),
        ledger: (!first).then(|| id(0)),
        seen: (!first).then(|| Seen {
            root: Digest::from_bytes([3; 32]),
            size: TreeSize::new(2),
        }),
        statement_type,
    }
}
