//! Decodes characters by the WHATWG Encoding Standard: by the byte order mark, then the declared encoding, then UTF-8.
//! It never guesses.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8};

/// Name and revision: bytes decoded by encoding_rs. The revision rises whenever any output changes; a test holds outputs.
pub const EXTRACTOR: &str = "claimledger-text 1";

/// Decodes bytes and returns the name of the encoding. Bytes that a declared encoding cannot decode become U+FFFD.
/// Without a declaration, bytes that are not UTF-8 are refused.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<(String, &'static str), String> {
    let encoding = match (Encoding::for_bom(bytes), declared) {
        (Some((encoding, _)), _) => encoding,
        (None, Some(label)) => Encoding::for_label(label.as_bytes())
            .filter(|encoding| *encoding != REPLACEMENT)
            .ok_or_else(|| format!("the encoding {:?} is not known", shortened(label)))?,
        (None, None) => {
            return match std::str::from_utf8(bytes) {
                Ok(text) => Ok((text.to_owned(), UTF_8.name())),
                Err(e) => Err(format!("byte {} {UNDECLARED}", e.valid_up_to())),
            };
        }
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Ok((text.into_owned(), encoding.name()))
}

/// Whether the reason for having no text is that the encoding must be declared.
pub fn is_undeclared(why: &str) -> bool {
    why.ends_with(UNDECLARED)
}

/// Whether text can be decoded from an encoding of this name (WHATWG Encoding Standard, 4.2).
pub fn is_known(label: &str) -> bool {
    Encoding::for_label(label.as_bytes()).is_some_and(|encoding| encoding != REPLACEMENT)
}

/// The encoding other than UTF-8 that a byte order mark names.
pub fn mark(bytes: &[u8]) -> Option<&'static str> {
    Encoding::for_bom(bytes)
        .filter(|(encoding, _)| *encoding != UTF_8)
        .map(|(encoding, _)| encoding.name())
}

/// Whether a label names UTF-8, or ASCII, which is the same bytes in UTF-8.
pub fn is_utf8(label: &str) -> bool {
    Encoding::for_label(label.as_bytes()) == Some(UTF_8)
        || matches!(label.to_ascii_lowercase().trim(), "us-ascii" | "ascii")
}

const UNDECLARED: &str = "is not UTF-8, and no other encoding is declared";

fn shortened(label: &str) -> String {
    label.chars().take(40).collect()
}
