//! Reading no more of a document than a text may have.

use crate::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use std::io::{self, Read};

/// Everything that `from` has, if it is no more than the limit on the source of a text.
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
