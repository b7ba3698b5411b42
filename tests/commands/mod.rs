//! The program as a person types it: golden runs, and what each command adds, shows and refuses.

pub mod adding;
pub mod addresses;
pub mod case;
pub mod checkpoint;
pub mod damage;
pub mod draft;
pub mod enrolling;
pub mod fetch;
pub mod folders;
pub mod golden;
pub mod key_names;
pub mod keys;
pub mod older_copies;
pub mod output;
pub mod planted;
pub mod persons;
pub mod practice;
pub mod safety;
pub mod sealed;
pub mod signing;
pub mod sources;
pub mod travelled;
pub mod witness;
pub mod without_index;
pub mod world;
