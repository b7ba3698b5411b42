//! A disk that keeps its writes in memory and reads everything else from another disk: for trying something out.

use super::Error;
use super::disk::Disk;
use claimledger_core::log::ReadSeek;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::{Arc, Mutex, MutexGuard};

/// What was written, by path; clones share it. `None` stands for a removed file.
#[derive(Debug, Clone)]
pub struct Scratch<D> {
    below: D,
    beside: Option<D>,
    above: Arc<Mutex<BTreeMap<String, Option<Vec<u8>>>>>,
}

impl<D: Disk> Scratch<D> {
    /// Nothing written yet.
    pub fn over(below: D) -> Self {
        Self {
            below,
            beside: None,
            above: Arc::default(),
        }
    }

    /// The same; a file that is in neither is read from a second disk.
    pub fn beside(self, disk: D) -> Self {
        Self {
            beside: Some(disk),
            ..self
        }
    }

    fn above(&self) -> MutexGuard<'_, BTreeMap<String, Option<Vec<u8>>>> {
        self.above
            .lock()
            .expect("no operation panics while it holds the files")
    }

    fn put(&self, path: &str, bytes: Option<Vec<u8>>) {
        self.above().insert(path.to_owned(), bytes);
    }
}

impl<D: Disk> Disk for Scratch<D> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        if let Some(written) = self.above().get(path) {
            return Ok(written.clone());
        }
        match (self.below.read(path)?, &self.beside) {
            (None, Some(beside)) => beside.read(path),
            (found, _) => Ok(found),
        }
    }

    fn open(&self, path: &str) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        if let Some(written) = self.above().get(path) {
            let written = written.clone();
            return Ok(written.map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn ReadSeek>));
        }
        match (self.below.open(path)?, &self.beside) {
            (None, Some(beside)) => beside.open(path),
            (found, _) => Ok(found),
        }
    }

    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.put(path, Some(bytes.to_vec()));
        Ok(())
    }

    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        if self.read(path)?.is_some() {
            return Err(Error::Exists {
                path: path.to_owned(),
            });
        }
        self.write_synced(path, bytes)
    }

    fn sync_file(&self, _path: &str) -> Result<(), Error> {
        Ok(())
    }

    fn sync_names(&self, _path: &str) -> Result<(), Error> {
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        let bytes = self.read(from)?.ok_or_else(|| Error::Io {
            doing: "renaming".to_owned(),
            path: from.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        })?;
        self.put(to, Some(bytes));
        self.put(from, None);
        Ok(())
    }

    fn remove(&self, path: &str) -> Result<(), Error> {
        self.put(path, None);
        Ok(())
    }

    fn remove_folder(&self, path: &str) -> Result<(), Error> {
        for name in self.list(path)? {
            self.put(&name, None);
        }
        Ok(())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Error> {
        let mut names: BTreeSet<String> = self.below.list(folder)?.into_iter().collect();
        let below = format!("{folder}/");
        for (name, written) in self.above().iter() {
            if !folder.is_empty() && !name.starts_with(&below) {
                continue;
            }
            if written.is_some() {
                names.insert(name.clone());
            } else {
                names.remove(name);
            }
        }
        Ok(names.into_iter().collect())
    }

    fn place(&self) -> String {
        self.below.place()
    }
}
