//! Valid statements of the common types, each in a line of a test.

use super::{CHECKPOINTS, Voice, key};
use claimledger::snapshots::excerpt::locate;
use claimledger_core::crypto::sha256;
use claimledger_core::envelope::Parsed;
use claimledger_core::model::claim::{About, Claim, Claimant, Claimants, Wording};
use claimledger_core::model::evidence::{Evidence, Stance};
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::key_event::{Enroll, RevocationReason, Revoke};
use claimledger_core::model::ledger::Create;
use claimledger_core::model::organisation::{Organisation, Role};
use claimledger_core::model::policy::Policy;
use claimledger_core::model::possession;
use claimledger_core::model::relation::{Basis, SourceRelate, SourceRelation};
use claimledger_core::model::scale::{Direction, Needs, Scale, ScaleEntry};
use claimledger_core::model::snapshot::{Holding, Snapshot};
use claimledger_core::model::source::{Capture, NeverHeld, Source, SourceKind};
use claimledger_core::model::verdict::{Corroboration, Verdict};
use claimledger_core::model::{FreeText, StatementId};
use claimledger_core::rules::RULES_VERSION;

/// The organisation of every test ledger.
pub const ORGANISATION: &str = "desk";

/// A word in its form: a slug, a label, a date, a language tag.
pub fn word<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("a word in its form")
}

/// An open text.
pub fn text<const MAX: usize, const VERBATIM: bool>(text: &str) -> FreeText<MAX, VERBATIM> {
    FreeText::open(text).expect("a short text")
}

/// What a new ledger begins with: entry 0, a scale, a policy; and the scale's id.
pub fn first_entries(founder: u8, origin: &str) -> (Vec<Parsed>, StatementId) {
    let mut voice = Voice::new(founder, None);
    let first = voice.say(create(origin));
    voice.ledger = Some(first.id());
    let scale = voice.say_as("two-steps", scale());
    let id = scale.id();
    (vec![first, scale, voice.say(policy(1))], id)
}

/// Entry 0.
pub fn create(origin: &str) -> Create {
    Create {
        checkpoint_key: key(CHECKPOINTS).public(),
        holder: word("ada"),
        name: None,
        organisation: organisation(ORGANISATION),
        origin: word(origin),
        recovery: None,
        rules: RULES_VERSION,
        succeeds: None,
        title: text("Facts of the desk"),
    }
}

/// An organisation.
pub fn organisation(slug: &str) -> Organisation {
    Organisation {
        corrections_policy: None,
        languages: vec![word("en")],
        name: text(slug),
        organisation: word(slug),
        url: None,
    }
}

/// A scale of two ratings, `true` and `false`.
pub fn scale() -> Scale {
    let entry = |code: &str, label: &str, needs, number| ScaleEntry {
        code: word(code),
        definition: None,
        label: text(label),
        needs,
        number: Some(number),
    };
    Scale {
        direction: Some(Direction::HigherIsTruer),
        entries: vec![
            entry("true", "True", Needs::Support, 2),
            entry("false", "False", Needs::Refutation, 1),
        ],
        language: Some(word("en")),
        organisation: word(ORGANISATION),
        scale: word("two-steps"),
        title: text("Two steps"),
        version: 1,
    }
}

/// A policy of so many approvals, each by another holder.
pub fn policy(approvals: u64) -> Policy {
    Policy {
        approvals_from: Vec::new(),
        evidence_from: Vec::new(),
        evidence_needed: false,
        scales: Vec::new(),
        approvals,
        conflicts_declared: false,
        correction_days: None,
        holders: approvals,
        organisation: word(ORGANISATION),
        organisations: 1,
        roles: vec![Role::Editor, Role::Reviewer],
        traced_origins: 0,
    }
}

/// The enrolment of a seeded key by `admin`, with its possession.
pub fn enroll(admin: &Voice, seed: u8, holder: &str, roles: &[Role]) -> Enroll {
    let new = key(seed);
    let (holder, organisation) = (word(holder), word(ORGANISATION));
    let ledger = admin
        .ledger
        .expect("nobody is enrolled before the ledger is made");
    let words = possession::enroll(
        &ledger,
        &new.public(),
        &holder,
        &organisation,
        roles,
        &admin.public(),
    );
    Enroll {
        key: new.public(),
        holder,
        name: None,
        organisation,
        possession: new.sign(&words),
        roles: roles.to_vec(),
    }
}

/// The end of a seeded key whose holder left.
pub fn revoke(seed: u8) -> Revoke {
    Revoke {
        distrust_from: None,
        key: key(seed).public(),
        note: None,
        reason: RevocationReason::Left,
    }
}

/// A source whose plain text is `document`, held.
pub fn source(title: &str, document: &str) -> Source {
    captured(title, snapshot(document.as_bytes(), Holding::Held))
}

/// A source with this snapshot.
pub fn captured(title: &str, snapshot: Snapshot) -> Source {
    Source {
        archived_at: Vec::new(),
        authors: Vec::new(),
        capture: Capture::Captured(snapshot),
        correction: None,
        kind: SourceKind::Article,
        language: Some(word("en")),
        published: Some(word("2025-10-08")),
        publisher: text("The Agency"),
        title: text(title),
        translated_by: None,
        unnamed: None,
        url: None,
    }
}

/// A source that only another one names.
pub fn never_held(title: &str, known_through: StatementId) -> Source {
    Source {
        capture: Capture::NeverHeld(NeverHeld {
            reason: None,
            known_through: Some(known_through),
        }),
        ..source(title, "")
    }
}

/// Plain text as it was captured.
pub fn snapshot(bytes: &[u8], holding: Holding) -> Snapshot {
    Snapshot {
        archive_proofs: Vec::new(),
        bytes: bytes.len() as u64,
        captured: word("2025-10-09T08:00:00Z"),
        captured_by: None,
        fetched: None,
        holding,
        media_type: word("text/plain"),
        method: text("file"),
        no_text: None,
        sha256: sha256(&[bytes]),
        text: None,
    }
}

/// The fact claimed in this many words: claims of other numbers are other claims.
pub fn claim(number: u64) -> Claim {
    Claim {
        topics: Vec::new(),
        about: About::Fact,
        appeared_in: Vec::new(),
        claimants: Claimants::Named(vec![Claimant {
            name: text("The Ministry"),
            role: None,
        }]),
        correction: None,
        due: None,
        language: Some(word("en")),
        made: Some(word("2025-10")),
        original: None,
        text: text(&format!("The bridge has {number} arches.")),
        wording: Wording::Verbatim,
    }
}

/// Evidence that quotes `quote`, which `document` says once.
pub fn evidence(
    claim: StatementId,
    source: StatementId,
    stance: Stance,
    document: &str,
    quote: &str,
) -> Evidence {
    let span = locate(document, quote, None, None).expect("the document says it once");
    Evidence {
        excerpt: Some(excerpt(document.as_bytes(), quote, span.start)),
        ..bare_evidence(claim, source, stance)
    }
}

/// An excerpt at a place where it may or may not stand.
pub fn excerpt(document: &[u8], quote: &str, start: u64) -> Excerpt {
    Excerpt {
        end: start + quote.chars().count() as u64,
        quote: text(quote),
        start,
        text: sha256(&[document]),
    }
}

/// Evidence without a quotation.
pub fn bare_evidence(claim: StatementId, source: StatementId, stance: Stance) -> Evidence {
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

/// A relation of two sources, by the reviewer's judgement.
pub fn relate(from: StatementId, relation: SourceRelation, to: StatementId) -> SourceRelate {
    SourceRelate {
        basis: Basis::Judgement(text("The same words in the same order.")),
        claim: None,
        correction: None,
        from,
        note: None,
        relation,
        to,
    }
}

/// A verdict that rests on this evidence.
pub fn verdict(
    claim: StatementId,
    scale: StatementId,
    rating: &str,
    mut evidence: Vec<StatementId>,
) -> Verdict {
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
        rating: word(rating),
        reasons: text("The documents say so."),
        scale,
    }
}
