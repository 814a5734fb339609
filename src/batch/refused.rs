//! Why there is no output, as a diagnostic.

use crate::diagnostic::{self, Diagnostic};
use crate::store::StoreError;
use crate::write::WriteError;

/// A writer refused or failed.
pub(super) fn refusal(format: &str, error: &WriteError) -> Diagnostic {
    let code = match error {
        WriteError::Document { .. } | WriteError::Missing(_) => diagnostic::W004,
        WriteError::Sink(_) | WriteError::Library { .. } => diagnostic::W005,
    };
    Diagnostic::new(code, format!("{format}: {error}"))
}

/// The store refused or failed.
pub(super) fn not_stored(error: &StoreError) -> Diagnostic {
    let code = match error {
        StoreError::Io { .. } | StoreError::Locked(_) | StoreError::OwnFolder(_) => diagnostic::S001,
        StoreError::Foreign(_) | StoreError::Input(_) => diagnostic::S002,
    };
    Diagnostic::new(code, error.to_string())
}
