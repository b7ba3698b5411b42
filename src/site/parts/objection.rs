//! Objections with their answers, what a statement corrects, and how to object.

use super::{dates, person, quoted};
use crate::app::read::screens::form::Corrects;
use crate::app::read::screens::objections::{AnswerShown, Objection};
use crate::site::address::SitePage;
use crate::site::writer::PageWriter;
use claimledger_core::EntryIndex;
use maud::{Markup, html};

/// Objections, each with what became of it.
pub fn list(page: &PageWriter<'_>, all: &[Objection]) -> Markup {
    html! {
        ul class="objections" { @for one in all { li { (objection(page, one)) } } }
    }
}

/// An objection.
pub fn objection(page: &PageWriter<'_>, one: &Objection) -> Markup {
    let words = page.words();
    html! {
        p {
            strong { (words.objection_state(one)) }
            @if let Some(by) = one.settled { ", " (words.settled_by) " " (page.entry(by)) }
            @if one.is_due() {
                ", " (words.to_be_corrected)
                @if let Some(day) = &one.due { " " (words.by_the_day) " " (dates::date(words, day)) " (UTC)" }
            }
            ". " (words.objects_to) " " (page.entry(one.to)) ", " (words.grounds(one.grounds)) ": "
            (person::signed(page, &one.by))
        }
        (quoted::block(page, &one.note, None))
        @if let Some(answer) = &one.answer { (answered(page, words.answered_by, answer)) }
        @for reply in &one.replies { (answered(page, words.replied_by, reply)) }
    }
}

fn answered(page: &PageWriter<'_>, how: &str, answer: &AnswerShown) -> Markup {
    html! {
        p {
            (how) " " (person::signed(page, &answer.by))
            @if answer.by_author { " (" (page.words().the_author) ")" }
        }
        (quoted::block(page, &answer.note, None))
    }
}

/// What a statement corrects, and why.
pub fn corrects(page: &PageWriter<'_>, one: &Corrects) -> Markup {
    let words = page.words();
    html! {
        p {
            (words.corrects) " " (page.entry(one.entry)) ": " (words.correction_kind(one.kind))
            @if let Some(reported) = &one.reported { ". " (words.reported) " " (dates::date(words, reported)) }
            @if let Some(by) = &one.noticed_by { ". " (words.noticed_by) " " (quoted::line(by)) }
        }
        p { (words.was_wrong) }
        (quoted::block(page, &one.was_wrong, None))
    }
}

/// How a reader objects to a statement: a draft to download, and where it goes.
pub fn how_to(page: &PageWriter<'_>, entry: EntryIndex, draft: &str) -> Markup {
    let words = page.words();
    html! {
        h2 id="object" { (words.how_to_object) }
        p {
            (words.object_with_draft) " "
            a href=[page.to_file(draft)] download { (words.objection_draft) " #" (entry.to_string()) } ". "
            a href=[page.to(&SitePage::Objections)] { (words.object_more) }
        }
    }
}
