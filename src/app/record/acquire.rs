//! The bytes of a source: from a file, or fetched from where they are published.
//!
//! They are kept beside the ledger before anything is proposed. So the network is used only once, however many
//! questions a person answers afterwards, and never while the ledger is locked.

use super::append;
use crate::app::read::captures::text_of;
use crate::app::without_text::WithoutText;
use crate::app::{Desk, Error, InField as _};
use crate::extract::document::Decoding;
use crate::extract::{archive, charset, http::ContentType};
use crate::host::{files, standard};
use crate::snapshots::{self, Captured, Known, Waiting};
use crate::store::Files;
use crate::transport::{Body, Limits};
use claimledger_core::audit::archive_proofs;
use claimledger_core::encoding::limits::MAX_TRAVELLING_SNAPSHOT_BYTES;
use claimledger_core::encoding::name::{MediaType, Url};
use claimledger_core::encoding::unicode::is_visible;
use claimledger_core::encoding::{Defect, DefectCode};
use claimledger_core::model::Line;
use claimledger_core::model::snapshot::{Holding, Snapshot};
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

/// Where the bytes come from, and what a person says about them.
#[derive(Debug, Clone)]
pub(super) struct Bytes<'a> {
    pub(super) from: From<'a>,
    pub(super) hash_only: bool,
    pub(super) media_type: Option<&'a str>,
    pub(super) page: Page<'a>,
}

/// The page of a web archive.
#[derive(Debug, Clone, Default)]
pub(super) struct Page<'a> {
    /// Its address, if a person names it.
    pub(super) named: Option<&'a str>,
    /// Where the source was published: the page, if a person names no other.
    pub(super) published: Option<String>,
}

/// Where the bytes come from.
#[derive(Debug, Clone, Copy)]
pub(super) enum From<'a> {
    File(&'a Path),
    Address(&'a str, Fetching),
}

/// How to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fetching {
    /// Whether the address may be on this machine or in a local network.
    pub allow_private: bool,
    /// The maximum number of bytes; [`MAX_BYTES`] by default.
    pub max_bytes: Option<u64>,
    /// How many seconds the server may send nothing; [`TIMEOUT`] by default.
    pub timeout: Option<u64>,
}

impl Fetching {
    /// Whether an option is given that has no meaning without fetching.
    pub(super) fn says_something(self) -> bool {
        self != Self::default()
    }
}

/// What was kept waiting.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The snapshot for the statement.
    pub snapshot: Snapshot,
    /// What to tell the person.
    pub notes: Vec<String>,
}

/// Keeps bytes until the statement is added; reports progress as (bytes so far, all bytes).
pub(super) fn keep(
    desk: &Desk,
    bytes: &Bytes<'_>,
    waiting: &Waiting,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Kept, Error> {
    match bytes.from {
        From::File(path) => {
            let limit = MAX_TRAVELLING_SNAPSHOT_BYTES;
            let length = files::length(path)
                .ok()
                .filter(|_| !standard::is_input(path));
            let too_large = |bytes| crate::host::Error::TooLarge {
                path: path.display().to_string(),
                bytes,
                limit,
            };
            // Before anything is read: a file can be longer than its disk, and hashing it takes hours.
            if !bytes.hash_only && length.is_some_and(|length| length > limit) {
                return Err(too_large(length).into());
            }
            let most = if bytes.hash_only { u64::MAX } else { limit + 1 };
            let mut file = files::open(path)?.take(most);
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.filter(|_| !standard::is_input(path));
            let known = Known::file(name, append::now(desk)?, Line::open("file")?);
            let captured = captured(desk, &mut file, known, bytes, waiting)?;
            if !bytes.hash_only && captured.snapshot.bytes > limit {
                return Err(too_large(None).into());
            }
            let notes = of_text(&captured, "it");
            Ok(Kept {
                snapshot: captured.snapshot,
                notes,
            })
        }
        From::Address(url, how) => fetch(desk, url, how, bytes, waiting, tell),
    }
}

/// Keeps the text of a file: of a text file as it is, of another one the text that is found in it. The file itself is not
/// kept.
pub(super) fn keep_text(desk: &Desk, path: &Path, waiting: &Waiting) -> Result<Kept, Error> {
    let apart = Waiting::beside(&desk.disk()?)?;
    let file = Bytes {
        from: From::File(path),
        hash_only: false,
        media_type: None,
        page: Page::default(),
    };
    let found = keep(desk, &file, &apart, &mut |_, _| ())?.snapshot;
    let text = text_of(&Files::new(apart.disk()), &found)?;
    let text = text.filter(|text| text.chars().any(is_visible));
    let Some(text) = text else {
        let why = WithoutText::from_snapshot(&found);
        return Err(Error::File {
            path: path.display().to_string(),
            reason: why.map_or_else(
                || "there are no words in it".to_owned(),
                |why| format!("it has no text: {why}"),
            ),
        });
    };
    let known = Known {
        media_type: Some("text/plain".parse()?),
        ..Known::file(None, found.captured, found.method)
    };
    let kept = snapshots::capture(&waiting.to_fill()?, &mut text.as_bytes(), known, None)?;
    Ok(Kept {
        snapshot: kept.snapshot,
        notes: Vec::new(),
    })
}

fn fetch(
    desk: &Desk,
    url: &str,
    how: Fetching,
    bytes: &Bytes<'_>,
    waiting: &Waiting,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Kept, Error> {
    let time = match how.timeout {
        None => TIMEOUT,
        Some(seconds @ 1..=86_400) => Duration::from_secs(seconds),
        Some(_) => {
            return Err(Error::Usage(
                "a server may be silent for 1 to 86400 seconds".to_owned(),
            ));
        }
    };
    let limit = how.max_bytes.unwrap_or(MAX_BYTES);
    let client = desk.client_within(Limits {
        private_addresses: how.allow_private,
        time,
        ..Limits::default()
    });
    let answer = client.open(url, limit)?;
    let plain = snapshots::ResponseHead {
        url: answer.url.parse()?,
        status: answer.status,
        headers: answer.headers,
    };
    let (mut known, left_out) = Known::answer(&plain, append::now(desk)?, Line::open("fetch")?);
    known.file_name = last_name(&answer.url);
    let all = answer.body.announced().unwrap_or(limit);
    let mut told = Told {
        body: answer.body,
        read: 0,
        tell: &mut |read| tell(read, all),
    };
    let captured = captured(desk, &mut told, known, bytes, waiting);
    if let Some(failure) = told.body.failure() {
        return Err(failure.into());
    }
    let captured = captured?;
    let mut notes = Vec::new();
    if answer.sent_on {
        notes.push(format!("{url} leads to {}, which answered", answer.url));
    }
    notes.extend(of_text(&captured, "what came"));
    if !left_out.is_empty() {
        notes.push(format!(
            "header fields not recorded: {}",
            left_out.join(", ")
        ));
    }
    Ok(Kept {
        snapshot: captured.snapshot,
        notes,
    })
}

fn captured(
    desk: &Desk,
    from: &mut dyn Read,
    mut known: Known,
    bytes: &Bytes<'_>,
    waiting: &Waiting,
) -> Result<Captured, Error> {
    if let Some(said) = bytes.media_type {
        let (media_type, charset) = media_type(said)?;
        known.media_type = Some(media_type);
        known.declared.charset = charset.or(known.declared.charset);
    }
    let kept = if bytes.hash_only {
        known.holding = Holding::HashOnly;
        waiting.snapshots()
    } else {
        waiting.to_fill()?
    };
    known.page = bytes.page.address()?;
    let captured = snapshots::capture(&kept, from, known, desk.reader.as_ref())?;
    bytes.page.is_in(&captured.snapshot.media_type)?;
    Ok(captured)
}

impl Page<'_> {
    /// The page to look for; none for the only one.
    pub(super) fn address(&self) -> Result<Option<Url>, Error> {
        Ok(match (self.named, &self.published) {
            (Some(named), _) => Some(named.parse().in_field("page")?),
            (None, Some(url)) if url.starts_with("http") => Some(url.parse().in_field("url")?),
            // Only pages of the web stand in a web archive.
            (None, _) => None,
        })
    }

    /// Refuses a page that a person names in what is no web archive.
    pub(super) fn is_in(&self, media_type: &MediaType) -> Result<(), Error> {
        if self.named.is_some() && !archive::is_archive(media_type.as_str()) {
            return Err(Error::Usage(format!(
                "--page names a page of a web archive, and this is {media_type}"
            )));
        }
        Ok(())
    }
}

/// A media type as a person writes it, with or without a charset: `text/plain; charset=iso-8859-1` (RFC 9110, 8.3).
pub(super) fn media_type(said: &str) -> Result<(MediaType, Option<String>), Error> {
    let parsed = ContentType::parse(said);
    let Some(label) = parsed.charset else {
        return Ok((said.parse()?, None));
    };
    if !charset::is_known(&label) {
        let why = format!("the charset {label:?} is not known");
        return Err(Defect::new(DefectCode::BadMediaType, why).into());
    }
    Ok((parsed.media_type.parse()?, Some(label)))
}

/// What to tell a person about the text of bytes that were just kept: of which page of an archive it is, that there is none,
/// that its characters may be wrong, that the archive bends its standard, or that its own proofs do not hold.
pub(super) fn of_text(captured: &Captured, what: &str) -> Vec<String> {
    let snapshot = &captured.snapshot;
    let page = snapshot.text.as_ref().and_then(|text| text.page.as_ref());
    let page = page.map(|page| format!("the text is that of the page {page} in the archive"));
    let proofs = snapshot.archive_proofs.iter();
    let wrong = proofs.filter(|proof| proof.wrong > 0);
    let wrong = wrong.map(|proof| {
        format!(
            "of the archive's own proofs: {}",
            archive_proofs::words(proof)
        )
    });
    let bent = captured.bent.as_ref();
    let bent = bent.map(|bent| format!("the WARC file is not as its standard says: {bent}"));
    page.into_iter()
        .chain(without_text(snapshot, what))
        .chain(captured.decoding.iter().filter_map(Decoding::note))
        .chain(bent)
        .chain(wrong)
        .collect()
}

/// A note about bytes that are kept but cannot be quoted. For a mere digest there is none, because nobody expects to
/// quote it.
fn without_text(snapshot: &Snapshot, what: &str) -> Option<String> {
    if snapshot.holding == Holding::HashOnly {
        return None;
    }
    if snapshot.bytes == 0 {
        return Some(format!("nothing can be quoted from {what}: it is empty"));
    }
    WithoutText::from_snapshot(snapshot).map(|why| why.note(what))
}

/// The last name in a URL's path. Its ending is used if the server does not give the type of the bytes.
fn last_name(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let (_, after) = path.split_once("://")?;
    let (_, name) = after.rsplit_once('/')?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Passes bytes on, and reports how many.
struct Told<'a> {
    body: Body,
    read: u64,
    tell: &'a mut dyn FnMut(u64),
}

impl Read for Told<'_> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let length = self.body.read(piece)?;
        self.read += length as u64;
        (self.tell)(self.read);
        Ok(length)
    }
}

/// The limit without an option, 256 MiB: enough for any page and nearly any document. For a film, a person gives a
/// larger limit.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// A server may send nothing for half a minute.
pub const TIMEOUT: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::{last_name, media_type};

    #[test]
    fn the_last_name_of_an_address_is_that_of_its_path() {
        let named = |url| last_name(url);
        assert_eq!(named("https://a.example/b/c.pdf"), Some("c.pdf".to_owned()));
        assert_eq!(
            named("https://a.example/c.pdf?page=/x.html#/y.txt"),
            Some("c.pdf".to_owned())
        );
        for none in [
            "https://a.example",
            "https://a.example/",
            "https://a.example/b/?x.pdf",
            "c.pdf",
        ] {
            assert_eq!(named(none), None, "{none}");
        }
    }

    #[test]
    fn a_media_type_may_name_a_charset_that_is_known() {
        let plain = media_type("text/html").unwrap();
        assert_eq!(
            (plain.0.to_string(), plain.1),
            ("text/html".to_owned(), None)
        );
        let (kind, label) = media_type("text/plain; charset=iso-8859-2").unwrap();
        assert_eq!(kind.to_string(), "text/plain");
        assert_eq!(label.as_deref(), Some("iso-8859-2"));
        for bad in ["text", "text/plain; charset=klingon"] {
            assert_eq!(
                media_type(bad).unwrap_err().code(),
                "bad-media-type",
                "{bad}"
            );
        }
    }
}
