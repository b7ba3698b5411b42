//! C2SP tlog-policy: which logs and witnesses are trusted, and how many of the witnesses must have cosigned.

use super::Error;
use super::checkpoint::SignedCheckpoint;
use super::cosignature::{self, Cosignature, WitnessKey};
use super::note::VerifierKey;
use std::collections::BTreeMap;

/// A log, and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its key; the key's name is the log's origin.
    pub key: VerifierKey,
    /// Its address, if the policy gives one.
    pub url: Option<String>,
}

/// A witness, and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its name in this policy; it has no meaning elsewhere.
    pub name: String,
    /// Its key.
    pub key: WitnessKey,
    /// The address to which checkpoints are sent, if the policy gives one.
    pub url: Option<String>,
}

/// A part of the quorum: a witness, or a number of members of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Witness(usize),
    Group { needed: usize, members: Vec<Part> },
}

/// A policy: a checkpoint is good if one of the logs signed it and the quorum of witnesses cosigned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessPolicy {
    /// The logs; none if they are known from elsewhere.
    pub logs: Vec<PolicyLog>,
    /// The witnesses.
    pub witnesses: Vec<PolicyWitness>,
    quorum: Option<Part>,
}

/// A checkpoint's cosignatures, judged by a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuorumCheck {
    /// The cosignatures by the policy's witnesses.
    pub by: Vec<Cosignature>,
    /// Whether they are enough.
    pub quorum: bool,
}

impl WitnessPolicy {
    /// Reads a policy file. Every name must be defined before it is used and be a member of at most one group, so that
    /// no witness counts twice.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let refuse = |line: usize, reason: String| Error::Policy { line, reason };
        if bytes.len() > MAX_POLICY_BYTES {
            return Err(refuse(1, format!("longer than {MAX_POLICY_BYTES} bytes")));
        }
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let before = std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default();
            refuse(before.split('\n').count(), "not UTF-8".to_owned())
        })?;
        let mut lines = text.split('\n').zip(1..).peekable();
        let mut reading = Reading::default();
        let mut last = 1;
        while let Some((line, number)) = lines.next() {
            last = number;
            if lines.peek().is_none() {
                if !line.is_empty() {
                    return Err(refuse(number, "it does not end with a newline".to_owned()));
                }
                break;
            }
            reading
                .line(line)
                .map_err(|reason| refuse(number, reason))?;
        }
        let quorum = reading
            .quorum
            .ok_or_else(|| refuse(last, "no quorum line".to_owned()))?;
        Ok(Self {
            logs: reading.logs,
            witnesses: reading.witnesses,
            quorum: match quorum {
                Quorum::Nobody => None,
                Quorum::Of(part) => Some(part),
            },
        })
    }

    /// Whether the policy requires any cosignature.
    pub fn asks_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    /// Judges a checkpoint's cosignatures. A bad one by a witness of this policy is an error; it is not treated as
    /// missing.
    pub fn judge(&self, checkpoint: &SignedCheckpoint) -> Result<QuorumCheck, Error> {
        let keys: Vec<WitnessKey> = self.witnesses.iter().map(|w| w.key.clone()).collect();
        let by = cosignature::verify(checkpoint.note(), &keys)?;
        let cosigned = |at: usize| by.iter().any(|c| c.by == self.witnesses[at].key);
        let quorum = self
            .quorum
            .as_ref()
            .is_none_or(|part| part.holds(&cosigned));
        Ok(QuorumCheck { by, quorum })
    }
}

impl Part {
    fn holds(&self, cosigned: &dyn Fn(usize) -> bool) -> bool {
        match self {
            Self::Witness(at) => cosigned(*at),
            Self::Group { needed, members } => {
                members.iter().filter(|part| part.holds(cosigned)).count() >= *needed
            }
        }
    }
}

/// A policy half read.
#[derive(Default)]
struct Reading {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: usize,
    /// Every defined name, its part, and whether it is in a group.
    names: BTreeMap<String, (Part, bool)>,
    quorum: Option<Quorum>,
}

/// What the quorum line names.
enum Quorum {
    Nobody,
    Of(Part),
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.bytes().any(|b| (b < 0x20 && b != b'\t') || b == 0x7f) {
            return Err("it holds a control character".to_owned());
        }
        let words: Vec<&str> = line.split([' ', '\t']).filter(|w| !w.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, url] => self.log(key, Some(url)),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["group", name, threshold, members @ ..] => self.group(name, threshold, members),
            ["quorum", name] => self.set_quorum(name),
            [word @ ("log" | "witness" | "group" | "quorum"), ..] => {
                Err(format!("a {word} line has other words"))
            }
            [word, ..] => Err(format!(
                "{word:?} begins no line; log, witness, group and quorum do"
            )),
        }
    }

    fn log(&mut self, key: &str, url: Option<&str>) -> Result<(), String> {
        let key: VerifierKey = key.parse().map_err(|e: Error| e.to_string())?;
        if self.logs.iter().any(|log| log.key.key() == key.key()) {
            return Err("this log's key is already in an earlier line".to_owned());
        }
        within(self.logs.len(), "logs")?;
        self.logs.push(PolicyLog {
            key,
            url: url.map(str::to_owned),
        });
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: Option<&str>) -> Result<(), String> {
        let key: WitnessKey = key.parse().map_err(|e: Error| e.to_string())?;
        if self.witnesses.iter().any(|w| w.key.key() == key.key()) {
            return Err("this witness's key is already in an earlier line".to_owned());
        }
        within(self.witnesses.len(), "witnesses")?;
        self.define(name, Part::Witness(self.witnesses.len()))?;
        self.witnesses.push(PolicyWitness {
            name: name.to_owned(),
            key,
            url: url.map(str::to_owned),
        });
        Ok(())
    }

    fn group(&mut self, name: &str, threshold: &str, members: &[&str]) -> Result<(), String> {
        let needed = match threshold {
            "any" => 1,
            "all" => members.len(),
            k => k
                .parse()
                .ok()
                .filter(|n: &usize| n.to_string() == k)
                .ok_or_else(|| format!("{k:?} is neither any, all nor a number"))?,
        };
        if needed == 0 || needed > members.len() {
            return Err(format!(
                "{threshold} of {} members; from 1 to all of them",
                members.len()
            ));
        }
        within(self.groups, "groups")?;
        self.groups += 1;
        let members: Vec<Part> = members
            .iter()
            .map(|member| self.take(member))
            .collect::<Result<_, _>>()?;
        self.define(name, Part::Group { needed, members })
    }

    fn set_quorum(&mut self, name: &str) -> Result<(), String> {
        if self.quorum.is_some() {
            return Err("there is a second quorum line".to_owned());
        }
        self.quorum = Some(match (name, self.names.get(name)) {
            (NONE, _) => Quorum::Nobody,
            (_, Some((part, _))) => Quorum::Of(part.clone()),
            (_, None) => return Err(format!("{name:?} is defined nowhere above")),
        });
        Ok(())
    }

    fn define(&mut self, name: &str, part: Part) -> Result<(), String> {
        if name == NONE || self.names.contains_key(name) {
            return Err(format!("the name {name:?} is taken"));
        }
        self.names.insert(name.to_owned(), (part, false));
        Ok(())
    }

    fn take(&mut self, name: &str) -> Result<Part, String> {
        match self.names.get_mut(name) {
            Some((_, true)) => Err(format!("{name:?} is inside a group already")),
            Some((part, taken)) => {
                *taken = true;
                Ok(part.clone())
            }
            None => Err(format!("{name:?} is defined nowhere above")),
        }
    }
}

fn within(count: usize, what: &str) -> Result<(), String> {
    if count < MAX_DEFINITIONS {
        Ok(())
    } else {
        Err(format!("over {MAX_DEFINITIONS} {what}"))
    }
}

/// The predefined name of a quorum that requires nothing.
const NONE: &str = "none";

/// The specification requires at least 32 of each; a checkpoint has at most 64 signatures.
const MAX_DEFINITIONS: usize = 64;

/// 64 of each line with long addresses, and room for comments.
const MAX_POLICY_BYTES: usize = 256 * 1024;
