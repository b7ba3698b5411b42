//! XML 1.0 as a tree that is written whole: every text and attribute is escaped, and characters that XML cannot have are
//! written as U+FFFD.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element, with its attributes, and either text or elements in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenElement {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: Option<String>,
    inside: Vec<Self>,
}

impl WrittenElement {
    /// An empty element.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            text: None,
            inside: Vec::new(),
        }
    }

    /// An element with text.
    pub fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..Self::new(name)
        }
    }

    /// Gives it an attribute. A line end or a tab in one is read as a space, so words of people are text of an element.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Puts an element into it.
    pub fn push(&mut self, element: Self) {
        self.inside.push(element);
    }

    /// Puts elements into it.
    pub fn holding(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.inside.extend(elements);
        self
    }

    /// The document of which it is the root.
    pub fn document(&self) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let declaration = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
        let written = writer
            .write_event(declaration)
            .and_then(|()| self.write(&mut writer));
        written.expect("written to memory");
        let mut bytes = writer.into_inner();
        bytes.push(b'\n');
        String::from_utf8(bytes).expect("written from UTF-8")
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, &*allowed(value)));
        }
        if self.text.is_none() && self.inside.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        if let Some(text) = &self.text {
            writer.write_event(Event::Text(BytesText::new(&allowed(text))))?;
        }
        for element in &self.inside {
            element.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// A text of the characters that XML 1.0 has (section 2.2).
fn allowed(text: &str) -> String {
    let is_allowed = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => c >= ' ',
    };
    let characters = text.chars();
    characters
        .map(|c| if is_allowed(c) { c } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_elements_and_what_xml_cannot_have_is_replaced() {
        let root = WrittenElement::new("a")
            .with("b", "\"><c>")
            .holding([WrittenElement::text(
                "d",
                "</d>]]> & \u{0}\u{1b}\u{ffff}\r\u{202e}",
            )]);
        let text = root.document();
        assert_eq!(text.matches('<').count(), 5, "{text}");
        assert!(
            text.contains("&lt;/d&gt;]]&gt; &amp; \u{fffd}\u{fffd}\u{fffd}&#13;\u{202e}"),
            "{text}"
        );
        assert!(text.contains("b=\"&quot;&gt;&lt;c&gt;\""), "{text}");
    }
}
