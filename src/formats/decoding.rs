//! Bytes of any encoding as UTF-8, piece by piece (WHATWG Encoding Standard).

use encoding_rs::{CoderResult, Decoder, Encoding};
use std::cell::Cell;
use std::io::{self, Read};

/// Reads UTF-8 out of bytes of another encoding. A byte order mark is left out.
pub(super) struct DecodedBytes<'l, R> {
    from: R,
    decoder: Decoder,
    /// Whether bytes could not be decoded.
    lost: &'l Cell<bool>,
    bytes: Vec<u8>,
    /// What of `bytes` is not decoded yet.
    rest: std::ops::Range<usize>,
    ended: bool,
    /// What did not fit into the reader's last piece.
    ready: Vec<u8>,
}

impl<'l, R: Read> DecodedBytes<'l, R> {
    pub(super) fn new(from: R, encoding: &'static Encoding, lost: &'l Cell<bool>) -> Self {
        Self {
            from,
            decoder: encoding.new_decoder_with_bom_removal(),
            lost,
            bytes: vec![0; PIECE_BYTES],
            rest: 0..0,
            ended: false,
            ready: Vec::new(),
        }
    }

    /// Decodes the next piece into `ready`; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        let mut text = vec![0; 3 * PIECE_BYTES + 16];
        while !self.ended {
            if self.rest.is_empty() {
                let read = self.from.read(&mut self.bytes)?;
                self.rest = 0..read;
                self.ended = read == 0;
            }
            let bytes = &self.bytes[self.rest.clone()];
            let (result, taken, written, lost) =
                self.decoder.decode_to_utf8(bytes, &mut text, self.ended);
            self.rest.start += taken;
            self.lost.set(self.lost.get() || lost);
            if result == CoderResult::OutputFull {
                self.ended = false;
            }
            if written > 0 {
                text.truncate(written);
                self.ready = text;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl<R: Read> Read for DecodedBytes<'_, R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() && !self.more()? {
            return Ok(0);
        }
        let most = self.ready.len().min(piece.len());
        piece[..most].copy_from_slice(&self.ready[..most]);
        self.ready.drain(..most);
        Ok(most)
    }
}

/// Bytes decoded at once.
const PIECE_BYTES: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], label: &str) -> (String, bool) {
        let lost = Cell::new(false);
        let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
        let mut text = String::new();
        let read = DecodedBytes::new(bytes, encoding, &lost).read_to_string(&mut text);
        read.expect("UTF-8");
        (text, lost.get())
    }

    #[test]
    fn pieces_make_the_same_text_as_the_whole() {
        let text = "\u{444}\u{430}\u{43b}\u{44c}\u{448}, faux \u{1f4f0}, ".repeat(20_000);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&utf16, "utf-16le"), (text.clone(), false));
        let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        assert_eq!(decoded(&marked, "utf-8"), (text, false));
        assert_eq!(
            decoded(b"\xd2clearly\xd3", "macintosh").0,
            "\u{201c}clearly\u{201d}"
        );
        assert!(decoded(b"a\xff", "utf-8").1);
        assert!(decoded(b"a\xe2\x82", "utf-8").1);
    }
}
