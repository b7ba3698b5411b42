//! Where this machine has seen a ledger.

use crate::cli::render::count::count;
use crate::ledger::rollback_guard::RememberedLedger;

/// A line for each place at which a ledger was seen.
pub fn seen(one: &RememberedLedger) -> String {
    let mut text = String::new();
    for place in &one.places {
        let how = if place.written {
            "written here"
        } else {
            "read"
        };
        text.push_str(&format!(
            "  {} at {} ({how})\n",
            count(place.size.get(), "entry", "entries"),
            place.place
        ));
    }
    text
}
