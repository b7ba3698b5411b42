//! The answers of every command under `--json`, and the JSON Schema of each (docs/schema): only with the feature `schema`.
//!
//! A new answer needs `derive(JsonSchema)` on its type and a row here.

use super::adding::SavedStatement;
use super::audit::site::Audited;
use super::checkpoint::request::RequestWritten;
use super::export::counts::{ChainCounts, FeedCounts, GraphCounts, RowCounts, SourceCounts};
use super::export::writing::WrittenFormat;
use super::import::taking::Imported;
use super::key::new::NewKey;
use super::ledger::{close::Closed, forget::Forgotten};
use super::prove::ProofWritten;
use super::refusal::Refusal;
use super::witness::serve::Ready;
use crate::app::care::{adopt, doctor::Examined, init::CreatedLedger};
use crate::app::doubts::Doubt;
use crate::app::keys::{enrolment::KeyLine, recovery::RecoveryRequest, request::KeyRequest};
use crate::app::peers::{cosign::Cosigned, exchange::Brought, witness};
use crate::app::proofs::{claim_dossiers::ClaimDossierPlan, proof::CheckedFile};
use crate::app::publish::claimreview::PublishedCounts;
use crate::app::read::claim_rows::ClaimRow;
use crate::app::read::corroboration::Corroborated;
use crate::app::read::everywhere::Everywhere;
use crate::app::read::impact::KeyImpact;
use crate::app::read::line::Line;
use crate::app::read::listed::Listed;
use crate::app::read::objection_list::ObjectionLine;
use crate::app::read::practice::Practice;
use crate::app::read::review_rows::ReviewRow;
use crate::app::read::scale::ScaleShown;
use crate::app::read::search::Found;
use crate::app::read::show::{EntryDetails, HeadShown, OrganisationLine};
use crate::app::read::source_rows::ListedSource;
use crate::app::read::source_text::SourceText;
use crate::app::read::standing::VerdictStanding;
use crate::app::read::suggest::Suggested;
use crate::app::read::todo::Todo;
use crate::app::record::added::Added;
use crate::app::record::case::Planned;
use crate::app::record::settings::{PolicyShown, ScaleLine};
use crate::ledger::rollback_guard::RememberedLedger;
use crate::site::whole::SiteWritten;
use crate::sync::export::Exported;
use crate::sync::mirror::MirrorStatus;
use claimledger_core::model::schema::absent_not_null;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// What some commands answer.
pub struct AnswerSchema {
    /// The name of its file in docs/schema.
    pub name: &'static str,
    /// The commands.
    pub commands: &'static [&'static str],
    forms: fn(&mut SchemaGenerator) -> Vec<Schema>,
}

macro_rules! answers {
    ($($name:literal [$($form:ty),+] $($command:literal)+,)+) => {
        /// Every answer.
        pub const ANSWERS: &[AnswerSchema] = &[$(
            AnswerSchema {
                name: $name,
                commands: &[$($command),+],
                forms: |generator| vec![$(generator.subschema_for::<$form>()),+],
            },
        )+];
    };
}

answers! {
    "added" [Added, Vec<Added>, SavedStatement]
        "key enroll" "key rotate" "key revoke" "key recover submit" "org set" "scale set" "policy set" "checkpoint rotate"
        "checkpoint retire" "source add" "source capture" "source relate" "source assess" "source transcribe"
        "snapshot withhold" "claim add" "claim relate" "evidence add" "verdict issue" "verdict approve" "verdict reject"
        "verdict abstain" "verdict recuse" "verdict publish" "withdraw" "dispute open" "dispute answer" "observe" "sign"
        "submit",
    "recorded" [Vec<Added>, Vec<Planned>] "record",
    "import" [Imported<'static>] "import claimreview" "import csv" "import jsonl" "import check",
    "init" [CreatedLedger] "init",
    "key-new" [NewKey] "key new",
    "key-request" [KeyRequest] "key request",
    "key-list" [Vec<KeyLine>] "key list",
    "key-impact" [KeyImpact] "key impact",
    "key-recovery" [RecoveryRequest] "key recover request" "key recover sign",
    "org-list" [Vec<OrganisationLine>] "org list",
    "scale-list" [Listed<ScaleLine>] "scale list",
    "scale" [ScaleShown] "scale show",
    "policy" [Vec<PolicyShown>] "policy show",
    "log" [Vec<Line>] "log",
    "list" [Listed<Line>] "source relations" "source assessments" "claim relations" "evidence list",
    "source-list" [Listed<ListedSource>] "source list",
    "source-text" [SourceText] "source text",
    "source-suggest" [Suggested] "source suggest",
    "claim-list" [Listed<ClaimRow>, Everywhere<ClaimRow>] "claim list",
    "review-list" [Listed<ReviewRow>] "review list",
    "verdict-list" [Listed<VerdictStanding>] "verdict list",
    "dispute-list" [Listed<ObjectionLine>] "dispute list",
    "search" [Listed<Found>, Everywhere<Found>] "search",
    "todo" [Vec<Todo>] "todo",
    "show" [EntryDetails] "show",
    "corroboration" [Corroborated] "corroboration",
    "practice" [Practice] "report practice",
    "audit" [Audited] "audit",
    "verify" [CheckedFile] "verify",
    "prove" [ProofWritten] "prove",
    "export" [Exported, ClaimDossierPlan] "export",
    "export-claimreview" [WrittenFormat<'static, PublishedCounts>] "export claimreview" "export datafeed",
    "export-feed" [WrittenFormat<'static, FeedCounts>] "export feed",
    "export-rows" [WrittenFormat<'static, RowCounts>] "export csv" "export jsonl",
    "export-sources" [WrittenFormat<'static, SourceCounts>] "export csl" "export bibtex",
    "export-prov" [WrittenFormat<'static, ChainCounts>] "export prov",
    "export-site" [SiteWritten] "export site",
    "export-graphml" [WrittenFormat<'static, GraphCounts>] "export graphml",
    "brought" [Brought] "pull" "mirror add" "mirror update",
    "mirror-list" [Vec<MirrorStatus>] "mirror list",
    "mirror" [MirrorStatus] "mirror show",
    "checkpoint" [HeadShown, RequestWritten<'static>, Cosigned] "checkpoint",
    "witness-new" [witness::NewWitnessKey] "witness new",
    "witness-answer" [witness::Answered] "witness add-checkpoint",
    "witness-ready" [Ready] "witness serve",
    "doctor" [Vec<Examined>] "doctor",
    "ledger-known" [Vec<RememberedLedger>] "ledger known",
    "ledger-adopt" [adopt::Adopted] "ledger adopt",
    "ledger-close" [Closed<'static>] "ledger close",
    "ledger-forget" [Forgotten<'static>] "ledger forget",
}

/// A refusal, which every command can give instead, on standard error.
#[derive(serde::Serialize, JsonSchema)]
struct Refused {
    /// What was wrong, and what to do next.
    error: Refusal,
}

impl AnswerSchema {
    /// Its schema. A field that it does not name is no field of the answer.
    pub fn schema(&self) -> Schema {
        let mut generator = generator();
        let mut forms = (self.forms)(&mut generator);
        let doubts = generator.subschema_for::<Vec<Doubt>>();
        let mut schema = match forms.len() {
            1 => forms.remove(0),
            _ => json_schema!({ "anyOf": forms }),
        };
        finish(&mut schema, &mut generator, self.name, Some(&doubts));
        schema
    }
}

/// The schema of a refusal.
pub fn refusal() -> Schema {
    let mut generator = generator();
    let mut schema = generator.subschema_for::<Refused>();
    finish(&mut schema, &mut generator, "refusal", None);
    schema
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
}

/// Adds the definitions, closes every object, and lets the objects that are answers have doubts.
fn finish(
    schema: &mut Schema,
    generator: &mut SchemaGenerator,
    name: &str,
    doubts: Option<&Schema>,
) {
    let referred_to = generator.take_definitions(true);
    let mut definitions = Value::Object(referred_to.clone());
    merge(&mut definitions, &referred_to);
    let mut whole = Value::Object(std::mem::take(schema.ensure_object()));
    merge(&mut whole, &referred_to);
    if let (Some(doubts), Value::Object(whole), Value::Object(definitions)) =
        (doubts, &mut whole, &definitions)
    {
        with_doubts(whole, definitions, doubts);
    }
    whole["$defs"] = definitions;
    close(&mut whole, false);
    whole["$schema"] = DIALECT.into();
    whole["title"] = name.into();
    if let Value::Object(whole) = whole {
        *schema.ensure_object() = whole;
    }
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Each form of an answer that is an object can have `doubts`: see [`Terminal::answer`](super::terminal::Terminal::answer).
fn with_doubts(form: &mut Map<String, Value>, definitions: &Map<String, Value>, doubts: &Schema) {
    for forms in ["anyOf", "oneOf"] {
        if let Some(Value::Array(forms)) = form.get_mut(forms) {
            for form in forms.iter_mut().filter_map(Value::as_object_mut) {
                with_doubts(form, definitions, doubts);
            }
            return;
        }
    }
    // What is an answer here may be a part of another value, which has no doubts.
    if let Some(found) = defined(form, definitions)
        && ["properties", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| found.contains_key(*keyword))
    {
        *form = found.clone();
        return with_doubts(form, definitions, doubts);
    }
    if let Some(Value::Object(properties)) = form.get_mut("properties") {
        properties.insert("doubts".to_owned(), doubts.clone().into());
    }
}

/// The definition that a schema refers to.
fn defined<'d>(
    schema: &Map<String, Value>,
    definitions: &'d Map<String, Value>,
) -> Option<&'d Map<String, Value>> {
    let to = schema.get("$ref")?.as_str()?;
    definitions.get(to.strip_prefix("#/$defs/")?)?.as_object()
}

/// Puts the fields of a definition beside those of a schema that refers to it and has fields of its own: a closed definition
/// would refuse those.
fn merge(schema: &mut Value, definitions: &Map<String, Value>) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|one| merge(one, definitions)),
        Value::Object(fields) => {
            let found = defined(fields, definitions).filter(|_| fields.contains_key("properties"));
            if let Some(found) = found {
                fields.remove("$ref");
                for (keyword, value) in found {
                    match (fields.get_mut(keyword), value) {
                        (Some(Value::Object(own)), Value::Object(more)) => own.extend(more.clone()),
                        (Some(Value::Array(own)), Value::Array(more)) => own.extend(more.clone()),
                        (Some(_), _) => {}
                        (None, _) => {
                            fields.insert(keyword.clone(), value.clone());
                        }
                    }
                }
            }
            fields.values_mut().for_each(|one| merge(one, definitions));
        }
        _ => {}
    }
}

/// Closes every object: a field that the schema does not name is refused. `within` is whether another part of the schema
/// describes the same object, which closes it then.
fn close(schema: &mut Value, within: bool) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|one| close(one, within)),
        Value::Object(fields) => {
            absent_fields(fields);
            let has_properties = fields.contains_key("properties");
            let in_parts = ["oneOf", "anyOf", "allOf", "$ref"];
            let in_parts = in_parts.iter().any(|keyword| fields.contains_key(*keyword));
            let shared = within || (has_properties && in_parts);
            for (keyword, value) in fields.iter_mut() {
                match keyword.as_str() {
                    "oneOf" | "anyOf" | "allOf" => close(value, shared),
                    "properties" | "$defs" => {
                        let all = value.as_object_mut().into_iter().flatten();
                        all.for_each(|(_, one)| close(one, false));
                    }
                    "items" | "prefixItems" | "additionalProperties" => close(value, false),
                    _ => {}
                }
            }
            if within {
                fields.remove("additionalProperties");
            } else if has_properties {
                fields.remove("additionalProperties");
                let keyword = if in_parts {
                    "unevaluatedProperties"
                } else {
                    "additionalProperties"
                };
                fields.insert(keyword.to_owned(), false.into());
            }
            if fields.get("type").is_some_and(|kind| kind == "integer") {
                fields.remove("format");
            }
        }
        _ => {}
    }
}

/// A field that an answer need not have is left out where it has no value.
fn absent_fields(object: &mut Map<String, Value>) {
    let required = object.get("required").cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        let needed = required
            .as_array()
            .is_some_and(|names| names.contains(&name.as_str().into()));
        if let Ok(property) = <&mut Schema>::try_from(property)
            && !needed
        {
            absent_not_null(property);
        }
    }
}
