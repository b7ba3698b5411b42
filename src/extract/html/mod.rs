//! The words of an HTML page as a person reads them, in document order. docs/extraction.md says what counts as shown.
//!
//! The tree is the one of the HTML Standard (html5ever), so that an element ends where a browser ends it. Its cost grows
//! with the square of hostile nesting; therefore the clock is checked between small pieces, and the nodes are counted.

pub mod markup;
mod shown;
mod style;
mod tree;

use super::lines::{Shift, ShiftStart, TextLines};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink as _;
use html5ever::tendril::StrTendril;
use html5ever::{ParseOpts, TokenizerResult, ns};
use shown::{Display, shown};
use std::time::{Duration, Instant};
use tree::{NodeNumber, Nodes, PageTree, What};
use xml5ever::driver::XmlParseOpts;

/// Name and revision of the rules below, on the trees of html5ever and xml5ever. The revision rises whenever any output
/// changes; a test holds outputs.
pub const EXTRACTOR: &str = "claimledger-html 2";

/// A page of the largest size takes a few seconds; a page built to take longer is given up.
pub const TIME: Duration = Duration::from_secs(30);

/// What was found in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// Its words: a line for each block, a tab between cells.
    pub text: String,
    /// The encoding that a `meta` element declares anywhere in it (HTML Standard, 13.2.3.4).
    pub declared: Option<String>,
}

/// The words of a page. `xhtml` says that it is XML. Gives up after `time`.
pub fn text(page: &str, xhtml: bool, time: Duration) -> Result<PageText, String> {
    let until = Instant::now() + time;
    let (nodes, declared) = if xhtml {
        (xml_tree(page, until, time)?, None)
    } else {
        html_tree(PageTree::new(), page, until, time)?
    };
    Ok(PageText {
        text: words(&nodes, until, time)?,
        declared,
    })
}

fn html_tree(
    empty: PageTree,
    page: &str,
    until: Instant,
    time: Duration,
) -> Result<(Nodes, Option<String>), String> {
    let parser = html5ever::parse_document(empty, ParseOpts::default());
    let tree = &parser.tokenizer.sink.sink;
    let mut declared = None;
    feed(page, until, time, tree, |queue| {
        match parser.tokenizer.feed(queue) {
            TokenizerResult::EncodingIndicator(label) => {
                declared.get_or_insert_with(|| label.to_string());
            }
            TokenizerResult::Script(_) => {}
            TokenizerResult::Done => return true,
        }
        false
    })?;
    parser.tokenizer.end();
    Ok((parser.tokenizer.sink.sink.finish(), declared))
}

fn xml_tree(page: &str, until: Instant, time: Duration) -> Result<Nodes, String> {
    let parser = xml5ever::driver::parse_document(PageTree::new(), XmlParseOpts::default());
    let tree = &parser.tokenizer.sink.sink;
    feed(page, until, time, tree, |queue| {
        matches!(parser.tokenizer.feed(queue), TokenizerResult::Done)
    })?;
    parser.tokenizer.end();
    Ok(parser.tokenizer.sink.sink.finish())
}

/// Feeds a page in small pieces; `feed` takes what is in the queue and says whether all of it was taken.
fn feed(
    page: &str,
    until: Instant,
    time: Duration,
    tree: &PageTree,
    mut feed: impl FnMut(&BufferQueue) -> bool,
) -> Result<(), String> {
    let queue = BufferQueue::default();
    let mut rest = page;
    while !rest.is_empty() {
        check(until, time)?;
        if tree.is_full() {
            return Err("it has more elements than a page can have here".to_owned());
        }
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES));
        queue.push_back(StrTendril::from_slice(piece));
        while !feed(&queue) {}
        rest = after;
    }
    Ok(())
}

fn check(until: Instant, time: Duration) -> Result<(), String> {
    if Instant::now() < until {
        return Ok(());
    }
    Err(format!(
        "its text could not be taken out within {} seconds",
        time.as_secs()
    ))
}

/// An element that is being read.
struct Open {
    name: String,
    display: Display,
    visible: bool,
    pre: bool,
    shift: Option<(ShiftStart, Shift)>,
    /// The next node in it.
    next: NodeNumber,
    /// How many elements of it were read, and how many of its cells.
    elements: u64,
    cells: u64,
}

fn words(nodes: &Nodes, until: Instant, time: Duration) -> Result<String, String> {
    let mut lines = TextLines::default();
    let mut titled = false;
    let mut open = vec![Open {
        name: String::new(),
        display: Display::Block,
        visible: true,
        pre: false,
        shift: None,
        next: nodes[tree::DOCUMENT as usize].first,
        elements: 0,
        cells: 0,
    }];
    let mut read: u64 = 0;
    while let Some(inside) = open.last_mut() {
        let Some(node) = nodes.get(inside.next as usize) else {
            let closed = open.pop().expect("it is the last one");
            end(&mut lines, &closed);
            continue;
        };
        let first = nodes.get(node.first as usize);
        read += 1;
        if read.is_multiple_of(NODES_BETWEEN_CHECKS) {
            check(until, time)?;
        }
        inside.next = node.next;
        match &node.what {
            What::Other => {}
            What::Text(words) if !inside.visible => {
                // Invisible words keep their room.
                if !words.is_empty() {
                    lines.words(" ");
                }
            }
            What::Text(words) if inside.pre => lines.verbatim(words),
            What::Text(words) => lines.words(words),
            What::Element(element) => {
                let name = &*element.name.local;
                let position = inside.elements;
                inside.elements += 1;
                // The title is what the tab shows; a head shows nothing else.
                let html = element.name.ns == ns!(html) || element.name.ns == ns!();
                let mut shown = shown(element, &inside.name, position);
                if html && name == "title" && !titled {
                    titled = true;
                    shown.display = Display::Block;
                } else if html && name == "head" {
                    shown.display = Display::Block;
                } else if inside.name == "head" {
                    continue;
                }
                if shown.display == Display::None {
                    continue;
                }
                if inside.name == "mfrac" && position == 1 {
                    lines.words("/");
                }
                begin(&mut lines, shown.display, &mut inside.cells);
                let visible = shown.visible.unwrap_or(inside.visible);
                let pre = shown.pre.unwrap_or(inside.pre);
                if html && name == "rt" && visible {
                    lines.words("(");
                }
                let shift = shown.shift.filter(|_| visible);
                let shift = shift.map(|shift| (lines.begin_shift(), shift));
                // The first line feed in a `pre` is not shown: the parser has taken it away.
                open.push(Open {
                    name: name.to_owned(),
                    display: shown.display,
                    visible,
                    pre,
                    shift,
                    next: first.map_or(tree::NONE, |_| node.first),
                    elements: 0,
                    cells: 0,
                });
            }
        }
    }
    Ok(lines.finish())
}

fn begin(lines: &mut TextLines, display: Display, cells: &mut u64) {
    match display {
        Display::None | Display::Inline => {}
        Display::Gap => lines.gap(),
        Display::Block => lines.end_line(),
        Display::Row => lines.begin_row(),
        Display::Cell => {
            lines.begin_cell(*cells == 0);
            *cells += 1;
        }
    }
}

fn end(lines: &mut TextLines, closed: &Open) {
    if let Some((start, shift)) = closed.shift {
        lines.end_shift(start, shift);
    }
    if closed.name == "rt" && closed.visible {
        lines.words(")");
    }
    match closed.display {
        Display::None | Display::Inline | Display::Cell => {}
        Display::Gap => lines.gap(),
        Display::Block => lines.end_line(),
        Display::Row => lines.end_row(),
    }
}

/// The size of a piece for the parser: the clock and the tree are checked between pieces. A dozen tags can make a million
/// nodes, if many formatting elements are open.
const PIECE_BYTES: usize = 128;

/// Reading this many nodes takes some milliseconds.
const NODES_BETWEEN_CHECKS: u64 = 10_000;
