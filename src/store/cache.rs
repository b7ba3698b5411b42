//! Keeps bundles and tiles in memory: a bundle holds 256 entries, and reading one entry reads all of it.

use claimledger_core::log::{ReadError, ReadSeek, Reader};
use claimledger_core::tlog::tile::TilePath;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

/// A reader that fetches each tile and bundle once, because they never change; everything else is read every time.
#[derive(Debug)]
pub struct Cache<R> {
    from: R,
    tiles: Mutex<Tiles>,
}

#[derive(Debug, Default)]
struct Tiles {
    by_name: HashMap<String, Vec<u8>>,
    bytes: usize,
}

impl<R: Reader> Cache<R> {
    /// Nothing kept yet.
    pub fn new(from: R) -> Self {
        Self {
            from,
            tiles: Mutex::default(),
        }
    }

    fn tiles(&self) -> MutexGuard<'_, Tiles> {
        self.tiles
            .lock()
            .expect("no operation panics while it holds the tiles")
    }
}

impl<R: Reader> Reader for Cache<R> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if name.parse::<TilePath>().is_err() {
            return self.from.read(name);
        }
        if let Some(bytes) = self.tiles().by_name.get(name) {
            return Ok(Some(bytes.clone()));
        }
        let Some(bytes) = self.from.read(name)? else {
            return Ok(None);
        };
        let mut tiles = self.tiles();
        if tiles.bytes + bytes.len() > MAX_KEPT_BYTES {
            *tiles = Tiles::default();
        }
        tiles.bytes += bytes.len();
        tiles.by_name.insert(name.to_owned(), bytes.clone());
        Ok(Some(bytes))
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        if name.parse::<TilePath>().is_err() {
            return self.from.open(name);
        }
        let whole = self.read(name)?;
        Ok(whole.map(|bytes| Box::new(std::io::Cursor::new(bytes)) as Box<dyn ReadSeek>))
    }

    fn open_within(&self, name: &str, most: u64) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        if name.parse::<TilePath>().is_ok() {
            return self.open(name);
        }
        self.from.open_within(name, most)
    }

    fn remarks(&self) -> Vec<String> {
        self.from.remarks()
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        self.from.list(folder)
    }

    fn place(&self) -> String {
        self.from.place()
    }
}

/// About two hundred bundles of usual entries; a full one of the largest entries is 16 MiB.
const MAX_KEPT_BYTES: usize = 64 * 1024 * 1024;
