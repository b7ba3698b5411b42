//! Commands that need no index answer where none can be made, and answer the same.

use super::world::World;

/// With a file where the folder of the indexes should be, an index can neither be opened nor made.
fn bar(world: &World) {
    let indexes = world.path("state/claimledger/indexes");
    std::fs::remove_dir_all(&indexes).expect("the indexes");
    std::fs::write(&indexes, b"no index here").expect("a file");
}

#[test]
fn commands_that_need_no_index_do_not_open_one() {
    let world = World::with_verdict();
    world.yes("claim add 'The bridge reopens in May.' --claimant many --as jonas");
    let size = world.size();
    let verdict = size - 2;
    let commands = ["checkpoint", "scale show", "scale show 1"];
    let with: Vec<_> = commands.iter().map(|line| world.run(line)).collect();
    let proofs = ["dossier", "tlog-proof", "dsse"];
    let prove = |to: &str, entry: u64, format: &str| {
        let file = format!("{to}-{entry}.{format}");
        let line = format!("prove {entry} --format {format} -o {file}");
        let run = world.run(&line);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{line}");
        std::fs::read(world.path(&file)).expect("a proof")
    };
    bar(&world);
    for (line, with) in commands.iter().zip(with) {
        let without = world.run(line);
        assert_eq!((without.code, without.err.as_str()), (0, ""), "{line}");
        assert_eq!(without.out, with.out, "{line}");
        assert!(!without.out.is_empty(), "{line}");
    }
    let mut without = Vec::new();
    for entry in [verdict, 0, 1] {
        without.extend(proofs.map(|format| prove("without", entry, format)));
    }
    let indexes = world.path("state/claimledger/indexes");
    let left = std::fs::read(&indexes).expect("still the file");
    assert_eq!(left, b"no index here");

    // A command that asks the index says that it cannot have it: the bar holds.
    let shown = world.run(&format!("show {verdict}"));
    assert_eq!(shown.code, 0);
    assert!(
        shown.err.contains("the index cannot be used"),
        "{}",
        shown.err
    );

    // With an index the same dossiers are made.
    std::fs::remove_file(&indexes).expect("the file");
    let by_label = "prove closing-verdict -o by-index.dossier";
    assert_eq!(world.run(by_label).code, 0);
    let by_index = std::fs::read(world.path("by-index.dossier")).expect("a proof");
    assert_eq!(by_index, without[0]);
    assert!(indexes.is_dir(), "by its label it is found in the index");
}
