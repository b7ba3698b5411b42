//! A whole site: which pages a ledger has, which of them are made again, and what becomes of files that no page has any longer.

use super::address::files;
use super::assets;
use super::blocks;
use super::folder::{FilesChanged, SiteFolder};
use super::frame;
use super::lists::Lists;
use super::maker::{MadePages, SiteFile, SiteMaker, file};
use super::target::SiteTarget;
use super::writer::SiteChoices;
use super::written::{WrittenSite, WrittenUnit, made_with};
use crate::app::proofs::proof;
use crate::app::{Desk, Error, Session};
use crate::index::asked::Asked;
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::model::StatementType;
use claimledger_core::{EntryIndex, TreeSize};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What was written of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteWritten {
    /// The name of the ledger.
    pub origin: String,
    /// The entries from which it was made.
    pub size: TreeSize,
    /// The pages of the site.
    pub pages: u64,
    /// Verdicts that are not shown, because nobody approved them or they were rejected.
    pub not_shown: u64,
    /// What was written and removed.
    #[serde(flatten)]
    pub files: FilesChanged,
}

/// Writes the site of a ledger into a folder. With `again`, everything is made again, also what has not changed.
pub fn write(
    desk: &Desk,
    session: &Session,
    target: &Path,
    choices: SiteChoices,
    again: bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<SiteWritten, Error> {
    let head = session.head();
    let (mut folder, before) = SiteFolder::open(desk, session, target)?;
    session.may_publish(desk)?;
    let withheld = session.withheld_at(head.size)?;
    let withheld: Vec<Digest> = withheld.digests.keys().copied().collect();
    let made_with = made_with(
        &choices,
        session.is_shared()?,
        &withheld,
        &head.vkey.to_string(),
    );
    let maker = SiteMaker::new(session, choices, proof::head(session)?);
    let (earlier, changed) = match before {
        Some(before) if !again && before.made_with == made_with => {
            let changed = changed_since(session, &before)?;
            (before.units, changed)
        }
        Some(before) => (before.units, None),
        None => (BTreeMap::new(), None),
    };
    let (units, not_shown) = made_into(&maker, &mut folder, earlier, changed, progress)?;
    let pages = units.values().flat_map(|unit| &unit.files);
    let pages = pages.filter(|file| is_page(file)).count() as u64;
    let written = WrittenSite {
        ledger: head.ledger,
        made_with,
        size: head.size,
        root: head.root,
        units,
    };
    Ok(SiteWritten {
        origin: head.origin.to_string(),
        size: head.size,
        pages,
        not_shown,
        files: folder.finish(&written)?,
    })
}

/// Makes a whole site, and hands every file to `target`.
pub fn make(
    maker: &SiteMaker<'_>,
    target: &mut dyn SiteTarget,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), Error> {
    made_into(maker, target, BTreeMap::new(), None, progress).map(drop)
}

/// Makes what an earlier site does not have. Also returns how many verdicts are not shown.
fn made_into(
    maker: &SiteMaker<'_>,
    target: &mut dyn SiteTarget,
    earlier: BTreeMap<String, WrittenUnit>,
    changed: Option<Asked>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(BTreeMap<String, WrittenUnit>, u64), Error> {
    let mut site = Site {
        maker,
        target,
        earlier,
        changed,
        units: BTreeMap::new(),
    };
    site.statements(progress)?;
    let lists = Lists::new(maker, &site.units)?;
    for list in lists.pages()? {
        let page = list.page;
        site.unit(page.place(), given(&list.given), |_| lists.page(&page))?;
    }
    site.people()?;
    site.keep("feeds", lists.feeds()?)?;
    site.keep("fixed", fixed(maker))?;
    let not_shown = lists.hidden();
    Ok((site.finish()?, not_shown))
}

/// The questions with other answers than when a site was written; none if everything has to be made again.
fn changed_since(session: &Session, before: &WrittenSite) -> Result<Option<Asked>, Error> {
    use claimledger_core::rules::View as _;
    let known = before.size <= session.head().size;
    if !known || session.view().root_at(before.size)? != Some(before.root) {
        return Ok(None);
    }
    session.changed_since(before.size)
}

struct Site<'w, 's> {
    maker: &'w SiteMaker<'s>,
    target: &'w mut dyn SiteTarget,
    earlier: BTreeMap<String, WrittenUnit>,
    /// The questions with other answers since then; none if everything is made again.
    changed: Option<Asked>,
    units: BTreeMap<String, WrittenUnit>,
}

impl Site<'_, '_> {
    /// Every page of a statement.
    fn statements(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<(), Error> {
        let size = self.maker.size();
        let mut all: Vec<(String, Option<StatementType>, EntryIndex)> = Vec::new();
        for kind in WITH_PAGES {
            let of_kind = self.maker.of_type(*kind)?.into_iter();
            all.extend(of_kind.map(|entry| (blocks::key(*kind, entry), Some(*kind), entry)));
        }
        let entries = size.indices_from(EntryIndex::FIRST);
        all.extend(entries.map(|entry| (format!("entry {entry}"), None, entry)));
        let count = all.len() as u64;
        for (done, (key, kind, entry)) in (0..).zip(all) {
            progress(done, count);
            self.unit(key, 0, |maker| match kind {
                Some(StatementType::ClaimAdd) => maker.claim(entry),
                Some(StatementType::VerdictIssue) => maker.verdict(entry),
                Some(StatementType::SourceAdd) => maker.source(entry),
                Some(StatementType::ScaleSet) => maker.scale(entry),
                Some(StatementType::PolicySet) => maker.policy(entry),
                _ => maker.entry(entry),
            })?;
        }
        Ok(())
    }

    /// The pages of organisations and people.
    fn people(&mut self) -> Result<(), Error> {
        let people = self.maker.people()?;
        self.unit("organisations".to_owned(), 0, |maker| {
            maker.organisation_list()
        })?;
        for (short, _) in self.maker.organisations()? {
            let of_house = people.keys().filter(|(house, _)| *house == short);
            let from = format!("{:?}", of_house.collect::<Vec<_>>());
            let key = format!("organisation {short}");
            self.unit(key, given(&from), |maker| {
                maker.organisation(&short, &people)
            })?;
        }
        for ((house, holder), keys) in &people {
            let key = format!("person {house} {holder}");
            let from = format!("{keys:?}");
            self.unit(key, given(&from), |maker| {
                maker.person((house, holder), keys)
            })?;
        }
        Ok(())
    }

    /// Makes what stands at an address, unless nothing that was asked for it has another answer.
    fn unit(
        &mut self,
        key: String,
        given: u64,
        make: impl FnOnce(&SiteMaker<'_>) -> Result<MadePages, Error>,
    ) -> Result<(), Error> {
        if let (Some(changed), Some(earlier)) = (&self.changed, self.earlier.get(&key))
            && !earlier.is_stale(given, changed)
        {
            self.units.insert(key, earlier.clone());
            return Ok(());
        }
        let (session, target) = (self.maker.session, &mut *self.target);
        let (made, asked) = session.asking(|| {
            let made = make(self.maker)?;
            for file in &made.files {
                // What is asked for a proof is asked for the page too.
                target.put(session, file)?;
            }
            Ok::<_, Error>(made)
        });
        let made = made?;
        let mut asked: Vec<u32> = asked.into_iter().collect();
        asked.sort_unstable();
        let unit = WrittenUnit {
            asked,
            files: made.files.into_iter().map(|file| file.path).collect(),
            given,
            newest: made.newest,
            noted: made.noted,
        };
        self.units.insert(key, unit);
        Ok(())
    }

    /// Files that are made each time.
    fn keep(&mut self, key: &str, files: Vec<SiteFile>) -> Result<(), Error> {
        for file in &files {
            self.target.put(self.maker.session, file)?;
        }
        let unit = WrittenUnit {
            files: files.into_iter().map(|file| file.path).collect(),
            ..WrittenUnit::default()
        };
        self.units.insert(key.to_owned(), unit);
        Ok(())
    }

    /// Removes what only the earlier site had.
    fn finish(self) -> Result<BTreeMap<String, WrittenUnit>, Error> {
        let now = self.units.values().flat_map(|unit| &unit.files);
        let now: BTreeSet<&String> = now.collect();
        for old in self.earlier.values().flat_map(|unit| &unit.files) {
            if !now.contains(old) {
                self.target.remove(old)?;
            }
        }
        Ok(self.units)
    }
}

/// Whether a file is a page.
fn is_page(file: &str) -> bool {
    let ending = Path::new(file).extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("html"))
}

/// The files that depend on no statement.
fn fixed(maker: &SiteMaker<'_>) -> Vec<SiteFile> {
    let language = maker.frame.choices.language;
    let assets = assets::ASSETS.iter();
    let assets = assets.filter(|(name, _)| assets::is_for(name, language));
    let mut all: Vec<SiteFile> = assets
        .map(|(name, text)| file(format!("assets/{name}"), (*text).to_owned()))
        .collect();
    all.push(file(files::HEADERS.to_owned(), frame::headers()));
    all
}

/// The statements that have a page of their own besides that of their entry.
const WITH_PAGES: &[StatementType] = &[
    StatementType::ClaimAdd,
    StatementType::VerdictIssue,
    StatementType::SourceAdd,
    StatementType::ScaleSet,
    StatementType::PolicySet,
];

/// What a list is made from besides the log, as a number.
fn given(parts: &str) -> u64 {
    let digest = sha256(&[parts.as_bytes()]);
    let first: [u8; 8] = digest.as_bytes()[..8].try_into().expect("32 bytes");
    u64::from_be_bytes(first)
}
