//! Keys: making, enrolling, rotating, revoking and recovering them.

pub mod enrolment;
pub mod events;
pub mod names;
pub mod recovery;
pub mod request;
