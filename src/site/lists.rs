//! The pages that list others. They are made from what is noted of each statement, so that none of them looks through the log.

use super::address::SitePage;
use super::blocks::{self, Block};
use super::maker::{MadePages, SiteMaker};
use super::noted::ShownAs;
use super::pages::listed::{self, ClaimListed, RatedNow};
use super::pages::{entry, fixed};
use super::written::WrittenUnit;
use crate::app::Error;
use crate::app::read::practice::Concern;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::{conclusion, form, objections, rating};
use claimledger_core::EntryIndex;
use claimledger_core::model::{Body, StatementType};
use claimledger_core::rules;
use std::collections::BTreeMap;

/// A statement as the lists know it.
#[derive(Debug, Clone)]
pub struct KnownStatement {
    /// Its entry.
    pub entry: EntryIndex,
    /// The newest entry that its page names.
    pub newest: EntryIndex,
    /// What is noted of it.
    pub noted: super::noted::Noted,
}

/// Makes the lists.
pub struct Lists<'m, 's> {
    pub(super) maker: &'m SiteMaker<'s>,
    /// Every verdict, by the newest entry that its page names, newest first.
    pub(super) verdicts: Vec<KnownStatement>,
    claims: Vec<KnownStatement>,
}

/// A list, and what it is made from besides the log.
pub struct PlannedList {
    /// Its page.
    pub page: SitePage,
    /// What it is made from, in words.
    pub given: String,
}

impl<'m, 's> Lists<'m, 's> {
    /// From what is noted of each statement.
    pub fn new(
        maker: &'m SiteMaker<'s>,
        units: &BTreeMap<String, WrittenUnit>,
    ) -> Result<Self, Error> {
        let known = |kind: StatementType| -> Result<Vec<KnownStatement>, Error> {
            let mut all = Vec::new();
            for entry in maker.of_type(kind)? {
                if let Some(unit) = units.get(&blocks::key(kind, entry)) {
                    all.push(KnownStatement {
                        entry,
                        newest: unit.newest.unwrap_or(entry),
                        noted: unit.noted.clone(),
                    });
                }
            }
            all.sort_by_key(|one| std::cmp::Reverse((one.newest, one.entry)));
            Ok(all)
        };
        Ok(Self {
            maker,
            verdicts: known(StatementType::VerdictIssue)?,
            claims: known(StatementType::ClaimAdd)?,
        })
    }

    /// How many verdicts are not shown.
    pub fn hidden(&self) -> u64 {
        if self.maker.frame.choices.with_unapproved {
            return 0;
        }
        let hidden = self
            .verdicts
            .iter()
            .filter(|one| one.noted.shown == ShownAs::Hidden);
        hidden.count() as u64
    }

    /// The lists of this ledger.
    pub fn pages(&self) -> Result<Vec<PlannedList>, Error> {
        let size = self.maker.size();
        let planned = |page: SitePage, given: String| PlannedList { page, given };
        // The front page names the head and the witnesses that cosigned it.
        let head = self.maker.head.to_bytes();
        let mut all = vec![
            planned(SitePage::Front, format!("{head:?}")),
            planned(SitePage::Corrections, format!("{:?}", self.fallen())),
            planned(SitePage::Objections, format!("{:?}", self.disputes()?)),
            planned(SitePage::Practices, format!("{:?}", self.years())),
            planned(SitePage::Verify, String::new()),
            planned(SitePage::Missing, String::new()),
        ];
        for (year, count) in self.years() {
            let given = format!("{count} {:?}", self.concerns(year));
            all.push(planned(SitePage::Practice(year), given));
        }
        let claims = self.maker.of_type(StatementType::ClaimAdd)?;
        let entries: Vec<EntryIndex> = size.indices_from(EntryIndex::FIRST).collect();
        for (newest, of, make) in [
            (
                SitePage::Claims,
                &claims,
                SitePage::ClaimBlock as fn(u64) -> SitePage,
            ),
            (SitePage::Entries, &entries, SitePage::EntryBlock),
        ] {
            for block in blocks::of(&newest, of, make) {
                all.push(planned(
                    block.page.clone(),
                    format!("{:?} {:?}", block.entries, block.links.len()),
                ));
            }
        }
        Ok(all)
    }

    /// A list.
    pub fn page(&self, page: &SitePage) -> Result<MadePages, Error> {
        let begun = self.maker.begin(page.clone());
        Ok(match page {
            SitePage::Front => return self.front(),
            SitePage::Corrections => return self.corrections(),
            SitePage::Objections => return self.objections(),
            SitePage::Claims | SitePage::ClaimBlock(_) => return self.claims(page),
            SitePage::Entries | SitePage::EntryBlock(_) => return self.entries(page),
            SitePage::Practices => {
                let body = listed::practices(&begun, &self.years());
                self.maker.made(&begun, body)
            }
            SitePage::Practice(year) => {
                let of_year = self.years().into_iter().find(|(one, _)| one == year);
                let count = of_year.map_or(0, |(_, count)| count);
                let body = listed::practice(&begun, *year, count, &self.concerns(*year));
                self.maker.made(&begun, body)
            }
            SitePage::Verify => self.maker.made(&begun, fixed::verify(&begun)),
            _ => self.maker.made(&begun, fixed::missing(&begun)),
        })
    }

    /// The newest verdicts that are shown so.
    pub fn newest(&self, shown: ShownAs, most: usize) -> Vec<EntryIndex> {
        let of = self.verdicts.iter().filter(|one| one.noted.shown == shown);
        of.map(|one| one.entry).take(most).collect()
    }

    fn fallen(&self) -> (Vec<EntryIndex>, Vec<EntryIndex>) {
        let claims = self
            .claims
            .iter()
            .filter(|one| one.noted.shown == ShownAs::Fallen);
        let claims = claims.map(|one| one.entry).take(CORRECTIONS).collect();
        (self.newest(ShownAs::Fallen, CORRECTIONS), claims)
    }

    fn corrections(&self) -> Result<MadePages, Error> {
        let (verdicts, claims) = self.fallen();
        self.maker.with_pages(|pages| {
            let page = self.maker.begin(SitePage::Corrections);
            let verdicts = conclusion::all(pages, verdicts)?;
            let claims = claims.into_iter().map(|claim| form::form(pages, claim));
            let claims: Vec<_> = claims.collect::<Result<_, _>>()?;
            let claims: Vec<_> = claims.into_iter().flatten().collect();
            let body = listed::corrections(&page, pages, &verdicts, &claims)?;
            Ok(self.maker.made(&page, body))
        })
    }

    fn disputes(&self) -> Result<Vec<EntryIndex>, Error> {
        self.maker.of_type(StatementType::DisputeOpen)
    }

    fn objections(&self) -> Result<MadePages, Error> {
        let all = self.disputes()?;
        self.maker.with_pages(|pages| {
            let page = self.maker.begin(SitePage::Objections);
            let mut shown = Vec::new();
            for dispute in all.iter().rev() {
                if shown.len() < OBJECTIONS && !self.maker.hides(pages, *dispute)? {
                    shown.extend(objections::one(pages, *dispute)?);
                }
            }
            let more = all.len().saturating_sub(OBJECTIONS) as u64;
            let body = listed::objections(&page, &shown, more);
            Ok(self.maker.made(&page, body))
        })
    }

    /// The years in which verdicts were signed, newest first, each with how many.
    fn years(&self) -> Vec<(u64, u64)> {
        let mut years = BTreeMap::new();
        for one in self.assessed() {
            *years.entry(one.noted.year).or_insert(0) += 1;
        }
        years.into_iter().rev().collect()
    }

    fn concerns(&self, year: u64) -> BTreeMap<Concern, Vec<EntryIndex>> {
        let mut found: BTreeMap<Concern, Vec<EntryIndex>> = BTreeMap::new();
        for one in self.assessed().filter(|one| one.noted.year == year) {
            for concern in &one.noted.concerns {
                found.entry(*concern).or_default().push(one.entry);
            }
        }
        for entries in found.values_mut() {
            entries.sort_unstable();
        }
        found
    }

    /// The verdicts that an assessor looks at: those that are shown.
    fn assessed(&self) -> impl Iterator<Item = &KnownStatement> {
        let all = self.maker.frame.choices.with_unapproved;
        let shown = move |one: &&KnownStatement| all || one.noted.shown != ShownAs::Hidden;
        self.verdicts.iter().filter(shown)
    }

    fn block(&self, page: &SitePage, kind: Option<StatementType>) -> Result<Block, Error> {
        let (of, newest, make): (_, _, fn(u64) -> SitePage) = if let Some(kind) = kind {
            let claims = self.maker.of_type(kind)?;
            (claims, SitePage::Claims, SitePage::ClaimBlock)
        } else {
            let all = self.maker.size().indices_from(EntryIndex::FIRST).collect();
            (all, SitePage::Entries, SitePage::EntryBlock)
        };
        let mut blocks = blocks::of(&newest, &of, make).into_iter();
        let found = blocks.find(|block| block.page == *page);
        found.ok_or_else(|| self.maker.no_page(EntryIndex::FIRST))
    }

    fn entries(&self, page: &SitePage) -> Result<MadePages, Error> {
        let block = self.block(page, None)?;
        self.maker.with_pages(|pages| {
            let page = self.maker.begin(page.clone());
            let links = block.named(page.words());
            let body = entry::list(&page, pages, &block.entries, &links)?;
            Ok(self.maker.made(&page, body))
        })
    }

    fn claims(&self, page: &SitePage) -> Result<MadePages, Error> {
        let block = self.block(page, Some(StatementType::ClaimAdd))?;
        self.maker.with_pages(|pages| {
            let page = self.maker.begin(page.clone());
            let links = block.named(page.words());
            let listed = block.entries.iter().map(|claim| self.listed(pages, *claim));
            let listed: Vec<Option<ClaimListed>> = listed.collect::<Result<_, _>>()?;
            let listed: Vec<ClaimListed> = listed.into_iter().flatten().collect();
            let body = listed::claims(&page, pages, &listed, &links)?;
            Ok(self.maker.made(&page, body))
        })
    }

    fn listed(&self, pages: &Pages<'_>, claim: EntryIndex) -> Result<Option<ClaimListed>, Error> {
        let Some(form) = form::form(pages, claim)? else {
            return Ok(None);
        };
        let mut rated = Vec::new();
        for current in rules::currents(pages.reading(), claim)? {
            let standing = pages.stands(current.entry)?;
            if !standing.facts.is_concluded() && !self.maker.frame.choices.with_unapproved {
                continue;
            }
            if let Body::VerdictIssue(verdict) = &pages.said(current.entry)?.body {
                rated.push(RatedNow {
                    verdict: current.entry,
                    organisation: pages.organisation(current.organisation)?,
                    rating: rating::shown(pages, &verdict.scale, &verdict.rating)?,
                    standing,
                });
            }
        }
        Ok(Some(ClaimListed { form, rated }))
    }
}

/// Corrections that are listed; each other one stands on the page of its verdict or claim, and in the log.
const CORRECTIONS: usize = 60;
/// Objections that are listed.
const OBJECTIONS: usize = 60;
