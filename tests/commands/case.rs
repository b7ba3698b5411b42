//! `record`: a whole case from one file, checked before, and all or nothing.

use crate::commands::world::World;
use std::path::Path;

fn example(world: &World) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples");
    for item in std::fs::read_dir(folder).unwrap() {
        let item = item.unwrap();
        let name = item.file_name().into_string().unwrap();
        if name.starts_with("ferry") {
            std::fs::copy(item.path(), world.path(&name)).unwrap();
        }
    }
    world.read("ferry.toml")
}

#[test]
fn the_example_is_recorded_in_one_commit() {
    let world = World::newsroom();
    example(&world);
    let before = world.files("ledger");
    let planned = world.yes("record ferry.toml --dry-run --as jonas");
    assert_eq!(world.files("ledger"), before, "a dry run writes nothing");
    let first = world.size();
    let added = world.yes("record ferry.toml --as jonas");
    let (planned, added) = (planned.as_array().unwrap(), added.as_array().unwrap());
    assert_eq!(added.len(), 13);
    for (at, (planned, added)) in planned.iter().zip(added).enumerate() {
        assert_eq!(added["index"], first + at as u64);
        assert_eq!(planned["index"], added["index"]);
        assert_eq!(planned["type"], added["type"]);
        // Each is signed against the head that the one before it makes.
        let shown = world.yes(&format!("show {}", added["index"]));
        assert_eq!(shown["statement"]["seen"]["size"], added["index"]);
    }
    assert_eq!(world.size(), first + 13);
    let verdict = world.body("ferry-record-verdict");
    assert_eq!(verdict["evidence"].as_array().unwrap().len(), 2);
    let report = world.yes("audit");
    assert_eq!(report["checked"]["excerpts"], 4);
    assert_eq!(report["checked"]["snapshots"], 3);
    assert_eq!(report["held"][0]["size"], first + 12);
}

#[test]
fn a_bad_last_item_leaves_the_ledger_as_it_was() {
    let world = World::newsroom();
    let case = example(&world);
    world.file(
        "ferry.toml",
        &case.replace("rating = \"False\"", "rating = \"Rather false\""),
    );
    let before = world.files("ledger");
    let refusal = world.no("record ferry.toml --as jonas", 4, "rating-unknown");
    let message = refusal["message"].as_str().unwrap();
    assert!(
        message.starts_with("ferry.toml, line ")
            && message
                .contains(", verdict 1 (ferry-record-verdict), rating: \"Rather false\" is not"),
        "{refusal}"
    );
    assert_eq!(world.files("ledger"), before);
    world.no(
        "record ferry.toml --dry-run --as jonas",
        4,
        "rating-unknown",
    );

    world.file(
        "ferry.toml",
        &case.replace("quote = \"2019: 431,902\"", "quote = \"2019: 431,903\""),
    );
    let refusal = world.no("record ferry.toml --as jonas", 4, "quotation-not-found");
    assert_eq!(refusal["faults"][0]["item"], "evidence 2 (counts)");
    assert_eq!(refusal["faults"][0]["field"], "quote");
    assert_eq!(world.files("ledger"), before);
}

#[test]
fn each_name_in_a_case_stands_for_one_thing() {
    let world = World::newsroom();
    let case = example(&world);
    world.file(
        "ferry.toml",
        &case.replace("name = \"press-release\"", "name = \"ferry-courier\""),
    );
    world.no("record ferry.toml --as jonas", 4, "name-taken");
    world.file(
        "ferry.toml",
        &case.replace(
            "appeared-in = [\"ferry-courier\", \"ferry-gazette\"]",
            "appeared-in = [\"nowhere\"]",
        ),
    );
    world.no("record ferry.toml --as jonas", 1, "not-found");
    world.file("ferry.toml", &case);
    world.yes("record ferry.toml --as jonas");
    // The same case again would say the same names of other things.
    let before = world.files("ledger");
    world.no("record ferry.toml --as jonas", 4, "name-taken");
    assert_eq!(world.files("ledger"), before);
    world.file(
        "more.toml",
        "[[claim]]\ntext = \"More.\"\nclaimant = [\"many\"]\nappeared-in = [\"ferry-courier\"]\n",
    );
    world.yes("record more.toml --as jonas");
}

#[test]
fn an_error_in_a_case_names_its_line() {
    let world = World::newsroom();
    for (text, told) in [
        ("", "the case is empty"),
        (
            "[[claim]]\ntext = \"A.\"\nclaimant = [\"many\"]\ncolour = \"red\"\n",
            "colour",
        ),
        ("[[clam]]\ntext = \"A.\"\n", "clam"),
        ("[claim]\ntext = \"A.\"\n", "[[claim]]"),
        (
            "[[claim]]\nname = \"Not A Name\"\ntext = \"A.\"\nclaimant = [\"many\"]\n",
            "Not A Name",
        ),
        ("[[claim\n", "line"),
    ] {
        world.file("case.toml", text);
        let refusal = world.no("record case.toml --as jonas", 4, "file-malformed");
        assert!(
            refusal["message"].as_str().unwrap().contains(told),
            "{told}: {refusal}"
        );
    }
}

/// A case of one source that is in a file.
fn of_file(world: &World, file: &str) {
    world.file(
        "cases/case.toml",
        &format!("[[source]]\nname = 'it'\ntitle = 'T'\npublisher = 'P'\nfile = '{file}'\n"),
    );
}

fn cases() -> World {
    let world = World::newsroom();
    std::fs::create_dir_all(world.path("cases/below")).expect("a folder");
    world.file("outside.txt", "Outside.\n");
    world.file("cases/beside.txt", "Beside.\n");
    world.file("cases/below/deep.txt", "Deep.\n");
    world
}

#[test]
fn a_case_reads_no_file_that_is_not_beside_it() {
    let world = cases();
    let absolute = world.path("outside.txt").display().to_string();
    let mut outside = vec![
        absolute.as_str(),
        "../outside.txt",
        "below/../../outside.txt",
        "/etc/passwd",
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../outside.txt", world.path("cases/link.txt")).expect("a link");
        std::os::unix::fs::symlink("..", world.path("cases/up")).expect("a link");
        std::os::unix::fs::symlink("beside.txt", world.path("cases/near.txt")).expect("a link");
        outside.extend(["link.txt", "up/outside.txt"]);
    }
    let before = world.files("ledger");
    for file in &outside {
        of_file(&world, file);
        for line in [
            "record cases/case.toml --as jonas --yes",
            "record cases/case.toml --as jonas --dry-run",
        ] {
            let refused = world.no(line, 4, "file-malformed");
            let message = refused["message"].as_str().expect("text");
            assert!(
                message.contains("is not beside the case") && message.contains("--allow-outside"),
                "{message}"
            );
        }
        // Allowed on the command line, it is read after it was shown and agreed to.
        world.no(
            "record cases/case.toml --as jonas --dry-run --allow-outside",
            2,
            "usage",
        );
    }
    assert!(world.files("ledger") == before);
    of_file(&world, "../outside.txt");
    let planned = world.yes("record cases/case.toml --as jonas --dry-run --allow-outside --yes");
    assert_eq!(
        planned[0]["taken"],
        serde_json::json!({ "file": "../outside.txt", "bytes": 9 })
    );
    for (file, bytes) in [("beside.txt", 8), ("./below/deep.txt", 6)] {
        of_file(&world, file);
        let shown = world.run("record cases/case.toml --as jonas --dry-run");
        assert!(
            shown
                .out
                .contains(&format!("  from the file {file}, {bytes} bytes\n")),
            "{}{}",
            shown.out,
            shown.err
        );
    }
    #[cfg(unix)]
    {
        of_file(&world, "near.txt");
        world.yes("record cases/case.toml --as jonas --dry-run");
    }
}

#[cfg(unix)]
#[test]
fn what_a_case_takes_is_shown_before_it_is_read_and_before_it_is_signed() {
    let world = cases();
    of_file(&world, "beside.txt");
    let asked = world.on_terminal("record cases/case.toml --as jonas", "n", || {});
    assert_eq!(asked.code, 1, "{}", asked.err);
    assert!(
        asked.err.contains("from the file beside.txt, 8 bytes")
            && asked.err.contains("Sign and add 1 statement?"),
        "{}",
        asked.err
    );
    of_file(&world, "../outside.txt");
    let asked = world.on_terminal(
        "record cases/case.toml --as jonas --allow-outside",
        "n",
        || {},
    );
    assert_eq!(asked.code, 1, "{}", asked.err);
    assert!(
        asked.err.contains(
            "source 1 (it): from the file ../outside.txt, 9 bytes\nRead and fetch these? [y/N] "
        ),
        "{}",
        asked.err
    );
    assert!(
        !asked.err.contains("signs:"),
        "nothing was read: {}",
        asked.err
    );
    // A page on this machine that nobody agreed to is not asked for.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let url = format!(
        "http://{}/secret",
        listener.local_addr().expect("its address")
    );
    world.file(
        "cases/case.toml",
        &format!("[[source]]\nname = 'it'\ntitle = 'T'\npublisher = 'P'\nurl = '{url}'\nfetch = true\nallow-private = true\n"),
    );
    let asked = world.on_terminal("record cases/case.toml --as jonas --dry-run", "n", || {});
    assert!(
        asked.err.contains(&format!(
            "source 1 (it): fetched from {url}\nRead and fetch these?"
        )),
        "{}",
        asked.err
    );
    assert!(listener.accept().is_err(), "nobody connected");
}

#[cfg(unix)]
#[test]
fn a_case_waits_for_no_pipe_or_device() {
    let world = cases();
    let made = std::process::Command::new("mkfifo")
        .arg(world.path("cases/pipe"))
        .status();
    assert!(made.expect("mkfifo").success());
    for (file, options) in [("pipe", ""), ("/dev/zero", "--allow-outside --yes")] {
        of_file(&world, file);
        let refused = world.no(
            &format!("record cases/case.toml --as jonas {options}"),
            4,
            "file-malformed",
        );
        assert!(
            refused["message"]
                .as_str()
                .expect("text")
                .contains("is no plain file"),
            "{refused}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_longer_than_a_source_may_be_is_refused_before_it_is_read() {
    let world = cases();
    // It takes no room on the disk, and days to read.
    let huge = std::fs::File::create(world.path("cases/huge.mp4")).expect("a file");
    huge.set_len(4 << 40).expect("a hole");
    let told = |refused: &serde_json::Value| {
        let message = refused["message"].as_str().expect("text").to_owned();
        assert!(message.contains("4398046511104 bytes"), "{message}");
        assert!(message.contains("at most 4294967296"), "{message}");
    };
    for more in ["", "hash-only = true\n"] {
        world.file(
            "cases/case.toml",
            &format!(
                "[[source]]\nname = 'it'\ntitle = 'T'\npublisher = 'P'\nfile = 'huge.mp4'\n{more}"
            ),
        );
        told(&world.no(
            "record cases/case.toml --as jonas --yes",
            4,
            "file-malformed",
        ));
    }
    told(&world.no(
        "source add cases/huge.mp4 --title T --publisher P --as jonas --yes",
        3,
        "file-too-large",
    ));
}

#[test]
fn a_private_key_is_no_source() {
    let world = cases();
    std::fs::copy(world.path("keys/jonas"), world.path("cases/notes.txt")).expect("a copy");
    let before = world.files("ledger");
    of_file(&world, "notes.txt");
    for line in [
        "record cases/case.toml --as jonas",
        "record cases/case.toml --as jonas --dry-run",
        "source add keys/ledger --title T --publisher P --as jonas",
        "source add keys/mara --media-type text/plain --title T --publisher P --as jonas",
    ] {
        world.no(line, 4, "source-private-key");
    }
    assert!(world.files("ledger") == before, "nothing of it was kept");
    world.yes("source add outside.txt --title T --publisher P --label out --as jonas");
    world.no(
        "source capture out keys/mara --as jonas",
        4,
        "source-private-key",
    );
    world.yes("source add keys/mara.pub --title T --publisher P --as jonas");
    // Nor what another program has signed, with the key beside it.
    let key = std::fs::read(world.path("keys/jonas")).expect("a key");
    let digest = claimledger_core::crypto::sha256(&[&key]).to_string();
    world.yes(
        "source add outside.txt --media-type application/octet-stream --title T --publisher P --as \
         jonas --draft draft.json",
    );
    let mut draft: serde_json::Value =
        serde_json::from_str(&world.read("draft.json")).expect("JSON");
    let snapshot = &mut draft["body"]["capture"]["captured"];
    snapshot["sha256"] = digest.as_str().into();
    snapshot["bytes"] = key.len().into();
    world.file("draft.json", &draft.to_string());
    world.yes("sign draft.json -o signed.json --as jonas");
    std::fs::write(world.path(&digest), &key).expect("a copy");
    world.no("submit signed.json", 4, "source-private-key");
    let kept = world.files("ledger/snapshots").into_values();
    assert!(kept.into_iter().all(|bytes| bytes != key));
    // Its digest tells nobody the key.
    world.yes("source add keys/mara --hash-only --title T --publisher P --as jonas");
    world.clean("");
}
