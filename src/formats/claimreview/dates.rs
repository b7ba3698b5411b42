//! Dates in markup: a day counts only where it is written as one (ISO 8601, or the RFC 3339 instant that begins with it).

use claimledger_core::encoding::time::PartialDate;

/// The date that a text begins with: `2025-03-04`, also of `2025-03-04 20:05` and `2025-03-04T12:31:20+01:00`; `2025` and
/// `2025-03` alone. Nothing is completed, and no order of day and month is guessed.
pub fn day_of(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let (day, time) = text.split_at_checked(10)?;
    let follows = time.strip_prefix(['T', 't', ' '])?;
    let is_time = follows.len() >= 5
        && follows.as_bytes()[2] == b':'
        && follows.bytes().take(2).all(|b| b.is_ascii_digit());
    is_time.then(|| day.parse().ok()).flatten()
}
