//! Spreadsheets of Excel (.xlsx, .xls), by calamine: of each sheet that is shown its name, then a line for each row with a
//! tab between cells. A formula has the value that was stored with it. Hidden sheets, rows and columns are left out.

use super::number;
use super::parts::{PROTECTED, Parts};
use super::xml::{Go, Thing, walk};
use crate::extract::lines::TextLines;
use crate::extract::media::OLE_MARK;
use crate::extract::short::one_line;
use calamine::{
    Data, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// The text of a file.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    if bytes.starts_with(OLE_MARK) {
        return old(bytes);
    }
    let hidden = hidden(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsxError::Password => PROTECTED.to_owned(),
        e => unreadable(&e),
    })?;
    let mut lines = TextLines::default();
    for name in shown(&book) {
        let cells = book.worksheet_range(&name).map_err(|e| unreadable(&e))?;
        let styles = book.worksheet_style(&name).ok();
        let format = |at: (u32, u32)| {
            let style = styles.as_ref()?.get(at)?;
            Some(style.number_format.as_ref()?.format_code.clone())
        };
        let nothing = Hidden::default();
        let hidden = hidden.get(&name).unwrap_or(&nothing);
        write(&mut lines, &name, &cells, hidden, format);
    }
    Ok(lines.finish())
}

fn old(bytes: &[u8]) -> Result<String, String> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsError::Password => PROTECTED.to_owned(),
        e => format!("{}; {PROTECTED}", unreadable(&e)),
    })?;
    let mut lines = TextLines::default();
    for name in shown(&book) {
        let cells = book.worksheet_range(&name).map_err(|e| unreadable(&e))?;
        write(&mut lines, &name, &cells, &Hidden::default(), |_| None);
    }
    Ok(lines.finish())
}

/// The names of the sheets that are shown and have cells, in their order.
fn shown<'b>(book: &impl Reader<Cursor<&'b [u8]>>) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    let shown = sheets.filter(|sheet| {
        sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
    });
    shown.map(|sheet| sheet.name.clone()).collect()
}

fn unreadable(error: &impl std::fmt::Display) -> String {
    format!(
        "the spreadsheet cannot be read: {}",
        one_line(&error.to_string())
    )
}

fn write(
    lines: &mut TextLines,
    name: &str,
    cells: &calamine::Range<Data>,
    hidden: &Hidden,
    format: impl Fn((u32, u32)) -> Option<String>,
) {
    lines.end_line();
    lines.words(name);
    lines.end_line();
    let (top, left) = cells.start().unwrap_or_default();
    for (row, values) in (top..).zip(cells.rows()) {
        if hidden.rows.contains(&row) {
            continue;
        }
        lines.begin_row();
        let mut first = true;
        for (column, value) in (left..).zip(values) {
            if hidden
                .columns
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&column))
            {
                continue;
            }
            lines.begin_cell(first);
            first = false;
            let words = match value {
                Data::Float(number) => match format((row, column)) {
                    Some(format) => number::shown(*number, &format),
                    None => number::plain(*number),
                },
                Data::DateTime(instant) => date(instant),
                Data::Bool(true) => "TRUE".to_owned(),
                Data::Bool(false) => "FALSE".to_owned(),
                other => other.to_string(),
            };
            for (at, line) in words.lines().enumerate() {
                if at > 0 {
                    lines.end_line();
                }
                lines.kept(line);
            }
        }
        lines.end_row();
    }
}

/// A date in the form of ISO 8601: how a spreadsheet shows it depends on the machine.
fn date(instant: &ExcelDateTime) -> String {
    if instant.is_duration() {
        let seconds = (instant.as_f64() * 86_400.0).round();
        return format!(
            "{}:{:02}:{:02}",
            (seconds / 3600.0).floor(),
            ((seconds / 60.0).floor() % 60.0).abs(),
            (seconds % 60.0).abs()
        );
    }
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (instant.as_f64() < 1.0, (hour, minute, second) == (0, 0, 0)) {
        (true, _) => time,
        (false, true) => date,
        (false, false) => format!("{date} {time}"),
    }
}

/// The rows and columns of a sheet that are hidden, from 0.
#[derive(Debug, Default)]
struct Hidden {
    rows: BTreeSet<u32>,
    columns: Vec<(u32, u32)>,
}

fn hidden(bytes: &[u8]) -> Result<BTreeMap<String, Hidden>, String> {
    let mut parts = Parts::open(bytes)?;
    let main = "xl/workbook.xml";
    let mut found = BTreeMap::new();
    let Some(book) = parts.text(main)? else {
        return Ok(found);
    };
    let references = parts.references(main)?;
    let mut sheets = Vec::new();
    walk(&book, |thing| {
        if let Thing::Begin("sheet", element) = thing
            && let (Some(name), Some(id)) = (element.attribute("name"), element.reference())
            && let Some(path) = references.get(&id)
        {
            sheets.push((name, path.clone()));
        }
        Go::On
    })?;
    for (name, path) in sheets {
        let Some(xml) = parts.text(&path)? else {
            continue;
        };
        let mut hidden = Hidden::default();
        let mut row = 0;
        walk(&xml, |thing| {
            match thing {
                Thing::Begin("row", element) => {
                    let number = element.attribute("r").and_then(|r| r.parse::<u32>().ok());
                    row = number.unwrap_or(row + 1);
                    if is_hidden(element) {
                        hidden.rows.insert(row.saturating_sub(1));
                    }
                    return Go::Past;
                }
                Thing::Begin("col", element) if is_hidden(element) => {
                    let number = |name| element.attribute(name).and_then(|n| n.parse::<u32>().ok());
                    if let (Some(from), Some(to)) = (number("min"), number("max")) {
                        hidden
                            .columns
                            .push((from.saturating_sub(1), to.saturating_sub(1)));
                    }
                }
                _ => {}
            }
            Go::On
        })?;
        found.insert(name, hidden);
    }
    Ok(found)
}

fn is_hidden(element: &super::xml::XmlElement<'_>) -> bool {
    element
        .attribute("hidden")
        .is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"))
}
