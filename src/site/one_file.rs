//! A page in one file: what a site says of a statement, its dossier, and the verifier. It opens from a disk, loads nothing, and
//! checks itself; that it cannot vouch for itself, it says.

use super::address::SitePage;
use super::assets;
use super::frame::{quoted_argument, recorded};
use super::maker::{SiteMaker, language};
use super::pages::{claim, entry, source, verdict};
use super::record::in_a_block;
use super::writer::{PageBody, PageWriter};
use crate::app::Error;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::{self, Screen, facts};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::sha256;
use data_encoding::BASE64;
use maud::{Markup, html};

/// The page of an entry in one file. Its dossier has texts if the choices of the site say so.
///
/// # Errors
///
/// Those of reading the ledger, and of making the proof.
pub fn one_file(maker: &SiteMaker<'_>, entry: EntryIndex) -> Result<Vec<u8>, Error> {
    let dossier = maker.prove(entry, maker.dossier())?;
    let (page, body) = maker.with_pages(|pages| alone(maker, pages, entry))?;
    Ok(filled(&page, body, &dossier).into_bytes())
}

/// What its page of a site says.
fn alone<'m>(
    maker: &'m SiteMaker<'_>,
    pages: &Pages<'_>,
    entry: EntryIndex,
) -> Result<(PageWriter<'m>, PageBody), Error> {
    let id = pages.said(entry)?.id();
    let begin = |page| PageWriter::alone(&maker.frame, page);
    Ok(match screens::screen(pages, entry)? {
        Screen::Verdict(screen) => {
            let page = begin(SitePage::Verdict(id));
            let language = language(&pages.said(screen.claim.entry)?.body);
            let body = verdict::page(&page, pages, &screen, language.as_deref(), None)?;
            (page, body)
        }
        Screen::Claim(screen) => {
            let page = begin(SitePage::Claim(id));
            let language = language(&pages.said(entry)?.body);
            let drawing = match &screen.now {
                None => Some(maker.drawing(&page, pages, entry)?),
                Some(_) => None,
            };
            let body = claim::page(&page, pages, &screen, language.as_deref(), drawing.as_ref())?;
            (page, body)
        }
        Screen::Source(screen) => {
            let page = begin(SitePage::Source(id));
            let body = source::page(&page, pages, &screen, None)?;
            (page, body)
        }
        _ => {
            let page = begin(SitePage::Entry(entry));
            let facts = facts::screen(pages, entry)?;
            let body = entry::page(&page, pages, entry, Some(&facts), None)?;
            (page, body)
        }
    })
}

/// The template with everything in its place. A place is looked for only in the template, so that no words can name one.
fn filled(page: &PageWriter<'_>, body: PageBody, dossier: &[u8]) -> String {
    let language = page.site.choices.language;
    let record = recorded(page, body.record);
    let style = assets::text("style.css");
    let script = [
        assets::text("verify.js"),
        include_str!("../../web/pages/one-file.classic.js"),
    ]
    .concat();
    let words = assets::text(&format!("words.{}.json", language.code()));
    let place = |name: &str| match name {
        "language" => language.code().to_owned(),
        "direction" => language.direction().to_owned(),
        "script-hash" => hash(&script),
        "style-hash" => hash(style),
        "title" => html! { (body.title) }.into_string(),
        "style" => style.to_owned(),
        "content" => body.main.clone().into_string(),
        "ledger-key" => html! { (page.site.vkey) }.into_string(),
        "how-to-check" => how_to_check(page).into_string(),
        "record" => in_a_block(&record.text()).into_string(),
        "words" => in_a_block(words).into_string(),
        "dossier" => BASE64.encode(dossier),
        "script" => script.clone(),
        other => unreachable!("the template has no place {other}"),
    };
    let mut text = String::new();
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").expect("a place ends");
        text.push_str(before);
        text.push_str(&place(name));
        rest = after;
    }
    text + rest
}

fn how_to_check(page: &PageWriter<'_>) -> Markup {
    let words = page.words();
    html! {
        h2 { (words.check_heading) }
        p { (words.footer_no_vouching) " " (words.alone_check_with_program) }
        pre dir="ltr" tabindex="0" { code {
            "claimledger verify FILE.html --ledger-key " (quoted_argument(&page.site.vkey))
        } }
        p { (words.check_key_elsewhere) }
    }
}

/// As a policy names a script or a style (Content Security Policy Level 3, hash-source).
fn hash(text: &str) -> String {
    let digest = sha256(&[text.as_bytes()]);
    format!("sha256-{}", BASE64.encode(digest.as_bytes()))
}

/// The page, with a place for each part.
const TEMPLATE: &str = include_str!("../../web/pages/one-file.html");
