//! What stands in the place of a file and is none: a link, a pipe, a device. Others may have filled the folder. The audit
//! does not open it, goes on as if it was not there, and reports it.

use super::finding::{Finding, code};
use crate::code::Code;
use crate::log::{ReadError, ReadSeek, Reader};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A place, of which only plain files are read.
pub(super) struct PlainFiles<'a> {
    from: &'a dyn Reader,
    others: Mutex<BTreeSet<String>>,
}

impl<'a> PlainFiles<'a> {
    pub(super) fn of(from: &'a dyn Reader) -> Self {
        Self {
            from,
            others: Mutex::default(),
        }
    }

    /// What was found in the place of files.
    pub(super) fn findings(self) -> impl Iterator<Item = Finding> {
        let others = self.others.into_inner();
        let others = others.unwrap_or_else(PoisonError::into_inner);
        others.into_iter().map(|name| {
            let what = "it is a link, a pipe or a device, and not a file: it was not read";
            Finding::in_file(code::STRAY_FILE, &name, what).into_note()
        })
    }

    /// Without a checkpoint there is no audit, so what stands in its place is an error.
    fn plain<T>(
        &self,
        name: &str,
        found: Result<Option<T>, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        match found {
            Err(e) if e.code == Code::NotAPlainFile && name != "checkpoint" => {
                let others = self.others.lock();
                let mut others = others.unwrap_or_else(PoisonError::into_inner);
                others.insert(name.to_owned());
                Ok(None)
            }
            found => found,
        }
    }
}

impl Reader for PlainFiles<'_> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.plain(name, self.from.read(name))
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.plain(name, self.from.open(name))
    }

    fn open_within(&self, name: &str, most: u64) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.plain(name, self.from.open_within(name, most))
    }

    fn remarks(&self) -> Vec<String> {
        self.from.remarks()
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let found = self.from.list(folder).map(Some);
        Ok(self.plain(folder, found)?.unwrap_or_default())
    }

    fn place(&self) -> String {
        self.from.place()
    }
}
