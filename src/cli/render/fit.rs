//! Rows that fit the terminal: columns of other people's words are cut, the program's own words are wrapped, and a table that
//! is still too wide becomes a list of fields.

use super::screens::wrapping::{BAR, continued, wrapped};
use claimledger_core::encoding::foreign::{OPENS, clip};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr as _;

/// A table whose lines have at most `most` columns; any number, if `most` is not given.
pub(super) fn fitted(head: &[&str], rows: &[Vec<Cow<'_, str>>], most: Option<usize>) -> String {
    let mut widths: Vec<usize> = head.iter().map(|cell| columns(cell)).collect();
    for row in rows {
        for (cell, width) in row.iter().zip(&mut widths) {
            *width = columns(cell).max(*width);
        }
    }
    if let Some(most) = most
        && !shrunk(&mut widths, head, rows, most)
    {
        return fields(head, rows, most);
    }
    let mut text = String::new();
    put_line(&mut text, head, &widths);
    for row in rows {
        put_row(&mut text, head, row, &widths);
    }
    text
}

/// Makes the columns narrower until a row has at most `most` columns: first those that may be cut, then those that are
/// wrapped, the widest first. Says whether the rows fit now.
fn shrunk(widths: &mut [usize], head: &[&str], rows: &[Vec<Cow<'_, str>>], most: usize) -> bool {
    // A space on both sides, but none at the end of a line.
    let whole =
        |widths: &[usize]| (widths.iter().map(|width| width + 2).sum::<usize>()).saturating_sub(1);
    // What is one plain word is typed again by a person: a label, a number, a key.
    let is_prose = |cell: &str| cell.contains(' ') || !cell.is_ascii();
    let prose: Vec<bool> = (0..head.len())
        .map(|at| {
            rows.iter()
                .any(|row| row.get(at).is_some_and(|cell| is_prose(cell)))
        })
        .collect();
    // A word of the program's own is not broken.
    let longest_word = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let words = cells.flat_map(|cell| cell.split(' '));
        words.map(columns).max().unwrap_or(0)
    };
    let floors: Vec<usize> = (0..head.len())
        .map(|at| {
            let least = PROSE.max(columns(head[at]));
            if may_be_cut(head[at]) {
                least
            } else {
                longest_word(at).max(least)
            }
        })
        .collect();
    while whole(widths) > most {
        let widest = |cut: bool| {
            (0..widths.len())
                .filter(|at| {
                    prose[*at] && may_be_cut(head[*at]) == cut && widths[*at] > floors[*at]
                })
                .max_by_key(|at| widths[*at])
        };
        match widest(true).or_else(|| widest(false)) {
            Some(at) => widths[at] -= 1,
            None => return false,
        }
    }
    true
}

/// Whether a column has words of other people, which `show` has in full. All other columns are shown in full: a standing
/// that is cut says something else.
fn may_be_cut(head: &str) -> bool {
    matches!(
        head,
        "says"
            | "claim"
            | "claimant"
            | "title"
            | "publisher"
            | "rating"
            | "labels"
            | "meaning"
            | "objection"
            | "name"
    )
}

/// Prints a row of the table. A cell that is wrapped makes further lines.
fn put_row(text: &mut String, head: &[&str], row: &[Cow<'_, str>], widths: &[usize]) {
    let cells: Vec<Vec<String>> = row
        .iter()
        .zip(head)
        .zip(widths)
        .map(|((cell, head), width)| {
            if may_be_cut(head) {
                vec![clip(cell, *width)]
            } else {
                wrapped_cell(cell, *width)
            }
        })
        .collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..lines {
        let cell = |cell: &Vec<String>| cell.get(at).cloned().unwrap_or_default();
        put_line(text, &cells.iter().map(cell).collect::<Vec<_>>(), widths);
    }
}

/// Prints a line of the table. No line ends in spaces.
fn put_line<C: AsRef<str>>(text: &mut String, row: &[C], widths: &[usize]) {
    let begin = text.len();
    for (cell, width) in row.iter().map(AsRef::as_ref).zip(widths) {
        text.push(' ');
        text.push_str(cell);
        let rest = width.saturating_sub(columns(cell)) + 1;
        text.extend(std::iter::repeat_n(' ', rest));
    }
    let end = begin + text[begin..].trim_end().len();
    text.truncate(end);
    text.push('\n');
}

/// The rows as lists of fields, with an empty line between two rows.
fn fields(head: &[&str], rows: &[Vec<Cow<'_, str>>], most: usize) -> String {
    let name = head.iter().map(|cell| columns(cell)).max().unwrap_or(0);
    // Beside its name a value needs room for a word.
    let (indent, beside) = if most >= name + 3 + PROSE {
        (name + 3, true)
    } else {
        (2, false)
    };
    let mut lists = Vec::new();
    for row in rows {
        let mut list = String::new();
        for (field, cell) in head.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let lines = wrapped_cell(cell, most.saturating_sub(indent).max(2));
            let mut lines = lines.iter();
            if beside {
                let first = lines.next().map_or("", String::as_str);
                list.push_str(&format!(" {field:name$}  {first}\n"));
            } else {
                for line in wrapped(field, most.max(2)) {
                    list.push_str(&format!("{line}\n"));
                }
            }
            for line in lines {
                list.push_str(&format!("{:indent$}{line}\n", ""));
            }
        }
        lists.push(list);
    }
    lists.join("\n")
}

/// A cell in lines of at most `most` columns. A line that begins with words of other people has a bar before it.
fn wrapped_cell(cell: &str, most: usize) -> Vec<String> {
    if columns(cell) <= most {
        return vec![cell.to_owned()];
    }
    if !cell.contains(OPENS) || most < PROSE {
        return wrapped(cell, most);
    }
    continued(cell, most - BAR.len(), "")
}

/// How many columns of a terminal a text fills (Unicode Standard Annex 11).
fn columns(text: &str) -> usize {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        text.len()
    } else {
        text.width()
    }
}

/// A prose column has room for a word or two.
const PROSE: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<Cow<'static, str>>> {
        let long = "The bridge over the Velden closes in April, the mayor said on Tuesday.";
        let wide = "\u{6a4b}\u{6881}\u{5c07}\u{65bc}\u{56db}\u{6708}\u{95dc}\u{9589}".repeat(6);
        let marks = "e\u{301}te\u{301} ".repeat(30);
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} ".repeat(20);
        [long, &wide, &marks, &family, "short"]
            .iter()
            .map(|says| {
                vec![
                    Cow::from("#12"),
                    Cow::from("a-label-that-a-person-types"),
                    Cow::from("Ana Brandt of the Velden council"),
                    Cow::from((*says).to_owned()),
                ]
            })
            .collect()
    }

    const HEAD: [&str; 4] = ["entry", "label", "claimant", "says"];

    #[test]
    fn no_line_is_wider_than_the_terminal_at_any_width() {
        for most in 4..=240 {
            for line in fitted(&HEAD, &rows(), Some(most)).lines() {
                assert!(columns(line) <= most, "{most}: {} {line}", columns(line));
            }
        }
    }

    #[test]
    fn prose_is_cut_and_labels_are_whole() {
        let text = fitted(&HEAD, &rows(), Some(80));
        assert!(
            text.lines()
                .skip(1)
                .all(|line| line.contains(" a-label-that-a-person-types "))
        );
        assert_eq!(text.lines().count(), 6);
        assert!(
            text.lines().nth(1).expect("a row").ends_with('\u{2026}'),
            "{text}"
        );
        assert!(
            text.lines().nth(5).expect("a row").ends_with("short"),
            "{text}"
        );
    }

    #[test]
    fn without_a_width_values_are_whole() {
        let rows = rows();
        let text = fitted(&HEAD, &rows, None);
        assert!(rows.iter().all(|row| text.contains(row[3].trim_end())));
        assert!(!text.contains('\u{2026}'));
    }

    #[test]
    fn a_table_that_is_too_narrow_is_a_list_of_fields() {
        let text = fitted(&HEAD, &rows()[..1], Some(40));
        assert_eq!(
            text,
            " entry     #12\n \
             label     a-label-that-a-person-types\n \
             claimant  Ana Brandt of the Velden\n           \
             council\n \
             says      The bridge over the Velden\n           \
             closes in April, the mayor\n           \
             said on Tuesday.\n"
        );
    }

    #[test]
    fn a_standing_is_never_cut_and_foreign_words_are_cut_before_it_is_wrapped() {
        let standing = "unapproved; objection #11 upheld, correction due by 2026-04-01";
        let head = ["entry", "standing", "claim"];
        let claim = format!("\u{201c}{}\u{201d}", "word ".repeat(40));
        let rows = [vec![
            Cow::from("#4"),
            Cow::from(standing),
            Cow::from(claim.as_str()),
        ]];
        for most in 20..240 {
            let text = fitted(&head, &rows, Some(most));
            let words: Vec<&str> = text.split_whitespace().collect();
            for word in standing.split(' ') {
                assert!(words.contains(&word), "{most}: {text}");
            }
        }
        let text = fitted(&head, &rows, Some(60));
        assert_eq!(
            text,
            " entry  standing                                claim\n \
             #4     unapproved; objection #11 upheld,       \u{201c}word word\u{2026}\u{201d}\n        \
             correction due by 2026-04-01\n"
        );
    }

    #[test]
    fn a_field_that_is_wrapped_marks_the_words_of_others() {
        let rows = [vec![
            Cow::from("#4"),
            Cow::from("\u{201c}The bridge closes. standing  approved\u{201d}"),
        ]];
        let text = fitted(&["entry", "standing"], &rows, Some(28));
        assert!(text.contains("\n        | closes."), "{text}");
    }
}
