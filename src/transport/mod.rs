//! HTTP, in both directions: a client with limits, retries and address checks, and a small server for `sync`.
//!
//! What this is not: it knows no ledger. Nothing from a server is believed: the client limits its size and time, and
//! the caller checks it.

pub mod address;
mod authorities;
pub mod client;
mod gzip;
mod pace;
mod resolve;
mod retry_after;
pub mod server;
pub mod stop;
pub mod stream;

pub use authorities::Authorities;
pub use client::{BufferedResponse, Client, Limits};
pub use gzip::Members;
pub use server::{Request, Response, Server, SocketAddr};
pub use stop::Stop;
pub use stream::{Body, Streamed};

use crate::outcome::Outcome;
use claimledger_core::Code;

/// Why nothing came.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not an address that this client uses.
    #[error("{url:?} is not an http or https address")]
    Url {
        /// What was given.
        url: String,
    },
    /// An address with a user name or password in it.
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
    /// Too many redirects, or a redirect from https to http.
    #[error("{url} is redirected too often, or to an address that is not allowed")]
    Redirects {
        /// What was asked for.
        url: String,
    },
    /// The server returned an error other than "not found".
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
    pub fn code(&self) -> Code {
        match self {
            Self::Url { .. } => Code::UrlNotHttp,
            Self::Credentials => Code::UrlCredentials,
            Self::PrivateAddress { .. } => Code::PrivateAddress,
            Self::TooLarge { .. } => Code::ResponseTooLarge,
            Self::TimedOut { .. } => Code::TimedOut,
            Self::Redirects { .. } => Code::Redirects,
            Self::Status { .. } => Code::HttpStatus,
            Self::Network { .. } => Code::Network,
            Self::Listen(_) => Code::CannotListen,
        }
    }

    /// The outcome for the person who asked.
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
