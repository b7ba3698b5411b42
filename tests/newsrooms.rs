//! Two newsrooms with real processes and a plain file server between them: proofs handed over, a ledger followed, an
//! old copy and a second history noticed.

use crate::cli_world::World;
use claimledger::host::disk::{Disk as _, FolderDisk};
use claimledger::transport::{Response, Server};
use std::net::TcpListener;
use std::path::PathBuf;

/// Any static file server.
pub fn serve(folder: PathBuf) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    Server::start(listener, 0, move |request| {
        let name = request.path.trim_start_matches('/');
        match FolderDisk::new(&folder).read(name) {
            Ok(Some(body)) => Response {
                status: 200,
                media_type: "application/octet-stream",
                body,
            },
            _ => Response::text(404, "no such file\n"),
        }
    })
    .unwrap()
}

fn claim(world: &World, text: &str) {
    world.yes(&format!("claim add '{text}' --claimant many --as jonas"));
}

fn publish(world: &World) {
    let _ = std::fs::remove_dir_all(world.path("public"));
    world.yes("export public --yes");
}

#[test]
fn a_mirror_notices_an_older_copy_and_another_history() {
    let a = World::newsroom();
    let b = World::new();
    let key = a.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    a.copy("ledger", "old");
    claim(&a, "One.");
    let held = a.size();
    let server = serve(a.path("public"));
    let url = format!("http://{}", server.address());
    let unasked = a.run("export public");
    assert_eq!(unasked.code, 2, "{}", unasked.err);
    assert!(unasked.err.contains("becomes public"), "{}", unasked.err);
    assert!(!a.path("public/checkpoint").exists());
    publish(&a);
    b.no("mirror update desk", 4, "mirror");
    let begun = b.yes(&format!("mirror add desk {url} --ledger-key {key}"));
    assert_eq!(
        (begun["size"].as_u64(), begun["firstContact"].as_bool()),
        (Some(held), Some(false))
    );
    b.yes(&format!("audit {url} --ledger-key {key}"));
    let copy = b.files("state/claimledger/mirrors/desk/ledger");

    // A's disk is set back to an older copy: its own tool refuses it, and B notices.
    std::fs::rename(a.path("ledger"), a.path("good")).unwrap();
    a.copy("old", "ledger");
    let refused = a.run("claim add 'Two.' --claimant many --as jonas --json");
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(refused.err.contains("copy-is-old"), "{}", refused.err);
    publish(&a);
    b.no("mirror update desk", 1, "peer-behind");

    // Somebody without that memory goes on from the old copy: another history.
    a.yes("--state elsewhere ledger adopt --yes");
    for text in ["Another one.", "Another two."] {
        a.yes(&format!(
            "--state elsewhere claim add '{text}' --claimant many --as jonas"
        ));
    }
    let _ = std::fs::remove_dir_all(a.path("public"));
    a.yes("--state elsewhere export public --yes");
    let refusal = b.no("mirror update desk", 1, "peer-forked");
    let said = refusal.to_string();
    assert!(said.contains(&format!("entry {}", held - 1)), "{said}");
    let shown = b.yes("mirror show desk");
    assert_eq!(shown["size"].as_u64(), Some(held));
    let evidence = shown["evidence"][0].as_str().unwrap();
    assert_eq!(b.run(&format!("verify {evidence}")).code, 3);
    b.yes(&format!("verify {evidence} --ledger-key {key}"));
    let after = b.files("state/claimledger/mirrors/desk/ledger");
    assert!(copy == after, "the good copy stays as it was");
    assert_eq!(b.yes("mirror list")[0]["name"], "desk");
}

#[test]
fn a_dossier_convinces_whoever_knows_the_key() {
    let a = World::with_verdict();
    let head = a.yes("checkpoint");
    let key = head["vkey"].as_str().unwrap();
    for form in ["dossier", "tlog-proof"] {
        a.yes(&format!("prove closing-verdict -o proof --format {form}"));
        let told = a.run("verify proof");
        assert_eq!(told.code, 3, "{}{}", told.out, told.err);
        assert!(told.out.contains("could not tell"), "{}", told.out);
        let told = a.run(&format!("verify proof --ledger-key {key}"));
        assert_eq!(told.code, 0, "{}{}", told.out, told.err);
        assert!(told.out.contains("not proven"), "{}", told.out);
        let mut bytes = std::fs::read(a.path("proof")).unwrap();
        let at = bytes.len() / 3;
        bytes[at] ^= 1;
        std::fs::write(a.path("proof"), bytes).unwrap();
        let told = a.run(&format!("verify proof --ledger-key {key}"));
        assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    }
    // The id vouches for a dossier, which has entry 0; of a single entry it cannot tell, and says why.
    let id = head["ledger"].as_str().unwrap();
    a.yes("prove closing-verdict -o proof");
    a.yes(&format!("verify proof --ledger-id {id}"));
    a.yes("prove closing-verdict -o proof --format tlog-proof");
    let told = a.run(&format!("verify proof --ledger-id {id}"));
    assert_eq!(told.code, 3, "{}{}", told.out, told.err);
    assert!(told.out.contains("its id alone cannot say"), "{}", told.out);
    a.yes("prove closing-verdict -o verdict.dsse --format dsse");
    assert!(a.read("verdict.dsse").contains("payloadType"));
}

#[test]
fn a_damaged_copy_is_mended_from_an_archive() {
    let a = World::with_verdict();
    a.yes("export facts.tar.zst --with-snapshots --yes");
    a.yes("--ledger copy pull facts.tar.zst --with-snapshots");
    a.clean("copy");
    a.yes("audit facts.tar.zst");
    let damaged = a.path("copy/checkpoint");
    std::fs::write(damaged, "rot").unwrap();
    a.no("--ledger copy pull facts.tar.zst", 3, "copy-damaged");
    a.yes("--ledger copy pull facts.tar.zst --restore");
    a.clean("copy");
}
