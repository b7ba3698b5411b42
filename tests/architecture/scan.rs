//! Reads Rust as far as the floor plan needs it: tokens without comments and literals, and the paths in them.

/// A path as it stands in the code, groups taken apart: `use a::{b, c::d}` is `a::b` and `a::c::d`.
pub(super) struct UsedPath {
    pub(super) line: usize,
    pub(super) words: Vec<String>,
}

pub(super) fn paths(tokens: &[Token]) -> Vec<UsedPath> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].is_word() {
            at = path_from(tokens, at, Vec::new(), &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads one path, whose beginning is `before`; answers with the token after it.
fn path_from(
    tokens: &[Token],
    start: usize,
    before: Vec<String>,
    found: &mut Vec<UsedPath>,
) -> usize {
    let line = tokens[start].line;
    let in_group = !before.is_empty();
    let mut words = before;
    let mut at = start;
    loop {
        match tokens.get(at) {
            Some(token) if token.is("{") => {
                at += 1;
                while at < tokens.len() && !tokens[at].is("}") {
                    if tokens[at].is_word() || tokens[at].is("*") {
                        at = path_from(tokens, at, words.clone(), found);
                    } else {
                        at += 1;
                    }
                }
                return at + 1;
            }
            Some(token) if token.is_word() || token.is("*") => words.push(token.text.clone()),
            _ => break,
        }
        at += 1;
        if tokens.get(at).is_none_or(|token| !token.is("::")) {
            break;
        }
        at += 1;
    }
    // `use a::{self}` is `a`; a lone word is a name of the language or of this file, unless it is renamed.
    let own = words.len() > 1 && words.last().is_some_and(|word| word == "self");
    if own {
        words.pop();
    }
    let renamed = tokens.get(at).is_some_and(|next| next.is("as"));
    // In a group, `a as b` ends with a name of this file's own; elsewhere `as` may be a cast.
    let after = if renamed && in_group { at + 2 } else { at };
    if words.len() > 1 || own || renamed {
        found.push(UsedPath { line, words });
    }
    after
}

/// A word, `::`, or a single other character.
pub(super) struct Token {
    pub(super) line: usize,
    pub(super) text: String,
}

impl Token {
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub(super) fn is_word(&self) -> bool {
        let first = self.text.chars().next();
        first.is_some_and(|c| c.is_alphabetic() || c == '_') && !self.is("as") && !self.is("use")
    }
}

/// The code without comments and literals.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<Token> = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => end_of(&chars, at, "\n"),
            '/' if chars.get(at + 1) == Some(&'*') => end_of(&chars, at, "*/"),
            '"' => end_of_string(&chars, at),
            'r' | 'b' if literal_begins(&chars, at) => end_of_literal(&chars, at),
            '\'' => end_of_quote(&chars, at),
            c if c.is_whitespace() => at + 1,
            c if c.is_alphanumeric() || c == '_' => {
                let rest = chars[at..].iter();
                at + rest
                    .take_while(|c| c.is_alphanumeric() || **c == '_')
                    .count()
            }
            ':' if chars.get(at + 1) == Some(&':') => at + 2,
            _ => at + 1,
        };
        let read: String = chars[at..end].iter().collect();
        let kept = read.chars().all(|c| c.is_alphanumeric() || c == '_')
            || read == "::"
            || (end == at + 1 && !chars[at].is_whitespace());
        if kept {
            found.push(Token {
                line,
                text: read.clone(),
            });
        }
        line += read.matches('\n').count();
        at = end;
    }
    found
}

fn end_of(chars: &[char], from: usize, mark: &str) -> usize {
    let mark: Vec<char> = mark.chars().collect();
    let at = (from..chars.len()).find(|&at| chars[at..].starts_with(&mark));
    at.map_or(chars.len(), |at| at + mark.len())
}

fn end_of_string(chars: &[char], quote: usize) -> usize {
    let mut at = quote + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Whether `r"`, `r#"`, `b"`, `br"`, `b'` … begins here, and not a word.
fn literal_begins(chars: &[char], at: usize) -> bool {
    let inside_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    let mut rest = chars[at..]
        .iter()
        .skip_while(|c| "rb".contains(**c))
        .skip_while(|c| **c == '#');
    let raw_word = chars[at..].starts_with(&['r', '#']) && chars.get(at + 2) != Some(&'"');
    !inside_word && !raw_word && matches!(rest.next(), Some('"' | '\''))
}

fn end_of_literal(chars: &[char], at: usize) -> usize {
    let raw = chars[at] == 'r' || chars.get(at + 1) == Some(&'r');
    let prefix = chars[at..]
        .iter()
        .take_while(|c| "rb".contains(**c))
        .count();
    let hashes = chars[at + prefix..]
        .iter()
        .take_while(|c| **c == '#')
        .count();
    let quote = at + prefix + hashes;
    match chars[quote] {
        '\'' => end_of_quote(chars, quote),
        _ if raw => end_of(chars, quote + 1, &format!("\"{}", "#".repeat(hashes))),
        _ => end_of_string(chars, quote),
    }
}

/// A character literal, or the quote of a lifetime.
fn end_of_quote(chars: &[char], quote: usize) -> usize {
    match chars.get(quote + 1) {
        Some('\\') => end_of(chars, quote + 3, "'"),
        Some(_) if chars.get(quote + 2) == Some(&'\'') => quote + 3,
        _ => quote + 1,
    }
}

/// Takes out every item behind `#[cfg(test)]`.
pub(super) fn without_test_items(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        kept.push(token);
        let tail: Vec<&str> = kept.iter().rev().take(7).rev().map(|t| &*t.text).collect();
        if tail != ["#", "[", "cfg", "(", "test", ")", "]"] {
            continue;
        }
        kept.truncate(kept.len() - 7);
        let mut depth = 0_i32;
        for skipped in rest.by_ref() {
            match &*skipped.text {
                "{" | "[" | "(" => depth += 1,
                "}" if depth == 1 => break,
                "}" | "]" | ")" => depth -= 1,
                ";" if depth == 0 => break,
                _ => {}
            }
        }
    }
    kept
}
