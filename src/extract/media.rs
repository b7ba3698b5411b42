//! The media type of bytes: by the signatures of binary formats, then by what is declared, then by what they look
//! like.

use super::charset;
use claimledger_core::encoding::name::MediaType;

/// The media type of a file: from its first bytes, the type declared beside it, and its name.
///
/// The signatures of binary formats come first, because no declaration turns a PDF into a page. Then the declared
/// type, then the look of the first bytes, then the ending of the name; otherwise `application/octet-stream`.
pub fn detect(head: &[u8], declared: Option<&str>, file_name: Option<&str>) -> MediaType {
    let declared = declared.filter(|t| *t != UNKNOWN && t.parse::<MediaType>().is_ok());
    let named = file_name.and_then(by_name);
    let found = match marked(head) {
        // A ZIP or gzip file has the type of its content, if the caller gives one.
        Some("application/zip") if [declared, named].contains(&Some(WACZ)) => WACZ,
        Some("application/gzip") if [declared, named].contains(&Some(WARC)) => WARC,
        Some(marked @ ("application/zip" | "application/gzip")) => declared.unwrap_or(marked),
        Some(marked) => marked,
        None => match (declared, looks(head)) {
            (Some(declared), _) => declared,
            (None, Some("text/plain")) => match named {
                Some(named) if super::document::is_text(named) => named,
                _ => "text/plain",
            },
            (None, Some("text/html")) if named == Some(XHTML) => XHTML,
            (None, Some(looks)) => looks,
            (None, None) => named.unwrap_or(UNKNOWN),
        },
    };
    found.parse().expect("checked above, or of the lists below")
}

/// The media type of bytes about which nothing else is known.
pub fn sniff(head: &[u8]) -> &'static str {
    marked(head).or_else(|| looks(head)).unwrap_or(UNKNOWN)
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
    if head.starts_with(&[0x1f, 0x8b]) {
        return Some("application/gzip");
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

/// A page by its first tag; text if all of it is text.
fn looks(head: &[u8]) -> Option<&'static str> {
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
    let ascii = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let start = ascii[..ascii.len().min(64)].to_ascii_lowercase();
    let begins = |tag: &&[u8]| {
        start.starts_with(tag)
            && start
                .get(tag.len())
                .is_none_or(|b| b.is_ascii_whitespace() || *b == b'>')
    };
    if start.starts_with(b"<!--") || PAGE_STARTS.iter().any(begins) {
        return Some("text/html");
    }
    (!text.is_empty() && !text.contains('\0')).then_some("text/plain")
}

fn by_name(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    ENDINGS
        .iter()
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, media_type)| *media_type)
}

const UNKNOWN: &str = "application/octet-stream";
const XHTML: &str = "application/xhtml+xml";
/// A web archive, packed with gzip or not.
pub const WARC: &str = "application/warc";
/// A web archive collection.
pub const WACZ: &str = "application/wacz";

/// What a page begins with (MIME Sniffing Standard, 7.1).
const PAGE_STARTS: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<script",
    b"<iframe",
    b"<h1",
    b"<div",
    b"<font",
    b"<table",
    b"<a",
    b"<style",
    b"<title",
    b"<b",
    b"<body",
    b"<br",
    b"<p",
    b"<meta",
];

const ENDINGS: &[(&str, &str)] = &[
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

/// How many of the first bytes are examined.
pub const HEAD_BYTES: usize = 8 * 1024;
