//! Files that mail, editors and version control changed on their way; and the places that an audit compares with.

use crate::commands::world::World;

/// What happens to a text file on its way: what the note says of it, and how it changes the text.
type Way = (&'static str, fn(&str) -> String);

const WAYS: [Way; 5] = [
    ("CRLF", |text| text.replace('\n', "\r\n")),
    ("byte order mark", |text| format!("\u{feff}{text}")),
    ("missing newline", |text| text.trim_end().to_owned()),
    ("empty lines", |text| format!("{text}\n\n")),
    ("byte order mark", |text| {
        format!("\u{feff}{}\r\n\r\n", text.replace('\n', "\r\n"))
    }),
];

#[test]
fn a_changed_line_end_is_no_other_history() {
    let world = World::with_verdict();
    let kept = world.run("checkpoint").out;
    world.yes("prove closing-verdict -o whole.dossier");
    world.yes("prove closing-verdict -o whole.proof --format tlog-proof");
    let vkey = world.yes("checkpoint")["vkey"]
        .as_str()
        .expect("a key")
        .to_owned();
    let pinned = format!("--ledger-key '{vkey}'");
    for (words, way) in WAYS {
        world.file("kept", &way(&kept));
        let run = world.run("audit --against kept");
        assert_eq!(run.code, 0, "{words}\n{}{}", run.out, run.err);
        assert!(run.err.contains(words), "{words}\n{}", run.err);
        for proof in ["whole.dossier", "whole.proof"] {
            world.file("changed", &way(&world.read(proof)));
            let run = world.run(&format!("verify changed {pinned}"));
            assert_eq!(run.code, 0, "{proof}, {words}\n{}{}", run.out, run.err);
            assert!(run.err.contains(words), "{proof}, {words}\n{}", run.err);
        }
    }
    // What cannot be parsed says nothing about the ledger.
    let utf16: Vec<u8> = kept.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let quoted = format!("> {}\n", kept.trim_end().replace('\n', "\n> "));
    for bytes in [
        &utf16[..],
        quoted.as_bytes(),
        b"",
        b"a photograph of the bridge",
    ] {
        std::fs::write(world.path("kept"), bytes).expect("a file");
        world.no("audit --against kept", 3, "kept-checkpoint-malformed");
    }
}

#[test]
fn an_audit_compares_with_whatever_holds_a_signed_head() {
    let world = World::with_verdict();
    world.yes("prove closing-verdict -o then.dossier");
    world.yes("prove closing-verdict -o then.proof --format tlog-proof");
    world.yes("export ./site --yes");
    world.yes("export then.tar.zst --yes");
    world.yes("mirror add desk site");
    let size = world.size();
    world.yes("claim add 'One more.' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes");
    for kept in [
        "then.dossier",
        "then.proof",
        "site",
        "then.tar.zst",
        "mirror:desk",
    ] {
        let report = world.yes(&format!("audit --against {kept}"));
        let held = report["held"].as_array().expect("a list").clone();
        assert!(held.iter().any(|by| by["size"] == size), "{kept}: {held:?}");
    }
    let other = World::newsroom_of("other.example/facts");
    other.yes("export ./site --yes");
    world.copy_from(&other, "site", "others");
    let run = world.run("audit --against others");
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    world.no("audit --against nowhere", 3, "io");
}

#[test]
fn a_dossier_that_was_verified_is_remembered() {
    let world = World::with_verdict();
    world.copy("ledger", "stick");
    world.yes("claim add 'One more.' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes");
    world.yes("prove closing-verdict -o new.dossier");
    let vkey = world.yes("checkpoint")["vkey"]
        .as_str()
        .expect("a key")
        .to_owned();
    let reader = World::new();
    reader.copy_from(&world, "stick", "stick");
    std::fs::copy(world.path("new.dossier"), reader.path("new.dossier")).expect("a file");
    // Nobody vouches for the file: nothing is remembered.
    assert_eq!(reader.run("verify new.dossier").code, 3);
    assert!(!reader.run("audit stick").err.contains("has seen"));
    reader.yes(&format!("verify new.dossier --ledger-key '{vkey}'"));
    let run = reader.run("audit stick");
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.err.contains("this machine has seen"), "{}", run.err);
}

#[test]
fn a_restored_copy_has_its_snapshots() {
    let world = World::with_verdict();
    world.yes("export a.tar.zst --with-snapshots --yes");
    world.yes("--ledger copy pull a.tar.zst --restore");
    let run = world.run("--ledger copy source text wire");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("The bridge closes in April"),
        "{}",
        run.out
    );
}
