//! Presentations (.pptx, ECMA-376 PresentationML): the slides that are shown, in their order. Notes are left out.

use super::parts::Parts;
use super::xml::{Go, Thing, walk};
use crate::extract::lines::{Shift, TextLines};

/// The text of a file.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    let mut parts = Parts::open(bytes)?;
    let main = "ppt/presentation.xml";
    let presentation = parts.needed(main)?;
    let references = parts.references(main)?;
    let mut order = Vec::new();
    walk(&presentation, |thing| {
        if let Thing::Begin("sldId", element) = thing {
            // Its own number is also called `id`; the reference has a prefix and comes second.
            order.extend(
                element
                    .reference()
                    .and_then(|id| references.get(&id).cloned()),
            );
        }
        Go::On
    })?;
    let mut lines = TextLines::default();
    for slide in order {
        let xml = parts.needed(&slide)?;
        read(&xml, &mut lines)?;
        lines.end_line();
    }
    Ok(lines.finish())
}

fn read(xml: &str, lines: &mut TextLines) -> Result<(), String> {
    let mut words = false;
    let mut cells = 0;
    let mut shift = None;
    let mut started = None;
    walk(xml, |thing| {
        match thing {
            // A slide or a shape that is not shown.
            Thing::Begin("sld", element)
                if element.attribute("show").is_some_and(|show| is_no(&show)) =>
            {
                return Go::Past;
            }
            Thing::Begin("Fallback" | "pPr" | "endParaRPr" | "bodyPr", _) => return Go::Past,
            Thing::Begin("r" | "fld", _) => shift = None,
            Thing::Begin("rPr", element) => {
                let baseline = element
                    .attribute("baseline")
                    .and_then(|value| value.parse::<i64>().ok());
                shift = baseline.and_then(Shift::by);
            }
            Thing::Begin("t", _) => {
                words = true;
                started = shift.map(|shift| (lines.begin_shift(), shift));
            }
            Thing::End("t") => {
                words = false;
                if let Some((start, shift)) = started.take() {
                    lines.end_shift(start, shift);
                }
            }
            Thing::Words(found) if words => lines.kept(found),
            Thing::Begin("sp" | "graphicFrame" | "grpSp" | "pic" | "br" | "p", _)
            | Thing::End("p") => lines.end_line(),
            Thing::Begin("tr", _) => {
                lines.begin_row();
                cells = 0;
            }
            Thing::End("tr") => lines.end_row(),
            Thing::Begin("tc", _) => {
                lines.begin_cell(cells == 0);
                cells += 1;
            }
            _ => {}
        }
        Go::On
    })
}

fn is_no(value: &str) -> bool {
    matches!(value, "0" | "false")
}
