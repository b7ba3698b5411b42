//! Letters (RFC 5322, MIME) and pages saved as MHTML (RFC 2557), read with mail-parser. The text of a letter is its sender,
//! recipients, date and subject, its body, and the names of its attachments. The text of a saved page is that of the page.

use super::short::one_line;
use super::{charset, html};
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{
    Address, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders as _, PartType,
};

/// Name and revision of the rules below. The revision rises whenever any output changes; a test holds outputs.
pub const EXTRACTOR: &str = "claimledger-letter 1";

/// The text of a letter.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    let letter = parsed(bytes)?;
    let mut lines: Vec<String> = Vec::new();
    for (name, addresses) in [
        ("From", letter.from()),
        ("To", letter.to()),
        ("Cc", letter.cc()),
    ] {
        if let Some(addresses) = addresses {
            let all: Vec<String> = addresses_of(addresses);
            lines.push(format!("{name}: {}", all.join(", ")));
        }
    }
    // As the sender wrote it; every mail program shows it in another form.
    if let Some(date) = letter.header_raw(HeaderName::Date) {
        lines.push(format!("Date: {}", one_line(date.trim())));
    }
    if let Some(subject) = letter.subject() {
        lines.push(format!("Subject: {}", subject.trim()));
    }
    // A mail program shows the last form that it can: the HTML part, if there is one (RFC 2046, 5.1.4).
    for part in letter.html_bodies() {
        lines.push(body(&letter, part)?);
    }
    for part in letter.attachments() {
        let nested = part.message().and_then(Message::subject);
        if let Some(name) = part.attachment_name().or(nested) {
            lines.push(format!("Attachment: {}", one_line(name)));
        }
    }
    Ok(lines.join("\n"))
}

/// The text of a page that was saved with its pictures.
pub fn page(bytes: &[u8]) -> Result<String, String> {
    let letter = parsed(bytes)?;
    let start = letter
        .content_type()
        .and_then(|content_type| content_type.attribute("start"))
        .map(|id| id.trim_matches(['<', '>']).to_owned());
    let pages = || {
        letter
            .parts
            .iter()
            .filter(|part| matches!(part.body, PartType::Html(_)))
    };
    let named = start.and_then(|start| {
        pages()
            .find(|part| part.content_id().map(|id| id.trim_matches(['<', '>'])) == Some(&*start))
    });
    let Some(part) = named.or_else(|| pages().next()) else {
        return Err("it holds no page of HTML".to_owned());
    };
    body(&letter, part)
}

fn parsed(bytes: &[u8]) -> Result<Message<'_>, String> {
    MessageParser::default()
        .parse(bytes)
        .filter(|letter| !letter.parts.is_empty())
        .ok_or_else(|| "it has no header of a letter".to_owned())
}

fn addresses_of(addresses: &Address<'_>) -> Vec<String> {
    let all = addresses
        .iter()
        .map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => String::new(),
        });
    all.filter(|one| !one.is_empty()).collect()
}

/// The words of a part.
fn body(letter: &Message<'_>, part: &MessagePart<'_>) -> Result<String, String> {
    let kind = part.content_type();
    let sender = kind.and_then(|kind| kind.attribute("charset"));
    match &part.body {
        PartType::Html(decoded) => {
            // The library has decoded the characters without asking the page.
            let page = match undone(letter, part) {
                Some(bytes) => {
                    let choice = charset::of_page(&bytes, sender);
                    charset::decode(&bytes, choice).text
                }
                None => decoded.to_string(),
            };
            Ok(html::text(&page, false, html::TIME)?.text)
        }
        PartType::Text(words) => {
            let flowed = kind.is_some_and(|kind| {
                kind.attribute("format")
                    .is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
            });
            let deletes = kind.is_some_and(|kind| {
                kind.attribute("delsp")
                    .is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"))
            });
            Ok(if flowed {
                unfolded(words, deletes)
            } else {
                words.to_string()
            })
        }
        _ => Ok(String::new()),
    }
}

/// The bytes of a part without their transfer encoding (RFC 2045, 6).
fn undone(letter: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let raw = letter.raw_message();
    let bytes = raw.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(bytes.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes),
        Encoding::Base64 => base64_decode(bytes),
    }
}

/// Paragraphs of which each line but the last ends with a space (RFC 3676, 4.1).
fn unfolded(words: &str, deletes: bool) -> String {
    let mut out = String::new();
    for line in words.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let soft = line.ends_with(' ') && line != "-- ";
        out.push_str(if soft && deletes {
            &line[..line.len() - 1]
        } else {
            line
        });
        if !soft {
            out.push('\n');
        }
    }
    out
}
