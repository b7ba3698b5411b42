//! How a statement stands: a mark behind its name, a list of everything that holds, and the banner of a verdict.

use super::quoted;
use crate::app::Error;
use crate::app::read::screens::pages::Pages;
use crate::app::read::screens::verdict::VerdictScreen;
use crate::app::read::standing_line::StandingLine;
use crate::site::address::SitePage;
use crate::site::writer::PageWriter;
use claimledger_core::EntryIndex;
use claimledger_core::message::Message;
use claimledger_core::rules::{ApprovalOutcome, StandingWord};
use maud::{Markup, html};

/// The first words on how a statement stands, behind its name. Nothing for what is simply live.
pub fn mark(page: &PageWriter<'_>, standing: &StandingLine) -> Markup {
    html! {
        @if let Some(brief) = standing.brief() {
            " " span class=(class(standing)) { (quoted::sentence(page, &brief)) }
        }
    }
}

/// The look of a standing. The words beside it say the same: nothing is said by colour alone.
fn class(standing: &StandingLine) -> &'static str {
    match standing.facts.word {
        StandingWord::Approved | StandingWord::Adopted | StandingWord::InForce => "mark mark-good",
        StandingWord::Live | StandingWord::Answered | StandingWord::Open => "mark",
        StandingWord::Unapproved | StandingWord::CorrectionPending => "mark mark-open",
        _ => "mark mark-fallen",
    }
}

/// Everything that holds of a statement, each by itself.
pub fn all(page: &PageWriter<'_>, standing: &StandingLine, said: &[Message]) -> Markup {
    html! {
        @if said.is_empty() {
            p { (quoted::sentence(page, &standing.words)) }
        } @else {
            ul { @for one in said { li { (quoted::sentence(page, one)) } } }
        }
        @if let Some(reason) = &standing.reason {
            p { (page.words().withdrawn_because) }
            (quoted::block(page, reason, None))
        }
    }
}

/// Why a reader must not take a verdict for what its organisation says now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Banner {
    /// It was withdrawn, by this entry.
    Withdrawn(EntryIndex),
    /// The key that signed it is no longer trusted.
    Distrusted(EntryIndex),
    /// A correction took its place.
    Corrected(EntryIndex),
    /// Another statement came first.
    TakesNoPlace(EntryIndex),
    /// Somebody who may approve rejected it.
    Rejected,
    /// Nobody approved it.
    NotApproved,
    /// An objection to it was accepted, and nothing is corrected.
    MustBeCorrected(EntryIndex),
    /// What it rests on fell.
    RestsOnFallen(EntryIndex),
    /// A correction waits for approval.
    CorrectionPending(EntryIndex),
    /// Somebody objected, and nobody answered.
    Objected(EntryIndex),
    /// It is not the current verdict, or not for the words of the claim now.
    NotCurrent,
}

impl Banner {
    /// Its name in the record.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Withdrawn(_) => "withdrawn",
            Self::Distrusted(_) => "distrusted",
            Self::Corrected(_) => "corrected",
            Self::TakesNoPlace(_) => "takes-no-place",
            Self::Rejected => "rejected",
            Self::NotApproved => "not-approved",
            Self::MustBeCorrected(_) => "must-be-corrected",
            Self::RestsOnFallen(_) => "rests-on-what-fell",
            Self::CorrectionPending(_) => "correction-pending",
            Self::Objected(_) => "objected",
            Self::NotCurrent => "not-current",
        }
    }

    const fn entry(self) -> Option<EntryIndex> {
        match self {
            Self::Withdrawn(at)
            | Self::Distrusted(at)
            | Self::Corrected(at)
            | Self::TakesNoPlace(at)
            | Self::MustBeCorrected(at)
            | Self::RestsOnFallen(at)
            | Self::CorrectionPending(at)
            | Self::Objected(at) => Some(at),
            Self::Rejected | Self::NotApproved | Self::NotCurrent => None,
        }
    }
}

/// The banners of a verdict, the most important first.
pub fn banners(screen: &VerdictScreen) -> Vec<Banner> {
    let facts = &screen.standing.facts;
    let mut found = Vec::new();
    found.extend(facts.withdrawn_by.map(Banner::Withdrawn));
    found.extend(facts.distrusted_by.map(Banner::Distrusted));
    found.extend(facts.superseded_by.map(Banner::Corrected));
    found.extend(facts.displaced_by.map(Banner::TakesNoPlace));
    match facts.approval {
        Some(ApprovalOutcome::Rejected) => found.push(Banner::Rejected),
        _ if !facts.is_concluded() => found.push(Banner::NotApproved),
        _ => {}
    }
    let beneath = facts.objections_beneath.iter();
    let (own_due, own_open): (Vec<_>, Vec<_>) =
        facts.objections.iter().partition(|one| one.is_due());
    let own_open = own_open.into_iter().filter(|one| one.outcome.is_none());
    let beneath_due = beneath
        .clone()
        .filter(|one| one.is_due())
        .map(|one| &one.objection);
    let beneath_open = beneath
        .filter(|one| !one.is_due())
        .map(|one| &one.objection);
    let due = own_due.into_iter().chain(beneath_due);
    found.extend(due.map(|one| Banner::MustBeCorrected(one.dispute)));
    found.extend(
        facts
            .rests_on_fallen
            .first()
            .map(|fallen| Banner::RestsOnFallen(fallen.by)),
    );
    found.extend(facts.correction_pending.map(Banner::CorrectionPending));
    let open = own_open.chain(beneath_open);
    found.extend(open.map(|one| Banner::Objected(one.dispute)));
    if found.is_empty() && !screen.current {
        found.push(Banner::NotCurrent);
    }
    found
}

/// The banners above a verdict.
pub fn banner(
    page: &PageWriter<'_>,
    pages: &Pages<'_>,
    screen: &VerdictScreen,
) -> Result<Markup, Error> {
    let all = banners(screen);
    let mut lines = Vec::new();
    for one in &all {
        let newer = match one {
            Banner::Corrected(by) => Some(pages.said(*by)?.id()),
            _ => None,
        };
        lines.push(html! {
            li data-banner=(one.code()) {
                strong { (page.words().banner(one.code())) }
                @if let Some(id) = newer {
                    " " a href=[page.to(&SitePage::Verdict(id))] { (page.words().read_the_newer) }
                }
                @if let Some(at) = one.entry() { " (" (page.entry(at)) ")" }
            }
        });
    }
    Ok(html! {
        @if !lines.is_empty() {
            aside class="banner" aria-label=(page.words().banner_label) data-field="banners" {
                ul { @for line in &lines { (line) } }
                @if let Some(reason) = &screen.standing.reason { (quoted::block(page, reason, None)) }
            }
        }
    })
}
