//! What goes out in a format and comes in again is the same, value for value and number for number.

use claimledger::formats::claimreview::{OriginalDocument, own, own_node, value};
use claimledger::formats::json::VerbatimJson;
use claimledger::formats::json_text::{line, pretty};
use claimledger::formats::own_review::{
    OwnAuthor, OwnCapture, OwnClaim, OwnCorrection, OwnRating, OwnReview, OwnSource, OwnStanding,
};
use claimledger::formats::schema_org::own_property::OwnProperty;
use claimledger::formats::schema_org::vocabulary::{EMITTED, document};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::Duration;

const TIME: Duration = Duration::from_secs(5);

/// Words of any script, with everything that markup, scripts and JSON give a meaning.
fn words() -> BoxedStrategy<String> {
    prop_oneof![
        any::<String>(),
        Just("</script><script>alert(1)</script>".to_owned()),
        Just("\u{202e}\u{2066}قال \"\\ \u{0} \u{7f}\r\n\t".to_owned()),
        Just("5e0".to_owned()),
        Just(String::new()),
    ]
    .boxed()
}

fn correction() -> BoxedStrategy<OwnCorrection> {
    (words(), words(), words(), of(words()))
        .prop_map(|(kind, of, on, text)| OwnCorrection { kind, of, on, text })
        .boxed()
}

fn source() -> BoxedStrategy<OwnSource> {
    let capture =
        (words(), words(), words(), words()).prop_map(|(sha256, media_type, bytes, captured)| {
            OwnCapture {
                sha256,
                media_type,
                bytes,
                captured,
            }
        });
    (
        (words(), words(), of(words()), of(words())),
        vec(words(), 0..3),
        (of(words()), of(words()), of(words())),
        vec(words(), 0..3),
        vec(capture, 0..3),
    )
        .prop_map(
            |(
                (id, kind, title, publisher),
                authors,
                (published, language, url),
                archived_at,
                captures,
            )| {
                OwnSource {
                    id,
                    kind,
                    title,
                    publisher,
                    authors,
                    published,
                    language,
                    url,
                    archived_at,
                    captures,
                }
            },
        )
        .boxed()
}

fn claim() -> BoxedStrategy<OwnClaim> {
    (
        (words(), words(), vec((words(), of(words())), 0..3)),
        (of(words()), of(words()), of(words())),
        (words(), words(), of((words(), words()))),
        vec(words(), 0..3),
        vec(source(), 0..2),
        vec(correction(), 0..2),
    )
        .prop_map(
            |(
                (id, text, claimants),
                (unnamed, made, due),
                (about, wording, original),
                topics,
                appeared_in,
                corrections,
            )| OwnClaim {
                id,
                text,
                claimants,
                unnamed,
                made,
                due,
                about,
                wording,
                original,
                topics,
                appeared_in,
                corrections,
            },
        )
        .boxed()
}

fn review() -> BoxedStrategy<OwnReview> {
    let author = (words(), words(), of(words()), of(words())).prop_map(
        |(short, name, url, corrections_policy)| OwnAuthor {
            short,
            name,
            url,
            corrections_policy,
        },
    );
    let author = author.boxed();
    let numbers = of([any::<u64>(), any::<u64>(), any::<u64>()]);
    let rating = (words(), words(), of(words()), words(), numbers).prop_map(
        |(label, code, meaning, scale, numbers)| OwnRating {
            label,
            code,
            meaning,
            scale,
            numbers,
        },
    );
    let rating = rating.boxed();
    let standing =
        (words(), words(), any::<bool>(), of(words())).prop_map(|(word, words, stands, reason)| {
            OwnStanding {
                word,
                words,
                stands,
                reason,
            }
        });
    let standing = standing.boxed();
    (
        (words(), words(), words(), of(words()), of(words())),
        (author, claim(), rating, standing),
        (words(), of(words()), words(), of(words())),
        (of(words()), of(words()), words(), vec(words(), 0..3)),
        vec(correction(), 0..3),
        vec(source(), 0..3),
    )
        .prop_map(
            |(
                (id, entry, ledger, proof, url),
                (author, claim, rating, standing),
                (signed, published, changed, language),
                (reasons, limits, signed_by, approved_by),
                corrections,
                sources,
            )| OwnReview {
                id,
                entry,
                ledger,
                proof,
                url,
                author,
                claim,
                rating,
                standing,
                signed,
                published,
                changed,
                language,
                reasons,
                limits,
                signed_by,
                approved_by,
                corrections,
                sources,
            },
        )
        .boxed()
}

/// JSON as anybody may spell it.
fn json() -> BoxedStrategy<VerbatimJson> {
    let number = "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?";
    let leaf = prop_oneof![
        Just(VerbatimJson::Null),
        any::<bool>().prop_map(VerbatimJson::Bool),
        number.prop_map(VerbatimJson::Number),
        words().prop_map(VerbatimJson::Text),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(VerbatimJson::List),
            vec((words(), inner), 0..4).prop_map(VerbatimJson::Object),
        ]
    })
    .boxed()
}

/// Every type with its properties that is in a document.
fn used<'j>(json: &'j VerbatimJson, found: &mut BTreeSet<(&'j str, &'j str)>) {
    match json {
        VerbatimJson::List(items) => items.iter().for_each(|item| used(item, found)),
        VerbatimJson::Object(members) => {
            let kind = json.get("@type").and_then(VerbatimJson::spelled);
            for (name, value) in members {
                found.extend(kind.map(|kind| (kind, &**name)));
                used(value, found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_field_of_ours_comes_back_from_markup(given in review()) {
        let text = pretty(&document(own_node(&given)));
        prop_assert!(!text.contains('<'), "{}", text);
        let read = VerbatimJson::parse(text.trim_end()).expect("JSON");
        let back = own(&read);
        prop_assert_eq!(back.as_ref(), Some(&given));
        // The import reads the same, also out of a page.
        let page = format!("<script type=\"application/ld+json\">{text}</script>");
        let (found, unread) = claimledger::formats::claimreview::page(&page, TIME).expect("a page");
        prop_assert!(unread.is_empty());
        prop_assert_eq!(found[0].own.as_deref(), Some(&given));
    }

    #[test]
    fn nothing_is_written_that_is_not_in_the_table(given in review()) {
        let written = document(own_node(&given));
        let mut found = BTreeSet::new();
        used(&written, &mut found);
        for (kind, property) in found {
            let known = EMITTED.iter().find(|(name, _)| *name == kind);
            let known = known.is_some_and(|(_, properties)| properties.contains(&property));
            prop_assert!(known || property.starts_with('@'), "{} {}", kind, property);
        }
    }

    #[test]
    fn json_keeps_every_value_as_it_is_spelled(given in json()) {
        for text in [pretty(&given), line(&given)] {
            prop_assert_eq!(&VerbatimJson::parse(text.trim_end()).expect("JSON"), &given);
        }
    }

    /// Whatever a review has besides what the import reads.
    #[test]
    fn the_markup_of_a_review_is_found_again_with_every_field(
        fields in vec(("[a-zA-Z]{1,8}", json()), 0..5),
        before in 0_usize..3,
        in_page in any::<bool>(),
    ) {
        let mut members = vec![
            ("@type".to_owned(), VerbatimJson::Text("ClaimReview".to_owned())),
            ("claimReviewed".to_owned(), VerbatimJson::Text("It sails.".to_owned())),
        ];
        let mut names = BTreeSet::from(["@type".to_owned(), "claimReviewed".to_owned(), "properties".to_owned()]);
        for (name, value) in fields {
            if names.insert(name.clone()) {
                members.push((name, value));
            }
        }
        let given = VerbatimJson::Object(members);
        let mut list: Vec<VerbatimJson> = vec![VerbatimJson::Null; before];
        list.push(given.clone());
        let text = line(&VerbatimJson::Object(vec![("@graph".to_owned(), VerbatimJson::List(list))]));
        let (text, place) = if in_page {
            (format!("<p>x<script type='application/ld+json'>{text}</script>"), "script 1")
        } else {
            (text, "")
        };
        let at = format!("{place} /@graph/{before}");
        let found = OriginalDocument::read(&text, in_page, TIME).places().find(&at);
        prop_assert_eq!(found, Some(given));
    }
}

#[test]
fn what_no_longer_stands_has_no_rating_that_other_software_reads() {
    let mut review = OwnReview::default();
    review.claim.text = "It sails.".to_owned();
    review.rating.label = "True".to_owned();
    review.rating.numbers = Some([5, 5, 1]);
    review.author.name = "Orla Check".to_owned();
    review.url = Some("https://orla.example/1".to_owned());
    review.standing.word = "withdrawn".to_owned();
    let read = value(&document(own_node(&review)), "", "").remove(0);
    assert_eq!((read.label, read.value), (None, None));
    let codes: Vec<&str> = read.troubles.iter().map(|t| t.code.as_str()).collect();
    assert!(codes.contains(&"no-longer-stands"), "{codes:?}");
    review.standing.stands = true;
    let read = value(&document(own_node(&review)), "", "").remove(0);
    assert_eq!(read.label.as_deref(), Some("True"));
    let numbers = [read.value, read.best, read.worst].map(Option::unwrap);
    assert_eq!(numbers, ["5", "5", "1"]);
    assert_eq!(read.troubles, []);
}

/// The names of ours and the table of schema.org are in the document that says what markup carries.
#[test]
fn the_document_on_exchange_lists_every_name() {
    let page = include_str!("../../docs/exchange.md");
    for name in OwnProperty::ALL {
        let name = name.as_str();
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
    for (kind, properties) in EMITTED {
        let row = page
            .lines()
            .find(|line| line.starts_with(&format!("| `{kind}` |")));
        let row = row.unwrap_or_else(|| panic!("no row for {kind}"));
        for property in *properties {
            assert!(row.contains(&format!("`{property}`")), "{kind} {property}");
        }
    }
}
