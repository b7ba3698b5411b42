//! Verifies a dossier, offline:
//!
//! 1. every entry's form, and the chain between neighbours;
//! 2. the entries and hashes against the checkpoint's root;
//! 3. every signature;
//! 4. whether the file has exactly what belongs to the subject, unless it holds the whole log;
//! 5. every entry by the rules of the log;
//! 6. every quotation against its text, where the file has it;
//! 7. the checkpoint's signatures, by the keys that must sign it, and by the expected key;
//! 8. witnesses, by the reader's policy;
//! 9. the file's own sum.

use super::judge::{JudgedEntries, OpenedEntry, judge};
use super::lookup::DossierEntries;
use super::quotations;
use super::report::{
    ComparedQuotations, DossierReport, NotProven, ProvenEntry, SeenBy, Verification,
};
use super::select::{heads, select};
use super::{Error, File};
use crate::entry::{Entry, Head};
use crate::envelope::Parsed;
use crate::message;
use crate::model::{Body, StatementId};
use crate::rules::key_event::KEY_EVENTS;
use crate::tlog::combined::Combined;
use crate::tlog::merkle::leaf_hash;
use crate::tlog::note::VerifierKey;
use crate::tlog::policy::WitnessPolicy;
use crate::tlog::{EntryIndex, TreeSize};

/// What the reader knows from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Pins {
    /// The ledger's id.
    pub ledger_id: Option<StatementId>,
    /// A key that signs the ledger's checkpoints.
    pub ledger_key: Option<VerifierKey>,
    /// The witnesses that the reader trusts, and how many must have seen the head.
    pub witnesses: Option<WitnessPolicy>,
}

/// Checks a dossier: one file that proves a whole verdict, offline and without the ledger.
///
/// Every entry in it is judged by the rules of the log. Signatures are judged as the audit judges them, by ZIP-215. Give
/// the ledger's id or key in `pins`: without one, anybody could have made the ledger, and the answer is
/// [`Verification::CouldNotTell`]. The report also says what the file does not show.
///
/// # Errors
///
/// The file proves nothing: it is malformed, altered or forged, lacks an entry, or is of another ledger.
///
/// # Examples
///
/// ```
/// use claimledger_core::{Body, EntryIndex, Pins, Verification, verify_dossier};
///
/// let file = std::fs::read("examples-data/lorries.dossier")?;
/// let pins = Pins {
///     ledger_key: Some("desk.example/facts+b4e266d3+ARxWLb095m9fCVeoXHQ2+Chjg4El8lLqOFYPtCOXrPth".parse()?),
///     ..Pins::default()
/// };
/// let report = verify_dossier(&file, &pins)?;
/// assert_eq!(report.answer, Verification::Verified);
/// assert_eq!(report.standing.approvals, [EntryIndex::new(25)]);
///
/// let subject = report.entry(report.subject).ok_or("no subject")?;
/// let Body::VerdictIssue(verdict) = &subject.statement.body else {
///     return Err("not a verdict".into());
/// };
/// assert_eq!(subject.holder.as_str(), "jonas");
/// assert_eq!(verdict.rating.as_str(), "mostly-false");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A forged dossier. All its signatures and hashes are right, but the author of the verdict approved their own work:
///
/// ```
/// use claimledger_core::{Pins, verify_dossier};
///
/// let file = std::fs::read("examples-data/forged.dossier")?;
/// let pins = Pins {
///     ledger_key: Some("desk.example/facts+f51172c0+ASvCgAszFuAJIJ/9dX2rGczwroS8eukGVOHoFxLScPZT".parse()?),
///     ..Pins::default()
/// };
/// let error = verify_dossier(&file, &pins).unwrap_err();
/// assert_eq!(error.code(), "own-statement");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(bytes: &[u8], pins: &Pins) -> Result<DossierReport, Error> {
    let file = File::parse(bytes)?;
    let head = file.checkpoint.checkpoint();
    let (entries, parsed) = read(&file)?;
    let tree = included(&file, &parsed)?;
    let said = opened(&entries, parsed)?;
    let ledger = identity(&file, &said, pins)?;
    if (said.len() as u64) < head.size.get() {
        belong(&said, file.subject)?;
    }
    let mut judged = judge(said, file.subject, &tree, head.size)?;
    let vkey = checkpoint_key(&file, &judged, pins)?;
    let subject = judged.entries.iter().find(|e| e.index == file.subject);
    let subject = subject.map(|entry| entry.statement.id());
    let subject = subject.ok_or_else(|| Error::Incomplete {
        by: file.subject,
        what: "the subject itself".to_owned(),
    })?;
    let mut answer = Verification::Verified;
    for not in &mut judged.doubts {
        let entry = judged.entries.iter().find(|e| e.index == not.entry);
        not.decides = entry.is_none_or(|entry| rests_on(file.subject, &subject, entry));
        if not.decides {
            answer = Verification::CouldNotTell;
        }
    }
    let quotations = quotations::check(&file, &judged.entries)?;
    let mut not_proven = not_here(&judged.entries, &quotations);
    if pins.ledger_id.is_none() && pins.ledger_key.is_none() {
        answer = Verification::CouldNotTell;
        not_proven.push(NotProven {
            what: "whose ledger this is",
            why: "neither its id nor its key was given".to_owned(),
        });
    }
    let seen_by = witnessed(&file, pins, &mut answer, &mut not_proven)?;
    File::check_sum(bytes)?;
    Ok(DossierReport {
        answer,
        origin: head.origin.clone(),
        ledger,
        vkey,
        size: head.size,
        root: head.root,
        subject: file.subject,
        standing: DossierReport::ingredients(&judged.entries, &subject),
        verdict: judged.standing,
        quotations,
        left_out: left_out(judged.entries.len() as u64, head.size),
        entries: judged.entries,
        facts: judged.facts,
        seen_by,
        not_judged: judged.doubts,
        not_proven,
    })
}

/// Decodes every entry and reads its envelope. Where two entries are neighbours, it also checks the chain between
/// them.
fn read(file: &File) -> Result<(Vec<Entry>, Vec<Parsed>), Error> {
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
    Ok((entries, parsed))
}

/// Checks every signature.
fn opened(entries: &[Entry], parsed: Vec<Parsed>) -> Result<Vec<OpenedEntry>, Error> {
    let answers = parsed.into_iter().map(Parsed::verify);
    answers
        .zip(entries)
        .map(|(answer, entry)| {
            let statement = answer.map_err(|e| Error::envelope(entry.index, &e))?;
            Ok((entry.index, entry.time, statement))
        })
        .collect()
}

/// The ledger's id: that of entry 0, which must be in the file and have the expected id.
fn identity(file: &File, said: &[OpenedEntry], pins: &Pins) -> Result<StatementId, Error> {
    let first = said
        .first()
        .filter(|(index, _, _)| *index == EntryIndex::FIRST);
    let Some((_, _, first)) = first else {
        return Err(Error::Incomplete {
            by: file.subject,
            what: "entry 0".to_owned(),
        });
    };
    let ledger = first.id();
    if let Some(wanted) = pins.ledger_id.filter(|wanted| *wanted != ledger) {
        return Err(Error::OtherLedger {
            found: message!("ledger {ledger}", ledger),
            wanted: message!("ledger {wanted}", wanted),
        });
    }
    Ok(ledger)
}

/// Refuses a file that lacks an entry that belongs to its subject, or has one that does not.
fn belong(said: &[OpenedEntry], subject: EntryIndex) -> Result<(), Error> {
    let chosen = select(&DossierEntries::new(said), subject)?;
    let mut indices = said.iter().map(|(index, _, _)| *index);
    match indices.find(|index| chosen.binary_search(index).is_err()) {
        None => Ok(()),
        Some(index) => Err(Error::Stray { index, subject }),
    }
}

/// Whether the subject's rating or approval depends on an entry. Statements after the subject change neither, except
/// attestations of it and what decides who may attest.
fn rests_on(subject: EntryIndex, id: &StatementId, entry: &ProvenEntry) -> bool {
    let statement = &entry.statement;
    entry.index <= subject
        || KEY_EVENTS.contains(&statement.statement_type)
        || match &statement.body {
            Body::VerdictAttest(attest) => attest.verdict == *id,
            Body::OrganisationSet(_)
            | Body::RulesUpgrade(_)
            | Body::CheckpointRotate(_)
            | Body::CheckpointRetire(_) => true,
            _ => false,
        }
}

/// The tree given by the entries and hashes of the file; refused if its root is not the checkpoint's.
fn included(file: &File, parsed: &[Parsed]) -> Result<Combined, Error> {
    let leaves: Vec<_> = file
        .entries
        .iter()
        .map(|(index, bytes)| (*index, leaf_hash(bytes)))
        .collect();
    let head = file.checkpoint.checkpoint();
    let heads = heads(parsed.iter().map(Parsed::claimed), head.size);
    let tree = Combined::new(&leaves, &heads, head.size, &file.hashes).map_err(Error::Inclusion)?;
    if tree.root() == head.root {
        return Ok(tree);
    }
    Err(Error::Inclusion(crate::tlog::Error::ProofFails {
        size: head.size,
        found: tree.root().to_string(),
        root: head.root.to_string(),
    }))
}

/// Checks that each key that must sign a head of this size, by the entries shown, has signed it, and so has the
/// expected key.
fn checkpoint_key(file: &File, judged: &JudgedEntries, pins: &Pins) -> Result<VerifierKey, Error> {
    let head = file.checkpoint.checkpoint();
    if judged.origin != head.origin {
        return Err(Error::OtherLedger {
            found: head.origin.to_string().into(),
            wanted: judged.origin.to_string().into(),
        });
    }
    let keys = judged.checkpoint_keys.iter();
    let keys: Vec<VerifierKey> = keys
        .map(|key| VerifierKey::new(head.origin.clone(), *key))
        .collect();
    for key in &keys {
        let by = std::slice::from_ref(key);
        file.checkpoint.verify(by).map_err(Error::Checkpoint)?;
    }
    let first = keys.first().ok_or_else(|| {
        Error::Checkpoint(crate::tlog::Error::NotSigned {
            wanted: "a key that is not retired".to_owned(),
        })
    })?;
    let Some(wanted) = &pins.ledger_key else {
        return Ok(first.clone());
    };
    let retired = judged.retired.iter().find(|(key, _)| key == wanted.key());
    match file.checkpoint.verify(std::slice::from_ref(wanted)) {
        Ok(_) => Ok(wanted.clone()),
        // A dossier is not a complete history: the owner of an old key could have written this rotation. If the reader
        // also gave the ledger's id, the id vouches for what follows from entry 0.
        Err(_) if retired.is_some() && pins.ledger_id.is_some() => Ok(first.clone()),
        Err(e) => Err(match retired {
            Some((_, entry)) => Error::RetiredKey {
                vkey: wanted.to_string(),
                entry: *entry,
            },
            None => Error::Checkpoint(e),
        }),
    }
}

/// What only the other entries of the log could show. Nothing, if the file holds the whole log.
fn left_out(here: u64, size: TreeSize) -> Vec<NotProven> {
    if here == size.get() {
        return Vec::new();
    }
    vec![NotProven {
        what: "completeness",
        why: format!(
            "of {size} entries {here} are here. Only an audit of the whole ledger shows whether one of the others \
             rejects, corrects, withdraws or disputes something here, sets another policy, gave a key other roles or ended it, \
             or took a label first"
        ),
    }]
}

/// What is stored beside the log and is not in the file.
fn not_here(entries: &[ProvenEntry], quotations: &ComparedQuotations) -> Vec<NotProven> {
    let mut not = Vec::new();
    let count = |of: &dyn Fn(&Body) -> bool| {
        let bodies = entries.iter().map(|entry| &entry.statement.body);
        bodies.filter(|body| of(body)).count()
    };
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
                "of the {} that brought bytes only digests are here{}",
                if bytes == 1 {
                    "one statement".to_owned()
                } else {
                    format!("{bytes} statements")
                },
                compared(quotations)
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

/// What comparing the quotations with the texts of the file gave, as the end of a sentence.
fn compared(quotations: &ComparedQuotations) -> String {
    let ComparedQuotations {
        compared,
        sealed,
        without_text,
    } = quotations;
    let mut said = match compared {
        0 => return ", so no quotation was compared with its text".to_owned(),
        1 => ", but 1 quotation stands in its text, which this file has".to_owned(),
        n => format!(", but {n} quotations stand in their texts, which this file has"),
    };
    for (count, why) in [(without_text, "without a text here"), (sealed, "sealed")] {
        if *count > 0 {
            said.push_str(&format!("; {count} more: {why}"));
        }
    }
    said.push_str(
        ". Whether a text is what its source said cannot be checked without the source's bytes",
    );
    said
}

fn witnessed(
    file: &File,
    pins: &Pins,
    answer: &mut Verification,
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
        *answer = Verification::CouldNotTell;
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
