//! Small ledgers with seeded keys, written entry by entry: statements as JSON, without checking the rules.

use claimledger::host::disk::Disk;
use claimledger::index::{Index, MemoryRows};
use claimledger::store::{Files, Home};
use claimledger_core::crypto::{Digest, PublicKey, SecretKey, sha256};
use claimledger_core::entry::{Entry, Head};
use claimledger_core::envelope::{Parsed, pae};
use claimledger_core::log::Log;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::tiles::read_entries;
use claimledger_core::model::{StatementId, possession};
use claimledger_core::rules::frozen;
use claimledger_core::rules::{Reading, View as _};
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::merkle::{Frontier, FullTile, leaf_hash};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind};
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// The key of a seed of 32 equal bytes.
pub fn secret(byte: u8) -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([byte; 32]))
}

/// The seed of the founder's key.
pub const ANNA: u8 = 11;
/// The seed of the second reviewer's key.
pub const BEN: u8 = 12;
/// The seed of the checkpoint key.
pub const LEDGER: u8 = 13;

/// A ledger that accepts entries without checking the rules, and signs its own heads.
pub struct Desk<D: Disk> {
    home: Home<D>,
    origin: String,
    frontier: Frontier,
    head: Head,
    /// The id of the ledger; none before entry 0.
    pub ledger: Option<StatementId>,
    pending: Vec<Vec<u8>>,
    full: Vec<FullTile>,
    committed: TreeSize,
}

impl<D: Disk> Desk<D> {
    /// An empty ledger.
    pub fn new(disk: D, origin: &str) -> Self {
        Self {
            home: Home::open_to_write(disk, &|_| false).unwrap(),
            origin: origin.to_owned(),
            frontier: Frontier::new(),
            head: Head::EMPTY,
            ledger: None,
            pending: Vec::new(),
            full: Vec::new(),
            committed: TreeSize::EMPTY,
        }
    }

    /// A ledger with its founder and a second reviewer.
    pub fn founded(disk: D, origin: &str) -> Self {
        let mut desk = Self::new(disk, origin);
        let create = desk.say(
            ANNA,
            "ledger.create",
            json!({
                "checkpointKey": secret(LEDGER).public().to_string(),
                "holder": "anna",
                "organisation": {"name": "The Desk", "organisation": "desk"},
                "origin": origin,
                "rules": 1,
                "title": "Facts",
            }),
        );
        desk.ledger = Some(create);
        desk.enroll(ANNA, BEN, "ben");
        desk.commit();
        desk
    }

    /// The verifier key of the checkpoints.
    pub fn vkey(&self) -> VerifierKey {
        VerifierKey::new(self.origin.parse().unwrap(), secret(LEDGER).public())
    }

    /// Where the ledger is.
    pub fn disk(&self) -> &D {
        self.home.disk()
    }

    /// Entries placed so far, committed or not.
    pub fn size(&self) -> TreeSize {
        self.frontier.size()
    }

    /// Enrols the key of the seed `new` as a reviewer of the desk.
    pub fn enroll(&mut self, by: u8, new: u8, holder: &str) -> StatementId {
        let role = claimledger_core::model::organisation::Role::Reviewer;
        let words = possession::enroll(
            &self.ledger.unwrap(),
            &secret(new).public(),
            &holder.parse().unwrap(),
            &"desk".parse().unwrap(),
            &[role],
            &secret(by).public(),
        );
        let body = json!({
            "holder": holder,
            "key": secret(new).public().to_string(),
            "organisation": "desk",
            "possession": secret(new).sign(&words).to_string(),
            "roles": ["reviewer"],
        });
        self.say(by, "key.enroll", body)
    }

    /// Adds a statement; `seen` is the last committed head if the type needs one.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a body is said once, and built where it is said"
    )]
    pub fn say(&mut self, by: u8, statement_type: &str, body: Value) -> StatementId {
        let parsed = self.signed(by, statement_type, &body);
        self.place(parsed)
    }

    /// The signed statement, not yet placed.
    pub fn signed(&self, by: u8, statement_type: &str, body: &Value) -> Parsed {
        let mut statement = json!({
            "body": body,
            "issued": "2026-01-02T03:04:05Z",
            "key": secret(by).public().to_string(),
            "type": statement_type,
        });
        if let Some(ledger) = self.ledger {
            statement["ledger"] = json!(ledger.to_string());
        }
        let needs = [
            "verdict.issue",
            "verdict.attest",
            "withdraw",
            "dispute.open",
        ];
        if needs.contains(&statement_type) {
            let root = claimledger_core::log::tiles::root_at(&self.home, self.committed).unwrap();
            statement["seen"] = json!({"root": root.to_string(), "size": self.committed});
        }
        let payload = statement.to_string().into_bytes();
        let signature = secret(by).sign(&pae(&payload));
        Parsed::new(payload, signature).unwrap()
    }

    /// Makes a statement the next entry.
    pub fn place(&mut self, parsed: Parsed) -> StatementId {
        let verified = parsed.verify_strict().unwrap();
        let id = verified.id();
        let entry = Entry::place(&self.head, UnixMillis::new(1_767_323_045_000), &verified);
        let bytes = entry.encode().unwrap();
        self.head = entry.head_after(&bytes);
        self.full.extend(self.frontier.push(leaf_hash(&bytes)));
        self.pending.push(bytes);
        id
    }

    /// The signed head over everything placed so far.
    pub fn signed_head(&self) -> SignedCheckpoint {
        let checkpoint = Checkpoint {
            origin: self.origin.parse().unwrap(),
            size: self.frontier.size(),
            root: self.frontier.root(),
        };
        SignedCheckpoint::sign(checkpoint, &self.vkey(), |text| secret(LEDGER).sign(text))
    }

    /// Writes what was placed since the last commit, and its head.
    pub fn commit(&mut self) -> SignedCheckpoint {
        let (old, new) = (self.committed, self.frontier.size());
        let first = old.get() / TILE_WIDTH;
        let start = EntryIndex::new(first * TILE_WIDTH);
        let mut all = read_entries(&self.home, start, old, old).unwrap();
        all.append(&mut self.pending);
        let mut files = Vec::new();
        for path in tile::changed(old, new) {
            let bytes = match path.kind {
                TileKind::Entries => {
                    let from = usize::try_from((path.index - first) * TILE_WIDTH).unwrap();
                    let slice = &all[from..from + usize::from(path.width)];
                    let slice: Vec<&[u8]> = slice.iter().map(Vec::as_slice).collect();
                    tile::encode_bundle(&slice).unwrap()
                }
                TileKind::Hashes(level) => {
                    let full = self
                        .full
                        .iter()
                        .find(|t| (t.level, t.index) == (level, path.index));
                    if let Some(tile) = full {
                        tile::encode_hashes(&tile.hashes)
                    } else {
                        let mut edge = self.frontier.partials();
                        let found = edge.find(|(l, i, _)| (*l, *i) == (level, path.index));
                        tile::encode_hashes(found.unwrap().2)
                    }
                }
            };
            files.push((path, bytes));
        }
        let signed = self.signed_head();
        self.home.commit(&files, &signed.to_bytes()).unwrap();
        self.committed = new;
        self.full.clear();
        signed
    }

    /// A source whose text is kept beside the log.
    pub fn source(&mut self, title: &str, text: &str) -> StatementId {
        let digest = sha256(&[text.as_bytes()]);
        let path = path_of(&digest);
        self.disk().write_synced(&path, text.as_bytes()).unwrap();
        let body = source_body(title, text, &digest);
        self.say(ANNA, "source.add", body)
    }

    /// A claim by the founder.
    pub fn claim(&mut self, text: &str) -> StatementId {
        let body = json!({
            "about": "fact",
            "claimants": "unknown",
            "text": text,
            "wording": "verbatim",
        });
        self.say(ANNA, "claim.add", body)
    }
}

/// The body of a source: an article whose snapshot is held.
pub fn source_body(title: &str, text: &str, digest: &Digest) -> Value {
    json!({
        "capture": {"captured": {
            "bytes": text.len(),
            "captured": "2026-01-02T03:04:05Z",
            "holding": "held",
            "mediaType": "text/plain",
            "method": "file",
            "sha256": digest.to_string(),
        }},
        "kind": "article",
        "publisher": "A Paper",
        "title": title,
    })
}

/// A ledger of `size` entries: sources and claims that the rules let in.
pub fn filled<D: Disk>(disk: D, origin: &str, size: u64) -> Desk<D> {
    let mut desk = Desk::founded(disk, origin);
    grow(&mut desk, size, "");
    desk
}

/// Continues to `size` entries; another `mark` gives a different history.
pub fn grow<D: Disk>(desk: &mut Desk<D>, size: u64, mark: &str) {
    while desk.size() < TreeSize::new(size) {
        let number = desk.size();
        desk.claim(&format!("claim {number}{mark}"));
    }
    desk.commit();
}

/// A verdict with everything around it, and things unrelated to it. Returns the verdict's entry.
pub fn case<D: Disk>(desk: &mut Desk<D>) -> EntryIndex {
    let scale = desk.say(
        ANNA,
        "scale.set",
        json!({
            "entries": [{"code": "true", "label": "True", "needs": "support"}],
            "organisation": "desk", "scale": "steps", "title": "Steps", "version": 1,
        }),
    );
    desk.say(
        ANNA,
        "policy.set",
        json!({
            "approvals": 1, "conflictsDeclared": false, "evidenceNeeded": false, "holders": 1, "organisation": "desk", "organisations": 1,
            "roles": ["reviewer"], "tracedOrigins": 0,
        }),
    );
    let claim = desk.claim("The bridge was closed on Monday.");
    let other_claim = desk.claim("Nobody asked about this.");
    let paper = desk.source("Bridge closed", "The bridge was closed, the city said.");
    let city = desk.source("Notice", "We close the bridge on Monday.");
    let unrelated = desk.source("Weather", "It rained.");
    desk.say(
        ANNA,
        "source.relate",
        json!({
            "basis": {"judgement": "it quotes the notice"}, "from": paper.to_string(),
            "relation": "wasQuotedFrom", "to": city.to_string(),
        }),
    );
    desk.say(
        ANNA,
        "source.relate",
        json!({
            "basis": {"judgement": "another newsroom"}, "from": unrelated.to_string(),
            "relation": "wasQuotedFrom", "to": city.to_string(),
        }),
    );
    desk.say(
        ANNA,
        "origin.assess",
        json!({
            "assessment": "firstHand", "claim": claim.to_string(), "how": "it closed it",
            "source": city.to_string(),
        }),
    );
    let evidence = desk.say(
        ANNA,
        "evidence.add",
        json!({
            "claim": claim.to_string(), "source": paper.to_string(), "stance": "supports",
            "via": [city.to_string()],
        }),
    );
    desk.say(
        ANNA,
        "evidence.add",
        json!({"claim": other_claim.to_string(), "source": unrelated.to_string(), "stance": "context"}),
    );
    desk.commit();
    let corroboration = corroboration(desk, &claim);
    let verdict = desk.say(
        ANNA,
        "verdict.issue",
        json!({
            "claim": claim.to_string(), "corroboration": corroboration,
            "evidence": [evidence.to_string()], "rating": "true", "reasons": "The notice says so.",
            "scale": scale.to_string(),
        }),
    );
    let index = desk.size().last().unwrap();
    desk.commit();
    desk.say(
        BEN,
        "verdict.attest",
        json!({"conflict": "none", "decision": "approve", "verdict": verdict.to_string()}),
    );
    desk.commit();
    index
}

/// What a verdict on this claim freezes at the committed head.
fn corroboration<D: Disk>(desk: &Desk<D>, claim: &StatementId) -> Value {
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    let (size, root) = (log.head().size, log.head().root);
    let mut index = Index::open(MemoryRows::default()).unwrap();
    index.catch_up(&reader, size, &root, &mut |_| {}).unwrap();
    let view = index.view(&reader);
    let place = view.statement(claim).unwrap().unwrap().index;
    let reading = Reading::at(&view, size).unwrap();
    json!(
        frozen(&reading, place, EntryIndex::FIRST)
            .unwrap()
            .unwrap()
            .unwrap()
    )
}

/// The public key of a seed.
pub fn public(byte: u8) -> PublicKey {
    secret(byte).public()
}
