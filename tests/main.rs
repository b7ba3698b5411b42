//! Everything that is tested from outside, in one binary: it links once.

#[allow(dead_code, reason = "unit tests and benchmarks use the rest of it")]
mod support;

mod architecture;
mod concurrency;
mod faults;
mod store_contract;
mod tamper;
