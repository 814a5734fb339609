//! A page to blocks and candidates: the tree with its places, the extractor's choice, the page's own statements.
//! Images are not fetched, scripts and styles are not run.

mod blocks;
mod body;
mod choice;
mod clues;
mod elements;
mod json_ld;
mod leads;
mod leaf;
mod left_out;
mod links;
mod mass;
mod notes;
mod page;
mod parse;
mod preformatted;
mod regions;
mod stated;
mod statements;
mod tables;
mod texts;
mod tokens;
mod tree;
mod word;

use self::blocks::Blocks;
use self::choice::Doubt;
use self::mass::Mass;
use self::regions::Regions;
use self::statements::Statements;
use super::{Article, ArticleBlock, Candidate, CandidateOrigin, Clue};
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Field, Folded};

/// Whether an element of the page names an author by its attributes: of this article where it stands in its head, of
/// another or of a comment elsewhere.
fn is_of_element(candidate: &Candidate) -> bool {
    candidate.field == Field::Author && matches!(candidate.origin, CandidateOrigin::Link | CandidateOrigin::Microdata)
}

/// Reads a page.
pub(super) fn read(text: &str, address: Option<&str>) -> Article {
    let page = parse::parse(text);
    word::tidy(&page, text);
    let Statements { mut candidates, mended, leads } = statements::collect(&page);
    if let Some(typed) = preformatted::read(&page) {
        let texts = texts::texts(&page, &notes::find(&page), text);
        return Article { texts, candidates, diagnostics: doubts(page.left_out, mended), ..typed };
    }
    let base = links::base(&page, address, &candidates);
    let selection = body::select(&page);
    let notes = notes::find(&page);
    let mass = Mass::of(&page, &regions::titles(&candidates));
    let mut folded = Folded::default();
    let Blocks { blocks, containers, times, unmarked } =
        blocks::read(&page, &selection, &notes, base.as_ref(), mass, &mut folded);
    let Regions { roles, decks, doubt } = regions::roles(&blocks, &containers, &candidates, &leads);
    let near = regions::head(&roles);
    candidates.extend(times.into_iter().filter(|(at, _)| near.contains(at)).map(|(_, time)| time));
    let head = regions::places(&blocks[near]);
    candidates.retain(|candidate| !is_of_element(candidate) || regions::hold(&head, candidate));
    let mut diagnostics = doubts(page.left_out + unmarked, mended);
    diagnostics.extend(doubt.map(|doubt| match doubt {
        Doubt::Empty => Diagnostic::new(diagnostic::M012, "hardly any text of the page reads like an article"),
        Doubt::Part => {
            Diagnostic::new(diagnostic::M011, "the page has more than twice as much prose around its heading")
        }
    }));
    if selection.unaligned > 0 {
        let message = format!("{} characters of the article could not be placed in the page", selection.unaligned);
        diagnostics.push(Diagnostic::new(diagnostic::M008, message));
    }
    let mut blocks: Vec<ArticleBlock> =
        blocks.into_iter().zip(roles).map(|(read, role)| ArticleBlock { role, ..read.block }).collect();
    decks.into_iter().for_each(|at| blocks[at].clue = Some(Clue::Subtitle));
    let texts = texts::texts(&page, &notes, text);
    Article { blocks, folded, texts, candidates, is_page: true, export: None, diagnostics }
}

/// What is doubtful in the markup of a page.
fn doubts(left_out: usize, mended: usize) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if left_out > 0 {
        let message = format!("{left_out} tags are nested too deeply or too many; what they hold was read as text");
        diagnostics.push(Diagnostic::new(diagnostic::M007, message));
    }
    if mended > 0 {
        let message = format!("the syntax of {mended} scripts of JSON-LD was mended before they were read");
        diagnostics.push(Diagnostic::new(diagnostic::M010, message));
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Role;

    #[test]
    fn a_page_that_is_one_preformatted_text_is_read_by_its_lines() {
        let page = "<html><body><pre style=x>\nThe quay\n\nBy Ada Holm\n\nSalt &amp; tar, <a href=x>said</a> the mayor.\n</pre></body>";
        let article = read(page, None);
        let texts: Vec<&str> = article.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["The quay", "By Ada Holm", "Salt & tar, said the mayor."]);
        assert!(!article.is_page);
        let last = &article.blocks[2].text;
        assert_eq!(&page[last.extent()], "Salt &amp; tar, <a href=x>said</a> the mayor.");
        assert_eq!(&page[last.repaired(5..6)], "&amp;");
        assert_eq!(&page[last.repaired(7..10)], "tar");
        assert!(read("<p>Code:</p><pre>a\n\nb</pre>", None).is_page);
        assert_eq!(read("<pre>One.<br>\nTwo.</pre>", None).blocks.len(), 2);
    }

    #[test]
    fn markup_around_many_blocks_is_read_to_a_depth() {
        let page = format!("{}{}", "<q>".repeat(300), "<p>Words of a paragraph.</p>".repeat(100));
        let article = read(&page, None);
        assert!(article.blocks.len() >= 100 && article.blocks.iter().all(|block| block.markup.len() <= 32));
        assert!(article.diagnostics.iter().any(|said| said.code == diagnostic::M007));
        assert_eq!(
            article.blocks.iter().map(|block| block.text.as_str().matches(['“', '‘']).count()).sum::<usize>(),
            300
        );
    }

    #[test]
    fn elements_that_are_laid_out_apart_are_words_apart() {
        for (page, text) in [
            ("<p>By <a>Ulla Brandvik</a><span>Harbour Reporter</span>", "By Ulla Brandvik Harbour Reporter"),
            ("<p>H<sub>2</sub>O and e<b>Bay</b>", "H2O and eBay"),
            ("<p><span>T</span>he end", "The end"),
            ("<pre><span>get</span><span>Element</span></pre>", "getElement"),
        ] {
            assert_eq!(read(page, None).blocks[0].text.as_str(), text, "{page}");
        }
    }

    #[test]
    fn a_wrapper_that_holds_the_prose_keeps_what_it_says_of_it() {
        let page = format!(
            "<html lang=en><div class=sidebar lang=fr><h1>Le quai</h1>{}</div>",
            "<p>Le quai ne tiendra pas un hiver de plus, et la mairie le sait depuis trois ans déjà.</p>".repeat(4)
        );
        let article = read(&page, None);
        let is_french = |block: &ArticleBlock| block.language.as_ref().is_some_and(|language| language.0 == "fr");
        assert!(article.blocks.iter().all(|block| is_french(block) && block.role != Some(Role::Furniture)));
    }

    #[test]
    fn spaces_that_a_break_takes_away_take_their_places_with_them() {
        for page in [
            "<pre>foo  <i></i>\nÉ</pre>",
            "<pre>Title  <b lang=\"fr\">\n’bar</b></pre>",
            "<pre>>   <n lang=\"r\">\n<a href=http:\">wha<a>",
            "<pre><b>a <i>b </i> </b><i> </i>\nÉ<i>É </i></pre>",
        ] {
            let article = read(page, Some("https://harbour.example/"));
            for block in &article.blocks {
                let text = block.text.as_str();
                assert!(
                    block.markup.iter().all(|markup| text.get(markup.range.clone()).is_some()),
                    "{page}: {block:?}"
                );
                assert!(block.seams.iter().all(|seam| text.is_char_boundary(*seam)), "{page}: {block:?}");
            }
        }
    }
}
