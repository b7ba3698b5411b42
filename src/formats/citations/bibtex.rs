//! BibTeX. Characters that TeX gives a meaning are written as commands; other letters stay as they are, in UTF-8.

use super::Citation;

/// The citations, an entry each.
pub fn bibtex(citations: &[Citation]) -> String {
    citations.iter().map(entry).collect()
}

fn entry(citation: &Citation) -> String {
    let source = &citation.source;
    let kind = match &*source.kind {
        "article" | "wire" | "study" => "article",
        "book" => "book",
        _ => "misc",
    };
    let publisher = source.publisher.as_deref().map(escaped);
    // A name in braces is one name: it is not split into first and last.
    let authors = source.authors.iter();
    let authors: Vec<String> = authors
        .map(|name| format!("{{{}}}", escaped(name)))
        .collect();
    let date = citation.date();
    let journal = kind == "article";
    let mut fields: Vec<(&str, String)> = Vec::new();
    if !authors.is_empty() {
        fields.push(("author", authors.join(" and ")));
    }
    // Braces within keep the capital letters of a title.
    let title = source
        .title
        .as_deref()
        .map(|title| format!("{{{}}}", escaped(title)));
    fields.extend(title.map(|title| ("title", title)));
    let name = if journal { "journal" } else { "publisher" };
    fields.extend(publisher.map(|publisher| (name, publisher)));
    fields.extend(date.first().map(|year| ("year", year.to_string())));
    fields.extend(date.get(1).map(|month| ("month", month.to_string())));
    fields.extend(date.get(2).map(|day| ("day", day.to_string())));
    fields.extend(source.url.as_deref().map(|url| ("url", address(url))));
    let language = source.language.as_deref();
    fields.extend(language.map(|language| ("language", escaped(language))));
    fields.extend(citation.note().map(|note| ("note", escaped(&note))));
    let mut text = format!("@{kind}{{{},\n", citation.key);
    for (name, value) in fields {
        text.push_str(&format!("  {name} = {{{value}}},\n"));
    }
    text.push_str("}\n\n");
    text
}

/// A text without characters that TeX gives a meaning. Braces are commands, because BibTeX counts them even behind a
/// backslash; a line end or another control character is a space.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => made.push_str("\\textbackslash{}"),
            '{' => made.push_str("\\textbraceleft{}"),
            '}' => made.push_str("\\textbraceright{}"),
            '~' => made.push_str("\\textasciitilde{}"),
            '^' => made.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => {
                made.push('\\');
                made.push(c);
            }
            c if c.is_control() => made.push(' '),
            c => made.push(c),
        }
    }
    made
}

/// An address, which is taken as it is: what would end it is percent-encoded.
fn address(url: &str) -> String {
    let mut made = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '\\' => made.push_str("%5C"),
            '{' => made.push_str("%7B"),
            '}' => made.push_str("%7D"),
            c if c.is_control() || c == ' ' => made.push_str("%20"),
            c => made.push(c),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::own_review::OwnSource;

    #[test]
    fn no_text_ends_its_field_and_none_is_a_command() {
        let hostile = "}} @comment{ \\input{/etc/passwd} $x_1^2$ 50% & # ~\r\n";
        let citation = Citation {
            key: "desk.example-facts-4".to_owned(),
            source: OwnSource {
                kind: "article".to_owned(),
                title: Some(hostile.to_owned()),
                publisher: Some(hostile.to_owned()),
                authors: vec![hostile.to_owned(), "Łódź and Co".to_owned()],
                url: Some("https://a.example/{x}%20_y\\".to_owned()),
                published: Some("2026-05".to_owned()),
                ..OwnSource::default()
            },
        };
        let text = bibtex(&[citation]);
        let mut open = 0_i32;
        for c in text.chars() {
            open += i32::from(c == '{') - i32::from(c == '}');
            assert!(open >= 0, "{text}");
        }
        assert_eq!(open, 0, "{text}");
        let ends = text.matches("\n}\n").count();
        assert_eq!(ends, 1, "{text}");
        assert!(!text.contains("\\input"), "{text}");
        assert!(text.contains("{Łódź and Co}"), "{text}");
        assert!(
            text.contains("url = {https://a.example/%7Bx%7D%20_y%5C}"),
            "{text}"
        );
        assert!(text.contains("year = {2026},\n  month = {5},\n"), "{text}");
    }
}
