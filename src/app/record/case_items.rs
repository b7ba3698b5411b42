//! The items of a case: what each section of its file says, as plain data of the command that it stands for.

use super::append::Proposal;
use super::at_once;
use super::capture::{self, NewCapture};
use super::case_reads::{Allowed, Taken};
use super::claim::{self, NewClaim};
use super::correction::{CORRECTING, NewCorrection};
use super::evidence::{self, NewEvidence};
use super::relation::{self, NewAssessment, NewClaimRelation, NewRelation};
use super::source::{self, NewSource};
use super::toml_file::{Fields, Section, WrittenFile};
use super::transcript::{self, NewTranscript};
use super::verdict::{self, NewVerdict};
use crate::app::read::same_bytes;
use crate::app::{Error, Fault, Session};
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Label;
use claimledger_core::model::StatementType;
use claimledger_core::model::snapshot::Snapshot;
use serde::Deserialize;
use std::path::Path;

/// One statement of a case.
pub(super) struct Item {
    section: Section,
    /// Of which kind it is: that of its section, or of a part of it.
    kind: &'static str,
    /// Under what name its own parts refer to it, if the case calls it nothing.
    pub(super) key: Option<String>,
    /// What the case calls it.
    pub(super) name: Option<Label>,
    /// Its label in the ledger.
    pub(super) label: Option<Label>,
    /// Where its bytes come from.
    pub(super) taken: Option<Taken>,
    /// What it adds; none if the file is wrong here.
    pub(super) new: Option<New>,
}

/// What an item adds.
pub(super) enum New {
    Source(Box<NewSource>),
    Capture(NewCapture),
    Transcript(NewTranscript),
    Claim(NewClaim),
    Relation(NewRelation),
    Assessment(NewAssessment),
    ClaimRelation(NewClaimRelation),
    Evidence(NewEvidence),
    Verdict(NewVerdict),
}

/// What a case calls a thing, and what the ledger calls it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Names {
    name: Option<Label>,
    label: Option<Label>,
}

impl Fields for Names {
    const REQUIRED: &'static [&'static str] = &[];
}

/// The kinds of sections of a case, in the order in which they are added: no statement names a later one.
pub const KINDS: &[&str] = &[
    "source",
    "capture",
    "transcript",
    "claim",
    "relation",
    "assessment",
    "claim-relation",
    "evidence",
    "verdict",
];

/// The items of a file, and every fault of its form. An item with a fault has nothing to add.
///
/// # Errors
///
/// [`Error::Faults`] if it is no TOML; those of reading a file.
pub(super) fn read(path: &Path, allowed: Allowed) -> Result<(Vec<Item>, Vec<Fault>), Error> {
    let document = WrittenFile::read(path, KINDS)?;
    let mut faults = document.faults;
    let known = KINDS.join(", ");
    for unknown in document.top.names() {
        let why = format!("{unknown:?} is nothing that a case has; it has: {known}");
        let fault = document.top.refused(Some(unknown), Error::Malformed(why));
        faults.push(fault);
    }
    if document.sections.is_empty() && faults.is_empty() {
        let why = Error::Malformed(format!("the case is empty; it can have: {known}"));
        faults.push(document.top.refused(None, why));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let sections = document.sections.into_iter();
    let items = sections.map(|section| item(section, folder, allowed, &mut faults));
    let items: Vec<Item> = items.collect();
    Ok((with_parts(items, &mut faults), faults))
}

/// A source that was given on the command line, and what is recorded with it; and what is wrong with the form of that.
pub(super) fn of_source(new: NewSource, label: Option<Label>) -> (Vec<Item>, Vec<Fault>) {
    let item = Item {
        section: Section::without_file(),
        kind: "source",
        key: None,
        name: label.clone(),
        label,
        taken: None,
        new: Some(New::Source(Box::new(new))),
    };
    let mut faults = Vec::new();
    let items = with_parts(vec![item], &mut faults);
    (items, faults)
}

/// The same items, and each part of a source at the place of its kind.
fn with_parts(items: Vec<Item>, faults: &mut Vec<Fault>) -> Vec<Item> {
    let mut all = Vec::new();
    for (mut item, number) in items.into_iter().zip(1..) {
        let mut parts = Vec::new();
        if let Some(New::Source(new)) = &item.new
            && at_once::has_parts(new)
        {
            // No name or label has a blank.
            let key = item
                .name
                .as_ref()
                .map_or_else(|| format!("source {number}"), ToString::to_string);
            let found = at_once::parts(new, &key);
            for (kind, part) in [
                ("relation", found.relation.map(|new| new.map(New::Relation))),
                (
                    "assessment",
                    found.assessment.map(|new| new.map(New::Assessment)),
                ),
                ("evidence", found.evidence.map(|new| new.map(New::Evidence))),
            ] {
                match part {
                    Ok(part) => parts.extend(part.map(|new| (kind, new))),
                    Err(why) => faults.push(item.part_refused(kind, why)),
                }
            }
            item.key = item.name.is_none().then_some(key);
        }
        let section = item.section.clone();
        all.push(item);
        all.extend(parts.into_iter().map(|(kind, new)| Item {
            section: section.clone(),
            kind,
            key: None,
            name: None,
            label: None,
            taken: None,
            new: Some(new),
        }));
    }
    all.sort_by_key(|item| KINDS.iter().position(|kind| *kind == item.kind));
    all
}

fn item(mut section: Section, folder: &Path, allowed: Allowed, faults: &mut Vec<Fault>) -> Item {
    let before = faults.len();
    let whole = section.clone();
    let names = section.part(&["name", "label"]).read::<Names>(faults);
    let names = names.unwrap_or_default();
    let correction = match section.kind.as_str() {
        // What was captured stays captured.
        "capture" => None,
        _ => Some(section.part(CORRECTING)).filter(|part| !part.is_empty()),
    };
    let correction = correction.and_then(|part| part.read::<NewCorrection>(faults));
    let mut taken = None;
    let new = new(&section, correction, folder, allowed, &mut taken, faults);
    let kinds = KINDS.iter().find(|kind| **kind == whole.kind);
    Item {
        kind: kinds.copied().unwrap_or_default(),
        key: None,
        section: whole,
        name: names.name.or_else(|| names.label.clone()),
        label: names.label,
        taken,
        new: new.filter(|_| faults.len() == before),
    }
}

fn new(
    section: &Section,
    correction: Option<NewCorrection>,
    folder: &Path,
    allowed: Allowed,
    taken: &mut Option<Taken>,
    faults: &mut Vec<Fault>,
) -> Option<New> {
    macro_rules! correcting {
        ($new:ident, $kind:ty) => {{
            let mut new: $kind = section.read(faults)?;
            new.correction = correction;
            New::$new(new)
        }};
    }
    Some(match section.kind.as_str() {
        "source" => {
            let mut new: NewSource = section.read(faults)?;
            new.correction = correction;
            new = takes(new.fetched_from_its_address(), section, faults)?;
            *taken = takes(allowed.source(&mut new, folder), section, faults)?;
            New::Source(Box::new(new))
        }
        "capture" => {
            let mut new: NewCapture = section.read(faults)?;
            new = takes(new.fetched_from_its_address(), section, faults)?;
            *taken = takes(allowed.capture(&mut new, folder), section, faults)?;
            New::Capture(new)
        }
        "transcript" => {
            let mut new: NewTranscript = section.read(faults)?;
            new.correction = correction;
            *taken = takes(allowed.file(&mut new.file, folder), section, faults)?;
            New::Transcript(new)
        }
        "claim" => correcting!(Claim, NewClaim),
        "relation" => correcting!(Relation, NewRelation),
        "assessment" => correcting!(Assessment, NewAssessment),
        "claim-relation" => correcting!(ClaimRelation, NewClaimRelation),
        "evidence" => correcting!(Evidence, NewEvidence),
        _ => correcting!(Verdict, NewVerdict),
    })
}

/// What was found out about the file of an item; `None` with a fault if it is refused.
fn takes<T>(found: Result<T, Error>, section: &Section, faults: &mut Vec<Fault>) -> Option<T> {
    let refused = |why| faults.push(section.refused(Some("file"), why));
    found.map_err(refused).ok()
}

impl Item {
    /// Its type and its label in the ledger.
    pub(super) fn heading(&self) -> (StatementType, Option<Label>) {
        let kind = match self.kind {
            "source" => StatementType::SourceAdd,
            "capture" => StatementType::SourceCapture,
            "transcript" => StatementType::SourceTranscribe,
            "claim" => StatementType::ClaimAdd,
            "relation" => StatementType::SourceRelate,
            "assessment" => StatementType::OriginAssess,
            "claim-relation" => StatementType::ClaimRelate,
            "evidence" => StatementType::EvidenceAdd,
            _ => StatementType::VerdictIssue,
        };
        (kind, self.label.clone())
    }

    /// Which item of the case, for messages.
    pub(super) fn called(&self) -> String {
        self.section.called().unwrap_or_default()
    }

    /// The fault that an error is, with its line.
    pub(super) fn refused(&self, why: Error) -> Fault {
        self.part_refused(self.kind, why)
    }

    /// The same for a further part of the item. A command line has no line numbers, so the fault names the kind of the part.
    fn part_refused(&self, kind: &str, why: Error) -> Fault {
        let fault = self.section.refused(None, why);
        match &fault.item {
            Some(_) => fault,
            None => Fault {
                line: None,
                item: Some(kind.to_owned()),
                ..fault
            },
        }
    }

    /// What the file calls it, even if that is no name.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.section.texts(&["name", "label"]);
        let names = names.filter(|_| self.kind == self.section.kind);
        names.chain(self.key.as_deref())
    }

    /// Notes with the item that they are about.
    pub(super) fn said(&self, notes: impl IntoIterator<Item = String>) -> Vec<String> {
        let notes = notes.into_iter();
        match self.section.called() {
            Some(called) => notes.map(|note| format!("{called}: {note}")).collect(),
            None => notes.collect(),
        }
    }

    /// The statement of the item whose bytes were kept, and what to tell the person.
    pub(super) fn propose(
        new: &New,
        session: &Session,
        snapshot: Option<Snapshot>,
        key: &PublicKey,
    ) -> Result<(Proposal, Vec<String>), Error> {
        let proposal = match new {
            New::Source(new) => source::propose(session, new, snapshot),
            New::Capture(new) => {
                let snapshot = snapshot.expect("`gather` keeps them or refuses");
                return capture::capture(session, new, &snapshot, session.reader(), key);
            }
            New::Transcript(new) => {
                let text = snapshot.expect("`gather` keeps it or refuses");
                transcript::propose(session, new, &text)
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

    /// A note if another source already has the bytes of this item. The names in it are names of the ledger: what the case
    /// calls a thing stays in its file.
    pub(super) fn twin(
        &self,
        new: &New,
        session: &Session,
        snapshot: &Snapshot,
    ) -> Result<Option<String>, Error> {
        let entry = session.head().size.next().to_string();
        let (called, but) = match new {
            New::Source(new) => {
                let called = self.label.as_ref().map_or(entry, ToString::to_string);
                (called, new.correction.as_ref().map(|c| &c.supersedes))
            }
            New::Capture(new) => {
                let source = session.id_of(&new.source, StatementType::SourceAdd)?;
                (session.name_of(&source)?, Some(&new.source))
            }
            _ => return Ok(None),
        };
        let called = called.trim_start_matches('#');
        same_bytes::note(session, snapshot, Some(called), but.map(String::as_str))
    }

    /// A name for two things would one day be read as the wrong one.
    pub(super) fn name_is_free(&self, session: &Session) -> Result<(), Error> {
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
