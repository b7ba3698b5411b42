//! The pages of organisations and of their people.

use super::address::SitePage;
use super::maker::{MadePages, SiteMaker};
use super::pages::people::{self, HouseShown};
use super::parts::sources::scale_page;
use crate::app::Error;
use crate::app::publish::house::House;
use crate::app::read::screens::pages::Pages;
use crate::app::read::show;
use crate::app::read::theirs::theirs;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::Body;
use claimledger_core::rules::state::KeyFact;
use claimledger_core::rules::{Link, View as _};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The keys of every person, by organisation and short name.
pub type People = BTreeMap<(Slug, Slug), Vec<(PublicKey, KeyFact)>>;

impl SiteMaker<'_> {
    /// Everybody whose keys sign or signed.
    pub fn people(&self) -> Result<People, Error> {
        let mut people = People::new();
        for (key, fact) in self.session.view().keys()? {
            let person = (fact.organisation.clone(), fact.holder.clone());
            people.entry(person).or_default().push((key, fact));
        }
        for keys in people.values_mut() {
            keys.sort_by_key(|(key, fact)| (fact.since(), *key.as_bytes()));
        }
        Ok(people)
    }

    /// Every organisation that describes itself.
    pub fn organisations(&self) -> Result<Vec<(Slug, Foreign)>, Error> {
        let mut all = Vec::new();
        for line in show::organisations(self.session, None)? {
            if let Ok(slug) = line.organisation.parse::<Slug>()
                && let Some(found) = show::organisation(self.session, &slug)?
            {
                all.push((slug, theirs(&found.name)));
            }
        }
        Ok(all)
    }

    /// The organisation that made the ledger.
    pub fn founder(&self) -> Result<Rc<House>, Error> {
        let short = House::of(self.session, None)?.author.short;
        self.house(&short)
    }

    /// The list of organisations.
    pub fn organisation_list(&self) -> Result<MadePages, Error> {
        let page = self.begin(SitePage::Organisations);
        let body = people::organisations(&page, &self.organisations()?);
        Ok(self.made(&page, body))
    }

    /// The page of an organisation.
    pub fn organisation(&self, short: &Slug, people: &People) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let view = self.session.view();
            let entry = view.organisation(short)?;
            let found = show::organisation(self.session, short)?;
            let (Some(first), Some(found)) = (entry, found) else {
                return Err(self.no_page(claimledger_core::EntryIndex::FIRST));
            };
            let described = pages.reading().under(first, Link::Description)?;
            let mut scales = Vec::new();
            for scale in pages.reading().under(first, Link::Scale)? {
                if let Body::ScaleSet(set) = &pages.said(scale.index)?.body
                    && let Some(page) = scale_page(pages, scale.index)?
                {
                    scales.push((scale.index, theirs(&set.title), page));
                }
            }
            let policies = pages.reading().under(first, Link::Policy)?;
            let of_house = people.keys().filter(|(house, _)| house == short);
            let shown = HouseShown {
                short: short.clone(),
                name: theirs(&found.name),
                url: found.url.as_ref().map(ToString::to_string),
                corrections_policy: found.corrections_policy.as_ref().map(ToString::to_string),
                entry: described.last().map_or(first, |fact| fact.index),
                scales,
                policies: policies.iter().map(|fact| fact.index).collect(),
                people: of_house.map(|(_, holder)| holder.clone()).collect(),
            };
            let page = self.begin(SitePage::Organisation(short.clone()));
            let body = people::organisation(&page, &shown);
            Ok(self.made(&page, body))
        })
    }

    /// The page of a person.
    pub fn person(
        &self,
        (house, holder): (&Slug, &Slug),
        keys: &[(PublicKey, KeyFact)],
    ) -> Result<MadePages, Error> {
        self.with_pages(|pages| {
            let page = self.begin(SitePage::Person(house.clone(), holder.clone()));
            let name = name_of(pages, keys)?;
            let body = people::person(&page, house, holder, name.as_ref(), keys);
            Ok(self.made(&page, body))
        })
    }
}

/// The name that a person's newest key came with.
fn name_of(pages: &Pages<'_>, keys: &[(PublicKey, KeyFact)]) -> Result<Option<Foreign>, Error> {
    for (_, fact) in keys.iter().rev() {
        let name = match &pages.said(fact.since())?.body {
            Body::LedgerCreate(create) => create.name.as_ref().map(theirs),
            Body::KeyEnroll(enroll) => enroll.name.as_ref().map(theirs),
            Body::KeyRecover(recover) => recover.name.as_ref().map(theirs),
            _ => None,
        };
        if name.is_some() {
            return Ok(name);
        }
    }
    Ok(None)
}
