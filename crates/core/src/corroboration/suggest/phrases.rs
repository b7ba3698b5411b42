//! Attribution phrases of several languages, with the capitalised name beside them.

use super::tables::NameStands::{After, AgencyAfter, AgencyBefore, Before, Between};
use super::tables::{AGENCIES, PHRASES, PRONOUNS, SMALL};
use super::words::Words;
use super::{Cue, SourceText, Suggestion};
use crate::model::relation::SourceRelation;
use SourceRelation::{WasQuotedFrom, WireCopyOf};

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
            let mut ends = at + length;
            let name = match stands {
                After | AgencyAfter => {
                    let name = name_after(&text, at + length);
                    name.or_else(|| uncased_name(&text, at + length, of, others))
                }
                Before | AgencyBefore => name_before(&text, at),
                Between(closing) => {
                    let name = name_after(&text, at + length);
                    let next = name.map(|(_, last)| last + 1);
                    let closed = next.filter(|next| {
                        let word = text.words.get(*next);
                        joins(text.before(*next))
                            && word.is_some_and(|word| closing.contains(&word.lower.as_str()))
                    });
                    ends = closed.map_or(ends, |closed| closed + 1);
                    name.filter(|_| closed.is_some())
                }
            };
            let Some((first, last)) = name else { continue };
            let named = text
                .passage(text.words[first].start, text.words[last].end)
                .exact;
            if matches!(stands, AgencyAfter | AgencyBefore)
                && !agency(&named)
                && !publisher(&named, of, others)
            {
                continue;
            }
            let (first, last) = (first.min(at), last.max(ends - 1));
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
    let end = with_closing(text, start, end);
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

/// The name at this word in a script without capitals, of which one cannot see that it is a name: that of a known publisher or
/// an agency, else what stands before a colon.
fn uncased_name(
    text: &Words,
    at: usize,
    of: &SourceText<'_>,
    others: &[SourceText<'_>],
) -> Option<(usize, usize)> {
    let first = text.words.get(at)?;
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    if first.lower.chars().any(cased) || !joins(text.before(at)) {
        return None;
    }
    let joined = (at + 1..text.words.len()).take_while(|next| joins(text.before(*next)));
    let last = joined.take(LONGEST_NAME - 1).last().unwrap_or(at);
    let named = |last: &usize| {
        let named = text.passage(first.start, text.words[*last].end).exact;
        agency(&named)
            || others.iter().any(|other| {
                other.source != of.source && lower_words(other.publisher) == lower_words(&named)
            })
    };
    let known = (at..=last).rev().find(named);
    let colon = (at..=last.min(at + SHORT_NAME - 1))
        .find(|word| matches!(text.gap(*word).first(), Some(':' | '\u{ff1a}')));
    known.or(colon).map(|last| (at, last))
}

/// The end of a passage with the closing quotation mark or bracket that belongs to it, and with the full stop that ends its
/// sentence.
fn with_closing(text: &Words, start: usize, end: usize) -> usize {
    const PAIRS: &[(char, char)] = &[
        ('\u{201c}', '\u{201d}'),
        ('\u{201e}', '\u{201c}'),
        ('\u{201e}', '\u{201d}'),
        ('\u{ab}', '\u{bb}'),
        ('\u{bb}', '\u{ab}'),
        ('\u{2018}', '\u{2019}'),
        ('\u{201a}', '\u{2018}'),
        ('"', '"'),
        ('(', ')'),
    ];
    let mut end = end;
    while let Some(next) = text.letter(end) {
        let inside = text.passage(start, end).exact;
        let count = |sign: char| inside.matches(sign).count();
        let closes = PAIRS.iter().any(|(opening, closing)| {
            *closing == next
                && if opening == closing {
                    count(*opening) % 2 == 1
                } else {
                    count(*opening) > count(*closing)
                }
        });
        let after = text.letter(end + 1);
        let stops = next == '.' && after.is_none_or(|c| !c.is_alphanumeric());
        if !closes && !stops {
            break;
        }
        end += 1;
        if stops {
            break;
        }
    }
    end
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

/// A dateline or byline begins within this many code points of the beginning: a headline and its first line.
const HEAD: usize = 400;

/// The longest name taken, in words: "the press service of the head of South Ossetia" has nine.
const LONGEST_NAME: usize = 10;

/// The longest name taken before a colon, in words.
const SHORT_NAME: usize = 4;
