//! Two newsrooms with real processes and a plain file server between them: proofs handed over, a ledger followed, an
//! old copy and a second history noticed.

use crate::commands::world::World;
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
fn a_mirror_notices_an_older_copy_and_a_different_history() {
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
    a.no("export public --yes", 4, "copy-is-old");
    let _ = std::fs::remove_dir_all(a.path("public"));
    a.yes("--state blank export public --yes");
    b.no("mirror update desk", 1, "peer-behind");

    // A machine without that memory continues from the old copy: a different history.
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
#[expect(
    clippy::too_many_lines,
    reason = "one story, told from its beginning to its end"
)]
fn a_witness_at_the_partner_notices_what_the_ledger_alone_cannot() {
    let a = World::newsroom();
    let b = World::new();
    let key = a.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    b.yes("witness new watch --name watch.herald.example --no-passphrase");
    let serve_witness = || {
        b.serve(&format!(
            "witness serve --as watch --name watch.herald.example --log {key} --listen 127.0.0.1:0"
        ))
    };
    let witness = serve_witness();
    let policy = format!(
        "witness herald {} {}\nquorum herald\n",
        witness.vkey, witness.url
    );
    a.file("ledger/witnesses", &policy);
    a.file("policy", &policy);
    a.yes("checkpoint --cosign --allow-private");
    claim(&a, "One.");
    a.copy("ledger", "old");
    claim(&a, "Two.");
    claim(&a, "Three.");
    let held = a.size();
    publish(&a);
    let server = serve(a.path("public"));
    let url = format!("http://{}", server.address());
    b.yes(&format!("mirror add desk {url} --ledger-key {key}"));
    let report = a.yes("audit --witness-policy policy");
    assert_eq!(report["witnessed"]["size"], held);
    a.copy("ledger", "good");
    let copy = b.files("state/claimledger/mirrors/desk/ledger");

    // A's disk is replaced by an older copy, on a machine that does not remember this ledger, and is adopted without
    // asking others.
    let set_back = |state: &str| {
        std::fs::remove_dir_all(a.path("ledger")).unwrap();
        a.copy("old", "ledger");
        std::fs::remove_file(a.path("ledger/witnesses")).unwrap();
        a.yes(&format!("--state {state} ledger adopt --yes"));
        a.file("ledger/witnesses", &policy);
        // All these machines know the partner's witness in their network.
        let agreed = "private-witnesses";
        std::fs::copy(
            a.path("state/claimledger").join(agreed),
            a.path(state).join(agreed),
        )
        .unwrap();
    };
    set_back("blank");
    let asked = a.run("--state blank checkpoint --cosign");
    assert_eq!(asked.code, 1, "{}{}", asked.out, asked.err);
    assert!(
        asked.out.contains(&format!("has seen {held} entries")),
        "{}",
        asked.out
    );
    assert!(asked.err.contains("adds nothing"), "{}", asked.err);
    // From then on A's own tool refuses.
    a.no(
        "--state blank claim add 'Four.' --claimant many --as jonas",
        4,
        "copy-is-old",
    );

    // The witness was not asked before the first append: the commit stays, the witness reports a later head, and no
    // further entry is added.
    set_back("hasty");
    let run = a.run("--state hasty claim add 'Not two.' --claimant many --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("herald did not cosign"), "{}", run.err);
    assert!(run.err.contains("this copy is out of date"), "{}", run.err);
    a.no(
        "--state hasty claim add 'Not three.' --claimant many --as jonas",
        4,
        "copy-is-old",
    );

    // On a machine that asks nobody, the ledger continues past what the witness has seen: a fork, which the witness
    // refuses.
    std::fs::remove_file(a.path("ledger/witnesses")).unwrap();
    a.yes("--state deaf ledger adopt --yes");
    for text in ["Not three.", "Not four.", "Not five."] {
        a.yes(&format!(
            "--state deaf claim add '{text}' --claimant many --as jonas"
        ));
    }
    assert!(a.size() > held);
    let asked =
        a.run("--state deaf checkpoint --cosign --allow-private --witness-policy policy --json");
    assert_eq!(asked.code, 1, "{}{}", asked.out, asked.err);
    let said: serde_json::Value = serde_json::from_str(&asked.out).unwrap();
    let why = said["witnesses"][0]["why"].as_str().unwrap();
    assert!(why.contains(" 422: "), "{why}");
    assert!(asked.err.contains("a different history"), "{}", asked.err);
    a.no(
        "--state deaf claim add 'Not six.' --claimant many --as jonas",
        4,
        "history-forked",
    );
    // What the witness holds in place ends before the fork; what it has seen since tells against it.
    let report = a.yes("--state nobody audit --witness-policy policy");
    assert!(
        report["witnessed"]["size"].as_u64() < Some(held),
        "{report}"
    );
    std::fs::copy(
        a.path("good/checkpoint.cosigned"),
        a.path("ledger/checkpoint.cosigned"),
    )
    .unwrap();
    let report = a.run("--state nobody audit --witness-policy policy --json");
    assert!(report.out.contains("not-a-continuation"), "{}", report.out);
    std::fs::remove_file(a.path("ledger/checkpoint.cosigned")).unwrap();

    // B's mirror notices too, keeps its copy and the evidence; and B's witness, killed and started, stands where it did.
    let _ = std::fs::remove_dir_all(a.path("public"));
    a.no("--state deaf export public --yes", 4, "history-forked");
    a.yes("--state mute export public --yes");
    b.no("mirror update desk", 1, "peer-forked");
    assert!(copy == b.files("state/claimledger/mirrors/desk/ledger"));
    let shown = b.yes("mirror show desk");
    let evidence = shown["evidence"][0].as_str().unwrap();
    b.yes(&format!("verify {evidence} --ledger-key {key}"));
    witness.kill();
    let witness = serve_witness();
    let policy = format!(
        "witness herald {} {}\nquorum herald\n",
        witness.vkey, witness.url
    );
    a.file("policy", &policy);
    let asked = a.run("--state deaf checkpoint --cosign --allow-private --witness-policy policy");
    assert_eq!(asked.code, 1, "{}{}", asked.out, asked.err);
    // The good copy goes on.
    std::fs::remove_dir_all(a.path("ledger")).unwrap();
    a.copy("good", "ledger");
    a.file("ledger/witnesses", &policy);
    a.yes("checkpoint --cosign --allow-private");
    let run = a.run("claim add 'Four.' --claimant many --as jonas");
    // The index of this place had followed the copy that is gone.
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.lines().count() == 1 && run.err.contains("the index was thrown away and rebuilt"),
        "{}",
        run.err
    );
    a.clean("--witness-policy policy");
}

#[test]
fn a_dossier_verifies_for_a_reader_who_knows_the_key() {
    let a = World::with_verdict();
    let head = a.yes("checkpoint");
    let key = head["vkey"].as_str().unwrap();
    for form in ["dossier", "tlog-proof"] {
        a.yes(&format!(
            "prove closing-verdict -o proof --force --format {form}"
        ));
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
    a.yes("prove closing-verdict -o proof --force");
    a.yes(&format!("verify proof --ledger-id {id}"));
    a.yes("prove closing-verdict -o proof --force --format tlog-proof");
    let told = a.run(&format!("verify proof --ledger-id {id}"));
    assert_eq!(told.code, 3, "{}{}", told.out, told.err);
    assert!(
        told.out.contains("the id alone does not identify the key"),
        "{}",
        told.out
    );
    a.yes("prove closing-verdict -o verdict.dsse --format dsse");
    assert!(a.read("verdict.dsse").contains("payloadType"));
}

#[test]
fn a_damaged_copy_is_repaired_from_an_archive() {
    let a = World::with_verdict();
    a.yes("export facts.tar.zst --with-snapshots --yes");
    a.yes("--ledger copy pull facts.tar.zst --with-snapshots");
    a.clean("copy");
    a.yes("audit facts.tar.zst");
    let damaged = a.path("copy/checkpoint");
    std::fs::write(damaged, "rot").unwrap();
    a.no("--ledger copy pull facts.tar.zst", 3, "ledger-damaged");
    a.yes("--ledger copy pull facts.tar.zst --restore");
    a.clean("copy");
}
