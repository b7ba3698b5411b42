//! Proofs for people who have no copy of the ledger: making them and checking them.

pub mod bare_envelope;
pub mod claim_dossiers;
mod dossier_entries;
mod dossier_json;
pub mod dossier_summary;
pub mod proof;
pub mod quoted_texts;
