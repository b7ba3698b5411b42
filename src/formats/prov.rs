//! PROV-JSON (W3C member submission of 24 April 2013): what was made from what, by whom, and when.

use super::json::VerbatimJson;
use super::json_text::pretty;
use std::collections::BTreeMap;

/// The three kinds of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProvKind {
    /// Something that was made: a claim, a source, a verdict.
    Entity,
    /// Something that was done.
    Activity,
    /// Who did it.
    Agent,
}

impl ProvKind {
    const fn section(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Activity => "activity",
            Self::Agent => "agent",
        }
    }
}

macro_rules! relations {
    ($($(#[$doc:meta])* $variant:ident = $section:literal $from:literal $to:literal $type:expr,)+) => {
        /// How two things relate. The first of the two is the later one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ProvRelation {
            $($(#[$doc])* $variant,)+
        }

        impl ProvRelation {
            /// Every relation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The section, the names of the two ends, and the PROV type, if it is one of several in its section.
            const fn spelled(self) -> (&'static str, &'static str, &'static str, Option<&'static str>) {
                match self { $(Self::$variant => ($section, $from, $to, $type),)+ }
            }
        }
    };
}

relations! {
    /// An entity was made by an activity.
    WasGeneratedBy = "wasGeneratedBy" "prov:entity" "prov:activity" None,
    /// An entity no longer holds because of an activity.
    WasInvalidatedBy = "wasInvalidatedBy" "prov:entity" "prov:activity" None,
    /// An activity took an entity into account.
    Used = "used" "prov:activity" "prov:entity" None,
    /// An activity was a person's or a program's.
    WasAssociatedWith = "wasAssociatedWith" "prov:activity" "prov:agent" None,
    /// An entity is the word of an agent.
    WasAttributedTo = "wasAttributedTo" "prov:entity" "prov:agent" None,
    /// A person acted for an organisation.
    ActedOnBehalfOf = "actedOnBehalfOf" "prov:delegate" "prov:responsible" None,
    /// An entity was made from another one.
    WasDerivedFrom = "wasDerivedFrom" "prov:generatedEntity" "prov:usedEntity" None,
    /// A corrected form of an entity.
    WasRevisionOf = "wasDerivedFrom" "prov:generatedEntity" "prov:usedEntity" Some("prov:Revision"),
    /// An entity repeats words of another one.
    WasQuotedFrom = "wasDerivedFrom" "prov:generatedEntity" "prov:usedEntity" Some("prov:Quotation"),
    /// An entity has its knowledge from another one.
    HadPrimarySource = "wasDerivedFrom" "prov:generatedEntity" "prov:usedEntity" Some("prov:PrimarySource"),
    /// An entity is one state of another one: a copy of a source.
    SpecializationOf = "specializationOf" "prov:specificEntity" "prov:generalEntity" None,
    /// An entity says the same as another one.
    AlternateOf = "alternateOf" "prov:alternate1" "prov:alternate2" None,
}

/// A document, filled piece by piece. Ids are names after a prefix, such as `statement:12ab`.
#[derive(Debug, Clone, Default)]
pub struct ProvDocument {
    prefixes: BTreeMap<String, String>,
    things: BTreeMap<(ProvKind, String), Vec<(String, VerbatimJson)>>,
    relations: Vec<(ProvRelation, String, String, Option<String>)>,
}

impl ProvDocument {
    /// Gives a prefix its address.
    pub fn prefix(&mut self, name: &str, address: impl Into<String>) {
        self.prefixes.insert(name.to_owned(), address.into());
    }

    /// Adds a thing, or more attributes of one.
    pub fn thing(&mut self, kind: ProvKind, id: &str, attributes: Vec<(&str, String)>) {
        let known = self.things.entry((kind, id.to_owned())).or_default();
        for (name, value) in attributes {
            let value = match name {
                "prov:type" => qualified(value),
                _ => VerbatimJson::Text(value),
            };
            if !known.iter().any(|(before, _)| before == name) {
                known.push((name.to_owned(), value));
            }
        }
    }

    /// Whether this thing is there.
    pub fn has(&self, kind: ProvKind, id: &str) -> bool {
        self.things.contains_key(&(kind, id.to_owned()))
    }

    /// Relates two things, once; `at` is an RFC 3339 instant.
    pub fn relate(&mut self, relation: ProvRelation, from: &str, to: &str, at: Option<&str>) {
        let made = (
            relation,
            from.to_owned(),
            to.to_owned(),
            at.map(str::to_owned),
        );
        if !self.relations.contains(&made) {
            self.relations.push(made);
        }
    }

    /// The document.
    pub fn written(&self) -> String {
        let mut sections: Vec<(String, VerbatimJson)> = Vec::new();
        let prefixes = self.prefixes.iter();
        let prefixes = prefixes.map(|(name, address)| (name.clone(), address.clone().into()));
        sections.push((
            "prefix".to_owned(),
            VerbatimJson::Object(prefixes.collect()),
        ));
        for kind in [ProvKind::Entity, ProvKind::Activity, ProvKind::Agent] {
            let of_kind = self.things.iter().filter(|((one, _), _)| *one == kind);
            let members = of_kind.map(|((_, id), attributes)| {
                (id.clone(), VerbatimJson::Object(attributes.clone()))
            });
            sections.push((
                kind.section().to_owned(),
                VerbatimJson::Object(members.collect()),
            ));
        }
        for (number, (relation, from, to, at)) in self.relations.iter().enumerate() {
            let (section, first, second, kind) = relation.spelled();
            let mut members = vec![
                (first.to_owned(), from.clone().into()),
                (second.to_owned(), to.clone().into()),
            ];
            members.extend(
                at.iter()
                    .map(|at| ("prov:time".to_owned(), at.clone().into())),
            );
            members.extend(kind.map(|kind| ("prov:type".to_owned(), qualified(kind.to_owned()))));
            let named = (format!("_:r{number}"), VerbatimJson::Object(members));
            match sections.iter_mut().find(|(name, _)| name == section) {
                Some((_, VerbatimJson::Object(all))) => all.push(named),
                _ => sections.push((section.to_owned(), VerbatimJson::Object(vec![named]))),
            }
        }
        pretty(&VerbatimJson::Object(sections))
    }
}

/// A name with a prefix, as a typed value.
fn qualified(name: String) -> VerbatimJson {
    VerbatimJson::Object(vec![
        ("$".to_owned(), name.into()),
        ("type".to_owned(), "prov:QUALIFIED_NAME".to_owned().into()),
    ])
}
