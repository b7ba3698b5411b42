//! Removes the codings of an HTTP body: the content codings (RFC 9110, 8.4.1) and the transfer codings (RFC 9112, 7).
//!
//! Servers and crawlers declare codings that the body does not have, or has no longer: a crawler stores the body unpacked and
//! keeps the header. So a declared coding is removed only where the bytes have it, as browsers and other archive readers do.

use super::media::GZIP_MARK;
use crate::transport::Members;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::log::bounded;
use flate2::{FlushDecompress, Status};
use std::io::Read;

/// Removes content codings, as a `Content-Encoding` lists them, up to the limit on the source of a text.
///
/// # Errors
///
/// Why the bytes cannot be had: they are damaged, too many, or of a coding that this program does not have.
pub fn undo(mut body: Vec<u8>, listed: Option<&str>) -> Result<Vec<u8>, String> {
    let codings = tokens(listed.unwrap_or_default());
    if codings.len() > MAX_CODINGS {
        return Err("it has more content codings than are removed".to_owned());
    }
    for coding in codings.iter().rev() {
        body = undo_one(body, coding)?;
    }
    Ok(body)
}

/// Removes transfer codings, as a `Transfer-Encoding` lists them.
pub fn undo_transfer(mut body: Vec<u8>, listed: &str) -> Result<Vec<u8>, String> {
    let codings = tokens(listed);
    if codings.len() > MAX_CODINGS {
        return Err("it has more transfer codings than are removed".to_owned());
    }
    for coding in codings.iter().rev() {
        body = if coding == "chunked" {
            unchunk(body)?
        } else {
            undo_one(body, coding)?
        };
    }
    Ok(body)
}

fn tokens(listed: &str) -> Vec<String> {
    let tokens = listed
        .split(',')
        .map(|token| token.trim().to_ascii_lowercase());
    tokens.filter(|token| !token.is_empty()).collect()
}

fn undo_one(body: Vec<u8>, coding: &str) -> Result<Vec<u8>, String> {
    match coding {
        "gzip" | "x-gzip" if body.starts_with(GZIP_MARK) => {
            // What follows the last member is ignored, as browsers do.
            read(&mut Members::before_other_bytes(&body[..]), coding)
        }
        "zstd" if body.starts_with(&ZSTD) => match zstd::stream::read::Decoder::new(&body[..]) {
            Ok(mut unpacked) => read(&mut unpacked, coding),
            Err(_) => Err(damaged(coding)),
        },
        "identity" | "gzip" | "x-gzip" | "zstd" => Ok(body),
        _ if is_characters(&body) && std::str::from_utf8(&body).is_ok() => Ok(body),
        // The standard means zlib; some servers send the bare stream (RFC 9110, 8.4.1.2).
        "deflate" => {
            let framed = inflated(&body, true);
            let unpacked = match &framed {
                Err(why) if *why == damaged("deflate") => inflated(&body, false),
                _ => framed,
            };
            or_characters(unpacked, &body)
        }
        "br" => {
            let mut unpacked = brotli_decompressor::Decompressor::new(&body[..], BUFFER);
            or_characters(read(&mut unpacked, coding), &body)
        }
        other if is_characters(&body) && !REGISTERED.contains(&other) => Ok(body),
        other => {
            let other: String = other.chars().take(40).collect();
            Err(format!("its content coding {other:?} is not known"))
        }
    }
}

fn read(unpacked: &mut dyn Read, coding: &str) -> Result<Vec<u8>, String> {
    match bounded::read_bounded(unpacked) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(bounded::too_large()),
        Err(_) => Err(damaged(coding)),
    }
}

/// A deflate stream (RFC 1951), in zlib's frame (RFC 1950) or bare. A stream without its end is no stream; nor is a bare one
/// with other bytes after it, because nothing else tells it from them.
fn inflated(body: &[u8], framed: bool) -> Result<Vec<u8>, String> {
    let broken = || damaged("deflate");
    let mut stream = flate2::Decompress::new(framed);
    let mut unpacked = Vec::new();
    loop {
        unpacked.reserve(BUFFER);
        let read = usize::try_from(stream.total_in()).map_err(|_| broken())?;
        let before = (read, unpacked.len());
        let status = stream
            .decompress_vec(&body[read..], &mut unpacked, FlushDecompress::None)
            .map_err(|_| broken())?;
        if unpacked.len() as u64 > MAX_TEXT_SOURCE_BYTES {
            return Err(bounded::too_large());
        }
        let read = usize::try_from(stream.total_in()).map_err(|_| broken())?;
        if status == Status::StreamEnd {
            let whole = framed || read == body.len();
            return if whole { Ok(unpacked) } else { Err(broken()) };
        }
        if (read, unpacked.len()) == before {
            return Err(broken());
        }
    }
}

fn damaged(coding: &str) -> String {
    format!("its {coding} body is malformed")
}

/// What was unpacked; or, if it could not be, the bytes themselves where they look like characters.
fn or_characters(unpacked: Result<Vec<u8>, String>, body: &[u8]) -> Result<Vec<u8>, String> {
    unpacked.or_else(|why| {
        if is_characters(body) {
            Ok(body.to_vec())
        } else {
            Err(why)
        }
    })
}

/// Whether the beginning of a body has no control characters: packed bytes nearly always have some.
fn is_characters(body: &[u8]) -> bool {
    let start = &body[..body.len().min(1024)];
    let control = |b: &u8| b.is_ascii_control() && !b"\t\n\x0c\r".contains(b);
    !start.iter().any(control)
}

/// Removes the chunked transfer coding (RFC 9112, 7.1). Some crawlers store the body without its chunks, and some without
/// the last one.
fn unchunk(body: Vec<u8>) -> Result<Vec<u8>, String> {
    let broken = || "its chunked body is malformed".to_owned();
    let mut rest = &body[..];
    let mut whole = Vec::new();
    let mut begun = false;
    loop {
        let (head, length) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete(found)) => found,
            // The last chunk is missing.
            _ if begun && rest.is_empty() => return Ok(whole),
            // There are no chunks.
            _ if !begun => return Ok(body),
            _ => return Err(broken()),
        };
        if length == 0 {
            return Ok(whole);
        }
        let end = usize::try_from(length)
            .ok()
            .filter(|_| length <= MAX_TEXT_SOURCE_BYTES)
            .map(|length| head + length);
        let chunk = end.and_then(|end| Some((rest.get(head..end)?, &rest[end..])));
        let Some((chunk, after)) = chunk else {
            // A first line that is only a number by chance.
            return if begun { Err(broken()) } else { Ok(body) };
        };
        whole.extend_from_slice(chunk);
        rest = match after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")) {
            Some(rest) => rest,
            None if after.is_empty() => after,
            None if begun => return Err(broken()),
            None => return Ok(body),
        };
        begun = true;
    }
}

const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The other codings of the IANA registry: bytes in one of them are never characters. Labels of none of the codings, such as
/// `none` or `utf-8`, change nothing.
const REGISTERED: &[&str] = &[
    "aes128gcm",
    "compress",
    "x-compress",
    "dcb",
    "dcz",
    "exi",
    "pack200-gzip",
];

/// Real bodies have one or two. Each is removed at most once, up to the limit.
const MAX_CODINGS: usize = 8;

const BUFFER: usize = 16 * 1024;
