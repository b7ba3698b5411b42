//! Takes the files of the site that the log gives, and compares each with the published one.

use super::beside;
use super::finding::SiteFinding;
use super::page::{self, SiteComparison};
use super::proofs;
use crate::app::Error;
use crate::outcome::Code;
use crate::site::address::files;
use crate::site::maker::SiteMaker;
use crate::site::maker::{FileContent, SiteFile};
use crate::site::target::SiteTarget;
use crate::store::{Fetched, Published};
use claimledger_core::dossier::MAX_DOSSIER_BYTES;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::{Message, message};
use std::collections::BTreeSet;

/// Published files beside those that the log gives.
pub struct Comparing<'p> {
    published: &'p Published,
    by: SiteComparison,
    expected: BTreeSet<String>,
    /// Files that a server keeps to itself.
    kept_back: BTreeSet<&'static str>,
    listed: bool,
    pub(super) findings: Vec<SiteFinding>,
    pub(super) pages: u64,
    pub(super) files: u64,
    pub(super) equal: u64,
}

impl<'p> Comparing<'p> {
    pub(super) fn new(published: &'p Published, by: SiteComparison) -> Self {
        Self {
            published,
            by,
            expected: BTreeSet::new(),
            kept_back: BTreeSet::new(),
            listed: false,
            findings: Vec::new(),
            pages: 0,
            files: 0,
            equal: 0,
        }
    }

    fn fault(&mut self, code: Code, file: &str, message: impl Into<Message>) {
        self.findings.push(SiteFinding::fault(code, file, message));
    }

    /// What stands there, or a finding.
    fn published(&mut self, path: &str, most: u64) -> Result<Option<Vec<u8>>, Error> {
        Ok(match self.published.read(path, most)? {
            Fetched::Bytes(bytes) => Some(bytes),
            Fetched::Refused(why) => {
                let why = Foreign::from(why.as_str());
                self.fault(
                    Code::SiteUnreadable,
                    path,
                    message!("it is not read: {why}", why),
                );
                None
            }
            Fetched::Absent => {
                let own = [files::HEADERS, MISSING];
                let kept_back = own.into_iter().find(|own| *own == path);
                match kept_back {
                    Some(own) if self.published.list()?.is_none() => {
                        self.kept_back.insert(own);
                    }
                    _ if is_page(path) => {
                        self.fault(
                            Code::SitePageMissing,
                            path,
                            "the log gives this page, and the site does not have it",
                        );
                    }
                    _ => {
                        self.fault(
                            Code::SiteFileMissing,
                            path,
                            "the log gives this file, and the site does not have it",
                        );
                    }
                }
                None
            }
        })
    }

    /// Files that the log does not give.
    pub(super) fn strays(&mut self) -> Result<(), Error> {
        let Some(listed) = self.published.list()? else {
            return Ok(());
        };
        self.listed = true;
        let top = |path: &str| path.split_once('/').map(|(top, _)| top.to_owned());
        let ours: BTreeSet<String> = self.expected.iter().filter_map(|path| top(path)).collect();
        for path in listed {
            if self.expected.contains(&path) || path == files::WRITTEN {
                continue;
            }
            let said = "the log does not give this";
            let finding = if is_page(&path) {
                SiteFinding::fault(Code::SitePageUnknown, &path, said)
            } else if top(&path).is_some_and(|top| ours.contains(&top)) {
                SiteFinding::fault(Code::SiteFileUnknown, &path, said)
            } else {
                SiteFinding::note(Code::SiteFileUnknown, &path, said)
            };
            self.findings.push(finding);
        }
        Ok(())
    }

    /// What was not checked.
    pub(super) fn not_checked(&self) -> Vec<Message> {
        let mut all: Vec<Message> = vec![
            "cosignatures of witnesses in head.json and in dossiers: `claimledger verify DOSSIER --witness-policy FILE` checks them"
                .into(),
        ];
        if self.by == SiteComparison::Parts {
            let said = "scripts, style sheets, headers, and words outside the fields: another version of the program made the \
                        site, and only that version knows them";
            all.push(said.into());
        }
        if !self.listed {
            all.push("files that no page of the log names: an address cannot be listed".into());
        }
        for file in &self.kept_back {
            all.push(format!("{file}: this server does not give it").into());
        }
        all
    }
}

impl SiteTarget for Comparing<'_> {
    fn put(&mut self, maker: &SiteMaker<'_>, file: &SiteFile) -> Result<(), Error> {
        let session = maker.session;
        let path = file.path.as_str();
        self.expected.insert(path.to_owned());
        if is_page(path) {
            self.pages += 1;
        } else {
            self.files += 1;
        }
        let log = match &file.content {
            FileContent::Bytes(log) => log,
            FileContent::Proof(entry, form) => {
                if let Some(there) = self.published(path, MAX_DOSSIER_BYTES as u64)? {
                    match proofs::wrong(session, *entry, *form, &there)? {
                        None => self.equal += 1,
                        Some(why) => self.fault(Code::SiteFileAltered, path, why),
                    }
                }
                return Ok(());
            }
        };
        let most = (log.len() as u64).saturating_mul(TIMES_LONGER) + LONGER;
        let Some(there) = self.published(path, most)? else {
            return Ok(());
        };
        if there == *log {
            self.equal += 1;
        } else if is_page(path) {
            self.findings
                .extend(page::compare(path, log, &there, self.by));
        } else {
            self.findings
                .extend(beside::compare(path, log, &there, self.by));
        }
        Ok(())
    }

    /// Nothing was there before.
    fn remove(&mut self, _path: &str) -> Result<(), Error> {
        Ok(())
    }
}

/// Whether a browser shows a file as a page. The file may be one that somebody else added.
fn is_page(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    [
        "html", "htm", "xhtml", "xht", "shtml", "svg", "xml", "mht", "mhtml",
    ]
    .contains(&ending.as_str())
}

/// The page for addresses that lead nowhere, which some servers show only there.
const MISSING: &str = "404.html";
/// A page of another version can be so much longer than ours.
const TIMES_LONGER: u64 = 4;
/// And that much besides.
const LONGER: u64 = 64 * 1024;
