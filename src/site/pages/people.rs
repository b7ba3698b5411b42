//! Organisations, and the people who sign for them, with the spans of the log in which their keys could sign.

use super::verdict::address;
use crate::app::Error;
use crate::app::read::screens::facts::FactsScreen;
use crate::app::read::screens::pages::Pages;
use crate::site::address::SitePage;
use crate::site::pages::entry::facts;
use crate::site::parts::table::{FactTable, table};
use crate::site::parts::{person, quoted};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::organisation::Role;
use claimledger_core::rules::state::KeyFact;
use maud::{Markup, html};

/// An organisation as its page shows it.
pub struct HouseShown {
    /// Its short name.
    pub short: Slug,
    /// The name that it gave itself last.
    pub name: Foreign,
    /// Its web site.
    pub url: Option<String>,
    /// Its corrections policy.
    pub corrections_policy: Option<String>,
    /// The entry that says so.
    pub entry: EntryIndex,
    /// The versions of its scales, each with its entry, its title and its page.
    pub scales: Vec<(EntryIndex, Foreign, SitePage)>,
    /// Its policies, oldest first.
    pub policies: Vec<EntryIndex>,
    /// The short names of its people.
    pub people: Vec<Slug>,
}

/// The page of an organisation.
pub fn organisation(page: &PageWriter<'_>, shown: &HouseShown) -> PageBody {
    let words = page.words();
    let policies = shown.policies.iter().rev();
    let main = html! {
        p class="kicker" { (words.organisation) " " bdi { (shown.short.as_str()) } }
        h1 { (quoted::field("name", &shown.name)) }
        (FactTable::default()
            .perhaps(words.web_site, shown.url.as_deref().map(address))
            .perhaps(words.corrections_policy, shown.corrections_policy.as_deref().map(address))
            .fact(words.recorded_in, page.entry(shown.entry))
            .list())
        h2 { (words.people) }
        ul {
            @for holder in &shown.people {
                li { a href=[page.to(&SitePage::Person(shown.short.clone(), holder.clone()))] { (holder.as_str()) } }
            }
        }
        h2 { (words.scales) }
        @if shown.scales.is_empty() { p { (words.none) } }
        ul {
            @for (entry, title, scale) in &shown.scales {
                li { a href=[page.to(scale)] { (quoted::line(title)) } " " (page.entry(*entry)) }
            }
        }
        h2 { (words.policies) }
        @if shown.policies.is_empty() { p { (words.none) } }
        ul {
            @for entry in policies {
                li { a href=[page.to(&SitePage::Policy(*entry))] { (words.policy_set_in) " #" (entry.to_string()) } }
            }
        }
    };
    PageBody {
        title: shown.name.quoted(),
        main,
        record: PageRecord::new("organisation")
            .with("entry", shown.entry)
            .with("name", &shown.name)
            .with("organisation", shown.short.as_str())
            .with(
                "people",
                shown.people.iter().map(Slug::as_str).collect::<Vec<_>>(),
            )
            .with("policies", shown.policies.clone())
            .with(
                "scales",
                shown
                    .scales
                    .iter()
                    .map(|(entry, ..)| *entry)
                    .collect::<Vec<_>>(),
            ),
        markup: None,
    }
}

/// The list of organisations.
pub fn organisations(page: &PageWriter<'_>, all: &[(Slug, Foreign)]) -> PageBody {
    let words = page.words();
    PageBody {
        title: words.organisations.to_owned(),
        main: html! {
            h1 { (words.organisations) }
            ul {
                @for (short, name) in all {
                    li { (person::house(page, short.as_str())) ": " (quoted::line(name)) }
                }
            }
        },
        record: PageRecord::new("organisations").with(
            "organisations",
            all.iter()
                .map(|(short, _)| short.as_str())
                .collect::<Vec<_>>(),
        ),
        markup: None,
    }
}

/// The page of a person: their keys, with the roles and the spans of the log.
pub fn person(
    page: &PageWriter<'_>,
    house: &Slug,
    holder: &Slug,
    name: Option<&Foreign>,
    keys: &[(PublicKey, KeyFact)],
) -> PageBody {
    let words = page.words();
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for (key, fact) in keys {
        for (at, (since, roles)) in fact.roles.iter().enumerate() {
            let until = fact.roles.get(at + 1).map(|(next, _)| *next).or(fact.ended);
            rows.push(vec![
                html! { code dir="ltr" { (key.fingerprint()) } },
                html! { (role_names(page, roles)) },
                page.entry(*since),
                html! {
                    @match until {
                        Some(entry) => (page.entry(entry)),
                        None => (words.until_now),
                    }
                },
            ]);
        }
    }
    let heads = [words.key, words.roles, words.from_entry, words.until_entry];
    let main = html! {
        p class="kicker" { (words.person) " · " (person::house(page, house.as_str())) }
        h1 { bdi { (holder.as_str()) } @if let Some(name) = name { " (" (quoted::field("name", name)) ")" } }
        p { (words.person_lead) }
        (table(words.keys_caption, &heads, &rows))
    };
    PageBody {
        title: holder.to_string(),
        main,
        record: PageRecord::new("person")
            .with("holder", holder.as_str())
            .with(
                "keys",
                keys.iter()
                    .map(|(key, _)| key.to_string())
                    .collect::<Vec<_>>(),
            )
            .with("name", name)
            .with("organisation", house.as_str()),
        markup: None,
    }
}

fn role_names(page: &PageWriter<'_>, roles: &[Role]) -> String {
    let names: Vec<&str> = roles.iter().map(|role| page.words().role(*role)).collect();
    names.join(", ")
}

/// The page of a scale version or of a policy: what was set, in the words of the core.
pub fn setting(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    kind: &str,
    heading: &str,
    screen: &FactsScreen,
    others: &[(EntryIndex, SitePage)],
) -> Result<PageBody, Error> {
    let words = page.words();
    let entry = screen.named.entry;
    Ok(PageBody {
        title: format!("{heading} #{entry}"),
        main: html! {
            p class="kicker" { (heading) " " (page.entry(entry)) }
            h1 { (quoted::ours(page, &screen.sentence)) }
            (facts(page, screen))
            @if !others.is_empty() {
                h2 { (words.other_versions) }
                ul { @for (entry, other) in others { li { a href=[page.to(other)] { "#" (entry.to_string()) } } } }
            }
        },
        record: PageRecord::new(kind)
            .with("entry", entry)
            .with("id", pages.said(entry)?.id().to_string())
            .with("sentence", &*screen.sentence)
            .with("standing", &screen.standing.words),
        markup: None,
    })
}
