//! Keys on disk, exchanged with OpenSSH in both directions, and every error.

use super::file;
use super::signer::{Passphrases, Refuse, open};
use claimledger_core::crypto::SecretKey;
use std::path::Path;
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

struct Say(&'static str);

impl Passphrases for Say {
    fn ask(&mut self, _: &str) -> Result<Zeroizing<String>, super::Error> {
        Ok(Zeroizing::new(self.0.to_owned()))
    }
}

fn secret() -> SecretKey {
    SecretKey::from_seed(&Zeroizing::new([7; 32]))
}

fn code(folder: &Path, name: &str, passphrases: &mut dyn Passphrases) -> &'static str {
    open(folder, name, passphrases)
        .err()
        .unwrap()
        .code()
        .as_str()
}

/// Runs ssh-keygen; `None` if it is not installed, so that the tests need no other software.
fn ssh_keygen(arguments: &[&str]) -> Option<String> {
    let run = Command::new("ssh-keygen")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    Some(String::from_utf8(run.stdout).unwrap())
}

#[test]
fn keys_are_read_back_and_wrong_input_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    file::write_new(at, "anna", &secret(), Some("correct horse")).unwrap();
    assert_eq!(
        open(at, "anna", &mut Say("correct horse"))
            .unwrap()
            .public(),
        secret().public()
    );
    assert_eq!(code(at, "anna", &mut Say("wrong")), "passphrase-wrong");
    assert_eq!(code(at, "anna", &mut Refuse), "passphrase-needed");
    assert_eq!(code(at, "ben", &mut Refuse), "key-unknown");
    assert_eq!(code(at, "../anna", &mut Refuse), "key-name");
    let again = file::write_new(at, "anna", &secret(), None).unwrap_err();
    assert_eq!(again.code(), "key-exists");

    let other = SecretKey::from_seed(&Zeroizing::new([8; 32]));
    file::write_new(at, "carl", &other, None).unwrap();
    std::fs::copy(at.join("anna.pub"), at.join("carl.pub")).unwrap();
    assert_eq!(code(at, "carl", &mut Refuse), "key-mismatch");
    std::fs::remove_file(at.join("anna")).unwrap();
    assert_eq!(code(at, "anna", &mut Refuse), "key-not-private");
    std::fs::write(at.join("dora.pub"), "ssh-ed25519 AAAA dora\n").unwrap();
    assert_eq!(code(at, "dora", &mut Refuse), "key-malformed");
}

#[cfg(unix)]
#[test]
fn keys_that_others_can_read_are_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    file::write_new(folder.path(), "anna", &secret(), None).unwrap();
    let path = folder.path().join("anna");
    let mode = |bits| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(bits));
    assert!(open(folder.path(), "anna", &mut Refuse).is_ok());
    for bits in [0o640, 0o604, 0o644] {
        mode(bits).unwrap();
        assert_eq!(code(folder.path(), "anna", &mut Refuse), "key-exposed");
    }
}

#[test]
fn ssh_keygen_reads_ours_and_we_read_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let path = |name: &str| at.join(name).display().to_string();
    file::write_new(at, "ours", &secret(), Some("four words")).unwrap();
    let Some(public) = ssh_keygen(&["-y", "-P", "four words", "-f", &path("ours")]) else {
        eprintln_skip();
        return;
    };
    let file_line = std::fs::read_to_string(at.join("ours.pub")).unwrap();
    let first_two = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    assert_eq!(
        first_two(public.trim_end()),
        first_two(file_line.trim_end())
    );

    ssh_keygen(&["-q", "-t", "ed25519", "-N", "", "-f", &path("plain")]);
    ssh_keygen(&["-q", "-t", "ed25519", "-N", "secret", "-f", &path("locked")]);
    assert!(open(at, "plain", &mut Refuse).is_ok());
    assert!(open(at, "locked", &mut Say("secret")).is_ok());
    assert_eq!(code(at, "locked", &mut Say("other")), "passphrase-wrong");
    ssh_keygen(&["-q", "-t", "ecdsa", "-N", "", "-f", &path("ecdsa")]);
    assert_eq!(code(at, "ecdsa", &mut Refuse), "key-not-ed25519");
    let fingerprint = ssh_keygen(&["-l", "-f", &path("plain.pub")]).unwrap();
    let ours = open(at, "plain", &mut Refuse)
        .unwrap()
        .public()
        .fingerprint();
    assert_eq!(fingerprint.split(' ').nth(1), Some(ours.as_str()));
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn eprintln_skip() {
    eprintln!("ssh-keygen is not installed: skipped");
}
