//! The program as a person types it: golden runs, and what each command adds, shows and refuses.

pub mod adding;
pub mod case;
pub mod checkpoint;
pub mod clocks;
pub mod damage;
pub mod draft;
pub mod fetch;
pub mod golden;
pub mod keys;
pub mod practice;
pub mod publishing;
pub mod safety;
pub mod scales;
pub mod sealed;
pub mod signing;
pub mod sources;
pub mod witness;
pub mod world;
