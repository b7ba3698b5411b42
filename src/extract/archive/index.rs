//! What the records of an archive are: the answers with their addresses, where they lead, and what they repeat.

use super::address::form;
use super::files::WarcFiles;
use super::records::{RecordHead, Records};
use super::work::Work;
use crate::extract::http::StoredHead;
use std::collections::BTreeSet;

/// The records of an archive that can be pages, or lead to one.
#[derive(Debug, Default)]
pub struct RecordIndex {
    /// In the order of the files and their records.
    pub answers: Vec<RecordedAnswer>,
    /// The addresses of pages that the crawler names in records of its own, such as `urn:pageinfo:`.
    pub named: Vec<String>,
    /// The forms of addresses that a browser asked for as a part of a page: a frame, a script, a picture.
    pub parts: BTreeSet<String>,
    /// Why a part of the archive could not be looked through.
    pub unseen: Option<String>,
}

/// A record that holds an answer.
#[derive(Debug)]
pub struct RecordedAnswer {
    /// The number of the WARC file.
    pub warc: usize,
    /// Where the record begins in it, unpacked.
    pub at: u64,
    /// Its address, and the form in which addresses are compared.
    pub url: String,
    pub form: String,
    /// Its status, or why its head cannot be read.
    pub status: Result<u16, String>,
    /// What it is; empty if it does not say so.
    pub media_type: String,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// Whether nothing follows the head.
    pub empty: bool,
    pub id: Option<String>,
    pub payload_digest: Option<String>,
    /// For a record that repeats an earlier one: what it says of that one.
    pub repeats: Option<Repeated>,
}

/// The record whose body a revisit record repeats.
#[derive(Debug)]
pub struct Repeated {
    pub id: Option<String>,
    pub form: Option<String>,
}

impl RecordIndex {
    /// Reads all records, up to the limit of work. What cannot be read is left out, with the reason.
    pub(super) fn of(files: &mut WarcFiles<'_>) -> Self {
        let mut index = Self::default();
        let work = Work::default();
        let mut room = MAX_INDEX_BYTES;
        for warc in 0..files.count() {
            if let Err(why) = index.read(files, warc, &work, &mut room) {
                index.unseen.get_or_insert(why);
            }
        }
        index
    }

    fn read(
        &mut self,
        files: &mut WarcFiles<'_>,
        warc: usize,
        work: &Work,
        room: &mut usize,
    ) -> Result<(), String> {
        let mut records = Records::new(files.warc(warc)?, work)?;
        while let Some(record) = records.next()? {
            let kept = self.record(warc, &record, &mut records)?;
            *room = room
                .checked_sub(kept)
                .ok_or_else(|| "it has more records than are looked through".to_owned())?;
        }
        if let Some(bent) = records.bent.filter(|_| self.answers.is_empty()) {
            self.unseen.get_or_insert_with(|| bent.to_owned());
        }
        Ok(())
    }

    /// Takes a record in, and returns how much memory that costs.
    fn record(
        &mut self,
        warc: usize,
        record: &RecordHead,
        records: &mut Records<'_>,
    ) -> Result<usize, String> {
        let own = PAGE_RECORDS
            .iter()
            .find_map(|urn| record.url.strip_prefix(urn));
        if let Some(page) = own.filter(|page| form(page).is_some()) {
            records.skip(record.length)?;
            self.named.push(page.to_owned());
            return Ok(page.len() + ROW_BYTES);
        }
        let Some(form) = form(&record.url) else {
            records.skip(record.length)?;
            return Ok(0);
        };
        match record.kind.as_str() {
            "response" | "resource" | "conversion" | "revisit" => {
                let block = records.beginning(record.length, MAX_HEAD_BYTES)?;
                let answer = RecordedAnswer::of(warc, record, form, &block);
                let kept = answer.memory();
                self.answers.push(answer);
                Ok(kept)
            }
            "request" => {
                let block = records.beginning(record.length, MAX_HEAD_BYTES)?;
                if is_part(&block) {
                    let kept = form.len() + ROW_BYTES;
                    self.parts.insert(form);
                    return Ok(kept);
                }
                Ok(0)
            }
            _ => {
                records.skip(record.length)?;
                Ok(0)
            }
        }
    }
}

impl RecordedAnswer {
    fn of(warc: usize, record: &RecordHead, form: String, block: &[u8]) -> Self {
        let field = |name| record.field(name).map(str::to_owned);
        let revisit = record.kind == "revisit";
        let http = matches!(record.kind.as_str(), "response" | "revisit") && is_http(block);
        let head = http.then(|| StoredHead::parse(block));
        let (status, media_type, location, empty) = match &head {
            Some(Ok(head)) => (
                Ok(head.status),
                head.content_type().media_type,
                head.field("location").map(str::to_owned),
                head.length as u64 >= record.length,
            ),
            Some(Err(why)) => (Err(why.clone()), String::new(), None, false),
            None => {
                let own = (!revisit).then(|| record.content_type.media_type.clone());
                (Ok(200), own.unwrap_or_default(), None, record.length == 0)
            }
        };
        Self {
            warc,
            at: record.at,
            url: record.url.clone(),
            form,
            // "Not modified": the body is that of the earlier record.
            status: status.map(|status| {
                if revisit && status == 304 {
                    200
                } else {
                    status
                }
            }),
            media_type,
            location,
            empty: empty && !revisit,
            id: field("warc-record-id"),
            payload_digest: field("warc-payload-digest"),
            repeats: revisit.then(|| Repeated {
                id: field("warc-refers-to"),
                form: record
                    .field("warc-refers-to-target-uri")
                    .and_then(|url| super::address::form(url.trim_matches(['<', '>']))),
            }),
        }
    }

    /// Whether it is a successful answer.
    pub fn is_success(&self) -> bool {
        matches!(self.status, Ok(200..300)) || self.status.is_err()
    }

    fn memory(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let repeats = self.repeats.as_ref();
        ROW_BYTES
            + self.url.len()
            + self.form.len()
            + self.media_type.len()
            + text(&self.location)
            + text(&self.id)
            + text(&self.payload_digest)
            + repeats.map_or(0, |repeats| text(&repeats.id) + text(&repeats.form))
    }
}

/// Whether a block begins as an HTTP response does.
pub fn is_http(block: &[u8]) -> bool {
    block.starts_with(b"HTTP/")
}

/// Whether a browser says in its request that it wants a part of a page (Fetch Metadata, `Sec-Fetch-Dest`).
fn is_part(request: &[u8]) -> bool {
    let mut fields = [httparse::EMPTY_HEADER; 128];
    let mut head = httparse::Request::new(&mut fields);
    if head.parse(request).is_err() {
        return false;
    }
    let mut fields = head.headers.iter();
    let wanted = fields.find(|field| field.name.eq_ignore_ascii_case("sec-fetch-dest"));
    wanted.is_some_and(|wanted| wanted.value.trim_ascii() != b"document")
}

/// Records by Browsertrix about a page, which stand under its address.
const PAGE_RECORDS: &[&str] = &["urn:pageinfo:", "urn:text:", "urn:view:", "urn:thumbnail:"];

/// Of an answer only its head is looked at here.
const MAX_HEAD_BYTES: u64 = 64 * 1024;

/// Some hundred thousand records.
const MAX_INDEX_BYTES: usize = 64 * 1024 * 1024;

/// What a row costs beside its texts.
const ROW_BYTES: usize = 320;
