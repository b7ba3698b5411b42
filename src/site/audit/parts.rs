//! The parts of a page that a reader relies on: its record, its fields, its dates, what it runs, and where it leads.

use crate::extract::html::markup::{MarkupElement, PageMarkup};
use crate::extract::html::text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The parts of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageParts {
    /// Its record; none if it has none, or one that is no JSON.
    pub record: Option<Value>,
    /// The visible words of each marked field, in the order of the page.
    pub fields: BTreeMap<String, Vec<String>>,
    /// The banners above a verdict.
    pub banners: Vec<String>,
    /// Its dates, each in its exact form and as it is shown.
    pub dates: Vec<String>,
    /// The entries of the log that it names, and where it leads.
    pub links: Vec<String>,
    /// What runs in a page or changes how it is shown: scripts, styles, event handlers, embedded pages.
    pub active: Vec<String>,
    /// What a browser may do with it, and where in the page that stands.
    pub policy: Vec<String>,
    /// Its markup for search engines.
    pub markup: Vec<Option<Value>>,
    /// Everything that a person sees.
    pub visible: String,
}

impl PageParts {
    /// Takes a page apart.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, in words.
    pub fn of(bytes: &[u8]) -> Result<Self, String> {
        let page = std::str::from_utf8(bytes);
        let page = page.map_err(|_| "it is not UTF-8".to_owned())?;
        let tree = PageMarkup::read(page, TIME)?;
        let mut parts = Self {
            visible: text(page, false, TIME)?.text,
            ..Self::default()
        };
        let mut left = MOST;
        for (place, element) in tree.elements().enumerate() {
            parts.take(place, element, &mut left);
        }
        // Fields can stand in each other, and then their words count again for each.
        if left == 0 {
            return Err("it has more fields than a page can have here".to_owned());
        }
        Ok(parts)
    }

    fn take(&mut self, place: usize, element: MarkupElement<'_>, left: &mut usize) {
        let name = element.name();
        let has = |attribute| element.attribute(attribute).unwrap_or_default();
        if let Some(field) = element.attribute("data-field") {
            let shown = one_line(&words_of(element, left));
            self.fields.entry(field.to_owned()).or_default().push(shown);
        }
        if let Some(banner) = element.attribute("data-banner") {
            self.banners.push(banner.to_owned());
        }
        match name {
            "script" => self.script(element, left),
            "style" => {
                let words = one_line(&words_of(element, left));
                self.active.push(format!("a style: {words}"));
            }
            "meta" if element.attribute("http-equiv").is_some() => {
                let policy = format!(
                    "{}: {}, as element {place}",
                    has("http-equiv"),
                    has("content")
                );
                self.policy.push(policy);
            }
            "link" => {
                let link = format!("link {} {}", has("rel"), has("href"));
                match has("rel") {
                    "alternate" | "canonical" => self.links.push(link),
                    _ => self.active.push(link),
                }
            }
            "time" => {
                let date = format!(
                    "{} ({})",
                    has("datetime"),
                    one_line(&words_of(element, left))
                );
                self.dates.push(date);
            }
            "base" | "iframe" | "frame" | "object" | "embed" | "form" | "applet" | "portal" => {
                let all = element
                    .attributes()
                    .map(|(name, value)| format!(" {name}={value}"));
                self.active
                    .push(format!("{name}{}", all.collect::<String>()));
            }
            _ => {}
        }
        for (attribute, value) in element.attributes() {
            let leads = LEADING.contains(&attribute) && !matches!(name, "link" | "script");
            let runs = attribute.starts_with("on") || attribute == "style";
            if runs || (leads && is_code(value)) {
                self.active.push(format!("{name} {attribute}={value}"));
            } else if leads {
                self.links.push(format!("{name} {attribute}={value}"));
            }
        }
    }

    fn script(&mut self, element: MarkupElement<'_>, left: &mut usize) {
        let kind = element.attribute("type").unwrap_or_default();
        let words = words_of(element, left);
        match (kind, element.attribute("id")) {
            ("application/json", Some("record")) if self.record.is_none() => {
                self.record = serde_json::from_str(&words).ok();
            }
            ("application/ld+json", _) => self.markup.push(serde_json::from_str(&words).ok()),
            _ => {
                let words = one_line(&words);
                self.active.push(match element.attribute("src") {
                    Some(from) => format!("script {from} {kind} {words}")
                        .trim_end()
                        .to_owned(),
                    None => format!("a script: {words}"),
                });
            }
        }
    }
}

/// The words of an element, as far as all of a page may have.
fn words_of(element: MarkupElement<'_>, left: &mut usize) -> String {
    let words = element.text(*left);
    *left -= words.len();
    words
}

/// Words with every white space as one space.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an address runs something instead of leading somewhere.
fn is_code(address: &str) -> bool {
    let plain: String = address
        .chars()
        .filter(|c| !c.is_control() && *c != ' ')
        .collect();
    let plain = plain.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:text/html"]
        .iter()
        .any(|code| plain.starts_with(code))
}

/// Attributes that lead somewhere, or bring something into the page.
const LEADING: &[&str] = &[
    "action",
    "background",
    "cite",
    "data",
    "data-dossier",
    "data-ledger-key",
    "download",
    "formaction",
    "href",
    "ping",
    "poster",
    "src",
    "srcset",
];

/// The words of all elements that are looked at, in bytes. No page of a site comes near.
const MOST: usize = 16 * 1024 * 1024;

/// The largest page of a site takes far less.
const TIME: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::PageParts;

    #[test]
    fn whatever_runs_in_a_page_is_noticed() {
        for code in [
            "<script>alert(1)</script>",
            "<script src=//other.example/x.js></script>",
            "<p onclick=alert(1)>x",
            "<a href=' java\tscript:alert(1)'>x</a>",
            "<iframe src=x></iframe>",
            "<svg><script>alert(1)</script></svg>",
            "<base href=//other.example>",
            "<p style=display:none>",
            "<link rel=stylesheet href=other.css>",
            "<form action=//other.example><button>ok</button></form>",
        ] {
            let parts = PageParts::of(code.as_bytes()).expect("a page");
            assert_eq!(parts.active.len(), 1, "{code}: {parts:?}");
        }
        let plain =
            "<p>The bridge <a href=x>closes</a> on <time datetime=2026-03-10>10 March</time>";
        let parts = PageParts::of(plain.as_bytes()).expect("a page");
        assert!(parts.active.is_empty() && parts.policy.is_empty());
        assert_eq!(parts.links, ["a href=x"]);
        assert_eq!(parts.dates, ["2026-03-10 (10 March)"]);
    }

    #[test]
    fn a_hostile_page_is_refused_or_read_in_time() {
        assert!(PageParts::of(b"\xff\xfe").is_err());
        let deep = "<div>".repeat(20_000);
        // Either answer is right; it must come, and nothing may run out.
        let _ = PageParts::of(deep.as_bytes());
    }
}
