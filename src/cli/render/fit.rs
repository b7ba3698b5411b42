//! Rows that fit the terminal: prose columns are cut, and a table that is still too wide becomes a list of fields.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;
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
    put_row(&mut text, head, &widths);
    for row in rows {
        put_row(&mut text, row, &widths);
    }
    text
}

/// Makes the prose columns narrower, the widest first, until a row has at most `most` columns. Says whether it has.
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
    while whole(widths) > most {
        let floor = |at: usize| PROSE.max(columns(head[at]));
        let widest = (0..widths.len())
            .filter(|at| prose[*at] && widths[*at] > floor(*at))
            .max_by_key(|at| widths[*at]);
        match widest {
            Some(at) => widths[at] -= 1,
            None => return false,
        }
    }
    true
}

/// Prints a row. No line ends in spaces.
fn put_row<C: AsRef<str>>(text: &mut String, row: &[C], widths: &[usize]) {
    let begin = text.len();
    for (cell, width) in row.iter().map(AsRef::as_ref).zip(widths) {
        let cell = cut(cell, *width);
        text.push(' ');
        text.push_str(&cell);
        let rest = width.saturating_sub(columns(&cell)) + 1;
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
            let lines = wrapped(cell, most.saturating_sub(indent).max(2));
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

/// A text in lines of at most `most` columns, broken at spaces, and inside a word that is longer than a line.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut filled = 0;
    for word in text.split_word_bounds() {
        let width = columns(word);
        if filled > 0 && filled + width > most {
            lines.push(String::new());
            filled = 0;
            if word.trim().is_empty() {
                continue;
            }
        }
        for sign in word.graphemes(true) {
            let width = columns(sign);
            if filled > 0 && filled + width > most {
                lines.push(String::new());
                filled = 0;
            }
            lines.last_mut().expect("at least one").push_str(sign);
            filled += width;
        }
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// A text in at most `most` columns; what is left out is marked by an ellipsis. A base character keeps its combining marks,
/// and an isolate that is cut is closed (Unicode Standard Annex 9).
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if columns(text) <= most {
        return text.into();
    }
    let mut kept = String::new();
    let mut filled = 0;
    for sign in text.graphemes(true) {
        filled += columns(sign);
        if filled + 1 > most {
            break;
        }
        kept.push_str(sign);
    }
    let kept = kept.trim_end();
    let opened = kept.matches(['\u{2066}', '\u{2067}', '\u{2068}']).count();
    let open = opened.saturating_sub(kept.matches('\u{2069}').count());
    format!("{kept}\u{2026}{}", "\u{2069}".repeat(open)).into()
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
    fn a_cut_text_keeps_its_marks_and_closes_its_isolates() {
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}\u{2026}");
        assert_eq!(cut("\u{6a4b}\u{6a4b}\u{6a4b}", 4), "\u{6a4b}\u{2026}");
        assert_eq!(
            cut("\u{2068}abcdef\u{2069}", 4),
            "\u{2068}abc\u{2026}\u{2069}"
        );
        assert_eq!(cut("abc", 3), "abc");
    }
}
