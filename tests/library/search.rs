//! Search over plain documents in several languages and scripts.

use claimledger::fulltext::{
    Building, Filters, Followed, FullTextDocument, Layer, LookedFor, Part, Question, SCHEMA,
    WantedWords, find, passage,
};
use claimledger::text::stems::Stemming;
use claimledger_core::crypto::Digest;
use claimledger_core::model::StatementType;
use claimledger_core::{EntryIndex, TreeSize};
use std::ops::Range;

/// Documents in an index in memory, each under its place.
struct Search {
    layer: Layer,
    texts: Vec<String>,
}

struct Found {
    place: usize,
    snippet: String,
    matched: Vec<Range<usize>>,
}

impl Search {
    fn over(texts: &[&str]) -> Self {
        let mut building = Building::in_memory().unwrap();
        for (place, text) in texts.iter().enumerate() {
            building.add(&document(place as u64, text)).unwrap();
        }
        let followed = Followed {
            schema: SCHEMA,
            size: TreeSize::new(texts.len() as u64),
            root: Digest::ZERO,
            withheld: Vec::new(),
        };
        building.commit(&followed).unwrap();
        Self {
            layer: building.finish().unwrap(),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    fn find(&self, words: &str, most: usize) -> Vec<Found> {
        let wanted = WantedWords::new(words, Stemming::Any);
        let question = Question {
            looked_for: LookedFor::Words(wanted.clone()),
            filters: Filters::default(),
        };
        let hits = find(&[&self.layer], &question, most).unwrap().into_iter();
        hits.map(|hit| {
            let place = usize::try_from(hit.entry.get()).unwrap();
            let text = &self.texts[place];
            let (snippet, matched) = passage(text, &wanted, Stemming::of(None, text)).unwrap();
            Found {
                place,
                snippet,
                matched,
            }
        })
        .collect()
    }

    fn places(&self, words: &str) -> Vec<usize> {
        self.find(words, 10).iter().map(|hit| hit.place).collect()
    }
}

fn document(place: u64, text: &str) -> FullTextDocument {
    FullTextDocument {
        entry: EntryIndex::new(place),
        by: EntryIndex::new(place),
        statement_type: StatementType::ClaimAdd,
        part: Part::Own,
        digests: Vec::new(),
        words: text.to_owned(),
        language: None,
        claim: None,
        organisation: None,
        topics: Vec::new(),
        addresses: Vec::new(),
    }
}

#[test]
fn words_of_any_script_are_found_and_ranked() {
    let all = [
        "The referendum on joining Russia will be held in the near future.",
        "Референдум о вхождении в состав России пройдёт весной.",
        "Das Straßenfest wurde abgesagt, sagte der Bürgermeister.",
        "总统说公投将在明年举行。",
        "لن يُجرى الاستفتاء هذا العام",
        "जनमत संग्रह अगले साल होगा",
        "การลงประชามติจะจัดขึ้นปีหน้า",
        "A referendum was held. The referendum on the bridge failed.",
        "국민투표는 내년에 실시된다",
    ];
    let search = Search::over(&all);
    let found = |words| search.places(words);
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
    assert!(Search::over(&[]).find("word", 5).is_empty());
}

/// A clitic hides no word, whichever apostrophe is written and whichever of the two says it.
#[test]
fn a_word_is_found_by_its_base_and_by_its_parts() {
    let all = [
        "The mayor's office said so.",
        "The mayor\u{2019}s deputy denied it.",
        "A mayor said so.",
        "Il l'aurait dit au Premier-ministre O'Brien.",
        "They're here, they said.",
        "\u{ab}\u{202f}Fermeture\u{202f}\u{bb} dans 10\u{202f}ans\u{202f}; 20\u{202f}%.",
    ];
    let search = Search::over(&all);
    let found = |words| {
        let mut found = search.places(words);
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
    assert_eq!(search.places("mayor's")[..2].iter().max(), Some(&1));
}

#[test]
fn rarer_words_weigh_more_and_ties_keep_their_order() {
    let mut all: Vec<String> = (0..50)
        .map(|n| format!("The council met on day {n}"))
        .collect();
    all.push("The council closed the bridge".to_owned());
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let search = Search::over(&all);
    assert_eq!(search.places("council bridge")[0], 50);
    assert_eq!(search.places("day"), (0..10).collect::<Vec<_>>());
    assert_eq!(search.find("council", 3).len(), 3);
}

#[test]
fn a_snippet_shows_the_words_with_their_context() {
    let far = "Nothing of note was said about it. ".repeat(40);
    let text = format!("{far}Then the Mayor\nclosed the old bridge. {far}");
    let search = Search::over(&[&text]);
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
    // Places hold whatever the script.
    let text = format!(
        "{}公投将在明年举行{}",
        "一二三四五六七八九十".repeat(30),
        "。无".repeat(90)
    );
    let hits = Search::over(&[&text]).find("公投", 1);
    let place = hits[0].matched[0].clone();
    assert_eq!(&hits[0].snippet[place], "公");
}

#[test]
fn spellings_of_one_word_find_each_other() {
    for (one, other) in [
        ("٢٠٢٦", "2026"),
        ("۱۴۰۵", "1405"),
        ("५०", "50"),
        ("๒๕", "25"),
        ("یک", "يك"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("फ़िल्म", "फिल्म"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("œuvre", "oeuvre"),
        ("Encyclopædia", "encyclopaedia"),
        ("Đoković", "dokovic"),
        ("ırmak", "IRMAK"),
        ("Müller", "Mueller"),
        ("Covid-19", "covid19"),
        ("e-mail", "email"),
        ("الكهرباء", "كهرباء"),
        ("والكهرباء", "بالكهرباء"),
        ("السودان", "للسودان"),
        ("فلبنان", "لبنان"),
    ] {
        let search = Search::over(&[one, "Nothing of note", other]);
        for words in [one, other] {
            let mut found = search.places(words);
            found.sort_unstable();
            assert_eq!(found, [0, 2], "{words}, {one} and {other}");
        }
    }
    // What is not one word stays two.
    for (one, other) in [("বড়", "বড"), ("が", "か"), ("2026", "2027"), ("bat", "hat")]
    {
        let search = Search::over(&[one, other]);
        assert_eq!(search.places(one), [0], "{one} and {other}");
    }
}

#[test]
fn other_endings_of_a_word_are_found_and_the_very_word_comes_first() {
    let search = Search::over(&[
        "The bridges of the old town will be closed in winter.",
        "The bridge of the old town will be closed in winter.",
        "Наводнением затопило десятки домов в области.",
        "Los hospitales de la ciudad fueron cerrados por el gobierno.",
    ]);
    assert_eq!(search.places("bridge"), [1, 0]);
    assert_eq!(search.places("bridges"), [0, 1]);
    assert_eq!(search.places("наводнение"), [2]);
    assert_eq!(search.places("hospital"), [3]);
}
