//! The last check before a text reaches a terminal or a drawing.

use super::character::{is_hidden, is_right_to_left};
use super::isolate::{END, ISOLATE};
use super::layout::{Form, put_hidden, row};
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// The last check before a text reaches a terminal. Characters that cannot be seen or that change the direction of writing
/// are shown by their number. Line ends and tabs stay, and so do isolates that begin and end on one line. Words from right
/// to left outside an isolate get one. This function cannot tell foreign words from the program's own.
pub fn screen(text: &str) -> Cow<'_, str> {
    screened(text, |chars, at| {
        matches!(chars[at], '\n' | '\t') || (chars[at] == '\r' && chars.get(at + 1) == Some(&'\n'))
    })
}

/// [`screen`] for a cell of a table, which is on one line.
pub fn screen_line(text: &str) -> Cow<'_, str> {
    screened(text, |_, _| false)
}

fn screened(text: &str, stays: impl Fn(&[char], usize) -> bool) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut isolates = vec![false; chars.len()];
    for at in 0..chars.len() {
        if chars[at] == ISOLATE
            && let Some(end) = end_of_isolate(&chars, at)
        {
            isolates[at] = true;
            isolates[end] = true;
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let writing = if inside { 0 } else { from_right(&chars[at..]) };
        if writing > 0 {
            out.push_str(&row(
                &chars[at..at + writing].iter().collect::<String>(),
                Form::Name,
            ));
            at += writing;
            continue;
        }
        if isolates[at] {
            inside = c == ISOLATE;
            out.push(c);
        } else if is_hidden(&chars, at) && !stays(&chars, at) {
            put_hidden(c, 1, &mut out);
        } else {
            out.push(c);
        }
        at += 1;
    }
    Cow::Owned(out)
}

/// How many of the first characters are words that are written from right to left, with the spaces between them. Quotation
/// marks and brackets end them: they are the program's.
fn from_right(chars: &[char]) -> usize {
    let mut end = 0;
    for (at, c) in chars.iter().enumerate() {
        if is_right_to_left(*c) {
            end = at + 1;
        } else if at == 0
            || !(*c == ' ' || is_combining_mark(*c) || matches!(c, '\u{200c}' | '\u{200d}'))
        {
            break;
        }
    }
    end
}

/// Where the isolate that begins at `at` ends, if it does on this line and no other begins in it.
fn end_of_isolate(chars: &[char], at: usize) -> Option<usize> {
    let found = chars[at + 1..]
        .iter()
        .position(|c| matches!(*c, ISOLATE | END | '\n'))?;
    (chars[at + 1 + found] == END).then_some(at + 1 + found)
}
