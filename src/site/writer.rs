//! What every part of a page needs: the words of its language, where it stands, how it links, and the newest entry that it
//! names.

use super::address::SitePage;
use super::record::PageRecord;
use super::words::{FrameWords, SiteLanguage};
use crate::app::publish::site::HouseSite;
use crate::app::read::screens::conclusion::Conclusion;
use claimledger_core::EntryIndex;
use claimledger_core::model::StatementId;
use maud::{Markup, html};
use std::cell::Cell;

/// What a whole site has in common.
#[derive(Debug, Clone)]
pub struct SiteFrame {
    /// The name of the ledger.
    pub origin: String,
    /// Its id.
    pub ledger: StatementId,
    /// The key that its checkpoints verify under.
    pub vkey: String,
    /// What people chose.
    pub choices: SiteChoices,
}

/// What people choose for a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteChoices {
    /// The language of the frame.
    pub language: SiteLanguage,
    /// Its address, if it is known.
    pub address: Option<HouseSite>,
    /// Whether verdicts are shown that nobody approved, or that were rejected.
    pub with_unapproved: bool,
    /// Whether the texts of sources are shown, as far as they are held and not withheld.
    pub with_texts: bool,
}

/// A page while it is written.
pub struct PageWriter<'s> {
    /// The site.
    pub site: &'s SiteFrame,
    /// The page.
    pub page: SitePage,
    /// Whether it is a file of its own, with no other page beside it.
    alone: bool,
    newest: Cell<Option<EntryIndex>>,
}

/// A page as its own file says it: the frame is put around it.
pub struct PageBody {
    /// What stands in the title of the window, before the name of the ledger.
    pub title: String,
    /// What stands between navigation and footer.
    pub main: Markup,
    /// What it says, as data.
    pub record: PageRecord,
    /// Markup for search engines: a JSON document.
    pub markup: Option<String>,
}

impl<'s> PageWriter<'s> {
    /// Begins a page.
    pub fn new(site: &'s SiteFrame, page: SitePage) -> Self {
        Self {
            site,
            page,
            alone: false,
            newest: Cell::new(None),
        }
    }

    /// Begins a page that is a file of its own. It links only to a site whose address is known.
    pub fn alone(site: &'s SiteFrame, page: SitePage) -> Self {
        Self {
            alone: true,
            ..Self::new(site, page)
        }
    }

    /// Whether no other page stands beside it.
    pub fn is_alone(&self) -> bool {
        self.alone
    }

    /// The words of the frame.
    pub fn words(&self) -> &'static FrameWords {
        self.site.choices.language.words()
    }

    /// The address of another page; none if it cannot be reached from here.
    pub fn to(&self, page: &SitePage) -> Option<String> {
        self.to_file(&page.file())
    }

    /// The address of a file of the site.
    pub fn to_file(&self, file: &str) -> Option<String> {
        let site = self.site.choices.address.as_ref();
        if self.alone {
            site.map(|site| site.file(file))
        } else {
            Some(self.page.link(file, site))
        }
    }

    /// Notes that the page names an entry.
    pub fn names(&self, entry: EntryIndex) {
        self.newest.set(self.newest.get().max(Some(entry)));
    }

    /// The newest entry that the page names: what the page says can have changed there last.
    pub fn newest(&self) -> Option<EntryIndex> {
        self.newest.get()
    }

    /// `#12`, as a link to that entry.
    pub fn entry(&self, entry: EntryIndex) -> Markup {
        self.names(entry);
        html! { a class="entry" href=[self.to(&SitePage::Entry(entry))] { "#" (entry.to_string()) } }
    }

    /// Whether a verdict is shown: what nobody approved is a proposal, and what was rejected is none.
    pub fn shows(&self, verdict: &Conclusion) -> bool {
        self.site.choices.with_unapproved || verdict.is_concluded()
    }
}
