//! Everything that is tested from outside, in one binary: it links once.

#[allow(dead_code, reason = "each module uses its part")]
mod support;

mod architecture;
mod audit;
mod cli;
mod cli_adding;
mod cli_case;
mod cli_checkpoint;
mod cli_damage;
mod cli_draft;
mod cli_fetch;
mod cli_keys;
mod cli_practice;
mod cli_safety;
mod cli_signing;
mod cli_sources;
mod cli_witness;
mod cli_world;
mod concurrency;
mod corroboration;
mod dossiers;
mod elsewhere;
mod example;
mod faults;
mod following;
mod format;
mod guide;
mod interop;
mod newsrooms;
mod places;
mod processes;
mod proofs;
mod reference;
mod rule_vectors;
mod rules;
mod search;
mod session;
mod snapshots;
mod store_contract;
mod sync;
mod tamper;
mod threats;
mod vectors;
mod witness;
