//! WACZ files (Web Archive Collection Zipped 1.1.1): the WARC files in `archive/`, and the pages that the collection lists.

use super::digests::Algorithm;
use super::work::Work;
use crate::transport::Members;
use claimledger_core::log::ReadSeek;
use serde::Deserialize;
use std::io::{self, BufRead as _, BufReader, Read, SeekFrom};
use zip::ZipArchive;

/// The pages that a collection lists.
#[derive(Debug, Default)]
pub struct ListedPages {
    /// The main page, if the collection names one.
    pub main: Option<String>,
    /// All of them.
    pub all: Vec<String>,
}

/// An open collection.
pub struct Wacz<'a> {
    zip: ZipArchive<&'a mut dyn ReadSeek>,
    /// The names of its WARC files, in order.
    pub warcs: Vec<String>,
}

impl<'a> Wacz<'a> {
    /// Opens a collection; its directory is read into memory.
    pub fn open(file: &'a mut dyn ReadSeek) -> Result<Self, String> {
        check_directory(file)?;
        let zip = ZipArchive::new(file).map_err(|e| format!("the ZIP is malformed: {e}"))?;
        let mut warcs: Vec<String> = zip
            .file_names()
            .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
            .filter(|name| {
                let plain = name.strip_suffix(".gz").unwrap_or(name);
                name.starts_with("archive/") && plain.strip_suffix(".warc").is_some()
            })
            .collect();
        if warcs.is_empty() {
            return Err("the ZIP has no WARC file in archive/".to_owned());
        }
        warcs.sort();
        Ok(Self { zip, warcs })
    }

    /// One of its WARC files.
    pub fn warc(&mut self, number: usize) -> Result<Box<dyn Read + '_>, String> {
        let name = &self.warcs[number];
        match self.zip.by_name(name) {
            Ok(file) => Ok(Box::new(file)),
            Err(e) => Err(format!("{name} in the ZIP cannot be read: {e}")),
        }
    }

    /// The pages that it lists. A list that cannot be read is as good as none: the pages are then found in the WARC files.
    pub fn pages(&mut self) -> ListedPages {
        let mut all = Vec::new();
        for name in PAGES {
            if let Ok(file) = self.zip.by_name(name) {
                let lines = BufReader::new(file.take(MAX_PAGES_BYTES)).lines();
                // The first line describes the file and has no URL.
                let urls = lines
                    .map_while(Result::ok)
                    .filter_map(|line| serde_json::from_str::<PageLine>(&line).ok()?.url);
                all.extend(urls);
            }
        }
        let package = self.small_file(PACKAGE);
        let package: Option<DataPackage> =
            package.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        ListedPages {
            main: package.and_then(|package| package.main_page_url),
            all,
        }
    }

    /// A file of it that is read into memory; `None` if it is not there, cannot be read, or is too large.
    pub fn small_file(&mut self, name: &str) -> Option<Vec<u8>> {
        let file = self.zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_PAGES_BYTES + 1)
            .read_to_end(&mut bytes)
            .ok()?;
        (bytes.len() as u64 <= MAX_PAGES_BYTES).then_some(bytes)
    }

    /// The digest of one of its files; `None` if it is not there.
    ///
    /// # Errors
    ///
    /// It cannot be read, or the work is done.
    pub fn digest(
        &mut self,
        name: &str,
        algorithm: Algorithm,
        work: &Work,
    ) -> io::Result<Option<Vec<u8>>> {
        match self.zip.by_name(name) {
            Ok(file) => algorithm.of(&mut work.limiting(file)).map(Some),
            Err(zip::result::ZipError::FileNotFound) => Ok(None),
            Err(e) => Err(io::Error::other(e)),
        }
    }

    /// Each line of its index (CDXJ), packed or not.
    pub fn each_index_line(&mut self, take: &mut dyn FnMut(&str)) {
        let mut names: Vec<String> = self
            .zip
            .file_names()
            .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
            .filter(|name| {
                let plain = name.strip_suffix(".gz").unwrap_or(name);
                let ending = plain.rsplit('.').next();
                name.starts_with("indexes/") && matches!(ending, Some("cdx" | "cdxj"))
            })
            .collect();
        names.sort();
        for name in names {
            let Ok(file) = self.zip.by_name(&name) else {
                continue;
            };
            let file = BufReader::new(file);
            let unpacked: Box<dyn Read + '_> = if name.strip_suffix(".gz").is_some() {
                Box::new(Members::new(file))
            } else {
                Box::new(file)
            };
            let lines = BufReader::new(unpacked.take(MAX_INDEX_BYTES)).lines();
            for line in lines.map_while(Result::ok) {
                take(&line);
            }
        }
    }
}

#[derive(Deserialize)]
struct PageLine {
    url: Option<String>,
}

#[derive(Deserialize)]
struct DataPackage {
    #[serde(rename = "mainPageUrl", alias = "mainPageURL")]
    main_page_url: Option<String>,
}

/// Refuses a ZIP file whose directory would fill the memory, because it is read whole. Its length and the number of its
/// files are in the records at the end of the file: one that every ZIP file has (APPNOTE 4.3.16), and, if it is large or its
/// writer is cautious, two more before that one (ZIP64, 4.3.14 and 4.3.15). Each byte sequence there that could be such a
/// record is checked, because readers differ in which one they take.
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
    let records = |mark: &'static [u8]| {
        let windows = end.windows(mark.len()).enumerate();
        windows
            .filter(|(_, window)| *window == mark)
            .map(|(at, _)| &end[at..])
            .collect::<Vec<_>>()
    };
    let number = |record: &[u8], at: usize, length: usize| {
        let mut bytes = [0; 8];
        bytes[..length].copy_from_slice(record.get(at..at + length)?);
        Some(u64::from_le_bytes(bytes))
    };
    for locator in records(b"PK\x06\x07") {
        if number(locator, 8, 8).is_none_or(|at| at < from) {
            return Err("the ZIP's directory is not at the end of the file".to_owned());
        }
    }
    let large = records(b"PK\x06\x06");
    for record in &large {
        let files = number(record, 32, 8).unwrap_or(u64::MAX);
        let directory = number(record, 40, 8).unwrap_or(u64::MAX);
        if files > MAX_FILES || directory > MAX_DIRECTORY_BYTES {
            return Err("the ZIP has more files than are looked through".to_owned());
        }
    }
    let ends = records(b"PK\x05\x06");
    for record in &ends {
        // In ZIP64 this is the word for "see the other record".
        let directory = number(record, 12, 4).filter(|n| large.is_empty() || *n != 0xffff_ffff);
        if directory.is_some_and(|directory| directory > MAX_DIRECTORY_BYTES) {
            return Err("the ZIP's directory is larger than is looked through".to_owned());
        }
    }
    if ends.is_empty() {
        return Err("the ZIP has no end: it is cut, or none".to_owned());
    }
    Ok(())
}

/// The files in which a WACZ lists its pages: those that were asked for, and those that the crawler found.
const PAGES: [&str; 2] = ["pages/pages.jsonl", "pages/extraPages.jsonl"];

/// The file that describes the collection (Frictionless Data Package).
const PACKAGE: &str = "datapackage.json";

/// A list of this length names about ten thousand pages.
const MAX_PAGES_BYTES: u64 = 4 * 1024 * 1024;

/// An index of this length names about fifty thousand records.
const MAX_INDEX_BYTES: u64 = 16 * 1024 * 1024;

/// The directory has some hundred bytes for each file.
const MAX_FILES: u64 = 100_000;
const MAX_DIRECTORY_BYTES: u64 = 16 * 1024 * 1024;

/// A record of 22 bytes, a comment of at most 65,535, and the ZIP64 records before it.
const MAX_END_BYTES: u64 = 22 + 65_535 + 20 + 56;
