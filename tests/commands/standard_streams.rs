//! `-` is standard input or standard output wherever a file is named.

use crate::commands::world::World;

#[test]
fn a_source_a_case_a_scale_and_an_envelope_are_read_from_standard_input() {
    let world = World::with_verdict();
    let fed = |line: &str, input: &[u8]| {
        let run = world.fed(line, input, &[]);
        assert_eq!(run.code, 0, "{line}\n{}", run.err);
        run
    };
    fed(
        "source add - --title T --publisher P --label piped --as jonas",
        b"Words from a pipe.\n",
    );
    assert_eq!(world.run("source text piped").out, "Words from a pipe.\n");
    fed(
        "source capture piped - --as jonas",
        b"Other words from a pipe.\n",
    );
    fed(
        "record - --as jonas",
        b"[[claim]]\nlabel = \"piped-claim\"\ntext = \"T.\"\nclaimant = \"many\"\n",
    );
    assert_eq!(world.body("piped-claim")["text"], "T.");
    fed(
        "scale set - --as mara",
        b"scale = \"piped\"\ntitle = \"P\"\n[[rating]]\nlabel = \"A\"\ncode = \"a\"\nneeds = \"neither\"\n",
    );
    world.yes("scale show piped");
    fed("policy set - --as mara", b"approvals = 1\n");
    // Draft, signature and submission, each through a pipe.
    let draft =
        world.run("claim add 'By pipe.' --claimant many --label by-pipe --as jonas --draft -");
    let signed = fed("sign - -o - --as jonas", draft.out.as_bytes());
    fed("submit -", signed.out.as_bytes());
    assert_eq!(world.body("by-pipe")["text"], "By pipe.");
    world.clean("");
}

#[test]
fn a_proof_a_drawing_and_a_report_are_written_to_standard_output_alone() {
    let world = World::with_verdict();
    world.yes("prove closing-verdict -o file.dossier");
    for name in ["-", "/dev/stdout"] {
        let run = world.run(&format!("prove closing-verdict -o {name}"));
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(run.out, world.read("file.dossier"), "{name}");
        assert!(run.err.contains(&format!("wrote {name}: ")), "{}", run.err);
        let (piped, named) = (
            world.fed("verify -", run.out.as_bytes(), &[]),
            world.run("verify file.dossier"),
        );
        assert_eq!((piped.code, piped.out), (named.code, named.out));
    }
    let svg = world.run("corroboration closing --svg -");
    assert!(
        svg.out.starts_with("<svg") || svg.out.starts_with("<?xml"),
        "{}",
        svg.out
    );
    assert!(svg.out.trim_end().ends_with("</svg>"), "{}", svg.out);
    let csv = world.run("report practice --csv -");
    assert!(
        csv.out.lines().all(|line| line.contains(',')),
        "{}",
        csv.out
    );
    assert!(!world.path("-").exists());
}

#[test]
fn what_cannot_be_a_stream_is_refused_with_the_reason() {
    let world = World::with_verdict();
    for (line, exit, code, why) in [
        ("audit -", 3, "io", "save the archive in a file"),
        ("log --ledger -", 3, "io", "save the archive in a file"),
        (
            "export - --yes",
            4,
            "file-protected",
            "a folder cannot be written to standard output",
        ),
        (
            "source add wire.txt --title T --publisher P --as jonas --draft -",
            4,
            "file-protected",
            "written beside the statement",
        ),
        ("submit - -", 3, "io", "it can be read only once"),
    ] {
        let refusal = if line.starts_with("submit") {
            let draft = world.run("claim add 'By pipe.' --claimant many --as jonas --draft -");
            let signed = world.fed("sign - -o - --as jonas", draft.out.as_bytes(), &[]);
            let run = world.fed(&format!("{line} --json"), signed.out.as_bytes(), &[]);
            assert_eq!(run.code, exit, "{}", run.err);
            run.err
        } else {
            world.no(line, exit, code).to_string()
        };
        assert!(refusal.contains(why), "{line}: {refusal}");
    }
    assert!(!world.path("-").exists());
}

/// The author of a case may be a stranger, and the case itself may come by standard input.
#[test]
fn a_case_takes_no_source_from_standard_input() {
    let world = World::newsroom();
    world.file(
        "case.toml",
        "[[source]]\nfile = \"-\"\ntitle = \"T\"\npublisher = \"P\"\n",
    );
    let refusal = world.no("record case.toml --as jonas", 4, "file-malformed");
    assert_eq!(refusal["faults"][0]["field"], "file");
}
