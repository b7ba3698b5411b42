//! Checking a dossier, offline:
//!
//! 1. the entries and hashes against the checkpoint's root;
//! 2. every entry's form, and its signature;
//! 3. the checkpoint's signature, by the keys that entry 0 and later events name, and by the one asked for;
//! 4. each signer's enrolment at its place, as far as the key events show;
//! 5. whether exactly what belongs to the subject is there;
//! 6. witnesses, by the policy brought along;
//! 7. the file's own sum.

use super::report::{Answer, Ingredients, NotProven, ProvenEntry, Report, SeenBy};
use super::select::{Lookup, select};
use super::signers::Signers;
use super::{Error, File};
use crate::crypto::PublicKey;
use crate::entry::{Entry, Head};
use crate::envelope::{Parsed, Verified};
use crate::model::attestation::Decision;
use crate::model::{Body, Statement, StatementId, StatementType};
use crate::tlog::merkle::leaf_hash;
use crate::tlog::note::VerifierKey;
use crate::tlog::policy::Policy;
use crate::tlog::proof::root_by_combined;
use std::collections::BTreeMap;

/// What the one who asks knows from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Pins {
    /// The ledger's id.
    pub ledger_id: Option<StatementId>,
    /// A key of the ledger's checkpoints.
    pub ledger_key: Option<VerifierKey>,
    /// The witnesses one trusts, and how many must have seen the head.
    pub witnesses: Option<Policy>,
}

/// Checks a dossier. Signatures are judged as the audit judges them, by ZIP-215.
pub fn verify(bytes: &[u8], pins: &Pins) -> Result<Report, Error> {
    let file = File::parse(bytes)?;
    included(&file)?;
    let Opened {
        entries,
        statements,
    } = open(&file)?;
    let (_, first) = statements
        .first()
        .filter(|(index, _)| *index == 0)
        .ok_or_else(|| Error::Incomplete {
            by: file.subject,
            what: "entry 0".to_owned(),
        })?;
    let ledger = first.id();
    for (index, statement) in &statements {
        if statement.ledger.is_some_and(|named| named != ledger) {
            return Err(Error::Entry {
                index: *index,
                code: "wrong-ledger",
                reason: "it was said to another ledger".to_owned(),
            });
        }
    }
    let vkey = checkpoint_key(&file, &statements, pins, &ledger)?;
    let signers = Signers::replay(&statements, &ledger)?;
    let proven = statements
        .iter()
        .zip(&entries)
        .map(|((index, statement), entry)| proven(*index, statement, entry, &signers))
        .collect::<Result<Vec<_>, _>>()?;
    let chosen = select(&Within::new(&statements), file.subject)?;
    if let Some((index, _)) = statements
        .iter()
        .find(|(index, _)| chosen.binary_search(index).is_err())
    {
        return Err(Error::Stray {
            index: *index,
            subject: file.subject,
        });
    }
    let mut not_proven = cannot_show(&file, &statements);
    let mut answer = Answer::Verified;
    if pins.ledger_id.is_none() && pins.ledger_key.is_none() {
        answer = Answer::CouldNotTell;
        not_proven.push(NotProven {
            what: "whose ledger this is",
            why: "neither its id nor its key was given".to_owned(),
        });
    }
    let seen_by = witnessed(&file, pins, &mut answer, &mut not_proven)?;
    File::check_sum(bytes)?;
    let head = file.checkpoint.checkpoint();
    Ok(Report {
        answer,
        origin: head.origin.to_string(),
        ledger: ledger.to_string(),
        vkey: vkey.to_string(),
        size: head.size,
        root: head.root.to_string(),
        subject: file.subject,
        entries: proven,
        seen_by,
        standing: ingredients(&statements, file.subject),
        not_proven,
    })
}

/// The entries of a file, and what each of them says.
struct Opened {
    entries: Vec<Entry>,
    statements: Vec<(u64, Verified)>,
}

/// Decodes every entry and opens its envelope; where two entries stand side by side, the chain between them too.
fn open(file: &File) -> Result<Opened, Error> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut parsed: Vec<Parsed> = Vec::new();
    let mut head = Head::EMPTY;
    for (index, bytes) in &file.entries {
        let refuse = |e: crate::entry::Error| Error::entry(*index, &e);
        let entry = Entry::decode(bytes).map_err(refuse)?;
        if head.next != *index {
            head = Head {
                next: *index,
                leaf: entry.previous,
                time: head.time,
            };
        }
        entry.follows(&head).map_err(refuse)?;
        head = entry.head_after(bytes);
        parsed.push(entry.envelope().map_err(refuse)?);
        entries.push(entry);
    }
    let opened = parsed.into_iter().map(Parsed::verify);
    let statements = opened
        .zip(&file.entries)
        .map(|(statement, (index, _))| {
            let statement = statement.map_err(|e| Error::envelope(*index, &e))?;
            Ok((*index, statement))
        })
        .collect::<Result<_, Error>>()?;
    Ok(Opened {
        entries,
        statements,
    })
}

fn included(file: &File) -> Result<(), Error> {
    let leaves: Vec<_> = file
        .entries
        .iter()
        .map(|(index, bytes)| (*index, leaf_hash(bytes)))
        .collect();
    let head = file.checkpoint.checkpoint();
    let root = root_by_combined(&leaves, head.size, &file.hashes).map_err(Error::Inclusion)?;
    if root == head.root {
        return Ok(());
    }
    Err(Error::Inclusion(crate::tlog::Error::ProofFails {
        size: head.size,
        found: root.to_string(),
        root: head.root.to_string(),
    }))
}

/// Every key that signs checkpoints by the entries shown, retired ones left out, must have none of its signatures
/// wrong, and one of them must have signed; so must the key asked for.
fn checkpoint_key(
    file: &File,
    statements: &[(u64, Verified)],
    pins: &Pins,
    ledger: &StatementId,
) -> Result<VerifierKey, Error> {
    let head = file.checkpoint.checkpoint();
    let mut keys: Vec<PublicKey> = Vec::new();
    let mut retired: Vec<(PublicKey, u64)> = Vec::new();
    for (index, statement) in statements {
        match &statement.body {
            Body::LedgerCreate(create) if create.origin != head.origin => {
                return Err(Error::OtherLedger {
                    found: head.origin.to_string(),
                    wanted: create.origin.to_string(),
                });
            }
            Body::LedgerCreate(create) => keys.push(create.checkpoint_key),
            Body::CheckpointRotate(rotate) => keys.push(rotate.new_key),
            Body::CheckpointRetire(retire) => {
                keys.retain(|key| *key != retire.key);
                retired.push((retire.key, *index));
            }
            _ => {}
        }
    }
    if let Some(wanted) = pins.ledger_id.filter(|wanted| wanted != ledger) {
        return Err(Error::OtherLedger {
            found: format!("ledger {ledger}"),
            wanted: format!("ledger {wanted}"),
        });
    }
    let trusted: Vec<VerifierKey> = keys
        .into_iter()
        .map(|key| VerifierKey::new(head.origin.clone(), key))
        .collect();
    let signed = file
        .checkpoint
        .verify(&trusted)
        .map_err(Error::Checkpoint)?;
    if let Some(wanted) = &pins.ledger_key {
        let gone = retired.iter().find(|(key, _)| key == wanted.key());
        return match file.checkpoint.verify(std::slice::from_ref(wanted)) {
            Ok(_) => Ok(wanted.clone()),
            // A dossier is no checked history: whoever has an old key could have written this rotation. The id, asked
            // for as well, vouches for what follows from entry 0.
            Err(_) if gone.is_some() && pins.ledger_id.is_some() => Ok(signed[0].clone()),
            Err(e) => Err(match gone {
                Some((_, entry)) => Error::RetiredKey {
                    vkey: wanted.to_string(),
                    entry: *entry,
                },
                None => Error::Checkpoint(e),
            }),
        };
    }
    Ok(signed[0].clone())
}

fn proven(
    index: u64,
    statement: &Verified,
    entry: &Entry,
    signers: &Signers,
) -> Result<ProvenEntry, Error> {
    let standing = signers.at(&statement.key, index)?;
    Ok(ProvenEntry {
        index,
        id: statement.id().to_string(),
        statement_type: statement.statement_type.as_str(),
        label: statement.label.as_ref().map(ToString::to_string),
        issued: statement.issued.to_string(),
        time: entry.time,
        holder: standing.holder.to_string(),
        organisation: standing.organisation.to_string(),
        roles: standing.roles,
        distrusted: standing.distrusted,
        statement: serde_json::from_slice(statement.payload())
            .expect("a payload that decoded as a statement is JSON"),
    })
}

fn cannot_show(file: &File, statements: &[(u64, Verified)]) -> Vec<NotProven> {
    let size = file.checkpoint.checkpoint().size;
    let mut not = vec![NotProven {
        what: "completeness",
        why: format!(
            "of {size} entries {} are here; that no attestation, evidence, withdrawal or key event was left out takes \
             an audit of the whole ledger",
            file.entries.len()
        ),
    }];
    let count = |of: &dyn Fn(&Body) -> bool| statements.iter().filter(|(_, s)| of(&s.body)).count();
    let bytes = count(&|body| {
        matches!(
            body,
            Body::SourceAdd(_) | Body::SourceCapture(_) | Body::ReviewRecord(_)
        )
    });
    if bytes > 0 {
        not.push(NotProven {
            what: "snapshots and excerpts",
            why: format!(
                "what the {bytes} sources and captures said is here by digest only, so no quotation was compared with \
                 its text"
            ),
        });
    }
    let withheld = count(&|body| matches!(body, Body::SnapshotWithhold(_)));
    if withheld > 0 {
        not.push(NotProven {
            what: "withheld snapshots",
            why: format!("{withheld} are no longer shown by the ledger"),
        });
    }
    not
}

fn witnessed(
    file: &File,
    pins: &Pins,
    answer: &mut Answer,
    not_proven: &mut Vec<NotProven>,
) -> Result<Vec<SeenBy>, Error> {
    let Some(policy) = &pins.witnesses else {
        not_proven.push(NotProven {
            what: "that others saw this head",
            why: "no witness policy was given".to_owned(),
        });
        return Ok(Vec::new());
    };
    let head = file.checkpoint.checkpoint();
    let of_this_log = |log: &&crate::tlog::policy::PolicyLog| *log.key.name() == head.origin;
    if !policy.logs.is_empty() {
        let keys: Vec<VerifierKey> = policy
            .logs
            .iter()
            .filter(of_this_log)
            .map(|log| log.key.clone())
            .collect();
        file.checkpoint.verify(&keys).map_err(Error::Checkpoint)?;
    }
    let judged = policy.judge(&file.checkpoint).map_err(Error::Checkpoint)?;
    if !judged.quorum {
        *answer = Answer::CouldNotTell;
        not_proven.push(NotProven {
            what: "that enough witnesses saw this head",
            why: format!(
                "{} of the policy's witnesses cosigned it, fewer than its quorum",
                judged.by.len()
            ),
        });
    }
    Ok(judged
        .by
        .iter()
        .map(|c| SeenBy {
            witness: c.by.name().to_string(),
            time: c.time,
        })
        .collect())
}

fn ingredients(statements: &[(u64, Verified)], subject: u64) -> Ingredients {
    let mut found = Ingredients::default();
    let Some((_, about)) = statements.iter().find(|(index, _)| *index == subject) else {
        return found;
    };
    let id = about.id();
    for (index, statement) in statements {
        match &statement.body {
            Body::VerdictAttest(attest) if attest.verdict == id => match attest.decision {
                Decision::Approve => found.approvals.push(*index),
                Decision::Reject => found.rejections.push(*index),
                _ => found.other_attestations.push(*index),
            },
            Body::VerdictPublish(publish) if publish.verdict == id => {
                found.publications.push(*index);
            }
            Body::VerdictIssue(verdict)
                if verdict
                    .correction
                    .as_ref()
                    .is_some_and(|c| c.supersedes == id) =>
            {
                found.successors.push(*index);
            }
            Body::Withdraw(_) => found.withdrawals.push(*index),
            Body::DisputeOpen(_) => found.disputes.push(*index),
            Body::PolicySet(_) => found.policies.push(*index),
            _ => {}
        }
    }
    found
}

/// The entries of a dossier as a ledger of their own.
struct Within<'a> {
    statements: BTreeMap<u64, &'a Verified>,
    places: BTreeMap<StatementId, u64>,
    naming: BTreeMap<StatementId, Vec<u64>>,
}

impl<'a> Within<'a> {
    fn new(statements: &'a [(u64, Verified)]) -> Self {
        let mut naming: BTreeMap<StatementId, Vec<u64>> = BTreeMap::new();
        for (index, statement) in statements {
            for named in statement.named() {
                naming.entry(named.id).or_default().push(*index);
            }
        }
        Self {
            statements: statements.iter().map(|(i, s)| (*i, s)).collect(),
            places: statements.iter().map(|(i, s)| (s.id(), *i)).collect(),
            naming,
        }
    }

    fn found(&self, index: u64) -> Result<&'a Verified, Error> {
        let found = self.statements.get(&index);
        found.copied().ok_or_else(|| Error::Incomplete {
            by: index,
            what: format!("entry {index}"),
        })
    }
}

impl Lookup for Within<'_> {
    type Error = Error;

    fn statement(&self, index: u64) -> Result<Statement, Error> {
        self.found(index).map(|verified| (**verified).clone())
    }

    fn place(&self, id: &StatementId) -> Result<Option<u64>, Error> {
        Ok(self.places.get(id).copied())
    }

    fn naming(&self, index: u64) -> Result<Vec<u64>, Error> {
        let id = self.found(index)?.id();
        Ok(self.naming.get(&id).cloned().unwrap_or_default())
    }

    fn of_type(&self, statement_type: StatementType) -> Result<Vec<u64>, Error> {
        let all = self.statements.iter();
        let of = all.filter(|(_, s)| s.statement_type == statement_type);
        Ok(of.map(|(index, _)| *index).collect())
    }

    fn id(&self, index: u64) -> Result<StatementId, Error> {
        self.found(index).map(Verified::id)
    }
}
