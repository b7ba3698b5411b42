//! Numbers as a spreadsheet shows them, for the formats that decide the words of a quotation: percent, groups of
//! thousands, and fixed places (ECMA-376, part 1, 18.8.31). A number in another format is shown as it is stored.

/// The number as it is shown in a format.
pub fn shown(number: f64, format: &str) -> String {
    match Form::parse(format) {
        Some(form) if number.is_finite() => form.write(number),
        _ => plain(number),
    }
}

/// The shortest digits that give the number again, at most fifteen, as spreadsheets store them.
pub fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// A simple number format: words around digits, with places, groups and percent.
struct Form {
    before: String,
    after: String,
    places: usize,
    groups: bool,
    percent: bool,
}

impl Form {
    /// Reads the part of a format for positive numbers; `None` if it is not a simple one.
    fn parse(format: &str) -> Option<Self> {
        let positive = format.split(';').next()?;
        let mut form = Self {
            before: String::new(),
            after: String::new(),
            places: 0,
            groups: false,
            percent: false,
        };
        let mut digits = 0_u32;
        let mut point = false;
        let mut chars = positive.chars();
        while let Some(c) = chars.next() {
            let mut words = String::new();
            match c {
                '0' | '#' if !form.after.is_empty() => return None,
                '0' => {
                    digits += 1;
                    form.places += usize::from(point);
                }
                '#' if point => return None,
                '#' => digits += 1,
                ',' if digits > 0 && !point => form.groups = true,
                '.' if digits > 0 && !point => point = true,
                '%' => {
                    form.percent = true;
                    words.push('%');
                }
                '"' => words.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' => words.extend(chars.next()),
                '_' => {
                    chars.next();
                    words.push(' ');
                }
                '*' => {
                    chars.next();
                }
                // A currency: `[$€-407]`.
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let sign = inside.strip_prefix('$')?;
                    words.push_str(sign.split('-').next().unwrap_or_default());
                }
                ' ' | '$' | '€' | '£' | '¥' | '-' | '+' | '(' | ')' | ':' | '\u{a0}' => {
                    words.push(c);
                }
                _ => return None,
            }
            if digits == 0 {
                form.before.push_str(&words);
            } else {
                form.after.push_str(&words);
            }
        }
        (digits > 0 && form.places <= 15).then_some(form)
    }

    fn write(&self, number: f64) -> String {
        let value = if self.percent { number * 100.0 } else { number };
        let digits = rounded(value.abs(), self.places);
        let (whole, places) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut out = String::new();
        let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
        if value < 0.0 && !is_zero {
            out.push('-');
        }
        out.push_str(self.before.trim_start());
        for (place, digit) in whole.chars().enumerate() {
            if self.groups && place > 0 && (whole.len() - place).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        if !places.is_empty() {
            out.push('.');
            out.push_str(places);
        }
        out.push_str(self.after.trim_end());
        out
    }
}

/// Rounded half away from zero in decimal, from the fifteen digits that spreadsheets show: 1.005 to two places is 1.01.
fn rounded(value: f64, places: usize) -> String {
    let decimal = plain(value);
    if decimal.contains('e') {
        return format!("{value:.places$}");
    }
    let (whole, rest) = decimal.split_once('.').unwrap_or((&decimal, ""));
    let mut digits: Vec<u8> = whole.bytes().collect();
    digits.extend(rest.bytes().chain(std::iter::repeat(b'0')).take(places));
    let up = rest
        .as_bytes()
        .get(places)
        .is_some_and(|digit| *digit >= b'5');
    if up {
        let mut place = digits.len();
        loop {
            if place == 0 {
                digits.insert(0, b'1');
                break;
            }
            place -= 1;
            if digits[place] == b'9' {
                digits[place] = b'0';
            } else {
                digits[place] += 1;
                break;
            }
        }
    }
    let point = digits.len() - places;
    let text: String = digits.iter().map(|digit| char::from(*digit)).collect();
    if places == 0 {
        text
    } else {
        format!("{}.{}", &text[..point], &text[point..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_spreadsheet_shows_them() {
        for (number, format, text) in [
            (0.125, "0%", "13%"),
            (0.125, "0.0%", "12.5%"),
            (1_234_567.0, "#,##0", "1,234,567"),
            (-1234.5, "#,##0.00", "-1,234.50"),
            (1.005, "0.00", "1.01"),
            (999.999, "0.00", "1000.00"),
            (12.0, "#,##0.00\\ \"z\u{142}\"", "12.00 z\u{142}"),
            (12.5, "[$\u{20ac}-407]#,##0.00", "\u{20ac}12.50"),
            (3.0, "_(* #,##0_);_(* \\(#,##0\\)", "3"),
            (0.1 + 0.2, "General", "0.3"),
            (42.0, "General", "42"),
            (0.4, "# ?/?", "0.4"),
            (-0.001, "0.0", "0.0"),
        ] {
            assert_eq!(shown(number, format), text, "{number} {format}");
        }
    }
}
