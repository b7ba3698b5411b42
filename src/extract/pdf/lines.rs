//! The lines of a page: characters are put together by where they stand, and not by the order in which they were drawn.

use super::accents;
use super::bidi::{self, Direction};
use super::glyphs::{DrawnLetters, Letter};
use hayro_interpret::kurbo::{Point, Vec2};

/// A character on its line. Lengths are in points, along and across the line.
#[derive(Debug, Clone)]
struct Cell {
    text: String,
    along: f64,
    across: f64,
    width: f64,
    size: f64,
    piece: usize,
    order: usize,
}

/// Characters on one height, from left to right.
#[derive(Debug)]
struct Stretch {
    cells: Vec<Cell>,
    /// Beginning, end, height above the edge of the page, size of most characters.
    from: f64,
    to: f64,
    across: f64,
    size: f64,
    /// When its first character was drawn.
    order: usize,
}

/// The words of a page, line by line.
pub(super) fn text(drawn: DrawnLetters) -> String {
    let around = bidi::direction(
        drawn.letters.iter().map(|letter| letter.text.as_str()),
        Direction::LeftToRight,
    );
    let letters = replaced(drawn);
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (along, letters) in by_direction(letters) {
        for line in lines_of(along, letters) {
            lines.push((line.order, written(&line, around)));
        }
    }
    lines.sort_by_key(|(order, _)| *order);
    let mut out = String::new();
    for (_, line) in lines {
        if !line.is_empty() {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// Where the file gives words in place of what is drawn, such as the letters of a joined shape, they count as one character.
/// A replacement of many characters, or of more than one line, is not taken: those words would not be seen.
fn replaced(drawn: DrawnLetters) -> Vec<(usize, Letter)> {
    let mut out: Vec<(usize, Letter)> = Vec::with_capacity(drawn.letters.len());
    let mut used = vec![false; drawn.replacements.len()];
    let mut letters = drawn.letters.into_iter().enumerate().peekable();
    while let Some((order, first)) = letters.next() {
        let Some(number) = first.instead else {
            out.push((order, first));
            continue;
        };
        let mut group = vec![(order, first)];
        while let Some(next) = letters.next_if(|(_, next)| next.instead == Some(number)) {
            group.push(next);
        }
        let words = &drawn.replacements[number];
        let again = std::mem::replace(&mut used[number], true);
        let one_line = group.iter().all(|(_, letter)| on_line(&group[0].1, letter));
        if !again && one_line && words.chars().count() <= MOST_FOR_ONE * group.len() {
            out.push((order, joined(&group, words)));
        } else {
            out.extend(group);
        }
    }
    out
}

fn on_line(first: &Letter, letter: &Letter) -> bool {
    let (between, along) = (letter.at - first.at, first.along);
    along.dot(letter.along) > SAME_DIRECTION && along.cross(between).abs() < 0.5 * first.size
}

/// One character in place of some.
fn joined(group: &[(usize, Letter)], words: &str) -> Letter {
    let first = &group[0].1;
    let reach = |letter: &Letter| {
        let from = first.along.dot(letter.at - first.at);
        (from, from + letter.width)
    };
    let (mut from, mut to) = (0.0_f64, 0.0_f64);
    for (_, letter) in group {
        let (left, right) = reach(letter);
        (from, to) = (from.min(left), to.max(right));
    }
    Letter {
        text: words.to_owned(),
        at: first.at + first.along * from,
        width: to - from,
        ..first.clone()
    }
}

/// Characters whose lines have nearly the same direction.
fn by_direction(letters: Vec<(usize, Letter)>) -> Vec<(Vec2, Vec<(usize, Letter)>)> {
    let mut out: Vec<(Vec2, Vec<(usize, Letter)>)> = Vec::new();
    for (order, letter) in letters {
        let found = out
            .iter_mut()
            .rev()
            .take(MOST_DIRECTIONS)
            .find(|(along, _)| along.dot(letter.along) > SAME_DIRECTION);
        match found {
            Some((_, of)) => of.push((order, letter)),
            None => out.push((letter.along, vec![(order, letter)])),
        }
    }
    out
}

fn lines_of(along: Vec2, letters: Vec<(usize, Letter)>) -> Vec<Stretch> {
    let place = |at: Point| (along.dot(at.to_vec2()), along.cross(at.to_vec2()));
    let (mut cells, mut marks) = (Vec::new(), Vec::new());
    for (order, letter) in letters {
        let (mut from, across) = place(letter.at);
        let mark = letter.text.chars().all(accents::is_mark);
        if mark {
            from = place(letter.middle).0;
        }
        let cell = Cell {
            text: letter.text,
            along: from,
            across,
            width: letter.width.max(0.0),
            size: letter.size,
            piece: letter.piece,
            order,
        };
        if mark {
            marks.push(cell);
        } else {
            cells.push(cell);
        }
    }
    put_marks(&mut cells, marks);
    let mut stretches = Vec::new();
    for height in by_height(cells) {
        stretches.extend(apart(height));
    }
    attached(stretches)
}

/// Puts each mark on the letter that it is drawn over, among those drawn shortly before or after; else it stays alone.
fn put_marks(cells: &mut Vec<Cell>, marks: Vec<Cell>) {
    let mut alone = Vec::new();
    for mark in marks {
        let near = cells.partition_point(|cell| cell.order + NEAR < mark.order);
        let letter = cells[near..]
            .iter_mut()
            .take_while(|cell| cell.order <= mark.order + NEAR)
            .filter(|cell| cell.text.chars().any(char::is_alphabetic))
            .filter(|cell| (cell.across - mark.across).abs() < mark.size)
            .map(|cell| ((cell.along + cell.width / 2.0 - mark.along).abs(), cell))
            .filter(|(off, cell)| *off <= cell.width / 2.0 + 0.05 * cell.size)
            .min_by(|(a, _), (b, _)| a.total_cmp(b));
        match letter {
            Some((_, letter)) => accents::put_on(&mut letter.text, &mark.text),
            None => alone.push(mark),
        }
    }
    cells.extend(alone);
}

/// Characters on the same height. Raised and lowered ones are on another.
fn by_height(mut cells: Vec<Cell>) -> Vec<Vec<Cell>> {
    cells.sort_by(|a, b| b.across.total_cmp(&a.across));
    let mut out: Vec<Vec<Cell>> = Vec::new();
    for cell in cells {
        match out.last_mut() {
            Some(height)
                if height[0].across - cell.across <= LEVEL * height[0].size.min(cell.size) =>
            {
                height.push(cell);
            }
            _ => out.push(vec![cell]),
        }
    }
    out
}

/// Divides a height where a gap is wide and the two sides were not drawn one after the other: columns, margins.
fn apart(mut cells: Vec<Cell>) -> Vec<Stretch> {
    cells.sort_by(|a, b| a.along.total_cmp(&b.along).then(a.order.cmp(&b.order)));
    let mut out: Vec<Vec<Cell>> = Vec::new();
    let mut to = f64::NEG_INFINITY;
    for cell in cells {
        let end = cell.along + cell.width;
        let joins = out
            .last()
            .and_then(|stretch| stretch.last())
            .is_some_and(|before| {
                let gap = (cell.along - to) / cell.size.min(before.size);
                let between = cell.piece.abs_diff(before.piece);
                gap <= WIDE || between <= 1 || between == 2 && gap <= 2.0
            });
        if !joins {
            out.push(vec![cell]);
            to = end;
            continue;
        }
        let stretch = out.last_mut().expect("joined to it");
        if !drawn_twice(stretch, &cell) {
            stretch.push(cell);
        }
        to = to.max(end);
    }
    out.into_iter().filter_map(Stretch::of).collect()
}

/// Some writers draw bold letters by drawing them twice, a little apart.
fn drawn_twice(stretch: &[Cell], cell: &Cell) -> bool {
    let near = |before: &&Cell| cell.along - before.along < TWICE * cell.size;
    let mut same = stretch.iter().rev().take_while(near);
    same.any(|before| before.text == cell.text && before.order != cell.order)
}

impl Stretch {
    fn of(cells: Vec<Cell>) -> Option<Self> {
        let first = cells.first()?;
        let size = cells.iter().map(|cell| cell.size).fold(0.0, f64::max);
        Some(Self {
            from: first.along,
            to: cells
                .iter()
                .map(|cell| cell.along + cell.width)
                .fold(first.along, f64::max),
            across: first.across,
            size,
            order: cells.iter().map(|cell| cell.order).min()?,
            cells,
        })
    }

    /// Whether a stretch is a part of this line, although on another height: a raised or lowered figure, or a word that a
    /// scan shows a little higher. It stands beside or between the characters of the line, and over none.
    fn takes(&self, other: &Self) -> bool {
        let size = self.size;
        let up = other.across - self.across;
        let small = other.size <= 0.9 * size && up > -0.6 * size && up < 0.9 * size;
        let uneven =
            other.size >= 0.8 * size && other.size <= 1.25 * size && up.abs() <= 0.35 * size;
        if !small && !uneven {
            return false;
        }
        let slack = 0.1 * other.size;
        let (from, to) = (other.from + slack, other.to - slack);
        let right = self.cells.partition_point(|cell| cell.along < to);
        let before = self.cells[..right].iter().rev();
        let mut before = before
            .filter(|cell| !cell.text.trim().is_empty())
            .take(NEAR);
        let end = before
            .clone()
            .map(|cell| cell.along + cell.width)
            .fold(f64::NEG_INFINITY, f64::max);
        if end > from {
            return false;
        }
        let next = self.cells[right..]
            .iter()
            .find(|cell| !cell.text.trim().is_empty());
        let close = |gap: f64, beside: Option<&Cell>| {
            let drawn_next = |beside: &Cell| {
                let mut cells = other.cells.iter();
                cells.any(|cell| cell.piece.abs_diff(beside.piece) <= 1)
            };
            gap <= 0.4 * size || uneven && gap <= 2.0 * size && beside.is_some_and(drawn_next)
        };
        close(other.from - end, before.next())
            || next.is_some_and(|next| close(next.along - other.to, Some(next)))
    }
}

/// Puts raised and lowered figures into their lines. The larger line takes the smaller one, the longer the shorter.
fn attached(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by(|a, b| b.across.total_cmp(&a.across));
    let mut gone = vec![false; stretches.len()];
    let mut by_size: Vec<usize> = (0..stretches.len()).collect();
    by_size.sort_by(|a, b| {
        let (a, b) = (&stretches[*a], &stretches[*b]);
        a.size
            .total_cmp(&b.size)
            .then(a.cells.len().cmp(&b.cells.len()))
            .then(b.order.cmp(&a.order))
    });
    for at in by_size {
        let near = |other: &usize| {
            (stretches[*other].across - stretches[at].across).abs() <= stretches[*other].size
        };
        let above = (0..at).rev().take(NEARBY);
        let below = (at + 1..stretches.len()).take(NEARBY);
        let line = above
            .chain(below)
            .filter(|other| !gone[*other])
            .filter(near)
            .find(|other| {
                let (line, part) = (&stretches[*other], &stretches[at]);
                let larger = (line.size, line.cells.len(), part.order)
                    > (part.size, part.cells.len(), line.order);
                larger && line.takes(part)
            });
        if let Some(line) = line {
            gone[at] = true;
            let part = std::mem::take(&mut stretches[at].cells);
            let (from, to, order) = (stretches[at].from, stretches[at].to, stretches[at].order);
            let line = &mut stretches[line];
            line.cells.extend(part);
            line.cells
                .sort_by(|a, b| a.along.total_cmp(&b.along).then(a.order.cmp(&b.order)));
            (line.from, line.to) = (line.from.min(from), line.to.max(to));
            line.order = line.order.min(order);
        }
    }
    let kept = stretches.into_iter().zip(gone);
    kept.filter(|(_, gone)| !gone)
        .map(|(stretch, _)| stretch)
        .collect()
}

/// The words of a line: a space where there is a gap, and around what is raised or lowered.
fn written(line: &Stretch, around: Direction) -> String {
    let spacing = Spacing::of(&line.cells);
    let mut parts: Vec<String> = Vec::with_capacity(line.cells.len());
    let mut before: Option<&Cell> = None;
    let mut space = false;
    for cell in &line.cells {
        if cell.text.trim().is_empty() {
            space = true;
            continue;
        }
        if let Some(before) = before
            && (space || spacing.divides(before, cell))
        {
            parts.push(" ".to_owned());
        }
        parts.push(cell.text.trim().to_owned());
        before = Some(cell);
        space = false;
    }
    bidi::read(&parts, around)
}

/// How far the letters of a line are from each other.
struct Spacing {
    /// The gap between letters of a word, in parts of their size, where a writer has spaced the letters.
    letters: f64,
    /// Whether words are divided by characters for spaces, so that gaps need not divide them.
    has_spaces: bool,
}

impl Spacing {
    fn of(cells: &[Cell]) -> Self {
        let has_spaces = cells.iter().any(|cell| cell.text.trim().is_empty());
        let pairs = cells.iter().zip(cells.iter().skip(1));
        let letter = |cell: &Cell| cell.text.chars().all(char::is_alphabetic);
        let gaps: Vec<f64> = pairs
            .filter(|(a, b)| letter(a) && letter(b) && level(a, b))
            .map(|(a, b)| gap(a, b))
            .collect();
        let least = gaps.iter().copied().fold(f64::INFINITY, f64::min);
        let widest = gaps.iter().copied().fold(0.0, f64::max);
        let sure = has_spaces || least <= 0.2 || widest >= least + 0.25;
        let spaced = gaps.len() >= 3 && least > 0.0 && least <= 1.0 && sure;
        Self {
            letters: if spaced { least } else { 0.0 },
            has_spaces,
        }
    }

    fn divides(&self, a: &Cell, b: &Cell) -> bool {
        if !level(a, b) {
            return true;
        }
        let ideographs = ends(a, b).is_some_and(|(a, b)| ideograph(a) || ideograph(b));
        let numbers = ends(a, b).is_some_and(|(a, b)| a.is_numeric() && b.is_numeric());
        let spaced = if numbers && !self.has_spaces {
            0.0
        } else {
            self.letters
        };
        if numbers && a.piece != b.piece && (gap(a, b) - spaced).abs() > EXACTLY {
            return true;
        }
        gap(a, b) > spaced + if ideographs { 0.5 } else { SPACE }
    }
}

fn level(a: &Cell, b: &Cell) -> bool {
    (a.across - b.across).abs() <= LEVEL * a.size.min(b.size)
}

/// The gap between two neighbours, in parts of their size.
fn gap(a: &Cell, b: &Cell) -> f64 {
    (b.along - a.along - a.width) / a.size.min(b.size)
}

fn ends(a: &Cell, b: &Cell) -> Option<(char, char)> {
    Some((a.text.chars().next_back()?, b.text.chars().next()?))
}

/// Scripts that are written without spaces between words, in wide characters.
fn ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}')
}

/// A gap of this part of the size divides words. A space is a quarter of the size; a justified line may narrow it by a third.
const SPACE: f64 = 0.15;
/// Figures that were not drawn together are one number only if the second begins where the first ends, up to this part of
/// the size: the cells of a table may touch.
const EXACTLY: f64 = 0.02;
/// Characters are on one height if they differ by no more than this part of their size.
const LEVEL: f64 = 0.1;
/// A gap of this part of the size may be one between columns.
const WIDE: f64 = 0.6;
/// A letter that is drawn twice is drawn no further away than this part of its size.
const TWICE: f64 = 0.12;
/// The cosine of about one degree.
const SAME_DIRECTION: f64 = 0.999_8;
/// More directions than these are not kept together: text along a curve.
const MOST_DIRECTIONS: usize = 16;
/// An Arabic phrase that is one shape stands for 18 characters.
const MOST_FOR_ONE: usize = 18;
/// A mark is drawn at most so many characters before or after its letter.
const NEAR: usize = 8;
/// A raised figure is looked for in so many lines above and below.
const NEARBY: usize = 64;
