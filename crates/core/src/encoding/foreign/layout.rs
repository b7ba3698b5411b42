//! How foreign text is laid out: on one line, as prose, cut, wrapped. The only file that writes isolates.

use super::character::{MOST_MARKS, is_hidden, is_right_to_left, is_unseen};
use crate::encoding::unicode;
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// How the line ends of a text are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As numbers: a name is shown exactly.
    Name,
    /// As spaces.
    Line,
}

/// First strong isolate (UAX #9): what follows has a direction of its own.
pub(super) const ISOLATE: char = '\u{2068}';
/// The end of an isolate.
pub(super) const END: char = '\u{2069}';

/// A text on one row.
pub(super) fn row(text: &str, form: Form) -> String {
    if text.bytes().all(|b| (0x21..0x7f).contains(&b)) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    // Whether a mark has a character to stand on: the program's words before the text are none.
    let mut based = false;
    while at < chars.len() {
        let rest = &chars[at..];
        let spaces = run(rest, |_, c| is_space(c, form));
        if spaces > 0 {
            put_spaces(&rest[..spaces], &mut out);
            at += spaces;
            based = false;
        } else if is_hidden(&chars, at) {
            let same = run(rest, |i, c| c == rest[0] && is_hidden(&chars, at + i));
            put_hidden(rest[0], same, &mut out);
            at += same;
            based = false;
        } else if is_combining_mark(rest[0]) {
            let marks = run(rest, |i, c| {
                is_combining_mark(c) && !is_hidden(&chars, at + i)
            });
            if !based {
                out.push(DOTTED_CIRCLE);
            }
            out.extend(&rest[..marks.min(MOST_MARKS)]);
            if marks > MOST_MARKS {
                out.push_str(&count(marks - MOST_MARKS, "more mark"));
            }
            at += marks;
            based = marks <= MOST_MARKS;
        } else {
            out.push(rest[0]);
            at += 1;
            based = true;
        }
    }
    isolated(out)
}

/// How many of the first characters are so.
fn run(chars: &[char], is: impl Fn(usize, char) -> bool) -> usize {
    chars
        .iter()
        .enumerate()
        .take_while(|(i, c)| is(*i, **c))
        .count()
}

fn is_space(c: char, form: Form) -> bool {
    match c {
        '\n' | '\t' => form == Form::Line,
        c => unicode::is_white_space(c) && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}'),
    }
}

fn put_spaces(spaces: &[char], out: &mut String) {
    let ends = spaces.iter().filter(|c| **c == '\n').count();
    let blanks = spaces.len() - ends;
    if ends <= 2 && spaces.len() <= MOST_SPACES {
        out.extend(spaces.iter().map(|c| if c.is_control() { ' ' } else { *c }));
        return;
    }
    out.push(' ');
    if ends > 2 {
        out.push_str(&count(ends - 1, "empty line"));
        out.push(' ');
    }
    if blanks > MOST_SPACES {
        out.push_str(&count(blanks, "space"));
        out.push(' ');
    }
}

fn put_hidden(c: char, count: usize, out: &mut String) {
    let code = u32::from(c);
    if count == 1 {
        out.push_str(&format!("<U+{code:04X}>"));
    } else {
        out.push_str(&format!("<{count} times U+{code:04X}>"));
    }
}

/// `<32 more marks>`.
fn count(many: usize, thing: &str) -> String {
    let ending = if many == 1 { "" } else { "s" };
    format!("<{many} {thing}{ending}>")
}

/// A row that does not change the order of the words around it.
fn isolated(row: String) -> String {
    if row.chars().any(is_right_to_left) {
        format!("{ISOLATE}{row}{END}")
    } else {
        row
    }
}

/// Prose of at most so many rows and characters, with a count of the characters left out.
pub(super) fn prose_within(text: &str, rows: usize, characters: usize) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut taken = 0;
    let mut empty = 0;
    let all = text.chars().count();
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let length = line.chars().count() + usize::from(lines.peek().is_some());
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.chars().all(|c| is_space(c, Form::Line)) {
            empty += 1;
            taken += length;
            if lines.peek().is_some_and(|next| {
                next.trim_end_matches('\r')
                    .chars()
                    .all(|c| is_space(c, Form::Line))
            }) {
                continue;
            }
            // One empty line divides paragraphs; one at the end shows nothing.
            match empty {
                1 if lines.peek().is_none() && !shown.is_empty() => {}
                1 => shown.push(String::new()),
                many => shown.push(count(many, "empty line")),
            }
            empty = 0;
        } else {
            let room = characters.saturating_sub(taken);
            let head: String = line.chars().take(room).collect();
            shown.push(row(&head, Form::Line));
            if head.len() < line.len() {
                taken += room;
                break;
            }
            taken += length;
        }
        if shown.len() >= rows || taken >= characters {
            break;
        }
    }
    if taken < all {
        shown.push(count(all - taken, "more character"));
    }
    let rows: Vec<&str> = shown.iter().map(|row| row.trim_end_matches(' ')).collect();
    rows.join(&format!("\n{CONTINUES}")).replace(
        &format!("{CONTINUES}\n"),
        &format!("{}\n", CONTINUES.trim_end()),
    )
}

/// The first `most` characters of a text that is shown already. What is cut ends in `…`; an isolate that is cut ends.
pub fn clip(shown: &str, most: usize) -> String {
    // Isolates fill no column.
    let fills = |c: &char| *c != ISOLATE && *c != END;
    if shown.chars().filter(fills).count() <= most {
        return shown.to_owned();
    }
    let mut clipped = String::new();
    let (mut filled, mut open) = (0, false);
    for c in shown.chars() {
        if fills(&c) {
            if filled + 1 == most.max(1) {
                break;
            }
            filled += 1;
        }
        open = (open || c == ISOLATE) && c != END;
        clipped.push(c);
    }
    if open {
        clipped.push(END);
    }
    clipped.push('\u{2026}');
    clipped
}

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

/// The words of a shown line that is written from right to left, to be laid out as a paragraph of that direction: without
/// isolates, because nothing stands beside them. None if its first letter is written from left to right.
pub fn paragraph_from_right(shown: &str) -> Option<String> {
    let strong = |c: &char| is_right_to_left(*c) || unicode::is_letter(*c);
    let first = shown.chars().find(strong)?;
    is_right_to_left(first).then(|| shown.replace([ISOLATE, END], ""))
}

/// Breaks one line into rows no wider than `width`: at spaces, and inside a word only where the word alone is too wide.
/// Nothing is cut. An isolate goes on in the next row. `measure` gives the width of some words, `whole` says that a
/// word is never broken.
pub fn wrap(
    line: &str,
    width: f64,
    measure: &dyn Fn(&str) -> f64,
    whole: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    let mut open = false;
    let mut end = |row: &mut String, open: bool| {
        let mut full = std::mem::take(row);
        full.truncate(full.trim_end_matches(' ').len());
        if open {
            full.push(END);
            row.push(ISOLATE);
        }
        rows.push(full);
    };
    let mut rest = line;
    while !rest.is_empty() {
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        let word_end = rest[blank..]
            .find(' ')
            .map_or(rest.len(), |found| blank + found);
        let (space, word) = (&rest[..blank], &rest[blank..word_end]);
        rest = &rest[word_end..];
        if measure(&format!("{row}{space}{word}")) <= width {
            row.push_str(space);
            row.push_str(word);
            open = is_open(word, open);
            continue;
        }
        let begun = !row.trim_start_matches([' ', ISOLATE]).is_empty();
        if begun {
            end(&mut row, open);
        } else {
            row.push_str(space);
        }
        if whole(word) {
            row.push_str(word);
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        for (at, letter) in letters.iter().enumerate() {
            let wide = measure(&format!("{row}{letter}")) > width;
            let stands = !is_combining_mark(*letter)
                && !is_unseen(*letter)
                && at.checked_sub(1).is_none_or(|i| letters[i] != '\u{200d}');
            if wide && stands && !row.trim_start_matches([' ', ISOLATE]).is_empty() {
                end(&mut row, open);
            }
            row.push(*letter);
            open = (open || *letter == ISOLATE) && *letter != END;
        }
    }
    if !row.trim_start_matches(ISOLATE).is_empty() || rows.is_empty() {
        rows.push(row);
    }
    rows
}

fn is_open(word: &str, open: bool) -> bool {
    match word.rfind([ISOLATE, END]) {
        Some(at) => word[at..].starts_with(ISOLATE),
        None => open,
    }
}

/// What a mark without a letter stands on.
const DOTTED_CIRCLE: char = '\u{25cc}';

/// What every further row of a text begins with. No row of the program's own begins so.
pub const CONTINUES: &str = "    | ";

/// More spaces than these in a row are shown as a count.
pub const MOST_SPACES: usize = 8;
