//! Files and folders by path: existing and absent ones, and every error.

use crate::host::files::{self, Kind, MAX_READ_BYTES};
use crate::host::{Error, folders, permissions};
use std::error::Error as _;
use std::path::Path;

/// The text of an error, and its code.
#[track_caller]
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, &'static str) {
    let error = result.unwrap_err();
    let because = error.source().map(|e| format!(": {e}")).unwrap_or_default();
    (format!("{error}{because}"), error.code().as_str())
}

#[test]
fn a_file_is_read_whole_or_its_beginning() {
    let folder = folders::temporary(None).unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, "zażółć").unwrap();
    assert_eq!(files::read(&path).unwrap(), "zażółć".as_bytes());
    assert_eq!(files::read_text(&path).unwrap(), "zażółć");
    assert_eq!(files::read_start(&path, 2).unwrap(), b"za");
    assert_eq!(files::read_start(&path, 99).unwrap(), "zażółć".as_bytes());
    assert_eq!(files::length(&path).unwrap(), 10);
    assert_eq!(files::read_if_there(&path).unwrap().unwrap().len(), 10);
}

#[test]
fn a_refusal_names_the_path_and_what_is_wrong() {
    let folder = folders::temporary(None).unwrap();
    let at = |name: &str| folder.path().join(name);
    let whole = folder.path().display();

    let (said, code) = refusal(files::read(&at("gone")));
    assert!(
        said.starts_with(&format!("failed while reading {whole}/gone: ")),
        "{said}"
    );
    assert_eq!(code, "io");
    assert_eq!(files::read_if_there(&at("gone")).unwrap(), None);

    for refused in [
        refusal(files::read(folder.path())),
        refusal(files::read_if_there(folder.path())),
        refusal(files::open(folder.path())),
    ] {
        assert_eq!(
            refused,
            (
                format!("failed while reading {whole}: is a directory"),
                "io"
            )
        );
    }

    std::fs::write(at("latin"), b"caf\xe9").unwrap();
    let (said, code) = refusal(files::read_text(&at("latin")));
    let why = "incomplete utf-8 byte sequence from index 3";
    assert_eq!(said, format!("{whole}/latin is not text in UTF-8: {why}"));
    assert_eq!(code, "file-malformed");
}

/// A file without blocks: only its length is large.
#[test]
fn a_file_is_read_up_to_the_limit_and_not_beyond() {
    let folder = folders::temporary(None).unwrap();
    let path = folder.path().join("large");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(MAX_READ_BYTES + 1).unwrap();
    let (said, code) = refusal(files::read(&path));
    let limit = format!(
        "{} has 134217729 bytes, and at most 134217728 are read",
        path.display()
    );
    assert_eq!((said, code), (limit, "file-too-large"));
    file.set_len(MAX_READ_BYTES).unwrap();
    assert_eq!(files::read(&path).unwrap().len() as u64, MAX_READ_BYTES);
}

#[test]
fn a_folder_is_made_listed_and_removed() {
    let folder = folders::temporary(None).unwrap();
    let inner = folder.path().join("b/c");
    assert!(files::names(&inner).unwrap().is_empty());
    files::make_folder(&inner).unwrap();
    files::make_folder(&inner).unwrap();
    for name in ["z", "a", "m"] {
        std::fs::write(inner.join(name), b"").unwrap();
    }
    assert_eq!(files::names(&inner).unwrap(), ["a", "m", "z"]);
    files::remove(&inner.join("m")).unwrap();
    files::remove(&inner.join("m")).unwrap();
    assert_eq!(files::names(&inner).unwrap(), ["a", "z"]);

    let file = inner.join("a");
    assert_eq!(refusal(files::names(&file)).1, "io");
    let (said, _) = refusal(files::make_folder(&file));
    assert!(said.starts_with("failed while making "), "{said}");
    let (said, _) = refusal(files::remove(&inner));
    assert!(said.starts_with("failed while removing "), "{said}");

    files::remove_folder(&inner).unwrap();
    files::remove_folder(&inner).unwrap();
    assert_eq!(files::kind(&inner).unwrap(), None);
}

#[test]
fn a_link_at_a_path_is_not_followed() {
    let folder = folders::temporary(None).unwrap();
    let path = folder.path().join("a");
    assert_eq!(files::kind(&path).unwrap(), None);
    std::fs::write(&path, b"").unwrap();
    assert_eq!(files::kind(&path).unwrap(), Some(Kind::File));
    assert_eq!(files::kind(&path.join("below")).unwrap(), None);
    assert_eq!(files::kind(folder.path()).unwrap(), Some(Kind::Folder));
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        assert_eq!(files::kind(&link).unwrap(), Some(Kind::Other));
        assert!(!files::exists(&link));
        let to_file = folder.path().join("to-file");
        std::os::unix::fs::symlink("a", &to_file).unwrap();
        assert!(files::exists(&to_file) && files::is_file(&to_file));
        assert!(!files::is_folder(&to_file));
    }
}

#[cfg(unix)]
#[test]
fn permissions_are_seen_and_set() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folders::temporary(None).unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, b"").unwrap();
    let give = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode));
    for (mode, shared) in [
        (0o600, None),
        (0o700, None),
        (0o640, Some(0o640)),
        (0o601, Some(0o601)),
    ] {
        give(mode).unwrap();
        assert_eq!(permissions::shared(&path).unwrap(), shared);
    }
    permissions::let_all_read(&path).unwrap();
    assert_eq!(permissions::shared(&path).unwrap(), Some(0o644));
    let (said, code) = refusal(permissions::shared(Path::new("gone")));
    assert!(said.starts_with("failed while looking at gone: "), "{said}");
    assert_eq!(code, "io");
}

#[cfg(unix)]
#[test]
fn a_whole_path_follows_links_as_far_as_it_exists() {
    let folder = folders::temporary(None).unwrap();
    let root = folders::whole(folder.path());
    files::make_folder(&root.join("a/b")).unwrap();
    std::os::unix::fs::symlink("a/b", root.join("link")).unwrap();
    for (path, whole) in [
        ("link", "a/b"),
        ("link/..", "a"),
        ("link/new/deeper", "a/b/new/deeper"),
        ("link/new/../other", "a/b/other"),
        ("new/./one", "new/one"),
    ] {
        assert_eq!(folders::whole(&root.join(path)), root.join(whole), "{path}");
    }
}

#[test]
fn a_temporary_folder_is_removed_with_its_owner() {
    let outer = folders::temporary(None).unwrap();
    let inner = folders::temporary(Some(outer.path())).unwrap();
    let path = inner.path().to_path_buf();
    assert_eq!(path.parent(), Some(outer.path()));
    assert_eq!(files::kind(&path).unwrap(), Some(Kind::Folder));
    drop(inner);
    assert_eq!(files::kind(&path).unwrap(), None);
    let gone = outer.path().join("gone");
    let (said, _) = refusal(folders::temporary(Some(&gone)));
    let begins = format!("failed while making a folder in {}: ", gone.display());
    assert!(said.starts_with(&begins), "{said}");
}
