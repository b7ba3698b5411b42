//! An HTTP response in an archive: head (RFC 9112) and body, with the body's codings removed.

use crate::transport::Members;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::log::bounded;
use std::io::Read;

/// What a `Content-Type` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentType {
    /// The media type in lower case, without parameters.
    pub media_type: String,
    /// The charset, if one is named.
    pub charset: Option<String>,
}

impl ContentType {
    /// Reads a field value such as `text/html; charset="UTF-8"`.
    pub fn parse(value: &str) -> Self {
        let mut parts = value.split(';');
        let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty())
                .then(|| value.to_owned())
        });
        Self {
            media_type,
            charset,
        }
    }
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The status.
    pub status: u16,
    /// What the body is.
    pub content_type: ContentType,
    /// The body, its codings undone.
    pub body: Vec<u8>,
}

/// Reads a complete response from its bytes.
pub fn message(bytes: &[u8]) -> Result<Message, String> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut head = httparse::Response::new(&mut fields);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err("its HTTP head does not end".to_owned()),
        Err(e) => return Err(format!("its HTTP header is malformed: {e}")),
    };
    let field = |name: &str| {
        head.headers
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
            .and_then(|field| std::str::from_utf8(field.value).ok())
            .map(|value| value.trim().to_ascii_lowercase())
    };
    let content_type = head
        .headers
        .iter()
        .find(|field| field.name.eq_ignore_ascii_case("content-type"))
        .and_then(|field| std::str::from_utf8(field.value).ok())
        .map(ContentType::parse)
        .unwrap_or_default();
    let mut body = bytes[length..].to_vec();
    match field("transfer-encoding").as_deref() {
        None | Some("identity") => {}
        Some("chunked") => body = unchunk(&body)?,
        Some(_) => return Err("its transfer coding is not known".to_owned()),
    }
    let body = undo(body, field("content-encoding").as_deref())?;
    Ok(Message {
        status: head.code.unwrap_or_default(),
        content_type,
        body,
    })
}

/// Removes a content coding, gzip or deflate, up to the limit on the source of a text.
pub fn undo(body: Vec<u8>, coding: Option<&str>) -> Result<Vec<u8>, String> {
    let mut unpacked: Box<dyn Read + '_> = match coding {
        None | Some("" | "identity") => return Ok(body),
        Some("gzip" | "x-gzip") => Box::new(Members::new(&body[..])),
        Some("deflate") => Box::new(flate2::read::ZlibDecoder::new(&body[..])),
        Some(other) => {
            let other: String = other.chars().take(40).collect();
            return Err(format!("its content coding {other:?} is not known"));
        }
    };
    match bounded::read_bounded(&mut unpacked) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(bounded::too_large()),
        Err(_) => Err("its compressed body is malformed".to_owned()),
    }
}

/// Removes the chunked transfer coding (RFC 9112, 7.1).
fn unchunk(mut rest: &[u8]) -> Result<Vec<u8>, String> {
    let broken = || "its chunked body is malformed".to_owned();
    let mut body = Vec::new();
    loop {
        let Ok(httparse::Status::Complete((head, length))) = httparse::parse_chunk_size(rest)
        else {
            return Err(broken());
        };
        if length == 0 {
            return Ok(body);
        }
        if length > MAX_TEXT_SOURCE_BYTES {
            return Err(broken());
        }
        let end = head + usize::try_from(length).map_err(|_| broken())?;
        body.extend_from_slice(rest.get(head..end).ok_or_else(broken)?);
        rest = rest
            .get(end..)
            .and_then(|r| r.strip_prefix(b"\r\n"))
            .ok_or_else(broken)?;
    }
}

/// Real responses have a few dozen.
const MAX_FIELDS: usize = 256;
