//! Files, locks and folders of the machine.

mod files;
mod process;

use super::Error;
use super::disk::{Disk, FolderDisk};
use super::lock::WriterLock;
use super::{durable, filesystem};
use std::time::Duration;

#[test]
fn a_folder_keeps_what_it_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let disk = FolderDisk::new(folder.path().join("ledger"));
    assert_eq!(disk.list("").unwrap(), Vec::<String>::new());
    assert_eq!(disk.read("a/b").unwrap(), None);
    disk.write_synced("a/b", b"one").unwrap();
    disk.write_synced("a/b", b"2").unwrap();
    disk.create_synced("c", b"three").unwrap();
    disk.sync_folder("a").unwrap();
    assert!(matches!(
        disk.create_synced("c", b"four"),
        Err(Error::Exists { .. })
    ));
    assert_eq!(disk.read("a/b").unwrap().unwrap(), b"2");
    assert_eq!(disk.list("").unwrap(), ["a/b", "c"]);
    disk.rename("c", "a/c").unwrap();
    disk.remove("a/b").unwrap();
    disk.remove("a/b").unwrap();
    assert_eq!(disk.list("a").unwrap(), ["a/c"]);
    disk.remove_folder("a").unwrap();
    assert_eq!(disk.list("").unwrap(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/etc", folder.path().join("tile")).unwrap();
    let disk = FolderDisk::new(folder.path());
    assert_eq!(disk.list("").unwrap(), ["tile"]);
    assert_eq!(disk.list("tile").unwrap_err().code(), "not-a-plain-file");
    let passwd = disk.read("tile/passwd").unwrap_err();
    assert_eq!(passwd.code(), "not-a-plain-file");
}

#[cfg(unix)]
#[test]
fn odd_names_and_deep_folders_are_named_and_not_entered() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let disk = FolderDisk::new(folder.path());
    disk.write_synced("a/plain", b"").unwrap();
    for name in [&b"a/\xff.file"[..], b"a/\xfe.folder/inside"] {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, b"").unwrap();
    }
    let deep = vec!["d"; 400].join("/");
    std::fs::create_dir_all(folder.path().join(&deep)).unwrap();
    let found = disk.list("").unwrap();
    assert_eq!(
        &found[..3],
        ["a/plain", "a/\u{fffd}.file", "a/\u{fffd}.folder"]
    );
    assert_eq!(found[3..], [vec!["d"; 33].join("/")]);
}

#[test]
fn one_lock_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let held = WriterLock::acquire(&path, Duration::ZERO).unwrap();
    let refused = WriterLock::acquire(&path, Duration::from_millis(30)).unwrap_err();
    assert_eq!(refused.code(), "ledger-locked");
    drop(held);
    WriterLock::acquire(&path, Duration::ZERO).unwrap();
}

#[test]
fn private_files_are_private_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    durable::create_private(&path, b"secret").unwrap();
    assert_eq!(
        durable::create_private(&path, b"x").unwrap_err().code(),
        "exists"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    durable::replace_file(&path, b"other").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"other");
}

#[cfg(unix)]
#[test]
fn ordinary_files_get_the_permissions_of_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let mode = |name: &str| {
        let found = std::fs::metadata(folder.path().join(name)).unwrap();
        found.permissions().mode()
    };
    std::fs::write(folder.path().join("plain"), b"x").unwrap();
    durable::replace_file(&folder.path().join("replaced"), b"x").unwrap();
    durable::create_from(&folder.path().join("created"), &mut &b"x"[..]).unwrap();
    assert_eq!(mode("replaced"), mode("plain"));
    assert_eq!(mode("created"), mode("plain"));
}

#[test]
fn a_temporary_folder_is_local() {
    filesystem::check_local(&std::env::temp_dir()).unwrap();
    #[cfg(target_os = "linux")]
    if std::path::Path::new("/dev/full").exists() {
        // A device is named by a person, or not written to.
        let refused = super::disk::FolderDisk::new("/dev").write_synced("full", b"x");
        assert_eq!(refused.unwrap_err().code(), "not-a-plain-file");
        let full = std::path::Path::new("/dev/full");
        let said = std::fs::write(full, b"x").unwrap_err();
        assert_eq!(Error::io("writing", full, said).code(), "disk-full");
    }
}
