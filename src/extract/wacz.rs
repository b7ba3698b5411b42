//! WACZ files (Web Archive Collection Zipped 1.1.1): the main page from `pages/pages.jsonl`, its record from the WARC
//! files in `archive/`.

use super::document::{self, Document, Extraction};
use super::reader::ReaderProcess;
use super::warc::{self, Page};
use claimledger_core::log::ReadSeek;
use serde::Deserialize;
use std::io::{BufRead as _, BufReader, Read as _, SeekFrom};
use zip::ZipArchive;

/// The text of the page `target`, or of the main page by default.
pub fn text(
    file: &mut dyn ReadSeek,
    target: Option<&str>,
    reader: Option<&ReaderProcess>,
) -> Extraction {
    match page(file, target) {
        Ok(page) => {
            let document = Document {
                bytes: &page.body,
                media_type: &page.content_type.media_type,
                charset: page.content_type.charset.as_deref(),
            };
            warc::inside(document::extract(&document, reader), &page, "WACZ")
        }
        Err(why) => Extraction::Failed(why),
    }
}

/// Finds the page `target`, or the first one in `pages.jsonl` by default.
pub fn page(file: &mut dyn ReadSeek, target: Option<&str>) -> Result<Page, String> {
    check_directory(file)?;
    let mut archive = ZipArchive::new(file).map_err(|e| format!("the ZIP is malformed: {e}"))?;
    let target = match target {
        Some(target) => target.to_owned(),
        None => main_page(&mut archive)?,
    };
    let mut names: Vec<String> = archive
        .file_names()
        .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
        .filter(|name| {
            let plain = name.strip_suffix(".gz").unwrap_or(name);
            name.starts_with("archive/") && plain.strip_suffix(".warc").is_some()
        })
        .collect();
    names.sort();
    let mut last = format!("it holds no answer for {target}");
    for name in names.iter().take(MAX_WARCS) {
        let mut packed = archive
            .by_name(name)
            .map_err(|e| format!("{name} in the ZIP cannot be read: {e}"))?;
        match warc::page(&mut packed, Some(&target)) {
            Ok(page) => return Ok(page),
            Err(why) => last = why,
        }
    }
    Err(last)
}

#[derive(Deserialize)]
struct Line {
    url: Option<String>,
}

fn main_page(archive: &mut ZipArchive<&mut dyn ReadSeek>) -> Result<String, String> {
    let listed = archive
        .by_name(PAGES)
        .map_err(|e| format!("{PAGES} in the ZIP cannot be read: {e}"))?;
    let lines = BufReader::new(listed.take(MAX_PAGES_BYTES)).lines();
    for line in lines {
        let line = line.map_err(|e| format!("{PAGES} in the ZIP cannot be read: {e}"))?;
        // Its first line describes the file and has no URL.
        if let Ok(Line { url: Some(url) }) = serde_json::from_str(&line) {
            return Ok(url);
        }
    }
    Err(format!("{PAGES} lists no page"))
}

/// Refuses a ZIP file whose directory would fill the memory, because it is read whole. The directory's length is in
/// the record at the end of the file (APPNOTE 4.3.16). Directories with more than 65,534 files (ZIP64) are refused for
/// the same reason.
fn check_directory(file: &mut dyn ReadSeek) -> Result<(), String> {
    let unreadable = |e: std::io::Error| format!("the ZIP cannot be read: {e}");
    let length = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
    let from = length.saturating_sub(MAX_END_BYTES);
    file.seek(SeekFrom::Start(from)).map_err(unreadable)?;
    let mut end = Vec::new();
    (&mut *file)
        .take(MAX_END_BYTES)
        .read_to_end(&mut end)
        .map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let places = |mark: &'static [u8]| {
        end.windows(mark.len())
            .enumerate()
            .filter_map(move |(at, w)| (w == mark).then_some(at))
    };
    if places(b"PK\x06\x07").next().is_some() {
        return Err("the ZIP has more or larger files than are looked through".to_owned());
    }
    let mut found = false;
    for at in places(b"PK\x05\x06") {
        let Some(directory) = end.get(at + 12..at + 16) else {
            continue;
        };
        let directory = u32::from_le_bytes(directory.try_into().expect("four bytes"));
        if u64::from(directory) > MAX_DIRECTORY_BYTES {
            return Err("the ZIP's directory is larger than is looked through".to_owned());
        }
        found = true;
    }
    found
        .then_some(())
        .ok_or_else(|| "the ZIP has no end: it is cut, or none".to_owned())
}

/// The file in which a WACZ lists its pages.
const PAGES: &str = "pages/pages.jsonl";

/// The main page comes first; a list of this length names about ten thousand.
const MAX_PAGES_BYTES: u64 = 4 * 1024 * 1024;

/// Each may unpack to the limit, so their number is limited; a capture of a page has one.
const MAX_WARCS: usize = 16;

/// Some ten thousand files.
const MAX_DIRECTORY_BYTES: u64 = 4 * 1024 * 1024;

/// A record of 22 bytes, a comment of at most 65,535, and the ZIP64 records before it.
const MAX_END_BYTES: u64 = 22 + 65_535 + 20 + 56;
