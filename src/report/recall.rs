//! What was said of an input and of its outputs, as the record keeps it, so that a run that leaves the input as it is says
//! it again.

use serde::{Deserialize, Serialize};

use super::Row;
use crate::diagnostic::{self, Diagnostic};
use crate::document::Bytes;
use crate::span::Span;

/// What is said of an input beside its outputs.
#[derive(Deserialize, Serialize)]
struct Said {
    encoding: Option<String>,
    repairs: usize,
    title: Option<String>,
    identifier: Option<String>,
    account: Option<Bytes>,
    diagnostics: Vec<SaidDiagnostic>,
}

#[derive(Deserialize, Serialize)]
struct SaidDiagnostic {
    code: String,
    message: String,
    hint: Option<Box<str>>,
    span: Option<(usize, usize)>,
}

impl From<&Diagnostic> for SaidDiagnostic {
    fn from(diagnostic: &Diagnostic) -> Self {
        let Diagnostic { code, message, hint, span } = diagnostic;
        let span = span.map(|s| (s.start, s.end));
        Self { code: code.id.to_owned(), message: message.clone(), hint: hint.clone(), span }
    }
}

impl SaidDiagnostic {
    /// `None` where this program has no such code.
    fn recall(self) -> Option<Diagnostic> {
        let Self { code, message, hint, span } = self;
        let span = span.map(|(start, end)| Span { start, end });
        Some(Diagnostic { code: diagnostic::code(&code)?, message, hint, span })
    }
}

/// What a row says of an input that was read, with what was noticed.
pub fn said_of_reading(row: &Row, noticed: &[Diagnostic]) -> String {
    let Row { encoding, repairs, title, identifier, account, .. } = row.clone();
    json(&Said { encoding, repairs, title, identifier, account, diagnostics: noticed.iter().map(Into::into).collect() })
}

/// What was noticed while one format was written.
pub fn said_of_format(noticed: &[Diagnostic]) -> String {
    json(&noticed.iter().map(SaidDiagnostic::from).collect::<Vec<_>>())
}

fn json(said: &impl Serialize) -> String {
    // Strings and numbers only: serialising them cannot fail.
    serde_json::to_string(said).unwrap_or_default()
}

impl Row {
    /// Says what [`said_of_reading`] kept; `None` where that is none.
    #[doc(hidden)]
    pub fn recall_reading(&mut self, said: &str) -> Option<()> {
        let Said { encoding, repairs, title, identifier, account, diagnostics } = serde_json::from_str(said).ok()?;
        (self.encoding, self.repairs, self.title, self.identifier) = (encoding, repairs, title, identifier);
        self.account = account;
        self.recall_diagnostics(diagnostics)
    }

    /// Says what [`said_of_format`] kept; `None` where that is none.
    #[doc(hidden)]
    pub fn recall_format(&mut self, said: &str) -> Option<()> {
        self.recall_diagnostics(serde_json::from_str(said).ok()?)
    }

    fn recall_diagnostics(&mut self, said: Vec<SaidDiagnostic>) -> Option<()> {
        let recalled: Option<Vec<Diagnostic>> = said.into_iter().map(SaidDiagnostic::recall).collect();
        self.diagnostics.extend(recalled?);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_said_again() {
        let noticed = [
            Diagnostic::new(diagnostic::M004, "a\tvalue\n").hint("look").at(Span { start: 3, end: 9 }),
            Diagnostic::new(diagnostic::R002, "lost"),
        ];
        let mut row = Row::new("a.txt");
        (row.encoding, row.repairs, row.title) = (Some("UTF-8".into()), 4, Some("The \u{2028} title".into()));
        row.account = Some(Bytes { shown: 7, furniture: 1, ..Bytes::default() });
        let mut again = Row::new("a.txt");
        again.recall_reading(&said_of_reading(&row, &noticed)).unwrap();
        again.recall_format(&said_of_format(&noticed[1..])).unwrap();
        assert_eq!((&again.encoding, again.repairs, &again.title), (&row.encoding, 4, &row.title));
        assert_eq!(again.account, row.account);
        assert_eq!(again.diagnostics, [noticed[0].clone(), noticed[1].clone(), noticed[1].clone()]);
        assert!(again.recall_format("null").is_none());
        assert!(again.recall_format(r#"[{"code":"Z999","message":"","hint":null,"span":null}]"#).is_none());
    }
}
