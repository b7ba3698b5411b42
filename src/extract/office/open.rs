//! OpenDocument files (OpenDocument 1.3: .odt, .ods, .odp). A cell of a spreadsheet has the words in it that are shown.
//! Left out: deletions that are tracked, comments, notes of speakers, hidden text, sections, rows, sheets and pages, and the
//! headers and footers of pages. Footnotes come after the text.

use super::parts::Parts;
use super::xml::{Go, Thing, XmlElement, walk};
use crate::extract::lines::{Shift, ShiftStart, TextLines};
use std::collections::BTreeMap;

/// The text of a file.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    let mut parts = Parts::open(bytes)?;
    let manifest = parts.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(super::parts::PROTECTED.to_owned());
    }
    let content = parts.needed("content.xml")?;
    let mut styles = BTreeMap::new();
    if let Some(common) = parts.text("styles.xml")? {
        read_styles(&common, &mut styles)?;
    }
    read_styles(&content, &mut styles)?;
    let mut reading = Reading {
        styles: &styles,
        body: false,
        sheet: false,
        pages: vec![TextLines::default()],
        words: 0,
        shifts: Vec::new(),
        tables: Vec::new(),
        notes: Vec::new(),
        repeat: 0,
    };
    walk(&content, |thing| reading.take(thing))?;
    let Some(first) = reading.pages.pop() else {
        return Err("its XML is malformed".to_owned());
    };
    let mut text = first.finish();
    for note in reading.notes {
        text.push_str(&note);
    }
    Ok(text)
}

/// What a style does to words.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    hidden: bool,
    shift: Option<Shift>,
}

fn read_styles(xml: &str, styles: &mut BTreeMap<String, Look>) -> Result<(), String> {
    let mut current = String::new();
    walk(xml, |thing| {
        match thing {
            Thing::Begin("body", _) => return Go::Past,
            Thing::Begin("style", element) => {
                current = element.attribute("name").unwrap_or_default();
                let parent = element.attribute("parent-style-name").unwrap_or_default();
                let look = styles.get(&parent).copied().unwrap_or_default();
                styles.insert(current.clone(), look);
            }
            Thing::Begin(
                "text-properties"
                | "section-properties"
                | "table-properties"
                | "drawing-page-properties",
                element,
            ) => {
                let look = styles.entry(current.clone()).or_default();
                if element
                    .attribute("display")
                    .is_some_and(|display| matches!(display.as_str(), "none" | "false"))
                    || element.attribute("visibility").as_deref() == Some("hidden")
                {
                    look.hidden = true;
                }
                if let Some(position) = element.attribute("text-position") {
                    look.shift = shift(&position);
                }
            }
            _ => {}
        }
        Go::On
    })
}

/// `super 58%`, `sub 58%`, or how far up or down (OpenDocument 1.3, part 3, 20.397).
fn shift(position: &str) -> Option<Shift> {
    match position.split_whitespace().next()? {
        "super" => Some(Shift::Raised),
        "sub" => Some(Shift::Lowered),
        far => match far.trim_end_matches('%').parse::<f64>() {
            Ok(far) if far > 0.0 => Some(Shift::Raised),
            Ok(far) if far < 0.0 => Some(Shift::Lowered),
            _ => None,
        },
    }
}

struct Reading<'a> {
    styles: &'a BTreeMap<String, Look>,
    body: bool,
    /// Inside a spreadsheet.
    sheet: bool,
    /// Where words are laid out: the text, and the notes that are open in it.
    pages: Vec<TextLines>,
    /// Open paragraphs and headings: only in them characters are words.
    words: u64,
    /// The open spans: where a raised or lowered one began.
    shifts: Vec<Option<(ShiftStart, Shift)>>,
    /// The cells read of each open row.
    tables: Vec<u64>,
    notes: Vec<String>,
    /// How many columns the open cell takes beyond its own.
    repeat: u64,
}

impl Reading<'_> {
    fn lines(&mut self) -> &mut TextLines {
        if self.pages.is_empty() {
            self.pages.push(TextLines::default());
        }
        self.pages.last_mut().expect("one was just added")
    }

    fn look(&self, element: &XmlElement<'_>) -> Look {
        let style = element.attribute("style-name").unwrap_or_default();
        self.styles.get(&style).copied().unwrap_or_default()
    }

    fn take(&mut self, thing: Thing<'_>) -> Go {
        match thing {
            Thing::Begin("body", _) => self.body = true,
            _ if !self.body => {}
            Thing::Begin(name, element) => return self.begin(name, element),
            Thing::End(name) => self.end(name),
            Thing::Words(words) if self.words > 0 => self.lines().words(words),
            Thing::Words(_) => {}
        }
        Go::On
    }

    fn begin(&mut self, name: &str, element: &XmlElement<'_>) -> Go {
        match name {
            "tracked-changes"
            | "annotation"
            | "annotation-end"
            | "notes"
            | "forms"
            | "title"
            | "desc"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "footer-decl"
            | "header-decl"
            | "date-time-decl"
            | "event-listeners"
            | "calculation-settings"
            | "database-ranges"
            | "named-expressions"
            | "hidden-text" => return Go::Past,
            "hidden-paragraph" if element.attribute("is-hidden").as_deref() == Some("true") => {
                return Go::Past;
            }
            "spreadsheet" => self.sheet = true,
            "p" | "h" => {
                if self.look(element).hidden {
                    return Go::Past;
                }
                self.words += 1;
                self.lines().end_line();
            }
            "section" | "table" | "page" => {
                if self.look(element).hidden
                    || element.attribute("display").as_deref() == Some("none")
                {
                    return Go::Past;
                }
                self.lines().end_line();
                // A sheet shows its name; a table of a text does not.
                if name == "table"
                    && self.tables.is_empty()
                    && self.words == 0
                    && self.sheet
                    && let Some(title) = element.attribute("name")
                {
                    self.lines().words(&title);
                    self.lines().end_line();
                }
            }
            "span" => {
                let look = self.look(element);
                if look.hidden {
                    return Go::Past;
                }
                let shift = look.shift.map(|shift| (self.lines().begin_shift(), shift));
                self.shifts.push(shift);
            }
            "s" => {
                let count = element
                    .attribute("c")
                    .and_then(|c| c.parse::<usize>().ok())
                    .unwrap_or(1);
                self.lines().kept(&" ".repeat(count.min(MAX_SPACES)));
            }
            "tab" => self.lines().tab(),
            "line-break" => self.lines().end_line(),
            "ruby-text" => {
                self.words += 1;
                self.lines().words("(");
            }
            "note-citation" => {
                self.words += 1;
                let shift = (self.lines().begin_shift(), Shift::Raised);
                self.shifts.push(Some(shift));
            }
            "note-body" => self.pages.push(TextLines::default()),
            "table-row" => {
                if matches!(
                    element.attribute("visibility").as_deref(),
                    Some("collapse" | "filter")
                ) {
                    return Go::Past;
                }
                self.lines().begin_row();
                self.tables.push(0);
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(cells) = self.tables.last_mut() {
                    let first = *cells == 0;
                    *cells += 1;
                    self.lines().begin_cell(first);
                }
                let repeat = element.attribute("number-columns-repeated");
                let repeat = repeat.and_then(|n| n.parse::<u64>().ok()).unwrap_or(1);
                self.repeat = repeat.saturating_sub(1);
            }
            _ => {}
        }
        Go::On
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.words = self.words.saturating_sub(1);
                self.lines().end_line();
            }
            "span" => self.end_shift(),
            "note-citation" => {
                self.words = self.words.saturating_sub(1);
                self.end_shift();
            }
            "ruby-text" => {
                self.words = self.words.saturating_sub(1);
                self.lines().words(")");
            }
            "note-body" if self.pages.len() > 1 => {
                let note = self.pages.pop().expect("there is more than one").finish();
                self.notes.push(note);
            }
            "table-row" => {
                self.tables.pop();
                self.lines().end_row();
            }
            "table-cell" | "covered-table-cell" => {
                for _ in 0..std::mem::take(&mut self.repeat).min(MAX_EMPTY_CELLS) {
                    self.lines().begin_cell(false);
                }
            }
            _ => {}
        }
    }

    fn end_shift(&mut self) {
        if let Some(Some((start, shift))) = self.shifts.pop() {
            self.lines().end_shift(start, shift);
        }
    }
}

/// A line of spaces is not longer than the widest page.
const MAX_SPACES: usize = 1000;

/// A spreadsheet says that the empty cells at the end of its rows repeat to the last column.
const MAX_EMPTY_CELLS: u64 = 100;
