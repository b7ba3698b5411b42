//! The arrows and the words on them.
//!
//! A word stands beside the box that its arrow leaves, on a row of its own, and the arrow goes on behind it. Arrows bend
//! only to the right of all words of their column (`layout::across`), and pass a column on a lane of their own. So no
//! arrow crosses a word or a box, and no two words meet.

use super::canvas::{Arrow, Ink, Inscription, Shape, Stroke, Style};
use super::layout::{BOX, Layout, PORT, STUB};
use super::scene::{Scene, Tint};

/// Every arrow, with its words.
pub(crate) fn arrows(scene: &Scene, layout: &Layout) -> Vec<Shape> {
    let (leave, enter) = ports(layout);
    let mut shapes = Vec::new();
    for (edge, route) in layout.routes.iter().enumerate() {
        let (first, last) = (route[0], route[route.len() - 1]);
        let (from, to) = (&layout.slots[first], &layout.slots[last]);
        let ink = ink(scene.edges[edge].tint);
        let label = &scene.edges[edge].label;
        let (left, words_end) = layout.columns[from.column];
        let (mut x, mut y) = (left + BOX, leave[edge]);
        if !label.is_empty() {
            shapes.push(Shape::Arrow(Arrow {
                from: (x, y),
                steps: vec![Stroke::To(x + STUB - 3.0, y)],
                ink,
                head: false,
            }));
            let text = Inscription::at(x + STUB, y + 4.0, Style::Small, label);
            x = text.right + 3.0;
            shapes.push(Shape::Inscription(text));
        }
        let mut steps = vec![Stroke::To(words_end, y)];
        let start = (x, y);
        x = words_end;
        if layout.forward(first, last) {
            for slot in route[1..route.len() - 1]
                .iter()
                .map(|&slot| &layout.slots[slot])
            {
                let (left, end) = layout.columns[slot.column];
                steps.push(bend((x, y), (left, slot.middle())));
                steps.push(Stroke::To(end, slot.middle()));
                (x, y) = (end, slot.middle());
            }
            let end = (layout.columns[to.column].0 - TIP, enter[edge]);
            steps.push(bend((x, y), end));
        } else {
            // within a circle: out to the right and back, past the words of the column
            let out = x + BOW;
            let end = enter[edge];
            steps.push(Stroke::Curve([(out, y), (out, end), (x, end)]));
            steps.push(Stroke::To(left + BOX + TIP, end));
        }
        shapes.push(Shape::Arrow(Arrow {
            from: start,
            steps,
            ink,
            head: true,
        }));
    }
    shapes
}

fn bend((x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> Stroke {
    let half = x + (to_x - x) * 0.55;
    Stroke::Curve([(half, y), (half, to_y), (to_x, to_y)])
}

/// The heights at which each edge leaves its box and enters the other, each at a place of its own, in the order of where
/// they go. Edges within a circle enter on the right, where other edges leave.
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

/// Every ink, for the legend and the heads.
pub(crate) const INKS: [Tint; 4] = [Tint::Support, Tint::Refutation, Tint::Both, Tint::Neither];

/// How the lines of a side look.
pub(crate) const fn ink(tint: Tint) -> Ink {
    match tint {
        Tint::Support => Ink {
            name: "support",
            colour: "#1b6e34",
            dash: "",
            thick: 1.6,
        },
        Tint::Refutation => Ink {
            name: "refutation",
            colour: "#b2182b",
            dash: "9 4",
            thick: 1.6,
        },
        Tint::Both => Ink {
            name: "both",
            colour: "#333333",
            dash: "",
            thick: 2.6,
        },
        Tint::Neither => Ink {
            name: "neither",
            colour: "#555555",
            dash: "2 3",
            thick: 1.6,
        },
    }
}

/// The length of an arrow's head beyond its line.
const TIP: f64 = 7.0;
/// How far an arrow within a circle goes out; its curve reaches three quarters of it.
const BOW: f64 = 90.0;
