//! Where a shown text is broken into rows, and where it is cut.

use super::isolate::{END, ISOLATE, close_in_each};
use super::layout::{CLOSES, OPENS};
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Breaks one line into rows no wider than `width`, where Unicode allows a break (UAX #14), and inside a word only where the
/// word alone is too wide. A word of ASCII signs, which a person may copy, counts as one word. Nothing is cut. An isolate
/// goes on in the next row. `measure` gives the width of some words.
pub fn wrap(line: &str, width: f64, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    let fits = |row: &str, more: &str| measure(&format!("{row}{}", more.trim_end())) <= width;
    for word in pieces(line) {
        if fits(&row, word) {
            row.push_str(word);
            continue;
        }
        // A word that is too wide for every row begins on this row, so that no mark stands alone before it.
        if fits("", word) && !is_blank(&row) {
            rows.push(std::mem::take(&mut row));
            row.push_str(word);
            continue;
        }
        for piece in parts(word) {
            if !fits(&row, piece) && fits("", piece) && !is_blank(&row) {
                rows.push(std::mem::take(&mut row));
            }
            for letter in piece.graphemes(true) {
                if !fits(&row, letter) && !is_blank(&row) {
                    rows.push(std::mem::take(&mut row));
                }
                row.push_str(letter);
            }
        }
    }
    if !is_blank(&row) || rows.is_empty() {
        rows.push(row);
    }
    for row in &mut rows {
        row.truncate(row.trim_end_matches(' ').len());
    }
    close_in_each(&mut rows);
    rows
}

/// The words of a line, each with the spaces behind it: what stands between two places where a row may end.
fn pieces(line: &str) -> Vec<&str> {
    let mut words = line.split_inclusive(' ');
    let (mut word, mut word_end) = ("", 0);
    let (mut pieces, mut begin, mut end) = (Vec::new(), 0, 0);
    for part in parts(line) {
        end += part.len();
        while word_end < end {
            word = words.next().unwrap_or_default();
            word_end += word.len();
        }
        let inside = end < word_end && word.trim_end().bytes().all(|b| b.is_ascii_graphic());
        if !inside {
            pieces.push(&line[begin..end]);
            begin = end;
        }
    }
    pieces
}

/// The parts of a text between the places where Unicode allows a break.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut begin = 0;
    linebreaks(text).map(move |(end, _)| {
        let part = &text[begin..end];
        begin = end;
        part
    })
}

/// Whether a row has nothing but spaces and the beginning of an isolate.
fn is_blank(row: &str) -> bool {
    row.trim_start_matches([' ', ISOLATE]).is_empty()
}

/// A text that is shown already in at most `most` columns of a terminal (UAX #11). What is cut ends in `…`; a quotation or an
/// isolate that is cut is closed. A letter keeps its marks.
pub fn clip(shown: &str, most: usize) -> String {
    if shown.width() <= most {
        return shown.to_owned();
    }
    let mut kept = String::new();
    let mut filled = 0;
    for sign in shown.graphemes(true) {
        filled += sign.width();
        let closing = usize::from(quotation_is_open(&format!("{kept}{sign}")));
        if filled + 1 + closing > most {
            break;
        }
        kept.push_str(sign);
    }
    kept.truncate(kept.trim_end().len());
    if kept.ends_with(OPENS) {
        kept.pop();
    }
    let (isolate, quotation) = (is_open(&kept, ISOLATE, END), quotation_is_open(&kept));
    kept.extend(isolate.then_some(END));
    kept.push('\u{2026}');
    kept.extend(quotation.then_some(CLOSES));
    kept
}

/// Whether a quotation begins in a shown text and does not end in it.
pub fn quotation_is_open(shown: &str) -> bool {
    is_open(shown, OPENS, CLOSES)
}

/// Whether something begins in a text and does not end in it.
fn is_open(text: &str, begins: char, ends: char) -> bool {
    let last = text.rfind([begins, ends]);
    last.is_some_and(|at| text[at..].starts_with(begins))
}
