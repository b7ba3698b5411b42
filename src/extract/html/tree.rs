//! The tree of a page as the HTML Standard builds it, or of an XHTML page: the elements, and what of their attributes
//! decides what is displayed.

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};

/// The place of a node in its tree.
pub type NodeNumber = u32;

/// No node.
pub const NONE: NodeNumber = u32::MAX;

/// An element, a text, or something that is never displayed.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub what: What,
    parent: NodeNumber,
    previous: NodeNumber,
    /// The node after it in the same element.
    pub next: NodeNumber,
    /// The first node in it.
    pub first: NodeNumber,
    last: NodeNumber,
}

impl Node {
    /// The node that it is in.
    pub fn parent(&self) -> NodeNumber {
        self.parent
    }
}

/// What a node is.
#[derive(Debug)]
pub enum What {
    /// An element with the attributes that matter for display.
    Element(Element),
    /// Characters.
    Text(String),
    /// The document, a comment, a doctype, the content of a template.
    Other,
}

/// An element.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: QualName,
    /// Those of its attributes that decide what is displayed.
    pub attributes: Vec<(KeptAttribute, String)>,
    /// Every attribute, in a tree that keeps them.
    pub all: Vec<(LocalName, String)>,
    template: NodeNumber,
    html_inside: bool,
}

/// An attribute that decides what is displayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptAttribute {
    /// `hidden`.
    Hidden,
    /// `open`, of a dialog.
    Open,
    /// `popover`.
    Popover,
    /// `style`.
    Style,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, kept: KeptAttribute) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(name, _)| *name == kept)
            .map(|(_, value)| value.as_str())
    }
}

/// A tree that is being built.
#[derive(Debug)]
pub struct PageTree {
    nodes: RefCell<Vec<Node>>,
    /// The name that nodes have that are not elements.
    no_name: QualName,
    /// Whether elements keep every attribute.
    keeps_all: bool,
}

/// The name of an element of a tree that is being built.
#[derive(Debug)]
pub enum Name<'a> {
    /// The name of an element.
    Element(Ref<'a, QualName>),
    /// The empty name.
    None(&'a QualName),
}

impl Name<'_> {
    fn get(&self) -> &QualName {
        match self {
            Self::Element(name) => name,
            Self::None(name) => name,
        }
    }
}

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.get().ns
    }

    fn local_name(&self) -> &LocalName {
        &self.get().local
    }
}

/// The nodes of a whole tree; the first one is the document.
pub type Nodes = Vec<Node>;

impl PageTree {
    /// A tree of nothing but the document.
    pub fn new() -> Self {
        let tree = Self {
            nodes: RefCell::new(Vec::new()),
            no_name: QualName::new(None, ns!(), local_name!("")),
            keeps_all: false,
        };
        tree.add(What::Other);
        tree
    }

    /// The same for a tree whose elements keep every attribute.
    pub fn keeping_all() -> Self {
        Self {
            keeps_all: true,
            ..Self::new()
        }
    }

    fn all(&self, attributes: &[Attribute]) -> Vec<(LocalName, String)> {
        let attributes = attributes.iter().filter(|_| self.keeps_all);
        attributes
            .map(|one| (one.name.local.clone(), one.value.to_string()))
            .collect()
    }

    /// Whether it has more nodes than a page may have.
    pub fn is_full(&self) -> bool {
        self.nodes.borrow().len() > MAX_NODES
    }

    fn add(&self, what: What) -> NodeNumber {
        let mut nodes = self.nodes.borrow_mut();
        let place = NodeNumber::try_from(nodes.len())
            .expect("a full tree does not grow by four billion at once");
        nodes.push(Node {
            what,
            parent: NONE,
            previous: NONE,
            next: NONE,
            first: NONE,
            last: NONE,
        });
        place
    }

    fn detach(&self, place: NodeNumber) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[place as usize];
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        match nodes.get_mut(previous as usize) {
            Some(previous) => previous.next = next,
            None => {
                if let Some(parent) = nodes.get_mut(parent as usize) {
                    parent.first = next;
                }
            }
        }
        match nodes.get_mut(next as usize) {
            Some(next) => next.previous = previous,
            None => {
                if let Some(parent) = nodes.get_mut(parent as usize) {
                    parent.last = previous;
                }
            }
        }
    }

    /// Puts a node into `parent`, before `next` or at its end.
    fn put(&self, place: NodeNumber, parent: NodeNumber, next: NodeNumber) {
        self.detach(place);
        let mut nodes = self.nodes.borrow_mut();
        let previous = match nodes.get_mut(next as usize) {
            Some(next) => std::mem::replace(&mut next.previous, place),
            None => std::mem::replace(&mut nodes[parent as usize].last, place),
        };
        match nodes.get_mut(previous as usize) {
            Some(previous) => previous.next = place,
            None => nodes[parent as usize].first = place,
        }
        let node = &mut nodes[place as usize];
        (node.parent, node.previous, node.next) = (parent, previous, next);
    }

    /// Puts a node or characters; characters join the text before them.
    fn put_child(&self, child: NodeOrText<NodeNumber>, parent: NodeNumber, next: NodeNumber) {
        match child {
            NodeOrText::AppendNode(place) => self.put(place, parent, next),
            NodeOrText::AppendText(words) => {
                {
                    let mut nodes = self.nodes.borrow_mut();
                    let before = match nodes.get(next as usize) {
                        Some(next) => next.previous,
                        None => nodes[parent as usize].last,
                    };
                    if let Some(Node {
                        what: What::Text(text),
                        ..
                    }) = nodes.get_mut(before as usize)
                    {
                        text.push_str(&words);
                        return;
                    }
                }
                let place = self.add(What::Text(words.to_string()));
                self.put(place, parent, next);
            }
        }
    }

    fn kept(attributes: Vec<Attribute>) -> Vec<(KeptAttribute, String)> {
        let kept = attributes.into_iter().filter_map(|attribute| {
            let name = match attribute.name.local {
                local_name!("hidden") => KeptAttribute::Hidden,
                local_name!("open") => KeptAttribute::Open,
                local_name!("style") => KeptAttribute::Style,
                ref other if &**other == "popover" => KeptAttribute::Popover,
                _ => return None,
            };
            (attribute.name.ns == ns!()).then(|| (name, attribute.value.to_string()))
        });
        kept.collect()
    }
}

impl TreeSink for PageTree {
    type Handle = NodeNumber;
    type Output = Nodes;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Nodes {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeNumber {
        DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeNumber) -> Name<'a> {
        let name = Ref::filter_map(self.nodes.borrow(), |nodes| {
            match &nodes[*target as usize].what {
                What::Element(element) => Some(&element.name),
                What::Text(_) | What::Other => None,
            }
        });
        name.map_or(Name::None(&self.no_name), Name::Element)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeNumber {
        let template = if flags.template {
            self.add(What::Other)
        } else {
            NONE
        };
        self.add(What::Element(Element {
            name,
            all: self.all(&attributes),
            attributes: Self::kept(attributes),
            template,
            html_inside: flags.mathml_annotation_xml_integration_point,
        }))
    }

    fn create_comment(&self, _: StrTendril) -> NodeNumber {
        self.add(What::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeNumber {
        self.add(What::Other)
    }

    fn append(&self, parent: &NodeNumber, child: NodeOrText<NodeNumber>) {
        self.put_child(child, *parent, NONE);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeNumber,
        before: &NodeNumber,
        child: NodeOrText<NodeNumber>,
    ) {
        if self.nodes.borrow()[*element as usize].parent == NONE {
            self.append(before, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeNumber) -> NodeNumber {
        match &self.nodes.borrow()[*target as usize].what {
            What::Element(element) if element.template != NONE => element.template,
            _ => *target,
        }
    }

    fn same_node(&self, one: &NodeNumber, other: &NodeNumber) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeNumber, child: NodeOrText<NodeNumber>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if parent != NONE {
            self.put_child(child, parent, *sibling);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeNumber, attributes: Vec<Attribute>) {
        if let What::Element(element) = &mut self.nodes.borrow_mut()[*target as usize].what {
            for (name, value) in Self::kept(attributes) {
                if element.attribute(name).is_none() {
                    element.attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeNumber) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeNumber, parent: &NodeNumber) {
        loop {
            let first = self.nodes.borrow()[*node as usize].first;
            if first == NONE {
                return;
            }
            self.put(first, *parent, NONE);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &NodeNumber) -> bool {
        matches!(&self.nodes.borrow()[*target as usize].what, What::Element(element) if element.html_inside)
    }
}

/// The document is the first node.
pub const DOCUMENT: NodeNumber = 0;

/// The largest pages of the web have a few hundred thousand; the tree of a full page takes about a quarter of a gigabyte.
const MAX_NODES: usize = 2_000_000;
