//! The media type of bytes: by the signatures of binary formats, then by what is declared, then by what they look
//! like.

use super::charset;
use claimledger_core::encoding::name::MediaType;

/// The media type of a file: from its first bytes, the type declared beside it, and its name.
///
/// The signatures of binary formats come first, because no declaration turns a PDF into a page. Then the declared
/// type, then the look of the first bytes, then the ending of the name; otherwise `application/octet-stream`.
pub fn detect(head: &[u8], declared: Option<&str>, file_name: Option<&str>) -> MediaType {
    let declared = declared.filter(|t| !UNTYPED.contains(t) && t.parse::<MediaType>().is_ok());
    let named = file_name.and_then(by_name);
    let said = [declared, named];
    let found = match marked(head) {
        // A ZIP, gzip or OLE file has the type of its content, if the caller gives one.
        Some("application/zip") if said.contains(&Some(WACZ)) => WACZ,
        Some("application/gzip") if said.contains(&Some(WARC)) => WARC,
        Some(holder @ ("application/zip" | OLE)) => {
            let inside = said
                .into_iter()
                .flatten()
                .find(|said| HELD_INSIDE.contains(said));
            inside.or(declared).unwrap_or(holder)
        }
        Some("application/gzip") => declared.unwrap_or("application/gzip"),
        Some(marked) => marked,
        None => match (declared, looks(head, named)) {
            (Some(declared), _) => declared,
            (None, Some("text/plain")) => match named {
                Some(named) if is_text(named) => named,
                Some(named @ (LETTER | PAGE_IN_MIME)) if begins_with_a_header(head) => named,
                _ => "text/plain",
            },
            (None, Some("text/html")) if named == Some(XHTML) => XHTML,
            // What XML is, its name says better than its first element.
            (None, Some(xml @ (XHTML | "application/xml"))) => {
                named.filter(|named| may_be_xml(named)).unwrap_or(xml)
            }
            (None, Some(looks)) => looks,
            (None, None) => named.unwrap_or(UNKNOWN),
        },
    };
    found.parse().expect("checked above, or of the lists below")
}

/// The media type of bytes about which nothing else is known.
pub fn sniff(head: &[u8]) -> &'static str {
    marked(head)
        .or_else(|| looks(head, None))
        .unwrap_or(UNKNOWN)
}

/// The formats with signatures of their own.
fn marked(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        return Some(WARC);
    }
    // Readers accept a PDF whose signature comes a little later (PDF 1.7, Annex H, 3.4.1), but not after other words.
    if head.trim_ascii_start().starts_with(b"%PDF-") {
        return Some("application/pdf");
    }
    if head.starts_with(GZIP_MARK) {
        return Some("application/gzip");
    }
    if head.starts_with(b"{\\rtf") {
        return Some("application/rtf");
    }
    // Which program wrote such a file is said far behind its beginning.
    if head.starts_with(OLE_MARK) {
        return Some(OLE);
    }
    if head.starts_with(b"bplist00") {
        return Some("application/x-webarchive");
    }
    // The first file of an OpenDocument or EPUB package is its media type (OpenDocument 1.3, part 2, 3.3).
    if head.starts_with(b"PK\x03\x04") && head.get(30..38) == Some(b"mimetype") {
        let types = HELD_INSIDE.iter();
        let mut found = types.filter(|media_type| head[38..].starts_with(media_type.as_bytes()));
        if let Some(found) = found.next() {
            return Some(found);
        }
    }
    infer::get(head)
        .filter(|found| {
            !matches!(
                found.matcher_type(),
                infer::MatcherType::Text | infer::MatcherType::Custom
            )
        })
        .map(|found| found.mime_type())
        .filter(|found| *found != "application/pdf" && found.parse::<MediaType>().is_ok())
}

/// A page by its first tag, a letter by its header; text if all of it is text.
fn looks(head: &[u8], named: Option<&str>) -> Option<&'static str> {
    if charset::mark(head).is_some() {
        return Some("text/plain");
    }
    // The examined beginning may end within a character.
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => {
            std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => "",
    };
    let start = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    if let Some(markup) = markup(start, named) {
        return Some(markup);
    }
    if let Some(letter) = letter(start) {
        return Some(letter);
    }
    (!text.is_empty() && !text.contains('\0')).then_some("text/plain")
}

/// A page by what it begins with (MIME Sniffing Standard, 7.1). Elements that the standard does not name, and those with
/// which a text named `.txt` begins, count only if the whole of it looks like markup: a text may talk about HTML.
fn markup(start: &[u8], named: Option<&str>) -> Option<&'static str> {
    let begins = |tag: &&[u8]| {
        let after = start.get(tag.len());
        start.len() >= tag.len()
            && start[..tag.len()].eq_ignore_ascii_case(tag)
            && after.is_none_or(|b| b.is_ascii_whitespace() || *b == b'>')
    };
    if start.starts_with(b"<?xml") {
        return xml(start);
    }
    if PAGES.iter().any(begins) {
        return Some("text/html");
    }
    let a_text = named.is_some_and(|named| named != "text/html" && is_text(named));
    if start.starts_with(b"<!--") || PAGE_STARTS.iter().any(begins) {
        return (!a_text || is_all_markup(start)).then_some("text/html");
    }
    (FRAGMENT_STARTS.iter().any(begins) && is_all_markup(start)).then_some("text/html")
}

/// Whether a text that begins with a tag also ends with one, and has end tags.
fn is_all_markup(start: &[u8]) -> bool {
    let is_cut = start.len() + 64 >= HEAD_BYTES;
    let ends = start.windows(2).filter(|two| *two == b"</").count();
    ends > 0 && (is_cut || start.trim_ascii_end().ends_with(b">"))
}

/// XML by the name of its first element, after the declaration, comments and the document type.
fn xml(start: &[u8]) -> Option<&'static str> {
    let mut rest = start;
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            _ if rest.starts_with(b"<?") => b"?>",
            _ if rest.starts_with(b"<!--") => b"-->",
            _ if rest.starts_with(b"<!") => b">",
            _ => break,
        };
        let at = rest.windows(end.len()).position(|w| w == end)?;
        rest = &rest[at + end.len()..];
    }
    let name = rest.strip_prefix(b"<")?;
    let length = name
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))?;
    let local = name[..length].rsplit(|b| *b == b':').next()?;
    Some(match local {
        b"html" => XHTML,
        b"svg" => "image/svg+xml",
        _ => "application/xml",
    })
}

/// A letter, or a page saved as MHTML, by its header (RFC 5322, 2.2): lines with names, at least three of them names of a
/// letter, and one that only a mail program writes.
fn letter(start: &[u8]) -> Option<&'static str> {
    let fields = fields(start)?;
    let has = |names: &[&str]| {
        let has = |name: &&&str| {
            fields
                .iter()
                .any(|(field, _)| field.eq_ignore_ascii_case(name))
        };
        names.iter().filter(has).count()
    };
    let all = has(&[
        "from",
        "to",
        "date",
        "subject",
        "message-id",
        "received",
        "mime-version",
        "content-type",
        "return-path",
    ]);
    if all < 3 || has(&["mime-version", "message-id", "received", "return-path"]) == 0 {
        return None;
    }
    let related = fields.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type")
            && value
                .trim_start()
                .to_ascii_lowercase()
                .starts_with(PAGE_IN_MIME)
    });
    let saved = fields.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("from") && value.to_ascii_lowercase().contains("<saved by")
    });
    let page = related
        && (saved || has(&["snapshot-content-location"]) > 0 || has(&["to", "received"]) == 0);
    Some(if page { PAGE_IN_MIME } else { LETTER })
}

/// Whether the first line is a field of a header.
fn begins_with_a_header(start: &[u8]) -> bool {
    fields(start.trim_ascii_start()).is_some_and(|fields| !fields.is_empty())
}

/// The fields up to the first empty line; `None` if a line before it is no field.
fn fields(start: &[u8]) -> Option<Vec<(&str, &str)>> {
    let mut fields = Vec::new();
    let mut lines = start.split(|b| *b == b'\n').peekable();
    // A mailbox begins each letter with a line like this one.
    lines.next_if(|line| line.starts_with(b"From "));
    while let Some(line) = lines.next() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        // The examined beginning may end within a field.
        let is_last = lines.peek().is_none();
        if line.starts_with(b" ") || line.starts_with(b"\t") || is_last {
            continue;
        }
        let at = line.iter().position(|b| *b == b':')?;
        let name = line[..at].trim_ascii_end();
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        let name = std::str::from_utf8(name).ok()?;
        fields.push((
            name,
            std::str::from_utf8(&line[at + 1..]).unwrap_or_default(),
        ));
    }
    Some(fields)
}

fn by_name(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    ENDINGS
        .iter()
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, media_type)| *media_type)
}

/// Whether bytes of this type are a page.
pub fn is_page(media_type: &MediaType) -> bool {
    matches!(media_type.as_str(), "text/html" | XHTML)
}

const UNKNOWN: &str = "application/octet-stream";
/// A page in XML.
pub const XHTML: &str = "application/xhtml+xml";
/// What servers declare for bytes of which they know nothing, or which they want to be saved.
const UNTYPED: &[&str] = &[
    UNKNOWN,
    "application/binary",
    "application/download",
    "application/force-download",
    "application/unknown",
    "application/x-download",
    "application/x-force-download",
    "application/x-httpd-php",
    "application/x-msdownload",
    "application/x-unknown",
    "application/x-unknown-content-type",
    "binary/octet-stream",
    "unknown/unknown",
];
/// A letter (RFC 5322).
pub const LETTER: &str = "message/rfc822";
/// A page with its pictures in one file (RFC 2557, MHTML).
pub const PAGE_IN_MIME: &str = "multipart/related";
/// The binary files of Office before 2007, and those of today that are protected by a password.
const OLE: &str = "application/x-ole-storage";
/// What may be inside a ZIP or OLE file.
const HELD_INSIDE: &[&str] = &[
    "application/epub+zip",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-outlook",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
];
/// A web archive, packed with gzip or not.
pub const WARC: &str = "application/warc";
/// A web archive collection.
pub const WACZ: &str = "application/wacz";

/// What only a page begins with (MIME Sniffing Standard, 7.1).
const PAGES: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<script",
    b"<iframe",
    b"<style",
    b"<title",
    b"<body",
    b"<meta",
];

/// What a page may begin with, and a text too (MIME Sniffing Standard, 7.1).
const PAGE_STARTS: &[&[u8]] = &[
    b"<h1", b"<div", b"<font", b"<table", b"<a", b"<b", b"<br", b"<p",
];

/// What a part of a page may begin with; the standard does not name these.
const FRAGMENT_STARTS: &[&[u8]] = &[
    b"<article",
    b"<aside",
    b"<blockquote",
    b"<center",
    b"<dl",
    b"<em",
    b"<figure",
    b"<footer",
    b"<form",
    b"<h2",
    b"<h3",
    b"<h4",
    b"<h5",
    b"<h6",
    b"<header",
    b"<i",
    b"<img",
    b"<li",
    b"<main",
    b"<nav",
    b"<ol",
    b"<pre",
    b"<section",
    b"<span",
    b"<strong",
    b"<ul",
];

const ENDINGS: &[(&str, &str)] = &[
    (".doc", "application/msword"),
    (
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (".eml", LETTER),
    (".epub", "application/epub+zip"),
    (".mht", PAGE_IN_MIME),
    (".mhtml", PAGE_IN_MIME),
    (".msg", "application/vnd.ms-outlook"),
    (".odp", "application/vnd.oasis.opendocument.presentation"),
    (".ods", "application/vnd.oasis.opendocument.spreadsheet"),
    (".odt", "application/vnd.oasis.opendocument.text"),
    (".ppt", "application/vnd.ms-powerpoint"),
    (
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (".rtf", "application/rtf"),
    (".webarchive", "application/x-webarchive"),
    (".xls", "application/vnd.ms-excel"),
    (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (".csv", "text/csv"),
    (".htm", "text/html"),
    (".html", "text/html"),
    (".json", "application/json"),
    (".md", "text/markdown"),
    (".pdf", "application/pdf"),
    (".srt", "application/x-subrip"),
    (".txt", "text/plain"),
    (".vtt", "text/vtt"),
    (".wacz", WACZ),
    (".warc", WARC),
    (".warc.gz", WARC),
    (".xhtml", XHTML),
    (".xml", "application/xml"),
];

/// How gzip begins (RFC 1952, 2.3.1).
pub const GZIP_MARK: &[u8] = &[0x1f, 0x8b];

/// How a compound file begins ([MS-CFB], 2.2).
pub const OLE_MARK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// How many of the first bytes are examined.
pub const HEAD_BYTES: usize = 8 * 1024;

/// Whether bytes of this type are only characters.
pub fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/")
        || media_type.ends_with("+json")
        || media_type.ends_with("+xml") && !media_type.starts_with("image/")
        || matches!(media_type, "application/json" | "application/xml")
}

/// Whether bytes of this type may begin with an XML declaration.
pub fn may_be_xml(media_type: &str) -> bool {
    media_type == "text/html" || is_xml(media_type)
}

/// Whether bytes of this type are XML.
pub fn is_xml(media_type: &str) -> bool {
    media_type.ends_with("+xml") && is_text(media_type)
        || matches!(media_type, "application/xml" | "text/xml")
}
