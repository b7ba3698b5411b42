//! The JSON Schema of a value that is written as one text: a pattern and a length, given beside the codec that reads it.

/// Gives a type the schema of a text with these further keywords.
macro_rules! text_schema {
    ($name:ident, $($keyword:literal: $value:expr),+) => {
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", $($keyword: $value),+ })
            }
        }
    };
}
pub(crate) use text_schema;
