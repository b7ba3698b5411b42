//! Attribution phrases of several languages, with the capitalised name beside them.

use super::words::Words;
use super::{Cue, SourceText, Suggestion};
use crate::model::relation::SourceRelation;
use SourceRelation::{HadPrimarySource, WasDerivedFrom, WasQuotedFrom, WireCopyOf};

/// Where the name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameStands {
    /// After the phrase: "according to Interfax".
    After,
    /// Before it: "Peskov told reporters".
    Before,
    /// After it, and only an agency or the whole name of a known publisher: "with AFP", but not "with Russia".
    AgencyAfter,
}
use NameStands::{After, AgencyAfter, Before};

/// Every attribution in `of`.
pub(super) fn attributions(of: &SourceText<'_>, others: &[SourceText<'_>]) -> Vec<Suggestion> {
    let text = Words::new(of.text);
    let mut found = Vec::new();
    for at in 0..text.words.len() {
        for (language, phrase, stands, relation) in PHRASES {
            let length = phrase.split(' ').count();
            if !matches_at(&text, at, phrase) {
                continue;
            }
            let name = match stands {
                After | AgencyAfter => name_after(&text, at + length),
                Before => name_before(&text, at),
            };
            let Some((first, last)) = name else { continue };
            let named = text
                .passage(text.words[first].start, text.words[last].end)
                .exact;
            if *stands == AgencyAfter && !agency(&named) && !publisher(&named, of, others) {
                continue;
            }
            let (first, last) = (first.min(at), last.max(at + length - 1));
            let place = (text.words[first].start, text.words[last].end);
            push(
                &mut found,
                &text,
                place,
                (named, *relation, Cue::Phrase { language }),
                (of, others),
            );
        }
        byline(&text, at, of, others, &mut found);
    }
    found
}

/// "(Reuters)": an agency in brackets, or the publisher of one of the texts.
fn byline(
    text: &Words,
    at: usize,
    of: &SourceText<'_>,
    others: &[SourceText<'_>],
    found: &mut Vec<Suggestion>,
) {
    if text.before(at).last() != Some(&'(') {
        return;
    }
    let Some(last) =
        (at..text.words.len().min(at + 4)).find(|&word| text.gap(word).first() == Some(&')'))
    else {
        return;
    };
    let named = text
        .passage(text.words[at].start, text.words[last].end)
        .exact;
    if !agency(&named) && matching(&named, of, others).is_empty() {
        return;
    }
    // near the beginning it names the agency whose text it is; later it is a passing credit
    let relation = if text.words[at].start <= HEAD {
        WireCopyOf
    } else {
        WasQuotedFrom
    };
    let place = (text.words[at].start - 1, text.words[last].end + 1);
    push(
        found,
        text,
        place,
        (named, relation, Cue::Byline),
        (of, others),
    );
}

fn push(
    found: &mut Vec<Suggestion>,
    text: &Words,
    (start, end): (usize, usize),
    (named, relation, basis): (String, SourceRelation, Cue),
    (of, others): (&SourceText<'_>, &[SourceText<'_>]),
) {
    let quotation = text.passage(start, end);
    let mut to: Vec<_> = matching(&named, of, others).into_iter().map(Some).collect();
    if to.is_empty() {
        to.push(None);
    }
    found.extend(to.into_iter().map(|to| Suggestion {
        basis: basis.clone(),
        named: Some(named.clone()),
        quotation: quotation.clone(),
        relation,
        to,
    }));
}

fn matches_at(text: &Words, at: usize, phrase: &str) -> bool {
    for (next, word) in (at..).zip(phrase.split(' ')) {
        let joined = next == at || joins(text.gap(next - 1));
        if !joined || text.words.get(next).is_none_or(|w| w.lower != word) {
            return false;
        }
    }
    true
}

/// The name that begins at this word: it skips articles and forms of address, then takes capitalised words, with small
/// words such as "of" only between two of them.
fn name_after(text: &Words, mut at: usize) -> Option<(usize, usize)> {
    let mut skipped = 0;
    while text
        .words
        .get(at)
        .is_some_and(|w| !w.capital && SMALL.contains(&w.lower.as_str()))
    {
        if skipped == 2 || !joins(text.before(at)) {
            return None;
        }
        (at, skipped) = (at + 1, skipped + 1);
    }
    let first = at;
    let mut last = None;
    while at < text.words.len() && at < first + LONGEST_NAME {
        let word = &text.words[at];
        let small = SMALL.contains(&word.lower.as_str());
        if !joins_name(text, at)
            || !(word.capital || small)
            || PRONOUNS.contains(&word.lower.as_str())
        {
            break;
        }
        if word.capital {
            last = Some(at);
        }
        at += 1;
    }
    let agency_word = text
        .words
        .get(first)
        .filter(|w| !w.capital && AGENCIES.contains(&w.lower.as_str()));
    let lower_agency = agency_word
        .filter(|_| joins(text.before(first)))
        .map(|_| first);
    last.filter(|_| text.words[first].capital)
        .or(lower_agency)
        .map(|last| (first, last))
}

/// The capitalised words right before this one.
fn name_before(text: &Words, at: usize) -> Option<(usize, usize)> {
    let mut first = at;
    while first > 0
        && at - first < LONGEST_NAME
        && joins(text.before(first))
        && text.words[first - 1].capital
        && !PRONOUNS.contains(&text.words[first - 1].lower.as_str())
    {
        first -= 1;
    }
    (first < at).then(|| (first, at - 1))
}

fn joins(gap: &[char]) -> bool {
    let quiet = |c: &char| (c.is_whitespace() && *c != '\n') || "'’\"“”„«»‘-–".contains(*c);
    gap.iter().all(quiet)
}

/// Between the words of a name a full stop may follow an initial.
fn joins_name(text: &Words, at: usize) -> bool {
    let gap = text.before(at);
    let initial = at
        .checked_sub(1)
        .is_some_and(|p| text.words[p].end - text.words[p].start == 1);
    joins(gap) || (initial && gap.first() == Some(&'.') && joins(&gap[1..]))
}

fn lower_words(text: &str) -> Vec<String> {
    Words::new(text)
        .words
        .into_iter()
        .map(|word| word.lower)
        .collect()
}

/// The other texts whose publisher is named: the publisher's words are in the name, or the name's are in it.
fn matching(
    named: &str,
    of: &SourceText<'_>,
    others: &[SourceText<'_>],
) -> Vec<crate::model::StatementId> {
    let named = lower_words(named);
    let by = |other: &&SourceText<'_>| {
        let publisher = lower_words(other.publisher);
        other.source != of.source && (holds(&named, &publisher) || holds(&publisher, &named))
    };
    others.iter().filter(by).map(|other| other.source).collect()
}

/// Whether the name contains the whole name of another text's publisher.
fn publisher(named: &str, of: &SourceText<'_>, others: &[SourceText<'_>]) -> bool {
    let named = lower_words(named);
    let mut others = others.iter().filter(|other| other.source != of.source);
    others.any(|other| holds(&named, &lower_words(other.publisher)))
}

fn holds(whole: &[String], part: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

fn agency(named: &str) -> bool {
    let words = lower_words(named).join(" ");
    AGENCIES.contains(&words.as_str())
}

/// Language, phrase in lower case, where the name stands, and the relation that comes to mind.
const PHRASES: &[(&str, &str, NameStands, SourceRelation)] = &[
    ("en", "according to", After, WasDerivedFrom),
    ("en", "quoted by", After, WasQuotedFrom),
    ("en", "cited by", After, WasQuotedFrom),
    ("en", "reported by", After, WasDerivedFrom),
    ("en", "citing", After, WasDerivedFrom),
    ("en", "as told to", After, WasQuotedFrom),
    ("en", "in an interview with", After, WasQuotedFrom),
    ("en", "told reporters", Before, HadPrimarySource),
    ("en", "told journalists", Before, HadPrimarySource),
    ("en", "said in a statement", Before, HadPrimarySource),
    ("en", "with", AgencyAfter, WasDerivedFrom),
    ("de", "laut", After, WasDerivedFrom),
    ("de", "nach angaben von", After, WasDerivedFrom),
    ("de", "nach angaben", After, WasDerivedFrom),
    ("de", "unter berufung auf", After, WasDerivedFrom),
    ("de", "zitiert von", After, WasQuotedFrom),
    ("de", "sagte vor journalisten", Before, HadPrimarySource),
    ("de", "sagte der", AgencyAfter, WasQuotedFrom),
    ("de", "mit", AgencyAfter, WasDerivedFrom),
    ("fr", "selon", After, WasDerivedFrom),
    ("fr", "d après", After, WasDerivedFrom),
    ("fr", "cité par", After, WasQuotedFrom),
    ("fr", "citée par", After, WasQuotedFrom),
    ("fr", "a déclaré à la presse", Before, HadPrimarySource),
    ("fr", "a déclaré aux journalistes", Before, HadPrimarySource),
    ("fr", "a déclaré à", AgencyAfter, WasQuotedFrom),
    ("fr", "avec", AgencyAfter, WasDerivedFrom),
    ("es", "según", After, WasDerivedFrom),
    ("es", "de acuerdo con", After, WasDerivedFrom),
    ("es", "citado por", After, WasQuotedFrom),
    ("es", "citada por", After, WasQuotedFrom),
    ("es", "dijo a los periodistas", Before, HadPrimarySource),
    ("es", "dijo a la prensa", Before, HadPrimarySource),
    ("es", "declaró a la prensa", Before, HadPrimarySource),
    ("es", "con", AgencyAfter, WasDerivedFrom),
    ("pt", "segundo", After, WasDerivedFrom),
    ("pt", "de acordo com", After, WasDerivedFrom),
    ("pt", "citado pela", After, WasQuotedFrom),
    ("pt", "citado pelo", After, WasQuotedFrom),
    ("pt", "disse a jornalistas", Before, HadPrimarySource),
    ("pt", "disse aos jornalistas", Before, HadPrimarySource),
    ("pt", "com", AgencyAfter, WasDerivedFrom),
    ("ru", "по данным", After, WasDerivedFrom),
    ("ru", "по словам", After, HadPrimarySource),
    ("ru", "со ссылкой на", After, WasDerivedFrom),
    ("ru", "ссылаясь на", After, WasDerivedFrom),
    ("ru", "цитирует", After, WasQuotedFrom),
    ("ru", "передает", After, WasQuotedFrom),
    ("ru", "передаёт", After, WasQuotedFrom),
    ("ru", "сообщает", After, WasDerivedFrom),
    ("ru", "сообщил журналистам", Before, HadPrimarySource),
    ("ru", "заявил журналистам", Before, HadPrimarySource),
    ("ru", "сообщила журналистам", Before, HadPrimarySource),
    ("ru", "заявила журналистам", Before, HadPrimarySource),
];

/// Agencies by their usual names, in lower case.
const AGENCIES: &[&str] = &[
    "reuters",
    "afp",
    "ap",
    "associated press",
    "dpa",
    "efe",
    "ansa",
    "apa",
    "lusa",
    "upi",
    "pti",
    "tass",
    "тасс",
    "interfax",
    "интерфакс",
    "ria novosti",
    "риа новости",
    "xinhua",
    "新华社",
    "kyodo",
    "anadolu",
    "ukrinform",
    "укринформ",
    "unian",
    "уніан",
    "униан",
    "belta",
    "белта",
    "pap",
    "ctk",
    "čtk",
    "stt",
    "ntb",
    "tt",
    "ritzau",
    "anp",
    "belga",
    "sda",
    "keystone sda",
    "agência brasil",
    "europa press",
    "yonhap",
    "antara",
    "bernama",
    "ians",
    "sana",
    "irna",
    "wafa",
];

/// Articles, prepositions and words such as "agency" that stand before or inside a name.
const SMALL: &[&str] = &[
    "the",
    "a",
    "of",
    "and",
    "for",
    "agency",
    "news",
    "der",
    "die",
    "das",
    "dem",
    "den",
    "des",
    "von",
    "und",
    "für",
    "nachrichtenagentur",
    "agentur",
    "le",
    "la",
    "les",
    "l",
    "de",
    "du",
    "d",
    "et",
    "agence",
    "el",
    "los",
    "las",
    "del",
    "y",
    "agencia",
    "o",
    "os",
    "as",
    "da",
    "do",
    "das",
    "dos",
    "e",
    "agência",
    "агентство",
    "агентства",
    "и",
];

/// Capitalised words that are not names.
const PRONOUNS: &[&str] = &[
    "he", "she", "they", "it", "him", "her", "them", "i", "we", "er", "sie", "ihm", "ihr", "il",
    "elle", "lui", "él", "ella", "ele", "ela", "он", "она", "его", "её", "ее", "них",
];

/// A dateline or byline begins within this many code points of the beginning: a headline and its first line.
const HEAD: usize = 400;

/// The longest name taken, in words: "the press service of the head of South Ossetia" has nine.
const LONGEST_NAME: usize = 10;
