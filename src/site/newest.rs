//! What is newest in a ledger: the front page with the head, and the feeds. Nothing else of a site names the head.

use super::address::{SitePage, files};
use super::lists::Lists;
use super::maker::{MadePages, SiteFile, file};
use super::noted::ShownAs;
use super::pages::front::{self, FrontShown};
use crate::app::Error;
use crate::app::proofs::proof;
use crate::app::publish::claimreview;
use crate::app::publish::feed::{self, FeedQuery};
use crate::app::read::line::instant;
use crate::app::read::screens::conclusion;
use crate::app::read::show;
use crate::app::read::theirs::theirs;
use crate::formats::feeds::{atom, json_feed};
use crate::formats::json_text;
use crate::formats::own_review::OwnReview;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::model::Body;
use serde::Serialize;

impl Lists<'_, '_> {
    /// The front page, with the file of the head.
    pub(super) fn front(&self) -> Result<MadePages, Error> {
        let session = self.maker.session;
        self.maker.with_pages(|pages| {
            let head = show::checkpoint(session)?;
            let title = match &pages.said(EntryIndex::FIRST)?.body {
                Body::LedgerCreate(create) => theirs(&create.title),
                _ => Foreign::default(),
            };
            let last = session.head().size.last();
            let last = last.map(|entry| pages.said(entry)).transpose()?;
            let signed = proof::head(session)?;
            let names = signed
                .note()
                .signatures()
                .iter()
                .map(|line| line.name().to_string());
            let witnesses: Vec<String> = names.filter(|name| *name != head.origin).collect();
            let page = self.maker.begin(SitePage::Front);
            let shown = FrontShown {
                title,
                newest: &conclusion::all(pages, self.newest(ShownAs::Stands, NEWEST))?,
                fallen: &conclusion::all(pages, self.newest(ShownAs::Fallen, FALLEN))?,
                head: &head,
                witnesses: &witnesses,
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

    /// The feeds, and which ledger this is.
    pub fn feeds(&self) -> Result<Vec<SiteFile>, Error> {
        let session = self.maker.session;
        let house = self.maker.founder()?;
        let site = self.maker.frame.choices.address.as_ref();
        let newest = self.verdicts.iter().filter(|one| {
            one.noted.house == house.author.short && one.noted.shown != ShownAs::Hidden
        });
        let mut newest: Vec<EntryIndex> = newest.take(IN_FEEDS).map(|one| one.entry).collect();
        newest.sort_unstable();
        let reviews: Vec<OwnReview> = self.maker.with_pages(|pages| {
            let all = newest.iter();
            let all = all.map(|entry| self.maker.review(pages, *entry, &house.author.short));
            let all: Vec<Option<OwnReview>> = all.collect::<Result<_, _>>()?;
            Ok(all.into_iter().flatten().collect())
        })?;
        let of = |ending| {
            let query = FeedQuery {
                house: &house,
                site,
                corrections: false,
                ending,
            };
            feed::of(session, &query, &reviews)
        };
        let changed = reviews.iter().map(|one| one.changed.clone()).max();
        let markup = claimreview::feed_of(&house, &reviews, Vec::new(), changed);
        Ok(vec![
            file(files::ATOM.to_owned(), atom(&of("atom")?)),
            file(files::JSON_FEED.to_owned(), json_feed(&of("json")?)),
            file(files::MARKUP.to_owned(), json_text::pretty(&markup)),
            file(
                files::WELL_KNOWN.to_owned(),
                json_text::pretty(&self.ledger()?),
            ),
        ])
    }

    fn ledger(&self) -> Result<LedgerNamed, Error> {
        let session = self.maker.session;
        let keys = session.checkpoint_keys()?;
        Ok(LedgerNamed {
            origin: session.head().origin.to_string(),
            ledger: session.head().ledger.to_string(),
            vkey: session.head().vkey.to_string(),
            keys: keys.all().map(|key| key.to_string()).collect(),
            head: files::HEAD,
            entries: "entries/",
        })
    }
}

/// Which ledger a site is of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LedgerNamed {
    origin: String,
    ledger: String,
    vkey: String,
    keys: Vec<String>,
    head: &'static str,
    entries: &'static str,
}

/// Verdicts on the front page.
const NEWEST: usize = 12;
/// Corrections there.
const FALLEN: usize = 6;
/// Verdicts in the feeds: what a reader has missed for longer than these is in the lists.
const IN_FEEDS: usize = 100;
