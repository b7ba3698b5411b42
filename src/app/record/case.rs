//! A whole case in one file: sources, claims, relations, evidence and verdicts under local names; all or nothing.
//!
//! The case is built on a scratch disk over the ledger, one statement after another, each with the head that the one
//! before it makes. So what is looked up, judged and signed is exactly what the log will contain. Then everything is
//! appended in one batch, with the time at which it was built.

use super::address;
use super::append::{self, Added, Proposal};
use super::capture::{self, NewCapture};
use super::case_reads::{Allowed, Taken};
use super::claim::{self, NewClaim};
use super::evidence::{self, NewEvidence};
use super::interrupted::Finished;
use super::looking;
use super::relation::{self, NewAssessment, NewClaimRelation, NewRelation};
use super::source::{self, NewSource};
use super::verdict::{self, NewVerdict};
use crate::app::read::line;
use crate::app::read::remarks;
use crate::app::read::same_bytes;
use crate::app::read::show::{self, Named};
use crate::app::{Desk, Error, Session};
use crate::host::clock::FixedClock;
use crate::host::files;
use crate::host::scratch::Scratch;
use crate::keystore::{Passphrases, Signer};
use crate::ledger::{Writer, held_excerpts};
use crate::snapshots::{Snapshots, Waiting};
use claimledger_core::Message;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::encoding::name::Label;
use claimledger_core::envelope::Parsed;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::{StatementId, StatementType};
use claimledger_core::{EntryIndex, UnixMillis};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// A case as its file describes it.
pub struct Case {
    items: Vec<Item>,
}

struct Item {
    /// For messages: which item of the file.
    which: String,
    /// What the case calls it.
    name: Option<Label>,
    /// Its label in the ledger.
    label: Option<Label>,
    /// Where its bytes come from.
    taken: Option<Taken>,
    new: New,
}

enum New {
    Source(NewSource),
    Capture(NewCapture),
    Claim(NewClaim),
    Relation(NewRelation),
    Assessment(NewAssessment),
    ClaimRelation(NewClaimRelation),
    Evidence(NewEvidence),
    Verdict(NewVerdict),
}

/// A statement of a case, ready to append.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Planned {
    /// The entry it would be.
    pub index: EntryIndex,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: String,
    /// What the case calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its label in the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its first words.
    pub words: Message,
    /// Where its bytes come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
    /// The statement.
    pub statement: serde_json::Value,
    /// The names for the ids in it.
    pub names: BTreeMap<StatementId, Named>,
}

/// The bytes of a case's sources, kept until it is added.
pub struct Gathered {
    /// What to tell the person.
    pub notes: Vec<String>,
    /// By item.
    snapshots: Vec<Option<Snapshot>>,
    waiting: Waiting,
}

/// A case with signed statements; nothing is written yet.
pub struct Built {
    /// The statements, in the order of their future entries.
    pub planned: Vec<Planned>,
    /// What to tell the person.
    pub remarks: Vec<String>,
    batch: Vec<Parsed>,
    now_millis: UnixMillis,
}

/// A case that is in the log.
pub struct Recorded {
    /// What was added, in order.
    pub added: Vec<Added>,
    /// The same as it was planned.
    pub planned: Vec<Planned>,
    /// What to tell the person about the case, if building it has not told it yet.
    pub remarks: Vec<String>,
    /// What to tell the person.
    pub notes: Vec<String>,
}

impl Case {
    /// Reads a case. Paths in it are relative to the case's folder. Nothing else is read or fetched yet.
    ///
    /// # Errors
    ///
    /// [`Error::File`], for a file that is not beside the case and not allowed, too.
    pub fn read(path: &Path, allowed: Allowed) -> Result<Self, Error> {
        let malformed = |reason: String| Error::File {
            path: path.display().to_string(),
            reason,
        };
        let text = files::read_text(path)?;
        let mut file: toml::Table = toml::from_str(&text).map_err(|e| malformed(e.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut items = Vec::new();
        for kind in KINDS {
            let Some(list) = file.remove(*kind) else {
                continue;
            };
            let toml::Value::Array(tables) = list else {
                return Err(malformed(format!("begin each {kind} with [[{kind}]]")));
            };
            for (table, number) in tables.into_iter().zip(1..) {
                let which = format!("{kind} {number}");
                let toml::Value::Table(table) = table else {
                    return Err(malformed(format!("{which} is no table")));
                };
                let item = item(kind, which.clone(), table, folder, allowed);
                items.push(item.map_err(|reason| malformed(format!("{which}: {reason}")))?);
            }
        }
        if let Some(unknown) = file.keys().next() {
            return Err(malformed(format!(
                "{unknown:?} is nothing that a case has; it has: {}",
                KINDS.join(", ")
            )));
        }
        if items.is_empty() {
            return Err(malformed("the case is empty".to_owned()));
        }
        Ok(Self { items })
    }

    /// What recording it takes in beside its own text, with the items that do, in order.
    pub fn takes(&self) -> Vec<(String, &Taken)> {
        let all = self.items.iter();
        all.filter_map(|item| Some((item.called(), item.taken.as_ref()?)))
            .collect()
    }

    /// Keeps the bytes of its sources and fetches those that have to be fetched; reports progress.
    pub fn gather(&self, desk: &Desk, tell: &mut dyn FnMut(u64, u64)) -> Result<Gathered, Error> {
        let mut gathered = Gathered {
            notes: Vec::new(),
            snapshots: Vec::new(),
            waiting: Waiting::beside(&desk.disk()?)?,
        };
        for item in &self.items {
            let waiting = &gathered.waiting;
            let kept = match &item.new {
                New::Source(new) => source::keep(desk, new, waiting, tell),
                // The source may be in the case itself, and not have an id yet.
                New::Capture(new) => {
                    capture::keep(desk, new, |_| Ok(None), waiting, tell).map(Some)
                }
                _ => Ok(None),
            };
            let kept = kept.map_err(|e| item.refused(e))?;
            let notes = kept.iter().flat_map(|kept| kept.notes.clone());
            gathered.notes.extend(item.said(notes));
            gathered.snapshots.push(kept.map(|kept| kept.snapshot));
        }
        Ok(gathered)
    }

    /// Builds the case over the current ledger. Every error names the item that it is about.
    pub fn build(
        &self,
        session: &Session,
        desk: &Desk,
        signer: &dyn Signer,
        gathered: &Gathered,
    ) -> Result<Built, Error> {
        let scratch = Scratch::over(desk.disk()?).beside(gathered.waiting.disk().clone());
        let (head, reader) = (session.head(), session.reader());
        let mut writer = Writer::open_from(scratch.clone(), None, head, reader)?;
        let mut session = session.over(scratch.clone(), writer.head().clone())?;
        let snapshots = Snapshots::new(&scratch);
        let now_millis = desk.clock.now_millis();
        let clock = FixedClock::at(now_millis);
        let mut built = Built {
            planned: Vec::new(),
            remarks: Vec::new(),
            batch: Vec::new(),
            now_millis,
        };
        for (item, snapshot) in self.items.iter().zip(&gathered.snapshots) {
            let mut build = || -> Result<(), Error> {
                item.name_is_free(&session)?;
                if let Some(snapshot) = snapshot {
                    built
                        .remarks
                        .extend(item.said(item.twin(&session, snapshot)?));
                }
                let key = signer.public();
                let (proposal, notes) = item.propose(&session, snapshot.clone(), &key)?;
                built.remarks.extend(item.said(notes));
                let mut named = Some((&item.name, &item.label));
                for body in proposal.into_bodies() {
                    built.remarks.extend(address::remarks(&body));
                    let quoted = looking::quoted_by(&session, &body, &BTreeMap::new())?;
                    held_excerpts::check_held(&body, &quoted, |digest| {
                        snapshots.open_checked(digest, MAX_TEXT_SOURCE_BYTES)
                    })?;
                    // What does not fit into the first statement follows without its name.
                    let (name, label) = named.take().unwrap_or((&None, &None));
                    let statement = append::frame(desk, &session, key, label.clone(), body)?;
                    built
                        .remarks
                        .extend(item.said(remarks::before_signing(&session, &statement)?));
                    let signed = append::sign_in(&session, &statement, signer)?;
                    let batch = writer.admit(vec![signed.clone()], &session.view(), &clock)?;
                    let index = writer.head().size.next();
                    built.planned.push(Planned {
                        index,
                        statement_type: statement.statement_type.to_string(),
                        name: name.as_ref().map(ToString::to_string),
                        label: label.as_ref().map(ToString::to_string),
                        words: line::first_words(&session, &statement)?,
                        taken: item.taken.clone(),
                        statement: serde_json::to_value(&statement).expect("plain data"),
                        names: show::names(&session, &statement)?,
                    });
                    let admitted = writer.lay(batch)?;
                    session.take_in(admitted, writer.head().clone())?;
                    if let Some(name) = name {
                        session.call(name.to_string(), index);
                    }
                    built.batch.push(signed);
                }
                Ok(())
            };
            build().map_err(|e| item.refused(e))?;
        }
        Ok(built)
    }

    /// Where an interrupted commit, finished just now, added this case. Then it is not added again.
    pub fn added_by(
        &self,
        finished: &Finished,
        session: &Session,
        desk: &Desk,
        signer: &dyn Signer,
        gathered: &Gathered,
    ) -> Result<Option<Vec<Added>>, Error> {
        if finished.is_empty() {
            return Ok(None);
        }
        let wanted: Vec<_> = self.items.iter().map(Item::heading).collect();
        let labelled = finished.labelled(session, &signer.public(), &wanted)?;
        if labelled.is_some() {
            return Ok(labelled);
        }
        let built = self.build(session, desk, signer, gathered)?;
        let statements: Vec<_> = built
            .batch
            .iter()
            .map(|p| (Some(p.id()), p.claimed()))
            .collect();
        finished.added(session, &statements)
    }

    /// Builds the case and appends it in one commit, or does nothing. The ledger stays locked meanwhile.
    pub fn append(
        &self,
        session: &mut Session,
        desk: &Desk,
        signer: &dyn Signer,
        gathered: &Gathered,
        passphrases: &mut dyn Passphrases,
    ) -> Result<Recorded, Error> {
        let writer = session.writer(desk)?;
        let built = self.build(session, desk, signer, gathered)?;
        // The statements have seen heads of entries with exactly this time.
        let clock = FixedClock::at(built.now_millis);
        let (added, notes) = append::append_to(
            desk,
            session,
            writer,
            built.batch,
            Some(&gathered.waiting),
            &clock,
            passphrases,
        )?;
        Ok(Recorded {
            added,
            planned: built.planned,
            remarks: built.remarks,
            notes,
        })
    }
}

impl Item {
    /// Its type and its label in the ledger.
    fn heading(&self) -> (StatementType, Option<Label>) {
        let kind = match &self.new {
            New::Source(_) => StatementType::SourceAdd,
            New::Capture(_) => StatementType::SourceCapture,
            New::Claim(_) => StatementType::ClaimAdd,
            New::Relation(_) => StatementType::SourceRelate,
            New::Assessment(_) => StatementType::OriginAssess,
            New::ClaimRelation(_) => StatementType::ClaimRelate,
            New::Evidence(_) => StatementType::EvidenceAdd,
            New::Verdict(_) => StatementType::VerdictIssue,
        };
        (kind, self.label.clone())
    }

    /// Which item of the case, for messages.
    fn called(&self) -> String {
        match &self.name {
            Some(name) => format!("{} ({name})", self.which),
            None => self.which.clone(),
        }
    }

    fn refused(&self, why: Error) -> Error {
        Error::Case {
            item: self.called(),
            source: Box::new(why),
        }
    }

    /// Notes with the item that they are about.
    fn said(&self, notes: impl IntoIterator<Item = String>) -> Vec<String> {
        let notes = notes.into_iter();
        notes
            .map(|note| format!("{}: {note}", self.called()))
            .collect()
    }

    /// The statement of the item whose bytes were kept, and what to tell the person.
    fn propose(
        &self,
        session: &Session,
        snapshot: Option<Snapshot>,
        key: &PublicKey,
    ) -> Result<(Proposal, Vec<String>), Error> {
        let proposal = match &self.new {
            New::Source(new) => source::propose(session, new, snapshot),
            New::Capture(new) => {
                let snapshot = snapshot.expect("`gather` keeps them or refuses");
                return capture::capture(session, new, &snapshot, session.reader(), key);
            }
            New::Claim(new) => claim::propose(session, new),
            New::Relation(new) => relation::relate(session, new),
            New::Assessment(new) => relation::assess(session, new),
            New::ClaimRelation(new) => relation::relate_claims(session, new),
            New::Evidence(new) => evidence::propose(session, new),
            New::Verdict(new) => verdict::propose(session, new, key),
        };
        Ok((proposal?, Vec::new()))
    }

    /// A note if another source already has the bytes of this item.
    fn twin(&self, session: &Session, snapshot: &Snapshot) -> Result<Option<String>, Error> {
        let but = match &self.new {
            New::Source(new) => new.correction.as_ref().map(|c| c.supersedes.as_str()),
            New::Capture(new) => Some(new.source.as_str()),
            _ => None,
        };
        let called = self.name.as_ref().map(Label::as_str);
        same_bytes::note(session, snapshot, called, but)
    }

    /// A name for two things would one day be read as the wrong one.
    fn name_is_free(&self, session: &Session) -> Result<(), Error> {
        let Some(name) = &self.name else {
            return Ok(());
        };
        let here = session.called(name.as_str());
        let there = session.view().by_label(name, session.head().size)?;
        match here.or(there) {
            None => Ok(()),
            Some(index) => Err(Error::NameTaken {
                name: name.to_string(),
                what: format!("entry #{index}"),
            }),
        }
    }
}

fn item(
    kind: &str,
    which: String,
    mut table: toml::Table,
    folder: &Path,
    allowed: Allowed,
) -> Result<Item, String> {
    let mut word = |field: &str| match table.remove(field) {
        None => Ok(None),
        Some(toml::Value::String(text)) => {
            let label = text.parse::<Label>();
            label.map(Some).map_err(|e| e.to_string())
        }
        Some(_) => Err(format!("{field} is no text")),
    };
    let label = word("label")?;
    let name = word("name")?.or_else(|| label.clone());
    let mut taken = None;
    let new = match kind {
        "source" => {
            let mut new: NewSource = parse_table(table)?;
            taken = allowed.source(&mut new, folder)?;
            New::Source(new)
        }
        "capture" => {
            let mut new: NewCapture = parse_table(table)?;
            taken = allowed.capture(&mut new, folder)?;
            New::Capture(new)
        }
        "claim" => New::Claim(parse_table(table)?),
        "relation" => New::Relation(parse_table(table)?),
        "assessment" => New::Assessment(parse_table(table)?),
        "claim-relation" => New::ClaimRelation(parse_table(table)?),
        "evidence" => New::Evidence(parse_table(table)?),
        _ => New::Verdict(parse_table(table)?),
    };
    Ok(Item {
        which,
        name,
        label,
        taken,
        new,
    })
}

fn parse_table<T: DeserializeOwned>(table: toml::Table) -> Result<T, String> {
    table.try_into().map_err(|e| e.to_string())
}

/// The sections of a case, in the order in which they are added: no statement names a later one.
const KINDS: &[&str] = &[
    "source",
    "capture",
    "claim",
    "relation",
    "assessment",
    "claim-relation",
    "evidence",
    "verdict",
];
