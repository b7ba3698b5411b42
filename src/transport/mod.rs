//! HTTP, both ways: a client with limits, retries and address checks, and a small server for what `sync` answers.
//!
//! What this is not: it knows no ledger. A place that is fetched from is believed in nothing; what comes is bounded in
//! size and time, and checked by the caller.

pub mod address;
mod authorities;
pub mod client;
mod resolve;
pub mod server;
pub mod stop;
pub mod stream;

pub use authorities::Authorities;
pub use client::{Answer, Client, Limits};
pub use server::{Request, Response, Server, SocketAddr};
pub use stop::Stop;
pub use stream::{Body, Streamed};

use crate::outcome::Outcome;

/// Why nothing came.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not an address this client goes to.
    #[error("{url:?} is not an http or https address")]
    Url {
        /// What was given.
        url: String,
    },
    /// An address with a user's name or password in it.
    #[error("the address contains a user name or password, which the ledger would record forever")]
    Credentials,
    /// A name that leads into a private network.
    #[error("{url} leads to {address}, a private address")]
    PrivateAddress {
        /// What was asked for.
        url: String,
        /// Where it leads.
        address: String,
    },
    /// More bytes than such a file can have.
    #[error("{url} sent more than {limit} bytes")]
    TooLarge {
        /// What was asked for.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// It took too long.
    #[error("{url} did not answer in time")]
    TimedOut {
        /// What was asked for.
        url: String,
    },
    /// It was sent on too often, or from https to http.
    #[error("{url} is redirected too often, or to an address that is not allowed")]
    Redirects {
        /// What was asked for.
        url: String,
    },
    /// The server said something else than yes, or that it has no such thing.
    #[error("{url} answered with status {status}")]
    Status {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The network, the name service or the TLS failed.
    #[error("{url} cannot be reached: {reason}")]
    Network {
        /// What was asked for.
        url: String,
        /// What the machine said.
        reason: String,
    },
    /// The server could not be started.
    #[error("the server cannot listen at this address")]
    Listen(#[source] std::io::Error),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Url { .. } => "url-not-http",
            Self::Credentials => "url-credentials",
            Self::PrivateAddress { .. } => "private-address",
            Self::TooLarge { .. } => "response-too-large",
            Self::TimedOut { .. } => "timed-out",
            Self::Redirects { .. } => "redirects",
            Self::Status { .. } => "http-status",
            Self::Network { .. } => "network",
            Self::Listen(_) => "cannot-listen",
        }
    }

    /// What it means to the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Url { .. }
            | Self::Credentials
            | Self::PrivateAddress { .. }
            | Self::TooLarge { .. } => Outcome::Refused,
            Self::TimedOut { .. }
            | Self::Redirects { .. }
            | Self::Status { .. }
            | Self::Network { .. }
            | Self::Listen(_) => Outcome::CannotTell,
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod stream_tests;
