//! The rows of a table, one after another, each at most as long as a value may be (RFC 4180; csv-core).

use super::json::MAX_VALUE_BYTES;
use super::mapping::Mapping;
use csv_core::ReadRecordResult as Record;
use std::io::{self, Read};

/// The cells of a row.
pub type Cells = Vec<String>;

/// TableRows in UTF-8.
pub(super) struct TableRows<R> {
    from: R,
    reader: csv_core::Reader,
    piece: Vec<u8>,
    rest: std::ops::Range<usize>,
    /// The bytes of the row, and the end of each cell in them.
    row: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> TableRows<R> {
    pub(super) fn new(from: R, mapping: &Mapping) -> Self {
        let reader = csv_core::ReaderBuilder::new()
            .delimiter(mapping.delimiter)
            .quoting(mapping.quoting)
            .build();
        Self {
            from,
            reader,
            piece: vec![0; PIECE_BYTES],
            rest: 0..0,
            row: vec![0; PIECE_BYTES],
            ends: vec![0; 64],
        }
    }

    /// The next row; `None` at the end. Empty lines are no rows.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Cells>> {
        let (mut written, mut ended) = (0, 0);
        loop {
            if self.rest.is_empty() {
                let read = self.from.read(&mut self.piece)?;
                self.rest = 0..read;
            }
            let input = &self.piece[self.rest.clone()];
            let (result, taken, out, ends) =
                self.reader
                    .read_record(input, &mut self.row[written..], &mut self.ends[ended..]);
            self.rest.start += taken;
            written += out;
            ended += ends;
            match result {
                Record::InputEmpty => {}
                Record::OutputFull if self.row.len() > MAX_VALUE_BYTES => {
                    let why = format!("a row of more than {MAX_VALUE_BYTES} bytes");
                    return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
                }
                Record::OutputFull => self.row.resize(2 * self.row.len(), 0),
                Record::OutputEndsFull if self.ends.len() > MOST_CELLS => {
                    let why = format!("a row of more than {MOST_CELLS} cells");
                    return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
                }
                Record::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                Record::Record => {
                    let mut cells = Cells::with_capacity(ended);
                    let mut start = 0;
                    for end in &self.ends[..ended] {
                        let cell = std::str::from_utf8(&self.row[start..*end]);
                        cells.push(cell.map_err(io::Error::other)?.to_owned());
                        start = *end;
                    }
                    return Ok(Some(cells));
                }
                Record::End => return Ok(None),
            }
        }
    }
}

/// Bytes read at once.
const PIECE_BYTES: usize = 16 * 1024;

/// More columns than any spreadsheet has (16,384).
const MOST_CELLS: usize = 65_536;
