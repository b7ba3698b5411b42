//! The HTTP client: with limits on size, time, redirects and attempts.

use super::Error;
use super::authorities::Authorities;
use super::gzip::Members;
use super::pace::{Paced, connector, time_for, within};
use super::resolve::{CheckedResolver, Judge, Private, Through, by_registry};
use super::retry_after::retry_after;
use std::error::Error as StdError;
use std::io::{self, BufReader, Read};
use std::time::{Duration, Instant};
use ureq::http;
use ureq::unversioned::resolver::DefaultResolver;
use url::Url;

/// The limits of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Whether the first address may be on this machine or in a local network. A redirect from a public address to a
    /// private one is always refused.
    pub private_addresses: bool,
    /// How long a small answer may take, from the name look-up to the last byte, and how long a server may send
    /// nothing. Large answers get more time, by their size.
    pub time: Duration,
    /// How many redirects are followed.
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
pub struct BufferedResponse {
    /// The HTTP status.
    pub status: u16,
    /// Its media type, as the server gives it.
    pub media_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// A response as it arrives, with its body still to come.
pub(super) type Arrived = http::Response<ureq::Body>;

/// An HTTP client. It sends no cookies, and uses no proxy from the environment: through a proxy, no address could be
/// checked.
#[derive(Debug, Clone)]
pub struct Client {
    public: ureq::Agent,
    private: ureq::Agent,
    pub(super) limits: Limits,
}

impl Client {
    /// A client with these limits, which trusts Mozilla's list of certificate authorities.
    pub fn new(limits: Limits) -> Self {
        Self::trusting(limits, &Authorities::default())
    }

    /// A client that trusts these certificate authorities.
    pub fn trusting(limits: Limits, authorities: &Authorities) -> Self {
        Self::judging(limits, authorities, &by_registry())
    }

    /// A client that uses this judge for private addresses.
    pub(super) fn judging(limits: Limits, authorities: &Authorities, is_private: &Judge) -> Self {
        let agent = |through| {
            // Redirects are followed here, one by one: each is judged by where it comes from.
            let config = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .tls_config(authorities.tls())
                .proxy(None)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .timeout_resolve(Some(limits.time))
                .timeout_connect(Some(limits.time))
                .timeout_recv_response(Some(limits.time))
                .timeout_per_read(Some(limits.time))
                .user_agent(concat!("claimledger/", env!("CARGO_PKG_VERSION")))
                .build();
            let resolver = CheckedResolver {
                through,
                is_private: is_private.clone(),
                inner: DefaultResolver::default(),
            };
            ureq::Agent::with_parts(config, connector(), resolver)
        };
        Self {
            public: agent(Through::Public),
            private: agent(Through::Private),
            limits,
        }
    }

    /// GETs a file of at most `limit` bytes, after decoding. `None` if the server has no such file. A failure of the
    /// network or the server is tried again.
    pub fn fetch(&self, url: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        self.patiently(url, limit, |answer| {
            self.read(url, answer, limit).map(|answer| answer.body)
        })
    }

    /// The same through `take`, which is given the bytes: all of them, or of a longer file `most` and one more. It is called
    /// again if the network fails. `None` where the server has no such file.
    pub fn fetch_through<T>(
        &self,
        url: &str,
        most: u64,
        take: &mut dyn FnMut(&mut dyn Read) -> io::Result<T>,
    ) -> Result<Option<T>, Error> {
        self.patiently(url, most, |answer| {
            let mut bounded = self.unpacked(answer).1.take(most.saturating_add(1));
            take(&mut bounded).map_err(|error| interrupted(url, &error))
        })
    }

    /// GETs, and hands the answer on if the server has such a file. Tries again what may pass, and waits as long as a
    /// server asks for that has too much to do (429 and 503 with Retry-After, RFC 9110 section 10.2.3).
    fn patiently<T>(
        &self,
        url: &str,
        limit: u64,
        mut take: impl FnMut(Arrived) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let asked = address(url)?;
        let mut attempt = 1;
        let mut waited = Duration::ZERO;
        loop {
            let mut asked_to_wait = None;
            let answer = self.follow(&asked, self.time_for(limit), "gzip");
            let taken = answer.and_then(|(answer, _)| match answer.status().as_u16() {
                200 => take(answer).map(Some),
                404 | 410 => Ok(None),
                status => {
                    asked_to_wait = retry_after(status, answer.headers());
                    Err(Error::Status {
                        url: url.to_owned(),
                        status,
                    })
                }
            });
            match (taken, asked_to_wait) {
                // A wait of nothing counts as an attempt; otherwise it could be asked for without end.
                (Err(_), Some(wait)) if wait.is_zero() && attempt < self.limits.attempts => {
                    attempt += 1;
                }
                (Err(_), Some(wait))
                    if !wait.is_zero() && waited.saturating_add(wait) <= LONGEST_WAIT =>
                {
                    waited += wait;
                    std::thread::sleep(wait);
                }
                (Err(error), None) if attempt < self.limits.attempts && may_pass(&error) => {
                    std::thread::sleep(PAUSE * attempt * attempt);
                    attempt += 1;
                }
                (taken, _) => return taken,
            }
        }
    }

    /// POSTs once and follows no redirect; a response of any status is a result.
    pub fn post(
        &self,
        url: &str,
        media_type: &str,
        body: &[u8],
        limit: u64,
    ) -> Result<BufferedResponse, Error> {
        let asked = address(url)?;
        let mut private = self.limits.private_addresses;
        let time = self.time_for(limit);
        let answer = within(Instant::now() + time, || {
            self.ask(&mut private, |agent| {
                let request = agent.post(asked.as_str());
                let request = request.header("content-type", media_type).config();
                let request = request.timeout_global(Some(time)).build();
                request.send(body)
            })
        });
        self.read(url, answer.map_err(|e| refusal(url, &e))?, limit)
    }

    /// GETs, and follows redirects, all within `time`. Also returns the final address.
    pub(super) fn follow(
        &self,
        asked: &Url,
        time: Duration,
        codings: &str,
    ) -> Result<(Arrived, Url), Error> {
        let until = Instant::now() + time;
        let mut private = self.limits.private_addresses;
        let mut at = asked.clone();
        at.set_fragment(None);
        for _ in 0..=self.limits.redirects {
            let left = until.saturating_duration_since(Instant::now());
            // The name, the connection and the head, each in the time of a small answer.
            let head = Instant::now() + self.limits.time * 3;
            let answer = within(until.min(head), || {
                self.ask(&mut private, |agent| {
                    let request = agent.get(at.as_str()).header("accept-encoding", codings);
                    request.config().timeout_global(Some(left)).build().call()
                })
            });
            let answer = answer.map_err(|e| refusal(at.as_str(), &e))?;
            match onward(&at, &answer) {
                Onward::Here => return Ok((answer, at)),
                Onward::To(next) => at = next,
                Onward::Astray => break,
            }
        }
        Err(Error::Redirects {
            url: asked.to_string(),
        })
    }

    /// Sends a request to a public address; to a private one only while `private` is true, which ends with the first
    /// public address.
    fn ask(
        &self,
        private: &mut bool,
        ask: impl Fn(&ureq::Agent) -> Result<Arrived, ureq::Error>,
    ) -> Result<Arrived, ureq::Error> {
        match ask(&self.public) {
            Err(error) if *private && leads_to(&error).is_some() => ask(&self.private),
            answer => {
                *private = false;
                answer
            }
        }
    }

    /// The head of a response, and its body with the content coding undone.
    fn unpacked(&self, answer: Arrived) -> (http::response::Parts, Box<dyn Read>) {
        let (head, body) = answer.into_parts();
        let coding = head.headers.get("content-encoding");
        let plain = Paced::new(body.into_reader(), self.limits.time);
        let body: Box<dyn Read> = match coding.and_then(|v| v.to_str().ok()) {
            Some("gzip" | "x-gzip") => Box::new(Members::new(BufReader::new(plain))),
            _ => Box::new(plain),
        };
        (head, body)
    }

    /// Reads a response of at most `limit` bytes.
    fn read(&self, url: &str, answer: Arrived, limit: u64) -> Result<BufferedResponse, Error> {
        let (head, unpacked) = self.unpacked(answer);
        let media_type = head.headers.get("content-type");
        let mut body = Vec::new();
        // One byte more than allowed, so that a response that is too long is noticed.
        let mut bounded = unpacked.take(limit + 1);
        let failed = |error: io::Error| interrupted(url, &error);
        bounded.read_to_end(&mut body).map_err(failed)?;
        if body.len() as u64 > limit {
            return Err(Error::TooLarge {
                url: url.to_owned(),
                limit,
            });
        }
        Ok(BufferedResponse {
            status: head.status.as_u16(),
            media_type: media_type.and_then(|v| v.to_str().ok()).map(str::to_owned),
            body,
        })
    }

    pub(super) fn time_for(&self, bytes: u64) -> Duration {
        time_for(self.limits.time, bytes)
    }
}

/// Where an answer sends one.
enum Onward {
    /// Nowhere.
    Here,
    /// There.
    To(Url),
    /// Where one must not go.
    Astray,
}

fn onward(at: &Url, answer: &Arrived) -> Onward {
    let location = answer.headers().get("location");
    let (301 | 302 | 303 | 307 | 308, Some(location)) = (answer.status().as_u16(), location) else {
        return Onward::Here;
    };
    let next = std::str::from_utf8(location.as_bytes())
        .ok()
        .and_then(|location| at.join(location).ok());
    match next {
        Some(mut next) if may_go_on(at, &next) => {
            next.set_fragment(None);
            Onward::To(next)
        }
        _ => Onward::Astray,
    }
}

/// A redirect must not lead from https to http, to another scheme, or to a URL with a password that the caller did not
/// give.
pub(super) fn may_go_on(from: &Url, to: &Url) -> bool {
    let scheme = to.scheme() == "https" || (to.scheme() == "http" && from.scheme() == "http");
    scheme && to.has_host() && to.username().is_empty() && to.password().is_none()
}

/// An http or https address; an error if it is neither.
pub(super) fn address(url: &str) -> Result<Url, Error> {
    let other = || Error::Url {
        url: url.to_owned(),
    };
    let asked = Url::parse(url).map_err(|_| other())?;
    // The standard allows missing slashes; a person should not have to guess what was meant.
    let whole = url.split_once("://").is_some() && asked.has_host();
    match asked.scheme() {
        "http" | "https" if whole => Ok(asked),
        _ => Err(other()),
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

/// The error for a body that broke off.
pub(super) fn interrupted(url: &str, error: &io::Error) -> Error {
    let inner = error.get_ref().and_then(|e| e.downcast_ref());
    match (inner, error.kind()) {
        (Some(inner), _) => refusal(url, inner),
        (None, io::ErrorKind::TimedOut) => Error::TimedOut {
            url: url.to_owned(),
        },
        (None, _) => network(url, error),
    }
}

fn refusal(url: &str, error: &ureq::Error) -> Error {
    if let Some(Private(address)) = leads_to(error) {
        return Error::PrivateAddress {
            url: url.to_owned(),
            address: address.ip().to_string(),
        };
    }
    let url = url.to_owned();
    match error {
        ureq::Error::Timeout(_) => Error::TimedOut { url },
        ureq::Error::BadUri(_) => Error::Url { url },
        other => network(&url, other),
    }
}

/// The address that was refused, if that is the cause.
fn leads_to(error: &ureq::Error) -> Option<&Private> {
    match error {
        ureq::Error::Other(inner) => inner.downcast_ref(),
        _ => None,
    }
}

/// The first pause before trying again; the second is four times as long.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a server that has too much to do is waited for, over all attempts of one request.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
