//! A desk with a guest organisation that says things of every type at random. What the rules admit is the log.

use super::entries::Entries;
use crate::library::rules::bodies::*;
use claimledger_core::crypto::sha256;
use claimledger_core::encoding::time::Instant;
use claimledger_core::entry::{Entry, Head};
use claimledger_core::envelope::{Parsed, pae};
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::checkpoint_event::{CheckpointRetire, CheckpointRotate};
use claimledger_core::model::correction::CorrectionKind;
use claimledger_core::model::dispute::Outcome;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::excerpt::Excerpt;
use claimledger_core::model::foreign::Review;
use claimledger_core::model::organisation::Role;
use claimledger_core::model::relation::{Basis, SourceRelation};
use claimledger_core::model::source::{Capture, Quotation, QuotationState};
use claimledger_core::model::verdict::ConflictOfInterest;
use claimledger_core::model::{Body, Seen, Statement, StatementId, StatementType, possession};
use claimledger_core::rules::{Candidate, MemoryView, Reading, View as _, admit, frozen};
use claimledger_core::tlog::merkle::{Frontier, leaf_hash};
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use claimledger_testing::{CHECKPOINTS, key};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What somebody tries to say: who, what kind of thing, about which statements, and how many entries they had not seen.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    who: u8,
    what: u8,
    one: usize,
    other: usize,
    unseen: u64,
}

/// Attempts; most of them with the newest head seen.
pub fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let unseen = prop_oneof![3 => Just(0_u64), 1 => 1..12_u64];
    let attempt = (0..PEOPLE, 0..KINDS, 0..64_usize, 0..64_usize, unseen);
    let attempt = attempt.prop_map(|(who, what, one, other, unseen)| Attempt {
        who,
        what,
        one,
        other,
        unseen,
    });
    prop::collection::vec(attempt, 40..160)
}

/// The log, and what the rules made of it.
pub struct Log {
    entries: Vec<Vec<u8>>,
    chain: Head,
    frontier: Frontier,
    view: MemoryView,
    ledger: StatementId,
    time: u64,
    said: Vec<(StatementType, StatementId)>,
    /// The seed of each person's key.
    keys: [u8; PEOPLE as usize],
    /// The texts that a source has, with the words of each.
    texts: Vec<(StatementId, String)>,
    /// The types that were taken in.
    pub taken: BTreeSet<StatementType>,
}

impl Log {
    /// A log with these attempts.
    pub fn of(attempts: Vec<Attempt>) -> Self {
        let mut log = Self::new();
        for attempt in attempts {
            log.attempt(attempt);
        }
        log
    }

    /// A desk of five people and a guest organisation of two, with a scale, policies, and a first case.
    pub fn new() -> Self {
        let mut log = Self {
            entries: Vec::new(),
            chain: Head::EMPTY,
            frontier: Frontier::new(),
            view: MemoryView::default(),
            ledger: StatementId::from_bytes([0; 32]),
            // 2026-01-01T00:00:00Z.
            time: 1_767_225_600,
            said: Vec::new(),
            keys: [ADA, BOB, CAROL, ROBOT, OLGA, PIA],
            texts: Vec::new(),
            taken: BTreeSet::new(),
        };
        log.must(ADA, create(key(CHECKPOINTS).public()));
        log.ledger = log.said[0].1;
        let people: [(u8, u8, &str, &str, &[Role]); 5] = [
            (ADA, BOB, "bob", "desk", &[Role::Reviewer]),
            (ADA, CAROL, "carol", "desk", &[Role::Editor, Role::Reviewer]),
            (ADA, ROBOT, "robot", "desk", &[Role::Importer]),
            (ADA, OLGA, "olga", "other", &[Role::Admin]),
            (OLGA, PIA, "pia", "other", &[Role::Editor, Role::Reviewer]),
        ];
        for (by, new, holder, house, roles) in people {
            if new == OLGA {
                log.must(ADA, organisation("other"));
            }
            let body = enroll(&log.ledger, &key(by), &key(new), holder, house, roles);
            log.must(by, body);
        }
        log.must(ADA, scale("desk", 1));
        log.must(OLGA, scale("other", 1));
        log.must(ADA, policy("desk", 1));
        let mut listing = policy("other", 1);
        listing.approvals_from = vec![slug("desk")];
        listing.evidence_from = vec![slug("desk")];
        log.must(OLGA, listing);
        log
    }

    fn must(&mut self, by: u8, body: impl Into<Body>) {
        assert!(self.say(by, None, 0, body.into()), "entry {}", self.size());
    }

    pub fn size(&self) -> TreeSize {
        self.view.size()
    }

    pub fn view(&self) -> &MemoryView {
        &self.view
    }

    /// The first entries.
    pub fn first(&self, size: TreeSize) -> Entries {
        let size = usize::try_from(size.get()).unwrap();
        Entries::new(self.entries[..size].to_vec())
    }

    /// The entries of a type.
    pub fn of_type(&self, wanted: StatementType) -> Vec<EntryIndex> {
        let all = self.said.iter().zip(self.size().indices());
        let of = all.filter(|((of, _), _)| *of == wanted);
        of.map(|(_, index)| index).collect()
    }

    /// Says it, with the head of some entries ago. It is in the log only if it is well-formed and the rules admit it.
    fn say(&mut self, by: u8, label: Option<String>, unseen: u64, body: Body) -> bool {
        let size = self.size();
        let seen = TreeSize::new(size.get().saturating_sub(unseen).max(1));
        let seen = (!size.is_empty()).then(|| Seen {
            root: self.view.root_at(seen).unwrap().unwrap(),
            size: seen,
        });
        let statement_type = body.statement_type();
        let statement = Statement {
            statement_type,
            body: self.with_counts(by, seen, body),
            issued: Instant::from_unix_seconds(self.time).unwrap(),
            key: key(by).public(),
            label: label.map(|label| label.parse().unwrap()),
            ledger: seen.map(|_| self.ledger),
            seen,
        };
        let payload = statement.encode();
        let signature = key(by).sign(&pae(&payload));
        let Ok(parsed) = Parsed::new(payload, signature) else {
            return false;
        };
        let statement = parsed.verify().unwrap();
        let time = UnixMillis::new(self.time * 1_000);
        let candidate = Candidate {
            index: size.next(),
            time,
            statement: &statement,
        };
        let Ok(changes) = admit(&self.view, &candidate) else {
            return false;
        };
        let entry = Entry::place(&self.chain, time, &statement);
        let bytes = entry.encode().unwrap();
        self.frontier.push(leaf_hash(&bytes));
        self.view.apply(&changes, self.frontier.root());
        self.chain = entry.head_after(&bytes);
        self.entries.push(bytes);
        self.said.push((statement_type, statement.id()));
        self.taken.insert(statement_type);
        self.time += 1;
        true
    }

    /// A verdict with the counts of what its author had seen.
    fn with_counts(&self, by: u8, seen: Option<Seen>, mut body: Body) -> Body {
        if let Body::VerdictIssue(verdict) = &mut body
            && let Some(seen) = seen
        {
            let Ok(claim) = self.view.statement(&verdict.claim);
            let Ok(key) = self.view.key(&key(by).public());
            let house = key.and_then(|key| self.view.organisation(&key.organisation).unwrap());
            let Ok(reading) = Reading::at(&self.view, seen.size);
            if let (Some(claim), Some(house)) = (claim, house)
                && let Ok(Some(Ok(counts))) = frozen(&reading, claim.index, house)
            {
                verdict.corroboration = counts;
            }
        }
        body
    }

    /// One of the statements of a type; where there is none, something that is not there.
    fn any(&self, wanted: StatementType, at: usize) -> StatementId {
        let all: Vec<StatementId> = self
            .said
            .iter()
            .filter(|(statement_type, _)| *statement_type == wanted)
            .map(|(_, id)| *id)
            .collect();
        match all.len() {
            0 => StatementId::from_bytes([7; 32]),
            // Mostly one of the last: they are the ones that later statements change.
            many if at.is_multiple_of(3) => all[at % many],
            many => all[many - 1 - at % many.min(3)],
        }
    }

    /// Says it, if the rules admit it.
    pub fn attempt(&mut self, mut attempt: Attempt) {
        // What only admins may say is mostly said by one.
        if matches!(attempt.what, 20 | 22..=24 | 32..=33 | 35..=36)
            && !attempt.one.is_multiple_of(4)
        {
            attempt.who = if attempt.who + ADA >= OLGA { OLGA } else { ADA } - ADA;
        }
        let label = attempt
            .other
            .is_multiple_of(16)
            .then(|| format!("label-{}", attempt.one % 4));
        let (source, words, body) = self.body(attempt);
        let rotates = matches!(body, Body::KeyRotate(_));
        let who = usize::from(attempt.who);
        if !self.say(self.keys[who], label, attempt.unseen, body) {
            return;
        }
        if rotates {
            self.keys[who] = 100 + u8::try_from(attempt.other).expect("below 64");
        }
        if let Some(words) = words {
            // A new source has its own words; a capture or a transcript brings words of an earlier one.
            let id = source.unwrap_or_else(|| self.said.last().expect("it was said").1);
            self.texts.push((id, words));
        }
    }

    fn excerpt(&self, source: &StatementId, at: usize) -> Option<Excerpt> {
        let texts: Vec<&String> = self
            .texts
            .iter()
            .filter(|(of, _)| of == source)
            .map(|(_, words)| words)
            .collect();
        let words = texts.get(at % texts.len().max(1))?;
        Some(Excerpt {
            end: 2,
            quote: text(&words[..2]),
            start: 0,
            text: sha256(&[words.as_bytes()]),
        })
    }

    /// What is tried: the body, and for words that can be quoted the words, with their source if it is an earlier one.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind")]
    fn body(&self, attempt: Attempt) -> (Option<StatementId>, Option<String>, Body) {
        use StatementType as T;
        let Attempt {
            who, one, other, ..
        } = attempt;
        let words = format!("w{one} {other} {}", self.size());
        let house = if who + ADA >= OLGA { "other" } else { "desk" };
        let new = key(100 + u8::try_from(other).expect("below 64"));
        let by = key(self.keys[usize::from(who)]);
        let someone = key(self.keys[one % self.keys.len()]);
        let a_source = self.any(T::SourceAdd, other);
        let body: Body = match attempt.what {
            0 => return (None, Some(words.clone()), source(&words).into()),
            1 => {
                let mut newer = source(&words);
                newer.correction = correction(self.any(T::SourceAdd, one), CorrectionKind::Update);
                return (None, Some(words), newer.into());
            }
            2 => claim(&words).into(),
            3 => {
                let earlier = self.any(T::ClaimAdd, one);
                let mut newer = claim(&words);
                let kinds = [CorrectionKind::Typo, CorrectionKind::Update];
                newer.correction = correction(earlier, kinds[other % 2]);
                newer.into()
            }
            4..=6 => {
                let stance = [Stance::Supports, Stance::Refutes][other % 2];
                let mut said = evidence(self.any(T::ClaimAdd, one), a_source, stance);
                said.excerpt = self.excerpt(&a_source, one);
                if one.is_multiple_of(5) {
                    said.via = vec![self.any(T::SourceAdd, one)];
                    said.via.retain(|via| *via != a_source);
                }
                if attempt.what == 6 {
                    let earlier = self.any(T::EvidenceAdd, one);
                    said.correction = correction(earlier, CorrectionKind::Update);
                }
                said.into()
            }
            7 | 8 => {
                let relation = SourceRelation::ALL[(one + other) % SourceRelation::ALL.len()];
                let from = self.any(T::SourceAdd, one);
                if from == a_source {
                    return (None, Some(words.clone()), source(&words).into());
                }
                let mut related = relate(from, relation, a_source);
                if other.is_multiple_of(3)
                    && let Some(excerpt) = self.excerpt(&from, other)
                {
                    related.basis = Basis::Stated(excerpt);
                }
                related.claim = one.is_multiple_of(4).then(|| self.any(T::ClaimAdd, other));
                related.into()
            }
            9 => assess(self.any(T::SourceAdd, one), self.any(T::ClaimAdd, other)).into(),
            10..=12 => self.verdict(attempt).into(),
            15 => {
                let mut page = despite(self.any(T::VerdictIssue, one));
                if other.is_multiple_of(2) {
                    page.despite = None;
                }
                page.into()
            }
            16 | 17 => {
                let types = [
                    T::EvidenceAdd,
                    T::VerdictIssue,
                    T::SourceAdd,
                    T::ClaimAdd,
                    T::VerdictAttest,
                    T::DisputeOpen,
                    T::DisputeAnswer,
                    T::SourceCapture,
                    T::SourceTranscribe,
                    T::VerdictPublish,
                    T::SourceRelate,
                    T::OriginAssess,
                    T::ReviewRecord,
                    T::SnapshotWithhold,
                ];
                withdraw(self.any(types[other % types.len()], one)).into()
            }
            18 => {
                let types = [T::VerdictIssue, T::EvidenceAdd, T::SourceAdd, T::ClaimAdd];
                let mut open = dispute(self.any(types[other % types.len()], one));
                if one.is_multiple_of(2) {
                    open.evidence = vec![self.any(T::EvidenceAdd, other)];
                }
                open.into()
            }
            19 => {
                let outcomes = [Outcome::Upheld, Outcome::Rejected, Outcome::Reply];
                let mut answer = answer(self.any(T::DisputeOpen, one));
                answer.outcome = outcomes[other % 3];
                answer.into()
            }
            20 => {
                let roles = [&[Role::Reviewer][..], &[Role::Admin, Role::Editor]][other % 2];
                let holder = format!("new-{}", other % 8);
                enroll(&self.ledger, &by, &new, &holder, house, roles).into()
            }
            21 => rotate(&self.ledger, &by, &new).into(),
            // Seldom: after some of these nobody is left to speak.
            22 if other.is_multiple_of(4) => revoke(&someone, None).into(),
            23 if other.is_multiple_of(2) => {
                let from = EntryIndex::new(other as u64 % (self.size().get() + 1));
                revoke(&someone, Some(from)).into()
            }
            13 | 14 | 22 | 23 => {
                let decisions = [Decision::Approve, Decision::Reject, Decision::Recuse];
                let mut word = attest(self.any(T::VerdictIssue, one), decisions[other % 3]);
                word.conflict = (other % 4 > 0).then_some(ConflictOfInterest::None);
                if other % 6 == 0 {
                    word.exemption = Some(text("there is one source"));
                }
                word.into()
            }
            24 => {
                let mut listing = policy(house, other as u64 % 3);
                let guest = if house == "desk" { "other" } else { "desk" };
                if one.is_multiple_of(2) {
                    listing.approvals_from = vec![slug(guest)];
                }
                if one.is_multiple_of(3) {
                    listing.evidence_from = vec![slug(guest)];
                }
                listing.conflicts_declared = one.is_multiple_of(5);
                listing.evidence_needed = one.is_multiple_of(7);
                listing.traced_origins = u64::from(one.is_multiple_of(4));
                listing.into()
            }
            25 | 26 => {
                let mut later = capture(a_source, &words);
                let states = [QuotationState::There, QuotationState::Gone];
                later.quotations = vec![Quotation {
                    end: None,
                    start: None,
                    state: states[one % 2],
                    statement: self.any(T::EvidenceAdd, one),
                }];
                return (Some(a_source), Some(words), later.into());
            }
            27 => {
                let sha256 = match self.texts.get(one % self.texts.len().max(1)) {
                    Some((_, words)) => sha256(&[words.as_bytes()]),
                    None => sha256(&[b"nothing"]),
                };
                let mut hidden = withhold(a_source, sha256);
                if other.is_multiple_of(4) {
                    hidden.source = None;
                }
                hidden.into()
            }
            28 | 29 => {
                let texts: Vec<&(StatementId, String)> = self
                    .texts
                    .iter()
                    .filter(|(of, _)| *of == a_source)
                    .collect();
                let of = texts.get(one % texts.len().max(1));
                let of = of.map_or("nothing", |(_, words)| words);
                let mut made = transcribe(a_source, of, &words);
                if one.is_multiple_of(4) {
                    let earlier = self.any(T::SourceTranscribe, one);
                    made.correction = correction(earlier, CorrectionKind::Update);
                }
                return (Some(a_source), Some(words), made.into());
            }
            30 => review_of(&words, one, Some(self.any(T::ClaimAdd, other))).into(),
            31 => {
                let mut adopted = despite(self.any(T::VerdictIssue, one));
                adopted.url = format!("https://others.example/{}", one % 4)
                    .parse()
                    .unwrap();
                adopted.despite = None;
                adopted.into()
            }
            32 => scale(house, 2 + other as u64 % 3).into(),
            33 => organisation(house).into(),
            34 => {
                let (from, to) = (self.any(T::ClaimAdd, one), self.any(T::ClaimAdd, other));
                if from == to {
                    return (None, None, claim(&words).into());
                }
                claim_relate(from, to).into()
            }
            35 => {
                let possession = possession::checkpoint_key(
                    &self.ledger,
                    &claimledger_testing::ORIGIN.parse().unwrap(),
                    &new.public(),
                );
                CheckpointRotate {
                    new_key: new.public(),
                    possession: new.sign(&possession),
                }
                .into()
            }
            36 => CheckpointRetire {
                key: key(CHECKPOINTS).public(),
            }
            .into(),
            _ => {
                let mut known = never_held(&words, self.any(T::SourceAdd, one));
                if let Capture::NeverHeld(never) = &mut known.capture {
                    never.reason = Some(text("it says so"));
                }
                known.into()
            }
        };
        (None, None, body)
    }

    /// A verdict about the claim of some evidence, which it rests on; sometimes a correction, sometimes adopted.
    fn verdict(&self, attempt: Attempt) -> claimledger_core::model::verdict::Verdict {
        use StatementType as T;
        let Attempt {
            who, one, other, ..
        } = attempt;
        let said = self.any(T::EvidenceAdd, other);
        let mut about = self.any(T::ClaimAdd, one);
        if let Ok(Some(fact)) = self.view.statement(&said)
            && let claimledger_core::rules::Says::Evidence { claim, .. } = fact.says
            && let Ok(Some(fact)) = self.view.entry(claim)
        {
            about = fact.id;
        }
        // Mostly on the scale of their own house.
        let own = usize::from(who + ADA >= OLGA);
        let scales: Vec<StatementId> = self
            .said
            .iter()
            .filter(|(of, _)| *of == T::ScaleSet)
            .map(|(_, id)| *id)
            .collect();
        let scale = scales[if one.is_multiple_of(8) {
            one % scales.len()
        } else {
            own
        }];
        let mut rated = verdict(about, scale, &[said]);
        rated.rating = slug(["true", "false", "unproven"][other % 3]);
        rated.conflict = other.is_multiple_of(2).then_some(ConflictOfInterest::None);
        if attempt.what == 11 {
            let earlier = self.any(T::VerdictIssue, one);
            if let Ok(Some(fact)) = self.view.statement(&earlier)
                && let claimledger_core::rules::Says::Verdict(before) = &fact.says
                && let Ok(Some(claim)) = self.view.entry(before.claim)
            {
                rated.claim = claim.id;
                let own = |index: &EntryIndex| self.view.entry(*index).unwrap().unwrap().id;
                rated.evidence = before.evidence.iter().map(own).collect();
            }
            rated.correction = correction(earlier, CorrectionKind::RatingChange);
        } else if attempt.what == 12 && one.is_multiple_of(2) {
            rated.adopts = Some(self.any(T::ReviewRecord, one));
        }
        rated
    }
}

fn review_of(raw: &str, number: usize, claim: Option<StatementId>) -> Review {
    Review {
        claim,
        url: format!("https://others.example/{}", number % 4)
            .parse()
            .unwrap(),
        ..review(raw)
    }
}

/// The founder's seed; the others follow it. From `OLGA` on they are of the guest organisation.
const ADA: u8 = 60;
const BOB: u8 = 61;
const CAROL: u8 = 62;
const ROBOT: u8 = 63;
const OLGA: u8 = 64;
const PIA: u8 = 65;

/// How many people there are.
const PEOPLE: u8 = 6;

/// How many kinds of things they say.
const KINDS: u8 = 38;
