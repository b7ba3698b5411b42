//! Tests of this room, on a desk in memory: every statement signed, admitted, and taken in as an audit would.

use crate::{crypto, encoding, model};

mod bodies;
mod checkpoints;
mod desk;
mod gathering;
mod life;
mod recovering;
mod references;
mod roles;
mod standings;
mod distrust;
mod upgrade;
mod vectors;
