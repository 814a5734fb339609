//! What is in the register of patterns. A pattern is a constant of the program: one that does not compile fails a test,
//! and turns no rule off in silence.

use std::ops::Deref;
use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};

/// A regular expression that is a constant, compiled when it is first asked: most documents need few.
pub(super) struct Pattern {
    pub(super) name: &'static str,
    text: fn() -> String,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    pub(super) const fn new(name: &'static str, text: fn() -> String) -> Self {
        Self { name, text, compiled: OnceLock::new() }
    }

    /// Its automaton may take more memory than is usual, so that it is not built anew again and again.
    pub(super) fn compile(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&(self.text)()).dfa_size_limit(32 << 20).size_limit(64 << 20).build()
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        let compiled = || self.compile().unwrap_or_else(|error| panic!("the pattern {}: {error}", self.name));
        self.compiled.get_or_init(compiled)
    }
}

/// Patterns of a file, `NAME = text;` each, and `PATTERNS`, which lists them for the register.
macro_rules! patterns {
    ($($(#[$doc:meta])* $visibility:vis $name:ident = $text:expr;)+) => {
        $(
            $(#[$doc])*
            $visibility static $name: $crate::metadata::pattern::Pattern =
                $crate::metadata::pattern::Pattern::new(stringify!($name), || ($text).to_string());
        )+

        /// The patterns of this file.
        pub(in crate::metadata) const PATTERNS: &[&$crate::metadata::pattern::Pattern] = &[$(&$name),+];
    };
}
pub(super) use patterns;

/// The groups of a match. Whether there is one is told first, which is much cheaper.
pub(super) fn captures<'t>(pattern: &Regex, text: &'t str) -> Option<Captures<'t>> {
    if pattern.is_match(text) { pattern.captures(text) } else { None }
}
