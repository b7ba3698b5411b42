//! Tables and single lines for a terminal.

use super::fit::fitted;
use super::standing::standing;
use crate::app::read::line::Line;
use crate::cli::terminal::answer_columns;
use claimledger_core::encoding::foreign::{self, screen_line};
use std::borrow::Cow;
use std::fmt::Display;

/// Entries, one on each line.
pub fn entry_table(lines: &[Line]) -> String {
    if lines.is_empty() {
        return "none\n".to_owned();
    }
    // A list of what is simply live needs no column for it.
    let standings: Vec<String> = lines.iter().map(|line| standing(&line.standing)).collect();
    let marked = standings.iter().any(|standing| !standing.is_empty());
    let rows = lines.iter().zip(standings).map(|(line, standing)| {
        let mut row = vec![
            Cow::from(format!("#{}", line.index)),
            Cow::from(line.when()),
            Cow::from(&line.statement_type),
            Cow::from(line.label.as_deref().unwrap_or_default()),
            Cow::from(line.by()),
        ];
        row.extend(marked.then_some(Cow::from(standing)));
        row.push(Cow::from(line.words.to_string()));
        row
    });
    let mut head = vec!["entry", "issued", "type", "label", "by"];
    head.extend(marked.then_some("standing"));
    head.push("says");
    table(&head, rows)
}

/// A table without rules. Each column is as wide as its longest cell, with a space on both sides; on a terminal, no line is
/// wider than that, and elsewhere nothing is cut. Each row is one line: a file name with a line end in it must not look like a row of its own.
pub fn table<C: AsRef<str>>(head: &[&str], rows: impl Iterator<Item = Vec<C>>) -> String {
    in_columns(head, rows, answer_columns())
}

/// The same for a file: nothing is cut.
pub fn whole_table<C: AsRef<str>>(head: &[&str], rows: impl Iterator<Item = Vec<C>>) -> String {
    in_columns(head, rows, None)
}

fn in_columns<C: AsRef<str>>(
    head: &[&str],
    rows: impl Iterator<Item = Vec<C>>,
    most: Option<usize>,
) -> String {
    let rows: Vec<Vec<C>> = rows.collect();
    let rows: Vec<Vec<Cow<'_, str>>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| screen_line(cell.as_ref())).collect())
        .collect();
    fitted(head, &rows, most)
}

/// The same without the columns in which no row says anything; `none` if there are no rows.
pub fn filled_columns(head: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return "none\n".to_owned();
    }
    let says = |at: usize| rows.iter().any(|row| !row[at].is_empty());
    let filled: Vec<usize> = (0..head.len()).filter(|at| says(*at)).collect();
    let head: Vec<&str> = filled.iter().map(|at| head[*at]).collect();
    let rows = rows.iter();
    let rows = rows.map(|row| filled.iter().map(|at| row[*at].as_str()).collect());
    table(&head, rows)
}

/// A line with the name of a fact. Foreign words with line ends begin on the next one.
pub fn fact(name: &str, words: &str) -> String {
    let space = if words.starts_with('\n') { "" } else { " " };
    format!("{name}:{space}{words}\n")
}

/// A message, or words that are shown already, in at most `width` columns of one line.
pub fn clip(words: &impl Display, width: usize) -> String {
    foreign::clip(&words.to_string(), width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use claimledger_core::Message;
    use claimledger_core::encoding::foreign::Foreign;

    #[test]
    fn a_short_text_is_left_alone_and_a_long_one_ends_in_an_ellipsis() {
        assert_eq!(clip(&"abc", 3), "abc");
        assert_eq!(clip(&"abcd", 3), "ab\u{2026}");
    }

    #[test]
    fn clipping_counts_characters_and_makes_one_line() {
        let words = |words: &str| Message::from(Foreign::from(words));
        assert_eq!(
            clip(&words("\u{436}\u{436}\n\u{436}\u{436}"), 5),
            "\u{201c}\u{436}\u{436}\u{2026}\u{201d}"
        );
        assert_eq!(clip(&words("a\tb\nc"), 4), "\u{201c}a\u{2026}\u{201d}");
    }

    #[test]
    fn columns_are_aligned_and_no_line_ends_in_spaces() {
        let rows = [["1", "x"], ["22", ""]].map(|row| row.map(str::to_owned).to_vec());
        let text = table(&["n", "word"], rows.into_iter());
        assert_eq!(text, " n   word\n 1   x\n 22\n");
    }

    #[test]
    fn wide_characters_fill_two_columns_and_accents_none() {
        let rows = [
            ["\u{6a4b}", "x"],
            ["e\u{301}", "y"],
            ["\u{436}\u{436}", "z"],
        ];
        let text = table(&["n", "w"], rows.map(|row| row.to_vec()).into_iter());
        assert_eq!(
            text,
            " n   w\n \u{6a4b}  x\n e\u{301}   y\n \u{436}\u{436}  z\n"
        );
    }

    #[test]
    fn a_line_end_in_a_cell_makes_no_row() {
        let rows = [["a\nb", "x"]].map(|row| row.to_vec());
        let text = table(&["n", "w"], rows.into_iter());
        assert_eq!(text, " n           w\n a<U+000A>b  x\n");
    }

    #[test]
    fn an_empty_list_says_so() {
        assert_eq!(entry_table(&[]), "none\n");
    }
}
