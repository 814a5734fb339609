//! What an article is read in.

/// What an article is read in: what its lines say is more or less sure there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Medium {
    /// A page in HTML, the elements of which say what is what.
    Page,
    /// The article's own lines.
    Text,
    /// A page that was printed as text, with its menus and links.
    PrintedPage,
}

impl Medium {
    /// All of them.
    const ALL: [Self; 3] = [Self::Page, Self::Text, Self::PrintedPage];

    /// Lower case: `printed-page`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Text => "text",
            Self::PrintedPage => "printed-page",
        }
    }

    /// The one with this name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.name() == name)
    }
}
