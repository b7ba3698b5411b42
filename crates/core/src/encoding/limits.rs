//! Every limit, with its reason.

/// An entry is at most this many bytes: tlog-tiles writes its length as two bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// What an entry spends beside its payload: version 1, index 8, previous 32, time 8, key 32, signature 64, length 8.
pub const ENTRY_OVERHEAD_BYTES: usize = 1 + 8 + 32 + 8 + 32 + 64 + 8;

/// A statement is at most this many bytes, so that its entry fits.
pub const MAX_STATEMENT_BYTES: usize = MAX_ENTRY_BYTES - ENTRY_OVERHEAD_BYTES;

/// Integers end at 2^53-1: beyond it RFC 8785 (ECMAScript numbers) has no exact spelling.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// No statement nests deeper than 8; twice that stops a decoder from being driven into its stack.
pub const MAX_JSON_DEPTH: usize = 16;

/// Names of people, publishers and organisations, in bytes of UTF-8.
pub const MAX_NAME_BYTES: usize = 512;

/// One line: titles, URLs, short notes.
pub const MAX_LINE_BYTES: usize = 2_048;

/// Reasons, quotations, notes: half a payload, so that a quotation and its reason fit together.
pub const MAX_TEXT_BYTES: usize = 32_768;

/// Lists in a statement: far above real use, and small enough to check in one pass.
pub const MAX_LIST_ITEMS: usize = 1_024;

/// A label is something a person types.
pub const MAX_LABEL_BYTES: usize = 64;

/// An origin stands in every checkpoint line and signature line.
pub const MAX_ORIGIN_BYTES: usize = 255;

/// A checkpoint is a few hundred bytes; with 16 cosignatures of any known kind still under 64 KiB.
pub const MAX_NOTE_BYTES: usize = 65_536;

/// `issued` may run ahead of the entry's time by this much: clocks of two machines differ, years do not.
pub const MAX_ISSUED_AHEAD_MILLIS: u64 = 10 * 60 * 1_000;

/// Text is taken out of documents up to this many bytes, and is itself at most this long: it is read into memory whole.
/// No article comes near it. A larger snapshot is held without text, and says so.
pub const MAX_TEXT_SOURCE_BYTES: u64 = 32 * 1024 * 1024;

/// A web archive is unpacked up to this many bytes in search of its page: it may hold films, it may be a bomb.
pub const MAX_UNPACKED_BYTES: u64 = 1024 * 1024 * 1024;

/// A snapshot is taken from another place up to this many bytes: who serves it may be hostile, and the disk is ours.
pub const MAX_TRAVELLING_SNAPSHOT_BYTES: u64 = 4 * 1024 * 1024 * 1024;
