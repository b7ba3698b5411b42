//! What a case takes in beside its own text: files beside it, and pages. The author of a case may be a stranger, so the
//! person who records it decides what is read and fetched.

use super::capture::NewCapture;
use super::source::NewSource;
use crate::app::Error;
use crate::host::{self, files, folders, standard};
use claimledger_core::encoding::foreign::{self, Foreign};
use claimledger_core::encoding::limits::MAX_TRAVELLING_SNAPSHOT_BYTES;
use serde::Serialize;
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// What a case may reach. Its author says what they want, the person who records it what they allow.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed {
    /// Files that are not beside the case: absolute paths, `..`, links that lead away.
    pub outside: bool,
    /// Addresses of this machine and of its network.
    pub private_addresses: bool,
}

/// Where the bytes of an item of a case come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Taken {
    /// The file, as the case names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Foreign>,
    /// How long it is, if it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The address to fetch from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Foreign>,
    /// Whether it is a page, or a file that is not beside the case.
    #[serde(skip)]
    pub reaches_out: bool,
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |name: &Foreign| foreign::name(name.raw());
        match (&self.url, &self.file, self.bytes) {
            (Some(url), _, _) => write!(f, "fetched from {}", name(url)),
            (None, Some(file), Some(bytes)) => {
                write!(f, "from the file {}, {bytes} bytes", name(file))
            }
            (None, Some(file), None) => write!(f, "from the file {}", name(file)),
            (None, None, _) => f.write_str("from a file"),
        }
    }
}

impl Allowed {
    /// What a source of a case takes in; its file by its path from here.
    pub(super) fn source(self, new: &mut NewSource, folder: &Path) -> Result<Option<Taken>, Error> {
        new.allow_private &= self.private_addresses;
        let url = new.url.as_ref().filter(|_| new.fetch);
        self.taken(&mut new.file, url, folder)
    }

    /// The same of a capture.
    pub(super) fn capture(
        self,
        new: &mut NewCapture,
        folder: &Path,
    ) -> Result<Option<Taken>, Error> {
        new.allow_private &= self.private_addresses;
        let url = new.url.as_ref().filter(|_| new.fetch);
        self.taken(&mut new.file, url, folder)
    }

    /// What a section takes in that has a file and nothing else.
    pub(super) fn file(
        self,
        file: &mut Option<PathBuf>,
        folder: &Path,
    ) -> Result<Option<Taken>, Error> {
        self.taken(file, None, folder)
    }

    fn taken(
        self,
        file: &mut Option<PathBuf>,
        url: Option<&String>,
        folder: &Path,
    ) -> Result<Option<Taken>, Error> {
        if let Some(url) = url {
            return Ok(Some(Taken {
                file: None,
                bytes: None,
                url: Some(url.as_str().into()),
                reaches_out: true,
            }));
        }
        let Some(named) = file.take() else {
            return Ok(None);
        };
        if standard::is_input(&named) {
            let why = "- is standard input, and a case takes its sources from files";
            return Err(Error::Malformed(why.to_owned()));
        }
        let path = folder.join(&named);
        let outside = is_outside(&named, folder, &path);
        if outside && !self.outside {
            return Err(Error::Malformed(format!(
                "the file {} is not beside the case; if you mean it, allow it with --allow-outside",
                host::shown_path(&named)
            )));
        }
        // A pipe or a device has no end that one could wait for.
        if files::exists(&path) && !files::is_file(&path) && !files::is_folder(&path) {
            let why = format!("{} is no plain file", host::shown_path(&named));
            return Err(Error::Malformed(why));
        }
        let bytes = files::length(&path).ok();
        if let Some(bytes) = bytes
            && bytes > MAX_TRAVELLING_SNAPSHOT_BYTES
        {
            return Err(Error::Malformed(format!(
                "the file {} has {bytes} bytes, and a case may take in at most {MAX_TRAVELLING_SNAPSHOT_BYTES} from a file",
                host::shown_path(&named)
            )));
        }
        let taken = Taken {
            file: Some(named.display().to_string().into()),
            bytes,
            url: None,
            reaches_out: outside,
        };
        *file = Some(path);
        Ok(Some(taken))
    }
}

/// Whether a file is not below the folder of its case: by its words, or because a link leads away.
fn is_outside(named: &Path, folder: &Path, path: &Path) -> bool {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    !named.components().all(plain) || !folders::whole(path).starts_with(folders::whole(folder))
}
