//! Following a ledger whose keys change, and taking over one's own: who is asked, what is crossed, what is refused.

use crate::cli_world::World;
use crate::newsrooms::serve;
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
    assert!(said.contains("retired the one asked for"), "{said}");
    let id = a.yes("checkpoint")["ledger"].as_str().unwrap().to_owned();
    late.yes(&format!("{pinned} --ledger-id {id}"));
    late.clean(&format!("copy --ledger-key {new}"));
    // Nobody begins with a key that signs nothing any more.
    let stranger = World::new();
    stranger.no(&pinned, 1, "peer-other-ledger");
    assert!(!stranger.path("copy/checkpoint").exists());
    stranger.yes(&format!("--ledger copy pull {url} --ledger-key {new}"));
    stranger.clean(&format!("copy --ledger-key {new}"));
}

#[test]
fn a_second_history_that_hides_the_rotation_is_a_fork() {
    let a = World::newsroom();
    a.copy("ledger", "before");
    rotate(&a);
    retire(&a);
    publish(&a);
    let b = World::new();
    let public = a.path("public").display().to_string();
    b.yes(&format!("mirror add desk {public}"));
    let held = b.files("state/claimledger/mirrors/desk/ledger");
    // Whoever has the retired key goes on from where it still signed alone.
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
fn what_this_machine_remembers_goes_with_every_pull() {
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
    assert!(refusal.to_string().contains("seen before"), "{refusal}");
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
fn adopting_asks_whoever_may_hold_a_newer_head() {
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
    assert!(
        told.err.contains("could not be asked: nowhere"),
        "{}",
        told.err
    );
    assert!(told.out.contains("nobody could be asked"), "{}", told.out);

    // Both write now: whoever asks the other is told from which entry on.
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
