//! Draws the corroboration: the claim on the left, documents by stance, what they depend on, the roots on the right.
//!
//! The layout is computed here, without another program. The same graph always gives the same bytes.

mod layout;
mod scene;
#[cfg(test)]
mod tests;
mod text;

use super::graph::Graph;
use super::report::CorroborationReport;
use super::svg::layout::{BETWEEN, BOX, LINE, Layout, PAD, PORT, Slot, Written, layout, lines};
use super::svg::scene::{Look, Scene, Tint};
use super::svg::text::{escape, measure, wrap};
use crate::message::Message;

/// Draws the corroboration of `claim` (its words) as SVG.
pub fn draw(graph: &Graph, report: &CorroborationReport, claim: &Message) -> String {
    let scene = Scene::new(graph, report, claim);
    let columns_wide = |columns: u32| f64::from(columns) * (BOX + BETWEEN) - BETWEEN + 2.0 * MARGIN;
    let mut layout = layout(&scene);
    let columns = u32::try_from(layout.columns).unwrap_or(u32::MAX).max(3);
    let said = report.sentence.to_string();
    let sentence = wrap(&said, columns_wide(columns) - 2.0 * MARGIN);
    let sentence_lines = f64::from(u32::try_from(sentence.len()).unwrap_or(u32::MAX));
    layout.begin_at(MARGIN + sentence_lines * LINE + 2.0 * PAD);
    let bows =
        !scene.vouches.is_empty() || !scene.edges.iter().all(|e| layout.forward(e.from, e.to));
    let width = columns_wide(columns) + if bows { BOWS } else { 0.0 };
    let height = layout.bottom + LEGEND + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"12\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n{MARKERS}\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escape(&claim.to_string()),
        escape(&said)
    );
    for (row, line) in (0_u32..).zip(&sentence) {
        let y = MARGIN + f64::from(row) * LINE + 12.0;
        svg += &format!("<text x=\"{MARGIN}\" y=\"{y}\">{}</text>\n", escape(line));
    }
    let arrows = arrows(&scene, &layout);
    svg += &arrows.lines;
    for &(a, b) in &scene.vouches {
        svg += &vouch(&layout.slots[a], &layout.slots[b]);
    }
    for (node, slot) in layout.slots[..scene.nodes.len()].iter().enumerate() {
        svg += &frame(&scene, node, slot);
    }
    svg += &arrows.labels;
    svg += &legend(layout.bottom + 2.0 * PAD);
    svg + "</svg>\n"
}

fn left(column: usize) -> f64 {
    MARGIN + f64::from(u32::try_from(column).unwrap_or(u32::MAX)) * (BOX + BETWEEN)
}

fn frame(scene: &Scene, node: usize, slot: &Slot) -> String {
    let (fill, stroke, dash) = colours(scene.nodes[node].look);
    let choke = scene.nodes[node].chokepoint.is_some();
    let (stroke, thick) = if choke {
        (CHOKEPOINT, 3.5)
    } else {
        (stroke, 1.4)
    };
    let (x, y) = (left(slot.column), slot.top);
    let mut svg = format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX}\" height=\"{}\" rx=\"7\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{thick}\"{dash}/>\n",
        slot.height
    );
    let lines = lines(scene, node);
    let text = f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX)) * LINE;
    let first = y + (slot.height - text) / 2.0 + 13.0;
    for (row, line) in (0_u32..).zip(&lines) {
        let (words, style) = match line {
            Written::Heading(words) => (words, " font-size=\"11\" fill=\"#555555\""),
            Written::Name(words) => (words, " fill=\"#111111\""),
            Written::NameFromRight(words) => (words, " fill=\"#111111\" direction=\"rtl\""),
            Written::Remark(words) => (
                words,
                " font-size=\"11\" font-style=\"italic\" fill=\"#555555\"",
            ),
            Written::Chokepoint(words) => (
                words,
                " font-size=\"11\" font-weight=\"bold\" fill=\"#9c4a00\"",
            ),
        };
        let y = first + f64::from(row) * LINE;
        // A text begins at its x, which is on the right if it is written from there.
        let begin = match line {
            Written::NameFromRight(_) => x + BOX - PAD,
            _ => x + PAD,
        };
        svg += &format!(
            "<text x=\"{begin}\" y=\"{y}\"{style}>{}</text>\n",
            escape(words)
        );
    }
    svg
}

struct Arrows {
    lines: String,
    labels: String,
}

/// Arrows leave and enter a box each at a place of its own, in the order of where they go, so that no two labels meet.
fn arrows(scene: &Scene, layout: &Layout) -> Arrows {
    let (leave, enter) = ports(layout);
    let mut arrows = Arrows {
        lines: String::new(),
        labels: String::new(),
    };
    for (edge, route) in layout.routes.iter().enumerate() {
        let (from, to) = (
            &layout.slots[route[0]],
            &layout.slots[route[route.len() - 1]],
        );
        let (mut x, mut y) = (left(from.column) + BOX, leave[edge]);
        let (start_x, start_y) = (x, y);
        let mut path = format!("M{x} {y}");
        if layout.forward(route[0], route[route.len() - 1]) {
            for slot in route[1..route.len() - 1]
                .iter()
                .map(|&slot| &layout.slots[slot])
            {
                path += &bend(x, y, left(slot.column), slot.middle());
                (x, y) = (left(slot.column) + BOX, slot.middle());
                path += &format!(" L{x} {y}");
            }
            path += &bend(x, y, left(to.column) - TIP, enter[edge]);
        } else {
            // within a circle: out to the right and back; long arrows pass outside the labels between their ends
            let bow = if (enter[edge] - y).abs() > 150.0 {
                125.0
            } else {
                60.0
            };
            let (out, end_x, end_y) = (x + bow, left(to.column) + BOX + TIP, enter[edge]);
            path += &format!(" C{out} {y} {out} {end_y} {end_x} {end_y}");
        }
        let tint = scene.edges[edge].tint;
        arrows.lines += &format!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" marker-end=\"url(#{})\"/>\n",
            ink(tint),
            marker(tint)
        );
        let at = format!(
            "x=\"{}\" y=\"{}\" font-size=\"11\"",
            start_x + 6.0,
            start_y - 3.0
        );
        let label = escape(&scene.edges[edge].label);
        // A white copy below keeps the words readable on a line. It is a separate element, because some viewers do not
        // know paint-order.
        arrows.labels += &format!(
            "<text {at} fill=\"#ffffff\" stroke=\"#ffffff\" stroke-width=\"3\" aria-hidden=\"true\">{label}</text>\n\
             <text {at} fill=\"{}\">{label}</text>\n",
            ink(tint)
        );
    }
    arrows
}

fn bend(x: f64, y: f64, to_x: f64, to_y: f64) -> String {
    let half = x + (to_x - x) * 0.55;
    format!(" C{half} {y} {half} {to_y} {to_x} {to_y}")
}

/// The heights at which each edge leaves its box and enters the other. Edges within a circle enter on the right, where
/// other edges leave.
fn ports(layout: &Layout) -> (Vec<f64>, Vec<f64>) {
    let edges = layout.routes.len();
    let mut heights = vec![0.0; 2 * edges];
    let mut sides: [Vec<Vec<(f64, usize)>>; 2] = [
        vec![Vec::new(); layout.slots.len()],
        vec![Vec::new(); layout.slots.len()],
    ];
    for (edge, route) in layout.routes.iter().enumerate() {
        let (from, to) = (route[0], route[route.len() - 1]);
        let back = usize::from(!layout.forward(from, to));
        sides[1][from].push((layout.slots[route[1]].middle(), edge));
        sides[back][to].push((layout.slots[route[route.len() - 2]].middle(), edges + edge));
    }
    for side in sides {
        for (slot, mut ends) in layout.slots.iter().zip(side) {
            ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let count = f64::from(u32::try_from(ends.len()).unwrap_or(u32::MAX));
            let mut y = slot.middle() - (count - 1.0) * PORT / 2.0;
            for (_, end) in ends {
                heights[end] = y;
                y += PORT;
            }
        }
    }
    let enter = heights.split_off(edges);
    (heights, enter)
}

/// A dashed bow on the right of two boxes.
fn vouch(a: &Slot, b: &Slot) -> String {
    let (x, from, to) = (left(a.column.max(b.column)) + BOX, a.middle(), b.middle());
    let (a_x, b_x) = (left(a.column) + BOX, left(b.column) + BOX);
    let out = x + 40.0 + ((from - to).abs() / 12.0).min(30.0);
    format!(
        "<path d=\"M{a_x} {from} C{out} {from} {out} {to} {b_x} {to}\" fill=\"none\" stroke=\"{VOUCHED}\" stroke-width=\"1.6\" stroke-dasharray=\"5 4\"/>\n"
    )
}

fn legend(top: f64) -> String {
    let mut svg = String::new();
    let mut x = MARGIN;
    let boxes = [
        (Look::Traced, "traced"),
        (Look::Untraced, "origin not traced"),
        (Look::OwnWord, "claimant's side, not counted"),
        (Look::Circular, "circular, origin unknown"),
    ];
    for (look, words) in boxes {
        let (fill, stroke, dash) = colours(look);
        svg += &format!(
            "<rect x=\"{x}\" y=\"{top}\" width=\"22\" height=\"14\" rx=\"3\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.4\"{dash}/>\n"
        );
        x = legend_words(&mut svg, x + 28.0, top, words);
    }
    svg += &format!(
        "<rect x=\"{x}\" y=\"{top}\" width=\"22\" height=\"14\" rx=\"3\" fill=\"#ffffff\" stroke=\"{CHOKEPOINT}\" stroke-width=\"3.5\"/>\n"
    );
    legend_words(&mut svg, x + 28.0, top, "chokepoint");
    let (second, mut x) = (top + 24.0, MARGIN);
    let lines = [
        (ink(Tint::Support), "", "rests on: support"),
        (ink(Tint::Refutation), "", "rests on: refutation"),
        (ink(Tint::Both), "", "rests on: both"),
        (VOUCHED, " stroke-dasharray=\"5 4\"", "vouched independent"),
    ];
    for (ink, dash, words) in lines {
        let y = second + 7.0;
        svg += &format!("<path d=\"M{x} {y} h22\" stroke=\"{ink}\" stroke-width=\"1.6\"{dash}/>\n");
        x = legend_words(&mut svg, x + 28.0, second, words);
    }
    legend_words(&mut svg, x, second, "via: named in the excerpt itself");
    svg
}

/// Writes a legend's words and says where the next item begins.
fn legend_words(svg: &mut String, x: f64, top: f64, words: &str) -> f64 {
    *svg += &format!(
        "<text x=\"{x}\" y=\"{}\" font-size=\"11\">{}</text>\n",
        top + 11.0,
        escape(words)
    );
    x + measure(words).ceil() + 18.0
}

/// Fill, stroke, and dashes of a box.
const fn colours(look: Look) -> (&'static str, &'static str, &'static str) {
    match look {
        Look::Claim => ("#eef3fb", "#2f5597", ""),
        Look::Plain => ("#ffffff", "#777777", ""),
        Look::Traced => ("#e4f3e4", "#2e7d32", ""),
        Look::Untraced => ("#f4f4f4", "#777777", " stroke-dasharray=\"5 3\""),
        Look::OwnWord => ("#fff6d6", "#a98600", ""),
        Look::Circular => ("#f3e8f7", "#7b3f98", " stroke-dasharray=\"2 3\""),
    }
}

const fn ink(tint: Tint) -> &'static str {
    match tint {
        Tint::Support => "#1b7837",
        Tint::Both => "#444444",
        Tint::Refutation => "#b2182b",
    }
}

const fn marker(tint: Tint) -> &'static str {
    match tint {
        Tint::Support => "support",
        Tint::Both => "both",
        Tint::Refutation => "refutation",
    }
}

const CHOKEPOINT: &str = "#d9730d";
const VOUCHED: &str = "#2f5597";
const MARGIN: f64 = 24.0;
/// Room for two rows of legend.
const LEGEND: f64 = 70.0;
/// Room for bows on the right of the last column: vouches, and the arrows of a circle with their labels.
const BOWS: f64 = 90.0;
/// The length of an arrow's head beyond its line.
const TIP: f64 = 7.0;
const MARKERS: &str = "<defs>\n\
<marker id=\"support\" viewBox=\"0 0 8 8\" refX=\"1\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#1b7837\"/></marker>\n\
<marker id=\"both\" viewBox=\"0 0 8 8\" refX=\"1\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#444444\"/></marker>\n\
<marker id=\"refutation\" viewBox=\"0 0 8 8\" refX=\"1\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#b2182b\"/></marker>\n\
</defs>\n";
