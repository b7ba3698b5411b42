//! Other ledgers and witnesses: publishing, following, getting cosigned, cosigning.

pub mod cosign;
pub mod exchange;
pub mod witness;
