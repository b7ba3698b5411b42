//! CSL-JSON (Citation Style Language 1.0.2), as Zotero and pandoc read it.

use super::Citation;
use crate::formats::json_text::pretty;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslItem<'c> {
    id: &'c str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'c str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<CslName<'c>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<CslDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'c str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'c str>,
    #[serde(rename = "archive_location", skip_serializing_if = "Option::is_none")]
    archive_location: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    custom: CslCustom<'c>,
}

#[derive(Serialize)]
struct CslName<'c> {
    literal: &'c str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CslDate {
    date_parts: [Vec<u64>; 1],
}

/// What CSL has no field for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CslCustom<'c> {
    statement: &'c str,
    kind: &'c str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sha256: Vec<&'c str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    archived_at: &'c [String],
}

/// The citations as a list of items.
pub fn csl(citations: &[Citation]) -> String {
    let items: Vec<CslItem<'_>> = citations.iter().map(item).collect();
    pretty(&items)
}

fn item(citation: &Citation) -> CslItem<'_> {
    let source = &citation.source;
    let publisher = source.publisher.as_deref();
    let is_periodical = matches!(&*source.kind, "article" | "wire" | "study");
    let names = source.authors.iter();
    let captured = source.captures.last().map(|copy| &*copy.captured);
    CslItem {
        id: &citation.key,
        r#type: kind(&source.kind),
        title: source.title.as_deref(),
        author: names.map(|literal| CslName { literal }).collect(),
        publisher,
        container_title: publisher.filter(|_| is_periodical),
        issued: parts(citation.date()),
        accessed: parts(day(captured.unwrap_or_default())),
        language: source.language.as_deref(),
        url: source.url.as_deref(),
        archive_location: source.archived_at.first().map(String::as_str),
        note: citation.note(),
        custom: CslCustom {
            statement: &source.id,
            kind: &source.kind,
            sha256: source.captures.iter().map(|copy| &*copy.sha256).collect(),
            archived_at: &source.archived_at,
        },
    }
}

fn day(instant: &str) -> Vec<u64> {
    let day = instant.split_once('T').map_or(instant, |(day, _)| day);
    day.split('-').map_while(|part| part.parse().ok()).collect()
}

fn parts(parts: Vec<u64>) -> Option<CslDate> {
    (!parts.is_empty()).then_some(CslDate {
        date_parts: [parts],
    })
}

/// The type that CSL has for a kind of source.
fn kind(kind: &str) -> &'static str {
    match kind {
        "article" | "wire" => "article-newspaper",
        "audio" => "broadcast",
        "video" => "motion_picture",
        "image" => "graphic",
        "post" => "post",
        "webPage" => "webpage",
        "dataset" => "dataset",
        "study" => "article-journal",
        "book" => "book",
        "interview" => "interview",
        "correspondence" => "personal_communication",
        "factCheck" => "review",
        _ => "document",
    }
}
