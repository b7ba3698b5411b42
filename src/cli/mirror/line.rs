//! A mirror in one line.

use crate::cli::render::count::count;
use crate::sync::mirror::MirrorStatus;

/// Its name, its size, and the place that it follows.
pub fn line(shown: &MirrorStatus) -> String {
    let from = shown
        .followed
        .as_ref()
        .map_or("(never updated)", |f| &f.from);
    format!(
        "{}  {}  {from}\n",
        shown.name,
        count(shown.size.get(), "entry", "entries")
    )
}
