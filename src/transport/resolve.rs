//! Resolves names, and checks every address before connecting.

use super::address::is_private;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Which addresses a resolver accepts. A name with addresses of both kinds is always refused: the owner of the name
/// could choose between them later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Through {
    /// Public ones.
    Public,
    /// Those of this machine and of local networks.
    Private,
}

/// Decides whether an address is private.
pub(super) type Judge = Arc<dyn Fn(&SocketAddr) -> bool + Send + Sync>;

/// By the registries of special addresses.
pub(super) fn by_registry() -> Judge {
    Arc::new(|address| is_private(address.ip()))
}

/// A name that leads to an address that the resolver does not accept.
#[derive(Debug, thiserror::Error)]
#[error("a private address: {0}")]
pub(super) struct Private(pub(super) SocketAddr);

/// The system's resolver, followed by a check. The client connects to the checked addresses, so a second look-up
/// cannot give others.
pub(super) struct CheckedResolver {
    pub(super) through: Through,
    pub(super) is_private: Judge,
    pub(super) inner: DefaultResolver,
}

impl fmt::Debug for CheckedResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checked({:?})", self.through)
    }
}

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &ureq::http::Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        match self.stray(&found) {
            None => Ok(found),
            Some(address) => Err(ureq::Error::Other(Box::new(Private(address)))),
        }
    }
}

impl CheckedResolver {
    /// If a name has an address that is not accepted: the one to report, a private one if there is any.
    pub(super) fn stray(&self, found: &[SocketAddr]) -> Option<SocketAddr> {
        let wanted = self.through == Through::Private;
        let stray = found.iter().find(|a| (self.is_private)(a) != wanted)?;
        let private = found.iter().find(|a| (self.is_private)(a));
        Some(*private.unwrap_or(stray))
    }
}
