//! Words of posts and professions.

use super::everywhere::unspaced;
use super::words::Words;
use crate::characters::has_cjk;
use crate::metadata::pattern::patterns;

patterns! {
    /// Posts at the end of a phrase in a language without spaces, with what stands before them.
    EAST_ASIAN = format!("(?:(?:{})*(?:{}))$", unspaced("posts.before"), unspaced("words.posts"));
}

/// Whether a text has a word of a post or a profession.
pub(in crate::metadata) fn is_post(words: &Words, text: &str) -> bool {
    words.has_post(text) || has_cjk(text) && EAST_ASIAN.is_match(text)
}

/// Whether a word stands before a post and is a part of it: `Rural reporter`.
pub(in crate::metadata) fn is_before_post(words: &Words, word: &str) -> bool {
    words.is_before_post(word)
}

/// Whether a text is a post and no name: `Chief Economist`, and not `James Baker`.
pub(in crate::metadata) fn is_post_phrase(words: &Words, text: &str) -> bool {
    // `Leiterin des Referats Wohnen`
    let mut each = text.split_whitespace();
    if let (Some(first), Some(second)) = (each.next(), each.next())
        && words.has_post(first)
        && words.is_preposition(second)
        && each.next().is_some()
    {
        return true;
    }
    let lower = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let word = |word: &str| words.has_post(word) || words.is_before_post(word);
    is_post(words, text) && (lower || text.split_whitespace().all(word))
}

/// Where the post begins that ends an East Asian phrase: `云渡城市治理研究院助理研究员`.
pub(in crate::metadata) fn east_asian_post(phrase: &str) -> Option<usize> {
    EAST_ASIAN.find(phrase).map(|m| m.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_end_east_asian_phrases() {
        let split = |phrase: &'static str| east_asian_post(phrase).map(|at| phrase.split_at(at));
        assert_eq!(split("云渡城市治理研究院助理研究员"), Some(("云渡城市治理研究院", "助理研究员")));
        assert_eq!(split("汐見大学教授"), Some(("汐見大学", "教授")));
        assert_eq!(split("嵐嶼大學水利工程學系助理教授"), Some(("嵐嶼大學水利工程學系", "助理教授")));
        assert_eq!(split("退休教师"), Some(("", "退休教师")));
        assert_eq!(split("张三"), None);
    }
}
