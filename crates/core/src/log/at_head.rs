//! A reader that knows the size of its log. If the place cannot list its files, older partial tiles are cut from the
//! partial tile of that size.

use super::reader::{ReadError, ReadSeek, Reader};
use crate::tlog::TreeSize;
use crate::tlog::tile::{TILE_WIDTH, TilePath};

/// The log behind a reader, as of its checkpoint.
pub struct AtHead<R> {
    reader: R,
    size: TreeSize,
}

impl<R: Reader> AtHead<R> {
    /// The log behind `reader`, whose checkpoint covers `size` entries.
    pub fn new(reader: R, size: TreeSize) -> Self {
        Self { reader, size }
    }

    /// The partial tile in a folder of partial tiles, at this size.
    fn partial(&self, folder: &str) -> Option<TilePath> {
        let full: TilePath = folder.strip_suffix(".p")?.parse().ok()?;
        full.at_size(self.size)
            .filter(|path| u64::from(path.width) < TILE_WIDTH)
    }
}

impl<R: Reader> Reader for AtHead<R> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.reader.read(name)
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.reader.open(name)
    }

    fn open_within(&self, name: &str, most: u64) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.reader.open_within(name, most)
    }

    fn remarks(&self) -> Vec<String> {
        self.reader.remarks()
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        match self.partial(folder) {
            Some(path) => Ok(Some(vec![path.to_string()])),
            None => self.reader.list(folder),
        }
    }

    fn place(&self) -> String {
        self.reader.place()
    }
}
