//! What a drawing consists of: frames, lines of text, arrows. Each knows what room it takes, and how SVG spells it.

use super::text::{escape, measure};

/// One thing on the canvas.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Frame(Frame),
    Inscription(Inscription),
    Arrow(Arrow),
    /// Things that belong together: what a pointer over them shows, and where they lead.
    Group(String, Option<String>, Vec<Shape>),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// The frame of a box.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub area: Area,
    pub fill: &'static str,
    pub stroke: &'static str,
    pub thick: f64,
    /// Lengths of dashes and gaps; empty for a solid line.
    pub dash: &'static str,
}

/// A line of text between `left` and `right`. It begins at the side on which its direction begins.
#[derive(Debug, Clone)]
pub(crate) struct Inscription {
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    pub style: Style,
    pub words: String,
    /// Whether the text that this is a line of is written from right to left.
    pub right_to_left: bool,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// The sentence, and names.
    Plain,
    /// Who published something, and what everything passes through.
    Strong,
    /// Everything that is small: headings, remarks, words on arrows.
    Small,
}

/// A line, with a head or without.
#[derive(Debug, Clone)]
pub(crate) struct Arrow {
    pub from: (f64, f64),
    pub steps: Vec<Stroke>,
    pub ink: Ink,
    pub head: bool,
}

/// A part of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stroke {
    To(f64, f64),
    /// A cubic curve: two points of control, and where it ends.
    Curve([(f64, f64); 3]),
}

/// Colour and dashes of a line. In shades of grey the dashes tell them apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ink {
    pub name: &'static str,
    pub colour: &'static str,
    pub dash: &'static str,
    pub thick: f64,
}

impl Style {
    /// Size in pixels.
    pub const fn size(self) -> f64 {
        match self {
            Self::Plain | Self::Strong => 12.0,
            Self::Small => 11.0,
        }
    }

    /// The width of a text in this style.
    pub fn width(self, words: &str) -> f64 {
        let broad = if self == Self::Strong { BOLD } else { 1.0 };
        measure(words) * broad * self.size() / 12.0
    }

    /// How wide a text may be at 12 pixels a letter so that it fits `room` in this style.
    pub fn room(self, room: f64) -> f64 {
        room / self.width(" ") * measure(" ")
    }
}

impl Area {
    /// Whether the two have a point in common.
    #[cfg(test)]
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether a point is inside.
    #[cfg(test)]
    pub fn has(&self, (x, y): (f64, f64)) -> bool {
        self.left < x && x < self.right && self.top < y && y < self.bottom
    }
}

impl Inscription {
    /// A line of text that begins at `left` and has as much room as it needs.
    pub fn at(left: f64, baseline: f64, style: Style, words: &str) -> Self {
        Self {
            left,
            right: left + style.width(words),
            baseline,
            style,
            words: words.to_owned(),
            right_to_left: false,
        }
    }

    /// The room that the letters take.
    #[cfg(test)]
    pub fn area(&self) -> Area {
        let width = self.style.width(&self.words);
        let left = if self.right_to_left {
            self.right - width
        } else {
            self.left
        };
        Area {
            left,
            top: self.baseline - self.style.size() * 0.8,
            right: left + width,
            bottom: self.baseline + self.style.size() * 0.25,
        }
    }

    fn svg(&self) -> String {
        let style = match self.style {
            Style::Plain => " fill=\"#111111\"",
            Style::Strong => " font-weight=\"bold\" fill=\"#111111\"",
            Style::Small => " font-size=\"11\" fill=\"#444444\"",
        };
        // In a text from right to left, the start is its right end.
        let (x, direction) = if self.right_to_left {
            (self.right, " direction=\"rtl\" unicode-bidi=\"isolate\"")
        } else {
            (self.left, " direction=\"ltr\" unicode-bidi=\"isolate\"")
        };
        format!(
            "<text x=\"{}\" y=\"{}\"{style}{direction}>{}</text>\n",
            tidy(x),
            tidy(self.baseline),
            escape(&self.words)
        )
    }
}

impl Frame {
    fn svg(&self) -> String {
        let Area {
            left,
            top,
            right,
            bottom,
        } = self.area;
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"7\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"{}/>\n",
            tidy(left),
            tidy(top),
            tidy(right - left),
            tidy(bottom - top),
            self.fill,
            self.stroke,
            self.thick,
            dashes(self.dash)
        )
    }
}

impl Arrow {
    /// Points along it, so close that nothing fits between them.
    #[cfg(test)]
    pub fn points(&self) -> Vec<(f64, f64)> {
        let (mut points, mut at) = (vec![self.from], self.from);
        for step in &self.steps {
            let [one, two, end] = match *step {
                Stroke::To(x, y) => [at, (x, y), (x, y)],
                Stroke::Curve(points) => points,
            };
            for part in 1..=100_u32 {
                let t = f64::from(part) / 100.0;
                let mix = |a: f64, b: f64, c: f64, d: f64| {
                    let u = 1.0 - t;
                    u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                };
                points.push((
                    mix(at.0, one.0, two.0, end.0),
                    mix(at.1, one.1, two.1, end.1),
                ));
            }
            at = end;
        }
        points
    }

    fn svg(&self) -> String {
        let point = |(x, y): (f64, f64)| format!("{} {}", tidy(x), tidy(y));
        let mut path = format!("M{}", point(self.from));
        for step in &self.steps {
            path += &match *step {
                Stroke::To(x, y) => format!(" L{}", point((x, y))),
                Stroke::Curve([one, two, end]) => {
                    format!(" C{} {} {}", point(one), point(two), point(end))
                }
            };
        }
        let head = if self.head {
            format!(" marker-end=\"url(#{})\"", self.ink.name)
        } else {
            String::new()
        };
        format!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}{head}/>\n",
            self.ink.colour,
            self.ink.thick,
            dashes(self.ink.dash)
        )
    }
}

impl Shape {
    /// As SVG.
    pub fn svg(&self) -> String {
        match self {
            Self::Frame(frame) => frame.svg(),
            Self::Inscription(text) => text.svg(),
            Self::Arrow(arrow) => arrow.svg(),
            Self::Group(title, link, shapes) => {
                let inside: String = shapes.iter().map(Self::svg).collect();
                let group = format!("<g>\n<title>{}</title>\n{inside}</g>\n", escape(title));
                match link {
                    Some(link) => format!("<a href=\"{}\">\n{group}</a>\n", escape(link)),
                    None => group,
                }
            }
        }
    }
}

fn dashes(dash: &str) -> String {
    if dash.is_empty() {
        String::new()
    } else {
        format!(" stroke-dasharray=\"{dash}\"")
    }
}

/// A tenth of a pixel is as close as anybody looks, and gives the same digits everywhere.
fn tidy(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// Bold letters are so much broader.
const BOLD: f64 = 1.15;
