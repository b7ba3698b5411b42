//! Counts what an auditor must not take for a plain statement: what was signed with a key that is distrusted.

use crate::rules::{Distrust, MemoryView, View};

/// How many of the statements that the rules admitted are distrusted after the last entry.
pub fn count(view: &MemoryView) -> u64 {
    let size = view.size();
    let Ok(distrust) = Distrust::at(view, size);
    if !distrust.is_any() {
        return 0;
    }
    let of_each = size.indices().filter(|index| {
        let Ok(fact) = view.entry(*index);
        fact.is_some_and(|fact| {
            let Ok(covered) = distrust.covers(view, &fact);
            covered
        })
    });
    of_each.count() as u64
}
