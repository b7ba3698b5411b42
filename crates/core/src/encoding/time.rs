//! Instants (RFC 3339, one form) and EDTF level 0 dates, which are never completed.

use super::{Defect, DefectCode};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// The `issued` of a statement: whole seconds since 1970 in UTC, written `YYYY-MM-DDThh:mm:ssZ`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(u64);

impl Instant {
    /// From seconds since 1970-01-01T00:00:00Z; years after 9999 cannot be written.
    pub fn from_unix_seconds(seconds: u64) -> Result<Self, Defect> {
        if seconds > LAST_SECOND {
            return Err(Defect::new(
                DefectCode::BadTime,
                format!("{seconds} seconds is past the year 9999"),
            ));
        }
        Ok(Self(seconds))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> u64 {
        self.0
    }
}

impl FromStr for Instant {
    type Err = Defect;
    fn from_str(text: &str) -> Result<Self, Defect> {
        let bad = || {
            Defect::new(
                DefectCode::BadTime,
                format!("{text:?} is no instant YYYY-MM-DDThh:mm:ssZ that exists"),
            )
        };
        let seconds = text
            .parse::<jiff::Timestamp>()
            .map_err(|_| bad())?
            .as_second();
        let instant = u64::try_from(seconds)
            .ok()
            .and_then(|s| Self::from_unix_seconds(s).ok())
            .ok_or_else(bad)?;
        // Only one form: fractions, offsets, lower case and leap seconds are refused.
        if instant.to_string() == text {
            Ok(instant)
        } else {
            Err(bad())
        }
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = i64::try_from(self.0).expect("constructor keeps it below year 10000");
        let at =
            jiff::Timestamp::from_second(seconds).expect("constructor keeps it below year 10000");
        write!(f, "{}", at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        super::spelled::parsed(d)
    }
}

crate::encoding::schema::text_schema!(Instant, "pattern": "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$");

/// A date in the world, as far as it is known: `2015`, `2015-10` or `2015-10-14` (EDTF level 0); never completed.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PartialDate(String);

impl PartialDate {
    /// The date as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PartialDate {
    type Err = Defect;
    fn from_str(text: &str) -> Result<Self, Defect> {
        let bad = || {
            Defect::new(
                DefectCode::BadDate,
                format!("{text:?} is no date YYYY, YYYY-MM or YYYY-MM-DD that exists"),
            )
        };
        let widths: Vec<usize> = text.split('-').map(str::len).collect();
        let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !digits || !matches!(widths[..], [4] | [4, 2] | [4, 2, 2]) {
            return Err(bad());
        }
        let mut numbers = text
            .split('-')
            .map(|part| part.parse::<i16>().map_err(|_| bad()));
        let year = numbers.next().ok_or_else(bad)??;
        let month = numbers.next().unwrap_or(Ok(1))?;
        let day = numbers.next().unwrap_or(Ok(1))?;
        let small = |n: i16| i8::try_from(n).map_err(|_| bad());
        jiff::civil::Date::new(year, small(month)?, small(day)?).map_err(|_| bad())?;
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        super::spelled::parsed(d)
    }
}

crate::encoding::schema::text_schema!(PartialDate, "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$");

impl PartialDate {
    /// The first second of the date anywhere on earth (UTC+14), in seconds since 1970-01-01T00:00:00Z.
    pub fn first_second(&self) -> i64 {
        let midnight = self.first_day().to_datetime(jiff::civil::Time::midnight());
        jiff::tz::TimeZone::UTC
            .to_timestamp(midnight)
            .map_or(i64::MIN, jiff::Timestamp::as_second)
            .saturating_sub(EARLIEST_ZONE_SECONDS)
    }

    /// The first second of the date in UTC, in seconds since 1970-01-01T00:00:00Z.
    pub fn first_second_utc(&self) -> i64 {
        self.first_second().saturating_add(EARLIEST_ZONE_SECONDS)
    }

    fn first_day(&self) -> jiff::civil::Date {
        let mut numbers = self
            .0
            .split('-')
            .filter_map(|part| part.parse::<i16>().ok());
        let year = numbers.next().unwrap_or_default();
        let mut part = || i8::try_from(numbers.next().unwrap_or(1)).unwrap_or(1);
        let (month, day) = (part(), part());
        jiff::civil::Date::new(year, month, day).unwrap_or(jiff::civil::Date::MIN)
    }
}

/// A date, or an instant: when something was published, as far as it is known.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateOrInstant {
    /// The instant.
    Instant(Instant),
    /// The date.
    Date(PartialDate),
}

impl DateOrInstant {
    /// The first second in UTC, in seconds since 1970-01-01T00:00:00Z.
    pub fn first_second_utc(&self) -> i64 {
        match self {
            Self::Instant(instant) => i64::try_from(instant.unix_seconds()).unwrap_or(i64::MAX),
            Self::Date(date) => date.first_second_utc(),
        }
    }
}

impl FromStr for DateOrInstant {
    type Err = Defect;
    fn from_str(text: &str) -> Result<Self, Defect> {
        if text.contains('T') {
            text.parse().map(Self::Instant)
        } else {
            text.parse().map(Self::Date)
        }
    }
}

impl fmt::Display for DateOrInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant(instant) => instant.fmt(f),
            Self::Date(date) => date.fmt(f),
        }
    }
}

impl fmt::Debug for DateOrInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for DateOrInstant {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateOrInstant {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DateOrInstant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DateOrInstant".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let instant = generator.subschema_for::<Instant>();
        let date = generator.subschema_for::<PartialDate>();
        schemars::json_schema!({ "oneOf": [instant, date] })
    }
}

/// A day begins 14 hours earlier in Kiritimati than in UTC.
const EARLIEST_ZONE_SECONDS: i64 = 14 * 60 * 60;

/// 9999-12-31T23:59:59Z less one day, so that the year has four digits in every time zone.
const LAST_SECOND: u64 = 253_402_207_200;
