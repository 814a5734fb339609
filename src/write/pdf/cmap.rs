//! CMaps: tables from the codes of a font's strings to glyphs and to text (Adobe Technical Note 5014, "Adobe CMap and
//! CIDFont Files Specification").

/// A CMap of two-byte codes in the making (Adobe Technical Note 5014).
pub(super) struct CMap {
    text: String,
}

impl CMap {
    pub fn new(registry: &str, ordering: &str, name: &str, kind: u8) -> Self {
        let text = format!(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo 3 dict dup begin\n\
             /Registry ({registry}) def\n/Ordering ({ordering}) def\n/Supplement 0 def\nend def\n\
             /CMapName /{name} def\n/CMapType {kind} def\n/WMode 0 def\n1 begincodespacerange\n<0000> <FFFF>\n\
             endcodespacerange\n"
        );
        Self { text }
    }

    pub fn push_block(&mut self, kind: &str, entries: impl IntoIterator<Item = String, IntoIter: ExactSizeIterator>) {
        let entries = entries.into_iter();
        self.text.push_str(&format!("{} begin{kind}\n", entries.len()));
        for entry in entries {
            self.text.push_str(&entry);
            self.text.push('\n');
        }
        self.text.push_str(&format!("end{kind}\n"));
    }

    /// A block has at most 100 entries.
    pub fn push_blocks<T>(&mut self, kind: &str, entries: &[T], line: impl Fn(&T) -> String) {
        entries.chunks(100).for_each(|block| self.push_block(kind, block.iter().map(&line)));
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.text.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        self.text.into_bytes()
    }
}
