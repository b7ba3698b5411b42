//! Rich text (.rtf, Microsoft's Rich Text Format 1.9.1). Hidden text, deletions that are tracked, comments, and the headers
//! and footers of pages are left out; footnotes stand where they are referred to, in lines of their own.

use crate::extract::lines::{Shift, ShiftStart, TextLines};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;

/// The text of a file.
pub fn text(bytes: &[u8]) -> Result<String, String> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err("it does not begin as rich text".to_owned());
    }
    let mut reading = Reading {
        bytes,
        at: 0,
        lines: TextLines::default(),
        groups: Vec::new(),
        group: Group::default(),
        page: WINDOWS_1252,
        fonts: BTreeMap::new(),
        font: 0,
        pending: Vec::new(),
        skip: 0,
        high: None,
    };
    reading.read()?;
    Ok(reading.lines.finish())
}

/// What holds until a group ends.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a control word of the format that holds or not"
)]
struct Group {
    /// Its words are no text: a table of fonts, a picture, an instruction.
    past: bool,
    /// It is the table of fonts.
    fonts: bool,
    hidden: bool,
    deleted: bool,
    shift: Option<Shift>,
    font: i32,
    /// How many characters after `\u` stand for the same in other words.
    fallback: usize,
    /// It is a footnote.
    note: bool,
    /// Nothing of it was read yet.
    fresh: bool,
    /// `\*` was read.
    optional: bool,
}

struct Reading<'a> {
    bytes: &'a [u8],
    at: usize,
    lines: TextLines,
    groups: Vec<Group>,
    group: Group,
    page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    /// The font of the table of fonts that is being read.
    font: i32,
    /// Bytes in the encoding of the font.
    pending: Vec<u8>,
    /// Characters left to skip after `\u`.
    skip: usize,
    /// The first half of a character beyond U+FFFF.
    high: Option<u32>,
}

impl Reading<'_> {
    fn read(&mut self) -> Result<(), String> {
        self.group.fallback = 1;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() >= MAX_DEPTH {
                        return Err("its groups are nested deeper than is read".to_owned());
                    }
                    let inner = Group {
                        note: false,
                        fresh: true,
                        optional: false,
                        ..self.group.clone()
                    };
                    self.groups.push(std::mem::replace(&mut self.group, inner));
                    self.skip = 0;
                }
                b'}' => {
                    self.flush();
                    if self.group.note {
                        self.lines.end_line();
                    }
                    match self.groups.pop() {
                        Some(group) => self.group = group,
                        None => return Ok(()),
                    }
                    if self.groups.is_empty() {
                        return Ok(());
                    }
                    self.skip = 0;
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        Ok(())
    }

    fn control(&mut self) {
        let Some(first) = self.bytes.get(self.at).copied() else {
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let hex = self.bytes.get(self.at..self.at + 2);
                    let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
                    if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                        self.at += 2;
                        self.byte(byte);
                    }
                }
                b'*' => self.group.optional = true,
                b'~' => self.word("\u{a0}"),
                b'_' => self.word("\u{2011}"),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.line(),
                _ => {}
            }
            return;
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..length.min(32)]).into_owned();
        self.at += length;
        let rest = &self.bytes[self.at..];
        let digits = rest.iter().skip(usize::from(rest.first() == Some(&b'-')));
        let digits = digits.take_while(|b| b.is_ascii_digit()).count();
        let length = if digits == 0 {
            0
        } else {
            digits + usize::from(rest[0] == b'-')
        };
        let number = std::str::from_utf8(&rest[..length])
            .ok()
            .and_then(|number| number.parse::<i32>().ok());
        self.at += length;
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.act(&word, number);
        self.group.fresh = false;
    }

    fn act(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        if word != "u" {
            self.flush();
        }
        match word {
            "bin" => {
                self.at += usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            }
            "fonttbl" => {
                self.group.past = true;
                self.group.fonts = true;
            }
            "f" if self.group.fonts => self.font = number.unwrap_or(0),
            "fcharset" if self.group.fonts => {
                if let Some(encoding) = of_charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" => self.group.font = number.unwrap_or(0),
            "ansicpg" => {
                if let Some(encoding) = of_code_page(number.unwrap_or(0)) {
                    self.page = encoding;
                }
            }
            "mac" => self.page = encoding_rs::MACINTOSH,
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "footnote" if !self.group.past => {
                self.group.note = true;
                self.lines.end_line();
            }
            _ if LEFT_OUT.contains(&word) => self.group.past = true,
            // A destination that this reader does not know may be passed over (page 9 of the specification).
            _ if self.group.optional && !SHOWN_OPTIONAL.contains(&word) => self.group.past = true,
            "v" => self.group.hidden = on,
            "deleted" => self.group.deleted = on,
            // `up` and `dn` with a number of half points; without it six.
            "super" | "up" => self.group.shift = on.then_some(Shift::Raised),
            "sub" | "dn" => self.group.shift = on.then_some(Shift::Lowered),
            "nosupersub" => self.group.shift = None,
            "plain" => {
                self.group.hidden = false;
                self.group.shift = None;
            }
            "u" => self.character(number.unwrap_or(0)),
            "par" | "line" | "sect" | "page" => self.line(),
            "tab" if self.is_shown() => self.lines.tab(),
            "trowd" if self.is_shown() => self.lines.begin_row(),
            "cell" | "nestcell" if self.is_shown() => {
                self.lines.begin_cell(false);
            }
            "row" | "nestrow" if self.is_shown() => {
                self.lines.end_row();
            }
            "emdash" => self.word("\u{2014}"),
            "endash" => self.word("\u{2013}"),
            "lquote" => self.word("\u{2018}"),
            "rquote" => self.word("\u{2019}"),
            "ldblquote" => self.word("\u{201c}"),
            "rdblquote" => self.word("\u{201d}"),
            "bullet" => self.word("\u{2022}"),
            "emspace" | "enspace" | "qmspace" => self.word(" "),
            _ => {}
        }
    }

    fn is_shown(&self) -> bool {
        !(self.group.past || self.group.hidden || self.group.deleted)
    }

    fn line(&mut self) {
        if self.is_shown() {
            self.lines.end_line();
        }
    }

    /// A byte in the encoding of the font, or one that stands for a `\u` character before it.
    fn byte(&mut self, byte: u8) {
        self.group.fresh = false;
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_shown() {
            self.pending.push(byte);
        }
    }

    fn character(&mut self, number: i32) {
        self.flush();
        self.skip = self.group.fallback;
        let Ok(unit) = u32::try_from(number.rem_euclid(0x1_0000)) else {
            return;
        };
        match (self.high.take(), unit) {
            (_, 0xd800..=0xdbff) => self.high = Some(unit),
            (Some(high), 0xdc00..=0xdfff) => {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
                self.word(
                    char::from_u32(code)
                        .unwrap_or('\u{fffd}')
                        .encode_utf8(&mut [0; 4]),
                );
            }
            (_, unit) => {
                self.word(
                    char::from_u32(unit)
                        .unwrap_or('\u{fffd}')
                        .encode_utf8(&mut [0; 4]),
                );
            }
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let encoding = self
            .fonts
            .get(&self.group.font)
            .copied()
            .unwrap_or(self.page);
        let bytes = std::mem::take(&mut self.pending);
        let (words, _) = encoding.decode_without_bom_handling(&bytes);
        self.word(&words);
    }

    fn word(&mut self, words: &str) {
        if !self.is_shown() {
            return;
        }
        let shift: Option<(ShiftStart, Shift)> = self
            .group
            .shift
            .map(|shift| (self.lines.begin_shift(), shift));
        self.lines.kept(words);
        if let Some((start, shift)) = shift {
            self.lines.end_shift(start, shift);
        }
    }
}

/// The encoding of a code page of Windows.
fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10000 => "macintosh".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a charset of a font (page 17 of the specification).
fn of_charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    of_code_page(page)
}

/// Destinations whose words are no text of the page.
const LEFT_OUT: &[&str] = &[
    "annotation",
    "atnauthor",
    "atnid",
    "author",
    "bkmkend",
    "bkmkstart",
    "colortbl",
    "comment",
    "company",
    "creatim",
    "doccomm",
    "filetbl",
    "fldinst",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "generator",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "info",
    "keywords",
    "latentstyles",
    "listoverridetable",
    "listtable",
    "listtext",
    "nonshppict",
    "object",
    "operator",
    "pict",
    "pntext",
    "private",
    "revtbl",
    "rsidtbl",
    "rxe",
    "stylesheet",
    "subject",
    "tc",
    "template",
    "themedata",
    "title",
    "txe",
    "xe",
    "xmlnstbl",
];

/// Destinations that are marked as optional and hold words of the page.
const SHOWN_OPTIONAL: &[&str] = &[
    "footnote",
    "nesttableprops",
    "shppict",
    "shpinst",
    "shptxt",
    "ud",
    "upr",
];

/// Real files nest a few dozen groups.
const MAX_DEPTH: usize = 4096;
