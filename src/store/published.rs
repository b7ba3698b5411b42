//! Published files behind a folder or an address, of which nothing is believed: not their length, their end or their form.

use crate::host;
use crate::host::disk::{Disk, FolderDisk};
use crate::transport::{self, Client};
use claimledger_core::log::ReadError;
use std::cell::Cell;
use std::io::{ErrorKind, Read as _};

/// A folder or an address with published files.
pub struct Published {
    from: From,
    /// How many requests in a row found no server.
    failures: Cell<u32>,
}

enum From {
    Folder(FolderDisk),
    Address { client: Client, base: String },
}

/// What stands under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing.
    Absent,
    /// Something that is not read, and why.
    Refused(String),
}

impl Published {
    /// The files in a folder.
    pub fn folder(folder: FolderDisk) -> Self {
        Self::from(From::Folder(folder))
    }

    /// The files below an address.
    pub fn address(client: Client, base: &str) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        Self::from(From::Address { client, base })
    }

    fn from(from: From) -> Self {
        Self {
            from,
            failures: Cell::new(0),
        }
    }

    /// A file of at most so many bytes.
    ///
    /// # Errors
    ///
    /// The disk fails, or the server cannot be reached again and again.
    pub fn read(&self, path: &str, most: u64) -> Result<Fetched, ReadError> {
        match &self.from {
            From::Folder(folder) => self.in_folder(folder, path, most),
            From::Address { client, base } => {
                let fetched = client.fetch(&format!("{base}/{path}"), most);
                self.by_network(fetched, path)
            }
        }
    }

    fn in_folder(&self, folder: &FolderDisk, path: &str, most: u64) -> Result<Fetched, ReadError> {
        let failed = |e: host::Error| ReadError::new(self.place(), path, e.code(), e);
        let file = match folder.open(path) {
            Ok(Some(file)) => file,
            Ok(None) => return Ok(Fetched::Absent),
            Err(e @ host::Error::NotPlain { .. }) => return Ok(Fetched::Refused(e.to_string())),
            Err(host::Error::Io { source, .. }) if source.kind() == ErrorKind::NotADirectory => {
                return Ok(Fetched::Absent);
            }
            Err(host::Error::Io { source, .. }) if source.kind() == ErrorKind::PermissionDenied => {
                return Ok(Fetched::Refused("it may not be read".to_owned()));
            }
            Err(e) => return Err(failed(e)),
        };
        let mut bytes = Vec::new();
        let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|e| failed(host::Error::io("reading", &folder.at(path), e)))?;
        Ok(if bytes.len() as u64 > most {
            Fetched::Refused(format!("it has more than {most} bytes"))
        } else {
            Fetched::Bytes(bytes)
        })
    }

    /// A server may refuse one file or deliver it too slowly. One that does so with many is not there.
    fn by_network(
        &self,
        fetched: Result<Option<Vec<u8>>, transport::Error>,
        path: &str,
    ) -> Result<Fetched, ReadError> {
        use transport::Error as E;
        let failures = self.failures.replace(0);
        Ok(match fetched {
            Ok(Some(bytes)) => Fetched::Bytes(bytes),
            Ok(None) => Fetched::Absent,
            // Some hosts answer so where a file is absent.
            Err(E::Status { status, .. }) if (400..500).contains(&status) && status != 429 => {
                Fetched::Absent
            }
            Err(e @ (E::TooLarge { .. } | E::PrivateAddress { .. } | E::Redirects { .. })) => {
                Fetched::Refused(e.to_string())
            }
            Err(e) if failures + 1 < MOST_FAILURES => {
                self.failures.set(failures + 1);
                Fetched::Refused(e.to_string())
            }
            Err(e) => return Err(ReadError::new(self.place(), path, e.code(), e)),
        })
    }

    /// Every file, sorted; none where the place cannot be listed.
    pub fn list(&self) -> Result<Option<Vec<String>>, ReadError> {
        match &self.from {
            From::Folder(folder) => {
                let listed = folder.list("");
                let listed = listed.map_err(|e| ReadError::new(self.place(), "", e.code(), e));
                listed.map(Some)
            }
            From::Address { .. } => Ok(None),
        }
    }

    /// Where it is.
    pub fn place(&self) -> String {
        match &self.from {
            From::Folder(folder) => folder.place(),
            From::Address { base, .. } => base.clone(),
        }
    }
}

/// So many requests in a row without an answer mean that nothing more will come.
const MOST_FAILURES: u32 = 4;

#[cfg(test)]
mod tests {
    use super::{Fetched, Published};
    use crate::host::disk::FolderDisk;

    #[test]
    fn nothing_is_read_beyond_its_limit_and_no_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("page"), "0123456789").unwrap();
        // 1 TB, of which nothing is on the disk.
        let endless = std::fs::File::create(at("endless")).unwrap();
        endless.set_len(1 << 40).unwrap();
        let published = Published::folder(FolderDisk::new(folder.path()));
        let read = |name: &str, most| published.read(name, most).unwrap();
        assert_eq!(read("page", 10), Fetched::Bytes(b"0123456789".to_vec()));
        assert!(matches!(read("page", 9), Fetched::Refused(_)));
        assert!(matches!(read("endless", 100), Fetched::Refused(_)));
        assert_eq!(read("none", 10), Fetched::Absent);
        assert_eq!(read("page/index.html", 10), Fetched::Absent);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("page"), at("link")).unwrap();
            assert!(matches!(read("link", 10), Fetched::Refused(_)));
        }
    }
}
