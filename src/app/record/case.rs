//! A whole case in one file: sources, claims, relations, evidence and verdicts under local names; all or nothing.
//!
//! The case is built on a scratch disk over the ledger, one statement after another, each with the head that the one
//! before it makes. So what is looked up, judged and signed is exactly what the log will contain. Then everything is
//! appended in one batch, with the time at which it was built.

use super::acquire::Kept;
use super::address;
use super::append::{self, Added};
use super::capture;
use super::case_items::{self, Item, New};
use super::case_reads::{Allowed, Taken};
use super::evidence;
use super::interrupted::Finished;
use super::looking;
use super::source::{self, NewSource};
use super::transcript;
use crate::app::read::line;
use crate::app::read::remarks;
use crate::app::read::search::Repeats;
use crate::app::read::show::{self, Named};
use crate::app::{Desk, Error, Fault, Session};
use crate::host::clock::FixedClock;
use crate::host::disk::FolderDisk;
use crate::host::scratch::Scratch;
use crate::keystore::{Passphrases, Signer};
use crate::ledger::{self, Writer, held_excerpts};
use crate::snapshots::{Snapshots, Waiting};
use claimledger_core::Message;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::encoding::name::Label;
use claimledger_core::envelope::Parsed;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::{StatementId, StatementType};
use claimledger_core::{EntryIndex, UnixMillis};
use serde::Serialize;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A case as its file describes it.
pub struct Case {
    /// The file, for messages.
    path: String,
    items: Vec<Item>,
    /// What is wrong with the form of the file. It is told together with what turns out later.
    faults: Cell<Vec<Fault>>,
}

/// A statement of a case, ready to append.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    snapshots: Vec<Took>,
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
    /// Reads a case. Paths in it are relative to the case's folder. Nothing else is read or fetched yet. What is wrong with
    /// some of its items is told by [`Case::build`], together with what is wrong with the others.
    ///
    /// # Errors
    ///
    /// [`Error::Faults`] if nothing in it can be added.
    pub fn read(path: &Path, allowed: Allowed) -> Result<Self, Error> {
        let (items, faults) = case_items::read(path, allowed)?;
        let path = path.display().to_string();
        if items.iter().all(|item| item.new.is_none()) {
            Error::if_any(&path, faults)?;
            return Err(Error::Malformed("the case is empty".to_owned()));
        }
        let faults = Cell::new(faults);
        Ok(Self {
            path,
            items,
            faults,
        })
    }

    /// A source that was given on the command line, and what is recorded with it.
    pub fn of_source(new: NewSource, label: Option<Label>) -> Self {
        let (items, faults) = case_items::of_source(new, label);
        Self {
            path: "the command".to_owned(),
            items,
            faults: Cell::new(faults),
        }
    }

    /// Takes the words of the source in the place of the quotation that was refused because it only looks like them. False if
    /// there is no such quotation.
    pub fn take_nearest(&mut self, refused: &Error) -> bool {
        let Some(refused) = evidence::looks_like(refused) else {
            return false;
        };
        let mut taken = false;
        for item in &mut self.items {
            let (quote, nearest) = match &mut item.new {
                Some(New::Evidence(new)) => (&new.quote, &mut new.nearest),
                Some(New::Relation(new)) => (&new.quote, &mut new.nearest),
                _ => continue,
            };
            if quote.as_deref() == Some(refused) && !*nearest {
                *nearest = true;
                taken = true;
            }
        }
        taken
    }

    /// What recording it takes in beside its own text, with the items that do, in order.
    pub fn takes(&self) -> Vec<(String, &Taken)> {
        let all = self.items.iter();
        all.filter_map(|item| Some((item.called(), item.taken.as_ref()?)))
            .collect()
    }

    /// Keeps the bytes of its sources and fetches those that have to be fetched; reports progress. A case with faults
    /// fetches nothing: it is read again once they are corrected.
    pub fn gather(&self, desk: &Desk, tell: &mut dyn FnMut(u64, u64)) -> Result<Gathered, Error> {
        let mut faults = self.faults.take();
        let mut gathered = Gathered {
            notes: Vec::new(),
            snapshots: Vec::new(),
            waiting: Waiting::beside(&desk.disk()?)?,
        };
        for item in &self.items {
            let kept = match keep(desk, item, &faults, &gathered.waiting, tell) {
                None => Took::NotTried,
                Some(Ok(kept)) => {
                    let notes = kept.iter().flat_map(|kept| kept.notes.clone());
                    gathered.notes.extend(item.said(notes));
                    Took::Kept(kept.map(|kept| Box::new(kept.snapshot)))
                }
                Some(Err(why)) => {
                    faults.push(item.refused(why));
                    Took::NotTried
                }
            };
            gathered.snapshots.push(kept);
        }
        self.faults.set(faults);
        Ok(gathered)
    }

    /// Builds the case over the current ledger. An item that cannot be added does not keep the others from being looked at.
    ///
    /// # Errors
    ///
    /// [`Error::Faults`] with every fault of the case, also of its form.
    pub fn build(
        &self,
        session: &Session,
        desk: &Desk,
        signer: &dyn Signer,
        gathered: &Gathered,
    ) -> Result<Built, Error> {
        let types = self.items.iter().filter_map(|item| match item.new {
            Some(New::Claim(_)) => Some(StatementType::ClaimAdd),
            Some(New::Source(_)) => Some(StatementType::SourceAdd),
            _ => None,
        });
        let repeats = Repeats::open(session, &types.collect::<Vec<_>>(), &mut |_, _| {})?;
        let scratch = Scratch::over(desk.disk()?).beside(gathered.waiting.disk().clone());
        let (head, reader) = (session.head(), session.reader());
        let writer = Writer::open_from(scratch.clone(), None, head, reader)?;
        let session = session.over(scratch.clone(), writer.head().clone())?;
        let now_millis = desk.clock.now_millis();
        let mut site = Site {
            desk,
            signer,
            session,
            writer,
            snapshots: Snapshots::new(&scratch),
            clock: FixedClock::at(now_millis),
            repeats,
            built: Built {
                planned: Vec::new(),
                remarks: Vec::new(),
                batch: Vec::new(),
                now_millis,
            },
        };
        let mut faults = self.faults.take();
        // What the file calls the items that cannot be added. What names one of them has no fault of its own.
        let mut lost: BTreeSet<&str> = BTreeSet::new();
        for (item, took) in self.items.iter().zip(&gathered.snapshots) {
            let (Some(new), Took::Kept(snapshot)) = (&item.new, took) else {
                lost.extend(item.names());
                continue;
            };
            if let Err(why) = site.add(item, new, snapshot.as_deref()) {
                lost.extend(item.names());
                let names_lost = match why.bare() {
                    Error::NotNamed { name, .. }
                    | Error::Ledger(ledger::Error::NotFound { name, .. }) => {
                        lost.contains(name.as_str())
                    }
                    _ => false,
                };
                if !names_lost {
                    faults.push(item.refused(why));
                }
            }
        }
        Error::if_any(&self.path, faults)?;
        Ok(site.built)
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

/// What became of the bytes of an item.
enum Took {
    /// They are kept; none if the item needs none.
    Kept(Option<Box<Snapshot>>),
    /// The item has a fault, or another one has and this would be fetched.
    NotTried,
}

/// Keeps the bytes of an item; `None` if it is not tried.
fn keep(
    desk: &Desk,
    item: &Item,
    faults: &[Fault],
    waiting: &Waiting,
    tell: &mut dyn FnMut(u64, u64),
) -> Option<Result<Option<Kept>, Error>> {
    let fetched = item.taken.as_ref().is_some_and(|taken| taken.url.is_some());
    if fetched && !faults.is_empty() {
        return None;
    }
    Some(match item.new.as_ref()? {
        New::Source(new) => source::keep(desk, new, waiting, tell),
        // The source may be in the case itself, and not have an id yet.
        New::Capture(new) => capture::keep(desk, new, |_| Ok(None), waiting, tell).map(Some),
        New::Transcript(new) => transcript::keep(desk, new, waiting).map(Some),
        _ => Ok(None),
    })
}

/// Where a case is built.
struct Site<'a> {
    desk: &'a Desk,
    signer: &'a dyn Signer,
    session: Session,
    writer: Writer<Scratch<FolderDisk>>,
    snapshots: Snapshots<'a>,
    clock: FixedClock,
    /// What the ledger and the case so far have that an item may repeat.
    repeats: Repeats,
    built: Built,
}

impl Site<'_> {
    /// Signs an item and lays it down on the scratch disk.
    fn add(&mut self, item: &Item, new: &New, snapshot: Option<&Snapshot>) -> Result<(), Error> {
        let Self {
            desk,
            signer,
            session,
            writer,
            snapshots,
            clock,
            repeats,
            built,
        } = self;
        item.name_is_free(session)?;
        if let Some(snapshot) = snapshot {
            let twin = item.twin(new, session, snapshot)?;
            built.remarks.extend(item.said(twin));
        }
        let key = signer.public();
        let (proposal, notes) = Item::propose(new, session, snapshot.cloned(), &key)?;
        built.remarks.extend(item.said(notes));
        repeats.follow(session)?;
        let before = repeats.notes(session, &proposal.body)?;
        built.remarks.extend(item.said(before));
        let mut named = Some((&item.name, &item.label));
        for body in proposal.into_bodies() {
            built.remarks.extend(address::remarks(&body));
            let quoted = looking::quoted_by(session, &body, &BTreeMap::new())?;
            held_excerpts::check_held(&body, &quoted, |digest| {
                snapshots.open_checked(digest, MAX_TEXT_SOURCE_BYTES)
            })?;
            // What does not fit into the first statement follows without its name.
            let named_first = named.is_some();
            let (name, label) = named.take().unwrap_or((&None, &None));
            let statement = append::frame(desk, session, key, label.clone(), body)?;
            let told = remarks::before_signing(session, &statement)?;
            built.remarks.extend(item.said(told));
            let signed = append::sign_in(session, &statement, *signer)?;
            let batch = writer.admit(vec![signed.clone()], &session.view(), clock)?;
            let index = writer.head().size.next();
            built.planned.push(Planned {
                index,
                statement_type: statement.statement_type.to_string(),
                name: name.as_ref().map(ToString::to_string),
                label: label.as_ref().map(ToString::to_string),
                words: line::first_words(session, &statement)?,
                taken: item.taken.clone(),
                statement: serde_json::to_value(&statement).expect("plain data"),
                names: show::names(session, &statement)?,
            });
            let admitted = writer.lay(batch)?;
            session.take_in(admitted, writer.head().clone())?;
            let key = named_first.then_some(item.key.as_ref()).flatten();
            if let Some(name) = name.as_ref().map(ToString::to_string).or(key.cloned()) {
                session.call(name, index);
            }
            built.batch.push(signed);
        }
        Ok(())
    }
}
