//! Dates and times as people of a language read them, with their exact form for programs.

use crate::site::words::FrameWords;
use maud::{Markup, html};

/// A date as far as it is known, or an instant in UTC; anything else as it is.
pub fn date(words: &FrameWords, text: &str) -> Markup {
    html! { time datetime=(text) { (in_words(words, text)) } }
}

/// The same as the field of the record that it is.
pub fn field(words: &FrameWords, name: &str, text: &str) -> Markup {
    html! { time datetime=(text) data-field=(name) { (in_words(words, text)) } }
}

/// The same without its exact form: for a title.
pub fn in_words(words: &FrameWords, text: &str) -> String {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, time.strip_suffix('Z')),
        None => (text, None),
    };
    let mut numbers = day.split('-').map(|part| part.parse::<usize>().ok());
    let (year, month, of_month) = (numbers.next(), numbers.next(), numbers.next());
    let month_name = |month: usize| month.checked_sub(1).and_then(|at| words.months.get(at));
    let day = match (year, month, of_month) {
        (Some(Some(year)), Some(Some(month)), Some(Some(day))) => {
            month_name(month).map(|name| format!("{day} {name} {year}"))
        }
        (Some(Some(year)), Some(Some(month)), None) => {
            month_name(month).map(|name| format!("{name} {year}"))
        }
        (Some(Some(year)), None, None) => Some(year.to_string()),
        _ => None,
    };
    match (day, time) {
        (None, _) => text.to_owned(),
        (Some(day), None) => day,
        // Minutes are enough for people; the exact time is beside them.
        (Some(day), Some(time)) => format!("{day}, {} UTC", time.get(..5).unwrap_or(time)),
    }
}
