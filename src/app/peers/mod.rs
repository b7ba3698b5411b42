//! Other ledgers and witnesses: publishing, following, being cosigned, cosigning.

pub mod cosign;
pub mod exchange;
pub mod witness;
