//! Where the program may write a file that a person names: a new file; an existing one only if the person says so;
//! never into a ledger in use or this machine's memory, and never over a key.

use super::{Desk, Error};
use crate::host::files::Kind;
use crate::host::{self, durable, files, folders, standard};
use crate::sync::place::Place;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Refuses a path that [`write()`] would refuse, before anything is computed or signed, and before anybody is asked.
pub fn check(desk: &Desk, path: &Path, force: bool) -> Result<(), Error> {
    let refuse = |what: String| Error::Protected {
        path: path.display().to_string(),
        what,
    };
    if standard::is_output(path) {
        return Ok(());
    }
    let at = folders::whole(path);
    if let Some(what) = home_of(desk, &at) {
        return Err(refuse(format!("it is in {what}")));
    }
    let Some(found) = files::kind(path)? else {
        return Ok(());
    };
    if !force {
        return Err(Error::FileExists {
            path: path.display().to_string(),
        });
    }
    if found != Kind::File {
        return Err(refuse("it is no plain file".to_owned()));
    }
    if is_key(path)? {
        return Err(refuse("it is a key".to_owned()));
    }
    Ok(())
}

/// Writes a file whole or not at all; `-` and `/dev/stdout` are standard output. An existing file is refused, unless `force` allows overwriting.
///
/// # Errors
///
/// [`Error::FileExists`]; [`Error::Protected`] even with `force`; errors of the file system.
pub fn write(desk: &Desk, path: &Path, bytes: &[u8], force: bool) -> Result<(), Error> {
    write_from(desk, path, &mut { bytes }, force)
}

/// The same with bytes that come in pieces.
pub fn write_from(desk: &Desk, path: &Path, from: &mut dyn Read, force: bool) -> Result<(), Error> {
    check(desk, path, force)?;
    if standard::is_output(path) {
        return Ok(standard::write(from)?);
    }
    let written = if force {
        durable::replace_from(path, from)
    } else {
        durable::create_from(path, from)
    };
    written.map_err(|error| match error {
        host::Error::Exists { path } => Error::FileExists { path },
        other => other.into(),
    })
}

/// Refuses a folder to publish into if it is, contains, or is inside a ledger in use, the keys, or this machine's
/// memory.
pub fn check_folder(desk: &Desk, path: &Path) -> Result<(), Error> {
    let at = folders::whole(path);
    let refuse = |what: &str| Error::Protected {
        path: path.display().to_string(),
        what: what.to_owned(),
    };
    if standard::is_output(path) {
        return Err(refuse("a folder cannot be written to standard output"));
    }
    if let Some(what) = home_of(desk, &at) {
        return Err(refuse(&format!("it is in {what}")));
    }
    let keys = folders::whole(&desk.keys);
    if files::exists(&desk.keys) && at.starts_with(&keys) {
        return Err(refuse("it is in the folder of the keys"));
    }
    let mut inside = ledger_folder(desk).into_iter().collect::<Vec<_>>();
    inside.extend(files::exists(&desk.keys).then_some(keys));
    if inside.iter().any(|folder| folder.starts_with(&at)) {
        return Err(refuse("the ledger or the keys are inside it"));
    }
    Ok(())
}

/// The protected folder that a place is in, where nothing of this kind is written.
fn home_of(desk: &Desk, at: &Path) -> Option<&'static str> {
    if ledger_folder(desk).is_some_and(|folder| at.starts_with(folder)) {
        return Some("the ledger's own folder");
    }
    let state = folders::whole(&desk.state);
    if MEMORY.iter().any(|name| at.starts_with(state.join(name))) {
        return Some("this machine's memory of ledgers");
    }
    at.ancestors()
        .any(is_worked_in)
        .then_some("a ledger that is worked in")
}

/// The folder of the desk's ledger, if it is in a folder.
fn ledger_folder(desk: &Desk) -> Option<PathBuf> {
    match &desk.ledger {
        Place::Folder(folder) | Place::Mirror { folder, .. } if files::exists(folder) => {
            Some(folders::whole(folder))
        }
        _ => None,
    }
}

/// A ledger is in use if a writer's lock or an index is beside its checkpoint.
fn is_worked_in(folder: &Path) -> bool {
    files::is_file(&folder.join("checkpoint"))
        && ["lock", "index"]
            .iter()
            .any(|name| files::exists(&folder.join(name)))
}

/// A private key in any form, or an OpenSSH public key, wherever it is.
fn is_key(path: &Path) -> Result<bool, Error> {
    let begins = files::read_start(path, FIRST_LINE)?;
    let text = String::from_utf8_lossy(&begins);
    let first = text.trim_start().lines().next().unwrap_or_default();
    let private = first.starts_with("-----BEGIN ") && first.contains("PRIVATE KEY");
    Ok(private || first.starts_with("ssh-ed25519 "))
}

/// The files that this machine keeps together in its state folder.
const MEMORY: [&str; 4] = ["ledgers", "mirrors", "witnesses", "indexes"];

/// The first line of a key is never longer.
const FIRST_LINE: u64 = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::doubts::Doubts;
    use crate::app::index_rows::OpenIndexes;
    use crate::host::clock::SystemClock;
    use crate::transport::Authorities;
    use std::fs;

    /// A desk with a ledger, keys and a memory, each in a folder of the same name.
    fn desk(at: &Path) -> Desk {
        for folder in ["ledger", "keys", "state/mirrors"] {
            fs::create_dir_all(at.join(folder)).unwrap();
        }
        Desk {
            ledger: Place::Folder(at.join("ledger")),
            keys: at.join("keys"),
            state: at.join("state"),
            clock: Box::new(SystemClock),
            clock_is_right: false,
            any_filesystem: true,
            indexes: OpenIndexes::new(|_| ()),
            authorities: Authorities::default(),
            doubts: Doubts::default(),
            reader: None,
        }
    }

    /// The code of the refusal, forced or not.
    fn refusal(desk: &Desk, path: &Path, force: bool) -> Option<&'static str> {
        check(desk, path, force)
            .err()
            .map(|error| error.code().as_str())
    }

    #[test]
    fn an_existing_file_is_overwritten_only_with_force() {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk(folder.path());
        let file = folder.path().join("proof.json");
        write(&desk, &file, b"first", false).unwrap();
        let refused = write(&desk, &file, b"second", false).unwrap_err();
        assert_eq!(refused.code(), "file-exists");
        assert_eq!(fs::read(&file).unwrap(), b"first");
        write(&desk, &file, b"second", true).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"second");
    }

    #[test]
    fn force_never_overwrites_a_key_or_writes_into_a_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let desk = desk(at);
        let private = at.join("id");
        fs::write(&private, "\n-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n").unwrap();
        let public = at.join("id.pub");
        fs::write(&public, "ssh-ed25519 AAAA ada\n").unwrap();
        let other = at.join("another-ledger");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("checkpoint"), "desk.example/facts\n").unwrap();
        let in_other = other.join("proof.json");
        assert_eq!(refusal(&desk, &in_other, true), None, "a copy to read");
        fs::write(other.join("lock"), "").unwrap();
        for protected in [
            private,
            public,
            in_other,
            at.join("ledger/proof.json"),
            at.join("state/mirrors/proof.json"),
            at.join("keys"),
        ] {
            let refused = refusal(&desk, &protected, true);
            assert_eq!(refused, Some("file-protected"), "{}", protected.display());
        }
        assert_eq!(refusal(&desk, &at.join("state/proof.json"), true), None);
    }

    #[test]
    fn a_ledger_can_be_published_into_a_sibling_folder() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let desk = desk(at);
        check_folder(&desk, &at.join("public")).unwrap();
        for home in [
            "ledger",
            "ledger/public",
            "keys/public",
            "state/mirrors",
            ".",
        ] {
            let refused = check_folder(&desk, &at.join(home)).unwrap_err();
            assert_eq!(refused.code(), "file-protected", "{home}");
        }
    }
}
