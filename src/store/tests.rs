//! The commit path under faults and power cuts.
