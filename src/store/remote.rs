//! A log behind a web server: any static one that serves the C2SP tlog-tiles paths.

use crate::host::folders;
use crate::transport::{self, Client};
use claimledger_core::log::names::{largest, may_be_absent};
use claimledger_core::log::{ReadError, ReadSeek, Reader};
use claimledger_core::tlog::tile::TilePath;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

/// A log at an address, read only.
#[derive(Debug, Clone)]
pub struct Remote {
    client: Client,
    base: String,
    /// Statuses that hide whether a file is there, with the number of files and the first of them.
    hidden: Arc<Mutex<BTreeMap<u16, (u64, String)>>>,
    /// Full tiles whose partial tile was not found. While the log is too short for them, they do not exist.
    perhaps_full: Arc<Mutex<BTreeSet<String>>>,
}

impl Remote {
    /// The log whose checkpoint is at `<base>/checkpoint`.
    pub fn new(client: Client, base: &str) -> Self {
        Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
            hidden: Arc::default(),
            perhaps_full: Arc::default(),
        }
    }

    /// Some hosts answer with 403, 400 or 204 where a file is absent (an S3 bucket that may not be listed). A file that a
    /// ledger can be without then counts as absent, with a remark; for any other file it stays an error.
    fn or_absent<T>(
        &self,
        name: &str,
        fetched: Result<T, transport::Error>,
        absent: T,
    ) -> Result<T, ReadError> {
        match fetched {
            Err(transport::Error::Status { status, .. })
                if (may_be_absent(name) || self.perhaps_full().contains(name))
                    && status != 429
                    && status < 500 =>
            {
                let mut hidden = self.hidden();
                let (count, _) = hidden.entry(status).or_insert((0, name.to_owned()));
                *count += 1;
                Ok(absent)
            }
            fetched => fetched.map_err(|e| ReadError::new(self.place(), name, e.code(), e)),
        }
    }

    fn perhaps_full(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.perhaps_full
            .lock()
            .expect("no operation panics while it holds them")
    }

    fn hidden(&self) -> MutexGuard<'_, BTreeMap<u16, (u64, String)>> {
        self.hidden
            .lock()
            .expect("no operation panics while it holds them")
    }
}

impl Reader for Remote {
    /// The whole file, with at most as many bytes as one of its name can have. A name that a ledger does not have is
    /// absent.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(limit) = largest(name) else {
            return Ok(None);
        };
        let url = format!("{}/{name}", self.base);
        let found = self.or_absent(name, self.client.fetch(&url, limit), None)?;
        if found.is_none()
            && let Ok(path) = name.parse::<TilePath>()
            && path != path.full()
        {
            self.perhaps_full().insert(path.full().to_string());
        }
        Ok(found)
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.open_within(name, largest(name).unwrap_or(0))
    }

    /// Through a temporary file, so that a large snapshot takes no memory.
    fn open_within(&self, name: &str, most: u64) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        let Some(limit) = largest(name) else {
            return Ok(None);
        };
        let url = format!("{}/{name}", self.base);
        let fetched = self
            .client
            .fetch_through(&url, most.min(limit), &mut |body| {
                folders::temporary_copy(body)
            });
        let file = self.or_absent(name, fetched, None)?.transpose();
        let file = file.map_err(|e| ReadError::new(self.place(), name, e.code(), e))?;
        Ok(file.map(|file| Box::new(file) as Box<dyn ReadSeek>))
    }

    fn remarks(&self) -> Vec<String> {
        let hidden = self.hidden();
        let told = hidden.iter().map(|(status, (count, first))| {
            let more = match count {
                1 => String::new(),
                _ => format!(" and {} other requests", count - 1),
            };
            format!("{} answered with status {status} for {first}{more}: such a file may be absent, and was taken as absent", self.base)
        });
        told.collect()
    }

    fn list(&self, _folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        Ok(None)
    }

    fn place(&self) -> String {
        self.base.clone()
    }
}
