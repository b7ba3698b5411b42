//! Random numbers from the operating system.

use super::Error;
use zeroize::Zeroizing;

/// `N` random bytes, wiped when dropped.
pub fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, Error> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut bytes[..]).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// A new seed for the coefficients of one batch verification ([`claimledger_core::crypto::batch::verify`]).
pub fn seed() -> Result<[u8; 32], Error> {
    Ok(*bytes()?)
}
