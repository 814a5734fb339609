//! The command as people and jobs run it: the real binary, real folders, exit statuses.

mod bad_input;
mod convert;
mod interrupted;
mod repair_restore;
mod replacing;
mod sandbox;
mod small;
