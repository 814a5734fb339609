//! The command line as its users meet it: the real binary in real folders.

#![cfg(feature = "cli")]

mod anthology;
mod bad_input;
mod containers;
mod convert;
mod corpus;
mod disk;
mod houses;
mod identifiers;
mod pages;
mod repair_restore;

mod replacing;
mod sandbox;
mod small;
mod stale;
#[path = "../support/containers.rs"]
mod support;
mod terminal;
