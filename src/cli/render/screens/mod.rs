//! A screen for each thing, as text at 80 columns.

mod claim;
mod conclusions;
pub mod dossier;
mod foreign;
mod others;
mod sheet;
mod parts;
mod source;
pub mod verdict;
pub mod wrapping;

use crate::app::read::screens::Screen;

/// A screen for people.
pub fn render(screen: &Screen) -> String {
    match screen {
        Screen::Claim(screen) => claim::render(screen),
        Screen::Verdict(screen) => verdict::render(screen),
        Screen::Source(screen) => source::render(screen),
        Screen::Evidence(screen) => others::evidence(screen),
        Screen::Objection(screen) => others::objection(screen),
        Screen::Facts(screen) => others::facts(screen),
    }
}
