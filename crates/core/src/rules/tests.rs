//! Tests of this room, with a desk in memory: every statement is signed, admitted, and applied as in an audit.

use crate::{crypto, encoding, model, tlog};

mod able;
mod became;
mod bodies;
mod checkpoints;
mod clocks;
mod dates;
mod desk;
mod gathering;
mod held_back;
mod kept;
mod life;
mod named;
mod objecting;
mod persons;
mod quotations;
mod policies;
mod publishing;
mod recovering;
mod references;
mod roles;
mod standing_again;
mod scales;
mod standing_of_all;
mod standings;
mod distrust;
mod taken_back;
mod upgrade;
mod vectors;
mod withholding;
mod what_it_says_now;
mod whose_statements;
mod work;
