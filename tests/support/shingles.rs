//! Texts as bags of shingles: four words in a row each, as the article-extraction-benchmark counts them.

use std::collections::BTreeMap;

/// How often each shingle stands in a text; a text of fewer words is one shingle.
pub fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let mut shingles = BTreeMap::new();
    let size = words.len().min(4);
    if size > 0 {
        words.windows(size).for_each(|shingle| *shingles.entry(shingle.to_vec()).or_default() += 1);
    }
    shingles
}
