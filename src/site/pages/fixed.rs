//! Pages that depend on no statement: where any dossier is checked, and what stands at an address that leads nowhere.

use crate::site::address::SitePage;
use crate::site::record::PageRecord;
use crate::site::writer::{PageBody, PageWriter};
use maud::html;

/// Where any dossier is checked. Without scripts it says how the program does it.
pub fn verify(page: &PageWriter<'_>) -> PageBody {
    let words = page.words();
    PageBody {
        title: words.verify.to_owned(),
        main: html! {
            h1 { (words.verify) }
            p class="lead" { (words.verify_lead) }
            section id="verify" data-ledger-key=(page.site.vkey) aria-labelledby="verify-heading" {
                h2 id="verify-heading" { (words.verify_here) }
                p { (words.verify_stays_here) }
                noscript { p { (words.verify_no_script) } }
            }
            h2 { (words.verify_with_program) }
            p { (words.check_with_program) }
            pre dir="ltr" { code { "claimledger verify FILE.dossier --ledger-key KEY" } }
            p { (words.check_key_elsewhere) }
            h2 { (words.how_to_check) }
            ol { @for step in words.check_steps { li { (step) } } }
        },
        record: PageRecord::new("verify"),
        markup: None,
    }
}

/// An address that leads nowhere.
pub fn missing(page: &PageWriter<'_>) -> PageBody {
    let words = page.words();
    PageBody {
        title: words.missing.to_owned(),
        main: html! {
            h1 { (words.missing) }
            p class="lead" { (words.missing_lead) }
            p { (words.missing_why) }
            p { a href=[page.to(&SitePage::Claims)] { (words.all_claims) } }
        },
        record: PageRecord::new("missing"),
        markup: None,
    }
}
