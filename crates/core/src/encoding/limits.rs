//! Every limit, with its reason.

/// An entry is at most this many bytes: tlog-tiles writes its length as two bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// What an entry needs besides its payload: version 1, index 8, previous 32, time 8, key 32, signature 64, length 8.
pub const ENTRY_OVERHEAD_BYTES: usize = 1 + 8 + 32 + 8 + 32 + 64 + 8;

/// A statement is at most this many bytes, so that its entry fits.
pub const MAX_STATEMENT_BYTES: usize = MAX_ENTRY_BYTES - ENTRY_OVERHEAD_BYTES;

/// Integers end at 2^53-1: RFC 8785 (ECMAScript numbers) cannot encode larger ones exactly.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// No statement nests deeper than 8. Twice that keeps a decoder from exhausting its stack.
pub const MAX_JSON_DEPTH: usize = 16;

/// Names of people, publishers and organisations, in bytes of UTF-8.
pub const MAX_NAME_BYTES: usize = 512;

/// One line: titles, URLs, short notes.
pub const MAX_LINE_BYTES: usize = 2_048;

/// Reasons, quotations, notes: half a payload, so that a quotation and its reason fit together.
pub const MAX_TEXT_BYTES: usize = 32_768;

/// Lists in a statement: far more than real use needs, and few enough to check in one pass.
pub const MAX_LIST_ITEMS: usize = 1_024;

/// A person types labels.
pub const MAX_LABEL_BYTES: usize = 64;

/// An origin is part of every checkpoint and signature line.
pub const MAX_ORIGIN_BYTES: usize = 255;

/// A checkpoint is a few hundred bytes; with 16 cosignatures of any known kind it is still under 64 KiB.
pub const MAX_NOTE_BYTES: usize = 65_536;

/// How far `issued` may be ahead of the entry's time: the clocks of two machines differ, but not by years.
pub const MAX_ISSUED_AHEAD_MILLIS: u64 = 10 * 60 * 1_000;

/// Text is extracted from documents up to this size, and is itself at most this long, because it is read into memory.
/// No article is nearly so long. A larger snapshot is kept without text and says so.
pub const MAX_TEXT_SOURCE_BYTES: u64 = 32 * 1024 * 1024;

/// How much of a web archive is unpacked in search of its page: it may contain films, or be an archive bomb.
pub const MAX_UNPACKED_BYTES: u64 = 1024 * 1024 * 1024;

/// How large a snapshot from another place may be: the server may be hostile, and the bytes go to our disk.
pub const MAX_TRAVELLING_SNAPSHOT_BYTES: u64 = 4 * 1024 * 1024 * 1024;
