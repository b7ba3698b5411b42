//! What of a page is displayed, and how, as far as its markup alone tells: the standard's own style sheet (HTML
//! Standard, 15.3), the attributes `hidden`, `open` and `popover`, and the declarations of `style` attributes. Style
//! sheets and scripts are not looked at.

use super::style::Style;
use super::tree::{Element, KeptAttribute};
use crate::extract::lines::Shift;
use html5ever::ns;

/// How an element is displayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// It is not, and nothing in it.
    None,
    /// Within a line.
    Inline,
    /// Within a line, apart from the words around it: a button, a picture.
    Gap,
    /// It begins and ends a line.
    Block,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
}

/// What an element does to the words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// How it is displayed.
    pub display: Display,
    /// Whether its words are visible; `None` as in the element around it.
    pub visible: Option<bool>,
    /// Whether its words are raised or lowered.
    pub shift: Option<Shift>,
    /// Whether white space in it is kept; `None` as in the element around it.
    pub pre: Option<bool>,
}

/// What an element does to the words in it. `position` is its place among the elements of `parent`, the name of the
/// element around it.
pub fn shown(element: &Element, parent: &str, position: u64) -> Shown {
    let name: &str = &element.name.local;
    let style = element
        .attribute(KeptAttribute::Style)
        .map(Style::parse)
        .unwrap_or_default();
    let own = match &element.name.ns {
        n if *n == ns!(svg) => Display::None,
        n if *n == ns!(mathml) => of_mathematics(name),
        _ => by_the_standard(name),
    };
    let hidden = element
        .attribute(KeptAttribute::Hidden)
        .is_some_and(|how| !how.eq_ignore_ascii_case("until-found"));
    let closed = element.attribute(KeptAttribute::Popover).is_some()
        || name == "dialog" && element.attribute(KeptAttribute::Open).is_none();
    // A declaration in a `style` attribute is stronger than the standard's style sheet; but elements whose content is data
    // or code never become words.
    let display = match style.display.as_deref().and_then(declared) {
        _ if NEVER_WORDS.contains(&name) || own == Display::None && element.name.ns == ns!(svg) => {
            Display::None
        }
        Some(declared) => declared,
        None if hidden || closed => Display::None,
        None => own,
    };
    Shown {
        display: if style.content_visibility.as_deref() == Some("hidden") {
            Display::None
        } else {
            display
        },
        visible: match style.visibility.as_deref() {
            Some("hidden" | "collapse") => Some(false),
            Some("visible" | "initial") => Some(true),
            _ => None,
        },
        shift: shift(name, style.vertical_align.as_deref(), parent, position),
        pre: match (style.white_space.as_deref(), name) {
            (Some("normal" | "nowrap"), _) => Some(false),
            (Some("pre" | "pre-wrap" | "pre-line" | "break-spaces"), _)
            | (_, "pre" | "listing" | "xmp" | "plaintext") => Some(true),
            _ => None,
        },
    }
}

fn shift(name: &str, aligned: Option<&str>, parent: &str, position: u64) -> Option<Shift> {
    match (aligned, parent, position) {
        (Some("baseline"), ..) => None,
        (Some("sub"), ..) => Some(Shift::Lowered),
        // MathML Core, 3.4: the second and third child are scripts of the first.
        (Some("super"), ..) | (_, "msup" | "mover", 1) | (_, "msubsup" | "munderover", 2) => {
            Some(Shift::Raised)
        }
        (_, "msub" | "munder" | "msubsup" | "munderover", 1) => Some(Shift::Lowered),
        _ => match name {
            "sup" => Some(Shift::Raised),
            "sub" => Some(Shift::Lowered),
            _ => None,
        },
    }
}

/// A value of `display`; `None` if it leaves things as they are.
fn declared(value: &str) -> Option<Display> {
    Some(match value {
        "none" | "table-column" | "table-column-group" => Display::None,
        "table-row" => Display::Row,
        "table-cell" => Display::Cell,
        "initial" | "unset" | "contents" => Display::Inline,
        "inherit" | "revert" | "revert-layer" | "ruby-text" | "ruby-base" => return None,
        inline if inline.contains("inline") || matches!(inline, "ruby" | "math" | "run-in") => {
            Display::Inline
        }
        _ => Display::Block,
    })
}

fn by_the_standard(name: &str) -> Display {
    match name {
        "tr" => Display::Row,
        "td" | "th" => Display::Cell,
        "button" | "img" | "input" | "meter" | "progress" => Display::Gap,
        _ if NOT_DISPLAYED.contains(&name) || NEVER_WORDS.contains(&name) => Display::None,
        _ if BLOCKS.contains(&name) => Display::Block,
        _ => Display::Inline,
    }
}

fn of_mathematics(name: &str) -> Display {
    match name {
        "annotation" | "annotation-xml" | "maction" => Display::None,
        "mtable" => Display::Block,
        "mtr" => Display::Row,
        "mtd" => Display::Cell,
        _ => Display::Inline,
    }
}

/// Elements whose content is code, data or a picture, or what a person may type or choose.
const NEVER_WORDS: &[&str] = &[
    "audio", "canvas", "datalist", "embed", "iframe", "noembed", "noframes", "noscript", "object",
    "script", "select", "style", "template", "textarea", "video",
];

/// Elements that the standard's style sheet does not display.
const NOT_DISPLAYED: &[&str] = &[
    "area", "base", "basefont", "col", "colgroup", "head", "link", "meta", "param", "rp", "source",
    "title", "track",
];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "ul",
    "xmp",
];
