//! Real processes, sockets and several machines: newsrooms, witnesses, other makers' software.

pub mod elsewhere;
pub mod endless_hosts;
pub mod following;
pub mod interop;
pub mod limits;
pub mod newsrooms;
pub mod places;
pub mod private_authority;
pub mod processes;
pub mod witness;
