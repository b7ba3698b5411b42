//! Gzip (RFC 1952): members, one after another, unpacked as one stream.
//!
//! Each member begins with an empty state of the decoder, which costs about as much time as some kilobytes of text. So a
//! file of nothing but tiny members would take minutes. Real files have a member for each record, block or file.

use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, ErrorKind, Read};

/// Unpacks all members. It is an error if there are far more members than their content explains.
pub struct Members<R> {
    /// The member being unpacked; none at the end.
    current: Option<GzDecoder<R>>,
    begun: u64,
    unpacked: u64,
    /// Whether bytes after a member that are no member end the content; otherwise they are an error.
    others_end: bool,
}

impl<R: BufRead> Members<R> {
    /// The members in `packed`.
    pub fn new(packed: R) -> Self {
        Self {
            current: Some(GzDecoder::new(packed)),
            begun: 1,
            unpacked: 0,
            others_end: false,
        }
    }

    /// The members at the beginning of `packed`: other bytes after them are ignored.
    pub fn before_other_bytes(packed: R) -> Self {
        Self {
            others_end: true,
            ..Self::new(packed)
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        while let Some(current) = &mut self.current {
            let length = current.read(piece)?;
            if length > 0 || piece.is_empty() {
                self.unpacked += length as u64;
                return Ok(length);
            }
            let ended = loop {
                match current.get_mut().fill_buf() {
                    Ok(rest) => {
                        break rest.is_empty()
                            || self.others_end && !MARK.starts_with(&rest[..rest.len().min(2)]);
                    }
                    Err(e) if e.kind() == ErrorKind::Interrupted => {}
                    Err(e) => return Err(e),
                }
            };
            let rest = self.current.take().map(GzDecoder::into_inner);
            self.current = rest.filter(|_| !ended).map(GzDecoder::new);
            self.begun += u64::from(!ended);
            if self.begun > FREE_MEMBERS + self.unpacked / MEMBER_BYTES {
                return Err(io::Error::new(
                    ErrorKind::InvalidData,
                    "it has more gzip members than their content explains",
                ));
            }
        }
        Ok(0)
    }
}

/// What a member begins with.
const MARK: [u8; 2] = [0x1f, 0x8b];

/// So many members may be empty.
const FREE_MEMBERS: u64 = 1_024;

/// The shortest WARC record has some two hundred bytes.
const MEMBER_BYTES: u64 = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn member(content: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(content).unwrap();
        packed.finish().unwrap()
    }

    fn unpacked(packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        // A piece at a time, as from a slow server.
        let slow = io::BufReader::with_capacity(7, packed);
        Members::new(slow).read_to_end(&mut content)?;
        Ok(content)
    }

    #[test]
    fn members_follow_one_another_and_what_is_cut_or_no_member_is_an_error() {
        let words = "one record of a web archive, and its head ".repeat(5);
        let all = member(words.as_bytes()).repeat(5_000);
        assert_eq!(unpacked(&all).unwrap(), words.repeat(5_000).as_bytes());
        assert!(unpacked(&all[..all.len() - 1]).is_err());
        assert!(unpacked(&[&all[..], b"rest"].concat()).is_err());
        assert!(unpacked(b"").is_err());
        // An empty one at the end, as some programs write it.
        let ended = [member(b"words"), member(b"")].concat();
        assert_eq!(unpacked(&ended).unwrap(), b"words");
    }

    #[test]
    fn a_file_of_nothing_but_tiny_members_is_refused_at_once() {
        for content in [&b""[..], b"x"] {
            let many = member(content).repeat(2_000_000);
            let refused = unpacked(&many).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::InvalidData);
        }
        assert!(unpacked(&member(b"").repeat(1_024)).is_ok());
    }
}
