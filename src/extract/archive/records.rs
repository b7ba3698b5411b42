//! The records of a WARC file (ISO 28500), one after another.
//!
//! Crawlers bend the standard: lines end without a carriage return, fields are folded, lengths are a byte too small or too
//! large, the blank lines after a record are missing, or one too many. The reader takes all that where the end of a record
//! is still beyond doubt, and otherwise goes on at the next line that begins a record. The `warc` crate and its kin read the
//! standard alone and stop at the first such record, which is why this reader is our own.

use super::work::Work;
use crate::extract::http::ContentType;
use crate::extract::media::GZIP_MARK;
use crate::transport::Members;
use std::io::{self, BufRead, BufReader, Read};

/// The head of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordHead {
    /// Where it begins in the unpacked file.
    pub at: u64,
    /// Its type, in lower case: `response`, `revisit` ...
    pub kind: String,
    /// Its address, as it is written there.
    pub url: String,
    /// What its block is.
    pub content_type: ContentType,
    /// The length of its block.
    pub length: u64,
    /// The other fields that are used, by their names in lower case.
    pub fields: Vec<(String, String)>,
}

impl RecordHead {
    /// A field of this name, in lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        Some(&fields.find(|(n, _)| n == name)?.1)
    }
}

/// The records of one file.
pub struct Records<'a> {
    from: BufReader<Box<dyn Read + 'a>>,
    /// Bytes that were looked at and belong to what comes next.
    ahead: Vec<u8>,
    at: u64,
    /// The first place where the file is not as the standard says, in words.
    pub bent: Option<&'static str>,
}

impl<'a> Records<'a> {
    /// The records of a file, packed with gzip or not; unpacking costs `work`.
    pub fn new(from: Box<dyn Read + 'a>, work: &'a Work) -> Result<Self, String> {
        let mut buffered = BufReader::new(from);
        let start = buffered.fill_buf().map_err(|e| unreadable(&e))?;
        let unpacked: Box<dyn Read + 'a> = if start.starts_with(GZIP_MARK) {
            Box::new(Members::new(buffered))
        } else {
            Box::new(buffered)
        };
        Ok(Self {
            from: BufReader::with_capacity(64 * 1024, Box::new(work.limiting(unpacked))),
            ahead: Vec::new(),
            at: 0,
            bent: None,
        })
    }

    /// Goes to a place in the unpacked file.
    pub fn skip_to(&mut self, at: u64) -> Result<(), String> {
        let length = at.saturating_sub(self.at);
        if self.pass(length)? == length {
            Ok(())
        } else {
            Err(CUT.to_owned())
        }
    }

    /// The head of the next record; `None` at the end of the file. After a block that is not as long as its record says,
    /// this is the next line that begins a record.
    pub fn next(&mut self) -> Result<Option<RecordHead>, String> {
        loop {
            let at = self.at;
            let mut budget = MAX_HEAD_BYTES;
            match self.line(&mut budget)? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) if is_version(&line) => return self.head(at, budget).map(Some),
                Some(_) => self.bend("there are bytes between its records"),
            }
        }
    }

    fn head(&mut self, at: u64, mut budget: u64) -> Result<RecordHead, String> {
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            let line = self
                .line(&mut budget)?
                .ok_or_else(|| "a record's head does not end".to_owned())?;
            if budget == 0 {
                return Err("a record's head is too long, or cut".to_owned());
            }
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                // A folded field goes on.
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                    continue;
                }
            }
            match line.split_once(':') {
                Some((name, value)) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                None => self.bend("a line in the header of a record is not a field"),
            }
        }
        let mut head = RecordHead {
            at,
            ..RecordHead::default()
        };
        let mut length = None;
        for (name, value) in fields {
            match name.as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                // Some programs write the angle brackets of an older draft.
                "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut head.url),
                "content-type" => head.content_type = ContentType::parse(&value),
                "content-length" => length = value.parse().ok(),
                _ => head.fields.push((name, value)),
            }
        }
        head.length = length.ok_or_else(|| "a record does not say how long it is".to_owned())?;
        Ok(head)
    }

    /// The block of a record, of at most `most` bytes; `None` if it is longer, and then it is passed.
    ///
    /// # Errors
    ///
    /// Why the block is not whole.
    pub fn block(&mut self, length: u64, most: u64) -> Result<Option<Vec<u8>>, String> {
        if length > most {
            self.skip(length)?;
            return Ok(None);
        }
        let mut block = Vec::new();
        let taken = self.take(length, &mut block)?;
        if taken != length {
            return Err(CUT.to_owned());
        }
        match self.end()? {
            Some(0) => {}
            Some(more) => {
                // The length is too small; the block ends where the next record begins.
                self.take(more, &mut block)?;
            }
            None => return Err("its record is not as long as it says".to_owned()),
        }
        Ok(Some(block))
    }

    /// The first bytes of a block, of which the rest is passed.
    pub fn beginning(&mut self, length: u64, most: u64) -> Result<Vec<u8>, String> {
        let mut block = Vec::new();
        let taken = self.take(length.min(most), &mut block)?;
        if taken == most.min(length) {
            self.skip(length - taken)?;
        } else {
            self.bend(CUT);
        }
        Ok(block)
    }

    /// Passes a block.
    pub fn skip(&mut self, length: u64) -> Result<(), String> {
        if self.pass(length)? != length {
            self.bend(CUT);
        } else if self.end()?.is_none() {
            self.bend("a record is not as long as it says");
        }
        Ok(())
    }

    /// How many bytes after its stated end a block really ends: before blank lines and the next record, or the end of the
    /// file. `None` if that is not in sight.
    fn end(&mut self) -> Result<Option<u64>, String> {
        let sight = SLACK + END_SIGHT;
        while self.ahead.len() < sight {
            let before = self.ahead.len();
            let wanted = (sight - before) as u64;
            let from = &mut self.from;
            let read = from.take(wanted).read_to_end(&mut self.ahead);
            read.map_err(|e| unreadable(&e))?;
            if self.ahead.len() == before {
                break;
            }
        }
        let ended = self.ahead.len() < sight;
        let is_end = |bytes: &[u8]| {
            let blank = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
            let rest = &bytes[blank.count()..];
            rest.starts_with(b"WARC/") || rest.is_empty() && (ended || !bytes.is_empty())
        };
        if is_end(&self.ahead) {
            let more = matches!(self.ahead.get(4), Some(b'\r' | b'\n'));
            if more || !self.ahead.starts_with(b"\r\n\r\n") {
                self.bend("a record does not end with two line ends");
            }
            return Ok(Some(0));
        }
        let mut extra = 1..=SLACK.min(self.ahead.len());
        let found = extra.find(|extra| {
            let rest = &self.ahead[*extra..];
            (rest.starts_with(b"\r\n\r\n") || rest.starts_with(b"\n\n")) && is_end(rest)
        });
        if found.is_some() {
            self.bend("a record is longer than it says");
        }
        Ok(found.map(|extra| extra as u64))
    }

    fn bend(&mut self, what: &'static str) {
        self.bent.get_or_insert(what);
    }

    /// A line without its end, of which no more than the budget is kept; `None` at the end of the file.
    fn line(&mut self, budget: &mut u64) -> Result<Option<String>, String> {
        let mut line = Vec::new();
        loop {
            let piece = self.fill()?;
            if piece.is_empty() {
                break;
            }
            let end = piece.iter().position(|b| *b == b'\n');
            let length = end.map_or(piece.len(), |end| end + 1);
            let kept = length.min(usize::try_from(*budget).unwrap_or(usize::MAX));
            line.extend_from_slice(&piece[..kept]);
            *budget -= kept as u64;
            self.consume(length);
            if end.is_some() {
                break;
            }
        }
        if line.is_empty() {
            return Ok((*budget == 0).then(String::new));
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }

    /// Takes bytes to the end of `to`; fewer at the end of the file.
    fn take(&mut self, length: u64, to: &mut Vec<u8>) -> Result<u64, String> {
        self.each(length, |piece| to.extend_from_slice(piece))
    }

    fn pass(&mut self, length: u64) -> Result<u64, String> {
        self.each(length, |_| {})
    }

    fn each(&mut self, length: u64, mut take: impl FnMut(&[u8])) -> Result<u64, String> {
        let mut left = length;
        while left > 0 {
            let piece = self.fill()?;
            if piece.is_empty() {
                break;
            }
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
            take(&piece[..most]);
            self.consume(most);
            left -= most as u64;
        }
        Ok(length - left)
    }

    fn fill(&mut self) -> Result<&[u8], String> {
        if self.ahead.is_empty() {
            self.from.fill_buf().map_err(|e| unreadable(&e))
        } else {
            Ok(&self.ahead)
        }
    }

    fn consume(&mut self, length: usize) {
        self.at += length as u64;
        if self.ahead.is_empty() {
            self.from.consume(length);
        } else {
            self.ahead.drain(..length);
        }
    }
}

fn is_version(line: &str) -> bool {
    line.starts_with("WARC/1.") || line.starts_with("WARC/0.")
}

fn unreadable(e: &io::Error) -> String {
    if Work::is_limit(e) {
        return e.to_string();
    }
    format!("the archive is malformed: {e}")
}

const CUT: &str = "a record ends before the length it says";

/// Real heads have a few hundred bytes.
const MAX_HEAD_BYTES: u64 = 64 * 1024;

/// Wrong lengths of real crawlers are wrong by one or two.
const SLACK: usize = 16;

/// Blank lines, and the beginning of the next record.
const END_SIGHT: usize = 16;
