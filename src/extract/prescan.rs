//! The encoding that a page declares in its first bytes (HTML Standard, 13.2.3.2, "prescan a byte stream to determine
//! its encoding"), step by step as the standard says.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// The encoding that the first bytes of a page declare; `None` if they declare none that the Encoding Standard knows.
pub fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    if head.starts_with(b"<\0?\0x\0") {
        return Some(UTF_16LE);
    }
    if head.starts_with(b"\0<\0?\0x") {
        return Some(UTF_16BE);
    }
    let mut scan = Scan { bytes: head, at: 0 };
    while scan.at < head.len() {
        let rest = &head[scan.at..];
        if rest.starts_with(b"<!--") {
            // The dashes of the end may be those of the beginning: `<!-->` is a comment.
            let end = rest[2..].windows(3).position(|three| three == b"-->");
            scan.at += end.map_or(rest.len(), |end| 2 + end + 3);
        } else if is_meta(rest) {
            scan.at += 5;
            if let Some(encoding) = scan.meta() {
                return Some(encoding);
            }
        } else if is_tag(rest) {
            while scan.peek().is_some_and(|b| !is_space(b) && b != b'>') {
                scan.at += 1;
            }
            while scan.attribute().is_some() {}
            scan.at += 1;
        } else if rest.starts_with(b"<!") || rest.starts_with(b"</") || rest.starts_with(b"<?") {
            scan.at += rest.iter().position(|b| *b == b'>').unwrap_or(rest.len()) + 1;
        } else {
            scan.at += 1;
        }
    }
    xml_declaration(head)
}

/// The encoding of an XML declaration (HTML Standard, "get an XML encoding"; XML 1.0, 4.3.3).
pub fn xml_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    if !head.starts_with(b"<?xml") {
        return None;
    }
    let head = &head[..head.iter().position(|b| *b == b'>')?];
    let word = b"encoding";
    let at = head.windows(word.len()).position(|w| w == word)?;
    let low = |bytes: &[u8]| bytes.iter().take_while(|b| **b <= b' ').count();
    let rest = &head[at + word.len()..];
    let rest = rest[low(rest)..].strip_prefix(b"=")?;
    let rest = &rest[low(rest)..];
    let quote = *rest.first().filter(|b| matches!(b, b'"' | b'\''))?;
    let label = rest[1..].split(|b| *b == quote).next()?;
    if label.len() + 1 == rest.len() || label.iter().any(|b| *b <= b' ') {
        return None;
    }
    Encoding::for_label(label).map(in_ascii)
}

/// "An algorithm for extracting a character encoding from a meta element" (HTML Standard, 2.5.4).
fn from_content(content: &[u8]) -> Option<&'static Encoding> {
    let word = b"charset";
    let mut at = 0;
    let mut rest = loop {
        at += content[at..].windows(word.len()).position(|w| w == word)? + word.len();
        let rest = content[at..].trim_ascii_start();
        if let Some(rest) = rest.strip_prefix(b"=") {
            break rest.trim_ascii_start();
        }
    };
    let label = if let quote @ (b'"' | b'\'') = rest.first()? {
        rest = &rest[1..];
        &rest[..rest.iter().position(|b| b == quote)?]
    } else {
        let end = rest.iter().position(|b| is_space(*b) || *b == b';');
        &rest[..end.unwrap_or(rest.len())]
    };
    Encoding::for_label(label)
}

/// What a declaration in ASCII bytes means: a page that was read as ASCII so far is not in UTF-16.
pub fn in_ascii(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The attributes of a `meta` element after its name.
    fn meta(&mut self) -> Option<&'static Encoding> {
        let mut seen: Vec<Vec<u8>> = Vec::new();
        let mut got_pragma = false;
        let mut need_pragma = None;
        let mut charset = None;
        while let Some((name, value)) = self.attribute() {
            if seen.contains(&name) {
                continue;
            }
            match name.as_slice() {
                b"http-equiv" => got_pragma |= value == b"content-type",
                b"content" if charset.is_none() => {
                    if let Some(encoding) = from_content(&value) {
                        charset = Some(Some(encoding));
                        need_pragma = Some(true);
                    }
                }
                b"charset" => {
                    charset = Some(Encoding::for_label(&value));
                    need_pragma = Some(false);
                }
                _ => {}
            }
            seen.push(name);
        }
        // A tag that the bytes cut off declares nothing.
        if self.peek() != Some(b'>') {
            self.at = self.bytes.len();
            return None;
        }
        self.at += 1;
        if need_pragma? && !got_pragma {
            None
        } else {
            charset.flatten().map(in_ascii)
        }
    }

    /// "Get an attribute": its name and value in lower case; `None` at the end of the tag.
    fn attribute(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        while self.peek().is_some_and(|b| is_space(b) || b == b'/') {
            self.at += 1;
        }
        if self.peek()? == b'>' {
            return None;
        }
        let mut name = Vec::new();
        loop {
            match self.peek()? {
                b'=' if !name.is_empty() => break,
                b if is_space(b) => {
                    self.spaces();
                    if self.peek()? != b'=' {
                        return Some((name, Vec::new()));
                    }
                    break;
                }
                b'/' | b'>' => return Some((name, Vec::new())),
                b => name.push(b.to_ascii_lowercase()),
            }
            self.at += 1;
        }
        self.at += 1;
        self.spaces();
        let mut value = Vec::new();
        match self.peek()? {
            quote @ (b'"' | b'\'') => loop {
                self.at += 1;
                match self.peek()? {
                    b if b == quote => {
                        self.at += 1;
                        return Some((name, value));
                    }
                    b => value.push(b.to_ascii_lowercase()),
                }
            },
            _ => loop {
                match self.peek()? {
                    b if is_space(b) || b == b'>' => return Some((name, value)),
                    b => value.push(b.to_ascii_lowercase()),
                }
                self.at += 1;
            },
        }
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }
}

fn is_meta(rest: &[u8]) -> bool {
    rest.len() > 5
        && rest[..5].eq_ignore_ascii_case(b"<meta")
        && (is_space(rest[5]) || rest[5] == b'/')
}

fn is_tag(rest: &[u8]) -> bool {
    let name = rest.strip_prefix(b"</").or(rest.strip_prefix(b"<"));
    name.is_some_and(|name| name.first().is_some_and(u8::is_ascii_alphabetic))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

/// How many of the first bytes the standard looks through.
const PRESCAN_BYTES: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charset_is_declared_only_where_the_standard_says_so() {
        let utf8 = "<meta charset=\"utf-8\">";
        for bait in [
            "<!-- <meta charset=\"windows-1251\"> -->",
            "<meta name=\"description\" content=\"about charset=windows-1251 here\">",
            "<meta data-charset=\"windows-1251\" name=x>",
            "<meta http-equiv=\"refresh\" content=\"0; url=/?charset=windows-1251\">",
            "<meta property=\"og:url\" content=\"https://a.example/?charset=iso-8859-5\">",
            "<meta charset=utf8mb4>",
            "<title data-x='<meta charset=windows-1251>'>",
            "<!DOCTYPE html SYSTEM '<meta charset=windows-1251 '>",
            "<metadata charset=windows-1251>",
            "<meta charset=klingon charset=windows-1251>",
            "<!-->",
            "",
        ] {
            let page = format!("{bait}{utf8}<p>Br\u{fc}cke");
            assert_eq!(prescan(page.as_bytes()), Some(UTF_8), "{bait}");
        }
        for declared in [
            "<meta name=description content=\"the charset of old pages\"><meta charset=\"windows-1252\">",
            "<meta content=\"text/html; a>b; charset=windows-1252\" http-equiv=\"Content-Type\">",
            "<META/CHARSET = 'Windows-1252'/>",
            "<meta http-equiv=Content-Type content='text/html; charset = latin1'>",
            "<?xml version='1.0' encoding='iso-8859-1'?><html>",
            "<?xml version='1.0' encoding='utf-8'?><meta charset=windows-1252>",
            "<meta charset=x-user-defined>",
        ] {
            assert_eq!(
                prescan(declared.as_bytes()),
                Some(WINDOWS_1252),
                "{declared}"
            );
        }
        for none in [
            "<meta content='text/html; charset=windows-1252'>",
            "<meta charset=windows-1252",
            "<!-- <meta charset=windows-1252>",
            "<?xml version='1.0' encoding=utf-8?>",
            "<p>words",
            "",
        ] {
            assert_eq!(prescan(none.as_bytes()), None, "{none}");
        }
        assert_eq!(prescan(b"<meta charset=utf-16le>"), Some(UTF_8));
        assert_eq!(prescan(b"<\0?\0x\0m\0l\0"), Some(UTF_16LE));
        let late = format!("{}<meta charset=utf-8>", " ".repeat(1010));
        assert_eq!(prescan(late.as_bytes()), None);
    }
}
