//! The rows of a screen: headings, named facts, items, wrapped to 80 columns.

use super::foreign::{foreign_line, foreign_prose};
use super::wrapping::{BAR, WIDTH, continued};
use claimledger_core::encoding::foreign::Foreign;
use unicode_width::UnicodeWidthStr as _;

/// A screen while it is written.
#[derive(Debug, Default)]
pub struct Sheet(String);

impl Sheet {
    /// A screen with its first row.
    pub fn new(title: &str) -> Self {
        let mut sheet = Self::default();
        sheet.row(0, title);
        sheet
    }

    /// A screen that goes on after what was written.
    pub fn after(text: &str) -> Self {
        Self(format!("{}\n", text.trim_end()))
    }

    /// What was written.
    pub fn text(self) -> String {
        self.0
    }

    /// An empty row, and the name of what follows.
    pub fn heading(&mut self, words: &str) {
        self.0.push('\n');
        self.row(0, words);
    }

    /// An empty row.
    pub fn gap(&mut self) {
        self.0.push('\n');
    }

    /// A line, wrapped. Further rows are indented more; those that begin with foreign words have a bar before them.
    pub fn row(&mut self, indent: usize, words: &str) {
        self.wrapped(&" ".repeat(indent), &" ".repeat(indent + 2), words);
    }

    /// A fact in the program's words, with its name.
    pub fn fact(&mut self, name: &str, words: &str) {
        self.fact_at(2, name, words);
    }

    /// The same, further to the right. Further rows that begin with foreign words have a bar before them.
    pub fn fact_at(&mut self, indent: usize, name: &str, words: &str) {
        let first = beginning(indent, name);
        let further = " ".repeat(first.width());
        self.wrapped(&first, &further, words);
    }

    /// A fact in foreign words: in quotation marks on the row of its name if they fit there letter for letter, else as a block
    /// below.
    pub fn their_fact(&mut self, indent: usize, name: &str, words: &Foreign) {
        let first = beginning(indent, name);
        let line = words.quoted();
        if words.fits_quotation() && first.width() + line.width() <= WIDTH {
            self.0.push_str(&format!("{first}{line}\n"));
        } else {
            self.0.push_str(&format!("{}\n", first.trim_end()));
            self.block(indent + 2, words);
        }
    }

    /// The first rows of a list, and how many more there are. `whole` is what lists all of them.
    pub fn list<T>(&mut self, indent: usize, all: &[T], whole: &str, row: impl Fn(&mut Self, &T)) {
        for one in all.iter().take(LISTED) {
            row(self, one);
        }
        let more = all.len().saturating_sub(LISTED);
        if more > 0 {
            self.row(indent, &format!("and {more} more: {whole} lists all"));
        }
    }

    /// Foreign words as a block.
    pub fn block(&mut self, indent: usize, words: &Foreign) {
        self.0.push_str(&foreign_prose(words, indent));
    }

    /// A quotation as a block: the line breaks of its source are shown as spaces. Programs read them as they are.
    pub fn quotation(&mut self, indent: usize, words: &Foreign) {
        self.block(indent, &words.in_one_line());
    }

    /// Foreign words on one line of the program's.
    pub fn line(words: &Foreign) -> String {
        foreign_line(words)
    }

    /// Writes the rows of a line. Each has room for a bar.
    fn wrapped(&mut self, first: &str, further: &str, words: &str) {
        let begins = first.width().max(further.width());
        let mut begin = first;
        for row in continued(words, WIDTH - begins - BAR.len(), further) {
            self.0.push_str(format!("{begin}{row}").trim_end());
            self.0.push('\n');
            begin = "";
        }
    }
}

/// A name and the blanks up to where its fact begins.
fn beginning(indent: usize, name: &str) -> String {
    let name = format!("{}{name}", " ".repeat(indent));
    let width = (indent + NAME).max(name.width() + 2);
    format!("{name}{}", " ".repeat(width - name.width()))
}

/// What lists all things of which a screen shows the first: it works for `show` and `verify`.
pub const SAME_WITH_JSON: &str = "the same command with --json";

/// Things of one list on a screen. A person reads no more, and a claim may have thousands.
const LISTED: usize = 20;

/// Columns of the name of a fact, with the blanks behind it.
const NAME: usize = 15;

#[cfg(test)]
mod tests {
    use super::*;
    use claimledger_core::encoding::foreign::{CLOSES, OPENS};

    #[test]
    fn no_row_is_wider_than_the_screen_and_no_word_is_lost() {
        let words = "one two three four five six seven ".repeat(12);
        let mut page = Sheet::new("title");
        page.fact("reasons", words.trim());
        page.their_fact(2, "limits", &Foreign::from(words.trim()));
        page.row(4, words.trim());
        // Words of somebody else go on behind a bar, which takes room too.
        let quoted = format!("he says {OPENS}{}{CLOSES}", words.trim());
        page.row(4, &quoted);
        page.fact_at(2, "says", &quoted);
        let text = page.text();
        assert!(text.lines().all(|row| row.width() <= WIDTH), "{text}");
        assert_eq!(text.matches("seven").count(), 60, "{text}");
    }

    #[test]
    fn a_long_list_says_how_many_more_there_are_and_what_lists_them() {
        let written = |count: usize| {
            let all: Vec<usize> = (0..count).collect();
            let mut page = Sheet::default();
            page.list(2, &all, "`claimledger evidence list 6`", |page, one| {
                page.row(2, &format!("row {one}"));
            });
            page.text()
        };
        assert_eq!(written(20).lines().count(), 20);
        let long = written(33);
        assert_eq!(long.lines().count(), 21);
        assert!(long.ends_with("  and 13 more: `claimledger evidence list 6` lists all\n"));
    }

    #[test]
    fn a_foreign_text_makes_no_row_of_the_programs_own() {
        let forged =
            Foreign::from("Because.\n\n\n  standing       approved\nstanding       approved");
        let mut page = Sheet::new("title");
        page.their_fact(2, "reasons", &forged);
        page.row(4, &format!("{} (publisher)", Sheet::line(&forged)));
        let text = page.text();
        let forged = |row: &str| row.trim_start().starts_with("standing");
        assert!(!text.lines().any(forged), "{text}");
    }

    #[test]
    fn short_foreign_words_stand_beside_the_name_of_the_fact() {
        let mut page = Sheet::default();
        page.their_fact(2, "title", &Foreign::from("Bridge closes"));
        assert_eq!(
            page.text(),
            "  title          \u{201c}Bridge closes\u{201d}\n"
        );
    }
}
