//! What can be seen on a page: whether a character is inside the page and its clipping paths, not covered later, and of
//! another colour than what is under it.

use hayro_interpret::color::Color;
use hayro_interpret::kurbo::{BezPath, ParamCurveNearest, PathEl, PathSeg, Point, Rect, Shape};
use hayro_interpret::{ClipPath, FillRule, Paint};
use std::rc::Rc;

/// Something painted on a page, in the order of painting.
#[derive(Debug)]
struct Mark {
    /// How many marks and characters were painted before it.
    order: usize,
    kind: Kind,
    area: Area,
    clip: Option<Rc<Clip>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// Covers what is under it with this colour.
    Cover([f32; 3]),
    /// A picture or a pattern. Its colours are not looked at.
    Picture,
    /// Something transparent: it hides nothing, and changes colours.
    Glass,
}

#[derive(Debug)]
enum Area {
    Rect(Rect),
    Path(BezPath, FillRule, Rect),
    /// Up to this distance from the path.
    Line(BezPath, f64, Rect),
}

/// A clipping path, and those around it.
#[derive(Debug)]
pub(super) struct Clip {
    area: Area,
    around: Option<Rc<Clip>>,
}

/// With what something is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ink {
    /// This colour, opaque.
    Colour([f32; 3]),
    /// A picture or a pattern.
    Picture,
    /// Something through which one can see.
    Glass,
    /// Nothing, or something so transparent that it cannot be seen.
    None,
}

/// What was painted on a page.
pub(super) struct Seen {
    page: Rect,
    marks: Vec<Mark>,
    cells: Vec<Vec<u32>>,
    work: u64,
}

impl Seen {
    pub(super) fn new(page: Rect) -> Self {
        Self {
            page,
            marks: Vec::new(),
            cells: vec![Vec::new(); CELLS * CELLS],
            work: 0,
        }
    }

    /// A filled path.
    pub(super) fn fill(
        &mut self,
        order: usize,
        path: &BezPath,
        rule: FillRule,
        ink: Ink,
        clip: Option<&Rc<Clip>>,
    ) {
        self.add(order, ink, Area::of(path, rule), clip);
    }

    /// A line along a path, so wide.
    pub(super) fn line(
        &mut self,
        order: usize,
        path: &BezPath,
        width: f64,
        ink: Ink,
        clip: Option<&Rc<Clip>>,
    ) {
        let half = width / 2.0;
        let bounds = path.bounding_box().inflate(half, half);
        if width >= THINNEST {
            self.add(order, ink, Area::Line(path.clone(), half, bounds), clip);
        }
    }

    fn add(&mut self, order: usize, ink: Ink, area: Area, clip: Option<&Rc<Clip>>) {
        let kind = match ink {
            Ink::Colour(colour) => Kind::Cover(colour),
            Ink::Picture => Kind::Picture,
            Ink::Glass => Kind::Glass,
            Ink::None => return,
        };
        let bounds = area.bounds().intersect(self.page);
        let long_enough = bounds.width() >= THINNEST && bounds.height() >= THINNEST;
        if !long_enough || self.work > MOST_WORK {
            return;
        }
        let number = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        let (left, bottom) = self.cell(Point::new(bounds.x0, bounds.y0));
        let (right, top) = self.cell(Point::new(bounds.x1, bounds.y1));
        for row in bottom..=top {
            for column in left..=right {
                self.cells[row * CELLS + column].push(number);
                self.work += 1;
            }
        }
        self.marks.push(Mark {
            order,
            kind,
            area,
            clip: clip.cloned(),
        });
    }

    /// The cell of the grid over the page in which a point lies.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few hundred cells; cut to them"
    )]
    fn cell(&self, at: Point) -> (usize, usize) {
        let part = |from: f64, length: f64| {
            let cell = from / length.max(1.0) * CELLS as f64;
            (cell.max(0.0) as usize).min(CELLS - 1)
        };
        (
            part(at.x - self.page.x0, self.page.width()),
            part(at.y - self.page.y0, self.page.height()),
        )
    }

    /// Whether more was painted than is looked through.
    pub(super) fn too_much(&self) -> bool {
        self.work > MOST_WORK
    }

    /// Whether a person sees a character with its middle here, painted at this time with this ink.
    ///
    /// What was painted last decides. Words under a picture are read, and so are words without ink on a picture: they are the
    /// words of a scan.
    pub(super) fn sees(
        &mut self,
        at: Point,
        order: usize,
        ink: Ink,
        clip: Option<&Rc<Clip>>,
    ) -> bool {
        if !self.page.contains(at) || !inside(clip, at, &mut self.work) {
            return false;
        }
        let (column, row) = self.cell(at);
        let mut through_glass = false;
        for number in self.cells[row * CELLS + column].iter().rev() {
            let mark = &self.marks[*number as usize];
            if self.work > MOST_WORK {
                break;
            }
            let holds = mark.area.holds(at, &mut self.work)
                && inside(mark.clip.as_ref(), at, &mut self.work);
            if !holds {
                continue;
            }
            return match (mark.kind, mark.order >= order) {
                (Kind::Glass, _) => {
                    through_glass = true;
                    continue;
                }
                (Kind::Picture, _) => true,
                (Kind::Cover(_), true) => false,
                (Kind::Cover(under), false) => shows(ink, under, through_glass),
            };
        }
        shows(ink, WHITE, through_glass)
    }
}

/// Whether a paint can be seen on this colour.
fn shows(ink: Ink, under: [f32; 3], through_glass: bool) -> bool {
    match ink {
        Ink::None => false,
        Ink::Colour(colour) => through_glass || differ(colour, under),
        Ink::Picture | Ink::Glass => true,
    }
}

impl Clip {
    pub(super) fn within(around: Option<Rc<Self>>, path: &ClipPath) -> Rc<Self> {
        Rc::new(Self {
            area: Area::of(&path.path, path.fill),
            around,
        })
    }

    /// The clipping path around this one.
    pub(super) fn around(&self) -> Option<Rc<Self>> {
        self.around.clone()
    }
}

fn inside(clip: Option<&Rc<Clip>>, at: Point, work: &mut u64) -> bool {
    let mut next = clip;
    while let Some(clip) = next {
        if !clip.area.holds(at, work) {
            return false;
        }
        next = clip.around.as_ref();
    }
    true
}

impl Area {
    fn of(path: &BezPath, rule: FillRule) -> Self {
        match upright(path) {
            Some(rect) => Self::Rect(rect),
            None => Self::Path(path.clone(), rule, path.bounding_box()),
        }
    }

    fn bounds(&self) -> Rect {
        match self {
            Self::Rect(bounds) | Self::Path(_, _, bounds) | Self::Line(_, _, bounds) => *bounds,
        }
    }

    fn holds(&self, at: Point, work: &mut u64) -> bool {
        *work += 1;
        if !self.bounds().contains(at) {
            return false;
        }
        match self {
            Self::Rect(_) => true,
            Self::Path(path, rule, _) => {
                *work += path.elements().len() as u64;
                match rule {
                    FillRule::NonZero => path.winding(at) != 0,
                    FillRule::EvenOdd => path.winding(at) % 2 != 0,
                }
            }
            Self::Line(path, half, _) => {
                *work += 10 * path.elements().len() as u64;
                let near = |part: PathSeg| part.nearest(at, 0.1).distance_sq <= half * half;
                path.segments().any(near)
            }
        }
    }
}

/// A path of four upright sides.
#[expect(
    clippy::float_cmp,
    reason = "a rectangle has equal coordinates exactly: they are copies of one number"
)]
fn upright(path: &BezPath) -> Option<Rect> {
    let mut points = Vec::with_capacity(4);
    for element in path.elements() {
        match element {
            PathEl::MoveTo(at) | PathEl::LineTo(at) if points.len() < 5 => points.push(*at),
            PathEl::ClosePath => {}
            _ => return None,
        }
    }
    if points.len() == 5 && points[4] == points[0] {
        points.pop();
    }
    let &[a, b, c, d] = points.as_slice() else {
        return None;
    };
    let sides = (a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y)
        || (a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x);
    sides.then(|| Rect::from_points(a, c))
}

/// What a paint is to an eye; `opacity` is that of the groups around it.
pub(super) fn ink(paint: &Paint<'_>, opacity: f32) -> Ink {
    match paint {
        Paint::Color(colour) => of_colour(colour, opacity),
        Paint::Pattern(_) => Ink::Picture,
    }
}

fn of_colour(colour: &Color, opacity: f32) -> Ink {
    let [red, green, blue, alpha] = colour.to_rgba().components();
    let alpha = alpha * opacity;
    if alpha < FAINTEST {
        Ink::None
    } else if alpha < OPAQUE {
        Ink::Glass
    } else {
        Ink::Colour([red, green, blue])
    }
}

fn differ(a: [f32; 3], b: [f32; 3]) -> bool {
    a.iter().zip(b).any(|(a, b)| (a - b).abs() > LEAST_CONTRAST)
}

const WHITE: [f32; 3] = [1.0; 3];

/// Fainter paint cannot be seen on paper.
const FAINTEST: f32 = 0.05;
/// From here on, nothing under the paint can be read.
const OPAQUE: f32 = 0.98;
/// A smaller difference in every colour cannot be seen: six steps of 255.
const LEAST_CONTRAST: f32 = 0.025;

/// Points. Thinner marks hide no letter.
const THINNEST: f64 = 0.5;

/// The page is divided into so many parts each way, so that few marks are looked at for a character.
const CELLS: usize = 32;

/// Steps for one page: a second. A page of a newspaper with a large map takes a fifth of it.
const MOST_WORK: u64 = 50_000_000;
