//! The library without a process: its rules, its files, its copies; and attacks on all of them.

pub mod archive_proofs;
pub mod audit;
pub mod claimreview;
pub mod concurrency;
pub mod corroboration;
pub mod dossiers;
#[cfg(unix)]
pub mod every_file;
pub mod exchange;
pub mod extracted_texts;
pub mod failing_index;
pub mod faults;
pub mod fork_evidence;
mod index;
pub mod ledger;
pub mod office_files;
mod pages;
pub mod pdf_texts;
pub mod proofs;
pub mod rule_vectors;
pub mod rules;
pub mod search;
pub mod session;
pub mod similar;
pub mod situations;
pub mod snapshots;
pub mod store_contract;
pub mod sync;
pub mod tamper;
pub mod threats;
pub mod vectors;
pub mod web_archives;
