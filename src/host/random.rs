//! Randomness of the operating system.

use super::Error;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// `N` random bytes, wiped when dropped.
pub fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, Error> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut bytes[..]).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// A generator for the coefficients of batch verification. It panics where the system has no randomness: a batch
/// without it proves nothing.
pub fn generator() -> impl CryptoRng {
    getrandom::rand_core::UnwrapErr(getrandom::SysRng)
}
