//! What a page states about itself, against what it shows.
impl super::Recogniser<'_> {
    pub(super) fn read_statements(&mut self) {}
}
