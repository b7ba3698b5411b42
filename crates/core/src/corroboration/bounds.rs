//! How large a graph may be and still be counted. The bounds are properties of the graph, and not of this program: every
//! implementation draws the line at the same place. docs/format.md states them.

use serde::Serialize;
use std::fmt;

/// Why a graph is too large to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TooLarge {
    /// Too many sources within reach of the evidence.
    Sources,
    /// Too many statements make the inputs.
    Statements,
    /// Too many sources of one side that may represent a root are not first-hand.
    NotFirstHand,
    /// A vouch, a dependence, one publisher or an unnamed speaker joins too many sources of one side.
    Joined,
}

impl TooLarge {
    /// The bound that is exceeded.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sources => "more than 4,096 sources are within reach of the evidence",
            Self::Statements => "more than 16,384 statements take part",
            Self::NotFirstHand => {
                "vouches join more than 12 sources of one side that are not first-hand"
            }
            Self::Joined => {
                "vouches, dependence, one publisher or unnamed speakers join more than 64 sources of one side"
            }
        }
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for TooLarge {}

/// Sources within reach of the evidence. What leans on what is kept as one bit for each pair of them: 2 MiB.
pub(crate) const MAX_SOURCES: usize = 4_096;

/// Statements that make the inputs. Each is read once, from an index on disk.
pub(crate) const MAX_STATEMENTS: usize = 16_384;

/// Sources of one side that may represent a root and are not first-hand. Each of them excludes most others.
pub(crate) const MAX_NOT_FIRST_HAND: usize = 12;

/// Sources of one side that may represent a root and that something joins to another root. The search for the largest set
/// takes time that grows by at most a fifth with each of them; they fit into the bits of one word.
pub(crate) const MAX_JOINED: usize = 64;
