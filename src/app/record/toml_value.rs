//! A value of a TOML file as the field that takes it wants it: what people leave out around a number, a date or a single
//! word of a list does not matter.

use serde::Deserializer;
use serde::de::value::Error as Malformed;
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer as _, SeqAccess, Visitor};
use toml::Value;

/// A value that a person gave. A number, a date, true and false are read as text where a text is wanted, and one text
/// as a list of one.
#[derive(Clone, Copy)]
pub(super) struct Given<'a>(pub(super) &'a Value);

impl Given<'_> {
    fn is(self) -> &'static str {
        match self.0 {
            Value::String(_) => "a text",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Datetime(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    fn wanted(self, what: &str) -> Malformed {
        Malformed::custom(format!("{what} is wanted here, and this is {}", self.is()))
    }

    fn text(self) -> Result<String, Malformed> {
        Ok(match self.0 {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(truth) => truth.to_string(),
            Value::Datetime(date) => date.to_string(),
            // A float has more than one spelling.
            Value::Float(_) | Value::Array(_) | Value::Table(_) => {
                return Err(self.wanted("a text in quotation marks"));
            }
        })
    }

    fn number(self) -> Result<u64, Malformed> {
        match self.0 {
            Value::Integer(number) => {
                u64::try_from(*number).map_err(|_| Malformed::custom("it must not be negative"))
            }
            _ => Err(self.wanted("a number")),
        }
    }
}

macro_rules! as_text {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
            visitor.visit_string(self.text()?)
        }
    )*};
}

macro_rules! as_number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
            visitor.visit_u64(self.number()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Given<'_> {
    type Error = Malformed;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Integer(_) => self.deserialize_u64(visitor),
            Value::Boolean(_) => self.deserialize_bool(visitor),
            Value::Array(_) => self.deserialize_seq(visitor),
            _ => self.deserialize_string(visitor),
        }
    }

    as_text! { deserialize_str deserialize_string deserialize_char deserialize_identifier }
    as_number! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        match self.0 {
            Value::Boolean(truth) => visitor.visit_bool(*truth),
            _ => Err(self.wanted("true or false, without quotation marks,")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Malformed> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Malformed> {
        let list = match self.0 {
            Value::Array(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        };
        visitor.visit_seq(Each(list.iter()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 f32 f64 bytes byte_buf unit unit_struct tuple tuple_struct map struct ignored_any
    }
}

struct Each<'a>(std::slice::Iter<'a, Value>);

impl<'de> SeqAccess<'de> for Each<'_> {
    type Error = Malformed;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Malformed> {
        let next = self.0.next();
        next.map(|value| seed.deserialize(Given(value))).transpose()
    }
}
