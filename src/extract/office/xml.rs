//! Walks through an XML document (XML 1.0) from its beginning to its end, without a tree.

use crate::extract::short::one_line;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

/// What comes next in a document. Names are local names, without their prefix.
#[derive(Clone, Copy)]
pub enum Thing<'a> {
    /// An element begins.
    Begin(&'a str, &'a XmlElement<'a>),
    /// An element ends.
    End(&'a str),
    /// Characters.
    Words(&'a str),
}

/// Whether to go into an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// Go on.
    On,
    /// Leave out the element that begins here, and its end.
    Past,
}

/// The attributes of an element.
pub struct XmlElement<'a>(&'a BytesStart<'a>);

impl XmlElement<'_> {
    /// The value of the attribute with this local name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name);
        found.map(|found| {
            unescape(&found.value).map_or_else(|_| found.value.to_string(), Into::into)
        })
    }

    /// The id of another part (ECMA-376, part 1, 22.8.2.1): `r:id`, beside an `id` of its own.
    pub fn reference(&self) -> Option<String> {
        let mut attributes = self.0.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found = attributes.find(|attribute| {
            let key: &str = attribute.key.as_ref();
            key.ends_with(":id")
        });
        found.map(|found| found.value.to_string())
    }

    /// Whether an OOXML property is switched on: present, and not with a value that means no (ECMA-376, part 1, 17.17.4).
    pub fn is_on(&self) -> bool {
        !matches!(
            self.attribute("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

/// Walks through a document.
pub fn walk(xml: &str, mut each: impl FnMut(Thing<'_>) -> Go) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    // The elements that are left out, from the first one inwards.
    let mut past: u64 = 0;
    loop {
        let event = reader
            .read_event()
            .map_err(|e| format!("its XML is malformed: {}", one_line(&e.to_string())))?;
        match event {
            Event::Eof => return Ok(()),
            Event::Start(_) if past > 0 => past += 1,
            Event::End(_) if past > 0 => past -= 1,
            _ if past > 0 => {}
            Event::Start(start) => {
                if each(Thing::Begin(
                    start.local_name().as_ref(),
                    &XmlElement(&start),
                )) == Go::Past
                {
                    past = 1;
                }
            }
            Event::Empty(start) => {
                let name = start.local_name();
                if each(Thing::Begin(name.as_ref(), &XmlElement(&start))) == Go::On {
                    each(Thing::End(name.as_ref()));
                }
            }
            Event::End(end) => {
                each(Thing::End(end.local_name().as_ref()));
            }
            Event::Text(text) => {
                each(Thing::Words(&text.xml10_content()));
            }
            Event::CData(text) => {
                each(Thing::Words(&text.xml10_content()));
            }
            Event::GeneralRef(reference) => {
                if let Ok(Some(c)) = reference.resolve_char_ref() {
                    each(Thing::Words(c.encode_utf8(&mut [0; 4])));
                } else {
                    let words = resolve_predefined_entity(&reference).unwrap_or("\u{fffd}");
                    each(Thing::Words(words));
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}
