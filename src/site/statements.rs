//! The pages of sources, settings and entries of the log.

use super::address::SitePage;
use super::maker::{FileContent, MadePages, SiteFile, SiteMaker};
use super::noted::Noted;
use super::pages::source_text::{self, Passage, TextPart, parts};
use super::pages::{entry, people, source};
use super::parts::sources::scale_page;
use crate::app::Error;
use crate::app::read::screens::facts;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::source::SourceScreen;
use crate::app::read::screens::{self, Screen};
use crate::app::read::show;
use crate::app::read::source_text::{self as texts, SourceText};
use claimledger_core::EntryIndex;
use claimledger_core::log::excerpts::excerpt_in;
use claimledger_core::model::{Body, StatementId};
use claimledger_core::rules::{Link, View as _};

impl SiteMaker<'_> {
    /// The page of a source, with the files beside it, and its text if texts are shown.
    pub fn source(&self, at: EntryIndex) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let id = pages.said(at)?.id();
            let Screen::Source(screen) = screens::screen(pages, at)? else {
                return Err(self.no_page(at));
            };
            let text = if self.frame.choices.with_texts {
                self.text(at)?
            } else {
                None
            };
            let page = self.begin(SitePage::Source(id));
            let text_page = text.as_ref().map(|_| SitePage::SourceText(id, 1));
            let body = source::page(&page, pages, &screen, text_page.as_ref())?;
            let mut made = self.made(&page, body);
            if let Some(text) = &text {
                self.text_pages(&mut made, pages, id, &screen, text)?;
            }
            self.beside(&mut made, &page.page, at, &id)?;
            Ok(made)
        })
    }

    /// The newest text of a source; none if there is none here, or if it is withheld.
    fn text(&self, at: EntryIndex) -> Result<Option<SourceText>, Error> {
        match texts::read(self.session, &at.to_string(), None, None) {
            Ok(text) => Ok(Some(text)),
            Err(Error::NoText { .. }) => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn text_pages(
        &self,
        made: &mut MadePages,
        pages: &Pages<'_>,
        id: StatementId,
        screen: &SourceScreen,
        text: &SourceText,
    ) -> Result<(), Error> {
        let passages = passages(pages, screen, text)?;
        let all = parts(&text.text);
        for (number, (from, part)) in (1..).zip(&all) {
            let page = self.begin(SitePage::SourceText(id, number));
            let until = from + part.chars().count() as u64;
            let inside: Vec<Passage> = passages
                .iter()
                .copied()
                .filter(|one| one.start < until && *from < one.end)
                .collect();
            let shown = TextPart {
                text,
                part,
                from: *from,
                number,
                of: all.len() as u64,
                passages: &inside,
            };
            let body = source_text::page(&page, pages, id, &screen.line, &shown)?;
            made.files.extend(self.made(&page, body).files);
        }
        Ok(())
    }

    /// The page of a version of a scale.
    pub fn scale(&self, at: EntryIndex) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let Some(address) = scale_page(pages, at)? else {
                return Err(self.no_page(at));
            };
            let mut others = Vec::new();
            let house = pages.fact(at)?.by.organisation;
            for other in pages.reading().under(house, Link::Scale)? {
                let page = scale_page(pages, other.index)?;
                let same = |page: &SitePage| is_same_scale(page, &address) && *page != address;
                others.extend(page.filter(same).map(|page| (other.index, page)));
            }
            let page = self.begin(address);
            let heading = page.words().scale;
            let screen = facts::screen(pages, at)?;
            let body = people::setting(&page, pages, "scale", heading, &screen, &others)?;
            Ok(self.made(&page, body))
        })
    }

    /// The page of a policy.
    pub fn policy(&self, at: EntryIndex) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let house = pages.fact(at)?.by.organisation;
            let others = pages.reading().under(house, Link::Policy)?;
            let others = others
                .iter()
                .map(|fact| fact.index)
                .filter(|other| *other != at);
            let others: Vec<_> = others
                .map(|other| (other, SitePage::Policy(other)))
                .collect();
            let page = self.begin(SitePage::Policy(at));
            let heading = page.words().policy;
            let screen = facts::screen(pages, at)?;
            let body = people::setting(&page, pages, "policy", heading, &screen, &others)?;
            Ok(self.made(&page, body))
        })
    }

    /// The page of an entry, with its envelope.
    pub fn entry(&self, at: EntryIndex) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let page = self.begin(SitePage::Entry(at));
            let screen = if self.hides(pages, at)? {
                None
            } else if pages.reading().view().entry(at)?.is_none() {
                // The rules refused it: it says nothing here.
                return Ok(MadePages {
                    files: Vec::new(),
                    newest: None,
                    noted: Noted::default(),
                });
            } else {
                Some(facts::screen(pages, at)?)
            };
            let home = match &screen {
                Some(_) => home_of(pages, at)?,
                None => None,
            };
            let body = entry::page(&page, pages, at, screen.as_ref(), home.as_ref())?;
            let mut made = self.made(&page, body);
            made.files.push(SiteFile {
                path: page.page.beside("dsse"),
                content: FileContent::Bytes(
                    show::envelope(self.session, &at.to_string(), None)?.into_bytes(),
                ),
            });
            Ok(made)
        })
    }

    /// Whether an entry is a verdict that is not shown, or is about one.
    pub fn hides(&self, pages: &Pages<'_>, at: EntryIndex) -> Result<bool, Error> {
        if self.frame.choices.with_unapproved {
            return Ok(false);
        }
        let about = match &pages.said(at)?.body {
            Body::VerdictIssue(_) => return Ok(!pages.stands(at)?.facts.is_concluded()),
            Body::VerdictAttest(attest) => attest.verdict,
            Body::VerdictPublish(publish) => publish.verdict,
            Body::Withdraw(withdraw) => withdraw.target,
            Body::DisputeOpen(open) => open.target,
            Body::DisputeAnswer(answer) => answer.dispute,
            _ => return Ok(false),
        };
        self.hides(pages, pages.place(&about)?)
    }
}

/// The quotations from a text that stand, in the order of their places.
fn passages(
    pages: &Pages<'_>,
    screen: &SourceScreen,
    text: &SourceText,
) -> Result<Vec<Passage>, Error> {
    let live = screen.evidence.iter().filter(|one| one.evidence.is_live());
    let quoting = live.map(|one| one.evidence.entry);
    let related = screen
        .relations
        .iter()
        .filter(|one| one.standing.facts.is_live());
    let mut found = Vec::new();
    for at in quoting.chain(related.map(|one| one.entry)) {
        if let Some(made) = excerpt_in(&pages.said(at)?.body)
            && made.text == text.sha256
        {
            found.push(Passage {
                start: made.start,
                end: made.end,
                entry: at,
            });
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn is_same_scale(one: &SitePage, other: &SitePage) -> bool {
    match (one, other) {
        (SitePage::Scale(house, scale, _), SitePage::Scale(of, other, _)) => {
            house == of && scale == other
        }
        _ => false,
    }
}

/// The page on which a reader finds a statement with everything about it; none if only the log has it.
fn home_of(pages: &Pages<'_>, at: EntryIndex) -> Result<Option<SitePage>, Error> {
    let said = pages.said(at)?;
    Ok(match &said.body {
        Body::ClaimAdd(_) => Some(SitePage::Claim(said.id())),
        Body::VerdictIssue(_) => Some(SitePage::Verdict(said.id())),
        Body::SourceAdd(_) => Some(SitePage::Source(said.id())),
        Body::EvidenceAdd(evidence) => Some(SitePage::Claim(evidence.claim)),
        Body::PolicySet(_) => Some(SitePage::Policy(at)),
        Body::ScaleSet(_) => scale_page(pages, at)?,
        Body::OrganisationSet(set) => Some(SitePage::Organisation(set.organisation.clone())),
        _ => None,
    })
}
