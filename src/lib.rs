//! The line: bytes of a scraped op-ed in, archival renditions out.
//!
//! ```text
//! container -> Original -> decode -> repair -> read -> recognise -> normalise -> paginate -> write
//! ```

pub mod decode;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod encoding;
pub mod metadata;
pub mod model;
pub mod normalise;
pub mod original;
pub mod plan;
pub mod read;
pub mod repair;
pub mod span;
pub mod typeset;
pub mod write;
