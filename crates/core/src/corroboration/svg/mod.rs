//! Draws the corroboration for a reader: the claim on the left, documents by stance, what they rest on, the roots on the
//! right. Boxes say who published what, and when; the sentence above names them by the same numbers.
//!
//! The layout is computed here, without another program. The same graph always gives the same bytes.

mod arrows;
mod canvas;
mod fold;
mod layout;
mod legend;
mod lines;
mod scene;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use crate::corroboration::svg::scene::Card;

use super::graph::Graph;
use super::report::CorroborationReport;
use super::svg::arrows::{INKS, arrows, ink};
use super::svg::canvas::{Area, Inscription, Shape, Style};
use super::svg::fold::fold;
use super::svg::layout::{BOX, LINE, MARGIN, PAD, layout};
use super::svg::legend::{frame, legend};
use super::svg::lines::texts;
use super::svg::scene::{Scene, SceneBox};
use super::svg::text::{escape, shown, wrap};
use crate::message::Message;
use crate::model::StatementId;

/// Draws the corroboration of `claim` (its words) as SVG. `card` gives what a reader is shown of a source.
pub fn draw(
    graph: &Graph,
    report: &CorroborationReport,
    claim: &Message,
    card: &dyn Fn(&StatementId) -> Card,
) -> String {
    let drawing = Drawing::new(graph, report, claim, card);
    let (width, height) = (drawing.width.ceil(), drawing.height.ceil());
    let shapes: String = drawing.shapes.iter().map(Shape::svg).collect();
    // What is in an image cannot be reached by keyboard; what has links is a group.
    let role = if shapes.contains("<a href=") {
        "group"
    } else {
        "img"
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"DejaVu Sans, Noto Sans, Verdana, sans-serif\" font-size=\"12\" role=\"{role}\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n{}\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{shapes}</svg>\n",
        escape(&shown(claim)),
        escape(&description(report)),
        markers()
    )
}

/// What a drawing consists of.
struct Drawing {
    shapes: Vec<Shape>,
    width: f64,
    height: f64,
}

impl Drawing {
    fn new(
        graph: &Graph,
        report: &CorroborationReport,
        claim: &Message,
        card: &dyn Fn(&StatementId) -> Card,
    ) -> Self {
        let scene = Scene::new(graph, report, claim, card);
        let whole: usize = scene.nodes.iter().map(|node| node.origins).sum();
        let scene = fold(scene);
        let mut layout = layout(&scene);
        let right = layout.right.max(LEAST_WIDTH);
        let mut shapes = Vec::new();
        let mut baseline = MARGIN + 12.0;
        let mut write = |words: &str, style: Style| {
            for line in wrap(words, style.room(right - MARGIN)) {
                shapes.push(Shape::Inscription(Inscription {
                    left: MARGIN,
                    right,
                    baseline,
                    style,
                    words: line,
                    right_to_left: false,
                }));
                baseline += LINE;
            }
        };
        write(&report.sentence.to_string(), Style::Plain);
        if scene.nodes.iter().any(|node| node.origins > 1) {
            let words = format!(
                "There are {whole} sources and groups of copies; some share a box. The table has all of them."
            );
            write(&words, Style::Small);
        }
        layout.begin_at(baseline + PAD);
        shapes.extend(arrows(&scene, &layout));
        for (node, slot) in scene.nodes.iter().zip(&layout.slots) {
            let left = layout.columns[slot.column].0;
            let area = Area {
                left,
                top: slot.top,
                right: left + BOX,
                bottom: slot.top + slot.height,
            };
            let mut inside = vec![Shape::Frame(frame(node.look, node.carries.is_some(), area))];
            let texts = texts(node, left, slot.top, slot.height);
            inside.extend(texts.into_iter().map(Shape::Inscription));
            // A box with several sources leads to none of them: the table beside the drawing has each.
            let link = match &node.cards[..] {
                [card] => card.link.clone(),
                _ => None,
            };
            shapes.push(Shape::Group(tooltip(node), link, inside));
        }
        let (signs, bottom) = legend(&scene, layout.bottom + 2.0 * PAD, right);
        shapes.extend(signs);
        Self {
            shapes,
            width: right + MARGIN,
            height: bottom + MARGIN,
        }
    }
}

/// What a pointer over a box shows: everything, also what had no room.
fn tooltip(node: &SceneBox) -> String {
    let mut parts = vec![node.heading.clone()];
    if !node.words.is_empty() {
        parts.push(node.words.clone());
    }
    parts.extend(node.cards.iter().map(|card| {
        let date = card
            .published
            .as_ref()
            .map_or(String::new(), |date| format!(", {date}"));
        let (publisher, title) = (shown(&card.publisher), shown(&card.title));
        format!("{} {publisher}: {title}{date}", card.number)
    }));
    parts.join(" | ")
}

/// What the drawing says to those who cannot see it.
fn description(report: &CorroborationReport) -> String {
    let mut parts = vec![report.sentence.to_string()];
    parts.extend(report.notes.iter().map(Message::to_string));
    parts.join(" ")
}

fn markers() -> String {
    let mut heads = String::new();
    for ink in INKS.map(ink) {
        heads += &format!(
            "<marker id=\"{}\" viewBox=\"0 0 8 8\" refX=\"1\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"{}\"/></marker>\n",
            ink.name, ink.colour
        );
    }
    format!("<defs>\n{heads}</defs>\n")
}

/// Wide enough for a sentence, however few boxes there are.
const LEAST_WIDTH: f64 = 760.0;
