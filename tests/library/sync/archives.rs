//! Archives: those that `tar` makes of a ledger are read; what no ledger has is passed over or refused; nothing is written
//! outside the folder for it, and that folder never grows without bound.

use super::ORIGIN;
use claimledger::host::disk::Disk as _;
use claimledger::store::{Archive, MemoryDisk};
use claimledger_core::TreeSize;
use claimledger_core::audit;
use claimledger_core::log::Reader as _;
use claimledger_testing::unchecked::filled;
use std::io::Write as _;
use std::path::Path;
use tar::EntryType as T;

type File<'a> = (&'a str, T, Vec<u8>);

/// An archive of these files as they are, whatever their names.
fn archive(path: &Path, files: &[File<'_>]) {
    let file = std::fs::File::create(path).unwrap();
    let mut builder = tar::Builder::new(zstd::stream::write::Encoder::new(file, 1).unwrap());
    for (name, kind, bytes) in files {
        let mut header = tar::Header::new_ustar();
        // Straight into the field: the library itself would refuse what we want to write.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(*kind);
        if *kind != tar::EntryType::Regular {
            header.as_old_mut().linkname[..11].copy_from_slice(b"/etc/passwd");
        }
        header.set_cksum();
        builder.append(&header, &bytes[..]).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap();
}

fn checkpoint() -> Vec<u8> {
    filled(MemoryDisk::new(), ORIGIN, 300)
        .signed_head()
        .to_bytes()
}

/// Every file of a ledger of 300 entries, each name behind a prefix.
fn ledger(prefix: &str) -> Vec<(String, Vec<u8>)> {
    let desk = filled(MemoryDisk::new(), ORIGIN, 300);
    let names = desk.disk().list("").unwrap();
    let files = names.into_iter().map(|name| {
        let bytes = desk.disk().read(&name).unwrap().unwrap();
        (format!("{prefix}{name}"), bytes)
    });
    files.collect()
}

fn plain(files: &[(String, Vec<u8>)]) -> Vec<File<'_>> {
    files
        .iter()
        .map(|(name, bytes)| (name.as_str(), T::Regular, bytes.clone()))
        .collect()
}

/// Opens an archive and audits what came out; answers with its remarks.
#[track_caller]
fn reads(path: &Path) -> Vec<String> {
    let archive = Archive::open(path, path.parent()).unwrap();
    let report = audit::audit(&archive, &audit::Options::default()).unwrap();
    assert_eq!(
        (report.faults(), report.size),
        (0, Some(TreeSize::new(300))),
        "{:?}",
        report.findings
    );
    archive.remarks()
}

#[track_caller]
fn refused(path: &Path, words: &str) {
    let error = Archive::open(path, path.parent()).unwrap_err();
    assert_eq!(error.code(), "archive-refused", "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn what_tar_makes_of_a_ledgers_folder_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tar.zst");
    for prefix in ["", "./", "site/", "./from/desk/ledger/"] {
        let files = ledger(prefix);
        archive(&path, &plain(&files));
        assert_eq!(reads(&path), Vec::<String>::new(), "{prefix:?}");
        // The checkpoint last.
        let mut turned = plain(&files);
        turned.reverse();
        archive(&path, &turned);
        assert_eq!(reads(&path), Vec::<String>::new(), "{prefix:?}");
    }
    // Folders, and what a folder at work and an operating system leave.
    let files = ledger("site/");
    let mut with_more = vec![("site", T::Directory, Vec::new())];
    with_more.extend(plain(&files));
    for name in [
        "site/lock",
        "site/checkpoint.next",
        "site/witnesses",
        "site/.DS_Store",
        "site/._checkpoint",
        "site/tile/._0",
        "site/snapshots/incoming/0123456789abcdef",
        "site/index/db",
    ] {
        with_more.push((name, T::Regular, b"x".to_vec()));
    }
    archive(&path, &with_more);
    let remarks = reads(&path);
    assert!(remarks[0].contains("passed over: 8"), "{remarks:?}");
}

#[test]
fn long_names_and_plain_archives_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let files = ledger(&format!("{}/{}/", "a".repeat(90), "b".repeat(90)));
    let named = |pax: bool| {
        let path = folder.path().join("A.TAR");
        let mut builder = tar::Builder::new(std::fs::File::create(&path).unwrap());
        for (name, bytes) in &files {
            let mut header = if pax {
                tar::Header::new_ustar()
            } else {
                tar::Header::new_gnu()
            };
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_entry_type(T::Regular);
            if pax {
                let fields = [("path", name.as_bytes()), ("mtime", b"1.5")];
                builder.append_pax_extensions(fields).unwrap();
                header.set_path("short").unwrap();
                header.set_cksum();
                builder.append(&header, &bytes[..]).unwrap();
            } else {
                builder.append_data(&mut header, name, &bytes[..]).unwrap();
            }
        }
        builder.into_inner().unwrap();
        path
    };
    for pax in [true, false] {
        assert_eq!(reads(&named(pax)), Vec::<String>::new(), "pax: {pax}");
    }
}

#[test]
fn bytes_after_the_end_are_remarked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tar.zst");
    let files = ledger("");
    archive(&path, &plain(&files));
    let whole = std::fs::read(&path).unwrap();
    for more in [whole.clone(), b"and more".to_vec()] {
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(&whole).unwrap();
        file.write_all(&more).unwrap();
        let remarks = reads(&path);
        assert!(
            remarks[0].contains("follow the end of the archive"),
            "{remarks:?}"
        );
    }
}

#[test]
fn what_no_ledger_has_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.tar.zst");
    let head = ("checkpoint", T::Regular, checkpoint());
    let blob = format!("snapshots/sha256/ab/{}", "ab".repeat(32));
    for (name, kind, bytes) in [
        ("../outside", T::Regular, b"x".to_vec()),
        ("tile/../../outside", T::Regular, b"x".to_vec()),
        ("/etc/outside", T::Regular, b"x".to_vec()),
        ("tile/0/000/../../../outside", T::Regular, b"x".to_vec()),
        ("other/tile/0/000", T::Regular, vec![0; 8_192]),
        ("tile/0/000", T::Symlink, Vec::new()),
        ("tile/0/000", T::Link, Vec::new()),
        ("tile/0/000", T::Fifo, Vec::new()),
        ("tile/0/000", T::Regular, vec![0; 8_193]),
        ("snapshots/sha256/ab/abcd", T::Regular, b"x".to_vec()),
        (&blob.replace("/ab/", "/cd/"), T::Regular, b"x".to_vec()),
        ("checkpoint", T::Regular, checkpoint()),
    ] {
        archive(&path, &[head.clone(), (name, kind, bytes)]);
        refused(&path, name);
    }
    let twice = ("tile/0/000", T::Regular, vec![7; 8_192]);
    archive(&path, &[head.clone(), twice.clone(), twice.clone()]);
    refused(&path, "there twice");
    archive(&path, &[]);
    refused(&path, "not in the archive");
    archive(&path, std::slice::from_ref(&twice));
    refused(&path, "not in the archive");
    archive(&path, &[("checkpoint", T::Regular, b"x".to_vec())]);
    let error = Archive::open(&path, None).unwrap_err();
    assert_eq!(error.code(), "checkpoint-malformed");
    archive(&path, &[head, twice]);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 30]).unwrap();
    refused(&path, "bad.tar.zst");
    std::fs::write(&path, b"no archive").unwrap();
    refused(&path, "bad.tar.zst");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left lying");
}

#[test]
fn what_unpacks_to_far_more_than_its_size_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.tar.zst");
    let head = ("checkpoint", T::Regular, checkpoint());
    let blob = |number: u32| {
        let hex = format!("{number:064x}");
        format!("snapshots/sha256/{}/{hex}", &hex[..2])
    };
    archive(
        &path,
        &[
            head.clone(),
            (&blob(1), T::Regular, vec![0; 64 * 1024 * 1024]),
        ],
    );
    refused(&path, "far more than its size");
    // Empty files and folders have no bytes, and yet take room.
    let names: Vec<String> = (0..20_000).map(blob).collect();
    let empty = names
        .iter()
        .map(|name| (name.as_str(), T::Regular, Vec::new()));
    archive(
        &path,
        &std::iter::once(head.clone())
            .chain(empty)
            .collect::<Vec<_>>(),
    );
    refused(&path, "far more than its size");
    let folders = names
        .iter()
        .map(|name| (name.as_str(), T::Directory, Vec::new()));
    archive(
        &path,
        &std::iter::once(head.clone())
            .chain(folders)
            .collect::<Vec<_>>(),
    );
    refused(&path, "far more than its size");
    // A name without end is not read into memory.
    archive(
        &path,
        &[head, ("long", T::GNULongName, vec![b'x'; 1024 * 1024])],
    );
    refused(&path, "too long");
}

#[test]
fn an_unpacked_archive_is_private_and_leftovers_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tar.zst");
    let files = ledger("");
    archive(&path, &plain(&files));
    let names = || -> Vec<String> {
        let items = std::fs::read_dir(folder.path()).unwrap();
        let names = items.map(|item| item.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name.starts_with("claimledger-") && !name.contains(".lock"))
            .collect()
    };
    // What a killed process leaves: its lock is free.
    let left = folder.path().join("claimledger-unpacked-abcdef");
    std::fs::create_dir(&left).unwrap();
    let lock = folder.path().join("claimledger-unpacked-abcdef.lock");
    std::fs::write(&lock, "").unwrap();
    std::fs::write(left.join("checkpoint"), "x").unwrap();
    let first = Archive::open(&path, Some(folder.path())).unwrap();
    assert!(!left.exists() && !lock.exists());
    // One that is in use stays.
    let second = Archive::open(&path, Some(folder.path())).unwrap();
    assert_eq!(names().len(), 2);
    #[cfg(unix)]
    for name in names() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    assert!(first.read("checkpoint").unwrap().is_some());
    drop(first);
    assert!(second.read("checkpoint").unwrap().is_some());
    drop(second);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
