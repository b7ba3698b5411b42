//! Tables and single lines for a terminal.

use crate::app::read::line::Line;
use comfy_table::{ContentArrangement, Table, TableStyle};

/// Entries, one on each line.
pub fn entry_table(lines: &[Line]) -> String {
    if lines.is_empty() {
        return "none\n".to_owned();
    }
    let rows = lines.iter().map(|line| {
        vec![
            format!("#{}", line.index),
            line.when(),
            line.statement_type.clone(),
            line.label.clone().unwrap_or_default(),
            line.holder.clone(),
            clip(&line.words, 100),
        ]
    });
    table(&["entry", "issued", "type", "label", "by", "says"], rows)
}

/// A table without rules. Each column is as wide as its longest cell.
pub fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new())
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(head.iter().copied());
    for row in rows {
        table.add_row(row);
    }
    let lines: Vec<String> = table
        .to_string()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    format!("{}\n", lines.join("\n"))
}

/// The first `width` characters on one line.
pub fn clip(words: &str, width: usize) -> String {
    let one_line = words.replace(['\n', '\t'], " ");
    if one_line.chars().count() <= width {
        return one_line;
    }
    let head: String = one_line.chars().take(width - 1).collect();
    format!("{head}\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_left_alone_and_a_long_one_ends_in_an_ellipsis() {
        assert_eq!(clip("abc", 3), "abc");
        assert_eq!(clip("abcd", 3), "ab\u{2026}");
    }

    #[test]
    fn clipping_counts_characters_and_makes_one_line() {
        assert_eq!(
            clip("\u{436}\u{436}\n\u{436}\u{436}", 5),
            "\u{436}\u{436} \u{436}\u{436}"
        );
        assert_eq!(clip("a\tb\nc", 4), "a b\u{2026}");
    }

    #[test]
    fn columns_are_aligned_and_no_line_ends_in_spaces() {
        let rows = [["1", "x"], ["22", ""]].map(|row| row.map(str::to_owned).to_vec());
        let text = table(&["n", "word"], rows.into_iter());
        assert_eq!(text, " n   word\n 1   x\n 22\n");
    }

    #[test]
    fn an_empty_list_says_so() {
        assert_eq!(entry_table(&[]), "none\n");
    }
}
