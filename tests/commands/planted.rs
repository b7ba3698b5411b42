//! Folders that somebody else has filled: numbers that nobody signed, files without end, links and pipes in the place of
//! files. Nothing outside the folder is touched, and no command crashes or hangs.

use crate::commands::world::World;

/// Puts another number in place of the size in a checkpoint; its signature stays.
fn edit_size(world: &World, file: &str, size: &str) {
    let text = world.read(file);
    let mut lines: Vec<&str> = text.split('\n').collect();
    lines[1] = size;
    world.file(file, &lines.join("\n"));
}

#[test]
fn a_size_that_nobody_signed_is_not_believed() {
    let world = World::with_verdict();
    for size in [
        "1152921504606846976",
        "18446744073709551615",
        "1099511627776",
    ] {
        world.copy("ledger", "bad");
        edit_size(&world, "bad/checkpoint", size);
        for options in [
            "",
            "--ledger-id 0000000000000000000000000000000000000000000000000000000000000000",
        ] {
            let run = world.run(&format!("audit bad {options}"));
            assert_eq!(run.code, 1, "{size}\n{}{}", run.out, run.err);
            assert!(
                run.out.contains("checkpoint-signature"),
                "{size}\n{}",
                run.out
            );
        }
        let close = world.run("--ledger bad ledger close --reason moved --yes");
        assert_eq!(close.code, 3, "{size}\n{}{}", close.out, close.err);
        assert!(!world.path("bad/closed").exists());
    }
}

#[test]
fn an_unsigned_smaller_size_removes_no_file() {
    let world = World::with_verdict();
    for line in [
        "doctor --repair",
        "ledger close --reason moved --yes",
        "claim add 'One more.' --claimant 'Ana Brandt' --appeared-in wire --as jonas --yes",
        "ledger adopt --yes",
    ] {
        world.copy("ledger", "bad");
        edit_size(&world, "bad/checkpoint", "2");
        let before = world.files("bad");
        let run = world.run(&format!("--ledger bad {line}"));
        assert_ne!(run.code, 0, "{line}\n{}{}", run.out, run.err);
        assert!(world.files("bad") == before, "{line} changed a file");
    }
}
