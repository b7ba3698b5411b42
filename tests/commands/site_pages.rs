//! Reading the pages of a site as a browser's tokenizer reads them: no parse error, elements that close in order, texts with
//! the elements around them.

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// An element that is open.
#[derive(Debug, Clone, Default)]
pub struct Open {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Open {
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.get("class")
            .is_some_and(|all| all.split(' ').any(|one| one == class))
    }
}

/// A text and the elements around it, the outermost first.
#[derive(Debug, Clone)]
pub struct Text {
    pub words: String,
    pub inside: Vec<Open>,
}

/// What a page has.
#[derive(Debug, Default)]
pub struct ReadPage {
    pub errors: Vec<String>,
    pub elements: Vec<Open>,
    pub texts: Vec<Text>,
    open: Vec<Open>,
}

/// Elements without an end tag.
const VOID: &[&str] = &["meta", "link", "br", "img", "input", "hr"];

struct Sink(RefCell<ReadPage>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let page = &mut *self.0.borrow_mut();
        match token {
            Token::ParseError(why) => page.errors.push(format!("line {line}: {why}")),
            Token::CommentToken(text) => page.errors.push(format!("a comment: {text}")),
            Token::CharacterTokens(words) => {
                let inside = page.open.clone();
                match page.texts.last_mut() {
                    Some(last)
                        if last.inside.len() == inside.len() && same(&last.inside, &inside) =>
                    {
                        last.words.push_str(&words);
                    }
                    _ => page.texts.push(Text {
                        words: words.to_string(),
                        inside,
                    }),
                }
            }
            Token::NullCharacterToken => page.errors.push("U+0000".to_owned()),
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                if tag.kind == TagKind::EndTag {
                    match page.open.pop() {
                        Some(open) if open.name == name => {}
                        other => page.errors.push(format!("</{name}> ends {other:?}")),
                    }
                    return TokenSinkResult::Continue;
                }
                let attributes = tag.attrs.iter();
                let attributes =
                    attributes.map(|one| (one.name.local.to_string(), one.value.to_string()));
                let open = Open {
                    name: name.clone(),
                    attributes: attributes.collect(),
                };
                page.elements.push(open.clone());
                if !tag.self_closing && !VOID.contains(&&*name) {
                    page.open.push(open);
                }
                return match &*name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "title" if page.open.iter().all(|one| one.name != "svg") => {
                        TokenSinkResult::RawData(RawKind::Rcdata)
                    }
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::DoctypeToken(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

fn same(one: &[Open], other: &[Open]) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.name == other.name && one.attributes == other.attributes)
}

/// Reads a page.
pub fn read(html: &str) -> ReadPage {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let opts = TokenizerOpts {
        exact_errors: true,
        ..TokenizerOpts::default()
    };
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), opts);
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    if let Some(open) = page.open.last() {
        page.errors.push(format!("<{}> does not end", open.name));
    }
    page
}

/// The record of a page.
pub fn record(page: &ReadPage) -> serde_json::Value {
    let is_record = |open: &Open| open.get("id") == Some("record");
    let mut texts = page.texts.iter();
    let text = texts.find(|text| text.inside.last().is_some_and(is_record));
    let text = text.expect("a record");
    let value: serde_json::Value = serde_json::from_str(&text.words).expect("JSON");
    let plain = text.words.replace("\\u003c", "<");
    // What no page may have is escaped too; then the text is not the canonical one.
    let canonical = value.to_string();
    assert!(plain.contains("\\u") || plain == canonical, "canonical");
    value
}

/// Every file below a folder, by its path there.
pub fn files(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        for item in std::fs::read_dir(root.join(&folder)).expect("a folder") {
            let item = item.expect("an item");
            let path = folder.join(item.file_name());
            if item.file_type().expect("a type").is_dir() {
                open.push(path);
            } else {
                found.insert(path.to_string_lossy().into_owned());
            }
        }
    }
    found
}

/// Where a link of a page leads, as a path in the site; none if it leaves the site.
pub fn leads_to(page: &str, link: &str) -> Option<String> {
    let link = link.split('#').next().unwrap_or_default();
    if link.starts_with("https://") || link.starts_with("http://") {
        return None;
    }
    let mut at: Vec<&str> = page.split('/').collect();
    at.pop();
    if link.is_empty() {
        return Some(page.to_owned());
    }
    if link.starts_with('/') {
        at.clear();
    }
    for part in link.trim_start_matches('/').split('/') {
        match part {
            ".." => {
                at.pop().expect("a link that stays in the site");
            }
            part => at.push(part),
        }
    }
    Some(at.join("/"))
}
