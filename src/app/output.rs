//! Where files may be written that a person names: a new one; one that is there only if they say so; never into a
//! ledger that somebody works in, into this machine's memory, or over a key.

use super::{Desk, Error};
use crate::host::{self, durable, folders};
use crate::sync::place::Place;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Refuses a path that [`write()`] would refuse, before anything is computed, signed or asked for it.
pub fn check(desk: &Desk, path: &Path, force: bool) -> Result<(), Error> {
    let refuse = |what: String| Error::Protected {
        path: path.display().to_string(),
        what,
    };
    let at = resolved(path);
    if let Some(what) = home_of(desk, &at) {
        return Err(refuse(format!("it is in {what}")));
    }
    let Ok(found) = std::fs::symlink_metadata(path) else {
        return Ok(());
    };
    if !force {
        return Err(Error::FileExists {
            path: path.display().to_string(),
        });
    }
    if !found.is_file() {
        return Err(refuse("it is no plain file".to_owned()));
    }
    if is_key(path)? {
        return Err(refuse("it is a key".to_owned()));
    }
    Ok(())
}

/// Writes a file whole or not at all. One that is there is refused, unless `force` says to write over it.
///
/// # Errors
///
/// [`Error::FileExists`]; [`Error::Protected`] with `force` too; the machine's own.
pub fn write(desk: &Desk, path: &Path, bytes: &[u8], force: bool) -> Result<(), Error> {
    write_from(desk, path, &mut { bytes }, force)
}

/// The same with bytes that come piece by piece.
pub fn write_from(desk: &Desk, path: &Path, from: &mut dyn Read, force: bool) -> Result<(), Error> {
    check(desk, path, force)?;
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

/// Refuses a folder to publish into that is, holds, or is in a ledger that is worked in, the keys, or this machine's
/// memory.
pub fn check_folder(desk: &Desk, path: &Path) -> Result<(), Error> {
    let at = resolved(path);
    let refuse = |what: &str| Error::Protected {
        path: path.display().to_string(),
        what: what.to_owned(),
    };
    if let Some(what) = home_of(desk, &at) {
        return Err(refuse(&format!("it is in {what}")));
    }
    let keys = resolved(&desk.keys);
    if desk.keys.exists() && at.starts_with(&keys) {
        return Err(refuse("it is in the folder of the keys"));
    }
    let mut inside = ledger_folder(desk).into_iter().collect::<Vec<_>>();
    inside.extend(desk.keys.exists().then_some(keys));
    if inside.iter().any(|folder| folder.starts_with(&at)) {
        return Err(refuse("the ledger or the keys are inside it"));
    }
    Ok(())
}

/// Whose home a place is in, where nothing of this kind is written.
fn home_of(desk: &Desk, at: &Path) -> Option<&'static str> {
    if ledger_folder(desk).is_some_and(|folder| at.starts_with(folder)) {
        return Some("the ledger's own folder");
    }
    let state = resolved(&desk.state);
    if MEMORY.iter().any(|name| at.starts_with(state.join(name))) {
        return Some("this machine's memory of ledgers");
    }
    at.ancestors()
        .any(is_worked_in)
        .then_some("a ledger that is worked in")
}

/// Where the desk's ledger is, if it is in a folder.
fn ledger_folder(desk: &Desk) -> Option<PathBuf> {
    match &desk.ledger {
        Place::Folder(folder) | Place::Mirror { folder, .. } if folder.exists() => {
            Some(resolved(folder))
        }
        _ => None,
    }
}

/// A ledger is worked in where a writer's lock or an index stands beside its checkpoint.
fn is_worked_in(folder: &Path) -> bool {
    folder.join("checkpoint").is_file()
        && ["lock", "index"]
            .iter()
            .any(|name| folder.join(name).exists())
}

/// A private key of any form, or an OpenSSH public one, wherever it lies.
fn is_key(path: &Path) -> Result<bool, Error> {
    let io = |e| host::Error::io("reading", path, e);
    let mut begins = Vec::new();
    let file = std::fs::File::open(path).map_err(io)?;
    file.take(FIRST_LINE).read_to_end(&mut begins).map_err(io)?;
    let text = String::from_utf8_lossy(&begins);
    let first = text.trim_start().lines().next().unwrap_or_default();
    let private = first.starts_with("-----BEGIN ") && first.contains("PRIVATE KEY");
    Ok(private || first.starts_with("ssh-ed25519 "))
}

/// A path from the root, links followed as far as it exists, and what does not exist yet put right by its words.
fn resolved(path: &Path) -> PathBuf {
    let mut at = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut rest = Vec::new();
    while !at.exists() {
        match (at.parent(), at.components().next_back()) {
            (Some(above), Some(last)) => {
                rest.push(last.as_os_str().to_owned());
                at = above.to_path_buf();
            }
            _ => break,
        }
    }
    let mut whole = folders::whole(&at);
    for part in rest.iter().rev() {
        match Path::new(part).components().next() {
            Some(Component::ParentDir) => {
                whole.pop();
            }
            _ => whole.push(part),
        }
    }
    whole
}

/// What this machine keeps beside each other in its state folder.
const MEMORY: [&str; 4] = ["ledgers", "mirrors", "witnesses", "indexes"];

/// No first line of a key is longer.
const FIRST_LINE: u64 = 256;
