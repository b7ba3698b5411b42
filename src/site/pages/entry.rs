//! The page of an entry of the log, and lists of entries.

use crate::app::Error;
use crate::app::read::line::instant;
use crate::app::read::screens::facts::{FactValue, FactsScreen};
use crate::app::read::screens::pages::Pages;
use crate::site::address::SitePage;
use crate::site::parts::table::{FactTable, table};
use crate::site::parts::{dates, objection, person, quoted, standing};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use claimledger_core::EntryIndex;
use maud::{Markup, html};

/// The page of an entry. Without a screen it is not shown here: the verdict that it says or is about is not approved.
pub fn page(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    entry: EntryIndex,
    screen: Option<&FactsScreen>,
    home: Option<&SitePage>,
) -> Result<PageBody, Error> {
    let words = page.words();
    let said = pages.said(entry)?;
    page.names(entry);
    let kind = said.statement_type.as_str();
    let log = FactTable::default()
        .fact(words.statement_type, html! { code dir="ltr" { (kind) } })
        .fact(
            words.taken_in,
            dates::field(words, "takenIn", &instant(said.time())),
        )
        .fact(
            words.statement_id,
            html! { code dir="ltr" data-field="id" { (said.id().to_string()) } },
        )
        .fact(
            words.key,
            html! { code dir="ltr" { (said.key.fingerprint()) } },
        );
    let main = html! {
        p class="kicker" { (words.log_entry) }
        h1 { (words.entry) " #" (entry.to_string()) }
        @match screen {
            Some(screen) => {
                p class="lead" data-field="sentence" { (quoted::ours(page, &screen.sentence)) (standing::mark(page, &screen.standing)) }
                @if let Some(home) = home { p { a href=[page.to(home)] { (words.its_own_page) } } }
                (facts(page, screen))
                @if !screen.objections.is_empty() {
                    h2 { (words.objections) }
                    (objection::list(page, &screen.objections))
                }
            },
            None => p class="lead" { (words.entry_not_shown) },
        }
        h2 { (words.in_the_log) }
        (log.list())
        p { a href=[page.to_file(&page.page.beside("dsse"))] download { (words.file_envelope) } }
    };
    let record = PageRecord::new("entry")
        .with("entry", entry)
        .with("id", said.id().to_string())
        .with("sentence", screen.map(|screen| screen.sentence.clone()))
        .with("shown", screen.is_some())
        .with(
            "standing",
            screen.map(|screen| screen.standing.words.clone()),
        )
        .with("takenIn", instant(said.time()))
        .with("type", kind);
    Ok(PageBody {
        title: format!("{} #{entry}", words.entry),
        main,
        record,
        markup: None,
    })
}

/// The facts of a statement, in the words of the core, with who signed it and how it stands.
pub fn facts(page: &PageWriter<'_>, screen: &FactsScreen) -> Markup {
    let words = page.words();
    let mut table = FactTable::default();
    for fact in &screen.facts {
        let value = match &fact.value {
            FactValue::Ours(ours) => quoted::ours(page, ours),
            FactValue::Theirs(theirs) => quoted::block(page, theirs, None),
        };
        table = table.fact(fact.name, value);
    }
    table
        .fact(words.signed_by, person::signed(page, &screen.by))
        .fact(
            words.how_it_stands,
            html! { div data-field="standing" { (standing::all(page, &screen.standing, &screen.standing.said)) } },
        )
        .list()
}

/// A list of entries: what never changes about them.
pub fn list(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    entries: &[EntryIndex],
    blocks: &[(SitePage, String)],
) -> Result<PageBody, Error> {
    let words = page.words();
    let mut rows = Vec::new();
    for entry in entries {
        let said = pages.said(*entry)?;
        rows.push(vec![
            page.entry(*entry),
            html! { code dir="ltr" { (said.statement_type.as_str()) } },
            dates::date(words, &instant(said.time())),
            person::person(page, &pages.signed(*entry)?),
        ]);
    }
    let heads = [
        words.entry,
        words.statement_type,
        words.taken_in,
        words.signed_by,
    ];
    let main = html! {
        h1 { (words.the_log) }
        p { (words.log_lead) }
        (table(words.entries_caption, &heads, &rows))
        (block_links(page, blocks))
    };
    Ok(PageBody {
        title: words.the_log.to_owned(),
        main,
        record: PageRecord::new("entries").with("entries", entries.to_vec()),
        markup: None,
    })
}

/// Links to the other blocks of a list.
pub fn block_links(page: &PageWriter<'_>, blocks: &[(SitePage, String)]) -> Markup {
    html! {
        @if blocks.len() > 1 {
            nav aria-label=(page.words().parts) {
                ol class="pages" {
                    @for (block, name) in blocks {
                        @let here = (*block == page.page).then_some("page");
                        li { a href=[page.to(block)] aria-current=[here] { (name) } }
                    }
                }
            }
        }
    }
}
