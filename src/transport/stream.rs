//! An answer whose body is read piece by piece, as the server sends it: for what is kept, and may be large.

use super::client::{Client, SLOWEST_BYTES_A_SECOND, address, interrupted};
use super::{Error, Limits};
use std::io::{self, Read};
use std::time::{Duration, Instant};

/// An answer that begins to come.
#[derive(Debug)]
pub struct Streamed {
    /// The URL that answers, after every redirect, without a fragment.
    pub url: String,
    /// Whether that is another one than was asked for.
    pub sent_on: bool,
    /// The HTTP status, from 200 to 299.
    pub status: u16,
    /// Names and values of the header fields, in the order in which they came.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Its body.
    pub body: Body,
}

/// The body of an answer: the transfer coding undone, the content coding not.
pub struct Body {
    reader: ureq::BodyReader<'static>,
    url: String,
    limits: Limits,
    limit: u64,
    announced: Option<u64>,
    read: u64,
    began: Instant,
    failure: Option<Error>,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Body({}, {} bytes read)", self.url, self.read)
    }
}

impl Client {
    /// GETs, once, what has at most `limit` bytes as the server sends it, and answers when the body begins. The server
    /// is asked for the bytes without a content coding; if it packs them all the same, packed they are.
    ///
    /// Any status but those of success is an error: what a server says beside it is not what was asked for.
    pub fn open(&self, url: &str, limit: u64) -> Result<Streamed, Error> {
        let mut asked = address(url)?;
        asked.set_fragment(None);
        if !asked.username().is_empty() || asked.password().is_some() {
            return Err(Error::Credentials);
        }
        let (answer, at) = self.follow(&asked, self.time_for(limit), "identity")?;
        let (head, body) = answer.into_parts();
        let url = at.to_string();
        if !head.status.is_success() {
            return Err(Error::Status {
                url,
                status: head.status.as_u16(),
            });
        }
        let announced = body.content_length();
        if announced.is_some_and(|length| length > limit) {
            return Err(Error::TooLarge { url, limit });
        }
        let headers = head.headers.iter();
        Ok(Streamed {
            sent_on: at != asked,
            status: head.status.as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
            body: Body {
                reader: body.into_reader(),
                url: url.clone(),
                limits: self.limits,
                limit,
                announced,
                read: 0,
                began: Instant::now(),
                failure: None,
            },
            url,
        })
    }
}

impl Body {
    /// The length that the server announced, in bytes, if it did.
    pub fn announced(&self) -> Option<u64> {
        self.announced
    }

    /// Why reading failed, if it did: the error of the reader is only a copy of its words.
    pub fn failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    fn fail(&mut self, error: Error) -> io::Error {
        let words = io::Error::other(error.to_string());
        self.failure = Some(error);
        words
    }
}

impl Read for Body {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let length = match self.reader.read(piece) {
            Ok(length) => length,
            Err(e) => {
                let error = interrupted(&self.url, &e);
                return Err(self.fail(error));
            }
        };
        self.read += length as u64;
        let url = || self.url.clone();
        if self.read > self.limit {
            let error = Error::TooLarge {
                url: url(),
                limit: self.limit,
            };
            return Err(self.fail(error));
        }
        // A server that sends a byte now and then is never silent: what came has to be worth its time.
        let worth = Duration::from_secs(self.read / SLOWEST_BYTES_A_SECOND);
        if length > 0 && self.began.elapsed() > self.limits.time + worth {
            let error = Error::TimedOut { url: url() };
            return Err(self.fail(error));
        }
        Ok(length)
    }
}
