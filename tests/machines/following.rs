//! Following a ledger whose keys change, and adopting one's own: who is asked, which rotations are followed, what is
//! refused.

use crate::commands::world::World;
use crate::machines::newsrooms::serve;
use serde_json::Value;

fn claim(world: &World, text: &str, options: &str) {
    world.yes(&format!(
        "{options} claim add '{text}' --claimant many --as jonas"
    ));
}

fn publish(world: &World) {
    let _ = std::fs::remove_dir_all(world.path("public"));
    world.yes("export public --yes");
}

fn rotate(a: &World) {
    a.yes("key new ledger-2 --no-passphrase");
    a.yes("checkpoint rotate --to ledger-2 --as mara");
    claim(a, "Both sign.", "");
}

fn retire(a: &World) {
    a.yes("checkpoint retire ledger --as mara");
    claim(a, "One signs.", "");
}

fn vkey(world: &World) -> String {
    let head: Value = world.yes("checkpoint");
    head["vkey"].as_str().unwrap().to_owned()
}

#[test]
fn a_follower_crosses_from_one_checkpoint_key_to_the_next() {
    let a = World::newsroom();
    let old = vkey(&a);
    publish(&a);
    let server = serve(a.path("public"));
    let url = format!("http://{}", server.address());
    // One follows all the way, one misses the time in which both keys sign, one begins in it.
    let (b, late, between) = (World::new(), World::new(), World::new());
    for world in [&b, &late] {
        world.yes(&format!("mirror add desk {url} --ledger-key {old}"));
        world.yes(&format!("--ledger copy pull {url} --ledger-key {old}"));
    }
    rotate(&a);
    let new = vkey(&a);
    assert_ne!(old, new);
    publish(&a);
    let brought = b.yes("mirror update desk");
    assert_eq!(brought["vkey"], new.as_str());
    b.yes(&format!("--ledger copy pull {url} --ledger-key {old}"));
    between.yes(&format!("--ledger copy pull {url} --ledger-key {old}"));
    between.clean(&format!("copy --ledger-key {new}"));

    retire(&a);
    publish(&a);
    for world in [&b, &late] {
        assert_eq!(world.yes("mirror update desk")["size"], a.size());
        world.clean("desk");
        world.clean(&format!("mirror:desk --ledger-key {new}"));
    }
    // The old key asked for by name: a copy whose head both signed vouches for the new one, an older one does not.
    b.yes(&format!("--ledger copy pull {url} --ledger-key {old}"));
    between.yes(&format!("--ledger copy pull {url} --ledger-key {old}"));
    let pinned = format!("--ledger copy pull {url} --ledger-key {old}");
    let refusal = late.no(&pinned, 1, "peer-other-ledger");
    let said = refusal.to_string();
    assert!(said.contains("retired the expected one"), "{said}");
    let id = a.yes("checkpoint")["ledger"].as_str().unwrap().to_owned();
    late.yes(&format!("{pinned} --ledger-id {id}"));
    late.clean(&format!("copy --ledger-key {new}"));
    // A new follower cannot begin with a retired key.
    let stranger = World::new();
    stranger.no(&pinned, 1, "peer-other-ledger");
    assert!(!stranger.path("copy/checkpoint").exists());
    stranger.yes(&format!("--ledger copy pull {url} --ledger-key {new}"));
    stranger.clean(&format!("copy --ledger-key {new}"));
    // Nor does it vouch for a dossier, in which the rotation is no more than a signed word.
    a.yes("prove 4 -o one.dossier");
    a.yes(&format!("verify one.dossier --ledger-key {new}"));
    a.no(
        &format!("verify one.dossier --ledger-key {old}"),
        1,
        "ledger-key-retired",
    );
    a.yes(&format!(
        "verify one.dossier --ledger-key {old} --ledger-id {id}"
    ));
}

#[test]
fn a_different_history_that_hides_the_rotation_is_a_fork() {
    let a = World::newsroom();
    a.copy("ledger", "before");
    rotate(&a);
    retire(&a);
    publish(&a);
    let b = World::new();
    let public = a.path("public").display().to_string();
    b.yes(&format!("mirror add desk {public}"));
    let held = b.files("state/claimledger/mirrors/desk/ledger");
    // A thief with the retired key continues from the point where it still signed alone.
    std::fs::rename(a.path("ledger"), a.path("good")).unwrap();
    a.copy("before", "ledger");
    a.yes("--state elsewhere ledger adopt --yes");
    for n in 0..8 {
        claim(&a, &format!("Otherwise {n}."), "--state elsewhere");
    }
    let _ = std::fs::remove_dir_all(a.path("public"));
    a.yes("--state elsewhere export public --yes");
    let refusal = b.no("mirror update desk", 1, "peer-forked");
    assert!(refusal.to_string().contains("from entry"), "{refusal}");
    assert!(b.files("state/claimledger/mirrors/desk/ledger") == held);
}

#[test]
fn every_pull_uses_this_machines_memory() {
    let a = World::newsroom();
    a.copy("ledger", "old");
    claim(&a, "One.", "");
    let b = World::new();
    let path = |name: &str| a.path(name).display().to_string();
    b.yes(&format!("--ledger copy pull {}", path("ledger")));
    // Another copy, begun anew from an older place: this machine has seen more.
    let refusal = b.no(
        &format!("--ledger second pull {}", path("old")),
        1,
        "peer-behind",
    );
    assert!(
        refusal
            .to_string()
            .contains("is an older copy, or was rolled back"),
        "{refusal}"
    );
    assert!(!b.path("second/checkpoint").exists());
    b.no(
        &format!("mirror add desk {}", path("old")),
        1,
        "peer-behind",
    );
    // Another ledger under the same name.
    let other = World::newsroom();
    let other = other.path("ledger").display().to_string();
    b.no(
        &format!("--ledger second pull {other}"),
        4,
        "ledger-replaced",
    );
    b.no(&format!("mirror add rival {other}"), 4, "ledger-replaced");
    assert!(!b.path("second/checkpoint").exists());
    b.yes(&format!("--ledger second pull {}", path("ledger")));
    b.clean("second");
    b.clean("copy");
}

#[test]
fn adopting_asks_all_known_copies_and_witnesses_for_a_newer_head() {
    let a = World::newsroom();
    publish(&a);
    let server = serve(a.path("public"));
    let url = format!("http://{}", server.address());
    let b = World::new();
    for (path, bytes) in a.files("ledger") {
        let inside = b.path("").join(path.strip_prefix(a.path("")).unwrap());
        std::fs::create_dir_all(inside.parent().unwrap()).unwrap();
        std::fs::write(inside, bytes).unwrap();
    }
    claim(&a, "One.", "");
    publish(&a);
    // Asked, it is told; nothing was adopted.
    let ask = format!("ledger adopt --yes --ask {url}");
    let refusal = b.no(&ask, 4, "newer-elsewhere");
    assert!(refusal["message"].to_string().contains(&url), "{refusal}");
    assert!(
        refusal["next"].to_string().contains("--restore"),
        "{refusal}"
    );
    // A mirror of it here, and the place that it is followed from, are asked by themselves.
    b.yes(&format!("--state second mirror add desk {url}"));
    b.no("--state second ledger adopt --yes", 4, "newer-elsewhere");
    claim(&a, "Two.", "");
    publish(&a);
    b.yes(&format!("pull {url} --restore"));
    let adopted = b.yes(&format!(
        "ledger adopt --yes --ask {url} --ask http://127.0.0.1:1/x --ask nowhere --ask mirror:none"
    ));
    assert_eq!(adopted["asked"].as_array().unwrap().len(), 1, "{adopted}");
    assert_eq!(
        adopted["unanswered"].as_array().unwrap().len(),
        3,
        "{adopted}"
    );
    let told = b.run("--state third ledger adopt --yes --ask nowhere");
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.err.contains("could not ask: nowhere"), "{}", told.err);
    assert!(
        told.out.contains("no other place could be asked"),
        "{}",
        told.out
    );

    // Both machines write now: each, asked about the other, reports the first entry that differs.
    let size = b.size();
    claim(&a, "Three at home.", "");
    publish(&a);
    let keys = format!("--keys {}", a.path("keys").display());
    claim(&b, "Three abroad.", &keys);
    let refusal = b.no(
        &ask.replace("--yes", "--yes --state fourth"),
        1,
        "peer-forked",
    );
    assert!(
        refusal
            .to_string()
            .contains(&format!("from entry {size} on")),
        "{refusal}"
    );
    b.clean("");
    a.clean("");
}

#[test]
fn a_search_can_include_every_mirror() {
    let a = World::with_verdict();
    publish(&a);
    // Two ledgers of one name would be one of them replaced; theirs has another.
    let theirs = World::new();
    theirs.yes("init other.example/facts --as mara --no-passphrase");
    theirs.yes("claim add 'The bridge opens in May.' --claimant many --as mara");
    let path = |world: &World, name: &str| world.path(name).display().to_string();
    let alone = World::new();
    alone.no("claim list --everywhere", 3, "no-ledger");
    alone.yes(&format!("mirror add desk {}", path(&a, "public")));
    alone.yes(&format!("mirror add other {}", path(&theirs, "ledger")));
    let all = alone.yes("claim list --everywhere");
    let found = all["found"].as_array().unwrap();
    let whose: Vec<_> = found
        .iter()
        .map(|of| (of["ledger"].as_str().unwrap(), of["mirror"].as_str()))
        .collect();
    assert_eq!(
        whose,
        [
            ("desk.example/facts", Some("desk")),
            ("other.example/facts", Some("other"))
        ]
    );
    assert_eq!(all["unread"][0]["code"], "no-ledger", "{all}");

    // With a ledger of one's own, and a mirror that cannot be read: said, and the rest goes on.
    let newest = alone.path("state/claimledger/mirrors/desk/ledger/checkpoint");
    std::fs::write(newest, "rot").unwrap();
    alone.yes("init mine.example/facts --as mara --no-passphrase");
    alone.yes("claim add 'The bridge is old.' --claimant many --as mara");
    let all = alone.yes("claim list --everywhere");
    let found = all["found"].as_array().unwrap();
    assert_eq!(found.len(), 2, "{all}");
    assert_eq!(found[0]["ledger"], "mine.example/facts");
    assert!(found[0]["mirror"].is_null());
    assert_eq!(all["unread"][0]["place"], "mirror:desk");
    assert_eq!(all["unread"][0]["code"], "ledger-damaged");
    let told = alone.run("claim list --everywhere");
    assert_eq!(told.code, 0);
    assert!(
        told.err.contains("mirror:desk was not read"),
        "{}",
        told.err
    );
    assert!(
        told.out.contains("other.example/facts (mirror other)"),
        "{}",
        told.out
    );
    // A mirror that one works with is asked once.
    let all = alone.yes("--ledger other claim list --everywhere");
    assert_eq!(all["found"].as_array().unwrap().len(), 1, "{all}");

    let told = alone.run("search bridge --everywhere");
    assert_eq!(told.code, 0, "{}", told.err);
    let mine = told.out.find("mine.example/facts\n#").unwrap();
    let other = told
        .out
        .find("other.example/facts (mirror other)\n#")
        .unwrap();
    assert!(mine < other, "{}", told.out);
    assert_eq!(alone.run("search aardvark --everywhere").code, 1);
    let both = alone.run("claim list --everywhere --at 3");
    assert_eq!(both.code, 2, "{}", both.err);
}

#[test]
fn single_claims_are_published_as_dossiers() {
    let a = World::with_verdict();
    let key = vkey(&a);
    claim(&a, "Nobody has looked at this.", "");
    let bare = a.size() - 1;
    // Nothing is written before the person has seen what becomes public, and agreed.
    let asked = a.run(&format!("export out --only closing {bare}"));
    assert_eq!(asked.code, 2, "{}", asked.err);
    for said in [
        "closing.dossier: claim #6, verdict #8: unapproved",
        "the claim, which has no verdict",
        "1 verdict.issue",
        "2 claim.add",
    ] {
        assert!(asked.err.contains(said), "{said}: {}", asked.err);
    }
    assert!(!a.path("out").exists());
    let plan = a.yes(&format!("export out --only closing {bare} closing --yes"));
    assert_eq!(plan["dossiers"].as_array().unwrap().len(), 2, "{plan}");
    let names = [
        "closing.dossier".to_owned(),
        format!("claim-{bare}.dossier"),
    ];
    let files: Vec<_> = a.files("out").into_keys().collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for name in &names {
        let told = a.run(&format!("verify out/{name} --ledger-key {key}"));
        assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    }
    // The same claims under the same head are the same bytes; a later export takes the place of an earlier one.
    a.yes(&format!("export again --only {bare} closing --yes"));
    for name in &names {
        assert_eq!(
            a.read(&format!("out/{name}")),
            a.read(&format!("again/{name}"))
        );
    }
    for archive in ["one.tar.zst", "two.tar.zst"] {
        a.yes(&format!("export {archive} --only closing {bare} --yes"));
    }
    let bytes = |name: &str| std::fs::read(a.path(name)).unwrap();
    assert_eq!(bytes("one.tar.zst"), bytes("two.tar.zst"));
    let packed = std::fs::File::open(a.path("one.tar.zst")).unwrap();
    let mut archive = tar::Archive::new(zstd::stream::read::Decoder::new(packed).unwrap());
    let mut found = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut entry, &mut content).unwrap();
        assert_eq!(content, a.read(&format!("out/{name}")));
        found.push(name);
    }
    assert_eq!(found, [names[1].clone(), names[0].clone()]);

    // A verdict that was taken back is shown with its withdrawal, not passed over.
    a.yes("withdraw closing-verdict --reason wrong --as jonas");
    let plan = a.yes("export out --only closing --yes");
    assert_eq!(plan["dossiers"][0]["subject"], 8, "{plan}");
    assert!(
        plan["dossiers"][0]["standing"][0]
            .as_str()
            .unwrap()
            .starts_with("withdrawn")
    );
    assert!(plan["entries"]["withdraw"] == 1, "{plan}");
    a.yes(&format!("verify out/closing.dossier --ledger-key {key}"));

    // What is no dossier of this ledger is not written over, and a ledger's folder takes no strays.
    a.file("out/closing.dossier", "my notes");
    a.no("export out --only closing --yes", 4, "export-other");
    assert_eq!(a.read("out/closing.dossier"), "my notes");
    a.no("export ledger --only closing --yes", 4, "file-protected");
    a.no("export other --only wire --yes", 1, "wrong-kind");
    a.no("export other --only nothing --yes", 1, "not-found");
    assert!(!a.path("other").exists());
    assert_eq!(
        a.run("export out --only closing --with-snapshots --yes")
            .code,
        2
    );
    a.clean("");
}
