//! What an archive proves of itself: the digests of its records, files and index, and its signature. They are reported and
//! never asked for: archives of honest crawlers carry wrong digests, and a forger writes right ones.

use super::address;
use super::digests::{Count, NamedDigest, Verdict};
use super::files::WarcFiles;
use super::index::is_http;
use super::records::Records;
use super::signature::{Signed, SignedData};
use super::work::Work;
use crate::extract::codings;
use crate::extract::http::StoredHead;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::log::ReadSeek;
use claimledger_core::model::snapshot::ArchiveProofKind;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The proofs of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Of what.
    pub what: ArchiveProofKind,
    /// How many hold.
    pub valid: u64,
    /// How many do not.
    pub wrong: u64,
    /// How many could be there and are not.
    pub absent: u64,
    /// How many were not checked.
    pub unchecked: u64,
    /// Which ones are wrong, or who signed.
    pub detail: Option<String>,
}

impl Proof {
    fn counted(what: ArchiveProofKind, count: &Count) -> Option<Self> {
        (!count.is_empty()).then(|| Self {
            what,
            valid: count.valid,
            wrong: count.wrong,
            absent: count.absent,
            unchecked: count.unchecked,
            detail: count.detail(),
        })
    }
}

/// What is found when all records of an archive are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnProofs {
    /// Its proofs, in the order of their names.
    pub proofs: Vec<Proof>,
    /// What is not as the standard of WARC files says: the first such thing, in words; or why not all could be read.
    pub bent: Option<String>,
}

/// Examines an archive of this media type. In a file that is no archive nothing is found.
pub fn examine(file: &mut dyn ReadSeek, media_type: &str) -> OwnProofs {
    let Ok(mut files) = WarcFiles::open(file, media_type) else {
        return OwnProofs::default();
    };
    let mut records = OfRecords::default();
    let work = Work::default();
    for warc in 0..files.count() {
        if let Err(why) = records.read(&mut files, warc, &work) {
            // What was read before is counted.
            records.bent.get_or_insert(why);
        }
    }
    let mut all = vec![
        Proof::counted(ArchiveProofKind::Blocks, &records.blocks),
        Proof::counted(ArchiveProofKind::Payloads, &records.payloads),
    ];
    if let WarcFiles::Wacz(_) = files {
        all.extend(of_collection(&mut files, &records));
    }
    let mut all: Vec<Proof> = all.into_iter().flatten().collect();
    all.sort_by_key(|proof| proof.what.as_str());
    OwnProofs {
        proofs: all,
        bent: records.bent,
    }
}

/// The digests of the records.
#[derive(Default)]
struct OfRecords {
    blocks: Count,
    payloads: Count,
    bent: Option<String>,
    /// By the number of the WARC file and the form of the address: the payload digests that were found right.
    right: BTreeMap<(usize, String), BTreeSet<String>>,
}

impl OfRecords {
    fn read(&mut self, files: &mut WarcFiles<'_>, warc: usize, work: &Work) -> Result<(), String> {
        let mut records = Records::new(files.warc(warc)?, work)?;
        let read = self.each(warc, &mut records);
        if let Some(bent) = records.bent {
            self.bent.get_or_insert_with(|| bent.to_owned());
        }
        read
    }

    fn each(&mut self, warc: usize, records: &mut Records<'_>) -> Result<(), String> {
        while let Some(record) = records.next()? {
            let block_digest = record.field("warc-block-digest").map(NamedDigest::parse);
            let payload_digest = record.field("warc-payload-digest");
            // The payload of a revisit record is elsewhere.
            let payload_digest = payload_digest.filter(|_| record.kind != "revisit");
            let answers = matches!(record.kind.as_str(), "response" | "resource");
            if block_digest.is_none() {
                self.blocks.absent += u64::from(answers);
            }
            if payload_digest.is_none() {
                self.payloads.absent += u64::from(answers);
            }
            if block_digest.is_none() && payload_digest.is_none() {
                records.skip(record.length)?;
                continue;
            }
            let Ok(Some(block)) = records.block(record.length, MAX_TEXT_SOURCE_BYTES) else {
                self.blocks.unchecked += u64::from(block_digest.is_some());
                self.payloads.unchecked += u64::from(payload_digest.is_some());
                continue;
            };
            if let Some(digest) = block_digest {
                self.blocks.add(digest.of_any(&[&block]), &record.url);
            }
            if let Some(text) = payload_digest {
                let digest = NamedDigest::parse(text);
                let found = digest.of_any(&[payload(&block)]);
                let found = match found {
                    // Crawlers do not agree whether the payload is chunked.
                    Verdict::Wrong => {
                        unchunked(&block).map_or(found, |unchunked| digest.of_any(&[&unchunked]))
                    }
                    other => other,
                };
                self.payloads.add(found, &record.url);
                if let (Verdict::Valid, Some(form)) = (found, address::form(&record.url)) {
                    let of_page = self.right.entry((warc, form)).or_default();
                    if of_page.len() < MAX_DIGESTS {
                        of_page.insert(plain(text));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The body in an HTTP response; another block is its own payload.
fn payload(block: &[u8]) -> &[u8] {
    match is_http(block).then(|| StoredHead::parse(block)) {
        Some(Ok(head)) => &block[head.length.min(block.len())..],
        _ => block,
    }
}

/// The body without its transfer coding, if it has one.
fn unchunked(block: &[u8]) -> Option<Vec<u8>> {
    let head = StoredHead::parse(block).ok()?;
    let listed = head.list("transfer-encoding")?;
    codings::undo_transfer(payload(block).to_vec(), &listed).ok()
}

/// A digest as it is compared with another spelling of itself.
fn plain(text: &str) -> String {
    let (algorithm, digest) = text.split_once(':').unwrap_or(("", text));
    let algorithm = algorithm.trim().to_ascii_lowercase().replace('-', "");
    format!("{algorithm}:{}", digest.trim().to_ascii_lowercase())
}

/// The proofs of a collection.
fn of_collection(files: &mut WarcFiles<'_>, records: &OfRecords) -> Vec<Option<Proof>> {
    let WarcFiles::Wacz(wacz) = files else {
        return Vec::new();
    };
    let description = wacz.small_file(PACKAGE);
    let digest_file = wacz.small_file(DIGEST);
    let digest: Option<DigestFile> =
        digest_file.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut described = Count::default();
    match (&digest, &description) {
        (Some(digest), Some(bytes)) => {
            described.add(NamedDigest::parse(&digest.hash).of_any(&[bytes]), PACKAGE);
        }
        _ => described.absent = 1,
    }
    let signed = digest.and_then(|digest| digest.signed_data);
    let signature = signature(signed.as_ref(), description.as_deref().unwrap_or_default());
    let package: Option<Package> =
        description.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let listed = of_files(wacz, package.unwrap_or_default());
    let index = of_index(wacz, records);
    vec![
        Proof::counted(ArchiveProofKind::Description, &described),
        Proof::counted(ArchiveProofKind::Files, &listed),
        Proof::counted(ArchiveProofKind::Index, &index),
        Some(signature),
    ]
}

fn signature(signed: Option<&SignedData>, description: &[u8]) -> Proof {
    let none = Proof {
        what: ArchiveProofKind::Signature,
        valid: 0,
        wrong: 0,
        absent: 0,
        unchecked: 0,
        detail: None,
    };
    let Some(signed) = signed else {
        return Proof { absent: 1, ..none };
    };
    let (found, who) = signed.verify(description);
    Proof {
        valid: u64::from(found == Signed::Valid),
        wrong: u64::from(found == Signed::Wrong),
        unchecked: u64::from(found == Signed::Unchecked),
        detail: Some(who),
        ..none
    }
}

/// The hashes of the files that the description lists. A WARC file that it does not list has none.
fn of_files(wacz: &mut super::wacz::Wacz<'_>, package: Package) -> Count {
    let mut count = Count::default();
    let mut listed = BTreeSet::new();
    let work = Work::default();
    for resource in package.resources {
        let (Some(path), Some(hash)) = (resource.path, resource.hash) else {
            count.absent += 1;
            continue;
        };
        let verdict = match NamedDigest::parse(&hash) {
            NamedDigest::Unknown => Verdict::Unchecked,
            NamedDigest::Known(algorithm, digest) => match wacz.digest(&path, algorithm, &work) {
                Ok(Some(found)) if found == digest => Verdict::Valid,
                Ok(_) => Verdict::Wrong,
                Err(_) => Verdict::Unchecked,
            },
        };
        count.add(verdict, &path);
        listed.insert(path);
    }
    let unlisted = wacz.warcs.iter().filter(|name| !listed.contains(*name));
    count.absent += unlisted.count() as u64;
    count
}

/// The digests of the index: each is to be the right payload digest of a record of the address in the file.
fn of_index(wacz: &mut super::wacz::Wacz<'_>, records: &OfRecords) -> Count {
    let mut count = Count::default();
    let warcs: BTreeMap<String, usize> = wacz
        .warcs
        .iter()
        .enumerate()
        .map(|(number, name)| (name.rsplit('/').next().unwrap_or(name).to_owned(), number))
        .collect();
    wacz.each_index_line(&mut |line| {
        let Some(row) = line
            .find('{')
            .and_then(|at| serde_json::from_str::<IndexRow>(&line[at..]).ok())
        else {
            return;
        };
        let (Some(url), Some(digest)) = (row.url, row.digest) else {
            return;
        };
        let file = row.filename.unwrap_or_default();
        let file = warcs.get(file.rsplit('/').next().unwrap_or_default());
        let right = file
            .zip(address::form(&url))
            .and_then(|(file, form)| records.right.get(&(*file, form)));
        let verdict = match right {
            // A record without a right digest of its own says nothing of this one.
            None => Verdict::Unchecked,
            _ if NamedDigest::parse(&digest) == NamedDigest::Unknown => Verdict::Unchecked,
            Some(right) if right.contains(&plain(&digest)) => Verdict::Valid,
            Some(_) => Verdict::Wrong,
        };
        count.add(verdict, &url);
    });
    if count.is_empty() {
        count.absent = 1;
    }
    count
}

#[derive(Deserialize)]
struct DigestFile {
    #[serde(default)]
    hash: String,
    #[serde(rename = "signedData")]
    signed_data: Option<SignedData>,
}

#[derive(Default, Deserialize)]
struct Package {
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    path: Option<String>,
    hash: Option<String>,
}

#[derive(Deserialize)]
struct IndexRow {
    url: Option<String>,
    digest: Option<String>,
    filename: Option<String>,
}

/// The file that describes a collection, and the one with its hash and signature.
const PACKAGE: &str = "datapackage.json";
const DIGEST: &str = "datapackage-digest.json";

/// A page is rarely captured more often in one file.
const MAX_DIGESTS: usize = 64;
