//! Which page stands where in a site, and how a page links to another one. No other file spells an address.
//!
//! All links are relative and name the file, so that a site works below any address and from a memory stick.

use crate::app::publish::site::HouseSite;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::StatementId;

/// A page of a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SitePage {
    /// The front page.
    Front,
    /// The newest claims.
    Claims,
    /// A block of claims, in the order of the log.
    ClaimBlock(u64),
    /// A claim, by the id of its statement.
    Claim(StatementId),
    /// A verdict.
    Verdict(StatementId),
    /// A source.
    Source(StatementId),
    /// A part of the text of a source.
    SourceText(StatementId, u64),
    /// All organisations.
    Organisations,
    /// An organisation.
    Organisation(Slug),
    /// A person of an organisation.
    Person(Slug, Slug),
    /// A version of a scale of an organisation.
    Scale(Slug, Slug, u64),
    /// The policy that an entry set.
    Policy(EntryIndex),
    /// What was corrected or withdrawn.
    Corrections,
    /// Objections, and how to object.
    Objections,
    /// Every practice report.
    Practices,
    /// What an assessor looks at in the verdicts of a year.
    Practice(u64),
    /// The newest entries.
    Entries,
    /// A block of entries.
    EntryBlock(u64),
    /// An entry of the log.
    Entry(EntryIndex),
    /// A dossier can be checked here.
    Verify,
    /// For an address that leads nowhere.
    Missing,
}

impl SitePage {
    /// Its file in the folder of the site.
    pub fn file(&self) -> String {
        match self {
            Self::Front => "index.html".to_owned(),
            Self::Missing => "404.html".to_owned(),
            other => format!("{}/index.html", other.place()),
        }
    }

    /// A file beside it: `verdicts/ID.dossier`.
    pub fn beside(&self, ending: &str) -> String {
        format!("{}.{ending}", self.place())
    }

    /// Its address below that of the site, without the name of the file.
    pub fn place(&self) -> String {
        match self {
            Self::Front => String::new(),
            Self::Claims => "claims".to_owned(),
            Self::ClaimBlock(block) => format!("claims/block/{block}"),
            Self::Claim(id) => format!("claims/{id}"),
            Self::Verdict(id) => format!("verdicts/{id}"),
            Self::Source(id) => format!("sources/{id}"),
            Self::SourceText(id, 1) => format!("sources/{id}/text"),
            Self::SourceText(id, part) => format!("sources/{id}/text/{part}"),
            Self::Organisations => "organisations".to_owned(),
            Self::Organisation(short) => format!("organisations/{short}"),
            Self::Person(house, holder) => format!("people/{house}.{holder}"),
            Self::Scale(house, scale, version) => format!("scales/{house}.{scale}/{version}"),
            Self::Policy(entry) => format!("policies/{entry}"),
            Self::Corrections => "corrections".to_owned(),
            Self::Objections => "objections".to_owned(),
            Self::Practices => "practice".to_owned(),
            Self::Practice(year) => format!("practice/{year}"),
            Self::Entries => "entries".to_owned(),
            Self::EntryBlock(block) => format!("entries/block/{block}"),
            Self::Entry(entry) => format!("entries/{entry}"),
            Self::Verify => "verify".to_owned(),
            Self::Missing => "404.html".to_owned(),
        }
    }

    /// The address of a file of the site, as this page links to it. The page for missing addresses is shown in their place,
    /// at any depth; so it links from the beginning of the site.
    pub fn link(&self, file: &str, site: Option<&HouseSite>) -> String {
        match (self, site) {
            (Self::Missing, Some(site)) => site.file(file),
            (Self::Missing, None) => format!("/{file}"),
            _ => format!("{}{file}", "../".repeat(self.file().matches('/').count())),
        }
    }
}

/// Files that are no pages.
pub mod files {
    /// The style sheet.
    pub const STYLE: &str = "assets/style.css";
    /// The script of every page.
    pub const SCRIPT: &str = "assets/page.js";
    /// The verifier.
    pub const VERIFIER: &str = "assets/verify.js";
    /// The newest verdicts as Atom.
    pub const ATOM: &str = "feed.atom";
    /// The same as JSON Feed.
    pub const JSON_FEED: &str = "feed.json";
    /// The newest verdicts as ClaimReview markup.
    pub const MARKUP: &str = "claimreview.json";
    /// The head of the log from which the site was made.
    pub const HEAD: &str = "head.json";
    /// Which ledger this is.
    pub const WELL_KNOWN: &str = ".well-known/claimledger.json";
    /// The policy of browsers, for hosts that take such a file.
    pub const HEADERS: &str = "_headers";
    /// What was written, from what.
    pub const WRITTEN: &str = ".claimledger-site";
}

#[cfg(test)]
mod tests {
    use super::SitePage;
    use claimledger_core::EntryIndex;

    #[test]
    fn links_lead_up_to_the_site_and_down_again() {
        let entry = SitePage::Entry(EntryIndex::new(7));
        assert_eq!(entry.file(), "entries/7/index.html");
        assert_eq!(entry.link("index.html", None), "../../index.html");
        assert_eq!(
            SitePage::Front.link("claims/index.html", None),
            "claims/index.html"
        );
        assert_eq!(SitePage::Missing.link("index.html", None), "/index.html");
    }
}
