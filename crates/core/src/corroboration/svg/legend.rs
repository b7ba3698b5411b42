//! What the frames and lines mean: only those that the drawing has.

use super::arrows::{INKS, ink};
use super::canvas::{Area, Arrow, Frame, Inscription, Shape, Stroke, Style};
use super::layout::{LINE, MARGIN};
use super::scene::{Look, Scene, Tint};

/// The legend below `top`, in rows no longer than `right`; and where it ends.
pub(crate) fn legend(scene: &Scene, top: f64, right: f64) -> (Vec<Shape>, f64) {
    let mut shapes = Vec::new();
    let (mut x, mut y) = (MARGIN, top);
    let mut put = |words: &str, sign: &dyn Fn(f64, f64) -> Shape| {
        let wide = SIGN + Style::Small.width(words);
        if x > MARGIN && x + wide > right {
            (x, y) = (MARGIN, y + LINE + 6.0);
        }
        shapes.push(sign(x, y));
        shapes.push(Shape::Inscription(Inscription::at(
            x + SIGN,
            y + 11.0,
            Style::Small,
            words,
        )));
        x += wide + 18.0;
    };
    for tint in INKS {
        let words = match tint {
            Tint::Support => "for the claim",
            Tint::Refutation => "against the claim",
            Tint::Both => "for and against it",
            Tint::Neither => "takes no side",
        };
        if scene.edges.iter().any(|edge| edge.tint == tint) {
            put(words, &|x, y| {
                Shape::Arrow(Arrow {
                    from: (x, y + 7.0),
                    steps: vec![Stroke::To(x + 24.0, y + 7.0)],
                    ink: ink(tint),
                    head: false,
                })
            });
        }
    }
    if scene.edges.iter().any(|edge| edge.from != 0) {
        put("leads to what a source rests on", &|x, y| {
            Shape::Arrow(Arrow {
                from: (x, y + 7.0),
                steps: vec![Stroke::To(x + 18.0, y + 7.0)],
                ink: ink(Tint::Both),
                head: true,
            })
        });
    }
    let looks = [
        (Look::Counted, "counted origin"),
        (Look::Untraced, "origin not counted"),
        (Look::OwnWord, "claimant's side, not counted"),
        (Look::Circular, "circle, not counted"),
    ];
    for (look, words) in looks {
        if scene.nodes.iter().any(|node| node.look == look) {
            put(words, &|x, y| Shape::Frame(frame(look, false, sign(x, y))));
        }
    }
    if scene.nodes.iter().any(|node| node.carries.is_some()) {
        put("all of a side passes through it", &|x, y| {
            Shape::Frame(frame(Look::Plain, true, sign(x, y)))
        });
    }
    (shapes, y + LINE)
}

fn sign(x: f64, y: f64) -> Area {
    Area {
        left: x,
        top: y,
        right: x + 24.0,
        bottom: y + 14.0,
    }
}

/// The frame of a box. Thickness and dashes tell them apart without colours.
pub(crate) const fn frame(look: Look, carries: bool, area: Area) -> Frame {
    let (fill, stroke, thick, dash) = match look {
        Look::Claim => ("#eef3fb", "#2f5597", 1.4, ""),
        Look::Plain => ("#ffffff", "#666666", 1.4, ""),
        Look::Counted => ("#e4f3e4", "#1b6e34", 2.4, ""),
        Look::Untraced => ("#f4f4f4", "#666666", 1.4, "5 3"),
        Look::OwnWord => ("#fff6d6", "#8a6d00", 1.4, "10 3 2 3"),
        Look::Circular => ("#f3e8f7", "#7b3f98", 1.4, "2 3"),
    };
    Frame {
        area,
        fill,
        stroke: if carries { "#b35900" } else { stroke },
        thick: if carries { 4.0 } else { thick },
        dash: if carries { "" } else { dash },
    }
}

/// The room for a sign before its words.
const SIGN: f64 = 30.0;
