//! Later bytes of a source, and the withholding of bytes.

use super::acquire::{self, Bytes, Fetching, From, Kept, Page};
use super::address;
use super::append::{Added, Proposal};
use super::compared;
use super::looking;
use super::toml_file::Fields;
use crate::app::read::captures::{captures, published, standing_copies};
use crate::app::read::{line, quotations, source_text};
use crate::app::{Desk, Error, InField as _, Session};
use crate::snapshots::{self, Extractors, ReadAs, Snapshots, Waiting};
use claimledger_core::Message;
use claimledger_core::crypto::{Digest, PublicKey};
use claimledger_core::log::Reader;
use claimledger_core::model::snapshot::{Snapshot, Withhold};
use claimledger_core::model::source::{MAX_QUOTATIONS, Quotation, QuotationState, SourceCapture};
use claimledger_core::model::{Body, FreeText, StatementType};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Later or further bytes of a source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of `source capture` without a value"
)]
pub struct NewCapture {
    /// The source: number, label or id.
    pub source: String,
    /// The file that holds what was captured.
    pub file: Option<PathBuf>,
    /// The URL to fetch; the source's own URL by default.
    pub url: Option<String>,
    /// Fetch the bytes from its URL.
    #[serde(default)]
    pub fetch: bool,
    /// For fetching: whether the address may be on this machine or in a local network.
    #[serde(default)]
    pub allow_private: bool,
    /// For fetching: the maximum number of bytes.
    pub max_bytes: Option<u64>,
    /// For fetching: how many seconds the server may send nothing.
    pub timeout: Option<u64>,
    /// Keep only the digest of the bytes.
    #[serde(default)]
    pub hash_only: bool,
    /// The media type of the file; detected by default.
    pub media_type: Option<String>,
    /// For a web archive: the address of the page in it; the source's URL by default.
    pub page: Option<String>,
    /// Whether a person has confirmed that quotations which are not in the new text are gone from the source.
    #[serde(default)]
    pub quotations_gone: bool,
    /// Extract the text of the newest bytes that are held again, as the extractors of this program do it.
    #[serde(skip)]
    pub again: bool,
}

impl NewCapture {
    /// The same, with an address in the place of the file as the URL to fetch from.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] if another URL is given too.
    pub fn fetched_from_its_address(mut self) -> Result<Self, Error> {
        self.fetch |= address::in_place_of(&mut self.file, &mut self.url)?;
        Ok(self)
    }
}

impl Fields for NewCapture {
    const REQUIRED: &'static [&'static str] = &["source"];
}

/// Keeps later bytes until the statement is added; reports progress as (bytes so far, all bytes). `published` returns
/// the URL where a source was published.
pub fn keep(
    desk: &Desk,
    new: &NewCapture,
    published: impl Fn(&str) -> Result<Option<String>, Error>,
    waiting: &Waiting,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Kept, Error> {
    let usage = |text: &str| Err(Error::Usage(text.to_owned()));
    let fetching = Fetching {
        allow_private: new.allow_private,
        max_bytes: new.max_bytes,
        timeout: new.timeout,
    };
    let url;
    let from = match (&new.file, new.fetch) {
        (Some(_), false) if new.url.is_some() || fetching.says_something() => {
            return usage("a URL and limits of fetching are given, but not to fetch");
        }
        (Some(file), false) => From::File(file),
        (None, true) => {
            url = match &new.url {
                Some(url) => Some(url.clone()),
                None => published(&new.source)?,
            };
            match &url {
                Some(url) => From::Address(url, fetching),
                None => return usage("the source names no URL; give the one to fetch from"),
            }
        }
        _ => return usage("give the file that holds what was captured, or --fetch"),
    };
    // The URL of a fetched archive is where the archive is, not the page in it.
    let page = Page {
        named: new.page.as_deref(),
        published: match (&new.file, &new.page) {
            (Some(_), None) => published(&new.source)?,
            _ => None,
        },
    };
    let bytes = Bytes {
        from,
        hash_only: new.hash_only,
        media_type: new.media_type.as_deref(),
        page,
    };
    acquire::keep(desk, &bytes, waiting, tell)
}

/// What this program reads in the newest bytes of a source that are held.
pub enum Renewed {
    /// Another text than the recorded one.
    Changed(Box<Kept>),
    /// What this entry records already.
    Recorded(Added, Message),
}

/// The newest bytes of a source that are held, as this program reads them now.
pub fn again(
    desk: &Desk,
    session: &Session,
    new: &NewCapture,
    waiting: &Waiting,
) -> Result<Renewed, Error> {
    if new.file.is_some() || new.fetch || new.hash_only {
        return Err(Error::Usage(
            "--again takes the bytes that are held: give no file or address".to_owned(),
        ));
    }
    let source = session.id_of(&new.source, StatementType::SourceAdd)?;
    let disk = desk.disk()?;
    let held = Snapshots::new(&disk);
    for (entry, snapshot) in standing_copies(session, &source)?.iter().rev() {
        if session.hides(&snapshot.sha256)? {
            continue;
        }
        let Some(mut bytes) = held.open_checked(&snapshot.sha256, snapshot.bytes)? else {
            continue;
        };
        let recorded = snapshot.text.as_ref().and_then(|text| text.page.clone());
        let page = Page {
            named: new.page.as_deref(),
            published: match recorded {
                Some(page) => Some(page.to_string()),
                None => published(session, &new.source)?,
            },
        };
        let mut read_as = ReadAs {
            page: page.address()?,
            ..ReadAs::default()
        };
        if let Some(said) = &new.media_type {
            let (media_type, charset) = acquire::media_type(said).in_field("media-type")?;
            read_as.media_type = Some(media_type);
            read_as.charset = charset;
        }
        let extractors = Extractors {
            reader: desk.reader.clone(),
        };
        let renewed = extractors.renew(snapshot, read_as, &mut *bytes, waiting)?;
        let now = renewed.as_ref().map_or(snapshot, |now| &now.snapshot);
        page.is_in(&now.media_type)?;
        let Some(captured) = renewed else {
            let statement = session.statement(*entry)?;
            let words = line::first_words(session, &statement)?;
            let there = Added::already(*entry, statement.id(), &statement);
            return Ok(Renewed::Recorded(there, words));
        };
        return Ok(Renewed::Changed(Box::new(Kept {
            notes: acquire::of_text(&captured, "the bytes"),
            snapshot: captured.snapshot,
        })));
    }
    Err(source_text::why_none(session, &source)?)
}

/// The statement about later bytes that were kept, and what they have of earlier quotations; `reader` has the bytes. More
/// quotations than one statement may name go into further ones about the same bytes. Also returns what to tell the person.
pub fn capture(
    session: &Session,
    new: &NewCapture,
    snapshot: &Snapshot,
    reader: &dyn Reader,
    key: &PublicKey,
) -> Result<(Proposal, Vec<String>), Error> {
    let source = session.id_of(&new.source, StatementType::SourceAdd)?;
    let looked = looking::look(session, &source, snapshot, reader, key)?;
    let naming = |quotations: &[Quotation]| SourceCapture {
        quotations: quotations.to_vec(),
        snapshot: snapshot.clone(),
        source,
    };
    let mut parts = looked.found.chunks(MAX_QUOTATIONS);
    let mut proposal = Proposal::new(naming(parts.next().unwrap_or_default()));
    proposal.further = parts.map(|part| Body::from(naming(part))).collect();
    let compared = compared::compare(session, &source, snapshot, reader)?;
    let gone = |found: &&Quotation| found.state == QuotationState::Gone;
    let gone = looked.found.iter().filter(gone).count();
    if gone > 0 && !new.quotations_gone {
        let found = quotations::sentence(session, &naming(&looked.found))?;
        return Err(snapshots::Error::QuotationsGone {
            gone,
            found: found.unwrap_or_default(),
            notes: compared.notes,
            doubts: compared.doubts,
        }
        .into());
    }
    let mut notes = compared.notes;
    notes.extend(compared.doubts);
    notes.extend(looked.notes);
    notes.extend(perhaps_a_transcript(session, new, snapshot)?);
    Ok((proposal, notes))
}

/// How many quotations are gone, and what has changed, if a capture was refused because nobody has confirmed that.
pub fn gone(refused: &Error) -> Option<(usize, &[String])> {
    match refused.bare() {
        Error::Ledger(crate::ledger::Error::Snapshots(snapshots::Error::QuotationsGone {
            gone,
            notes,
            ..
        })) => Some((*gone, notes)),
        _ => None,
    }
}

/// A note, if a text in a file is to be captured for a source whose bytes are a picture, a recording or another file without
/// text: words that somebody wrote down are not bytes of the source.
pub fn perhaps_a_transcript(
    session: &Session,
    new: &NewCapture,
    snapshot: &Snapshot,
) -> Result<Option<String>, Error> {
    if snapshot.fetched.is_some() || snapshot.media_type.as_str() != "text/plain" {
        return Ok(None);
    }
    let source = session.id_of(&new.source, StatementType::SourceAdd)?;
    let before = captures(session, &source, session.head().size)?;
    let without_words = |held: &Snapshot| {
        held.text_blob().is_none() && !held.media_type.as_str().starts_with("text/")
    };
    Ok(before.last().filter(|held| without_words(held)).map(|held| {
        format!(
            "what is held of {0} is {1}, and this is a text: if somebody wrote it down from those bytes, it is a \
             transcript: `claimledger source transcribe {0} FILE --by NAME`",
            new.source, held.media_type
        )
    }))
}

/// Bytes that are to be withheld.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewWithholding {
    /// The source or the capture whose bytes they are: number, label or id.
    pub target: String,
    /// Which of its bytes, by digest; needed if a source was captured more than once.
    pub sha256: Option<Digest>,
    /// Why.
    pub reason: String,
    /// Withhold the bytes wherever they stand, for the host of the ledger.
    #[serde(default)]
    pub everywhere: bool,
}

/// The statement that withholds bytes.
pub fn withhold(session: &Session, new: &NewWithholding) -> Result<Proposal, Error> {
    let (id, body) = session.named(&new.target)?;
    let (source, found) = match &body {
        Body::SourceCapture(capture) => (capture.source, vec![capture.snapshot.sha256]),
        Body::SourceAdd(_) => {
            let all = captures(session, &id, session.head().size)?;
            // The same bytes can be captured twice.
            let digests: BTreeSet<Digest> = all.iter().map(|snapshot| snapshot.sha256).collect();
            (id, digests.into_iter().collect())
        }
        other => {
            return Err(Error::WrongKind {
                name: new.target.clone(),
                found: other.statement_type().to_string(),
                wanted: "source.add or source.capture".to_owned(),
            });
        }
    };
    let sha256 = match (new.sha256, &found[..]) {
        (Some(digest), all) if all.contains(&digest) => digest,
        (None, [one]) => *one,
        (None, []) => {
            return Err(Error::Usage(format!(
                "{} was never held: there are no bytes to withhold",
                new.target
            )));
        }
        (given, many) => {
            let all: Vec<String> = many.iter().map(ToString::to_string).collect();
            let which = given.map_or("say which with --sha256", |_| "that is none of them");
            return Err(Error::Usage(format!(
                "{} has the bytes {}; {which}",
                new.target,
                all.join(", ")
            )));
        }
    };
    Ok(Proposal::new(Withhold {
        reason: FreeText::open(new.reason.clone())?,
        sha256,
        source: (!new.everywhere).then_some(source),
    }))
}
