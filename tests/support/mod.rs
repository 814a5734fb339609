//! Readers of our renditions, for the tests that compare several of them.

#![allow(dead_code, reason = "each test uses some of the readers")]

pub mod epub_text;
pub mod pdf_text;
