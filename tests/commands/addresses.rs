//! Addresses in statements: no passwords, nothing that is no address of others, and a remark before what may be a secret.

use crate::commands::world::World;

/// Every command that takes an address into a statement.
const COMMANDS: [&str; 6] = [
    "source add wire.txt --url URL --title T --publisher P --as jonas --yes",
    "source add --never-held --known-through wire --url URL --title T --publisher P --as jonas --yes",
    "source add wire.txt --url URL --title T --publisher P --as jonas --draft draft.json",
    "source add --fetch --url URL --title T --publisher P --as jonas --yes",
    "verdict publish closing-verdict --url URL --as edith --yes",
    "org set desk --name Desk --url URL --as mara --yes",
];

#[test]
fn an_address_with_a_password_or_without_a_place_is_refused() {
    let world = World::with_verdict();
    let size = world.size();
    for (url, code) in [
        ("https://user:secret@news.example/a", "url-credentials"),
        ("https://ghp_abcdef@news.example/a", "url-credentials"),
        ("javascript:alert(1)", "url-scheme"),
        ("data:text/html,x", "url-scheme"),
        ("file:///etc/passwd", "url-scheme"),
    ] {
        for command in COMMANDS {
            let line = command.replace("URL", url);
            let run = world.run(&format!("{line} --json"));
            assert_ne!(run.code, 0, "{line}");
            // Fetching asks for an http or https address first.
            assert!(
                run.err.contains(code) || run.err.contains("url-not-http"),
                "{line}\n{}",
                run.err
            );
        }
    }
    let case = |url: &str| {
        format!(
            "[[source]]\nname = \"page\"\nfile = \"wire.txt\"\nurl = \"{url}\"\ntitle = \"T\"\npublisher = \"P\"\n"
        )
    };
    world.file("case.toml", &case("https://user:secret@news.example/a"));
    let run = world.run("record case.toml --as jonas --yes");
    assert_ne!(run.code, 0);
    assert!(run.err.contains("url-credentials"), "{}", run.err);
    assert_eq!(world.size(), size);
    // Other schemes are kept.
    for (number, url) in [
        "doi:10.1000/182",
        "mailto:desk@news.example",
        "gopher://news.example/a",
    ]
    .iter()
    .enumerate()
    {
        world.yes(&format!(
            "source add wire.txt --url {url} --title T --publisher P --label s{number} --as jonas --yes"
        ));
        assert_eq!(world.body(&format!("s{number}"))["url"], *url);
    }
}

#[test]
fn a_part_that_looks_like_a_secret_is_remarked_before_signing() {
    let world = World::with_verdict();
    let url = "https://files.example/a.pdf?X-Amz-Signature=abc";
    for line in [
        "source add wire.txt --title T --publisher P --as jonas --draft draft.json",
        "source add wire.txt --title T --publisher P --as jonas --yes",
    ] {
        let run = world.run(&format!("{line} --url '{url}'"));
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains("X-Amz-Signature"), "{}", run.err);
    }
    let run = world.run("sign draft.json -o envelope.json --as jonas --yes");
    assert!(run.err.contains("X-Amz-Signature"), "{}", run.err);
    let plain = world.run(
        "source add wire.txt --title T --publisher P --url https://news.example/?id=7 --as jonas --yes",
    );
    assert!(!plain.err.contains("secret"), "{}", plain.err);
}
