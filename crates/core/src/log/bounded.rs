//! Reads at most as much of a document as a text may have.

use crate::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use std::io::{self, Read};

/// The bytes of `from`, if they are no more than the limit for a text.
pub fn read_bounded(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(MAX_TEXT_SOURCE_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_TEXT_SOURCE_BYTES).then_some(bytes))
}

/// Why a document beyond the limit has no text.
pub fn too_large() -> String {
    format!("larger than {MAX_TEXT_SOURCE_BYTES} bytes; text is not taken out of anything larger")
}
