//! The only way from bytes to a snapshot: keep them, extract their text, and report what was done.

use super::private_key::LOOKED_AT_BYTES;
use super::{Error, Snapshots};
use crate::extract::charset::{self, DeclaredBy};
use crate::extract::document::{self, Decoding, Document, Extraction};
use crate::extract::http::ContentType;
use crate::extract::reader::ReaderProcess;
use crate::extract::{archive, codings, media};
use crate::host;
use crate::text::words::character_before;
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::encoding::limits::MAX_LINE_BYTES;
use claimledger_core::encoding::name::{MediaType, Url};
use claimledger_core::encoding::time::Instant;
use claimledger_core::log::ReadSeek;
use claimledger_core::log::blobs::measure;
use claimledger_core::log::bounded;
use claimledger_core::model::snapshot::{
    ArchiveProof, Charset, ChosenBy, ExtractedText, Fetched, Holding, Snapshot,
};
use claimledger_core::model::{Line, Name};
use std::io::{Cursor, Read};
use std::path::Path;

/// What is known about bytes before they are read.
#[derive(Debug, Clone)]
pub struct Known {
    /// When they were captured.
    pub captured: Instant,
    /// Who captured them, if not the signer.
    pub captured_by: Option<Name>,
    /// Their content coding, e.g. `gzip`.
    pub coding: Option<String>,
    /// The media type and charset declared for them.
    pub declared: ContentType,
    /// The server's response, if they were fetched.
    pub fetched: Option<Fetched>,
    /// The name of their file.
    pub file_name: Option<String>,
    /// Whether to keep them.
    pub holding: Holding,
    /// Their media type, if a person gives it: then the bytes are not examined for it.
    pub media_type: Option<MediaType>,
    /// How they were captured.
    pub method: Line,
    /// For a web archive: the page in it; its main page by default.
    pub page: Option<Url>,
}

impl Known {
    /// A file to be kept, with nothing else known about it.
    pub fn file(name: Option<&str>, captured: Instant, method: Line) -> Self {
        Self {
            captured,
            captured_by: None,
            coding: None,
            declared: ContentType::default(),
            fetched: None,
            file_name: name.map(str::to_owned),
            holding: Holding::Held,
            media_type: None,
            method,
            page: None,
        }
    }

    /// A server's response to be kept. Also returns the names of the header fields that are not recorded: cookies,
    /// which are private, and fields that do not fit on a line or into the statement.
    pub fn answer(answer: &ResponseHead, captured: Instant, method: Line) -> (Self, Vec<String>) {
        let mut headers = Vec::new();
        let mut left_out = Vec::new();
        let mut room = MAX_HEADER_BYTES;
        for (name, value) in &answer.headers {
            let line = std::str::from_utf8(value)
                .ok()
                .map(|value| format!("{}: {}", name.to_ascii_lowercase(), value.trim()))
                .filter(|line| line.len() <= MAX_LINE_BYTES.min(room))
                .filter(|_| !name.to_ascii_lowercase().starts_with("set-cookie"))
                .filter(|_| headers.len() < MAX_HEADERS)
                .and_then(|line| Some((line.len(), Line::open(line).ok()?)));
            match line {
                Some((length, line)) => {
                    room -= length;
                    headers.push(line);
                }
                None => left_out.push(name.clone()),
            }
        }
        let field = |name: &str| {
            let mut fields = answer.headers.iter();
            let (_, value) = fields.find(|(n, _)| n.eq_ignore_ascii_case(name))?;
            std::str::from_utf8(value).ok()
        };
        let fields = answer.headers.iter();
        let fields = fields.filter_map(|(n, v)| Some((n.as_str(), std::str::from_utf8(v).ok()?)));
        let known = Self {
            coding: coding_in(fields),
            declared: field("content-type")
                .map(ContentType::parse)
                .unwrap_or_default(),
            fetched: Some(Fetched {
                headers,
                status: u64::from(answer.status),
                url: answer.url.clone(),
            }),
            ..Self::file(None, captured, method)
        };
        (known, left_out)
    }
}

/// The head of a server's response, as plain data; its body is separate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHead {
    /// The final URL, after every redirect.
    pub url: Url,
    /// The HTTP status.
    pub status: u16,
    /// Names and values of the header fields, in their original order.
    pub headers: Vec<(String, Vec<u8>)>,
}

/// What was kept, and the snapshot for a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// Whether its bytes have a text that can be quoted.
    pub quotable: bool,
    /// How the characters of the text were decoded, where an encoding was chosen.
    pub decoding: Option<Decoding>,
    /// What in a web archive is not as its standard says, in words.
    pub bent: Option<String>,
}

/// Keeps bytes and their text; when it returns, both are durable. With [`Holding::HashOnly`] nothing is kept and no
/// text is extracted. `reader` reads formats like PDF; without it they have no text.
pub fn capture(
    snapshots: &Snapshots<'_>,
    from: &mut dyn Read,
    known: Known,
    reader: Option<&ReaderProcess>,
) -> Result<Captured, Error> {
    let mut head = Vec::new();
    let mut taken = (&mut *from).take(LOOKED_AT_BYTES as u64);
    taken
        .read_to_end(&mut head)
        .map_err(|e| host::Error::io("reading", Path::new("the snapshot"), e))?;
    let mut whole = Cursor::new(&head).chain(from);
    let media_type = known.media_type.clone().unwrap_or_else(|| {
        media::detect(
            &head[..head.len().min(media::HEAD_BYTES)],
            Some(&known.declared.media_type),
            known.file_name.as_deref(),
        )
    });
    let (sha256, bytes) = match known.holding {
        Holding::Held => snapshots.put_from(&mut whole)?,
        // A digest alone does not reveal a private key.
        Holding::HashOnly => measure(&mut whole)
            .map_err(|e| host::Error::io("reading", Path::new("the snapshot"), e))?,
    };
    let outcome = match known.holding {
        Holding::Held => outcome(snapshots, &sha256, &media_type, &known, reader)?,
        Holding::HashOnly => Extraction::NotText,
    };
    let by_person = known.media_type.is_some() && known.declared.charset.is_some();
    let quotable = matches!(outcome, Extraction::Own | Extraction::Extracted { .. });
    let described = described(outcome, by_person, snapshots)?;
    let examined = match known.holding {
        Holding::Held => examined(snapshots, &sha256, &media_type)?,
        Holding::HashOnly => archive::OwnProofs::default(),
    };
    let snapshot = Snapshot {
        archive_proofs: recorded(examined.proofs)?,
        bytes,
        captured: known.captured,
        captured_by: known.captured_by,
        fetched: known.fetched,
        holding: known.holding,
        media_type,
        method: known.method,
        no_text: described.no_text,
        sha256,
        text: described.text,
    };
    snapshot.check()?;
    Ok(Captured {
        snapshot,
        quotable,
        decoding: described.decoding,
        bent: examined.bent,
    })
}

/// What a snapshot says of the text in its bytes.
pub(super) struct Described {
    pub(super) text: Option<ExtractedText>,
    pub(super) no_text: Option<Line>,
    pub(super) decoding: Option<Decoding>,
}

/// What a snapshot says of the text that was found, which is kept.
pub(super) fn described(
    outcome: Extraction,
    by_person: bool,
    snapshots: &Snapshots<'_>,
) -> Result<Described, Error> {
    let mut decoding = None;
    let (text, no_text) = match outcome {
        Extraction::Own | Extraction::NotText => (None, None),
        Extraction::Extracted {
            text,
            extractor,
            charset,
            page,
        } => {
            // The charset of a page in an archive is the page's own.
            let by_person = by_person && page.is_none();
            decoding = charset;
            let chosen = |decoding: &Decoding| match decoding.by {
                DeclaredBy::Sender if by_person => ChosenBy::Person,
                DeclaredBy::Mark | DeclaredBy::Document | DeclaredBy::Sender => ChosenBy::Declared,
                DeclaredBy::Nothing => ChosenBy::Standard,
            };
            let charset = charset.map(|decoding| {
                Ok::<_, Error>(Charset {
                    chosen_by: chosen(&decoding),
                    name: Line::open(decoding.name)?,
                })
            });
            let text = ExtractedText {
                charset: charset.transpose()?,
                // Also a page that was chosen by default: an auditor then reads the same one. An address that no statement
                // may have is left out.
                page: page.and_then(|page| page.parse().ok()),
                extractor: Line::open(extractor)?,
                sha256: snapshots.put(text.as_bytes())?,
            };
            (Some(text), None)
        }
        Extraction::Failed(why) => (None, Some(reason(&why)?)),
    };
    Ok(Described {
        text,
        no_text,
        decoding,
    })
}

/// The text of a blob that was just kept.
fn outcome(
    snapshots: &Snapshots<'_>,
    digest: &Digest,
    media_type: &MediaType,
    known: &Known,
    reader: Option<&ReaderProcess>,
) -> Result<Extraction, Error> {
    let Some(mut file) = snapshots.open(digest)? else {
        return Err(Error::Altered { digest: *digest });
    };
    let choices = Choices {
        page: known.page.as_ref().map(Url::as_str),
        coding: known.coding.as_deref(),
        charset: known.declared.charset.as_deref(),
    };
    match extract_from(file.as_mut(), media_type.as_str(), &choices, reader) {
        Ok(outcome) => Ok(outcome),
        Err(e) => Err(host::Error::io("reading", Path::new("the snapshot"), e).into()),
    }
}

/// What a web archive that was just kept proves of itself.
fn examined(
    snapshots: &Snapshots<'_>,
    digest: &Digest,
    media_type: &MediaType,
) -> Result<archive::OwnProofs, Error> {
    match snapshots.open(digest)? {
        Some(mut file) if archive::is_archive(media_type.as_str()) => {
            Ok(archive::examine(file.as_mut(), media_type.as_str()))
        }
        _ => Ok(archive::OwnProofs::default()),
    }
}

/// What a web archive proves of itself: the same bytes prove the same.
pub fn proofs_from(
    file: &mut dyn ReadSeek,
    media_type: &MediaType,
) -> Result<Vec<ArchiveProof>, Error> {
    if !archive::is_archive(media_type.as_str()) {
        return Ok(Vec::new());
    }
    recorded(archive::examine(file, media_type.as_str()).proofs)
}

fn recorded(found: Vec<archive::Proof>) -> Result<Vec<ArchiveProof>, Error> {
    let found = found.into_iter();
    found
        .map(|proof| {
            Ok(ArchiveProof {
                absent: proof.absent,
                detail: proof.detail.as_deref().map(reason).transpose()?,
                unchecked: proof.unchecked,
                valid: proof.valid,
                what: proof.what,
                wrong: proof.wrong,
            })
        })
        .collect()
}

/// What must be known beside the bytes to extract their text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choices<'a> {
    /// The page of a web archive; by default its main page.
    pub page: Option<&'a str>,
    /// The content coding of the bytes, e.g. `gzip`.
    pub coding: Option<&'a str>,
    /// The encoding of their characters, declared beside them or chosen by a person.
    pub charset: Option<&'a str>,
}

/// The text of bytes of a media type: the same bytes and choices give the same text.
pub fn extract_from(
    file: &mut dyn ReadSeek,
    media_type: &str,
    choices: &Choices<'_>,
    reader: Option<&ReaderProcess>,
) -> std::io::Result<Extraction> {
    match media_type {
        media::WARC | media::WACZ => {
            return Ok(archive::text(file, media_type, choices.page, reader));
        }
        other if document::may_have_text(other) => {}
        _ => return Ok(Extraction::NotText),
    }
    let Some(bytes) = bounded::read_bounded(&mut *file)? else {
        return Ok(Extraction::Failed(bounded::too_large()));
    };
    let kept = choices.coding.map(|_| sha256(&[&bytes]));
    let bytes = match codings::undo(bytes, choices.coding) {
        Ok(bytes) => bytes,
        Err(why) => return Ok(Extraction::Failed(why)),
    };
    let document = Document {
        bytes: &bytes,
        media_type,
        charset: choices.charset,
    };
    Ok(match document::extract(&document, reader) {
        // Unpacked text is not the same as the bytes that were kept.
        Extraction::Own if kept.is_some_and(|kept| kept != sha256(&[&bytes])) => {
            Extraction::from_text(&String::from_utf8_lossy(&bytes), charset::EXTRACTOR)
        }
        other => other,
    })
}

/// The content codings that header fields list, in one list (RFC 9110, 5.3).
pub(super) fn coding_in<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let codings = fields.filter(|(name, _)| name.eq_ignore_ascii_case("content-encoding"));
    let codings: Vec<String> = codings
        .map(|(_, value)| value.trim().to_ascii_lowercase())
        .collect();
    (!codings.is_empty()).then(|| codings.join(", "))
}

/// A reason, shortened to one line.
fn reason(why: &str) -> Result<Line, Error> {
    let mut line: String = why
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    line.truncate(character_before(&line, MAX_REASON_BYTES));
    Ok(Line::open(line)?)
}

/// Header fields share a statement with everything else about the source.
const MAX_HEADER_BYTES: usize = 16 * 1024;

/// Real responses have a few dozen.
const MAX_HEADERS: usize = 128;

/// A reason is a sentence; it may contain a long URL.
const MAX_REASON_BYTES: usize = 1024;
