//! The HTTP client: bounded in size, time, redirects and attempts.

use super::Error;
use super::address::is_private;
use std::error::Error as StdError;
use std::io::Read as _;
use std::net::IpAddr;
use std::time::Duration;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// What a client puts up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Whether names may lead to this machine and to local networks.
    pub private_addresses: bool,
    /// How long a small answer may take, from looking up the name to the last byte. Large ones get time by their size.
    pub time: Duration,
    /// How often one is sent on.
    pub redirects: u32,
    /// How often a GET is tried.
    pub attempts: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            private_addresses: false,
            time: Duration::from_secs(30),
            redirects: 5,
            attempts: 3,
        }
    }
}

/// An answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Its media type, as the server says.
    pub media_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// An HTTP client. Proxies of the environment are not asked: through one, no address could be checked.
#[derive(Debug, Clone)]
pub struct Client {
    agent: ureq::Agent,
    limits: Limits,
}

impl Client {
    /// A client with these limits.
    pub fn new(limits: Limits) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .max_redirects(limits.redirects)
            .max_redirects_will_error(true)
            .timeout_connect(Some(limits.time))
            .user_agent(concat!("claimledger/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = Checked {
            private_addresses: limits.private_addresses,
            inner: DefaultResolver::default(),
        };
        Self {
            agent: ureq::Agent::with_parts(config, DefaultConnector::default(), resolver),
            limits,
        }
    }

    /// GETs a file of at most `limit` bytes, after decoding. `None` where the server has no such file; a failure of
    /// the network or the server is tried again.
    pub fn fetch(&self, url: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        let mut attempt = 1;
        loop {
            let answer = self.get(url, limit).and_then(|answer| match answer.status {
                200 => Ok(Some(answer.body)),
                404 | 410 => Ok(None),
                status => Err(Error::Status {
                    url: url.to_owned(),
                    status,
                }),
            });
            match answer {
                Err(error) if attempt < self.limits.attempts && may_pass(&error) => {
                    std::thread::sleep(PAUSE * attempt * attempt);
                    attempt += 1;
                }
                answer => return answer,
            }
        }
    }

    fn get(&self, url: &str, limit: u64) -> Result<Answer, Error> {
        let https = scheme(url)?;
        let request = self.agent.get(url).config();
        let request = request
            .https_only(https)
            .timeout_global(Some(self.time_for(limit)))
            .build();
        read(url, request.call(), limit)
    }

    /// POSTs once and follows no redirect; an answer of any status is an answer.
    pub fn post(
        &self,
        url: &str,
        media_type: &str,
        body: &[u8],
        limit: u64,
    ) -> Result<Answer, Error> {
        let https = scheme(url)?;
        let request = self.agent.post(url).header("content-type", media_type);
        let request = request
            .config()
            .https_only(https)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(self.time_for(limit)))
            .build();
        read(url, request.send(body), limit)
    }

    fn time_for(&self, limit: u64) -> Duration {
        self.limits.time + Duration::from_secs(limit / SLOWEST_BYTES_A_SECOND)
    }
}

/// Reads an answer of at most `limit` bytes.
fn read(
    url: &str,
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    limit: u64,
) -> Result<Answer, Error> {
    let failed = |error: &ureq::Error| refusal(url, error, limit);
    let mut answer = answer.map_err(|e| failed(&e))?;
    let media_type = answer
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let mut body = Vec::new();
    // One more byte than may come, so that what is too long is known to be.
    let mut reader = answer.body_mut().as_reader().take(limit + 1);
    reader.read_to_end(&mut body).map_err(|error| {
        let inner = error
            .get_ref()
            .and_then(|e| e.downcast_ref::<ureq::Error>());
        inner.map_or_else(
            || match error.kind() {
                std::io::ErrorKind::TimedOut => Error::TimedOut {
                    url: url.to_owned(),
                },
                _ => network(url, &error),
            },
            failed,
        )
    })?;
    if body.len() as u64 > limit {
        return Err(Error::TooLarge {
            url: url.to_owned(),
            limit,
        });
    }
    Ok(Answer {
        status: answer.status().as_u16(),
        media_type,
        body,
    })
}

/// Whether the address is https; an error if it is neither that nor http.
fn scheme(url: &str) -> Result<bool, Error> {
    match url.split_once("://") {
        Some(("https", _)) => Ok(true),
        Some(("http", _)) => Ok(false),
        _ => Err(Error::Url {
            url: url.to_owned(),
        }),
    }
}

/// Whether trying again can help.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Network { .. } | Error::TimedOut { .. } => true,
        Error::Status { status, .. } => *status == 429 || *status >= 500,
        _ => false,
    }
}

fn network(url: &str, error: &dyn StdError) -> Error {
    Error::Network {
        url: url.to_owned(),
        reason: error.to_string(),
    }
}

fn refusal(url: &str, error: &ureq::Error, limit: u64) -> Error {
    let url = url.to_owned();
    match error {
        ureq::Error::Timeout(_) => Error::TimedOut { url },
        ureq::Error::BodyExceedsLimit(_) => Error::TooLarge { url, limit },
        ureq::Error::TooManyRedirects
        | ureq::Error::RedirectFailed
        | ureq::Error::RequireHttpsOnly(_) => Error::Redirects { url },
        ureq::Error::BadUri(_) => Error::Url { url },
        ureq::Error::Other(inner) => match inner.downcast_ref::<Private>() {
            Some(Private(address)) => Error::PrivateAddress {
                url,
                address: address.to_string(),
            },
            None => network(&url, error),
        },
        other => network(&url, other),
    }
}

/// A name that leads to a private address.
#[derive(Debug, thiserror::Error)]
#[error("a private address: {0}")]
struct Private(IpAddr);

/// The system's resolver, and a look at every address it answers with. What it lets through is what is connected to:
/// a second look-up cannot say something else.
#[derive(Debug)]
struct Checked {
    private_addresses: bool,
    inner: DefaultResolver,
}

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &ureq::http::Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if !self.private_addresses {
            let private = found
                .iter()
                .map(std::net::SocketAddr::ip)
                .find(|a| is_private(*a));
            if let Some(address) = private {
                return Err(ureq::Error::Other(Box::new(Private(address))));
            }
        }
        Ok(found)
    }
}

/// The first pause before trying again; the second is four times as long.
const PAUSE: Duration = Duration::from_millis(100);

/// A server slower than this would make a large file an endless one.
const SLOWEST_BYTES_A_SECOND: u64 = 256 * 1024;
