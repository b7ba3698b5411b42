//! The words in a box: what it is; who published it, its title and date; what is to be known besides.

use super::canvas::{Inscription, Style};
use super::scene::{Card, SceneBox};
use super::text::{is_right_to_left, shown, wrap_most};

/// A line in a box, with the number that stands before it, if any.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BoxLine {
    pub style: Style,
    pub number: String,
    pub words: String,
    pub right_to_left: bool,
}

/// The height of a box that holds its words.
pub(crate) fn height(node: &SceneBox) -> f64 {
    f64::from(u32::try_from(lines(node).len()).unwrap_or(u32::MAX)) * LINE + 2.0 * PAD
}

/// The lines of a box.
pub(crate) fn lines(node: &SceneBox) -> Vec<BoxLine> {
    let mut lines = Vec::new();
    put(&mut lines, Style::Small, &node.heading, ALL);
    put(&mut lines, Style::Plain, &node.words, CLAIM_LINES);
    let single = node.origins == 1;
    let mut cards = &node.cards[..];
    if let ([card, others @ ..], true) = (cards, single) {
        put(
            &mut lines,
            Style::Strong,
            &shown(&card.publisher),
            NAME_LINES,
        );
        put(&mut lines, Style::Plain, &shown(&card.title), TITLE_LINES);
        let published = card.published.as_ref();
        let date = published.map_or("undated".to_owned(), |date| format!("published {date}"));
        put(&mut lines, Style::Small, &date, ALL);
        cards = others;
    }
    if let Some(carries) = node.carries {
        put(&mut lines, Style::Strong, carries, ALL);
    }
    for remark in &node.remarks {
        put(&mut lines, Style::Small, remark, ALL);
    }
    list(&mut lines, cards, if single { FEW } else { MORE });
    lines
}

/// The first of `cards`, a line each, and how many more there are.
fn list(lines: &mut Vec<BoxLine>, cards: &[Card], most: usize) {
    // "and 1 more" takes the room of the one
    let most = if cards.len() == most + 1 {
        most + 1
    } else {
        most
    };
    for card in cards.iter().take(most) {
        let dated = card.published.as_ref();
        let dated = dated.map_or(String::new(), |date| format!(", {date}"));
        let words = format!("{}{dated}", shown(&card.publisher));
        let room = Style::Small.room(WIDTH - NUMBER);
        let right_to_left = is_right_to_left(&words);
        let words = wrap_most(&words, room, 1).pop().unwrap_or_default();
        lines.push(BoxLine {
            style: Style::Small,
            number: card.number.clone(),
            words,
            right_to_left,
        });
    }
    if cards.len() > most {
        let words = format!("and {} more", cards.len() - most);
        put(lines, Style::Small, &words, ALL);
    }
}

fn put(lines: &mut Vec<BoxLine>, style: Style, text: &str, most: usize) {
    let wrapped = wrap_most(text, style.room(WIDTH), most);
    lines.extend(wrapped.into_iter().map(|words| BoxLine {
        style,
        number: String::new(),
        words,
        right_to_left: is_right_to_left(text),
    }));
}

/// The lines of a box at their places, in a box that begins at (`left`, `top`) and is `height` high.
pub(crate) fn texts(node: &SceneBox, left: f64, top: f64, height: f64) -> Vec<Inscription> {
    let lines = lines(node);
    let used = f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX)) * LINE;
    let mut baseline = top + (height - used) / 2.0 + 13.0;
    let mut texts = Vec::new();
    for line in lines {
        let (mut begin, end) = (left + PAD, left + BOX - PAD);
        if !line.number.is_empty() {
            texts.push(Inscription::at(begin, baseline, line.style, &line.number));
            begin += NUMBER;
        }
        texts.push(Inscription {
            left: begin,
            right: end,
            baseline,
            style: line.style,
            words: line.words,
            right_to_left: line.right_to_left,
        });
        baseline += LINE;
    }
    texts
}

/// The room for words in a box.
const WIDTH: f64 = BOX - 2.0 * PAD;
/// The room for a number of four digits before a name.
const NUMBER: f64 = 44.0;
const ALL: usize = usize::MAX;
/// A longer claim stands whole in the drawing's title.
const CLAIM_LINES: usize = 14;
const NAME_LINES: usize = 2;
/// A longer title is shown whole where a pointer is over the box.
const TITLE_LINES: usize = 4;
/// So many copies are named.
const FEW: usize = 3;
/// So many sources are named in a box of several origins.
const MORE: usize = 6;

/// The width of a box, in pixels.
pub(crate) const BOX: f64 = 240.0;

/// The height of a line of text.
pub(crate) const LINE: f64 = 17.0;

/// The room between a box's edge and its text.
pub(crate) const PAD: f64 = 10.0;
