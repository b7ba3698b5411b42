//! The full-text index of a session's ledger, caught up with the log; what it lacks is taken from the log, in memory.
//!
//! The index may be absent, damaged, of another ledger, older or newer, locked by another process, or in a folder that cannot be
//! written. None of this changes an answer: it costs time, and a note if that is much.

use super::{texts, words};
use crate::app::{Error, Session};
use crate::fulltext::{
    self, Building, Folder, Followed, FullTextDocument, Hit, Layer, Question, SCHEMA,
};
use crate::host::lock::WriterLock;
use crate::index;
use claimledger_core::crypto::Digest;
use claimledger_core::entry::Entry;
use claimledger_core::log::{Log, scan, tiles};
use claimledger_core::model::{Statement, StatementType};
use claimledger_core::{EntryIndex, TreeSize};

/// How many entries beyond the index a command looks through in memory rather than to bring the index up to the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// None: the index follows the whole log.
    None,
    /// A thousand: a command that adds an entry need not write the index.
    Some,
}

/// Told how many entries were read, of how many.
pub type Tell<'t> = &'t mut dyn FnMut(u64, u64);

/// The index, and what is beyond it.
pub(super) struct FullText {
    committed: Option<Layer>,
    beyond: Option<Layer>,
    /// The entries that the committed index follows.
    pub(super) followed: TreeSize,
}

impl FullText {
    /// Opens it. With [`Beyond::Some`] the last entries may be in neither layer.
    pub(super) fn open(session: &Session, beyond: Beyond, tell: Tell<'_>) -> Result<Self, Error> {
        let mut opening = Opening { session, why: None };
        let committed = opening.committed(session.full_text(), beyond, tell)?;
        let (committed, followed) = match committed {
            Some((layer, size)) => (Some(layer), size),
            None => (None, TreeSize::EMPTY),
        };
        let mut full = Self {
            committed,
            beyond: None,
            followed,
        };
        if beyond == Beyond::None && followed < session.head().size {
            if let Some(why) = opening.why
                && session.head().size.get() - followed.get() > MOST_BEYOND
            {
                session.note(format!(
                    "the full-text index cannot be brought up to the log, which was read instead: {why}"
                ));
            }
            full.beyond = Some(in_memory(session, followed, tell)?);
        }
        Ok(full)
    }

    /// In memory alone.
    pub(super) fn without_folder(session: &Session, tell: Tell<'_>) -> Result<Self, Error> {
        Ok(Self {
            committed: None,
            beyond: Some(in_memory(session, TreeSize::EMPTY, tell)?),
            followed: TreeSize::EMPTY,
        })
    }

    /// See [`fulltext::find`].
    pub(super) fn find(&self, question: &Question, most: usize) -> Result<Vec<Hit>, index::Error> {
        fulltext::find(&self.layers(), question, most)
    }

    /// The same for a help: if the index is damaged, nothing is found, with a note. The next search builds it again.
    pub(super) fn help(&self, session: &Session, question: &Question, most: usize) -> Vec<Hit> {
        self.find(question, most).unwrap_or_else(|why| {
            Self::leave_out(session, &why);
            Vec::new()
        })
    }

    /// Notes that the index could not be asked, and discards it.
    pub(super) fn leave_out(session: &Session, why: &index::Error) {
        session.note(format!(
            "what is alike was not looked for in the index: {why}"
        ));
        discard(session.full_text());
    }

    /// The committed index.
    pub(super) fn committed(&self) -> Option<&Layer> {
        self.committed.as_ref()
    }

    pub(super) fn layers(&self) -> Vec<&Layer> {
        self.committed.iter().chain(&self.beyond).collect()
    }
}

/// Brings the index so near to the log that a command which adds something need not do it.
///
/// # Errors
///
/// Those of the log. An index that cannot be written is no error.
pub fn catch_up(session: &Session, tell: Tell<'_>) -> Result<(), Error> {
    FullText::open(session, Beyond::Some, tell).map(drop)
}

/// What there is of a full-text index.
pub enum FullTextSeen {
    /// Nothing.
    None,
    /// An index of this log.
    Follows {
        /// How many entries it follows.
        size: TreeSize,
        /// The bytes of its files.
        bytes: u64,
        /// How many texts are in it that are not in this copy any more.
        gone: usize,
    },
    /// An index of something else.
    Other,
    /// It cannot be read.
    Damaged(String),
}

/// Looks at the whole index and at every text that is in it; changes nothing.
pub fn examined(session: &Session) -> Result<FullTextSeen, Error> {
    let opening = Opening { session, why: None };
    let folder = session.full_text();
    let (layer, followed) = match Opening::opened(folder) {
        Ok(None) => return Ok(FullTextSeen::None),
        Ok(Some(opened)) => opened,
        Err(why) => return Ok(FullTextSeen::Damaged(why.to_string())),
    };
    if let Err(why) = folder.check() {
        return Ok(FullTextSeen::Damaged(why.to_string()));
    }
    if matches!(opening.follows(&followed)?, Follows::Other) {
        return Ok(FullTextSeen::Other);
    }
    let mut gone = 0;
    for by in layer.held()? {
        if session.head().size.contains(by)
            && texts::text(session, &**session.statement(by)?)?.is_none()
        {
            gone += 1;
        }
    }
    Ok(FullTextSeen::Follows {
        size: followed.size.min(session.head().size),
        bytes: folder.bytes()?,
        gone,
    })
}

/// Takes the texts that these entries brought out of the index: they are not in this copy any more. If the index cannot be
/// written now, the next search that comes upon them does it.
pub(super) fn take_out_gone(session: &Session, brought: &[EntryIndex]) -> Result<(), Error> {
    let folder = session.full_text();
    let Ok(Some(lock)) = folder.lock() else {
        return Ok(());
    };
    let Ok(Some((layer, followed))) = folder.open() else {
        return Ok(());
    };
    drop(layer);
    let mut building = folder.write(&lock)?;
    for by in brought {
        let statement = session.statement(*by)?;
        if let Some(document) = texts::brought(session, *by, &statement)? {
            document
                .digests
                .iter()
                .for_each(|text| building.take_out(text));
            building.add(&document)?;
        }
    }
    building.commit(&followed)?;
    building.finish()?;
    Ok(())
}

/// Deletes an index whose answers could not be used; the next command builds it again.
pub fn discard(folder: &Folder) {
    // If another process has it, that one notices too.
    if let Ok(Some(lock)) = folder.lock() {
        let _ = folder.remove(&lock);
    }
}

struct Opening<'s> {
    session: &'s Session,
    /// Why the index cannot be written.
    why: Option<index::Error>,
}

/// What an index is to a log.
enum Follows {
    /// A part of the log, from its beginning.
    Beginning,
    /// More than the log as it was when the session began, and no other log.
    More,
    /// Another log, or another schema.
    Other,
}

impl Opening<'_> {
    /// The committed index and the entries it follows, written first if it can be and must be.
    fn committed(
        &mut self,
        folder: &Folder,
        beyond: Beyond,
        tell: Tell<'_>,
    ) -> Result<Option<(Layer, TreeSize)>, Error> {
        let lock = if self.session.is_scratch() {
            None
        } else {
            folder.lock().unwrap_or_else(|why| {
                self.why = Some(why);
                None
            })
        };
        let opened = match Self::opened(folder) {
            Ok(opened) => opened,
            Err(why) => {
                if let (Some(lock), index::Error::Corrupt { .. }) = (&lock, &why) {
                    folder.remove(lock)?;
                }
                self.why.get_or_insert(why);
                None
            }
        };
        let mut usable = None;
        if let Some((layer, followed)) = opened {
            match self.follows(&followed)? {
                Follows::Beginning => usable = Some((layer, followed)),
                Follows::More => return Ok(Some((layer, self.session.head().size))),
                Follows::Other => {
                    drop(layer);
                    if let Some(lock) = &lock {
                        folder.remove(lock)?;
                    }
                }
            }
        }
        let Some(lock) = lock else {
            return Ok(usable.map(|(layer, followed)| (layer, followed.size)));
        };
        let followed = usable.as_ref().map_or(TreeSize::EMPTY, |(_, f)| f.size);
        let behind = self.session.head().size.get() - followed.get();
        let arrived = match &usable {
            Some((layer, _)) if beyond == Beyond::None && self.session.is_here() => {
                self.arrived(layer)?
            }
            _ => Vec::new(),
        };
        let enough = match beyond {
            Beyond::None => behind == 0 && arrived.is_empty(),
            Beyond::Some => behind <= MOST_BEYOND,
        };
        if enough {
            return Ok(usable.map(|(layer, followed)| (layer, followed.size)));
        }
        let followed = usable.map(|(_, followed)| followed);
        match self.caught_up(folder, &lock, followed, &arrived, tell) {
            Ok(layer) => Ok(Some((layer, self.session.head().size))),
            Err(Error::Ledger(crate::ledger::Error::Index(why))) => {
                // The disk may be full. What is there may be of use all the same.
                self.why = Some(why);
                drop(lock);
                let Ok(Some((layer, followed))) = folder.open() else {
                    return Ok(None);
                };
                match self.follows(&followed)? {
                    Follows::Beginning => Ok(Some((layer, followed.size))),
                    Follows::More | Follows::Other => Ok(None),
                }
            }
            Err(other) => Err(other),
        }
    }

    /// Opens the folder; a process that writes it may remove a file in between, so it is tried again.
    fn opened(folder: &Folder) -> Result<Option<(Layer, Followed)>, index::Error> {
        let mut tries = 0;
        loop {
            match folder.open() {
                Err(_) if tries < TRIES => tries += 1,
                other => return other,
            }
        }
    }

    fn follows(&self, followed: &Followed) -> Result<Follows, Error> {
        if followed.schema != SCHEMA {
            return Ok(Follows::Other);
        }
        let head = self.session.head();
        let (size, root) = (followed.size, followed.root);
        if size.is_empty() {
            return Ok(Follows::Beginning);
        }
        if size == head.size {
            return Ok(if root == head.root {
                self.nothing_shown_again(followed)?
            } else {
                Follows::Other
            });
        }
        let reader = self.session.reader();
        if size < head.size {
            return Ok(match tiles::root_at(reader, size)? {
                found if found == root => self.nothing_shown_again(followed)?,
                _ => Follows::Other,
            });
        }
        // Another process may have appended since the session began, or an older copy was put back.
        let newer = Log::open(reader)?.head().clone();
        Ok(
            if newer.size >= size && tiles::root_at(reader, size).is_ok_and(|found| found == root) {
                Follows::More
            } else {
                Follows::Other
            },
        )
    }

    /// What was withheld and is not any more is not in the index, so it is built again.
    fn nothing_shown_again(&self, followed: &Followed) -> Result<Follows, Error> {
        for digest in &followed.withheld {
            if !self.session.hides(digest)? {
                return Ok(Follows::Other);
            }
        }
        Ok(Follows::Beginning)
    }

    /// The entries whose texts were absent and are here now.
    fn arrived(&self, layer: &Layer) -> Result<Vec<EntryIndex>, Error> {
        let mut arrived = Vec::new();
        for by in layer.absent()? {
            if texts::text(self.session, &**self.session.statement(by)?)?.is_some() {
                arrived.push(by);
            }
        }
        Ok(arrived)
    }

    /// Brings the index up to the log.
    fn caught_up(
        &self,
        folder: &Folder,
        lock: &WriterLock,
        followed: Option<Followed>,
        arrived: &[EntryIndex],
        tell: Tell<'_>,
    ) -> Result<Layer, Error> {
        let session = self.session;
        let hidden = session.withheld_at(session.head().size)?;
        let withheld: Vec<Digest> = hidden.digests.into_keys().collect();
        let (from, before) = match followed {
            Some(followed) => (followed.size, followed.withheld),
            None => (TreeSize::EMPTY, Vec::new()),
        };
        let mut building = folder.write(lock)?;
        for digest in withheld.iter().filter(|digest| !before.contains(digest)) {
            building.take_out(digest);
        }
        for by in arrived {
            let statement = session.statement(*by)?;
            if let Some(document) = texts::brought(session, *by, &statement)? {
                building.take_out_absent(*by)?;
                building.add(&document)?;
            }
        }
        let at = |size: TreeSize, root: Digest| Followed {
            schema: SCHEMA,
            size,
            root,
            withheld: withheld.clone(),
        };
        let size = session.head().size;
        taken(session, from, &mut building, tell, &mut |building, next| {
            if building.is_full() && next < size {
                let root = tiles::root_at(session.reader(), next)?;
                building.commit(&at(next, root))?;
            }
            Ok(())
        })?;
        building.commit(&at(size, session.head().root))?;
        Ok(building.finish()?)
    }
}

/// The entries from `from` on, in memory.
fn in_memory(session: &Session, from: TreeSize, tell: Tell<'_>) -> Result<Layer, Error> {
    let mut building = Building::in_memory()?;
    let withheld = Vec::new();
    let end = |building: &mut Building, size| {
        building.commit(&Followed {
            schema: SCHEMA,
            size,
            root: session.head().root,
            withheld: withheld.clone(),
        })
    };
    taken(session, from, &mut building, tell, &mut |building, next| {
        if building.is_full() {
            end(building, next)?;
        }
        Ok(())
    })?;
    end(&mut building, session.head().size)?;
    Ok(building.finish()?)
}

/// Takes the documents of the entries from `from` on into an index. `after` is called after each entry, with the number of
/// entries that are in it then.
fn taken(
    session: &Session,
    from: TreeSize,
    building: &mut Building,
    tell: Tell<'_>,
    after: &mut dyn FnMut(&mut Building, TreeSize) -> Result<(), Error>,
) -> Result<(), Error> {
    let size = session.head().size;
    scan::since(session.reader(), from, size, |entry, bytes| {
        for document in documents(session, entry, bytes)? {
            building.add(&document)?;
        }
        let next = entry.size_through();
        after(building, next)?;
        if next.get() % LET_GO_AFTER == 0 {
            // Other processes may be waiting for the row index.
            session.let_go();
        }
        tell(next.get() - from.get(), size.get() - from.get());
        Ok(())
    })
}

/// The documents of an entry. It is not verified here: what is found is.
fn documents(
    session: &Session,
    entry: EntryIndex,
    bytes: &[u8],
) -> Result<Vec<FullTextDocument>, Error> {
    let Some(
        StatementType::ClaimAdd
        | StatementType::SourceAdd
        | StatementType::SourceCapture
        | StatementType::SourceTranscribe
        | StatementType::VerdictIssue
        | StatementType::ReviewRecord,
    ) = scan::type_of(bytes)
    else {
        return Ok(Vec::new());
    };
    // A malformed entry is a matter for the audit.
    let payload = Entry::payload_in(bytes);
    let Some(statement) = payload.and_then(|said| Statement::decode(said).ok()) else {
        return Ok(Vec::new());
    };
    let own = words::own(session, entry, &statement)?;
    let text = texts::brought(session, entry, &statement)?;
    Ok(own.into_iter().chain(text).collect())
}

/// As many entries are looked through in a tenth of a second.
pub(super) const MOST_BEYOND: u64 = 1_000;

/// Entries between two moments at which another process may open the row index.
const LET_GO_AFTER: u64 = 16 * 1024;

/// How often the folder is opened again while another process may be writing.
const TRIES: u32 = 3;
