//! Suggestions: phrases of each language, bylines, overlaps, and what is not suggested.

use super::*;
use crate::model::StatementId;
use crate::model::relation::SourceRelation;

fn id(n: u8) -> StatementId {
    StatementId::from_bytes([n; 32])
}

fn text(n: u8, publisher: &'static str, text: &'static str) -> SourceText<'static> {
    SourceText {
        source: id(n),
        publisher,
        text,
    }
}

/// Relation and name of each suggestion, for a text alone; each quotation stands where it says.
fn found(words: &str) -> Vec<(SourceRelation, String)> {
    let of = SourceText {
        source: id(1),
        publisher: "Example",
        text: words,
    };
    let suggested = suggest(&of, &[]);
    for s in &suggested.suggestions {
        let letters: Vec<char> = words.chars().collect();
        let there: String = letters[s.quotation.start..s.quotation.end].iter().collect();
        assert_eq!(there, s.quotation.exact);
        assert!(there.contains(s.named.as_deref().expect("a phrase names somebody")));
    }
    suggested
        .suggestions
        .into_iter()
        .map(|s| (s.relation, s.named.unwrap_or_default()))
        .collect()
}

#[test]
fn phrases_of_each_language() {
    use SourceRelation::{HadPrimarySource, WasDerivedFrom, WasQuotedFrom};
    for (words, relation, name) in [
        (
            "said Tibilov (quoted by “Interfax”).",
            WasQuotedFrom,
            "Interfax",
        ),
        (
            "It is closed, according to the Ministry of Transport.",
            WasDerivedFrom,
            "Ministry of Transport",
        ),
        (
            "It is so, Dmitry Peskov told reporters on Monday.",
            HadPrimarySource,
            "Dmitry Peskov",
        ),
        (
            "Der Hafen ist zu, laut der Hafenbehörde Hamburg.",
            WasDerivedFrom,
            "Hafenbehörde Hamburg",
        ),
        (
            "… unter Berufung auf die Nachrichtenagentur Interfax, hieß es.",
            WasDerivedFrom,
            "Nachrichtenagentur Interfax",
        ),
        (
            "Le port ferme, d’après l’Agence du Port.",
            WasDerivedFrom,
            "Agence du Port",
        ),
        (
            "Jean Dupont a déclaré à la presse que non.",
            HadPrimarySource,
            "Jean Dupont",
        ),
        (
            "El puerto cierra, según el Ministerio de Fomento.",
            WasDerivedFrom,
            "Ministerio de Fomento",
        ),
        (
            "O porto fecha, de acordo com a Câmara de Lisboa.",
            WasDerivedFrom,
            "Câmara de Lisboa",
        ),
        (
            "Порт закрыт, сообщает РИА Новости.",
            WasDerivedFrom,
            "РИА Новости",
        ),
        (
            "Порт закрыт, со ссылкой на «Интерфакс».",
            WasDerivedFrom,
            "Интерфакс",
        ),
        (
            "Дмитрий Песков сообщил журналистам, что нет.",
            HadPrimarySource,
            "Дмитрий Песков",
        ),
        ("By our staff with AFP", WasDerivedFrom, "AFP"),
        ("Von unserer Redaktion mit dpa", WasDerivedFrom, "dpa"),
        ("V. Ivanov told journalists", HadPrimarySource, "Ivanov"),
        (
            "according to V. V. Ivanov, nothing",
            WasDerivedFrom,
            "V. V. Ivanov",
        ),
    ] {
        assert_eq!(found(words), [(relation, name.to_owned())], "{words}");
    }
}

#[test]
fn a_byline_near_the_beginning_suggests_a_wire_copy_and_later_a_quotation() {
    use SourceRelation::{WasQuotedFrom, WireCopyOf};
    let head = "PORT A, March 3 (Reuters) - The harbour was closed.";
    assert_eq!(found(head), [(WireCopyOf, "Reuters".to_owned())]);
    let below = format!("{} (AFP)", "Nothing happened here. ".repeat(30));
    assert_eq!(found(&below), [(WasQuotedFrom, "AFP".to_owned())]);
}

#[test]
fn words_that_are_not_names_give_no_suggestion() {
    for words in [
        "According to him, the amendment will have to wait.",
        "She went with Anna to the port.",
        "It is (perhaps) so.",
        "He told reporters that it is so.",
        "according to reports. Peskov said nothing",
        "laut und deutlich",
    ] {
        assert_eq!(found(words), [], "{words}");
    }
}

#[test]
fn a_publisher_or_agency_that_reports_is_found_wherever_its_name_stands() {
    use SourceRelation::{WasDerivedFrom, WasQuotedFrom};
    let others = [
        text(2, "Velden Courier", ""),
        text(3, "Nordwire", ""),
        text(4, "نوردواير", ""),
    ];
    for (words, relation, to, quoted) in [
        (
            "The bridge is closed, the Velden Courier reported.",
            WasDerivedFrom,
            2,
            "Velden Courier reported.",
        ),
        (
            "The bridge is closed, reports the Velden Courier.",
            WasDerivedFrom,
            2,
            "reports the Velden Courier.",
        ),
        (
            "Wie Nordwire berichtet, ist die Brücke zu.",
            WasDerivedFrom,
            3,
            "Wie Nordwire berichtet",
        ),
        (
            "Wie der „Velden Courier“ schrieb, ist die Brücke zu.",
            WasDerivedFrom,
            2,
            "Wie der „Velden Courier“ schrieb",
        ),
        (
            "Die Brücke ist zu, meldete Nordwire.",
            WasDerivedFrom,
            3,
            "meldete Nordwire.",
        ),
        (
            "Le pont est fermé, rapporte Nordwire.",
            WasDerivedFrom,
            3,
            "rapporte Nordwire.",
        ),
        (
            "El puente está cerrado, informó Nordwire.",
            WasDerivedFrom,
            3,
            "informó Nordwire.",
        ),
        (
            "A ponte fechou, noticiou o Velden Courier.",
            WasDerivedFrom,
            2,
            "noticiou o Velden Courier.",
        ),
        (
            "Мост закрыт. Nordwire сообщает о ремонте.",
            WasDerivedFrom,
            3,
            "Nordwire сообщает",
        ),
        (
            "وكالة نوردواير: الجسر مغلق",
            WasDerivedFrom,
            4,
            "وكالة نوردواير",
        ),
        (
            "الجسر مغلق، نقلا عن نوردواير",
            WasQuotedFrom,
            4,
            "نقلا عن نوردواير",
        ),
    ] {
        let of = text(1, "Example", words);
        let found = suggest(&of, &others).suggestions;
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.relation, one.to, one.quotation.exact.as_str()))
            .collect();
        assert_eq!(found, [(relation, Some(id(to)), quoted)], "{words}");
    }
    // An agency is named even if this ledger has no source of it.
    assert_eq!(
        found("وكالة سهيل برس: الجسر مغلق"),
        [(WasDerivedFrom, "سهيل برس".to_owned())]
    );
    assert_eq!(
        found("Wie die Bregenzer Post berichtet, ist es so."),
        [(WasDerivedFrom, "Bregenzer Post".to_owned())]
    );
    for words in [
        "Peskov reported that it is so.",
        "Wie Anna lacht, so lacht keine.",
        "بحسب ما قال",
    ] {
        assert_eq!(found(words), [], "{words}");
    }
}

#[test]
fn the_words_of_a_suggestion_keep_their_closing_signs() {
    for (words, quoted) in [
        (
            "said Tibilov (quoted by “Interfax”).",
            "quoted by “Interfax”",
        ),
        ("It is so, citing «Интерфакс».", "citing «Интерфакс»."),
        ("It is so, according to Reuters.", "according to Reuters."),
        (
            "It is so, according to Reuters.com today",
            "according to Reuters",
        ),
    ] {
        let of = SourceText {
            source: id(1),
            publisher: "Example",
            text: words,
        };
        let found = suggest(&of, &[]).suggestions;
        assert_eq!(found[0].quotation.exact, quoted, "{words}");
    }
}

#[test]
fn a_name_is_matched_with_the_publisher_of_another_text() {
    let article = text(
        1,
        "Courier",
        "The harbour is closed, according to the Port Authority of A.",
    );
    let others = [
        text(2, "Port Authority", ""),
        text(3, "Agency B", ""),
        article,
    ];
    let to: Vec<_> = suggest(&article, &others)
        .suggestions
        .iter()
        .map(|s| s.to)
        .collect();
    assert_eq!(to, [Some(id(2))]);
}

#[test]
fn with_names_a_publisher_by_its_whole_name_only() {
    let article = text(
        1,
        "Courier",
        "The treaty with Russia was signed. By our staff with Port Authority.",
    );
    let others = [
        text(2, "Russia and others", ""),
        text(3, "Port Authority", ""),
    ];
    let to: Vec<_> = suggest(&article, &others)
        .suggestions
        .iter()
        .map(|s| s.to)
        .collect();
    assert_eq!(to, [Some(id(3))]);
}

const WIRE: &str = "Ministers agreed on Monday to close the old harbour and to move all ferries to the new terminal by the end of \
                    the year, officials said.";

#[test]
fn a_shared_sequence_is_measured_and_quoted() {
    let copy = text(
        1,
        "Courier",
        "Big news today. Ministers agreed on Monday to close the old harbour and to move all ferries to \
         the new terminal by the end of the year, but nobody asked us.",
    );
    let suggested = suggest(&copy, &[text(2, "Agency", WIRE)]);
    let [one] = &suggested.suggestions[..] else {
        panic!("{suggested:?}")
    };
    let Cue::Overlap {
        permille,
        there,
        words,
        ..
    } = &one.basis
    else {
        panic!("{one:?}")
    };
    // 24 words of 31 are shared: 774 thousandths
    assert_eq!((*permille, *words), (774, 24));
    assert_eq!(
        one.quotation.exact.to_lowercase(),
        there.exact.to_lowercase()
    );
    assert_eq!((one.quotation.start, there.start), (16, 0));
    assert_eq!(
        (one.relation, one.to),
        (SourceRelation::SharesOriginWith, Some(id(2)))
    );
}

#[test]
fn a_short_shared_sequence_is_ignored_and_no_overlap_does_not_show_independence() {
    let other = text(
        1,
        "Courier",
        "Ministers agreed on Monday to close the old harbour, and that was all there was to it.",
    );
    let suggested = suggest(&other, &[text(2, "Agency", WIRE)]);
    assert_eq!(suggested.suggestions, []);
    assert!(
        suggested
            .notice
            .contains("No overlap found is not independence")
    );
    assert!(suggested.notice.contains("None is counted"));
}
