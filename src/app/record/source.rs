//! A source as a person describes it, and the bytes kept of it.

use super::acquire::{self, Bytes, Fetching, From, Kept, Page};
use super::address;
use super::append::Proposal;
use super::correction::{NewCorrection, correction};
use super::field::{self, open_text, open_texts, parsed};
use super::toml_file::Fields;
use crate::app::{Desk, Error, InField as _, Session};
use crate::snapshots::Waiting;
use claimledger_core::encoding::name::Url;
use claimledger_core::model::snapshot::Snapshot;
use claimledger_core::model::source::{Capture, NeverHeld, Source, SourceKind, Translator};
use claimledger_core::model::{FreeText, StatementType};
use serde::Deserialize;
use std::path::PathBuf;

/// A new source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of `source add` without a value"
)]
pub struct NewSource {
    /// The file that holds what was captured; absent for a source never held.
    pub file: Option<PathBuf>,
    /// Its title, or a description if it has none.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The kind of document; by default an article, and of another kind if it was never held.
    pub kind: Option<SourceKind>,
    /// Where it was published.
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
    /// Its authors, as named.
    #[serde(default)]
    pub author: Vec<String>,
    /// When it was published, as far as known.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Who translated it: a name, `machine:NAME`, or `unknown`.
    pub translated_by: Option<String>,
    /// Why the source is not named.
    pub unnamed: Option<String>,
    /// Further addresses where copies of it are kept.
    #[serde(default)]
    pub archived_at: Vec<String>,
    /// Whether there is no copy of it.
    #[serde(default)]
    pub never_held: bool,
    /// The source that mentions one that was never held.
    pub known_through: Option<String>,
    /// How one that was never held is known, such as "seen by the reviewer on 2 March".
    pub seen_by: Option<String>,
    /// Keep only the digest of the bytes.
    #[serde(default)]
    pub hash_only: bool,
    /// The media type of the file; detected by default.
    pub media_type: Option<String>,
    /// For a web archive: the address of the page in it; the source's URL by default.
    pub page: Option<String>,
    /// The source that it quotes.
    pub quoted_from: Option<String>,
    /// The agency's text of which it is a copy.
    pub copy_of: Option<String>,
    /// Its words that say so.
    pub stated: Option<String>,
    /// Otherwise why it is judged so.
    pub because: Option<String>,
    /// The claim for which it is first-hand.
    pub first_hand_for: Option<String>,
    /// How that is known.
    pub how: Option<String>,
    /// The claim that it supports.
    pub supports: Option<String>,
    /// The claim that it refutes.
    pub refutes: Option<String>,
    /// The claim that it supports in part and refutes in part.
    pub mixed: Option<String>,
    /// The claim to which it gives context.
    pub context: Option<String>,
    /// The words that say it.
    pub quote: Option<String>,
    /// The words just before the quotation.
    pub prefix: Option<String>,
    /// The words just after it.
    pub suffix: Option<String>,
    /// Whether to take the source's own words where a quotation only looks like them.
    #[serde(default)]
    pub nearest: bool,
    /// What it puts right.
    #[serde(skip)]
    pub correction: Option<NewCorrection>,
}

impl Fields for NewSource {
    const REQUIRED: &'static [&'static str] = &["title", "publisher"];
}

impl NewSource {
    /// The same, with an address in the place of the file as the URL to fetch from.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] if another URL is given too.
    pub fn fetched_from_its_address(mut self) -> Result<Self, Error> {
        self.fetch |= address::in_place_of(&mut self.file, &mut self.url)?;
        Ok(self)
    }

    fn fetching(&self) -> Fetching {
        Fetching {
            allow_private: self.allow_private,
            max_bytes: self.max_bytes,
            timeout: self.timeout,
        }
    }
}

/// Keeps the bytes of a new source until it is added; reports progress as (bytes so far, all bytes). `None` for a
/// source that was never held.
pub fn keep(
    desk: &Desk,
    new: &NewSource,
    waiting: &Waiting,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Option<Kept>, Error> {
    let usage = |text: &str| Err(Error::Usage(text.to_owned()));
    if !new.fetch && new.fetching().says_something() {
        return usage("limits of fetching are given, but not to fetch");
    }
    let known = new.known_through.is_some() || new.seen_by.is_some();
    if new.never_held && !known {
        return usage(
            "a source that was never held needs --known-through SOURCE or --seen-by TEXT",
        );
    }
    let never_held = new.never_held || known;
    let from = match (&new.file, new.fetch, never_held) {
        (None, false, true) => return Ok(None),
        (Some(file), false, false) => From::File(file),
        (None, true, false) => match &new.url {
            Some(url) => From::Address(url, new.fetching()),
            None => return usage("to fetch a source, give its URL"),
        },
        (None, false, false) => {
            return usage(
                "give the file that holds the source, --fetch with --url, or --never-held with \
                 --known-through SOURCE or --seen-by TEXT",
            );
        }
        _ => {
            return usage("a source is captured from a file, fetched, or never held: one of these");
        }
    };
    // The URL of a fetched archive is where the archive is, not the page in it.
    let published = new.url.clone().filter(|_| !new.fetch);
    let bytes = Bytes {
        from,
        hash_only: new.hash_only,
        media_type: new.media_type.as_deref(),
        page: Page {
            named: new.page.as_deref(),
            published,
        },
    };
    acquire::keep(desk, &bytes, waiting, tell).map(Some)
}

/// The statement about a new source whose bytes were kept.
pub fn propose(
    session: &Session,
    new: &NewSource,
    snapshot: Option<Snapshot>,
) -> Result<Proposal, Error> {
    let capture = match snapshot {
        Some(snapshot) => Capture::Captured(snapshot),
        None => Capture::NeverHeld(NeverHeld {
            known_through: field::id(
                session,
                new.known_through.as_ref(),
                StatementType::SourceAdd,
                "known-through",
            )?,
            reason: open_text(new.seen_by.as_ref(), "seen-by")?,
        }),
    };
    let addresses = new.archived_at.iter().map(|url| url.parse::<Url>());
    let mut archived_at = addresses
        .collect::<Result<Vec<_>, _>>()
        .in_field("archived-at")?;
    archived_at.sort();
    archived_at.dedup();
    let source = Source {
        archived_at,
        authors: open_texts(&new.author, "author")?,
        correction: correction(session, new.correction.as_ref(), StatementType::SourceAdd)?,
        kind: new.kind.unwrap_or(match capture {
            Capture::Captured(_) => SourceKind::Article,
            Capture::NeverHeld(_) => SourceKind::Other,
        }),
        capture,
        language: parsed(new.language.as_deref(), "language")?,
        published: parsed(new.published.as_deref(), "published")?,
        publisher: FreeText::open(new.publisher.clone()).in_field("publisher")?,
        title: FreeText::open(new.title.clone()).in_field("title")?,
        translated_by: new
            .translated_by
            .as_deref()
            .map(translator)
            .transpose()
            .in_field("translated-by")?,
        unnamed: open_text(new.unnamed.as_ref(), "unnamed")?,
        url: parsed(new.url.as_deref(), "url")?,
    };
    Ok(Proposal::new(source))
}

/// `machine:NAME` is software, `unknown` an unknown translator, anything else a person or office.
fn translator(text: &str) -> Result<Translator, Error> {
    Ok(match text.split_once(':') {
        Some(("machine", name)) => Translator::Machine(FreeText::open(name.trim())?),
        _ if text == "unknown" => Translator::Unknown,
        _ => Translator::Person(FreeText::open(text)?),
    })
}
