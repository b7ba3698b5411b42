//! A page that is not, byte for byte, the page of the log: what is different, in the words of a reader.
//!
//! Where this program made the page, every difference is a fault. A page of another version may say more in its own words;
//! then only what the log decides must agree.

use super::finding::{SiteFinding, differs};
use super::json::{difference, words};
use super::parts::PageParts;
use crate::outcome::Code;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::{Message, message};
use serde_json::Value;
use std::collections::BTreeMap;

/// How a site can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SiteComparison {
    /// Every byte: the same version of the program made it.
    Bytes,
    /// Record, fields, dates, banners, markup, and links to other sites: another version made it.
    Parts,
}

/// Compares a page with the page of the log.
pub fn compare(file: &str, log: &[u8], site: &[u8], how: SiteComparison) -> Vec<SiteFinding> {
    let unreadable = |why: String| vec![SiteFinding::fault(Code::SiteUnreadable, file, why)];
    let site = match PageParts::of(site) {
        Ok(parts) => parts,
        Err(why) => return unreadable(why),
    };
    let log = match PageParts::of(log) {
        Ok(parts) => parts,
        Err(why) => return unreadable(format!("the page of the log cannot be compared: {why}")),
    };
    let mut found = Differences {
        file,
        how,
        found: Vec::new(),
    };
    found.record(log.record.as_ref(), site.record.as_ref());
    found.fields(&log, &site);
    found.lists(&log, &site);
    found.visible(&log, &site);
    let mut found = found.found;
    if found.is_empty() && how == SiteComparison::Bytes {
        found.push(SiteFinding::fault(
            Code::SitePageAltered,
            file,
            "its bytes are not those of the log's page, in a place that no reader sees",
        ));
    }
    found
}

struct Differences<'f> {
    file: &'f str,
    how: SiteComparison,
    found: Vec<SiteFinding>,
}

impl Differences<'_> {
    /// Notes one difference of a kind for each page: the first says what to look for.
    fn fault(
        &mut self,
        code: Code,
        what: impl Into<Message>,
        log: Option<&str>,
        site: Option<&str>,
    ) {
        if self.found.iter().all(|known| known.code != code) {
            let said = differs(what, log, site);
            self.found.push(SiteFinding::fault(code, self.file, said));
        }
    }

    fn record(&mut self, log: Option<&Value>, site: Option<&Value>) {
        let (Some(Value::Object(log)), Some(Value::Object(site))) = (log, site) else {
            if log != site {
                self.fault(Code::SiteRecord, "its record cannot be read", None, None);
            }
            return;
        };
        let newest = |record: &serde_json::Map<String, Value>| {
            record.get("lastChangedBy").and_then(Value::as_u64)
        };
        if let (Some(log), Some(site)) = (newest(log), newest(site))
            && site < log
        {
            let message = message!(
                "the page is as of entry #{site}; entry #{log} changed it",
                site,
                log
            );
            let older = SiteFinding::fault(Code::SitePageOlder, self.file, message);
            self.found.push(older);
        }
        for (name, expected) in log {
            let there = site.get(name);
            if there == Some(expected) {
                continue;
            }
            if OF_THE_PROGRAM.contains(&name.as_str()) {
                if self.how == SiteComparison::Bytes {
                    let (log, site) = (words(expected), there.map(words));
                    self.fault(
                        Code::SitePageOlder,
                        name.as_str(),
                        Some(&log),
                        site.as_deref(),
                    );
                }
                continue;
            }
            let Some(first) = difference(expected, there.unwrap_or(&Value::Null)) else {
                continue;
            };
            let quotation = first.at.ends_with("/quotation");
            let code = if quotation {
                Code::SiteQuotation
            } else {
                code_of(name)
            };
            self.fault(
                code,
                format!("record {name}"),
                first.log.as_deref(),
                first.site.as_deref(),
            );
        }
        if self.how == SiteComparison::Bytes
            && let Some((name, more)) = site.iter().find(|(name, _)| !log.contains_key(*name))
        {
            let name = Foreign::from(name.as_str());
            let message = differs(message!("record {name}", name), None, Some(&words(more)));
            self.found
                .push(SiteFinding::fault(code_of(""), self.file, message));
        }
    }

    fn fields(&mut self, log: &PageParts, site: &PageParts) {
        for (name, expected) in &log.fields {
            let there = site.fields.get(name).map(Vec::as_slice).unwrap_or_default();
            if let Some((log, site)) = first_difference(expected, there) {
                self.fault(code_of(name), format!("shown as {name}"), log, site);
            }
        }
        let more = site
            .fields
            .iter()
            .find(|(name, _)| !log.fields.contains_key(*name));
        if self.how == SiteComparison::Bytes
            && let Some((name, more)) = more
        {
            let name = Foreign::from(name.as_str());
            let shown = more.first().map(String::as_str);
            let message = differs(message!("shown as {name}", name), None, shown);
            self.found.push(SiteFinding::fault(
                Code::SitePageAltered,
                self.file,
                message,
            ));
        }
    }

    fn lists(&mut self, log: &PageParts, site: &PageParts) {
        if let Some((log, site)) = first_difference(&log.banners, &site.banners) {
            self.fault(Code::SiteBanner, "banner", log, site);
        }
        if let Some((log, site)) = first_difference(&log.dates, &site.dates) {
            self.fault(Code::SiteDate, "date", log, site);
        }
        // Which files of its own another version brings into a page is for that version to say.
        let runs = |parts: &PageParts| -> Vec<String> {
            let all = parts.active.iter();
            let all = all.filter(|one| self.how == SiteComparison::Bytes || !is_own_file(one));
            all.cloned().collect()
        };
        let (from, to) = (runs(log), runs(site));
        if let Some((log, site)) = first_apart(&from, &to) {
            self.fault(Code::SiteScript, "what runs in the page", log, site);
        }
        if self.how == SiteComparison::Bytes
            && let Some((log, site)) = first_difference(&log.policy, &site.policy)
        {
            self.fault(Code::SitePolicy, "what a browser may do", log, site);
        }
        let leads = |parts: &PageParts| -> Vec<String> {
            let all = parts.links.iter();
            let all = all.filter(|link| self.how == SiteComparison::Bytes || is_elsewhere(link));
            all.cloned().collect()
        };
        let (from, to) = (leads(log), leads(site));
        if let Some((log, site)) = first_difference(&from, &to) {
            self.fault(Code::SiteLink, "link", log, site);
        }
        let markup = |parts: &PageParts| parts.markup.iter().cloned().collect::<Value>();
        if let Some(first) = difference(&markup(log), &markup(site)) {
            let at = Foreign::from(first.at.as_str());
            let what = message!("markup for search engines at {at}", at);
            self.fault(
                Code::SiteMarkup,
                what,
                first.log.as_deref(),
                first.site.as_deref(),
            );
        }
    }

    fn visible(&mut self, log: &PageParts, site: &PageParts) {
        let rows = |parts: &PageParts| -> Vec<String> {
            parts.visible.lines().map(str::to_owned).collect()
        };
        let Some((from, to)) = first_difference(&rows(log), &rows(site))
            .map(|(log, site)| (log.map(str::to_owned), site.map(str::to_owned)))
        else {
            return;
        };
        match self.how {
            SiteComparison::Bytes => {
                // Words that a field, a date or a banner has are told already.
                if self.found.is_empty() {
                    self.fault(
                        Code::SitePageAltered,
                        "visible words",
                        from.as_deref(),
                        to.as_deref(),
                    );
                }
            }
            SiteComparison::Parts => {
                let said = differs(
                    "words outside the fields, perhaps of that version",
                    from.as_deref(),
                    to.as_deref(),
                );
                self.found
                    .push(SiteFinding::note(Code::SitePageAltered, self.file, said));
            }
        }
    }
}

/// The code of a field of a page or of its record.
fn code_of(field: &str) -> Code {
    match field {
        "rating" | "ratingCode" | "meaning" | "scaleEntry" => Code::SiteRating,
        "signed" | "published" | "date" => Code::SiteDate,
        "banners" | "standing" | "approval" | "approvals" | "current" => Code::SiteBanner,
        "quotation" | "quotations" => Code::SiteQuotation,
        _ => Code::SiteRecord,
    }
}

/// The first items that are not the same, in order.
fn first_difference<'a>(
    log: &'a [String],
    site: &'a [String],
) -> Option<(Option<&'a str>, Option<&'a str>)> {
    let length = log.len().max(site.len());
    let pairs = (0..length).map(|at| (log.get(at), site.get(at)));
    let mut apart = pairs.filter(|(log, site)| log != site);
    let (log, site) = apart.next()?;
    Some((log.map(String::as_str), site.map(String::as_str)))
}

/// The first item that only one of two has, whatever their order: first what only the site has.
fn first_apart<'a>(
    log: &'a [String],
    site: &'a [String],
) -> Option<(Option<&'a str>, Option<&'a str>)> {
    let mut times: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for item in log {
        times.entry(item).or_default().0 += 1;
    }
    for item in site {
        times.entry(item).or_default().1 += 1;
    }
    let more = times.iter().find(|(_, (log, site))| site > log);
    if let Some((more, _)) = more {
        return Some((None, Some(more)));
    }
    let less = times.iter().find(|(_, (log, site))| log > site);
    less.map(|(less, _)| (Some(*less), None))
}

/// Whether a link leads to another site.
fn is_elsewhere(link: &str) -> bool {
    let to = link.split_once('=').map_or(link, |(_, to)| to).trim_start();
    to.contains("://") || to.starts_with("//") || to.starts_with('\\')
}

/// Whether this is a script or a style sheet in a file of the same site.
fn is_own_file(active: &str) -> bool {
    let from = ["script ", "link stylesheet ", "link modulepreload "];
    let from = from.iter().find_map(|kind| active.strip_prefix(kind));
    from.is_some_and(|from| from.starts_with("../") || from.starts_with("assets/"))
        && !active.contains("//")
}

/// Fields of a record that the program decides and not the log.
const OF_THE_PROGRAM: &[&str] = &["form", "version"];
