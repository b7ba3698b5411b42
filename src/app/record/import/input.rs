//! The files, folders and addresses of an import, one after another: their bytes, and the reviews in them.

use crate::app::{Desk, Error};
use crate::extract::charset::{self, Choice};
use crate::extract::media;
use crate::formats::claimreview;
use crate::formats::json::{MAX_VALUE_BYTES, VerbatimJson};
use crate::formats::{Mapping, ReviewMarkup, Trouble, TroubleCode, own, table};
use crate::host::{self, files};
use crate::snapshots::Waiting;
use crate::transport::Limits;
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::encoding::limits::MAX_TRAVELLING_SNAPSHOT_BYTES;
use claimledger_core::encoding::name::MediaType;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Something to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// An address of the web.
    Address(String),
}

/// How the reviews are spelled in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelled {
    /// ClaimReview markup in pages and JSON.
    ClaimReview,
    /// JSON Lines: a review a line.
    Lines(Mapping),
    /// A table: a review a row.
    Table(Mapping),
}

/// Whether addresses of this machine and its network may be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaching {
    /// They may.
    pub private_addresses: bool,
}

impl Reaching {
    /// For files, which are fetched from nowhere.
    pub const FILES: Self = Self {
        private_addresses: false,
    };
}

/// What is to be imported, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// Each file and address.
    pub all: Vec<Input>,
    /// Files of the folders that are no page and no JSON, by their names.
    pub passed_over: u64,
}

impl Inputs {
    /// The files and addresses that these words name; of a folder every page and JSON file in it, by name.
    ///
    /// # Errors
    ///
    /// Those of reading a folder.
    pub fn named(words: &[String]) -> Result<Self, Error> {
        let mut inputs = Self {
            all: Vec::new(),
            passed_over: 0,
        };
        for word in words {
            let path = Path::new(word);
            if word.starts_with("https://") || word.starts_with("http://") {
                inputs.all.push(Input::Address(word.clone()));
            } else if files::is_folder(path) {
                inputs.folder(path)?;
            } else {
                inputs.all.push(Input::File(path.to_owned()));
            }
        }
        Ok(inputs)
    }

    fn folder(&mut self, folder: &Path) -> Result<(), Error> {
        let mut names = files::names(folder)?;
        names.sort();
        for name in names {
            let path = folder.join(name);
            let ending = path.extension().and_then(|ending| ending.to_str());
            let ending = ending.unwrap_or_default().to_ascii_lowercase();
            match files::kind(&path)? {
                // Links could lead around in a circle.
                Some(files::Kind::Folder) => self.folder(&path)?,
                Some(files::Kind::File) if ENDINGS.contains(&&*ending) => {
                    self.all.push(Input::File(path));
                }
                _ => self.passed_over += 1,
            }
        }
        Ok(())
    }
}

/// What pages and JSON files are called.
const ENDINGS: &[&str] = &["html", "htm", "xhtml", "json", "jsonld", "jsonl", "ndjson"];

/// The bytes of one input, and what a record says of them.
pub(super) struct Opened {
    /// What a person calls it.
    pub(super) name: String,
    pub(super) sha256: Digest,
    pub(super) bytes: u64,
    pub(super) media_type: MediaType,
    declared: Option<String>,
    content: Content,
}

/// Where the bytes are. They are read once to be recognised and once to be kept, and must be the same both times.
enum Content {
    Memory(Vec<u8>),
    /// Copied beside the ledger, where no other program changes them.
    Waiting(Waiting),
}

/// Takes what an input has: reviews, or what is wrong at a place. False ends the reading.
pub(super) type Take<'t> = dyn FnMut(&str, Result<Vec<ReviewMarkup>, Trouble>) -> bool + 't;

impl Input {
    /// What a person calls it.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Address(address) => address.clone(),
        }
    }

    /// The names of the columns of a table in it.
    ///
    /// # Errors
    ///
    /// Those of reading it; it may be no table.
    pub fn columns(&self, desk: &Desk, mapping: &Mapping) -> Result<Vec<String>, Error> {
        self.open(desk, Reaching::FILES)?.columns(mapping)
    }

    /// Opens or fetches it.
    pub(super) fn open(&self, desk: &Desk, reaching: Reaching) -> Result<Opened, Error> {
        match self {
            Self::File(path) => {
                let mut file = files::open(path)?;
                let name = path.file_name().and_then(|name| name.to_str());
                opened(desk, self.name(), &mut file, None, name)
            }
            Self::Address(address) => {
                let client = desk.client_within(Limits {
                    private_addresses: reaching.private_addresses,
                    ..Limits::default()
                });
                let mut answer = client.open(address, MAX_FETCHED_BYTES)?;
                let header = answer
                    .headers
                    .iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
                let declared = header
                    .and_then(|(_, value)| std::str::from_utf8(value).ok())
                    .map(str::to_owned);
                let read = opened(
                    desk,
                    self.name(),
                    &mut answer.body,
                    declared.as_deref(),
                    None,
                );
                match answer.body.failure() {
                    Some(failure) => Err(failure.into()),
                    None => read,
                }
            }
        }
    }
}

fn opened(
    desk: &Desk,
    name: String,
    from: &mut dyn Read,
    declared: Option<&str>,
    file_name: Option<&str>,
) -> Result<Opened, Error> {
    let reading = |e| host::Error::io("reading", Path::new(&name), e);
    let mut head = Vec::new();
    let most = MAX_VALUE_BYTES as u64 + 1;
    from.take(most).read_to_end(&mut head).map_err(reading)?;
    let said = declared.map(crate::extract::http::ContentType::parse);
    let media_type = media::detect(
        &head[..head.len().min(LOOKED_AT_BYTES)],
        said.as_ref().map(|said| said.media_type.as_str()),
        file_name,
    );
    let charset = said.and_then(|said| said.charset);
    if head.len() as u64 <= MAX_VALUE_BYTES as u64 {
        return Ok(Opened {
            sha256: sha256(&[&head]),
            bytes: head.len() as u64,
            media_type,
            declared: charset,
            content: Content::Memory(head),
            name,
        });
    }
    let waiting = Waiting::beside(&desk.disk()?)?;
    let all = &mut head.chain(from).take(MAX_TRAVELLING_SNAPSHOT_BYTES + 1);
    let (sha256, bytes) = waiting.to_fill()?.put_from(all)?;
    if bytes > MAX_TRAVELLING_SNAPSHOT_BYTES {
        return Err(host::Error::TooLarge {
            path: name,
            bytes: None,
            limit: MAX_TRAVELLING_SNAPSHOT_BYTES,
        }
        .into());
    }
    Ok(Opened {
        sha256,
        bytes,
        media_type,
        declared: charset,
        content: Content::Waiting(waiting),
        name,
    })
}

impl Opened {
    /// Keeps the bytes with those of a group; a long file goes to its place at once. A crash after that leaves a blob that no
    /// entry names, which the audit notes.
    pub(super) fn keep(&self, group: &Waiting) -> Result<(), Error> {
        match &self.content {
            Content::Memory(bytes) => {
                group.to_fill()?.put_from(&mut bytes.as_slice())?;
            }
            Content::Waiting(waiting) => waiting.settle()?,
        }
        Ok(())
    }

    /// Its bytes, from their beginning.
    fn reader(&self) -> Result<Box<dyn Read + '_>, Error> {
        Ok(match &self.content {
            Content::Memory(bytes) => Box::new(bytes.as_slice()),
            Content::Waiting(waiting) => {
                let kept = waiting.snapshots().open(&self.sha256)?;
                Box::new(kept.ok_or_else(|| Error::File {
                    path: self.name.clone(),
                    reason: "its copy is gone".to_owned(),
                })?)
            }
        })
    }

    /// The encoding of a table: that of its byte order mark, else the one that a person gives, else UTF-8.
    fn encoding(&self, given: Option<&str>) -> Result<Result<Choice, String>, Error> {
        let mut head = Vec::new();
        let most = MAX_VALUE_BYTES as u64;
        let read = self.reader()?.take(most).read_to_end(&mut head);
        read.map_err(|e| host::Error::io("reading", Path::new(&self.name), e))?;
        // The beginning of a long file may end within a character.
        let end = match std::str::from_utf8(&head) {
            Err(e) if e.error_len().is_none() => e.valid_up_to(),
            _ => head.len(),
        };
        Ok(charset::of_text(
            &head[..end],
            given.or(self.declared.as_deref()),
        ))
    }

    /// The names of the columns of a table.
    pub(super) fn columns(&self, mapping: &Mapping) -> Result<Vec<String>, Error> {
        let file = |reason: String| Error::File {
            path: self.name.clone(),
            reason,
        };
        let choice = self.encoding(mapping.encoding.as_deref())?.map_err(file)?;
        let names = table::header(&mut self.reader()?, choice.encoding, mapping);
        names.map_err(|trouble| file(trouble.reason))
    }

    /// Gives its reviews to `take`, and what is wrong with it. Answers how the characters of a table were read.
    pub(super) fn read(
        &self,
        spelled: &Spelled,
        take: &mut Take<'_>,
    ) -> Result<Option<String>, Error> {
        let mut note = None;
        let read = match (spelled, &self.content) {
            (Spelled::ClaimReview, Content::Memory(bytes)) => {
                self.markup(bytes, take);
                Ok(())
            }
            (Spelled::ClaimReview, Content::Waiting(_)) => {
                claimreview::feed(&mut self.reader()?, take)
            }
            (Spelled::Lines(mapping), _) => own::lines(&mut self.reader()?, mapping, take),
            (Spelled::Table(mapping), _) => match self.encoding(mapping.encoding.as_deref())? {
                Ok(choice) => {
                    note = Some(format!("read as {}", choice.encoding.name()));
                    table::table(&mut self.reader()?, choice.encoding, mapping, take)
                }
                Err(why) => Err(Trouble::new("", TroubleCode::Malformed, why)),
            },
        };
        if let Err(trouble) = read {
            take("", Err(trouble));
        }
        Ok(note)
    }

    fn markup(&self, bytes: &[u8], take: &mut Take<'_>) {
        let whole = |take: &mut Take<'_>, trouble| {
            take("", Err(trouble));
        };
        let is_page = media::is_page(&self.media_type);
        let text = match claimreview::markup_text(bytes, is_page, self.declared.as_deref()) {
            Ok(text) => text,
            Err(trouble) => {
                whole(take, trouble);
                return;
            }
        };
        if !is_page {
            match VerbatimJson::parse(text.trim_start_matches('\u{feff}')) {
                Ok(json) => {
                    take("", Ok(claimreview::value(&json, "", "")));
                }
                Err(trouble) => whole(take, trouble),
            }
            return;
        }
        match claimreview::page(&text, PAGE_TIME) {
            Ok((found, unread)) => {
                for (place, trouble) in unread {
                    if !take(&place, Err(trouble)) {
                        return;
                    }
                }
                take("", Ok(found));
            }
            Err(trouble) => whole(take, trouble),
        }
    }
}

/// Enough to see what a file is.
const LOOKED_AT_BYTES: usize = 4_096;

/// A feed of some hundred thousand reviews.
const MAX_FETCHED_BYTES: u64 = 1024 * 1024 * 1024;

/// A page takes milliseconds; one that is built to take longer is given up.
pub(in crate::app) const PAGE_TIME: Duration = Duration::from_secs(10);
