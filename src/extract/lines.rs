//! Lays out words as a person reads them: a line for each block, a tab between the cells of a row, and raised and
//! lowered digits kept apart from the numbers that they stand at. All formats share these rules.

/// Words being laid out.
#[derive(Debug, Default)]
pub struct TextLines {
    text: String,
    line: String,
    /// White space was read; it belongs before the next word of the same line.
    space: bool,
    /// The line has ended; the next word begins another one, unless a cell of the same row comes first.
    ended: bool,
    /// The length of `text` when the row began.
    row: usize,
    /// Where in the line a cell begins that has no words yet.
    cell: Option<usize>,
    /// Where in the line a raised or lowered part ends that was kept as it is.
    shift_end: Option<usize>,
}

/// Whether a part of a line is raised or lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// A superscript.
    Raised,
    /// A subscript.
    Lowered,
}

impl Shift {
    /// The shift by a distance upwards, in any unit.
    pub fn by(up: i64) -> Option<Self> {
        match up.signum() {
            1 => Some(Self::Raised),
            -1 => Some(Self::Lowered),
            _ => None,
        }
    }
}

/// Where a raised or lowered part begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftStart {
    text: usize,
    line: usize,
}

impl TextLines {
    /// Adds words; white space between them counts as one space.
    pub fn words(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.space = true,
                c => self.push(c),
            }
        }
    }

    /// Adds words with their white space: each line feed ends a line.
    pub fn verbatim(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                '\n' => {
                    self.end_line();
                    self.begin_line();
                }
                '\r' => {}
                c => self.push(c),
            }
        }
    }

    /// Adds words with their spaces, in one line.
    pub fn kept(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                '\n' | '\t' => self.push(' '),
                '\r' => {}
                c => self.push(c),
            }
        }
    }

    /// Adds a tab.
    pub fn tab(&mut self) {
        if self.ended {
            self.begin_line();
        }
        self.space = false;
        self.line.push('\t');
    }

    fn push(&mut self, c: char) {
        // A hint where a word may be broken is not seen.
        if c == '\u{ad}' {
            return;
        }
        if self.ended {
            self.begin_line();
        }
        if std::mem::take(&mut self.space)
            && c != ' '
            && !self.line.is_empty()
            && !self.line.ends_with('\t')
        {
            self.line.push(' ');
        }
        if self.shift_end == Some(self.line.len()) && touches(self.line.chars().next_back(), c) {
            self.line.push(' ');
        }
        self.line.push(c);
    }

    /// Ends the line, if it has words. At the beginning of a cell there is nothing to end.
    pub fn end_line(&mut self) {
        self.ended |= self.cell != Some(self.line.len());
        self.space = false;
    }

    /// Adds a space where something stands between words that is no word: a picture, a field.
    pub fn gap(&mut self) {
        self.space = true;
    }

    fn begin_line(&mut self) {
        let line = self.line.trim_end_matches([' ', '\t']);
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.line.clear();
        self.ended = false;
        self.space = false;
        self.cell = None;
        self.shift_end = None;
    }

    /// Begins a row of a table.
    pub fn begin_row(&mut self) {
        self.begin_line();
        self.row = self.text.len();
    }

    /// Ends a row of a table.
    pub fn end_row(&mut self) {
        self.ended = true;
        self.space = false;
    }

    /// Begins a cell of the row: a tab before each one but the first. Lines inside a cell stay lines.
    pub fn begin_cell(&mut self, first: bool) {
        if first {
            return;
        }
        if self.line.is_empty() && self.text.len() != self.row {
            return;
        }
        self.ended = false;
        self.space = false;
        self.line.truncate(self.line.trim_end_matches(' ').len());
        self.line.push('\t');
        self.cell = Some(self.line.len());
    }

    /// Begins a raised or lowered part.
    pub fn begin_shift(&mut self) -> ShiftStart {
        if self.ended {
            self.begin_line();
        }
        ShiftStart {
            text: self.text.len(),
            line: self.line.len(),
        }
    }

    /// Ends a raised or lowered part. Digits alone, with signs and the marks between them, become superscript or subscript
    /// digits: `4<sup>2</sup>` is `4²` and never `42`. Other parts stay as they are; a space keeps digits apart that would
    /// touch.
    pub fn end_shift(&mut self, start: ShiftStart, shift: Shift) {
        let at = if self.text.len() == start.text {
            start.line.min(self.line.len())
        } else {
            0
        };
        let part = self.line.split_off(at);
        let words = part.trim_start();
        self.line.push_str(&part[..part.len() - words.len()]);
        if words.chars().all(is_numbering) {
            self.line.extend(words.chars().map(|c| shifted(c, shift)));
        } else {
            if words
                .chars()
                .next()
                .is_some_and(|first| touches(self.line.chars().next_back(), first))
            {
                self.line.push(' ');
            }
            self.line.push_str(words);
            self.shift_end = Some(self.line.len());
        }
    }

    /// The text: each line ends with a line feed.
    pub fn finish(mut self) -> String {
        self.begin_line();
        self.text
    }
}

/// Whether two characters would read as one number.
fn touches(before: Option<char>, after: char) -> bool {
    let digit = |c: char| c.is_numeric() && !SUPERSCRIPTS.contains(c) && !SUBSCRIPTS.contains(c);
    before.is_some_and(digit) && digit(after)
}

/// What may stand in a raised part that is written with superscript digits.
fn is_numbering(c: char) -> bool {
    c.is_ascii_digit()
        || SUPERSCRIPTS.contains(c)
        || SUBSCRIPTS.contains(c)
        || matches!(
            c,
            ' ' | '+'
                | '-'
                | '\u{2212}'
                | '\u{2013}'
                | ','
                | '.'
                | ';'
                | ':'
                | '/'
                | '*'
                | '\u{2020}'
                | '\u{2021}'
        )
}

fn shifted(c: char, shift: Shift) -> char {
    let forms = match shift {
        Shift::Raised => SUPERSCRIPTS,
        Shift::Lowered => SUBSCRIPTS,
    };
    let place = match c {
        '0'..='9' => c as usize - '0' as usize,
        '+' => 10,
        '-' | '\u{2212}' => 11,
        _ => return c,
    };
    forms.chars().nth(place).unwrap_or(c)
}

/// The digits, plus and minus, raised.
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";

/// The digits, plus and minus, lowered.
const SUBSCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉₊₋";
