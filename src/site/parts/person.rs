//! Who signed something.

use super::{dates, quoted};
use crate::app::read::screens::opinion::Interests;
use crate::app::read::screens::pages::SignedBy;
use crate::site::address::SitePage;
use crate::site::writer::PageWriter;
use maud::{Markup, html};

/// The person, as a link to their page: the short name, which the ledger gave, before the name that they chose.
pub fn person(page: &PageWriter<'_>, by: &SignedBy) -> Markup {
    let name = by.name.as_ref().filter(|name| !name.is(&by.holder));
    let parsed = by.organisation.parse().ok().zip(by.holder.parse().ok());
    page.names(by.entry);
    html! {
        @match parsed {
            Some((house, holder)) => a href=[page.to(&SitePage::Person(house, holder))] { (by.holder) },
            None => (by.holder),
        }
        @if let Some(name) = name { " (" (quoted::line(name)) ")" }
        @if by.shared { " " (page.words().of_house) " " (house(page, &by.organisation)) }
    }
}

/// The person and the time, by the signer's clock.
pub fn signed(page: &PageWriter<'_>, by: &SignedBy) -> Markup {
    html! { (person(page, by)) ", " (dates::date(page.words(), &by.on)) " (" (page.entry(by.entry)) ")" }
}

/// The roles of the key when it signed.
pub fn roles(page: &PageWriter<'_>, by: &SignedBy) -> String {
    let roles: Vec<&str> = by
        .roles
        .iter()
        .map(|role| page.words().role(*role))
        .collect();
    roles.join(", ")
}

/// An organisation by its short name.
pub fn house(page: &PageWriter<'_>, short: &str) -> Markup {
    html! {
        @match short.parse() {
            Ok(slug) => a href=[page.to(&SitePage::Organisation(slug))] { (short) },
            Err(_) => (short),
        }
    }
}

/// What somebody says about their interests in the matter.
pub fn interests(page: &PageWriter<'_>, interests: &Interests) -> Markup {
    let words = page.words();
    html! {
        @match interests {
            Interests::NotSaid => (words.interests_not_declared),
            Interests::None => (words.interests_none),
            Interests::Sealed => (words.interests_sealed),
            Interests::Declared(theirs) => { (words.interests_declared) " " (quoted::line(theirs)) },
        }
    }
}
