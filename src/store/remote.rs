//! A log behind a web server: any static one that serves the C2SP tlog-tiles paths.

use crate::transport::Client;
use claimledger_core::log::names::largest;
use claimledger_core::log::{ReadError, Reader};

/// A log at an address, read only.
#[derive(Debug, Clone)]
pub struct Remote {
    client: Client,
    base: String,
}

impl Remote {
    /// The log whose checkpoint is at `<base>/checkpoint`.
    pub fn new(client: Client, base: &str) -> Self {
        Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
        }
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
        let fetched = self.client.fetch(&url, limit);
        fetched.map_err(|e| ReadError::new(self.place(), name, e.code(), e))
    }

    fn list(&self, _folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        Ok(None)
    }

    fn place(&self) -> String {
        self.base.clone()
    }
}
