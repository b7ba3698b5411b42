//! Which record of an archive is the page asked for, or its only page.

use super::address::{form, form_of_any_order, joined};
use super::index::{RecordIndex, RecordedAnswer, Repeated};
use super::wacz::ListedPages;
use super::work::Work;
use std::collections::BTreeSet;

/// A record that answers for an address.
#[derive(Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The address that answered.
    pub url: String,
    /// The number of the WARC file with the body, and where its record begins in it, unpacked.
    pub warc: usize,
    pub at: u64,
}

/// The records of the page `target`, or of the only page by default, in the order in which they are to be read.
pub fn choose(
    index: &RecordIndex,
    listed: &ListedPages,
    target: Option<&str>,
) -> Result<Vec<Candidate>, String> {
    let page = match target {
        Some(target) => target.to_owned(),
        None => only_page(index, listed)?,
    };
    let found = answers(index, &page).map_err(|why| match why {
        Missing::Absent => {
            let pages = pages(index, listed);
            let unseen = index.unseen.as_ref();
            let unseen = unseen.map(|why| format!("; not all of it could be read: {why}"));
            let holds = if pages.is_empty() {
                String::new()
            } else {
                format!("; it holds {}", counted(&pages))
            };
            format!(
                "it holds no answer for {page}{}{holds}",
                unseen.unwrap_or_default()
            )
        }
        Missing::Instead(why) => why,
    })?;
    let bodies: Vec<Candidate> = found
        .iter()
        .filter_map(|answer| {
            let body = match &answer.repeats {
                Some(repeated) => original(index, answer, repeated)?,
                None => answer,
            };
            Some(Candidate {
                url: answer.url.clone(),
                warc: body.warc,
                at: body.at,
            })
        })
        .collect();
    if bodies.is_empty() {
        return Err(format!(
            "{page} was the same as at an earlier visit, says its record, and the archive does not hold that one"
        ));
    }
    Ok(bodies)
}

/// Whether pages of this type can have a text.
pub fn is_readable(media_type: &str) -> bool {
    matches!(
        media_type,
        "text/html" | "application/xhtml+xml" | "text/plain" | "application/pdf"
    )
}

/// Why no record answers for an address.
enum Missing {
    /// There is none.
    Absent,
    /// There is one, and it has no page.
    Instead(String),
}

/// The successful answers for an address, or for the one to which its redirects lead.
fn answers<'a>(index: &'a RecordIndex, address: &str) -> Result<Vec<&'a RecordedAnswer>, Missing> {
    let mut at = address.to_owned();
    let mut seen = BTreeSet::new();
    loop {
        let Some(wanted) = form(&at) else {
            return Err(Missing::Absent);
        };
        if !seen.insert(wanted.clone()) {
            let why = format!("{address} leads to itself");
            return Err(Missing::Instead(why));
        }
        if seen.len() > MAX_REDIRECTS {
            let why = format!("{address} leads on more often than is followed");
            return Err(Missing::Instead(why));
        }
        let all = of_form(index, &wanted);
        let mut good: Vec<&RecordedAnswer> =
            all.iter().copied().filter(|a| a.is_success()).collect();
        if !good.is_empty() {
            // The scheme asked for comes first, and what can be read before what cannot.
            let secure = at.starts_with("https:");
            good.sort_by_key(|answer| {
                let other = answer.url.starts_with("https:") != secure;
                (!may_be_read(answer), other)
            });
            return Ok(good);
        }
        let Some(first) = all.first() else {
            return Err(match seen.len() {
                1 => Missing::Absent,
                _ => Missing::Instead(format!(
                    "{address} leads to {at}, for which it holds no answer"
                )),
            });
        };
        let next = all
            .iter()
            .find_map(|answer| joined(&answer.url, answer.location.as_deref()?));
        match (next, &first.status) {
            (Some(next), Ok(300..400)) => at = next,
            (_, Ok(status)) => {
                let why = format!("{} answered with status {status}", first.url);
                return Err(Missing::Instead(why));
            }
            (_, Err(why)) => return Err(Missing::Instead(format!("{}: {why}", first.url))),
        }
    }
}

/// The answers of this form; if there are none, those of the only form that differs in the order of its query.
fn of_form<'a>(index: &'a RecordIndex, wanted: &str) -> Vec<&'a RecordedAnswer> {
    let all = |is: &dyn Fn(&str) -> bool| -> Vec<&'a RecordedAnswer> {
        let answers = index.answers.iter();
        answers.filter(|answer| is(&answer.form)).collect()
    };
    let same = all(&|form| form == wanted);
    if !same.is_empty() {
        return same;
    }
    let any_order = form_of_any_order(wanted);
    let alike = all(&|form| form.len() == wanted.len() && form_of_any_order(form) == any_order);
    let forms: BTreeSet<&str> = alike.iter().map(|answer| answer.form.as_str()).collect();
    if forms.len() == 1 { alike } else { Vec::new() }
}

/// The record whose body a revisit record repeats: the one that it names, or one with the same payload.
fn original<'a>(
    index: &'a RecordIndex,
    answer: &RecordedAnswer,
    repeated: &Repeated,
) -> Option<&'a RecordedAnswer> {
    let digest = answer.payload_digest.as_ref();
    // Another digest is another body, whatever the record says.
    let fits = |one: &&RecordedAnswer| {
        let other = one.payload_digest.as_ref();
        one.repeats.is_none() && (digest.is_none() || other.is_none() || digest == other)
    };
    let bodies = || index.answers.iter().filter(fits);
    let by_id = repeated.id.as_ref();
    let by_id = by_id.and_then(|id| bodies().find(|one| one.id.as_ref() == Some(id)));
    by_id
        .or_else(|| bodies().find(|one| digest.is_some() && one.payload_digest.as_ref() == digest))
        .or_else(|| {
            bodies().find(|one| one.is_success() && Some(&one.form) == repeated.form.as_ref())
        })
}

/// Whether an answer may be of a type that has a text.
fn may_be_read(answer: &RecordedAnswer) -> bool {
    answer.media_type.is_empty() || is_readable(&answer.media_type)
}

/// The only page, or the main page that the collection names.
fn only_page(index: &RecordIndex, listed: &ListedPages) -> Result<String, String> {
    if let Some(main) = &listed.main {
        return Ok(main.clone());
    }
    let pages = pages(index, listed);
    match &pages[..] {
        [one] => match &index.unseen {
            // What could not be read may hold another.
            Some(why) if listed.all.is_empty() && why == &Work::reached() => Err(format!(
                "{why}; which page of it is the source, must be said with --page; it holds {}",
                counted(&pages)
            )),
            _ => Ok(one.clone()),
        },
        [] => Err(index
            .unseen
            .clone()
            .unwrap_or_else(|| "it holds no page with a text".to_owned())),
        many => Err(format!(
            "which of its pages is the source, must be said with --page; it holds {}",
            counted(many)
        )),
    }
}

/// The pages of an archive, each once: those that it lists, or else those that look like pages.
fn pages(index: &RecordIndex, listed: &ListedPages) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut once = |url: &&str| form(url).is_some_and(|form| seen.insert(form));
    let named = if listed.all.is_empty() {
        &index.named
    } else {
        &listed.all
    };
    let named: Vec<&str> = named.iter().map(String::as_str).filter(&mut once).collect();
    let found = if named.is_empty() {
        looking_like_pages(index)
            .into_iter()
            .filter(&mut once)
            .collect()
    } else {
        named
    };
    found.into_iter().map(str::to_owned).collect()
}

/// Documents; without one, plain texts; without one, the only answer, which then says why it has no text.
fn looking_like_pages(index: &RecordIndex) -> Vec<&str> {
    let answers = || {
        let answers = index.answers.iter();
        answers.filter(|answer| !answer.url.ends_with("/robots.txt"))
    };
    let pages = answers().filter(|answer| {
        answer.is_success()
            && !answer.empty
            && may_be_read(answer)
            && !index.parts.contains(&answer.form)
    });
    let pages: Vec<&RecordedAnswer> = pages.collect();
    let is_plain = |answer: &&&RecordedAnswer| answer.media_type == "text/plain";
    let documents: Vec<&RecordedAnswer> = pages.iter().filter(|a| !is_plain(a)).copied().collect();
    let pages = if documents.is_empty() {
        pages
    } else {
        documents
    };
    if !pages.is_empty() {
        return pages
            .into_iter()
            .map(|answer| answer.url.as_str())
            .collect();
    }
    let forms: BTreeSet<&str> = answers().map(|answer| answer.form.as_str()).collect();
    match forms.len() {
        1 => answers()
            .map(|answer| answer.url.as_str())
            .take(1)
            .collect(),
        _ => Vec::new(),
    }
}

/// `2 pages: A, B`, of which only some are named.
fn counted(pages: &[String]) -> String {
    let named: Vec<String> = pages
        .iter()
        .take(MAX_NAMED)
        .map(|url| shortened(url))
        .collect();
    let more = match pages.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let word = if pages.len() == 1 { "page" } else { "pages" };
    format!("{} {word}: {}{more}", pages.len(), named.join(", "))
}

fn shortened(url: &str) -> String {
    if url.chars().count() <= MAX_NAMED_CHARACTERS {
        return url.to_owned();
    }
    let start: String = url.chars().take(MAX_NAMED_CHARACTERS).collect();
    format!("{start}…")
}

/// As many as browsers follow.
const MAX_REDIRECTS: usize = 20;

/// So many addresses fit into the reason that a statement records.
const MAX_NAMED: usize = 6;
const MAX_NAMED_CHARACTERS: usize = 120;
