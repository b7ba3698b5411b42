//! Other ledgers and witnesses: publishing, following, getting cosigned, cosigning.

pub mod cosign;
pub mod exchange;
pub mod private_witnesses;
pub mod witness;
