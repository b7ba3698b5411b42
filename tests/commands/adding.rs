//! The adding commands as people type them: what each adds, and what it refuses.

use crate::commands::world::World;

#[test]
fn others_say_what_they_think_of_a_verdict() {
    let world = World::with_verdict();
    let approved = world.yes(
        "verdict approve closing-verdict --conflict none --exemption \
         'One origin is enough here.' --label edith-approves --as edith",
    );
    assert_eq!(approved["type"], "verdict.attest");
    assert_eq!(approved["label"], "edith-approves");
    assert_eq!(approved["index"].as_u64().unwrap() + 1, world.size());
    let body = world.body("edith-approves");
    assert_eq!(body["decision"], "approve");
    assert_eq!(body["conflict"], "none");
    assert_eq!(body["exemption"], "One origin is enough here.");
    for decision in ["reject", "abstain", "recuse"] {
        let added = world.yes(&format!(
            "verdict {decision} closing-verdict --note Because. --as mara"
        ));
        let body = world.body(&added["index"].to_string());
        assert_eq!(body["decision"], decision);
        assert_eq!(body["note"], "Because.");
    }
    // Only an approval has that option.
    let rejected = world.run("verdict reject closing-verdict --exemption x --as edith");
    assert_eq!(rejected.code, 2, "{}", rejected.err);
    world.no("verdict approve closing --as edith", 1, "wrong-kind");
    world.no("verdict approve nothing-here --as edith", 1, "not-found");
    world.clean("");
}

#[test]
fn a_verdict_is_published_with_the_digest_of_its_page() {
    let world = World::with_verdict();
    world.file("page.html", "abc");
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world.yes(
        "verdict publish closing-verdict --url https://desk.example/closing --published \
         2026-03-12T09:00:00Z --page page.html --label out --as edith",
    );
    let body = world.body("out");
    // FIPS 180-4's own example: SHA-256("abc").
    assert_eq!(
        body["page"],
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(body["published"], "2026-03-12T09:00:00Z");
    world.no(
        "verdict publish closing-verdict --url desk --as edith",
        2,
        "bad-url",
    );
}

#[test]
fn a_withdrawn_statement_keeps_its_text() {
    let world = World::with_verdict();
    let added = world.yes("withdraw said --reason Misheard. --as jonas");
    assert_eq!(added["type"], "withdraw");
    assert_eq!(world.body("said")["stance"], "supports");
    // A scale is replaced, never withdrawn.
    world.no("withdraw 1 --reason No. --as jonas", 4, "reference-type");
    world.clean("");
}

#[test]
fn a_dispute_is_opened_listed_and_answered() {
    let world = World::with_verdict();
    world.yes(
        "dispute open closing-verdict --grounds missingContext --note \
         'The order was suspended.' --evidence said --label objection --as edith",
    );
    let listed = world.yes("dispute list");
    assert_eq!(listed["found"].as_array().unwrap().len(), 1);
    assert_eq!(listed["found"][0]["label"], "objection");
    let about = world.yes("dispute list closing-verdict");
    assert_eq!(about, listed);
    assert_eq!(
        world.yes("dispute list wire")["found"],
        serde_json::json!([])
    );
    world.yes(
        "dispute answer objection --outcome partlyUpheld --note Noted. --label answered --as \
         mara",
    );
    assert_eq!(world.body("answered")["outcome"], "partlyUpheld");
    world.no(
        "dispute answer closing-verdict --outcome rejected --note x --as mara",
        1,
        "wrong-kind",
    );
    let misspelled = world.run("dispute open wire --grounds because --note x");
    assert_eq!(misspelled.code, 2);
}

#[test]
fn an_organisation_keeps_the_fields_that_are_not_given() {
    let world = World::newsroom();
    world.yes(
        "org set desk-example --name 'The Desk' --url https://desk.example --language en \
         --language de --as mara",
    );
    let added = world
        .yes("org set desk-example --corrections-policy https://desk.example/errors --as mara");
    let body = world.body(&added["index"].to_string());
    assert_eq!(body["name"], "The Desk");
    assert_eq!(body["url"], "https://desk.example");
    assert_eq!(body["correctionsPolicy"], "https://desk.example/errors");
    assert_eq!(body["languages"], serde_json::json!(["de", "en"]));
    world.no("org set partner --as mara", 2, "usage");
    world.yes("org set partner --name Partner --as mara");
    let listed = world.yes("org list");
    assert_eq!(listed.as_array().unwrap().len(), 2);
}

#[test]
fn every_scale_file_can_be_set_and_the_same_name_is_the_next_version() {
    let world = World::newsroom();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scales");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 7);
    for file in &files {
        world.yes(&format!("scale set {} --as mara", file.to_str().unwrap()));
    }
    world.yes(&format!(
        "scale set {} --as mara",
        files[0].to_str().unwrap()
    ));
    assert_eq!(world.yes("scale list")["notShown"]["replaced"], 1);
    let listed = world.yes("scale list --all");
    let lines = listed["found"].as_array().unwrap();
    assert_eq!(lines.len(), 9, "init's own, seven, and one again");
    let afp: Vec<_> = lines.iter().filter(|l| l["scale"] == "afp").collect();
    assert_eq!(afp[0]["version"], 1);
    assert_eq!(afp[0]["standing"]["word"], "replaced");
    assert_eq!(afp[1]["version"], 2);
    assert_eq!(afp[1]["standing"]["word"], "inForce");
    let monde = lines.iter().find(|l| l["scale"] == "decodeurs").unwrap();
    assert_eq!(
        monde["labels"],
        serde_json::json!(["VRAI", "C\u{2019}est plus compliqué", "FAUX"])
    );
    let post = lines.iter().find(|l| l["scale"] == "pinocchios").unwrap();
    assert_eq!(
        world.body(&post["entry"].to_string())["direction"],
        "lowerIsTruer"
    );
    world.clean("");
}

#[test]
fn a_scale_file_with_a_mistake_is_refused_with_its_place() {
    let world = World::newsroom();
    world.file(
        "bad.toml",
        "scale = \"x\"\ntitle = \"X\"\ncolour = \"red\"\nrating = []\n",
    );
    let refusal = world.no("scale set bad.toml --as mara", 4, "file-malformed");
    assert!(
        refusal["faults"].to_string().contains("colour"),
        "{refusal}"
    );
    world.file(
        "twice.toml",
        "scale = \"x\"\ntitle = \"X\"\n[[rating]]\nlabel = \"A\"\ncode = \"a\"\nneeds = \"neither\"\nnumber = 1\n",
    );
    // Numbers without a direction could be read either way.
    world.no("scale set twice.toml --as mara", 4, "fields-disagree");
}

#[test]
fn a_policy_is_set_from_a_file_and_shown_as_of_any_size() {
    let world = World::newsroom();
    let before = world.size().to_string();
    world.file(
        "policy.toml",
        "approvals = 2\nroles = [\"reviewer\", \"editor\"]\nconflicts-declared = true\ntraced-origins = 2\ncorrection-days = 7\n",
    );
    world.yes("policy set policy.toml --as mara");
    let shown = world.yes("policy show");
    assert_eq!(shown[0]["approvals"], 2);
    assert_eq!(shown[0]["holders"], 2);
    assert_eq!(shown[0]["organisations"], 1);
    assert_eq!(shown[0]["roles"], serde_json::json!(["editor", "reviewer"]));
    assert_eq!(shown[0]["tracedOrigins"], 2);
    let earlier = world.yes(&format!("policy show desk-example --at {before}"));
    assert_eq!(earlier[0]["approvals"], 1);
    assert_eq!(world.run("policy show nobody").code, 1);
    world.file("none.toml", "approvals = 0\n");
    world.yes("policy set none.toml --as mara");
    world.file("wrong.toml", "approvals = 1\nholders = 2\n");
    world.no("policy set wrong.toml --as mara", 4, "fields-disagree");
}

#[test]
fn a_source_is_captured_again_and_a_capture_withheld() {
    let world = World::with_verdict();
    world.file("later.txt", "The bridge stays open, the mayor said.\n");
    let added =
        world.yes("source capture wire later.txt --quotations-gone --label again --as jonas");
    assert_eq!(added["type"], "source.capture");
    // The newest text is quoted first.
    world.yes("evidence add closing wire --stance refutes --quote 'stays open' --as jonas");
    world.no(
        "snapshot withhold wire --reason Private. --as edith",
        2,
        "usage",
    );
    world.yes("snapshot withhold again --reason Private. --label gone --as edith");
    assert_eq!(
        world.body("gone")["sha256"],
        world.body("again")["snapshot"]["sha256"]
    );
    assert_eq!(world.body("gone")["source"], world.body("again")["source"]);
    world.no(
        "snapshot withhold closing --reason x --as edith",
        1,
        "wrong-kind",
    );
    world.clean("");
}

#[test]
fn sources_and_claims_relate_and_are_assessed() {
    let world = World::with_verdict();
    world.file(
        "daily.txt",
        "Bridge closes (Northern Wire). The bridge closes in April.\n",
    );
    world
        .yes("source add daily.txt --title Daily --publisher 'The Daily' --label daily --as jonas");
    world.yes(
        "source relate daily wireCopyOf wire --quote '(Northern Wire)' --label copied --as \
         jonas",
    );
    let stated = world.body("copied");
    assert_eq!(stated["basis"]["stated"]["quote"], "(Northern Wire)");
    assert_eq!(stated["basis"]["stated"]["start"], 14);
    world.yes(
        "source relate daily sharesOriginWith wire --for closing --basis textOverlap --method \
         'shingles 1' --permille 870 --as jonas",
    );
    world.yes("source relate wire hadPrimarySource daily --note 'In my judgement.' --as jonas");
    let relate = |rest: &str| format!("source relate daily wireCopyOf wire --as jonas {rest}");
    world.no(&relate(""), 2, "usage");
    world.no(&relate("--quote 'not in there'"), 4, "quotation-not-found");
    world.no(&relate("--basis textOverlap"), 2, "usage");
    assert_eq!(world.run(&relate("--basis hearsay")).code, 2);

    world.yes(
        "source assess wire closing --as-origin notFirstHand --how 'It quotes the mayor.' \
         --label seen --as jonas",
    );
    assert_eq!(world.body("seen")["assessment"], "notFirstHand");

    world.yes("claim add 'The bridge closes.' --claimant many --label short --as jonas");
    world.yes("claim relate short variantOf closing --as jonas");
    let id = world.yes("show closing")["id"].as_str().unwrap().to_owned();
    let elsewhere = format!("other.example/log#{id}");
    world.yes(&format!(
        "claim relate short sameAs {elsewhere} --label same --as jonas"
    ));
    assert_eq!(world.body("same")["to"], elsewhere.as_str());
    world.no(
        "claim relate short sameAs short --as jonas",
        4,
        "fields-disagree",
    );

    let count = |words: &str| world.yes(words)["found"].as_array().unwrap().len();
    assert_eq!(count("source relations"), 3);
    assert_eq!(count("source relations closing"), 1);
    assert_eq!(count("source assessments wire"), 1);
    assert_eq!(count("claim relations closing"), 1);
    assert_eq!(count("evidence list closing"), 1);
    assert_eq!(count("evidence list short"), 0);
    assert_eq!(count("evidence list"), 1);
    world.clean("");
}

#[test]
fn another_ledgers_checkpoint_is_kept_if_it_is_that_ledgers() {
    let world = World::newsroom();
    world.yes("--ledger other --keys otherkeys init other.example/log --as olga --no-passphrase");
    let head = world.yes("--ledger other checkpoint");
    let vkey = head["vkey"].as_str().unwrap();
    world.file("other.checkpoint", head["note"].as_str().unwrap());
    world.yes(&format!(
        "observe other.checkpoint --vkey {vkey} --label kept --as jonas"
    ));
    let body = world.body("kept");
    assert_eq!(body["origin"], "other.example/log");
    assert_eq!(body["checkpoint"], head["note"]);
    let own = world.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    world.no(
        &format!("observe other.checkpoint --vkey {own} --as jonas"),
        4,
        "fields-disagree",
    );
}

#[test]
fn every_new_command_shows_an_example() {
    let world = World::new();
    for words in [
        "verdict approve",
        "verdict reject",
        "verdict abstain",
        "verdict recuse",
        "verdict publish",
        "withdraw",
        "dispute open",
        "dispute answer",
        "dispute list",
        "record",
        "sign",
        "submit",
        "snapshot withhold",
        "observe",
        "policy set",
        "policy show",
        "scale set",
        "scale list",
        "org set",
        "source capture",
        "source relate",
        "source assess",
        "source relations",
        "source assessments",
        "claim relate",
        "claim relations",
        "evidence list",
        "key rotate",
        "key revoke",
        "key recover request",
        "key recover sign",
        "key recover submit",
        "checkpoint rotate",
        "checkpoint retire",
        "init",
    ] {
        let help = world.run(&format!("{words} --help"));
        assert_eq!(help.code, 0);
        let line = format!("claimledger {words}");
        let example = help.out.split("Example").nth(1).unwrap_or_default();
        assert!(
            example.contains(&line),
            "{words:?} has no example:\n{}",
            help.out
        );
    }
}

#[test]
fn a_verdict_rests_on_the_evidence_that_is_live() {
    let world = World::with_verdict();
    world.yes(
        "evidence add closing wire --stance supports --supersedes said --correction update \
         --was-wrong 'He spoke of April last year.' --label said-again --as jonas",
    );
    world.yes("evidence add closing wire --stance supports --label idle --as jonas");
    world.yes("withdraw idle --reason 'It says nothing.' --as jonas");
    world.yes("verdict issue closing --rating Unproven --why 'No.' --label second --as jonas");
    let rests_on = world.body("second")["evidence"].clone();
    assert_eq!(
        rests_on,
        serde_json::json!([world.yes("show said-again")["id"]])
    );
    world.clean("");
}
