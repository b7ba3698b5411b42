//! The elements of a page with all their attributes: what other software reads in it, displayed or not.

use super::tree::{DOCUMENT, NodeNumber, Nodes, PageTree, What};
use super::{html_tree, text};
use std::time::{Duration, Instant};

/// The tree of a page. It can be as deep as the page is long, so nothing here calls itself.
pub struct PageMarkup(Nodes);

impl PageMarkup {
    /// Reads a page; gives up after `time`.
    ///
    /// # Errors
    ///
    /// Why, if it takes longer, or has more elements than a page can have here.
    pub fn read(page: &str, time: Duration) -> Result<Self, String> {
        let until = Instant::now() + time;
        let (nodes, _) = html_tree(PageTree::keeping_all(), page, until, time)?;
        Ok(Self(nodes))
    }

    /// Its elements in document order, each with the number of elements above it.
    pub fn elements(&self) -> impl Iterator<Item = MarkupElement<'_>> {
        let mut open = vec![DOCUMENT];
        std::iter::from_fn(move || {
            loop {
                let place = open.pop()?;
                let node = &self.0[place as usize];
                if place != DOCUMENT && (node.next as usize) < self.0.len() {
                    open.push(node.next);
                }
                if (node.first as usize) < self.0.len() {
                    open.push(node.first);
                }
                if let What::Element(_) = node.what {
                    return Some(MarkupElement { page: self, place });
                }
            }
        })
    }
}

/// An element of a page.
#[derive(Clone, Copy)]
pub struct MarkupElement<'p> {
    page: &'p PageMarkup,
    place: NodeNumber,
}

impl<'p> MarkupElement<'p> {
    /// Its place in the page.
    pub fn place(self) -> u32 {
        self.place
    }

    /// The place of the element that it is in.
    pub fn above(self) -> Option<u32> {
        let above = self.page.0[self.place as usize].parent();
        let node = self.page.0.get(above as usize)?;
        matches!(node.what, What::Element(_)).then_some(above)
    }

    /// Its name, in lower case.
    pub fn name(self) -> &'p str {
        match &self.page.0[self.place as usize].what {
            What::Element(element) => &element.name.local,
            What::Text(_) | What::Other => "",
        }
    }

    /// Every attribute with its value.
    pub fn attributes(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        let all = match &self.page.0[self.place as usize].what {
            What::Element(element) => element.all.as_slice(),
            What::Text(_) | What::Other => &[],
        };
        all.iter().map(|(name, value)| (&**name, value.as_str()))
    }

    /// The value of an attribute.
    pub fn attribute(self, name: &str) -> Option<&'p str> {
        match &self.page.0[self.place as usize].what {
            What::Element(element) => {
                let mut all = element.all.iter();
                let found = all.find(|(known, _)| &**known == name);
                found.map(|(_, value)| value.as_str())
            }
            What::Text(_) | What::Other => None,
        }
    }

    /// All characters in it, of scripts too, at most so many bytes.
    pub fn text(self, most: usize) -> String {
        let nodes = &self.page.0;
        let mut text = String::new();
        let mut open = vec![nodes[self.place as usize].first];
        while let Some(place) = open.pop() {
            let Some(node) = nodes.get(place as usize) else {
                continue;
            };
            open.extend([node.next, node.first]);
            if let What::Text(words) = &node.what {
                let end = words.floor_char_boundary(most - text.len());
                text.push_str(&words[..end]);
                if text.len() >= most || end < words.len() {
                    break;
                }
            }
        }
        text
    }
}

/// A text with its character references decoded, once (HTML Standard, 13.2.5.72). Tags in it stay characters.
pub fn without_references(words: &str, time: Duration) -> Result<String, String> {
    // The letters keep white space at both ends of the words.
    let page = format!("<pre>x{}x</pre>", words.replace('<', "&lt;"));
    let page = text(&page, false, time)?.text;
    let inside = page
        .trim()
        .strip_prefix('x')
        .and_then(|rest| rest.strip_suffix('x'));
    Ok(inside.unwrap_or(words).to_owned())
}
