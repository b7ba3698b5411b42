//! Files beside the pages that are not, byte for byte, those of the log: feeds, markup, statements, scripts, headers.

use super::finding::{SiteFinding, differs};
use super::json::difference;
use super::page::SiteComparison;
use super::parts::one_line;
use crate::extract::html::markup::PageMarkup;
use crate::outcome::Code;
use crate::site::address::files;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::message;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// Compares a file with that of the log. Nothing if it is left to the version that made it.
pub fn compare(file: &str, log: &[u8], site: &[u8], how: SiteComparison) -> Option<SiteFinding> {
    if file.starts_with(ASSETS) || file == files::HEADERS {
        let code = match file {
            files::HEADERS => Code::SitePolicy,
            _ => Code::SiteScript,
        };
        let ours = how == SiteComparison::Bytes;
        let said = "it is not the file that this version of the program writes";
        return ours.then(|| SiteFinding::fault(code, file, said));
    }
    if file == files::ATOM {
        return atom(file, log, site);
    }
    let (Ok(log), Ok(site)) = (serde_json::from_slice(log), json(site)) else {
        let said = "it is not the file that the log gives, and is no JSON";
        return Some(SiteFinding::fault(Code::SiteFileAltered, file, said));
    };
    if let Some(found) = feed_entry(file, &log, &site) {
        return Some(found);
    }
    let Some(first) = difference(&log, &site) else {
        // White space, or the order of names: what it says is the same.
        let said = "it says the same as the log, in other bytes";
        return (how == SiteComparison::Bytes)
            .then(|| SiteFinding::fault(Code::SiteFileAltered, file, said));
    };
    if how == SiteComparison::Parts && OF_THE_PROGRAM.contains(&first.at.as_str()) {
        return None;
    }
    let at = Foreign::from(first.at.as_str());
    let said = differs(
        message!("at {at}", at),
        first.log.as_deref(),
        first.site.as_deref(),
    );
    Some(SiteFinding::fault(code_of(file), file, said))
}

/// JSON that is nested less deeply than a parser can bear.
fn json(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes)
}

fn code_of(file: &str) -> Code {
    match file {
        files::HEAD => Code::SiteHead,
        files::JSON_FEED | files::MARKUP => Code::SiteFeed,
        _ if file.ends_with(".claimreview") => Code::SiteMarkup,
        _ => Code::SiteFileAltered,
    }
}

/// An entry that only one of two JSON feeds has.
fn feed_entry(file: &str, log: &Value, site: &Value) -> Option<SiteFinding> {
    let (list, id) = match file {
        files::JSON_FEED => ("items", "/id"),
        files::MARKUP => ("dataFeedElement", "/item/url"),
        _ => return None,
    };
    let ids = |feed: &Value| -> Vec<String> {
        let all = feed.get(list).and_then(Value::as_array);
        let all = all.into_iter().flatten();
        let ids = all.filter_map(|entry| entry.pointer(id).and_then(Value::as_str));
        ids.map(str::to_owned).collect()
    };
    only_in_one(file, &ids(log), &ids(site))
}

fn only_in_one(file: &str, log: &[String], site: &[String]) -> Option<SiteFinding> {
    if let Some(id) = log.iter().find(|id| !site.contains(id)) {
        let id = Foreign::from(id.as_str());
        let said = message!("the feed has no entry {id}, which the log has", id);
        return Some(SiteFinding::fault(Code::SiteFeed, file, said));
    }
    let more = site.iter().find(|id| !log.contains(id))?;
    let id = Foreign::from(more.as_str());
    let said = message!(
        "the feed has an entry {id}, which the log does not have",
        id
    );
    Some(SiteFinding::fault(Code::SiteFeed, file, said))
}

/// The entries of an Atom feed, by id.
fn atom(file: &str, log: &[u8], site: &[u8]) -> Option<SiteFinding> {
    let altered = |said: &str| Some(SiteFinding::fault(Code::SiteFeed, file, said));
    let (Ok(log), Ok(site)) = (entries(log), entries(site)) else {
        return altered("it cannot be read");
    };
    let ids = |entries: &BTreeMap<String, String>| entries.keys().cloned().collect::<Vec<_>>();
    if let Some(found) = only_in_one(file, &ids(&log), &ids(&site)) {
        return Some(found);
    }
    for (id, words) in &log {
        let there = &site[id];
        if words != there {
            let id = Foreign::from(id.as_str());
            let said = differs(message!("entry {id}", id), Some(words), Some(there));
            return Some(SiteFinding::fault(Code::SiteFeed, file, said));
        }
    }
    altered("it is not the feed that the log gives")
}

/// Ids, and all words of each entry. Feeds are small XML, whose elements an HTML parser finds as well.
fn entries(feed: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let text = std::str::from_utf8(feed).map_err(|_| "it is not UTF-8".to_owned())?;
    let tree = PageMarkup::read(text, TIME)?;
    let mut entries = BTreeMap::new();
    let mut all = BTreeMap::new();
    for element in tree.elements() {
        match element.name() {
            "entry" => {
                all.insert(element.place(), element);
            }
            "id" => {
                let of = element.above().and_then(|above| all.get(&above));
                if let Some(entry) = of {
                    let words = one_line(&entry.text(MOST));
                    entries.insert(one_line(&element.text(MOST)), words);
                }
            }
            _ => {}
        }
        if entries.len() > MOST_ENTRIES {
            return Err("it has more entries than a feed can have here".to_owned());
        }
    }
    Ok(entries)
}

/// Where the files of the program itself stand.
const ASSETS: &str = "assets/";
/// What a head says of the program that made the site.
const OF_THE_PROGRAM: &[&str] = &["/site/form", "/site/version"];
/// A feed of this program has at most a hundred.
const MOST_ENTRIES: usize = 2_000;
/// The words of one entry.
const MOST: usize = 256 * 1024;
/// A feed takes far less.
const TIME: Duration = Duration::from_secs(10);
