//! Real processes, sockets and several machines: newsrooms, witnesses, other makers' software.

pub mod elsewhere;
pub mod following;
pub mod interop;
pub mod newsrooms;
pub mod places;
pub mod processes;
pub mod witness;
