//! Everything that is tested from outside, in one binary: it links once.

mod support;

mod architecture;
mod concurrency;
mod faults;
mod store_contract;
mod tamper;
