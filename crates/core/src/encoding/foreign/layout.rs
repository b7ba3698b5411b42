//! How foreign text is laid out: in quotation marks on one line, and as rows of a block.

use super::character::{MOST_MARKS, is_hidden};
use super::isolate::isolated;
use crate::encoding::unicode;
use unicode_normalization::char::is_combining_mark;

/// How the line ends of a text are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As numbers: a name is shown exactly.
    Name,
    /// As spaces.
    Line,
}

/// A text on one row, in quotation marks. Double quotation marks in it become single ones, so that only the outer ones end
/// the words.
pub(super) fn quoted(text: &str, form: Form) -> String {
    let nested: String = text.chars().map(single).collect();
    format!("{OPENS}{}{CLOSES}", row(&nested, form))
}

/// The single quotation mark for a double one: the convention for a quotation within a quotation. Double marks are those
/// that a reader could take for [`OPENS`] or [`CLOSES`].
fn single(c: char) -> char {
    match c {
        '"' | '\u{ff02}' => '\'',
        OPENS | '\u{301d}' | '\u{275d}' | '\u{1f676}' => '\u{2018}',
        CLOSES | '\u{301e}' | '\u{275e}' | '\u{1f677}' => '\u{2019}',
        '\u{201e}' | '\u{301f}' | '\u{2760}' | '\u{1f678}' => '\u{201a}',
        '\u{201f}' => '\u{201b}',
        '\u{2033}' | '\u{2ba}' | '\u{2dd}' | '\u{2ee}' | '\u{2f6}' | '\u{3003}' => '\u{2032}',
        '\u{2036}' => '\u{2035}',
        c => c,
    }
}

/// Whether a text has a mark that [`quoted`] shows as another one.
pub(super) fn has_double_marks(text: &str) -> bool {
    text.chars().any(|c| single(c) != c)
}

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

pub(super) fn put_hidden(c: char, count: usize, out: &mut String) {
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

/// The rows of a text, at most so many with so many characters, with a count of the characters left out.
pub(super) fn rows_within(text: &str, rows: usize, characters: usize) -> Vec<String> {
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
    for row in &mut shown {
        row.truncate(row.trim_end_matches(' ').len());
    }
    shown
}

/// Words in quotation marks, at most so many characters; what is left out is counted.
pub(super) fn quoted_within(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => quoted(text, Form::Line),
        Some((at, _)) => {
            let left_out = count(text[at..].chars().count(), "more character");
            format!("{} {left_out}", quoted(&text[..at], Form::Line))
        }
    }
}

/// A text without line ends in quotation marks. One with line ends as rows below, each behind [`CONTINUES`]; the first row
/// of the result is then empty.
pub(super) fn prose_within(text: &str, rows: usize, characters: usize) -> String {
    if !text.trim_end().contains('\n') {
        return quoted_within(text.trim_end_matches(['\n', '\r']), characters);
    }
    let mut shown = String::new();
    for row in rows_within(text, rows, characters) {
        shown.push('\n');
        shown.push_str(format!("{CONTINUES}{row}").trim_end());
    }
    shown
}

/// What a mark without a letter stands on.
const DOTTED_CIRCLE: char = '\u{25cc}';

/// What every row of a text begins with, and every further row of a line that is too long. No row of the program's own
/// begins so.
pub const CONTINUES: &str = "    | ";

/// Begins words of somebody else within a line.
pub const OPENS: char = '\u{201c}';
/// Ends them.
pub const CLOSES: char = '\u{201d}';

/// More spaces than these in a row are shown as a count.
pub const MOST_SPACES: usize = 8;
