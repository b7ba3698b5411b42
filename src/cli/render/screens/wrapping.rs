//! Lines of a screen, wrapped to 80 columns.

use claimledger_core::encoding::foreign::wrap;
use unicode_width::UnicodeWidthStr as _;

/// The rows of a line, each as wide as this at most.
pub fn wrapped(words: &str, width: usize) -> Vec<String> {
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    let columns = |text: &str| text.width() as f64;
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    let width = width as f64;
    words
        .split('\n')
        .flat_map(|line| wrap(line, width, &columns))
        .collect()
}

/// The columns of a screen: what every terminal has.
pub const WIDTH: usize = 80;
