//! Word files (.docx, ECMA-376 WordprocessingML): the body, then the footnotes and endnotes. Insertions that are tracked
//! are shown, deletions are not; hidden text (`w:vanish`), comments, and the headers and footers of pages are left out.

use super::parts::Parts;
use super::xml::{Go, Thing, XmlElement, walk};
use crate::extract::lines::{Shift, ShiftStart, TextLines};
use std::collections::BTreeMap;

/// The text of a file.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    let mut parts = Parts::open(bytes)?;
    let document = match parts
        .references("")?
        .values()
        .find(|path| path.ends_with("document.xml"))
    {
        Some(path) => path.clone(),
        None => "word/document.xml".to_owned(),
    };
    let body = parts.needed(&document)?;
    let styles = styles(&parts.text("word/styles.xml")?.unwrap_or_default())?;
    let mut reading = Reading::new(&styles);
    walk(&body, |thing| reading.take(thing))?;
    let (mut lines, notes) = (reading.lines, reading.notes);
    for (kind, file) in [
        ("footnote", "word/footnotes.xml"),
        ("endnote", "word/endnotes.xml"),
    ] {
        let Some(xml) = parts.text(file)? else {
            continue;
        };
        // Only notes that the body refers to are shown.
        let numbers: BTreeMap<&str, u64> = notes
            .iter()
            .filter(|(of, ..)| *of == kind)
            .map(|(_, id, number)| (id.as_str(), *number))
            .collect();
        let mut inside = false;
        let mut reading = Reading::new(&styles);
        reading.lines = lines;
        walk(&xml, |thing| {
            match &thing {
                Thing::Begin(name, element) if *name == kind => {
                    let number = element
                        .attribute("id")
                        .and_then(|id| numbers.get(id.as_str()).copied());
                    inside = number.is_some();
                    reading.lines.end_line();
                    if let Some(number) = number {
                        let start = reading.lines.begin_shift();
                        reading.lines.words(&number.to_string());
                        reading.lines.end_shift(start, Shift::Raised);
                        reading.lines.gap();
                        reading.begun = true;
                    }
                    return if inside { Go::On } else { Go::Past };
                }
                Thing::Begin(_, _) if !inside => return Go::On,
                _ => {}
            }
            reading.take(thing)
        })?;
        lines = reading.lines;
    }
    Ok(lines.finish())
}

/// What a run of characters looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    hidden: bool,
    shift: Option<Shift>,
}

/// The character styles that hide, raise or lower.
fn styles(xml: &str) -> Result<BTreeMap<String, Look>, String> {
    let mut styles: BTreeMap<String, Look> = BTreeMap::new();
    let mut current = String::new();
    walk(xml, |thing| {
        if let Thing::Begin(name, element) = thing {
            match name {
                "style" => current = element.attribute("styleId").unwrap_or_default(),
                "vanish" | "vertAlign" | "position" if !current.is_empty() => {
                    apply(styles.entry(current.clone()).or_default(), name, element);
                }
                _ => {}
            }
        }
        Go::On
    })?;
    Ok(styles)
}

fn apply(look: &mut Look, name: &str, element: &XmlElement<'_>) {
    match name {
        "vanish" => look.hidden = element.is_on(),
        "vertAlign" => {
            look.shift = match element.attribute("val").as_deref() {
                Some("superscript") => Some(Shift::Raised),
                Some("subscript") => Some(Shift::Lowered),
                _ => None,
            }
        }
        // Half points up or down (ECMA-376, part 1, 17.3.2.24).
        "position" => {
            let up = element
                .attribute("val")
                .and_then(|val| val.parse::<i64>().ok());
            look.shift = up.and_then(Shift::by).or(look.shift);
        }
        _ => {}
    }
}

struct Reading<'a> {
    styles: &'a BTreeMap<String, Look>,
    lines: TextLines,
    look: Look,
    /// Inside `w:t`.
    words: bool,
    /// Inside the properties of a run.
    properties: bool,
    run_shift: Option<(ShiftStart, Shift)>,
    math_shifts: Vec<(ShiftStart, Shift)>,
    cells: Vec<u64>,
    /// A line was begun by something else than the paragraph.
    begun: bool,
    /// The notes referred to: kind, id, number.
    notes: Vec<(&'static str, String, u64)>,
}

impl<'a> Reading<'a> {
    fn new(styles: &'a BTreeMap<String, Look>) -> Self {
        Self {
            styles,
            lines: TextLines::default(),
            look: Look::default(),
            words: false,
            properties: false,
            run_shift: None,
            math_shifts: Vec::new(),
            cells: Vec::new(),
            begun: false,
            notes: Vec::new(),
        }
    }

    fn take(&mut self, thing: Thing<'_>) -> Go {
        match thing {
            Thing::Begin(name, element) => return self.begin(name, element),
            Thing::End(name) => self.end(name),
            Thing::Words(words) if self.words && !self.look.hidden => self.lines.kept(words),
            Thing::Words(_) => {}
        }
        Go::On
    }

    fn begin(&mut self, name: &str, element: &XmlElement<'_>) -> Go {
        match name {
            // Deleted, moved away, a second form of the same, a comment, an instruction, data, the properties of paragraphs.
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "delInstrText" | "pPr"
            | "sectPr" | "tblPr" | "tcPr" | "sdtPr" | "binData" | "annotation" => return Go::Past,
            "p" if self.begun => self.begun = false,
            "p" => self.lines.end_line(),
            "r" => self.look = Look::default(),
            "rPr" => self.properties = true,
            "rStyle" if self.properties => {
                let style = element.attribute("val").unwrap_or_default();
                self.look = self.styles.get(&style).copied().unwrap_or_default();
            }
            "vanish" | "vertAlign" | "position" if self.properties => {
                apply(&mut self.look, name, element);
            }
            "t" => {
                self.words = true;
                if let Some(shift) = self.look.shift.filter(|_| !self.look.hidden) {
                    self.run_shift = Some((self.lines.begin_shift(), shift));
                }
            }
            "tab" if !self.properties && !self.look.hidden => self.lines.tab(),
            "br" | "cr" if !self.look.hidden => self.lines.end_line(),
            "noBreakHyphen" if !self.look.hidden => self.lines.kept("\u{2011}"),
            "footnoteReference" => self.note("footnote", element),
            "endnoteReference" => self.note("endnote", element),
            "tr" => {
                self.lines.begin_row();
                self.cells.push(0);
            }
            "tc" => {
                if let Some(cells) = self.cells.last_mut() {
                    self.lines.begin_cell(*cells == 0);
                    *cells += 1;
                }
            }
            // Office Math (ECMA-376, part 1, 22.1).
            "sup" => self
                .math_shifts
                .push((self.lines.begin_shift(), Shift::Raised)),
            "sub" => self
                .math_shifts
                .push((self.lines.begin_shift(), Shift::Lowered)),
            "den" => self.lines.kept("/"),
            _ => {}
        }
        Go::On
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.lines.end_line(),
            "rPr" => self.properties = false,
            "t" => {
                self.words = false;
                if let Some((start, shift)) = self.run_shift.take() {
                    self.lines.end_shift(start, shift);
                }
            }
            "r" => self.look = Look::default(),
            "tr" => {
                self.lines.end_row();
                self.cells.pop();
            }
            "sup" | "sub" => {
                if let Some((start, shift)) = self.math_shifts.pop() {
                    self.lines.end_shift(start, shift);
                }
            }
            _ => {}
        }
    }

    /// The number of a note stands raised where it is referred to.
    fn note(&mut self, kind: &'static str, element: &XmlElement<'_>) {
        let number = 1 + self.notes.iter().filter(|(of, ..)| *of == kind).count() as u64;
        self.notes
            .push((kind, element.attribute("id").unwrap_or_default(), number));
        if !self.look.hidden {
            let start = self.lines.begin_shift();
            self.lines.kept(&number.to_string());
            self.lines.end_shift(start, Shift::Raised);
        }
    }
}
