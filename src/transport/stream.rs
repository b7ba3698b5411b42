//! A response whose body is read in pieces, as the server sends it: for files that are kept and may be large.

use super::Error;
use super::client::{Client, address, interrupted};
use super::pace::Paced;
use std::io::{self, Read};

/// A response that has begun.
#[derive(Debug)]
pub struct Streamed {
    /// The final URL, after every redirect, without a fragment.
    pub url: String,
    /// Whether that differs from the requested URL.
    pub sent_on: bool,
    /// The HTTP status, from 200 to 299.
    pub status: u16,
    /// Names and values of the header fields, in their original order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Its body.
    pub body: Body,
}

/// The body of a response: without the transfer coding, with the content coding.
pub struct Body {
    reader: Paced<ureq::BodyReader<'static>>,
    url: String,
    limit: u64,
    announced: Option<u64>,
    failure: Option<Error>,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Body({}, {} bytes read)",
            self.url,
            self.reader.read_bytes()
        )
    }
}

impl Client {
    /// GETs, once, a file of at most `limit` bytes as the server sends it; returns when the body begins. The request
    /// asks for no content coding; if the server uses one anyway, the bytes stay coded.
    ///
    /// Any status other than success is an error: its body is not the requested file.
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
                reader: Paced::new(body.into_reader(), self.limits.time),
                url: url.clone(),
                limit,
                announced,
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

    /// Why reading failed, if it did: the reader's own error is only a copy of its words.
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
        if self.reader.read_bytes() > self.limit {
            let error = Error::TooLarge {
                url: self.url.clone(),
                limit: self.limit,
            };
            return Err(self.fail(error));
        }
        Ok(length)
    }
}
