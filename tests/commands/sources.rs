//! Sources of every kind through the program: what is kept, quoted, found, suggested, counted, and what changes it.

use crate::commands::world::{World, one_line, unwrapped};
use crate::library::snapshots::{ON_A_PAGE, one_page, stream};
use claimledger::app::record::append;
use claimledger::keystore::{self, Refuse};
use claimledger_core::encoding::json;
use claimledger_core::envelope;
use claimledger_core::model::Statement;
use serde_json::{Value, json};
use std::fs::File;

const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Bridge</title></head><body>\
                    <script>var hidden = 1;</script><p>The bridge closes in <b>April</b>, \u{201c}for good\u{201d}, the \
                    mayor said.</p><p>Nobody asked why.</p></body></html>";

fn snapshot(world: &World, name: &str) -> Value {
    world.body(name)["capture"]["captured"].clone()
}

/// The world of a verdict, and a town office that counted for itself.
fn with_office() -> World {
    let world = World::with_verdict();
    world.file("office.txt", "The office closes the bridge in April.\n");
    world.yes(
        "source add office.txt --title 'Order of the office' --publisher 'Town of Velden' --label \
         office --as jonas",
    );
    world
}

fn independent(world: &World, options: &str) -> Value {
    let found = world.yes(&format!("corroboration closing {options}"));
    found["support"]["counts"]["independent"].clone()
}

#[test]
fn a_page_is_kept_with_its_text_and_quoted_from_it() {
    let world = World::newsroom();
    world.file("page.html", PAGE);
    world.yes("source add page.html --title Bridge --publisher Desk --label page --as jonas");
    let kept = snapshot(&world, "page");
    assert_eq!(kept["mediaType"], "text/html");
    assert_eq!(kept["bytes"], PAGE.len());
    let text = kept["text"]["sha256"].as_str().expect("a text of its own");
    let place = format!("ledger/snapshots/sha256/{}/{text}", &text[..2]);
    let text = world.read(&place);
    assert!(text.contains("closes in April, \u{201c}for good\u{201d}, the mayor said."));
    assert!(!text.contains("hidden"));
    world.yes("claim add 'It closes.' --claimant many --label closes --as jonas");
    world.yes(
        "evidence add closes page --stance supports --quote 'closes in April, \u{201c}for good\u{201d}' \
         --label said --as jonas",
    );
    let shown = world.yes("show said");
    assert_eq!(shown["context"]["before"], "The bridge ");
    assert_eq!(shown["context"]["after"], ", the mayor said.");
    let people = unwrapped(&world.run("show said").out);
    assert!(
        people.contains("in its context (the brackets are ours) The bridge [closes in April, for good], the mayor said."),
        "{people}"
    );
    // What only the markup says is in no text.
    let refused = world.no(
        "evidence add closes page --stance supports --quote 'var hidden' --as jonas",
        4,
        "quotation-not-found",
    );
    assert!(!refused["message"].as_str().unwrap().contains("hidden = 1"));
    world.clean("");
}

#[test]
fn a_pdf_is_read_in_a_process_of_its_own_and_quoted() {
    let world = World::newsroom();
    let words = b"BT /F1 12 Tf 72 700 Td (He said no.) Tj ET";
    let pdf = one_page(ON_A_PAGE, "", stream("", words), &[]);
    std::fs::write(world.path("letter.pdf"), &pdf).expect("a file");
    world.yes("source add letter.pdf --title Letter --publisher Town --label letter --as jonas");
    let kept = snapshot(&world, "letter");
    assert_eq!(kept["mediaType"], "application/pdf");
    assert!(
        kept["text"]["extractor"]
            .as_str()
            .is_some_and(|e| e.starts_with("claimledger-pdf ")),
        "{kept}"
    );
    world.yes("claim add 'He said no.' --claimant many --label no --as jonas");
    world.yes("evidence add no letter --stance supports --quote 'He said no.' --as jonas");
    // One that lies is kept, and says why it has no text.
    std::fs::write(world.path("torn.pdf"), &pdf[..60]).expect("a file");
    world.yes("source capture letter torn.pdf --label torn --as jonas");
    let torn = world.body("torn")["snapshot"].clone();
    assert_eq!(torn["bytes"], 60);
    assert!(
        torn["text"].is_null() && torn["noText"].is_string(),
        "{torn}"
    );
    world.clean("");
}

#[test]
fn other_charsets_and_a_given_media_type_are_read() {
    let world = World::newsroom();
    // "Зажгли огни" in windows-1251, as its page declares.
    let mut page = b"<html><head><meta charset=windows-1251></head><body><p>".to_vec();
    page.extend([
        0xc7, 0xe0, 0xe6, 0xe3, 0xeb, 0xe8, 0x20, 0xee, 0xe3, 0xed, 0xe8,
    ]);
    page.extend(b"</p></body></html>");
    std::fs::write(world.path("old.html"), &page).expect("a file");
    world.yes("source add old.html --title Old --publisher Old --label old --as jonas");
    world.yes("claim add 'Lights.' --claimant many --label lights --as jonas");
    world.yes(
        "evidence add lights old --stance supports --quote '\u{417}\u{430}\u{436}\u{433}\u{43b}\u{438} \
         \u{43e}\u{433}\u{43d}\u{438}' --as jonas",
    );
    world.file("page.html", PAGE);
    world.yes(
        "source add page.html --title Markup --publisher Desk --media-type text/plain --label markup \
         --as jonas",
    );
    assert_eq!(snapshot(&world, "markup")["mediaType"], "text/plain");
    world.yes("evidence add lights markup --stance context --quote 'var hidden' --as jonas");
    world.no(
        "source add page.html --title M --publisher D --media-type page --as jonas",
        2,
        "bad-media-type",
    );
    world.clean("");
}

#[test]
fn whoever_adds_a_source_is_told_what_of_its_text_could_not_be_read_as_it_is() {
    let world = World::newsroom();
    // It says that it is UTF-8, and is not.
    std::fs::write(
        world.path("page.html"),
        b"<meta charset=utf-8><p>Br\xfccke, Stra\xdfe",
    )
    .expect("a file");
    // A record whose end a crawler wrote with line feeds alone.
    let head = "WARC/1.1\nWARC-Type: response\nWARC-Target-URI: https://news.example/bridge\n\
                Content-Type: application/http\n";
    let page = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>The bridge will close in April.</p>";
    world.file(
        "page.warc",
        &format!("{head}Content-Length: {}\n\n{page}\n\n", page.len()),
    );
    for (file, text, said) in [
        (
            "page.html",
            "Br\u{fffd}cke, Stra\u{fffd}e",
            "decoded as UTF-8, as it declares itself, and 2 of its characters could not be",
        ),
        (
            "page.warc",
            "The bridge will close in April.",
            "the WARC file is not as its standard says",
        ),
    ] {
        let label = file.replace('.', "-");
        let run = world.run(&format!(
            "source add {file} --title T --publisher P --label {label} --as jonas --yes"
        ));
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(one_line(&run.err).contains(said), "{file}: {}", run.err);
        assert_eq!(world.yes(&format!("source text {label}"))["text"], text);
    }
    world.clean("");
}

#[test]
fn a_file_too_large_for_a_text_is_kept_without_one() {
    let world = World::newsroom();
    let large = File::create(world.path("large.txt")).expect("a file");
    large.set_len(33 * 1024 * 1024).expect("a sparse file");
    world.yes(
        "source add large.txt --title Large --publisher Town --media-type text/plain --label large \
         --as jonas",
    );
    let kept = snapshot(&world, "large");
    assert_eq!(kept["bytes"], 33 * 1024 * 1024);
    assert!(
        kept["noText"]
            .as_str()
            .unwrap_or_default()
            .contains("larger than"),
        "{kept}"
    );
}

#[test]
fn a_refused_source_leaves_no_bytes() {
    let world = World::with_verdict();
    world.file("page.html", PAGE);
    let before = world.files("ledger");
    world.no(
        "source add page.html --title Bridge --publisher Desk --label wire --as jonas",
        4,
        "label-taken",
    );
    assert_eq!(world.files("ledger"), before);
    let made = world.yes(
        "source add page.html --title Bridge --publisher Desk --label page --draft page.json --as jonas",
    );
    assert_eq!(
        made["files"].as_array().unwrap().len(),
        3,
        "page and text beside"
    );
    assert_eq!(world.files("ledger"), before);
    world.yes("sign page.json -o page.dsse.json --as jonas");
    world.yes("submit page.dsse.json");
    world.clean("");
}

#[test]
fn the_audit_distinguishes_the_states_of_snapshots() {
    let world = World::newsroom();
    let mut digests = Vec::new();
    for name in ["held", "hashed", "withheld", "missing", "altered"] {
        world.file(&format!("{name}.txt"), &format!("This is {name}.\n"));
        let option = if name == "hashed" { "--hash-only" } else { "" };
        world.yes(&format!(
            "source add {name}.txt --title {name} --publisher P --label {name} {option} --as jonas"
        ));
        let digest = snapshot(&world, name)["sha256"]
            .as_str()
            .unwrap()
            .to_owned();
        digests.push(world.path(&format!(
            "ledger/snapshots/sha256/{}/{digest}",
            &digest[..2]
        )));
    }
    world.yes("source add --never-held --known-through held --title Wire --publisher W --as jonas");
    world.yes("snapshot withhold withheld --reason Private. --as mara");
    std::fs::remove_file(&digests[2]).expect("withheld");
    std::fs::remove_file(&digests[3]).expect("lost");
    std::fs::write(&digests[4], "Other words.").expect("altered");
    let run = world.run("audit --json");
    assert_eq!(run.code, 1, "{}", run.out);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let why: Vec<(&str, u64)> = report["notChecked"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| (n["why"].as_str().unwrap(), n["count"].as_u64().unwrap()))
        .collect();
    for (begins, count) in [
        ("only their digest", 1),
        ("withheld", 1),
        ("missing", 1),
        ("never kept", 1),
    ] {
        assert!(
            why.iter()
                .any(|(w, n)| w.starts_with(begins) && *n == count),
            "{begins}: {why:?}"
        );
    }
    let codes: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap())
        .filter(|code| code.starts_with("snapshot-"))
        .collect();
    assert_eq!(codes.len(), 2, "{codes:?}");
    assert!(codes.contains(&"snapshot-absent") && codes.contains(&"snapshot-altered"));
    assert_eq!(
        report["checked"]["snapshots"], 2,
        "held and altered were read"
    );
}

#[test]
fn a_quotation_that_is_not_found_shows_the_nearest_passage_without_using_it() {
    let world = World::with_verdict();
    let size = world.size();
    let refused = world.no(
        "evidence add closing wire --stance supports --quote 'The bridge closed in April' --as jonas",
        4,
        "quotation-not-found",
    );
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("nearest"), "{message}");
    assert!(message.contains("The bridge closes in April"), "{message}");
    assert_eq!(world.size(), size);
}

#[test]
fn words_find_claims_sources_and_verdicts_as_of_any_size() {
    let world = World::with_verdict();
    let before = world.size();
    world.file("later.html", PAGE);
    world.yes("source add later.html --title Later --publisher Desk --label later --as jonas");
    let labels = |line: &str| -> Vec<String> {
        let found = world.yes(line);
        let found = found["found"].as_array().unwrap();
        found
            .iter()
            .map(|hit| hit["label"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let mayor = labels("search mayor");
    assert_eq!(mayor.len(), 3, "{mayor:?}");
    for label in ["wire", "closing-verdict", "later"] {
        assert!(mayor.contains(&label.to_owned()), "{mayor:?}");
    }
    let earlier = labels(&format!("search mayor --at {before}"));
    assert!(!earlier.contains(&"later".to_owned()), "{earlier:?}");
    assert_eq!(labels("search nobody asked"), ["later"]);
    let people = world.run("search nobody").out;
    assert!(people.contains("[Nobody] asked why"), "{people}");
    let nothing = world.run("search zebra");
    assert_eq!((nothing.code, nothing.out.as_str()), (1, "nothing found\n"));
}

#[test]
fn a_claim_with_nearly_the_same_words_gives_a_warning_and_is_added() {
    let world = World::with_verdict();
    let run = world.run("claim add 'The bridge closes this April.' --claimant many --as jonas");
    assert_eq!(run.code, 0);
    assert!(
        run.err
            .contains("\u{201c}closing\u{201d} has nearly the same words"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("only the words were compared"),
        "{}",
        run.err
    );
    assert!(run.err.contains("`claim relate`"), "{}", run.err);
    let other = world.run("claim add 'Wheat is dear this year.' --claimant many --as jonas");
    assert!(!other.err.contains("same words"), "{}", other.err);
    let put_right = world.run(
        "claim add 'The bridge closes in April' --claimant 'Ana Brandt' --supersedes closing \
         --correction typo --was-wrong 'A full stop.' --as jonas",
    );
    assert_eq!(put_right.code, 0, "{}", put_right.err);
    assert!(
        !put_right
            .err
            .contains("claim #6 \u{201c}closing\u{201d} has"),
        "{}",
        put_right.err
    );
}

#[test]
fn suggestions_come_with_working_commands_and_are_never_counted() {
    let world = World::with_verdict();
    let story = "The council of Velden met on Monday and argued for six hours about the price of the new ferry, \
                 which nobody wants to pay.";
    world.file("daily.txt", &format!("Velden (Northern Wire). {story}\n"));
    world.file("weekly.txt", &format!("{story} So it goes.\n"));
    for name in ["daily", "weekly"] {
        world.yes(&format!(
            "source add {name}.txt --title {name} --publisher {name} --label {name} --as jonas"
        ));
    }
    let before = world.yes("corroboration closing");
    let size = world.size();
    let found = world.yes("source suggest daily");
    let notice = found["notice"].as_str().unwrap();
    assert!(
        notice.contains("No overlap found is not independence"),
        "{notice}"
    );
    assert_eq!(world.size(), size, "a suggestion signs nothing");
    assert_eq!(world.yes("corroboration closing"), before);
    let suggestions = found["suggestions"].as_array().unwrap().clone();
    let command = |part: &str| {
        let commands = suggestions.iter().filter_map(|s| s["command"].as_str());
        let mut commands = commands.filter(|command| command.contains(part));
        commands.next().map(str::to_owned)
    };
    let byline = command(" wire --quote ").expect("the agency in the dateline");
    let overlap = command("--basis textOverlap").expect("the weekly's words");
    for line in [byline, overlap] {
        let line = line.strip_prefix("claimledger ").unwrap();
        world.yes(&format!("{line} --as jonas"));
    }
    // A source with no text has nothing to go by.
    world.yes("source add --never-held --known-through wire --title Gone --publisher G --label gone --as jonas");
    world.no("source suggest gone", 4, "source-no-text");
    world.clean("");
}

#[test]
fn a_withdrawal_first_names_the_verdicts_that_depend_on_the_statement() {
    let world = with_office();
    let leans = |run: &crate::commands::world::Run| run.err.contains(" rests on it: ");
    let run = world.run("withdraw office --reason Wrong. --as jonas --json");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!leans(&run), "no verdict leans on it: {}", run.err);
    let run = world.run("withdraw wire --reason Retracted. --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(leans(&run), "{}", run.err);
    let again = World::with_verdict();
    let run = again.run("withdraw said --reason Misheard. --as jonas --json");
    assert!(leans(&run), "{}", run.err);
}

#[test]
fn the_corroboration_in_a_draft_is_computed_again_on_signing() {
    let world = with_office();
    world.yes(
        "verdict issue closing --rating True --why Again. --conflict none --label again --draft \
         again.json --as jonas",
    );
    world.yes(
        "evidence add closing office --stance supports --quote 'in April' --label order --as jonas",
    );
    world.yes("source assess office closing --as-origin firstHand --how 'It decides.' --as jonas");
    world.yes("sign again.json -o again.dsse.json --as jonas");
    world.yes("submit again.dsse.json");
    let frozen = world.body("again")["corroboration"]["support"].clone();
    assert_eq!(frozen["documents"], 2);
    assert_eq!(frozen["independent"], 1);
    world.clean("");
}

#[test]
fn wrong_counts_are_refused() {
    let world = World::with_verdict();
    world.yes(
        "verdict issue closing --rating True --why Again. --conflict none --label again --draft \
         again.json --as jonas",
    );
    let signer = keystore::open(&world.path("keys"), "jonas", &mut Refuse).expect("a key");
    let mut value: Value = serde_json::from_str(&world.read("again.json")).expect("JSON");
    let envelope = |value: &Value| {
        let statement = Statement::decode(&json::encode(value)).expect("a statement");
        let signed = append::sign(&statement, signer.as_ref()).expect("signed");
        envelope::file::print(signed.payload(), signed.claimed_key(), signed.signature())
    };
    let honest = envelope(&value);
    value["body"]["corroboration"]["support"]["independent"] = json!(1);
    value["body"]["corroboration"]["support"]["untraced"] = json!(0);
    world.file("false.dsse.json", &envelope(&value));
    world.no("submit false.dsse.json", 4, "corroboration-mismatch");
    world.file("true.dsse.json", &honest);
    world.yes("submit true.dsse.json");
    world.clean("");
}

#[test]
fn later_statements_that_change_the_result_are_named() {
    let world = with_office();
    assert_eq!(world.yes("verdict list --changed")["found"], json!([]));
    assert_eq!(independent(&world, ""), 0);
    let before = world.size();
    let relation = world.yes(
        "source relate wire wasQuotedFrom office --note 'The wire quotes the order.' --as jonas",
    );
    let assessed = world
        .yes("source assess office closing --as-origin firstHand --how 'It decides.' --as jonas");
    assert_eq!(independent(&world, ""), 1);
    assert_eq!(independent(&world, &format!("--at {before}")), 0);
    let changed = world.yes("verdict list --changed");
    let changed = changed["found"].as_array().unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["label"], "closing-verdict");
    assert_eq!(changed[0]["moved"]["since"], relation["index"]);
    let people = world.run("verdict list --changed").out;
    assert!(
        people.contains(&format!("first by #{}", relation["index"])),
        "{people}"
    );
    // Without the relation the office is no origin of the wire's words.
    let size = world.size();
    let withdrawn = world.yes(&format!(
        "withdraw {} --reason 'It does not.' --as jonas",
        relation["index"]
    ));
    assert_eq!(independent(&world, ""), 0);
    assert_eq!(independent(&world, &format!("--at {size}")), 1);
    assert!(withdrawn["index"].as_u64() > assessed["index"].as_u64());
    world.clean("");
}

#[test]
fn statements_of_a_distrusted_key_leave_the_graph() {
    let world = with_office();
    world.yes("key new otto --no-passphrase");
    world.yes("key enroll otto --role reviewer --as mara");
    let from = world.size();
    world.yes(
        "source relate wire wasQuotedFrom office --note 'The wire quotes the order.' --as otto",
    );
    world.yes("source assess office closing --as-origin firstHand --how 'It decides.' --as otto");
    assert_eq!(independent(&world, ""), 1);
    let trusted = world.size();
    world.yes(&format!(
        "key revoke otto --reason compromised --distrust-from {from} --note 'The laptop was stolen.' \
         --as mara"
    ));
    assert_eq!(independent(&world, ""), 0);
    assert_eq!(independent(&world, &format!("--at {trusted}")), 1);
    world.clean("");
}

#[test]
fn no_command_shows_a_text_that_is_withheld() {
    let world = World::with_verdict();
    world.yes("evidence add closing wire --stance supports --quote 'closes in April' --label quoted --as jonas");
    let found = world.run("search Velden --json").out;
    assert!(found.contains("source.add"), "{found}");
    let shown = world.run("show quoted").out;
    assert!(shown.contains("in its context"), "{shown}");
    // The same bytes, captured once more, are one digest.
    world.yes("source capture wire wire.txt --as jonas");
    world.yes("snapshot withhold wire --reason 'A court said so.' --everywhere --as mara");
    let hidden = world.run("show quoted").out;
    assert!(!hidden.contains("in its context"), "{hidden}");
    world.no(
        "evidence add closing wire --stance context --quote 'closes in April' --as jonas",
        4,
        "source-no-text",
    );
    let found = world.run("search Velden --json").out;
    assert!(!found.contains("source.add"), "{found}");
    world.no("source text wire", 4, "source-no-text");
    world.clean("");
}

#[test]
fn a_withholding_of_a_stolen_key_is_pointed_out_until_an_admin_withdraws_it() {
    let world = World::with_verdict();
    world.yes("snapshot withhold wire --reason 'Hide it.' --label hiding --as edith");
    let notes = |world: &World| world.yes("show hiding")["notes"].to_string();
    let unchecked = |world: &World| world.yes("audit")["notChecked"].to_string();
    let trusted = "a key that is no longer trusted";
    assert!(!notes(&world).contains(trusted));
    let from = world.yes("show hiding")["index"].clone();
    world.yes(&format!(
        "key revoke edith --reason compromised --distrust-from {from} --as mara"
    ));
    // It has lost its label, and goes on hiding.
    let shown = world.yes(&format!("show {from}"))["notes"].to_string();
    assert!(shown.contains(trusted), "{shown}");
    let told = unchecked(&world);
    assert!(
        told.contains("they hide until an admin withdraws them"),
        "{told}"
    );
    world.no("source text wire", 4, "source-no-text");
    world.no(
        &format!("withdraw {from} --reason No. --as jonas"),
        4,
        "role-missing",
    );
    world.yes(&format!(
        "withdraw {from} --reason 'Nobody asked for it.' --as mara"
    ));
    let shown = world.yes(&format!("show {from}"))["notes"].to_string();
    assert!(!shown.contains(trusted), "{shown}");
    assert!(!unchecked(&world).contains("they hide until"));
    world.yes("source text wire");
    world.clean("");
}
