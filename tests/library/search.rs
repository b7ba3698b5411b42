//! Search over plain documents in several languages and scripts.

use claimledger::index::search::{Hit, Search, SearchDocument};
use claimledger_core::crypto::sha256;

fn document(kind: &'static str, text: &str) -> SearchDocument {
    SearchDocument {
        id: format!("{}", sha256(&[text.as_bytes()])).parse().unwrap(),
        kind,
        text: text.to_owned(),
    }
}

fn texts(search: &Search, all: &[SearchDocument], words: &str) -> Vec<usize> {
    let place = |hit: Hit| all.iter().position(|d| d.id == hit.id).unwrap();
    search.find(words, 10).into_iter().map(place).collect()
}

#[test]
fn words_of_any_script_are_found_and_ranked() {
    let all = [
        document(
            "claim",
            "The referendum on joining Russia will be held in the near future.",
        ),
        document(
            "claim",
            "Референдум о вхождении в состав России пройдёт весной.",
        ),
        document(
            "verdict",
            "Das Straßenfest wurde abgesagt, sagte der Bürgermeister.",
        ),
        document("source", "总统说公投将在明年举行。"),
        document("source", "لن يُجرى الاستفتاء هذا العام"),
        document("claim", "जनमत संग्रह अगले साल होगा"),
        document("source", "การลงประชามติจะจัดขึ้นปีหน้า"),
        document(
            "claim",
            "A referendum was held. The referendum on the bridge failed.",
        ),
        document("source", "국민투표는 내년에 실시된다"),
    ];
    let search = Search::over(all.to_vec());
    let found = |words| texts(&search, &all, words);
    // The one that says it twice comes first.
    assert_eq!(found("REFERENDUM"), [7, 0]);
    assert_eq!(found("referendum joining"), [0, 7]);
    assert_eq!(found("референдум"), [1]);
    assert_eq!(found("проидет"), [1]);
    assert_eq!(found("strassenfest"), [2]);
    assert_eq!(found("BÜRGERMEISTER"), [2]);
    assert_eq!(found("burgermeister"), [2]);
    assert_eq!(found("公投"), [3]);
    assert_eq!(found("يجرى"), [4]);
    assert_eq!(found("जनमत"), [5]);
    assert_eq!(found("ประชามติ")[0], 6);
    assert_eq!(found("국민투표는"), [8]);
    assert_eq!(found("nothing"), Vec::<usize>::new());
    assert_eq!(found(" \u{2014} !"), Vec::<usize>::new());
    assert_eq!(found(""), Vec::<usize>::new());
    assert!(Search::over(Vec::new()).find("word", 5).is_empty());
}

/// A clitic hides no word, whichever apostrophe is written and whichever of the two says it.
#[test]
fn a_word_is_found_by_its_base_and_by_its_parts() {
    let all = [
        document("source", "The mayor's office said so."),
        document("source", "The mayor\u{2019}s deputy denied it."),
        document("claim", "A mayor said so."),
        document("claim", "Il l'aurait dit au Premier-ministre O'Brien."),
        document("claim", "They're here, they said."),
        document(
            "source",
            "\u{ab}\u{202f}Fermeture\u{202f}\u{bb} dans 10\u{202f}ans\u{202f}; 20\u{202f}%.",
        ),
    ];
    let search = Search::over(all.to_vec());
    let found = |words| {
        let mut found = texts(&search, &all, words);
        found.sort_unstable();
        found
    };
    for words in [
        "mayor",
        "MAYOR",
        "mayor's",
        "mayor\u{2019}s",
        "mayor\u{2bc}s",
    ] {
        assert_eq!(found(words), [0, 1, 2], "{words}");
    }
    for words in [
        "ministre",
        "premier",
        "premier-ministre",
        "Brien",
        "O\u{2019}Brien",
        "aurait",
    ] {
        assert_eq!(found(words), [3], "{words}");
    }
    // A narrow no-break space, as French sets it, is no letter.
    for words in ["fermeture", "ans", "20"] {
        assert_eq!(found(words), [5], "{words}");
    }
    // What English hangs on to a word is no word.
    for words in ["re", "s"] {
        assert_eq!(found(words), Vec::<usize>::new(), "{words}");
    }
    let hits = search.find("mayor", 9);
    for hit in &hits {
        assert!(!hit.matched.is_empty(), "{}", hit.snippet);
    }
    // The word nearest to what was asked for comes first.
    assert_eq!(texts(&search, &all, "mayor's")[..2].iter().max(), Some(&1));
}

#[test]
fn rarer_words_weigh_more_and_ties_keep_their_order() {
    let mut all: Vec<SearchDocument> = (0..50)
        .map(|n| document("claim", &format!("The council met on day {n}")))
        .collect();
    all.push(document("claim", "The council closed the bridge"));
    let search = Search::over(all.clone());
    assert_eq!(texts(&search, &all, "council bridge")[0], 50);
    assert_eq!(texts(&search, &all, "day"), (0..10).collect::<Vec<_>>());
    assert_eq!(search.find("council", 3).len(), 3);
}

#[test]
fn a_snippet_shows_the_words_with_their_context() {
    let far = "Nothing of note was said about it. ".repeat(40);
    let text = format!("{far}Then the Mayor\nclosed the old bridge. {far}");
    let search = Search::over(vec![document("source", &text)]);
    let hits = search.find("bridge mayor", 5);
    let hit = &hits[0];
    let marked: Vec<&str> = hit
        .matched
        .iter()
        .map(|place| &hit.snippet[place.clone()])
        .collect();
    assert_eq!(marked, ["Mayor", "bridge"]);
    assert!(
        hit.snippet
            .contains("Then the Mayor closed the old bridge.")
    );
    assert!(hit.snippet.starts_with('\u{2026}') && hit.snippet.ends_with('\u{2026}'));
    assert!(hit.snippet.len() < 300);
    assert_eq!(hit.kind, "source");
    // Places hold whatever the script.
    let text = format!(
        "{}公投将在明年举行{}",
        "一二三四五六七八九十".repeat(30),
        "。无".repeat(90)
    );
    let hits = Search::over(vec![document("source", &text)]).find("公投", 1);
    let place = hits[0].matched[0].clone();
    assert_eq!(&hits[0].snippet[place], "公");
}
