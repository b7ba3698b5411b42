//! What stands around every page: policy, head, navigation, footer, record.
//!
//! No page has a script or a style of its own, so that a policy can refuse all of them.

use super::address::{SitePage, files};
use super::parts::objection;
use super::record::{FORM, PageRecord, in_a_block};
use super::writer::{PageBody, PageWriter};
use claimledger_core::EntryIndex;
use maud::{DOCTYPE, Markup, html};

/// What a browser may do with a page. A `<meta>` element takes the same policy without `frame-ancestors`, which only a header
/// can say.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                          connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
                          require-trusted-types-for 'script'";

/// The file of headers, for hosts that take one.
pub fn headers() -> String {
    let mut text = format!(
        "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Cross-Origin-Resource-Policy: same-origin\n"
    );
    for (ending, kind) in MEDIA_TYPES {
        text.push_str(&format!("/*.{ending}\n  Content-Type: {kind}\n"));
    }
    text
}

/// What the files beside a page are, by the ending of their names.
pub const MEDIA_TYPES: &[(&str, &str)] = &[
    ("atom", "application/atom+xml; charset=utf-8"),
    ("claimreview", "application/ld+json; charset=utf-8"),
    ("dossier", "text/plain; charset=utf-8"),
    ("dsse", "application/json; charset=utf-8"),
    ("tlog-proof", "text/plain; charset=utf-8"),
];

/// A whole page.
pub fn frame(page: &PageWriter<'_>, body: PageBody) -> String {
    let words = page.words();
    let language = page.site.choices.language;
    let record = recorded(page, body.record);
    let title = if body.title.is_empty() {
        page.site.origin.clone()
    } else {
        format!("{} · {}", body.title, page.site.origin)
    };
    let whole = html! {
        (DOCTYPE)
        html lang=(language.code()) dir=(language.direction()) {
            head {
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href=[page.to_file(files::STYLE)];
                link rel="alternate" type="application/atom+xml" href=[page.to_file(files::ATOM)];
                link rel="alternate" type="application/feed+json" href=[page.to_file(files::JSON_FEED)];
                @if let Some(site) = &page.site.choices.address {
                    @if page.page != SitePage::Missing { link rel="canonical" href=(site.file(&page.page.place())); }
                }
                script type="module" src=[page.to_file(files::SCRIPT)] {}
                @if let Some(markup) = &body.markup {
                    script type="application/ld+json" { (in_a_block(markup)) }
                }
            }
            body data-page=(record.kind()) {
                a class="skip" href="#main" { (words.skip) }
                header { (navigation(page)) }
                main id="main" { (body.main) }
                footer { (footer(page)) }
                (record.block())
            }
        }
    };
    whole.into_string() + "\n"
}

/// The record of a page, with what every record has.
pub fn recorded(page: &PageWriter<'_>, record: PageRecord) -> PageRecord {
    record
        .with("form", FORM)
        .with("language", page.site.choices.language.code())
        .with("lastChangedBy", page.newest())
        .with("ledger", page.site.ledger.to_string())
        .with("version", VERSION)
}

fn navigation(page: &PageWriter<'_>) -> Markup {
    let words = page.words();
    let places = [
        (SitePage::Claims, words.claims),
        (SitePage::Corrections, words.corrections),
        (SitePage::Objections, words.objections),
        (SitePage::Organisations, words.organisations),
        (SitePage::Practices, words.practice),
        (SitePage::Entries, words.the_log),
        (SitePage::Verify, words.verify),
    ];
    html! {
        nav aria-label=(words.navigation) {
            a class="home" href=[page.to(&SitePage::Front)] { bdi dir="ltr" { (page.site.origin) } }
            ul {
                @for (place, name) in &places {
                    @let here = (*place == page.page).then_some("page");
                    li { a href=[page.to(place)] aria-current=[here] { (name) } }
                }
            }
        }
    }
}

fn footer(page: &PageWriter<'_>) -> Markup {
    let words = page.words();
    html! {
        p { (words.footer_ledger) " " bdi dir="ltr" { (page.site.origin) } ". " (words.footer_key) " "
            code dir="ltr" { (page.site.vkey) } }
        @if let Some(newest) = page.newest() { p { (words.footer_changed) " " (page.entry(newest)) "." } }
        p { (words.footer_no_vouching) " " a href=[page.to(&SitePage::Verify)] { (words.how_to_check) } }
        p { a href=[page.to_file(files::ATOM)] { (words.feed) } }
    }
}

/// What stands below a statement: how to object to it, how to check the page, and its files, with markup or without. A page
/// that is a file of its own has its own words for that.
pub fn below(page: &PageWriter<'_>, entry: EntryIndex, with_markup: bool) -> Markup {
    html! {
        @if !page.is_alone() {
            (objection::how_to(page, entry, &page.page.beside("objection.json")))
            (check(page, with_markup))
        }
    }
}

/// How a page is checked: by its script, or with the program. It says so without scripts too.
fn check(page: &PageWriter<'_>, with_markup: bool) -> Markup {
    let (words, of, vkey) = (page.words(), &page.page, &page.site.vkey);
    let dossier = page.to_file(&of.beside("dossier"));
    let name = of.beside("dossier");
    let name = name.rsplit('/').next().unwrap_or_default();
    html! {
        section id="check" data-dossier=[&dossier] data-ledger-key=(vkey) aria-labelledby="check-heading" {
            h2 id="check-heading" { (words.check_heading) }
            p { (words.check_with_program) }
            pre dir="ltr" { code { "claimledger verify " (name) " --ledger-key " (quoted_argument(vkey)) } }
            p { (words.check_key_elsewhere) }
            p { (words.check_files) }
            ul class="files" {
                li { a href=[&dossier] download { (words.file_dossier) } }
                li { a href=[page.to_file(&of.beside("dsse"))] download { (words.file_envelope) } }
                li { a href=[page.to_file(&of.beside("json"))] { (words.file_statement) } }
                li { a href=[page.to_file(&of.beside("tlog-proof"))] download { (words.file_proof) } }
                @if with_markup {
                    li { a href=[page.to_file(&of.beside("claimreview"))] { (words.file_markup) } }
                }
            }
        }
    }
}

/// A text as an argument that a shell takes for nothing else.
pub fn quoted_argument(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The version of the program that wrote a page.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
