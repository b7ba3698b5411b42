//! An HTTP response in an archive: head (RFC 9112) and body, with the body's codings removed.

use super::codings;

/// What a `Content-Type` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentType {
    /// The media type in lower case, without parameters.
    pub media_type: String,
    /// The charset, if one is named.
    pub charset: Option<String>,
}

impl ContentType {
    /// Reads a field value such as `text/html; charset="UTF-8"`.
    pub fn parse(value: &str) -> Self {
        let mut parts = value.split(';');
        let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty())
                .then(|| value.to_owned())
        });
        Self {
            media_type,
            charset,
        }
    }
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The status.
    pub status: u16,
    /// What the body is.
    pub content_type: ContentType,
    /// The body, its codings undone.
    pub body: Vec<u8>,
}

/// The head of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHead {
    /// The status.
    pub status: u16,
    /// The names of the fields in lower case, and their values without white space around them; in their order.
    pub fields: Vec<(String, String)>,
    /// How many bytes it has, with the empty line at its end.
    pub length: usize,
}

impl StoredHead {
    /// Reads the head at the beginning of a response. Crawlers also store heads of HTTP/2, fields with names that are no
    /// tokens, and folded fields; what is not a field is left out, as browsers do.
    ///
    /// # Errors
    ///
    /// Why it cannot be read.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let (line, rest) = match bytes.iter().position(|b| *b == b'\n') {
            Some(end) => bytes.split_at(end + 1),
            None => return Err("its HTTP head does not end".to_owned()),
        };
        let status = status(line).ok_or("its HTTP status line is malformed")?;
        // Without fields the head is only the status line and the empty line.
        let lines = [b"HTTP/1.1 200\r\n", rest].concat();
        let mut fields = vec![httparse::EMPTY_HEADER; MAX_FIELDS];
        let mut head = httparse::Response::new(&mut fields);
        let parsed = httparse::ParserConfig::default()
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .parse_response(&mut head, &lines);
        let length = match parsed {
            Ok(httparse::Status::Complete(length)) => {
                line.len() + length - (lines.len() - rest.len())
            }
            Ok(httparse::Status::Partial) => return Err("its HTTP head does not end".to_owned()),
            Err(e) => return Err(format!("its HTTP header is malformed: {e}")),
        };
        let fields = head.headers.iter().map(|field| {
            let value = String::from_utf8_lossy(field.value);
            // A folded value goes on in the next line.
            let value: Vec<&str> = value.lines().map(str::trim).collect();
            (
                field.name.trim().to_ascii_lowercase(),
                value.join(" ").trim().to_owned(),
            )
        });
        Ok(Self {
            status,
            fields: fields.collect(),
            length,
        })
    }

    /// The first field of this name, in lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let (_, value) = fields.find(|(n, _)| n == name)?;
        Some(value)
    }

    /// All fields of a name in one list (RFC 9110, 5.3).
    pub fn list(&self, name: &str) -> Option<String> {
        let fields = self.fields.iter().filter(|(n, _)| n == name);
        let values: Vec<&str> = fields.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// What the body is.
    pub fn content_type(&self) -> ContentType {
        self.field("content-type")
            .map(ContentType::parse)
            .unwrap_or_default()
    }
}

/// The status in a status line of any version of HTTP. The words after it may be in any encoding.
fn status(line: &[u8]) -> Option<u16> {
    let mut words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    words
        .next()
        .filter(|version| version.starts_with(b"HTTP/"))?;
    let status = words.next().filter(|word| word.len() == 3)?;
    let status: u16 = std::str::from_utf8(status).ok()?.parse().ok()?;
    (100..1000).contains(&status).then_some(status)
}

/// Reads a complete response from its bytes.
///
/// # Errors
///
/// Why it cannot be read.
pub fn message(bytes: &[u8]) -> Result<Message, String> {
    let head = StoredHead::parse(bytes)?;
    let mut body = bytes[head.length..].to_vec();
    if let Some(listed) = head.list("transfer-encoding") {
        body = codings::undo_transfer(body, &listed)?;
    }
    let content_type = head.content_type();
    let listed = head.list("content-encoding");
    Ok(Message {
        status: head.status,
        content_type,
        body: codings::undo(body, listed.as_deref())?,
    })
}

/// Real responses have a few dozen.
const MAX_FIELDS: usize = 256;
