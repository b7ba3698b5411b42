//! `export site`: pages that are a function of the log, that agree with it, and that no words in them can deceive.

use super::exporting::approved;
use super::forging::{Forgers, bare, forged_ledger};
use super::site_pages::{Open, ReadPage, files, leads_to, read, record};
use super::world::World;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The pages of a site, each read.
fn pages(world: &World, site: &str) -> BTreeMap<String, ReadPage> {
    let all = files(&world.path(site)).into_iter();
    let html = all.filter(|file| {
        Path::new(file)
            .extension()
            .is_some_and(|ending| ending == "html")
    });
    html.map(|file| {
        let page = read(&world.read(&format!("{site}/{file}")));
        assert_eq!(page.errors, [""; 0], "{file}");
        (file, page)
    })
    .collect()
}

/// Every file of a site but those that prove under the newest head, and the note of what was written.
fn content(world: &World, site: &str) -> BTreeMap<String, Vec<u8>> {
    let all = files(&world.path(site)).into_iter();
    let lasting = all.filter(|file| {
        !file.ends_with(".dossier") && !file.ends_with(".tlog-proof") && file != ".claimledger-site"
    });
    lasting
        .map(|file| {
            let bytes = std::fs::read(world.path(&format!("{site}/{file}"))).expect("a file");
            (file, bytes)
        })
        .collect()
}

/// The page of the verdict with a label.
fn verdict_page(world: &World, label: &str) -> String {
    let shown: Value =
        serde_json::from_str(&world.run(&format!("show {label} --json")).out).expect("JSON");
    format!(
        "verdicts/{}/index.html",
        shown["id"].as_str().expect("an id")
    )
}

/// What happens in a ledger, one command after another; each is a step after which the pages are made again.
const STEPS: &[&str] = &[
    "verdict publish closing-verdict --url https://desk.example/closing --published 2026-03-12 --as edith --yes",
    "claim add 'The ferry sails.' --claimant many --label ferry --as jonas --yes",
    "source add other.txt --title Other --publisher Town --label other --url https://town.example/a?b=1#c --as jonas --yes",
    "evidence add closing other --stance refutes --quote 'stays open' --label stays --as jonas --yes",
    "source relate other wasQuotedFrom wire --note 'It says so.' --for-all --as jonas --yes",
    "source assess other closing --as-origin firstHand --how 'They were there.' --as jonas --yes",
    "dispute open closing-verdict --grounds wrongRating --note 'It stays open.' --evidence stays --label no --as edith --yes",
    "dispute answer no --outcome upheld --note 'You are right.' --as mara --yes",
    "verdict issue closing --rating False --why 'It stays open.' --conflict none --supersedes closing-verdict \
     --correction ratingChange --was-wrong 'The mayor was wrong.' --label again --as jonas --yes",
    "verdict approve again --conflict none --as edith --yes",
    "verdict issue ferry --rating True --why Seen. --conflict none --label ferry-verdict --as jonas --yes",
    "verdict reject ferry-verdict --conflict none --as edith --yes",
    "claim add 'The bridge closes in May.' --claimant 'Ana Brandt' --supersedes closing --correction update \
     --was-wrong 'The month.' --as jonas --yes",
    "source capture other changed.txt --quotations-gone --as jonas --yes",
    "org set desk-example --name 'The desk' --as mara --yes",
    "withdraw again --reason 'Both were wrong.' --as edith --yes",
    "key revoke jonas --reason compromised --distrust-from 4 --as mara --yes",
];

fn prepared() -> World {
    let world = approved();
    world.file(
        "other.txt",
        "Velden (Town). The bridge stays open, the town said.\n",
    );
    world.file(
        "changed.txt",
        "Velden (Town). The bridge is closed now, the town said.\n",
    );
    world
}

#[test]
fn a_site_that_was_brought_up_to_date_is_the_site_that_is_made_anew() {
    let world = prepared();
    let made = "--site https://desk.example/facts --with-texts --yes";
    world.yes(&format!("export site kept {made}"));
    for (number, step) in STEPS.iter().enumerate() {
        world.yes(step);
        world.yes(&format!("export site kept {made}"));
        let anew = format!("anew{number}");
        world.yes(&format!("export site {anew} {made}"));
        let (kept, anew) = (content(&world, "kept"), content(&world, &anew));
        let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&kept), names(&anew), "{step}");
        for (file, bytes) in &anew {
            assert!(
                kept[file] == *bytes,
                "{step}: {file} is not as it would be made anew"
            );
        }
    }
    let again = world.yes(&format!("export site kept {made} --again"));
    assert_eq!(again["written"], 0, "{again}");
    world.yes("audit");
}

#[test]
fn a_change_writes_only_the_pages_that_it_touches() {
    let world = prepared();
    world.yes("export site pages --yes");
    world.yes("claim add 'The ferry sails.' --claimant many --label ferry --as jonas --yes");
    let before = content(&world, "pages");
    let said = world.yes("export site pages --yes");
    let after = content(&world, "pages");
    let changed: Vec<&String> = after
        .iter()
        .filter(|(file, bytes)| before.get(*file) != Some(*bytes))
        .map(|(file, _)| file)
        .collect();
    for file in &changed {
        let lists = [
            "index.html",
            "head.json",
            "claims/index.html",
            "entries/index.html",
        ];
        let is_new = !before.contains_key(*file);
        assert!(
            is_new || lists.contains(&file.as_str()),
            "{file} changed, {said}"
        );
    }
    assert!(changed.len() > 4, "{changed:?}");
    let verdict = verdict_page(&world, "closing-verdict");
    assert_eq!(before[&verdict], after[&verdict]);
    let nothing = world.yes("export site pages --yes");
    assert_eq!(
        (&nothing["written"], &nothing["removed"]),
        (&0.into(), &0.into()),
        "{nothing}"
    );
}

#[test]
fn two_sites_of_a_ledger_are_equal_byte_for_byte() {
    let world = approved();
    world.yes("export site one --with-texts --yes");
    world.yes("export site two --with-texts --yes");
    let all = files(&world.path("one"));
    assert_eq!(all, files(&world.path("two")));
    for file in all {
        let of = |site: &str| std::fs::read(world.path(&format!("{site}/{file}"))).expect("a file");
        assert!(of("one") == of("two"), "{file}");
    }
}

/// Every link leads to a file, every id stands once, headings go down one by one, and nothing is run or styled in the page.
fn well_made(all: &BTreeMap<String, ReadPage>, site: &BTreeSet<String>) {
    for (file, page) in all {
        let first = page
            .elements
            .iter()
            .position(|one| one.name == "meta")
            .expect("a policy");
        let policy = page.elements[first].get("http-equiv");
        assert_eq!(policy, Some("Content-Security-Policy"), "{file}");
        let mut ids = BTreeSet::new();
        let mut level = 0;
        for element in &page.elements {
            if let Some(id) = element.get("id") {
                assert!(ids.insert(id), "{file}: {id} twice");
            }
            for name in ["href", "src", "data-dossier"] {
                let link = element.get(name).and_then(|link| leads_to(file, link));
                assert!(
                    link.as_ref().is_none_or(|link| site.contains(link)),
                    "{file}: {link:?}"
                );
            }
            let runs = element
                .attributes
                .iter()
                .any(|(name, _)| name.starts_with("on") || name == "style");
            assert!(!runs && element.name != "style", "{file}: {element:?}");
            if element.name == "script" {
                let data = element
                    .get("type")
                    .is_some_and(|kind| kind.ends_with("json"));
                let ours = element
                    .get("src")
                    .is_some_and(|src| src.ends_with("assets/page.js"));
                assert!(data || ours, "{file}: {element:?}");
            }
            if let Some(number) = element
                .name
                .strip_prefix('h')
                .and_then(|n| n.parse::<u8>().ok())
            {
                assert!(number <= level + 1, "{file}: h{number} after h{level}");
                assert!(number > 1 || level == 0, "{file}: two h1");
                level = number;
            }
        }
        let value = record(page);
        assert_eq!(value["form"], 1, "{file}");
    }
}

#[test]
fn pages_are_well_made_and_agree_with_the_log() {
    let world = prepared();
    for step in STEPS {
        world.yes(step);
    }
    for choices in [
        "",
        "--with-unapproved --with-texts",
        "--language ar --with-texts --site https://a.example",
    ] {
        let site = format!("site{}", choices.len());
        world.yes(&format!("export site {site} {choices} --yes"));
        let all = pages(&world, &site);
        well_made(&all, &files(&world.path(&site)));
        let mut seen = BTreeMap::new();
        for (file, page) in &all {
            let value = record(page);
            *seen
                .entry(value["kind"].as_str().expect("a kind").to_owned())
                .or_insert(0) += 1;
            let Some(entry) = value["entry"]
                .as_u64()
                .filter(|_| value["kind"] != "organisation")
            else {
                continue;
            };
            let shown = world.run(&format!("show {entry} --json"));
            let shown: Value = serde_json::from_str(&shown.out).expect("JSON");
            assert_eq!(value["id"], shown["id"], "{file}");
            let screen = &shown["screen"];
            if let (Some(screen), "verdict") =
                (screen.get("verdict"), value["kind"].as_str().unwrap_or(""))
            {
                for (ours, theirs) in [
                    ("rating", &screen["rating"]["label"]),
                    ("reasons", &screen["reasons"]),
                    ("claim", &screen["claim"]["text"]),
                    ("organisation", &screen["organisation"]),
                    ("standing", &screen["inWords"]),
                    ("current", &screen["current"]),
                ] {
                    assert_eq!(value[ours], *theirs, "{file}: {ours}");
                }
                visible(page, "rating", &value, file);
                visible(page, "reasons", &value, file);
            }
        }
        for kind in [
            "front",
            "claim",
            "verdict",
            "source",
            "entry",
            "person",
            "organisation",
            "scale",
            "policy",
            "practice",
        ] {
            assert!(seen.contains_key(kind), "{kind} of {seen:?}");
        }
        assert_eq!(seen.contains_key("text"), choices.contains("texts"));
    }
    world.yes("audit");
}

/// What a reader sees of a field is what the record has.
fn visible(page: &ReadPage, field: &str, record: &Value, file: &str) {
    let is_field = |open: &Open| open.get("data-field") == Some(field);
    let texts = page
        .texts
        .iter()
        .filter(|text| text.inside.iter().any(is_field));
    let seen: String = texts.map(|text| &*text.words).collect();
    let seen = seen.trim_matches(['\u{201c}', '\u{201d}']);
    assert_eq!(Some(seen), record[field].as_str(), "{file}");
}

#[test]
fn banners_say_what_a_reader_must_not_miss() {
    let world = prepared();
    let page = verdict_page(&world, "closing-verdict");
    let banners = |world: &World| {
        world.yes("export site pages --yes");
        let page = read(&world.read(&format!("pages/{page}")));
        let shown: Vec<String> = page
            .elements
            .iter()
            .filter_map(|one| one.get("data-banner").map(str::to_owned))
            .collect();
        let recorded = record(&page)["banners"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        assert_eq!(
            recorded,
            shown
                .iter()
                .map(|one| Value::from(&**one))
                .collect::<Vec<_>>()
        );
        shown
    };
    assert_eq!(banners(&world), [""; 0]);
    for step in &STEPS[..10] {
        world.yes(step);
        if step.starts_with("dispute open") {
            assert_eq!(banners(&world), ["objected"]);
        } else if step.starts_with("dispute answer") {
            assert_eq!(banners(&world), ["must-be-corrected"]);
        } else if step.starts_with("verdict issue") {
            assert_eq!(banners(&world), ["must-be-corrected", "correction-pending"]);
        }
    }
    assert_eq!(banners(&world)[0], "corrected");
    let old = world.read(&format!("pages/{page}"));
    let newer = verdict_page(&world, "again");
    assert!(
        old.contains(&format!("../../{newer}")),
        "it leads to the verdict that took its place"
    );
    world.yes("withdraw again --reason 'Both were wrong.' --as edith --yes");
    world.yes("export site pages --yes");
    assert!(
        world
            .read(&format!("pages/{newer}"))
            .contains("data-banner=\"withdrawn\"")
    );
    assert!(
        world
            .read(&format!("pages/{newer}"))
            .contains("Both were wrong.")
    );
}

#[test]
fn what_nobody_approved_is_counted_and_not_shown() {
    let world = World::with_verdict();
    world.yes("export site pages --yes");
    let all = pages(&world, "pages");
    for (file, page) in &all {
        let says = page
            .texts
            .iter()
            .any(|text| text.words.contains("The mayor said so."));
        assert!(!says, "{file} shows the verdict");
        assert!(!file.starts_with("verdicts/"), "{file}");
    }
    assert_eq!(record(&all["index.html"])["notShown"], 1);
    world.yes("export site pages --with-unapproved --yes");
    let page = verdict_page(&world, "closing-verdict");
    let shown = world.read(&format!("pages/{page}"));
    assert!(shown.contains("data-banner=\"not-approved\""), "{shown}");
    // Without the choice the page goes again.
    let said = world.yes("export site pages --yes");
    assert!(!world.path(&format!("pages/{page}")).exists(), "{said}");
    world.yes("verdict approve closing-verdict --conflict none --as edith --yes");
    world.yes("export site pages --yes");
    assert!(world.path(&format!("pages/{page}")).exists());
}

#[test]
fn no_words_of_others_look_like_those_of_a_page() {
    let mut forgers = Forgers::default();
    let world = forged_ledger(&mut forgers);
    world.yes("export site pages --with-unapproved --with-texts --site https://desk.example --yes");
    let all = pages(&world, "pages");
    well_made(&all, &files(&world.path("pages")));
    let mut seen = BTreeSet::new();
    for (file, page) in &all {
        for text in &page.texts {
            let data = text.inside.last().is_some_and(|open| open.name == "script");
            let marked = text
                .inside
                .iter()
                .any(|open| open.has_class("theirs") || open.has_class("name"));
            for word in text
                .words
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            {
                if word.starts_with("FORGED") {
                    seen.insert(word.to_owned());
                }
            }
            // Drawings are looked at in `forging`.
            let drawn = text.inside.iter().any(|open| open.name == "svg");
            if !data && !marked && !drawn {
                assert_eq!(bare(&text.words), None, "{file}: {:?}", text.words);
            }
            if !data {
                let hidden = text
                    .words
                    .chars()
                    .find(|c| ('\u{202a}'..='\u{202e}').contains(c));
                assert_eq!(hidden, None, "{file}: {:?}", text.words);
            }
        }
        for element in &page.elements {
            for (name, value) in &element.attributes {
                let forged = value.contains("FORGED") && !value.starts_with("https://");
                assert!(!forged || name == "href", "{file}: {name}={value}");
            }
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

#[test]
fn markup_and_ten_thousand_lines_in_every_field_stay_words() {
    let world = World::newsroom();
    let hostile =
        "</script><script>alert(1)</script><img src=x onerror=alert(1)><!-- <svg/onload=alert(1)>";
    world.file(
        "wire.txt",
        &format!("Velden. {hostile} The bridge closes.\n"),
    );
    world.yes(&format!(
        "source add wire.txt --title '{hostile}' --publisher '{hostile}' --label wire --as jonas --yes"
    ));
    world.yes(&format!(
        "claim add '{hostile}' --claimant '{hostile}' --label closing --as jonas --yes"
    ));
    world.yes(&format!(
        "evidence add closing wire --stance supports --quote '{hostile}' --as jonas --yes"
    ));
    world.file("why.txt", &"a\n".repeat(10_000));
    let lines = world.read("why.txt");
    let words: Vec<String> = [
        "verdict", "issue", "closing", "--rating", "True", "--why", &lines,
    ]
    .into_iter()
    .chain([
        "--conflict",
        "none",
        "--label",
        "vv",
        "--as",
        "jonas",
        "--yes",
    ])
    .map(str::to_owned)
    .collect();
    let run = world.run_words(&words);
    assert_eq!(run.code, 0, "{}", run.err);
    world.yes("verdict approve vv --conflict none --as edith --yes");
    world.yes("export site pages --with-texts --yes");
    let all = pages(&world, "pages");
    well_made(&all, &files(&world.path("pages")));
    for (file, page) in &all {
        for element in &page.elements {
            assert!(
                !["img", "iframe", "object", "base", "form"].contains(&&*element.name),
                "{file}"
            );
        }
        let html = world.read(&format!("pages/{file}"));
        assert!(
            !html.contains("<img") && !html.contains("<script>"),
            "{file}"
        );
        let packed = zstd::bulk::compress(html.as_bytes(), 9).expect("zstd");
        assert!(packed.len() < 30_000, "{file}: {}", packed.len());
    }
}

#[test]
fn a_site_is_written_only_where_nothing_else_is() {
    let world = approved();
    std::fs::create_dir(world.path("full")).expect("a folder");
    world.file("full/mine.txt", "mine");
    world.no("export site full --yes", 4, "export-other");
    world.no("export site ledger --yes", 4, "file-protected");
    world.no("export site pages", 2, "usage");
    world.yes("export site pages --yes");
    let other = World::newsroom_of("other.example/facts");
    let there = world.path("pages").display().to_string();
    other.no(&format!("export site {there} --yes"), 4, "export-other");
}
