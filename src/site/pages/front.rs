//! The front page: what is new, who this is, and how to check it. It names the head of the log; no other page does.

use crate::app::Error;
use crate::app::read::screens::conclusion::Conclusion;
use crate::app::read::screens::pages::Pages;
use crate::app::read::show::HeadShown;
use crate::site::address::{SitePage, files};
use crate::site::parts::table::FactTable;
use crate::site::parts::{quoted, verdicts};
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use claimledger_core::encoding::foreign::Foreign;
use maud::html;

/// What the front page shows.
pub struct FrontShown<'f> {
    /// The title of the ledger.
    pub title: Foreign,
    /// The newest verdicts that stand.
    pub newest: &'f [Conclusion],
    /// The newest verdicts that were corrected, withdrawn, or fell otherwise.
    pub fallen: &'f [Conclusion],
    /// The head.
    pub head: &'f HeadShown,
    /// The names of the witnesses that cosigned the head.
    pub witnesses: &'f [String],
    /// How many verdicts are not shown.
    pub hidden: u64,
    /// When the ledger took in its newest entry.
    pub last: String,
}

/// The page.
pub fn page(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    shown: &FrontShown<'_>,
) -> Result<PageBody, Error> {
    let words = page.words();
    let head = shown.head;
    let record = PageRecord::new("front")
        .with("corrections", ids(pages, shown.fallen)?)
        .with("newest", ids(pages, shown.newest)?)
        .with("notShown", shown.hidden)
        .with("origin", &*head.origin)
        .with("root", &*head.root)
        .with("size", head.size.get())
        .with("vkey", &*head.vkey);
    let main = html! {
        p class="kicker" { (words.public_record) }
        h1 { (quoted::line(&shown.title)) }
        p class="lead" { (words.front_lead) }
        section aria-labelledby="newest" {
            h2 id="newest" { (words.newest_verdicts) }
            (verdicts::list(page, pages, shown.newest, true)?)
            (verdicts::not_shown(page, shown.hidden))
            p { a href=[page.to(&SitePage::Claims)] { (words.all_claims) } }
        }
        section aria-labelledby="fallen" {
            h2 id="fallen" { (words.newest_corrections) }
            @if shown.fallen.is_empty() { p { (words.no_corrections) } }
            @else { (verdicts::list(page, pages, shown.fallen, true)?) }
            p { a href=[page.to(&SitePage::Corrections)] { (words.all_corrections) } }
        }
        section aria-labelledby="who" {
            h2 id="who" { (words.who_this_is) }
            (FactTable::default()
                .fact(words.ledger_name, html! { bdi dir="ltr" data-field="origin" { (head.origin) } })
                .fact(words.ledger_id, html! { code dir="ltr" { (head.ledger) } })
                .fact(words.ledger_key, html! { code dir="ltr" data-field="vkey" { (head.vkey) } })
                .fact(words.head_size, html! { span data-field="size" { (words.number(head.size.get())) } })
                .fact(words.head_root, html! { code dir="ltr" data-field="root" { (head.root) } })
                .fact(words.head_time, crate::site::parts::dates::date(words, &shown.last))
                .fact(words.witnesses, html! {
                    @if shown.witnesses.is_empty() { (words.no_witness) }
                    @else { ul { @for one in shown.witnesses { li { (quoted::name(one)) } } } }
                })
                .list())
            p { a href=[page.to_file(files::HEAD)] { (words.head_file) } }
        }
        section aria-labelledby="check-all" {
            h2 id="check-all" { (words.how_to_check) }
            ol { @for step in words.check_steps { li { (step) } } }
            p { a href=[page.to(&SitePage::Verify)] { (words.verify) } }
        }
    };
    Ok(PageBody {
        title: String::new(),
        main,
        record,
        markup: None,
    })
}

fn ids(pages: &Pages<'_>, all: &[Conclusion]) -> Result<Vec<String>, Error> {
    let all = all.iter();
    all.map(|one| Ok(pages.said(one.verdict.entry)?.id().to_string()))
        .collect()
}
