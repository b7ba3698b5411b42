//! A place from which a ledger is read: a folder, an archive, an address, or a mirror. Only this room decides which.

use super::Error;
use super::mirror::Mirrors;
use crate::host::disk::FolderDisk;
use crate::host::{self, files, folders, standard};
use crate::store::{Archive, Cache, Files, Published, Remote};
use crate::transport::Client;
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::Reader;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where a ledger is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder, which may not exist yet. It is the only place to which entries can be added.
    Folder(PathBuf),
    /// A `.tar.zst` archive.
    Archive(PathBuf),
    /// An address that serves C2SP tlog-tiles.
    Address(String),
    /// A mirror on this machine.
    Mirror {
        /// Its name here.
        name: Slug,
        /// The folder of its copy.
        folder: PathBuf,
    },
}

impl Place {
    /// What a person means by a place:
    ///
    /// 1. `http://…` and `https://…` are addresses, `mirror:NAME` is a mirror, there or not;
    /// 2. what ends in `.tar.zst` or `.tar`, in letters of either case, and is no folder is an archive;
    /// 3. a folder of that name, where there is one;
    /// 4. the mirror of that name, where there is one;
    /// 5. a folder that is not there yet.
    ///
    /// So a mirror never hides a folder, and `./NAME` is never a mirror.
    pub fn named(words: &Path, mirrors: &Mirrors) -> Result<Self, Error> {
        let text = words.to_str().unwrap_or_default();
        if text.starts_with("http://") || text.starts_with("https://") {
            return Ok(Self::Address(text.to_owned()));
        }
        if standard::is_input(words) {
            let why = "a ledger is read from many places at once, and standard input only once from its beginning: save the \
                       archive in a file and name that file";
            return Err(host::Error::io(
                "reading",
                words,
                io::Error::new(ErrorKind::NotSeekable, why),
            )
            .into());
        }
        if let Some(name) = text.strip_prefix(MIRROR) {
            let found = name.parse().map(|name| Self::mirror(name, mirrors));
            return found.map_err(|e| Error::Mirror {
                name: name.to_owned(),
                reason: e.to_string(),
            });
        }
        if is_archive(words) && !files::is_folder(words) {
            return Ok(Self::Archive(words.to_path_buf()));
        }
        if !files::exists(words)
            && let Ok(name) = text.parse()
            && let mirror = Self::mirror(name, mirrors)
            && mirror.is_there()
        {
            return Ok(mirror);
        }
        Ok(Self::Folder(words.to_path_buf()))
    }

    /// The mirror of this name.
    pub fn mirror(name: Slug, mirrors: &Mirrors) -> Self {
        let folder = mirrors.ledger(&name);
        Self::Mirror { name, folder }
    }

    /// The reader for it. An archive is unpacked into a temporary folder, which is removed with the reader.
    pub fn open(&self, client: &Client) -> Result<Box<dyn Reader>, Error> {
        Ok(match self {
            Self::Mirror { name, .. } if !self.is_there() => {
                return Err(Error::Mirror {
                    name: name.to_string(),
                    reason: "there is no mirror of that name".to_owned(),
                });
            }
            Self::Folder(folder) | Self::Mirror { folder, .. } => {
                Box::new(Files::new(FolderDisk::new(folder)))
            }
            Self::Archive(file) => Box::new(Archive::open(file, None)?),
            Self::Address(url) => Box::new(Cache::new(Remote::new(client.clone(), url))),
        })
    }

    /// The pages published there; none for an archive and a mirror, which have ledgers.
    pub fn pages(&self, client: &Client) -> Option<Published> {
        match self {
            Self::Folder(folder) => Some(Published::folder(FolderDisk::new(folder))),
            Self::Address(url) => Some(Published::address(client.clone(), url)),
            Self::Archive(_) | Self::Mirror { .. } => None,
        }
    }

    /// Whether a mirror or a folder exists; whether other places exist is known only by asking them.
    fn is_there(&self) -> bool {
        match self {
            Self::Folder(folder) | Self::Mirror { folder, .. } => files::is_folder(folder),
            Self::Archive(_) | Self::Address(_) => true,
        }
    }

    /// The same place, independent of the current folder.
    pub fn whole(&self) -> String {
        match self {
            Self::Folder(path) | Self::Archive(path) => folders::whole(path).display().to_string(),
            Self::Address(url) => url.clone(),
            Self::Mirror { name, .. } => format!("{MIRROR}{name}"),
        }
    }

    /// Why nothing can be added there; `None` for a folder.
    pub fn only_read(&self) -> Option<&'static str> {
        match self {
            Self::Folder(_) => None,
            Self::Archive(_) => Some("an archive"),
            Self::Address(_) => Some("an address"),
            Self::Mirror { .. } => Some("a mirror of somebody else's ledger"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) | Self::Archive(path) => write!(f, "{}", path.display()),
            Self::Address(url) => f.write_str(url),
            Self::Mirror { name, .. } => write!(f, "{MIRROR}{name}"),
        }
    }
}

/// Whether this is the name of an archive.
pub fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    [".tar.zst", ".tar"].iter().any(|end| name.ends_with(end))
}

/// The prefix of a mirror's name.
const MIRROR: &str = "mirror:";

#[cfg(test)]
mod tests {
    use super::*;

    /// A temporary folder with two mirrors, named `src` and `paper`. The tests of a package run in its folder, which
    /// has a folder `src`.
    fn mirrors(state: &Path) -> Mirrors {
        for name in ["src", "paper"] {
            std::fs::create_dir_all(state.join(name).join("ledger")).unwrap();
        }
        Mirrors::at(state)
    }

    #[test]
    fn an_existing_folder_comes_before_a_mirror_with_its_name() {
        let state = tempfile::tempdir().unwrap();
        let mirrors = mirrors(state.path());
        let named = |words: &str| Place::named(Path::new(words), &mirrors).unwrap();
        let mirror = |name: &str| Place::mirror(name.parse().unwrap(), &mirrors);
        assert_eq!(named("src"), Place::Folder("src".into()));
        assert_eq!(named("mirror:src"), mirror("src"));
        assert_eq!(named("paper"), mirror("paper"));
        assert_eq!(named("./paper"), Place::Folder("./paper".into()));
        assert_eq!(named("journal"), Place::Folder("journal".into()));
        assert_eq!(named("mirror:journal"), mirror("journal"));
    }

    #[test]
    fn addresses_and_archives_are_known_by_their_form() {
        let state = tempfile::tempdir().unwrap();
        let mirrors = mirrors(state.path());
        let named = |words: &str| Place::named(Path::new(words), &mirrors);
        for address in ["https://desk.example/log", "http://desk.example/a.tar.zst"] {
            assert_eq!(named(address).unwrap(), Place::Address(address.to_owned()));
        }
        let archive = "copies/a.tar.zst";
        assert_eq!(named(archive).unwrap(), Place::Archive(archive.into()));
        for bad in ["mirror:", "mirror:../keys", "mirror:A B"] {
            assert_eq!(named(bad).unwrap_err().code(), "mirror", "{bad}");
        }
    }

    #[test]
    fn a_place_printed_whole_means_the_same_place() {
        let state = tempfile::tempdir().unwrap();
        let mirrors = mirrors(state.path());
        for words in ["src", "paper", "a.tar.zst", "https://desk.example/log"] {
            let place = Place::named(Path::new(words), &mirrors).unwrap();
            let again = Place::named(Path::new(&place.whole()), &mirrors).unwrap();
            assert_eq!(again.whole(), place.whole());
            assert_eq!(again.only_read(), place.only_read(), "{words}");
        }
    }

    #[test]
    fn entries_are_added_to_a_folder_alone() {
        let state = tempfile::tempdir().unwrap();
        let mirrors = mirrors(state.path());
        let only_read = |words: &str| {
            Place::named(Path::new(words), &mirrors)
                .unwrap()
                .only_read()
        };
        assert_eq!(only_read("journal"), None);
        for words in ["mirror:paper", "a.tar.zst", "https://desk.example/log"] {
            assert!(only_read(words).is_some(), "{words}");
        }
    }
}
