//! The file system of a folder: network and FUSE file systems guarantee less.

use super::Error;
use std::path::Path;

/// Refuses a folder on a network or FUSE file system, by the magic number that Linux reports. On other systems it
/// always succeeds.
#[cfg(target_os = "linux")]
pub fn check_local(folder: &Path) -> Result<(), Error> {
    let found = rustix::fs::statfs(folder)
        .map_err(|e| Error::io("asking for the file system of", folder, e.into()))?;
    // The field's width differs between architectures; the magic numbers fit 32 bits.
    #[allow(
        clippy::useless_conversion,
        reason = "the field is i32 on some architectures"
    )]
    let magic = u64::from_ne_bytes(i64::from(found.f_type).to_ne_bytes()) & 0xffff_ffff;
    match REMOTE.iter().find(|(number, _)| *number == magic) {
        Some((_, kind)) => Err(Error::NetworkFilesystem {
            path: folder.display().to_string(),
            kind,
        }),
        None => Ok(()),
    }
}

/// This system cannot be asked.
#[cfg(not(target_os = "linux"))]
pub fn check_local(_folder: &Path) -> Result<(), Error> {
    Ok(())
}

/// Magic numbers of statfs(2).
#[cfg(target_os = "linux")]
const REMOTE: &[(u64, &str)] = &[
    (0x0000_6969, "NFS"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB2"),
    (0x0000_517b, "SMB"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9p"),
    (0x5346_414f, "AFS"),
    (0x00c3_6400, "Ceph"),
    (0x0bd0_0bd0, "Lustre"),
];
