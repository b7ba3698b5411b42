//! `export FORMAT`: what the ledger says goes out with how it stands, and comes back in without being invented anew.

use super::importing::{newsroom, review};
use super::world::World;
use claimledger::formats::json::VerbatimJson;
use serde_json::{Value, json};

/// A newsroom whose verdict on `closing` is approved.
pub fn approved() -> World {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    world
}

/// What a command writes to standard output, as JSON.
pub fn written(world: &World, line: &str) -> Value {
    let run = world.run(line);
    assert_eq!(run.code, 0, "{line}\n{}{}", run.out, run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

/// The value of ours beside an identifier.
fn ours<'v>(node: &'v Value, name: &str) -> Option<&'v str> {
    let beside = &node["identifier"]["valueReference"]["additionalProperty"];
    let mut all = beside.as_array()?.iter();
    let id = format!("claimledger:{name}");
    let found = all.find(|one| one["propertyID"] == *id)?;
    found["value"].as_str()
}

#[test]
fn an_approved_verdict_is_a_claim_review_with_what_search_engines_ask_for() {
    let world = approved();
    world.yes("verdict publish closing-verdict --url https://desk.example/closing --published 2026-03-12 --as edith");
    let made = written(
        &world,
        "export claimreview closing --site https://desk.example/",
    );
    assert_eq!(made["@context"], "https://schema.org");
    assert_eq!(made["@type"], "ClaimReview");
    assert_eq!(made["claimReviewed"], "The bridge closes in April.");
    assert_eq!(made["url"], "https://desk.example/closing");
    assert_eq!(made["datePublished"], "2026-03-12");
    assert_eq!(made["author"]["@type"], "Organization");
    assert_eq!(made["reviewRating"]["alternateName"], "True");
    assert_eq!(made["reviewRating"]["ratingValue"], 5);
    assert_eq!(made["reviewRating"]["bestRating"], 5);
    assert_eq!(made["reviewRating"]["worstRating"], 1);
    assert_eq!(made["itemReviewed"]["@type"], "Claim");
    assert_eq!(made["itemReviewed"]["author"]["name"], "Ana Brandt");
    let shown = world.yes("show closing-verdict");
    let id = shown["id"].as_str().expect("an id");
    assert_eq!(made["identifier"]["value"], id);
    let dossier = format!("https://desk.example/verdicts/{id}.dossier");
    assert_eq!(made["identifier"]["url"], dossier);
    assert_eq!(ours(&made, "standing"), Some("approved"));
    let source = &made["citation"];
    assert_eq!(source["name"], "Bridge closes");
    let digest = source["encoding"]["sha256"].as_str().expect("a digest");
    assert_eq!(digest.len(), 64);
    assert_eq!(made.get("creativeWorkStatus"), None);
}

#[test]
fn without_a_recorded_publication_the_address_is_below_the_site() {
    let world = approved();
    let run = world.run("export claimreview closing");
    assert!(
        run.err.contains("1 verdict without an address"),
        "{}",
        run.err
    );
    let made = written(
        &world,
        "export claimreview closing --site https://desk.example/facts",
    );
    let url = made["url"].as_str().expect("an address");
    assert!(
        url.starts_with("https://desk.example/facts/verdicts/"),
        "{url}"
    );
    for bad in [
        "desk.example",
        "ftp://desk.example",
        "https://desk.example/?a",
    ] {
        world.no(&format!("export claimreview --site {bad}"), 2, "usage");
    }
}

#[test]
fn what_nobody_approved_and_what_was_rejected_stays_in_and_is_counted() {
    let world = World::with_verdict();
    let answer = world.yes("export claimreview");
    assert_eq!(answer["counts"]["keptBack"]["unapproved"], 1);
    assert_eq!(answer["counts"]["standing"], 0);
    let text = answer["text"].as_str().expect("a text");
    assert!(!text.contains("ClaimReview"), "{text}");
    let run = world.run("export claimreview closing");
    assert_eq!(run.code, 1, "nothing to write about the claim");
    world.yes("verdict reject closing-verdict --conflict none --note No. --as edith");
    let answer = world.yes("export claimreview");
    assert_eq!(answer["counts"]["keptBack"]["rejected"], 1);
}

#[test]
fn a_withdrawn_verdict_goes_out_as_withdrawn_and_never_as_a_rating() {
    let world = approved();
    world.yes("withdraw closing-verdict --reason 'The mayor was misquoted.' --as jonas");
    let made = written(&world, "export claimreview");
    assert_eq!(made.get("reviewRating"), None);
    let status = made["creativeWorkStatus"].as_str().expect("a status");
    assert!(status.starts_with("withdrawn"), "{status}");
    assert_eq!(made["correction"]["text"], "The mayor was misquoted.");
    assert_eq!(ours(&made, "standing"), Some("withdrawn"));
    assert_eq!(ours(&made, "formerLabel"), Some("True"));
    let feed = written(&world, "export datafeed");
    assert_eq!(feed["@type"], "DataFeed");
    let item = &feed["dataFeedElement"][0];
    assert!(item["dateDeleted"].is_string(), "{item}");
    assert_eq!(item["item"]["@type"], "ClaimReview");
}

#[test]
fn a_verdict_that_rests_on_what_fell_is_no_plain_rating() {
    let world = approved();
    world.yes("withdraw said --reason 'The words are of somebody else.' --as jonas");
    let made = written(&world, "export claimreview");
    assert_eq!(made.get("reviewRating"), None);
    assert_eq!(ours(&made, "standing"), Some("restsOnFallen"));
}

#[test]
fn a_corrected_verdict_says_what_was_wrong_and_the_earlier_one_is_not_written_again() {
    let world = approved();
    world.yes(
        "verdict issue closing --rating Unproven --why 'It stays open.' --conflict none --supersedes closing-verdict \
         --correction ratingChange --was-wrong 'We took a plan for a decision.' --label second --as jonas",
    );
    let waiting = written(&world, "export claimreview");
    assert_eq!(waiting["reviewRating"]["alternateName"], "True");
    assert_eq!(ours(&waiting, "standing"), Some("correctionPending"));
    world.yes("verdict approve second --conflict none --as edith");
    let answer = world.yes("export claimreview");
    assert_eq!(answer["counts"]["standing"], 1);
    assert_eq!(answer["counts"]["keptBack"]["corrected"], 1);
    let made = written(&world, "export claimreview closing");
    assert_eq!(made["reviewRating"]["alternateName"], "Unproven");
    let correction = &made["correction"];
    assert_eq!(correction["text"], "We took a plan for a decision.");
    assert_eq!(correction["name"], "ratingChange");
    assert_eq!(
        correction["identifier"]["value"],
        world.yes("show closing-verdict")["id"]
    );
}

#[test]
fn importing_ones_own_export_adds_nothing() {
    let world = approved();
    world.yes("export claimreview --site https://desk.example --out own.json");
    world.yes("export datafeed --site https://desk.example --out feed.json");
    let before = world.size();
    let answer = world.yes("import claimreview own.json feed.json --as jonas");
    assert_eq!(answer["counts"]["already"], 2, "{answer}");
    assert_eq!(world.size(), before);
    // Also when it was withdrawn since.
    world.yes("withdraw closing-verdict --reason Misread. --as jonas");
    world.yes("export claimreview --out withdrawn.json");
    let before = world.size();
    let answer = world.yes("import claimreview withdrawn.json --as jonas");
    assert_eq!(answer["counts"]["already"], 1, "{answer}");
    assert_eq!(world.size(), before);
    // Our ids on other words are nobody's verdict of ours.
    let forged = world.read("own.json").replace("in April", "in May");
    world.file("forged.json", &forged);
    let answer = world.yes("import claimreview forged.json --as jonas");
    assert_eq!(answer["counts"]["recorded"], 1, "{answer}");
}

#[test]
fn in_another_ledger_it_is_a_recorded_review_unless_it_was_withdrawn() {
    let world = approved();
    world.yes("export claimreview --site https://desk.example --out standing.json");
    world.yes("withdraw closing-verdict --reason Misread. --as jonas");
    world.yes("export claimreview --site https://desk.example --out withdrawn.json");
    let other = World::newsroom_of("other.example/facts");
    other.file("standing.json", &world.read("standing.json"));
    other.file("withdrawn.json", &world.read("withdrawn.json"));
    let run = other.run("import claimreview withdrawn.json --as jonas --json");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("\"refused\": 1"), "{}", run.out);
    other.yes("import claimreview standing.json --as jonas");
    let row = &other.yes("review list")["found"][0];
    assert_eq!(row["label"], "True");
    assert_eq!(row["claimText"], "The bridge closes in April.");
    other.clean("");
}

/// Markup with everything that importers stumble over.
fn pitfalls() -> String {
    let first = r##"{
 "@context": "http://schema.org", "@graph": [
  {"@id": "#org", "@type": "NewsMediaOrganization", "name": "Orla Check", "logo": {"@type": "ImageObject", "width": 60.0}},
  {"@type": ["ClaimReview", "Article"], "url": "https://orla.example/1#a", "claimReviewed": "The ferry is <b>free</b>. </script>",
   "author": {"@id": "#org"}, "datePublished": "2020-10-07 20:05", "inLanguage": "en", "sdLicense": "https://licence.example/",
   "reviewRating": {"@type": "Rating", "ratingValue": 1.0, "bestRating": 5e0, "worstRating": "1", "alternateName": ["Mostly\u00a0false", "Misleading"],
     "image": null, "ratingExplanation": "1 of 5"},
   "itemReviewed": {"@type": "CreativeWork", "author": {"name": "Iva Holm"}, "url": ["https://x.example/1", "junk"], "position": -0},
   "extra": {"n": 1E400, "deep": [[], {}, [true, false, null]], "text": "\u202eقال\u2066 \"quoted\" \\ \n"}},
  {"@type": "ClaimReview", "url": "https://orla.example/1#b", "claimReviewed": "The pier sank.", "author": "Orla Check",
   "identifier": "their-own-id", "reviewRating": {"alternateName": "False", "ratingValue": "5", "bestRating": "1", "worstRating": "5"}}
 ]}"##;
    first.to_owned()
}

#[test]
fn recorded_reviews_go_out_with_every_field_as_it_was_spelled() {
    let world = newsroom();
    world.file("feed.json", &pitfalls());
    world.yes("import claimreview feed.json --as nadia");
    let run = world.run("export claimreview --reviews");
    assert_eq!(run.code, 0, "{}", run.err);
    for spelled in ["1.0", "5e0", "60.0", "-0", "1E400", "\"1\"", "their-own-id"] {
        assert!(run.out.contains(spelled), "{spelled}: {}", run.out);
    }
    assert!(!run.out.contains('<'), "{}", run.out);
    let out = VerbatimJson::parse(run.out.trim_end()).expect("JSON");
    let graph = out.get("@graph").expect("a graph").items();
    let given = VerbatimJson::parse(&pitfalls()).expect("JSON");
    let given = &given.get("@graph").expect("a graph").items()[1..];
    assert_eq!(graph.len(), given.len());
    for (out, given) in graph.iter().zip(given) {
        let VerbatimJson::Object(members) = given else {
            panic!("an object");
        };
        for (name, value) in members {
            let kept = out.get(name).expect("the field");
            match &**name {
                // A node that is named elsewhere in the file comes along.
                "author" if value.spelled().is_none() => {
                    assert_eq!(
                        kept.get("name").and_then(VerbatimJson::spelled),
                        Some("Orla Check")
                    );
                }
                "identifier" => assert_eq!(&kept.items()[0], value),
                _ => assert_eq!(kept, value, "{name}"),
            }
        }
    }
    // And coming in again it is known.
    world.file("again.json", &run.out);
    let before = world.size();
    let answer = world.yes("import claimreview again.json --as nadia");
    assert_eq!(answer["counts"]["already"], 2, "{answer}");
    assert_eq!(world.size(), before);
}

#[test]
fn without_its_markup_a_recorded_review_has_the_fields_of_its_record() {
    let world = newsroom();
    world.file(
        "reviews.csv",
        "author,url,claim,label,value,best,worst,published\nOrla Check,https://orla.example/3,It sank.,False,1.0,5e0,01,2 May 2024\n",
    );
    world.yes("import csv reviews.csv --as nadia");
    let made = written(&world, "export claimreview --reviews");
    assert_eq!(made["reviewRating"]["ratingValue"], "1.0");
    assert_eq!(made["reviewRating"]["bestRating"], "5e0");
    assert_eq!(made["reviewRating"]["worstRating"], "01");
    assert_eq!(made["datePublished"], "2 May 2024");
    assert_eq!(ours(&made, "rawAt"), Some("row 2"));
}

#[test]
fn a_withheld_file_and_a_withdrawn_record_do_not_go_out() {
    let world = newsroom();
    let one = review("https://orla.example/1", "The ferry is free.", "False");
    let mut two = review("https://orla.example/2", "The pier sank.", "True");
    two["secret"] = json!("a telephone number");
    world.file("feed.json", &json!([one, two]).to_string());
    world.yes("import claimreview feed.json --as nadia");
    assert!(
        world
            .run("export claimreview --reviews")
            .out
            .contains("telephone")
    );
    let listed = world.yes("review list");
    let first = listed["found"][0]["index"].to_string();
    world.yes(&format!("withdraw {first} --reason Misread. --as jonas"));
    let answer = world.yes("export claimreview --reviews");
    assert_eq!(answer["counts"]["reviews"], 1);
    assert_eq!(answer["counts"]["reviewCounts"]["notLive"], 1);
    world.yes("source add feed.json --title Feed --publisher Orla --label raw --as jonas");
    world.yes("snapshot withhold raw --everywhere --reason 'It names a person.' --as mara");
    let answer = world.yes("export claimreview --reviews");
    assert_eq!(answer["counts"]["reviewCounts"]["withoutMarkup"], 1);
    assert!(
        !answer["text"]
            .as_str()
            .expect("a text")
            .contains("telephone")
    );
}

#[test]
fn a_file_is_written_once_and_a_folder_with_the_name_of_a_format_with_a_path() {
    let world = approved();
    world.yes("export claimreview --out out.json");
    world.no("export claimreview --out out.json", 4, "file-exists");
    world.yes("export claimreview --out out.json --force");
    world.no(
        "export claimreview --out ledger/out.json",
        4,
        "file-protected",
    );
    world.yes("export ./claimreview --yes");
    assert!(world.path("claimreview/checkpoint").is_file());
    world.yes("export public --yes");
    world.no("export public2 claimreview", 2, "usage");
    assert!(!world.path("public2").exists());
    let run = world.run("export --yes");
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("<TARGET>"), "{}", run.err);
}

/// An old copy would say that a verdict stands which was withdrawn since.
#[test]
fn a_copy_older_than_the_one_this_machine_has_seen_exports_no_verdicts() {
    let world = approved();
    world.copy("ledger", "before");
    world.yes("withdraw closing-verdict --reason Misread. --as jonas");
    std::fs::rename(world.path("ledger"), world.path("newer")).expect("a folder moved");
    world.copy("before", "ledger");
    let run = world.run("export claimreview");
    assert_ne!(run.code, 0, "{}", run.out);
    assert!(run.out.is_empty(), "{}", run.out);
}

/// Old encodings, microdata, and a file with a byte order mark in UTF-16.
#[test]
fn the_markup_of_pages_and_of_files_in_other_encodings_goes_out_as_it_was() {
    let world = newsroom();
    let page = b"<!doctype html><meta charset=windows-1252><title>x</title>\
        <script type='application/ld+json'>{\"@type\":\"WebSite\"}</script>\
        <script type='application/ld+json'><!-- {\"@type\":\"ClaimReview\",\"url\":\"https://orla.example/1\",\
        \"claimReviewed\":\"The fa\xe7ade fell.\",\"author\":{\"name\":\"Orla Check\"},\"kept\":[1.50,-0],\
        \"reviewRating\":{\"ratingValue\":1.0,\"alternateName\":\"False\"}} --></script>\
        <div itemscope itemtype='https://schema.org/ClaimReview'><meta itemprop=url content='https://orla.example/2'>\
        <meta itemprop=claimReviewed content='The pier sank.'><meta itemprop=headline content='Kept too'>\
        <div itemprop=author itemscope itemtype='https://schema.org/Organization'><meta itemprop=name content='Orla Check'></div>\
        <div itemprop=reviewRating itemscope itemtype='https://schema.org/Rating'><meta itemprop=alternateName content='True'></div></div>";
    std::fs::write(world.path("page.html"), page).expect("a page");
    let third = review("https://orla.example/3", "Zażółć gęślą jaźń.", "False");
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(third.to_string().encode_utf16().flat_map(u16::to_le_bytes));
    std::fs::write(world.path("third.json"), utf16).expect("a file");
    world.yes("import claimreview page.html third.json --as nadia");
    let answer = world.yes("export claimreview --reviews");
    assert_eq!(answer["counts"]["reviews"], 3, "{answer}");
    assert_eq!(answer["counts"]["reviewCounts"]["withoutMarkup"], 0);
    let text = answer["text"].as_str().expect("a text");
    for kept in [
        "The façade fell.",
        "1.50",
        "-0",
        "1.0",
        "Kept too",
        "Zażółć gęślą jaźń.",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}
