//! Dossiers made from the bytes of a log's entries without asking the rules: the file that `prove` would make, and one
//! that holds the whole log.

use claimledger_core::crypto::{Digest, SecretKey};
use claimledger_core::dossier::{self, File, Lookup, Pins, heads, select};
use claimledger_core::encoding::name::Origin;
use claimledger_core::entry::Entry;
use claimledger_core::envelope::{Parsed, pae};
use claimledger_core::model::{Statement, StatementId, StatementType};
use claimledger_core::rules::{Candidate, Changes, MemoryView, Refusal, Rejection, View as _};
use claimledger_core::rules::{admit, checkpoint_keys};
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::combined::combined_spans;
use claimledger_core::tlog::merkle::{Frontier, leaf_hash, root_of};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::{CHECKPOINTS, key};
use std::collections::{BTreeMap, BTreeSet};

/// The entries of a log, and what each of them claims to say.
pub struct Entries {
    pub bytes: Vec<Vec<u8>>,
    parsed: Vec<Parsed>,
    places: BTreeMap<StatementId, EntryIndex>,
    naming: BTreeMap<StatementId, Vec<EntryIndex>>,
}

impl Entries {
    pub fn new(bytes: Vec<Vec<u8>>) -> Self {
        let read = |bytes: &Vec<u8>| Entry::decode(bytes).unwrap().envelope().unwrap();
        let parsed: Vec<Parsed> = bytes.iter().map(read).collect();
        let mut places = BTreeMap::new();
        let mut naming: BTreeMap<StatementId, Vec<EntryIndex>> = BTreeMap::new();
        for (statement, index) in parsed.iter().zip((0..).map(EntryIndex::new)) {
            places.entry(statement.id()).or_insert(index);
            let named: BTreeSet<StatementId> =
                statement.claimed().named().iter().map(|n| n.id).collect();
            for id in named {
                naming.entry(id).or_default().push(index);
            }
        }
        Self {
            bytes,
            parsed,
            places,
            naming,
        }
    }

    /// The same with one more entry, unrelated to the others; its signer does not matter.
    pub fn and_another(&self) -> Self {
        let last = self.bytes.last().expect("an entry");
        let chain = Entry::decode(last).unwrap().head_after(last);
        let statement = serde_json::json!({
            "body": {"about": "fact", "claimants": "unknown", "text": "It rains.", "wording": "verbatim"},
            "issued": "2026-01-01T00:00:00Z",
            "key": key(200).public().to_string(),
            "ledger": self.parsed[0].id().to_string(),
            "seen": {"root": "00".repeat(32), "size": 1},
            "type": "claim.add",
        });
        let payload = statement.to_string().into_bytes();
        let signature = key(200).sign(&pae(&payload));
        let statement = Parsed::new(payload, signature).unwrap().verify().unwrap();
        let entry = Entry::place(&chain, chain.time, &statement);
        let mut bytes = self.bytes.clone();
        bytes.push(entry.encode().unwrap());
        Self::new(bytes)
    }

    /// A line for each entry: who said what about which entries, for a failed test.
    pub fn story(&self) -> String {
        let place = |id: &StatementId| self.parsed.iter().position(|parsed| parsed.id() == *id);
        let lines = self.parsed.iter().zip(0..).map(|(parsed, index)| {
            let said = parsed.claimed();
            let named: Vec<String> = said
                .named()
                .iter()
                .map(|named| format!("{} {:?}", named.field, place(&named.id).unwrap_or_default()))
                .collect();
            let seen = said.seen.map(|seen| seen.size.get()).unwrap_or_default();
            let (of, key) = (said.statement_type, said.key.to_string());
            format!(
                "{index} {of} by {} seen {seen} {}\n",
                &key[..4],
                named.join(", ")
            )
        });
        lines.collect()
    }

    pub fn size(&self) -> TreeSize {
        TreeSize::new(self.bytes.len() as u64)
    }

    /// The rule state after them, as the audit has it, and the first refusal with its entry.
    pub fn replay(&self) -> (MemoryView, Option<(EntryIndex, Rejection)>) {
        let mut view = MemoryView::default();
        let mut tree = Frontier::new();
        let mut first = None;
        for (bytes, parsed) in self.bytes.iter().zip(&self.parsed) {
            let entry = Entry::decode(bytes).unwrap();
            let statement = parsed.clone().verify().unwrap();
            let candidate = Candidate {
                index: entry.index,
                time: entry.time,
                statement: &statement,
            };
            let changes = match admit(&view, &candidate) {
                Ok(changes) => changes,
                Err(Refusal::Rejected(rejection)) => {
                    first = first.or(Some((entry.index, rejection)));
                    Changes::default()
                }
                Err(Refusal::View(never)) => match never {},
            };
            tree.push(leaf_hash(bytes));
            view.apply(&changes, tree.root());
        }
        (view, first)
    }

    /// The head of all of them, signed by every key that must; all keys of tests are those of seeds of equal bytes.
    pub fn head(&self) -> (SignedCheckpoint, VerifierKey) {
        let (view, _) = self.replay();
        let Ok(ledger) = view.ledger();
        let origin: Origin = match ledger {
            Some(ledger) => ledger.origin,
            None => claimledger_testing::ORIGIN.parse().unwrap(),
        };
        let Ok(mut keys) = checkpoint_keys(&view, self.size());
        if keys.is_empty() {
            keys.push(key(CHECKPOINTS).public());
        }
        let checkpoint = Checkpoint {
            origin: origin.clone(),
            size: self.size(),
            root: root_of(&self.leaves()),
        };
        let signed = keys.iter().map(|public| {
            let secret: SecretKey = (0..=255)
                .map(key)
                .find(|secret| secret.public() == *public)
                .expect("a key of the tests");
            let vkey = VerifierKey::new(origin.clone(), *public);
            SignedCheckpoint::sign(checkpoint.clone(), &vkey, |text| secret.sign(text))
        });
        let signed = signed.reduce(|all, one| all.with_signatures(one.note().signatures()));
        (signed.unwrap(), VerifierKey::new(origin, keys[0]))
    }

    fn leaves(&self) -> Vec<Digest> {
        self.bytes.iter().map(|bytes| leaf_hash(bytes)).collect()
    }

    /// A file with these entries in it.
    pub fn file(&self, subject: EntryIndex, indices: &[EntryIndex]) -> File {
        self.file_under(self.head().0, subject, indices)
    }

    /// The same under a head that was signed elsewhere.
    pub fn file_under(
        &self,
        checkpoint: SignedCheckpoint,
        subject: EntryIndex,
        indices: &[EntryIndex],
    ) -> File {
        let at = |number: u64| usize::try_from(number).unwrap();
        let statements = indices
            .iter()
            .map(|index| self.parsed[at(index.get())].claimed());
        let heads = heads(statements, self.size());
        let spans = combined_spans(indices, &heads, self.size()).unwrap();
        let leaves = self.leaves();
        File {
            subject,
            entries: indices
                .iter()
                .map(|index| (*index, self.bytes[at(index.get())].clone()))
                .collect(),
            texts: BTreeMap::new(),
            hashes: spans
                .iter()
                .map(|span| root_of(&leaves[at(span.start)..at(span.end)]))
                .collect(),
            checkpoint,
        }
    }

    /// The file that holds them all.
    pub fn whole(&self, subject: EntryIndex) -> File {
        self.file(subject, &self.size().indices().collect::<Vec<EntryIndex>>())
    }

    /// The file that `prove` would make; an error where something is named that is nowhere.
    pub fn chosen(&self, subject: EntryIndex) -> Result<File, dossier::Error> {
        Ok(self.file(subject, &select(self, subject)?))
    }

    /// Checks a file of these entries under the key of their ledger.
    pub fn verify(&self, file: &File) -> Result<dossier::DossierReport, dossier::Error> {
        let pins = Pins {
            ledger_key: Some(self.head().1),
            ..Pins::default()
        };
        dossier::verify(&file.print(), &pins)
    }

    /// Where a statement stands that is there.
    pub fn place(&self, id: &StatementId) -> EntryIndex {
        let (view, _) = self.replay();
        let Ok(fact) = claimledger_core::rules::View::statement(&view, id);
        fact.expect("it is there").index
    }

    fn at(&self, index: EntryIndex) -> Result<&Parsed, dossier::Error> {
        let parsed = usize::try_from(index.get())
            .ok()
            .and_then(|i| self.parsed.get(i));
        parsed.ok_or_else(|| dossier::Error::Incomplete {
            by: index,
            what: format!("entry {index}"),
        })
    }
}

impl Lookup for Entries {
    type Error = dossier::Error;

    fn statement(&self, index: EntryIndex) -> Result<Statement, dossier::Error> {
        Ok(self.at(index)?.claimed().clone())
    }

    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, dossier::Error> {
        Ok(self.places.get(id).copied())
    }

    fn naming(&self, index: EntryIndex) -> Result<Vec<EntryIndex>, dossier::Error> {
        let id = self.at(index)?.id();
        Ok(self.naming.get(&id).cloned().unwrap_or_default())
    }

    fn of_type(&self, statement_type: StatementType) -> Result<Vec<EntryIndex>, dossier::Error> {
        let all = self.parsed.iter().zip(self.size().indices());
        let of = all.filter(|(parsed, _)| parsed.claimed().statement_type == statement_type);
        Ok(of.map(|(_, index)| index).collect())
    }

    fn id(&self, index: EntryIndex) -> Result<StatementId, dossier::Error> {
        Ok(self.at(index)?.id())
    }
}
