//! What mail, editors and version control do to a text file on its way: a byte order mark, other ends of lines, a final
//! newline that is added or missing. The signed formats here have none of these, so undoing them loses nothing.

/// The bytes as they were before, and what was undone, in words; `None` if nothing was.
pub fn undone(bytes: Vec<u8>) -> (Vec<u8>, Option<String>) {
    let mut done = Vec::new();
    let mut text = &bytes[..];
    if let Some(rest) = text.strip_prefix(BYTE_ORDER_MARK) {
        text = rest;
        done.push("a byte order mark was removed");
    }
    let mut plain = Vec::with_capacity(text.len() + 1);
    for (at, byte) in text.iter().enumerate() {
        if !(*byte == b'\r' && text.get(at + 1) == Some(&b'\n')) {
            plain.push(*byte);
        }
    }
    if plain.len() < text.len() {
        done.push("CRLF line ends became LF");
    }
    let length = plain.len();
    while plain.last() == Some(&b'\n') {
        plain.pop();
    }
    plain.push(b'\n');
    match plain.len() {
        now if now > length => done.push("the missing newline at its end was added"),
        now if now < length => done.push("empty lines at its end were removed"),
        _ => {}
    }
    if done.is_empty() {
        return (bytes, None);
    }
    let words = format!(
        "the file was changed on its way; for the check, {}",
        done.join(", ")
    );
    (plain, Some(words))
}

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests {
    use super::undone;

    #[test]
    fn what_happens_on_the_way_is_undone_and_nothing_else() {
        let whole = b"a\n\nb\n";
        for (changed, words) in [
            (&b"a\r\n\r\nb\r\n"[..], "CRLF"),
            (b"\xef\xbb\xbfa\n\nb\n", "byte order mark"),
            (b"a\n\nb", "missing newline"),
            (b"a\n\nb\n\n\n", "empty lines"),
            (b"\xef\xbb\xbfa\r\n\r\nb\r\n\r\n", "byte order mark"),
        ] {
            let (bytes, note) = undone(changed.to_vec());
            assert_eq!(bytes, whole, "{words}");
            assert!(note.unwrap().contains(words), "{words}");
        }
        for same in [&whole[..], b"a\rb\n"] {
            assert_eq!(undone(same.to_vec()), (same.to_vec(), None));
        }
    }
}
