//! A desk whose owner writes entries that the rules refuse: statements as JSON, signed and chained, no rules asked.

use super::entries::Entries;
use claimledger_core::crypto::sha256;
use claimledger_core::entry::{Entry, Head};
use claimledger_core::envelope::{Parsed, pae};
use claimledger_core::model::organisation::Role;
use claimledger_core::model::{StatementId, possession};
use claimledger_core::rules::frozen;
use claimledger_core::rules::{Reading, View as _};
use claimledger_core::tlog::merkle::{leaf_hash, root_of};
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use claimledger_testing::{CHECKPOINTS, ORIGIN, key};
use serde_json::{Value, json};

/// The founder, who is admin, editor and reviewer.
pub const MARA: u8 = 11;
/// A reviewer, the author.
pub const JONAS: u8 = 12;
/// An editor.
pub const EDITH: u8 = 13;
/// Keys that a forgery brings in.
pub const NEW: u8 = 14;
pub const MOLE: u8 = 15;

/// What the source says.
pub const TEXT: &str = "The bridge was closed, the city said.";

/// The log so far.
pub struct Story {
    entries: Vec<Vec<u8>>,
    chain: Head,
    pub ledger: StatementId,
    /// How many entries the next signers have seen, if not all.
    pub seen: Option<u64>,
}

/// The ids of a story in which a verdict can be signed.
pub struct Case {
    pub scale: StatementId,
    pub claim: StatementId,
    pub source: StatementId,
    pub evidence: StatementId,
    pub other_evidence: StatementId,
}

impl Story {
    /// Entry 0, a reviewer, an editor, a scale and a policy of one approval.
    pub fn new() -> (Self, StatementId) {
        let mut story = Self {
            entries: Vec::new(),
            chain: Head::EMPTY,
            ledger: StatementId::from_bytes([0; 32]),
            seen: None,
        };
        let create = json!({
            "checkpointKey": key(CHECKPOINTS).public().to_string(),
            "holder": "mara",
            "organisation": {"name": "The Desk", "organisation": "desk"},
            "origin": ORIGIN, "rules": 1, "title": "Facts",
        });
        story.ledger = story.say(MARA, "ledger.create", &create);
        story.enroll(MARA, JONAS, "jonas", "desk", Role::Reviewer);
        story.enroll(MARA, EDITH, "edith", "desk", Role::Editor);
        let scale = json!({
            "entries": [{"code": "true", "label": "True", "needs": "support"}],
            "organisation": "desk", "scale": "steps", "title": "Steps", "version": 1,
        });
        let scale = story.say(MARA, "scale.set", &scale);
        let policy = json!({
            "approvals": 1, "conflictsDeclared": false, "evidenceNeeded": false, "holders": 1, "organisation": "desk", "organisations": 1,
            "roles": ["editor", "reviewer"], "tracedOrigins": 0,
        });
        story.say(MARA, "policy.set", &policy);
        (story, scale)
    }

    /// The same with two claims, a source and evidence from it about each, and a claim that nothing is about.
    pub fn with_case() -> (Self, Case) {
        let (mut story, scale) = Self::new();
        let claim = story.claim("The bridge was closed on Monday.");
        let other_claim = story.claim("It rained.");
        story.claim("This has nothing to do with either.");
        let digest = sha256(&[TEXT.as_bytes()]).to_string();
        let source = json!({
            "capture": {"captured": {
                "bytes": TEXT.len(), "captured": "2026-01-02T03:04:05Z", "holding": "held",
                "mediaType": "text/plain", "method": "file", "sha256": digest,
            }},
            "kind": "article", "publisher": "A Paper", "title": "Bridge closed",
        });
        let source = story.say(JONAS, "source.add", &source);
        let evidence = story.evidence(&claim, &source);
        let other_evidence = story.evidence(&other_claim, &source);
        let case = Case {
            scale,
            claim,
            source,
            evidence,
            other_evidence,
        };
        (story, case)
    }

    pub fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    /// The entry before the last: that of a verdict, where its approval came last.
    pub fn last_but_one(&self) -> EntryIndex {
        EntryIndex::new(self.size() - 2)
    }

    pub fn entries(&self) -> Entries {
        Entries::new(self.entries.clone())
    }

    pub fn claim(&mut self, text: &str) -> StatementId {
        let body =
            json!({"about": "fact", "claimants": "unknown", "text": text, "wording": "verbatim"});
        self.say(JONAS, "claim.add", &body)
    }

    pub fn evidence(&mut self, claim: &StatementId, source: &StatementId) -> StatementId {
        let body = json!({
            "claim": claim.to_string(), "source": source.to_string(), "stance": "supports",
        });
        self.say(JONAS, "evidence.add", &body)
    }

    /// The body of a verdict on the case's claim, whose corroboration is what the entries make.
    pub fn verdict(&self, case: &Case) -> Value {
        let (view, _) = self.entries().replay();
        let Ok(reading) = Reading::at(&view, TreeSize::new(self.size()));
        let Ok(place) = view.statement(&case.claim);
        let Ok(frozen) = frozen(&reading, place.unwrap().index, EntryIndex::FIRST);
        json!({
            "claim": case.claim.to_string(), "corroboration": frozen.unwrap().unwrap(),
            "evidence": [case.evidence.to_string()], "rating": "true", "reasons": "The city says so.",
            "scale": case.scale.to_string(),
        })
    }

    pub fn approve(&mut self, by: u8, verdict: &StatementId) -> StatementId {
        let body =
            json!({"conflict": "none", "decision": "approve", "verdict": verdict.to_string()});
        self.say(by, "verdict.attest", &body)
    }

    pub fn enroll(&mut self, by: u8, new: u8, holder: &str, organisation: &str, role: Role) {
        let words = possession::enroll(
            &self.ledger,
            &key(new).public(),
            &holder.parse().unwrap(),
            &organisation.parse().unwrap(),
            &[role],
            &key(by).public(),
        );
        let body = json!({
            "holder": holder, "key": key(new).public().to_string(), "organisation": organisation,
            "possession": key(new).sign(&words).to_string(), "roles": [role.as_str()],
        });
        self.say(by, "key.enroll", &body);
    }

    pub fn say(&mut self, by: u8, statement_type: &str, body: &Value) -> StatementId {
        self.say_with(by, statement_type, body, |_| {})
    }

    /// Says something after a last change to the statement.
    pub fn say_with(
        &mut self,
        by: u8,
        statement_type: &str,
        body: &Value,
        change: impl FnOnce(&mut Value),
    ) -> StatementId {
        let mut statement = json!({
            "body": body, "issued": "2026-01-02T03:04:05Z", "key": key(by).public().to_string(),
            "type": statement_type,
        });
        let seen = self.seen.unwrap_or(self.size());
        if seen > 0 {
            statement["ledger"] = json!(self.ledger.to_string());
            let first = self.entries.iter().take(usize::try_from(seen).unwrap());
            let leaves: Vec<_> = first.map(|entry| leaf_hash(entry)).collect();
            statement["seen"] = json!({"root": root_of(&leaves).to_string(), "size": seen});
        }
        change(&mut statement);
        let payload = statement.to_string().into_bytes();
        let signature = key(by).sign(&pae(&payload));
        let verified = Parsed::new(payload, signature).unwrap().verify().unwrap();
        let entry = Entry::place(&self.chain, UnixMillis::new(1_767_323_045_000), &verified);
        let bytes = entry.encode().unwrap();
        self.chain = entry.head_after(&bytes);
        self.entries.push(bytes);
        verified.id()
    }
}
