//! The declarations in a `style` attribute (CSS Syntax Level 3, 5.4.5) that decide what is displayed.

/// What a `style` attribute says about display; the rest of it is not looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Style {
    /// The value of `display`, in lower case.
    pub display: Option<String>,
    /// The value of `visibility`.
    pub visibility: Option<String>,
    /// The value of `content-visibility`.
    pub content_visibility: Option<String>,
    /// The value of `vertical-align`.
    pub vertical_align: Option<String>,
    /// The value of `white-space`.
    pub white_space: Option<String>,
}

impl Style {
    /// Reads a list of declarations. Of two for one property the later counts, or the important one. A declaration with
    /// a value that the property does not have is ignored, as the standard says.
    pub fn parse(list: &str) -> Self {
        let mut style = Self::default();
        let mut important = [false; 5];
        for declaration in split(list, ';') {
            let mut parts = split(&declaration, ':').into_iter();
            let Some(name) = parts.next().map(|name| unescaped(name.trim())) else {
                continue;
            };
            let value = parts.collect::<Vec<_>>().join(":");
            let (value, is_important) = without_important(value.trim());
            let value = unescaped(value).to_ascii_lowercase();
            let (place, field, values) = match name.to_ascii_lowercase().as_str() {
                "display" => (0, &mut style.display, DISPLAY),
                "visibility" => (1, &mut style.visibility, VISIBILITY),
                "content-visibility" => (2, &mut style.content_visibility, CONTENT_VISIBILITY),
                "vertical-align" => (3, &mut style.vertical_align, VERTICAL_ALIGN),
                "white-space" => (4, &mut style.white_space, WHITE_SPACE),
                _ => continue,
            };
            let known = value.split_ascii_whitespace().next().is_some()
                && value
                    .split_ascii_whitespace()
                    .all(|word| values.contains(&word));
            if known && (is_important || !important[place]) {
                important[place] = is_important;
                *field = Some(value);
            }
        }
        style
    }
}

fn without_important(value: &str) -> (&str, bool) {
    let bang = value.rfind('!');
    match bang.map(|at| (value[..at].trim_end(), value[at + 1..].trim())) {
        Some((value, word)) if word.eq_ignore_ascii_case("important") => (value, true),
        _ => (value, false),
    }
}

/// The parts of a list between separators that do not stand in a string, a comment, an address or brackets. Comments are
/// left out.
fn split(list: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut open: Vec<char> = Vec::new();
    let mut quote = None;
    let mut chars = list.chars().peekable();
    while let Some(c) = chars.next() {
        let part = parts.last_mut().expect("it begins with one");
        if c == '\\' {
            part.push(c);
            part.extend(chars.next());
            continue;
        }
        match (quote, c) {
            (Some(end), _) if c == end => {
                quote = None;
            }
            (None, '"' | '\'') => quote = Some(c),
            (None, '/') if chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                for c in chars.by_ref() {
                    if before == '*' && c == '/' {
                        break;
                    }
                    before = c;
                }
                continue;
            }
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ')' | ']' | '}') if open.last() == Some(&c) => {
                open.pop();
            }
            (None, _) if c == separator && open.is_empty() => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts
}

/// An identifier with its escapes undone (CSS Syntax Level 3, 4.3.7).
fn unescaped(words: &str) -> String {
    let mut out = String::new();
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut code = String::new();
        while code.len() < 6 && chars.peek().is_some_and(char::is_ascii_hexdigit) {
            code.extend(chars.next());
        }
        if code.is_empty() {
            out.extend(chars.next());
            continue;
        }
        if chars.peek().is_some_and(char::is_ascii_whitespace) {
            chars.next();
        }
        let code = u32::from_str_radix(&code, 16).ok();
        out.push(code.and_then(char::from_u32).unwrap_or('\u{fffd}'));
    }
    out
}

/// CSS Display Level 3.
const DISPLAY: &[&str] = &[
    "block",
    "inline",
    "run-in",
    "flow",
    "flow-root",
    "table",
    "flex",
    "grid",
    "ruby",
    "list-item",
    "table-row-group",
    "table-header-group",
    "table-footer-group",
    "table-row",
    "table-cell",
    "table-column-group",
    "table-column",
    "table-caption",
    "ruby-base",
    "ruby-text",
    "contents",
    "none",
    "inline-block",
    "inline-table",
    "inline-flex",
    "inline-grid",
    "inline-list-item",
    "-webkit-box",
    "-webkit-flex",
    "-webkit-inline-box",
    "-webkit-inline-flex",
    "math",
    "initial",
    "inherit",
    "unset",
    "revert",
    "revert-layer",
];

/// CSS Display Level 3, section 4.
const VISIBILITY: &[&str] = &[
    "visible",
    "hidden",
    "collapse",
    "initial",
    "inherit",
    "unset",
    "revert",
    "revert-layer",
];

/// CSS Containment Level 2.
const CONTENT_VISIBILITY: &[&str] = &["visible", "auto", "hidden"];

/// Those of CSS 2.2 that raise, lower or do not.
const VERTICAL_ALIGN: &[&str] = &[
    "baseline",
    "sub",
    "super",
    "top",
    "text-top",
    "middle",
    "bottom",
    "text-bottom",
];

/// CSS Text Level 3.
const WHITE_SPACE: &[&str] = &[
    "normal",
    "pre",
    "nowrap",
    "pre-wrap",
    "pre-line",
    "break-spaces",
];
