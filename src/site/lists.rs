//! The pages that list others. They are made from what is known of each verdict, so that none of them looks through the log.

use super::address::{SitePage, files};
use super::maker::{MadePages, Shown, SiteMaker, file};
use super::pages::front::{self, FrontShown};
use super::written::WrittenUnit;
use crate::app::Error;
use crate::app::read::line::instant;
use crate::app::read::screens::conclusion::{self, Conclusion};
use crate::app::read::screens::pages::Pages;
use crate::app::read::show;
use crate::app::read::theirs::theirs;
use crate::formats::json_text;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::{Body, StatementType};
use std::collections::BTreeMap;

/// A verdict as the lists know it.
#[derive(Debug, Clone, Copy)]
struct Known {
    entry: EntryIndex,
    newest: EntryIndex,
    shown: Shown,
}

/// Makes the lists.
pub struct Lists<'m, 's> {
    maker: &'m SiteMaker<'s>,
    /// Every verdict, by the newest entry that its page names, newest first.
    verdicts: Vec<Known>,
}

impl<'m, 's> Lists<'m, 's> {
    /// From what is known of each verdict.
    pub fn new(
        maker: &'m SiteMaker<'s>,
        units: &BTreeMap<String, WrittenUnit>,
    ) -> Result<Self, Error> {
        let mut verdicts = Vec::new();
        for entry in maker.of_type(StatementType::VerdictIssue)? {
            if let Some(unit) = units.get(&entry.to_string())
                && let Some(shown) = unit.shown
            {
                verdicts.push(Known {
                    entry,
                    newest: unit.newest.unwrap_or(entry),
                    shown,
                });
            }
        }
        verdicts.sort_by_key(|one| std::cmp::Reverse((one.newest, one.entry)));
        Ok(Self { maker, verdicts })
    }

    /// How many verdicts are not shown.
    pub fn hidden(&self) -> u64 {
        let hidden = self
            .verdicts
            .iter()
            .filter(|one| one.shown == Shown::Hidden);
        if self.maker.frame.choices.with_unapproved {
            0
        } else {
            hidden.count() as u64
        }
    }

    /// The lists of this ledger, each with what it is made from besides the log.
    pub fn pages(&self) -> Result<Vec<(SitePage, u64)>, Error> {
        // The front page names the head.
        let size = self.maker.size().get();
        Ok(vec![(SitePage::Front, size)])
    }

    /// A list.
    pub fn page(&self, page: &SitePage) -> Result<MadePages, Error> {
        self.front(page)
    }

    fn of(&self, shown: Shown, most: usize) -> Vec<EntryIndex> {
        let of = self.verdicts.iter().filter(|one| one.shown == shown);
        of.map(|one| one.entry).take(most).collect()
    }

    fn conclusions(
        &self,
        pages: &Pages<'_>,
        shown: Shown,
        most: usize,
    ) -> Result<Vec<Conclusion>, Error> {
        conclusion::all(pages, self.of(shown, most))
    }

    fn front(&self, page: &SitePage) -> Result<MadePages, Error> {
        let session = self.maker.session;
        self.maker.with_pages(|pages| {
            let head = show::checkpoint(session)?;
            let title = match &pages.said(EntryIndex::FIRST)?.body {
                Body::LedgerCreate(create) => theirs(&create.title),
                _ => Foreign::default(),
            };
            let last = session.head().size.last();
            let last = last.map(|entry| pages.said(entry)).transpose()?;
            let page = self.maker.begin(page.clone());
            let shown = FrontShown {
                title,
                newest: &self.conclusions(pages, Shown::Stands, NEWEST)?,
                fallen: &self.conclusions(pages, Shown::Fallen, FALLEN)?,
                head: &head,
                witnesses: &[],
                hidden: self.hidden(),
                last: last.map(|said| instant(said.time())).unwrap_or_default(),
            };
            let body = front::page(&page, pages, &shown)?;
            let mut made = self.maker.made(&page, body);
            made.files
                .push(file(files::HEAD.to_owned(), json_text::pretty(&head)));
            Ok(made)
        })
    }
}

/// Verdicts on the front page.
const NEWEST: usize = 12;
/// Corrections there.
const FALLEN: usize = 6;
