//! Everything that is tested from outside, in one binary: it links once.

#[allow(dead_code, reason = "each module uses its part")]
mod support;

mod architecture;
mod concurrency;
mod corroboration;
mod example;
mod faults;
mod format;
mod interop;
mod rules;
mod search;
mod snapshots;
mod store_contract;
mod tamper;
mod vectors;
