//! The one form of what decides an output's bytes, so that two runs can tell whether it is the same.

use serde::Serialize;
use serde_json::Value;

/// A value as JSON. Maps and sets in it have to be ordered ones; then equal values are equal texts, in every version of
/// the program that has the same fields.
///
/// # Panics
/// Where the value cannot be JSON: a map with keys that are no strings, which is a mistake in its type.
pub fn canonical(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("options are strings, numbers, lists and structs of them")
}
