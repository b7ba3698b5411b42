//! CSV (RFC 4180): records of fields, each line ended by CR LF, quoted where necessary.
//!
//! Spreadsheets treat a field that begins with `=`, `+`, `-`, `@`, a tab or a CR as a formula. Anybody can put words
//! into a ledger, so such a field gets a leading apostrophe, which spreadsheets hide. The JSON output has it verbatim.

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CsvCell {
    /// Words, of whomever.
    Text(String),
    /// A number of this program's own.
    Number(String),
}

/// One record of texts.
pub fn record<S: AsRef<str>>(fields: &[S]) -> String {
    joined(fields.iter().map(|field| one(field.as_ref())))
}

/// One record of texts and numbers. A number stays one, also a negative one.
pub fn row(cells: &[CsvCell]) -> String {
    joined(cells.iter().map(|cell| match cell {
        CsvCell::Text(text) => one(text),
        CsvCell::Number(number) => number.clone(),
    }))
}

fn joined(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.collect();
    format!("{}\r\n", fields.join(","))
}

fn one(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::{CsvCell, record, row};

    #[test]
    fn a_field_is_quoted_if_necessary() {
        assert_eq!(record(&["a", "", "b c"]), "a,,b c\r\n");
        assert_eq!(
            record(&["a,b", "\"so\"", "x\ny"]),
            "\"a,b\",\"\"\"so\"\"\",\"x\ny\"\r\n"
        );
    }

    #[test]
    fn a_number_of_ours_stays_a_number() {
        let cells = [
            CsvCell::Number("-2".to_owned()),
            CsvCell::Text("-2".to_owned()),
        ];
        assert_eq!(row(&cells), "-2,'-2\r\n");
    }

    #[test]
    fn a_field_cannot_become_a_formula() {
        assert_eq!(record(&["=1+1", "-2", "a=b"]), "'=1+1,'-2,a=b\r\n");
        assert_eq!(record(&["=A1,B1"]), "\"'=A1,B1\"\r\n");
    }
}
