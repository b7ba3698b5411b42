//! The readable text of an HTML page, in document order.
//!
//! This uses only the tokenizer of the standard, not its tree: the cost of a tree grows with the square of hostile
//! nesting, and the tokens already have the order in which people read.

use crate::text::words::character_before;
use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;
use std::time::{Duration, Instant};

/// Name and revision of the rules below, on the tokens of html5ever. The revision rises whenever any output changes; a test
/// holds outputs.
pub const EXTRACTOR: &str = "claimledger-html 1";

/// A page of the largest size takes a few seconds; a page built to take longer is given up.
pub const TIME: Duration = Duration::from_secs(30);

/// The text of a page: without scripts, styles and hidden elements, with entities decoded, white space as displayed,
/// and a line for each block. `xhtml` says that `<script/>` is a complete element. Gives up after `time`.
pub fn text(page: &str, xhtml: bool, time: Duration) -> Result<String, String> {
    let until = Instant::now() + time;
    let sink = Sink(RefCell::new(Lines {
        xhtml,
        ..Lines::default()
    }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut rest = page;
    while !rest.is_empty() {
        if Instant::now() >= until {
            return Err(format!(
                "its text could not be taken out within {} seconds",
                time.as_secs()
            ));
        }
        let (piece, after) = rest.split_at(character_before(rest, PIECE_BYTES));
        queue.push_back(StrTendril::from_slice(piece));
        let _ = tokenizer.feed(&queue);
        rest = after;
    }
    tokenizer.end();
    Ok(tokenizer.sink.0.into_inner().finish())
}

/// The encoding that a page declares in its first bytes: `<meta charset=…>`, its older form, or an XML declaration.
/// UTF-16 cannot be declared in this way and is read as UTF-8 (HTML Standard, 13.2.3.2).
pub fn declared_charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let lower = head.to_ascii_lowercase();
    let find = |word: &[u8], from: usize| {
        lower[from..]
            .windows(word.len())
            .position(|w| w == word)
            .map(|at| from + at + word.len())
    };
    let value = if lower.starts_with(b"<?xml") {
        let end = find(b"?>", 0)?;
        find(b"encoding", 0).filter(|at| *at < end)
    } else {
        let mut from = 0;
        loop {
            let meta = find(b"<meta", from)?;
            let end = find(b">", meta)?;
            match find(b"charset", meta).filter(|at| *at < end) {
                Some(at) => break Some(at),
                None => from = end,
            }
        }
    }?;
    let named = head[value..]
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let named = named
        .strip_prefix(b"\"")
        .or(named.strip_prefix(b"'"))
        .unwrap_or(named);
    let length = named
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || b"-_.:+".contains(b)))
        .unwrap_or(named.len());
    let label = std::str::from_utf8(&named[..length]).ok()?;
    match label.to_ascii_lowercase().as_str() {
        "" => None,
        "utf-16" | "utf-16le" | "utf-16be" => Some("utf-8"),
        _ => Some(label),
    }
}

struct Sink(RefCell<Lines>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut lines = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(words) => lines.words(&words),
            Token::TagToken(tag) => return lines.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// An element whose content is not displayed.
struct Skipped {
    name: String,
    /// Elements of the same name open inside it, itself included.
    depth: u64,
    /// Its words: an element that never ends hides nothing.
    words: String,
}

#[derive(Default)]
struct Lines {
    xhtml: bool,
    text: String,
    line: String,
    /// White space was read; it belongs before the next word of the same line.
    space: bool,
    /// Open `<pre>` elements.
    pre: u64,
    skipped: Option<Skipped>,
}

impl Lines {
    fn words(&mut self, words: &str) {
        if let Some(skipped) = &mut self.skipped {
            skipped.words.push_str(words);
            return;
        }
        for c in words.chars() {
            match c {
                '\n' if self.pre > 0 => self.end_line(),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' if self.pre == 0 => self.space = true,
                _ => {
                    if std::mem::take(&mut self.space) && !self.line.is_empty() {
                        self.line.push(' ');
                    }
                    self.line.push(c);
                }
            }
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim_end_matches([' ', '\t']);
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.line.clear();
        self.space = false;
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let start = tag.kind == TagKind::StartTag;
        let whole = tag.self_closing && (self.xhtml || matches!(name, "svg" | "math"));
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name && !whole {
                skipped.depth = if start {
                    skipped.depth + 1
                } else {
                    skipped.depth - 1
                };
                if skipped.depth == 0 {
                    self.skipped = None;
                }
            } else {
                skipped.words.push(' ');
            }
        } else if start && !whole && is_skipped(name, &tag.attrs) {
            self.skipped = Some(Skipped {
                name: name.to_owned(),
                depth: 1,
                words: String::new(),
            });
        }
        self.shape(name, start);
        if !start || whole {
            return TokenSinkResult::Continue;
        }
        match name {
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    /// The effect of a tag on the lines; none inside a skipped element.
    fn shape(&mut self, name: &str, start: bool) {
        if self.skipped.is_some() {
            return;
        }
        match name {
            "pre" | "listing" => {
                self.end_line();
                self.pre = if start {
                    self.pre + 1
                } else {
                    self.pre.saturating_sub(1)
                };
            }
            "td" | "th" if start && !self.line.is_empty() => {
                self.space = false;
                self.line.push('\t');
            }
            _ if BLOCKS.contains(&name) => self.end_line(),
            _ => {}
        }
    }

    fn finish(mut self) -> String {
        if let Some(skipped) = self.skipped.take()
            && !CODE.contains(&skipped.name.as_str())
        {
            self.end_line();
            self.words(&skipped.words);
        }
        self.end_line();
        self.text
    }
}

/// Never displayed, or hidden by its attributes. Elements whose end tag may be left out count as displayed, because
/// the tokens do not show where they end.
fn is_skipped(name: &str, attributes: &[Attribute]) -> bool {
    SKIPPED.contains(&name)
        || !OPEN_ENDED.contains(&name)
            && attributes
                .iter()
                .any(|attribute| match &*attribute.name.local {
                    "hidden" => true,
                    "style" => {
                        let style = attribute.value.to_ascii_lowercase();
                        let style: String = style.split_ascii_whitespace().collect();
                        style.contains("display:none") || style.contains("visibility:hidden")
                    }
                    _ => false,
                })
}

/// Elements whose content is not displayed as text.
const SKIPPED: &[&str] = &[
    "audio", "canvas", "datalist", "iframe", "noembed", "noframes", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "video",
];

/// Those of them that are never text, with or without an end tag.
const CODE: &[&str] = &[
    "iframe", "noembed", "noframes", "script", "style", "textarea",
];

/// Elements without an end tag, or whose end tag may be left out; and the page itself.
const OPEN_ENDED: &[&str] = &[
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
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
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
];

/// The size of a piece for the tokenizer: the clock is checked between pieces.
const PIECE_BYTES: usize = 4 * 1024;

/// Where to look for a declared encoding (HTML Standard, 13.2.3.2).
const PRESCAN_BYTES: usize = 1024;
