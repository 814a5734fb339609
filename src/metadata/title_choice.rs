//! Which of the lines above the text is the title, and which are the names of the site and the subtitle: told by what
//! stands around them, by their length and their end.

use super::head::{is_credit, is_dashed, is_for_paper, is_small};
use super::lexicon;
use super::lines::{Line, ends_sentence};
use super::segments::{Part, PartKind};
use super::{Recogniser, person};
use crate::characters::columns;
use crate::document::{Field, Relator, Role};
use crate::read::Clue;

impl Recogniser<'_> {
    /// Chooses title, subtitle, site and kind of text among the lines that say none of it by a label. Returns those
    /// that are none of these.
    pub(super) fn choose_title(&mut self, open: &[usize], blocks: &[usize], lines: &[Line]) -> Vec<usize> {
        let mut rest: Vec<usize> = Vec::new();
        let mut left: Vec<usize> = Vec::new();
        for block in open {
            if self.read_kicker(*block) {
                continue;
            }
            left.push(*block);
        }
        let stated = left.iter().position(|b| self.role(*b) == Role::Title);
        let named = self.found.metadata.title.is_some();
        let title_at = match stated {
            Some(at) => Some(at),
            None if named => None,
            None => self.title_among(&left, blocks, lines),
        };
        let Some(at) = title_at else {
            // Everything else is said by labels.
            rest.extend(left);
            return rest;
        };
        let named = lines.iter().any(|l| matches!(l, Line::Header(parts) if parts.iter().any(Part::names_author)))
            || left[at + 1..].iter().any(|b| self.is_person_line(*b));
        // The site: of several lines above, the one that has a word of one, else the first.
        let site = |b: &&usize| !self.article.is_page && (named || !self.is_person_line(**b)) && self.is_site_line(**b);
        let sites: Vec<usize> = left[..at].iter().filter(site).copied().collect();
        let press = sites.iter().find(|b| {
            let text = self.text(**b);
            let named = lexicon::is_press(text) || lexicon::is_institution(text) || self.is_said_again(**b);
            named && !(lexicon::is_motto(text) && text.starts_with(char::is_lowercase))
        });
        let chosen = press.or(sites.first()).copied();
        for block in &left[..at] {
            if Some(*block) == chosen {
                self.read_site(*block);
            } else {
                rest.push(*block);
            }
        }
        self.found.blocks[left[at]].role = Role::Title;
        let mut behind = &left[at + 1..];
        // A title that is set in two lines.
        if let Some((next, more)) = behind.split_first()
            && self.continues_title(left[at], *next, blocks)
        {
            self.found.blocks[*next].role = Role::Title;
            behind = more;
        }
        for block in behind {
            let text = self.text(*block);
            let sentence = text.split_whitespace().count() >= 5
                || columns(text) >= 16 && text.chars().any(crate::characters::is_cjk);
            let clue = self.article.blocks[*block].clue;
            let is_subtitle =
                !self.article.is_page || clue == Some(Clue::Subtitle) || (clue.is_none() && *block == left[at] + 1);
            let sentence = sentence || clue == Some(Clue::Subtitle);
            let known = self.found.blocks.iter().any(|b| b.role == Role::Subtitle);
            let says_post = text
                .split_once([',', '，'])
                .is_some_and(|(post, _)| post.split_whitespace().count() <= 5 && lexicon::is_post(post))
                && text.split_whitespace().count() <= 12
                && !text.contains(" — ");
            let other = self.is_only_controls(*block)
                || says_post
                || is_for_paper(text)
                || is_credit(text)
                || text.ends_with([':', '：'])
                || text.contains('@')
                || text.starts_with('(')
                || self.is_torn(*block)
                || text.matches(['。']).count() + text.matches(". ").count() >= 2
                || self.is_caption(*block, blocks, lines);
            let begins = is_subtitle
                && !known
                && !other
                && (sentence || is_dashed(text))
                && !self.is_person_line(*block)
                && is_near(*block, left[at], blocks, lines);
            if begins || self.continues_subtitle(*block) {
                self.found.blocks[*block].role = Role::Subtitle;
            } else {
                rest.push(*block);
            }
        }
        rest
    }

    /// The index of the title among lines: the one that scores best, the first of several.
    fn title_among(&self, left: &[usize], blocks: &[usize], lines: &[Line]) -> Option<usize> {
        let possible = |i: &usize| {
            let text = self.text(left[*i]);
            let lower = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
            let bracketed = text.starts_with('[') && text.ends_with(']');
            let other = self.is_only_controls(left[*i])
                || is_credit(text)
                || text.contains('@')
                || text.contains("://")
                || bracketed;
            !other && (*i == 0 || !(self.is_person_line(left[*i]) || is_dashed(text) || lower))
        };
        let candidates: Vec<usize> = (0..left.len()).filter(possible).collect();
        let places: Vec<usize> =
            candidates.iter().map(|i| blocks.iter().position(|b| *b == left[*i]).unwrap_or(0)).collect();
        let best = (0..candidates.len()).rev().max_by_key(|at| self.title_score(*at, &places, blocks, lines));
        // A title that is set in two lines begins on the upper one.
        let best = best.map(|at| match at.checked_sub(1) {
            Some(above) if self.continues_title(left[candidates[above]], left[candidates[at]], blocks) => above,
            _ => at,
        });
        best.map(|at| candidates[at])
    }

    /// How much a line reads like a title: by what stands below it, by its length and its end, and by whether it reads
    /// like the name of the site.
    fn title_score(&self, at: usize, places: &[usize], blocks: &[usize], lines: &[Line]) -> i32 {
        let place = places[at];
        let text = self.text(blocks[place]);
        let says = |p: usize| match &lines[p] {
            Line::Header(parts) => parts.iter().any(|p| {
                let dated = matches!(p.kind, PartKind::Date(_) | PartKind::Labelled { field: Field::Published, .. });
                dated || p.names_author()
            }),
            Line::Short => p > 0 && !places.contains(&p) && self.is_person_line(blocks[p]),
            _ => false,
        };
        // Names and date below, with no more than a deck between.
        let below = (place + 1..lines.len()).find(|p| says(*p));
        let names = below.is_some_and(|below| {
            let run = (below..lines.len()).take_while(|p| !places.contains(p));
            run.into_iter().any(|p| self.names_author(p, blocks, lines))
        });
        let between = below.map(|below| places.iter().filter(|p| (place + 1..below).contains(*p)).count());
        let mut score = match between {
            Some(0 | 1) => 6,
            Some(2) => 2,
            _ if (0..place).any(says) => 4,
            _ => 0,
        };
        score += i32::from(names);
        let cjk = text.chars().any(crate::characters::is_cjk);
        let words = if cjk { text.chars().count() / 2 } else { text.split_whitespace().count() };
        score += match words {
            0 | 1 => -2,
            2 | 3 => 0,
            4..=16 => 2,
            17..=20 => 0,
            _ => -4,
        };
        let goes_on = text.ends_with([',', '，'])
            && blocks.get(place + 1).is_some_and(|next| self.text(*next).starts_with(char::is_lowercase));
        if text.ends_with(['.', '。', ',', '，', ':', '：', '؛', '،']) && !goes_on {
            score -= 6;
        }
        // Menus, mottoes, `『雨の地図』`, `出版社：…`
        let kicker = text.split(" | ").count() == 2 && text.split(" | ").any(lexicon::is_genre);
        let label = cjk && text.find('：').is_some_and(|i| i <= 12 && lexicon::genre_before(text).is_none());
        let post = text.split([',', '，']).next().is_some_and(|first| {
            let short = first.len() < text.len() && first.split_whitespace().count() <= 5;
            lexicon::is_post_phrase(first) || (short && lexicon::is_post(first))
        });
        if self.is_torn(blocks[place])
            || kicker
            || label
            || post
            || lexicon::is_motto(text)
            || lexicon::is_body(text)
            || is_in_marks(text)
        {
            score -= 6;
        }
        // Decks are longer than their titles.
        let above = at.checked_sub(1).map(|at| places[at]).filter(|above| above + 1 == place);
        if let Some(title) = above.map(|p| self.text(blocks[p]))
            && (columns(text) * 10 >= columns(title) * 13 || text.split_whitespace().count() >= 9)
            && title.split_whitespace().count() + usize::from(cjk) * 2 >= 2
        {
            score -= 1;
        }
        let other = places.get(at + 1).or(at.checked_sub(1).and_then(|at| places.get(at)));
        if let Some(next) = other.map(|p| self.text(blocks[*p])) {
            score -= self.site_score(place, blocks, next);
        }
        score
    }

    /// Whether several spaces or a tab stand between the words of a line, as in menus.
    fn is_torn(&self, block: usize) -> bool {
        let text = self.text(block);
        !text.chars().any(crate::characters::is_cjk) && text.match_indices(' ').any(|(i, _)| self.is_gap(block, i))
    }

    /// Whether a line names who wrote: behind an opening word or a label, or alone.
    fn names_author(&self, place: usize, blocks: &[usize], lines: &[Line]) -> bool {
        match &lines[place] {
            Line::Header(parts) => parts.iter().any(Part::names_author),
            Line::Short => self.is_person_line(blocks[place]),
            _ => false,
        }
    }

    /// How much a line reads like the name of the site rather than like a title, where another line may be the title.
    fn site_score(&self, place: usize, blocks: &[usize], next: &str) -> i32 {
        let text = self.text(blocks[place]);
        let words = text.split_whitespace().count();
        let cjk = text.chars().any(crate::characters::is_cjk);
        if ends_sentence(text) || columns(text) > 60 {
            return 0;
        }
        if self.is_named_site(blocks[place]) && (cjk || is_proper(text) || words <= 4) {
            return 8;
        }
        if place > 0 {
            return 0;
        }
        // `AVANGUARDIA RURALE - settimanale della Lega`
        let first = [" - ", " – ", " — ", " | ", " · ", ": "].iter().filter_map(|m| text.find(m)).min();
        let text = first.map_or(text, |at| &text[..at]);
        let words = text.split_whitespace().count();
        let plain = !text.contains(['，', '？', '、', '！', '：', '“', '「', '《', ':', ',', '?', '!']);
        if cjk {
            let short = text.chars().count() <= 8 && columns(next) * 10 >= columns(text) * 14;
            return if plain && short { 4 } else { 0 };
        }
        let capitals = !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        match () {
            () if capitals && words <= 5 && next.chars().any(char::is_lowercase) => 5,
            () if !plain => 0,
            () if is_proper(text) && self.sets_titles_small() && !is_proper(next) => 5,
            () if is_proper(text) && words <= 4 && !ends_sentence(next) && next.split_whitespace().count() <= 9 => 4,
            () if words == 1 => 2,
            () => 0,
        }
    }

    /// Whether a line has a word of a site's name, or its text stands in another line too.
    fn is_named_site(&self, block: usize) -> bool {
        let text = self.text(block);
        let plain = !text.contains(['，', '？', '！', '：', '“', '「', '《', '?', '!', ':']);
        plain
            && columns(text) <= 60
            && text.split_whitespace().count() <= 8
            && (lexicon::is_press(text) || lexicon::is_institution(text) || self.is_said_again(block))
    }

    /// Whether the language sets titles like sentences, with small letters.
    fn sets_titles_small(&self) -> bool {
        ["fr", "es", "pt", "it", "ru", "uk", "el"].contains(&self.found.metadata.language.value.primary())
    }

    /// Whether the text of a line stands in another one too: `© 2018 New Carrow Post-Herald`.
    fn is_said_again(&self, block: usize) -> bool {
        let text = self.text(block);
        let bare = text.strip_prefix("The ").or_else(|| text.strip_prefix("THE ")).unwrap_or(text);
        bare.chars().count() >= 4
            && (0..self.found.blocks.len())
                .any(|b| b != block && self.text(b).len() < 300 && self.text(b).contains(bare))
    }

    pub(super) fn is_only_controls(&self, block: usize) -> bool {
        let text = self.text(block);
        if !text.chars().any(char::is_alphabetic) {
            return true;
        }
        text.chars().count() < 2
            || text.starts_with(person::is_superscript)
            || text.starts_with("http://")
            || text.starts_with("https://")
            || text == "---"
    }

    /// Whether a line goes on with the subtitle right above it.
    fn continues_subtitle(&self, block: usize) -> bool {
        let above = block.checked_sub(1).filter(|b| self.role(*b) == Role::Subtitle);
        above.is_some_and(|b| {
            self.text(b).ends_with(',') && self.text(block).chars().next().is_some_and(char::is_lowercase)
        })
    }

    /// Whether a line stands above the credit of a photograph.
    pub(super) fn is_caption(&self, block: usize, blocks: &[usize], lines: &[Line]) -> bool {
        let below = blocks.iter().position(|b| *b == block).and_then(|at| lines.get(at + 1));
        let credit = |p: &Part| matches!(p.kind, PartKind::Labelled { field: Field::Contributor(Relator("pht")), .. });
        matches!(below, Some(Line::Header(parts)) if parts.iter().any(credit))
    }

    /// Whether a line goes on with the title above it.
    fn continues_title(&self, title: usize, next: usize, blocks: &[usize]) -> bool {
        let (first, second) = (self.text(title), self.text(next));
        let position = |block: usize| blocks.iter().position(|b| *b == block);
        let adjacent = position(next).zip(position(title)).is_some_and(|(n, t)| n == t + 1);
        let lower = second.chars().next().is_some_and(char::is_lowercase);
        // `LA TELEVISIÓN` above `Y LAS VACAS`.
        let capitals = |text: &str| !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        let right_below = next == title + 1 && self.article.blocks[next].breaks_before == 1;
        let set_in_two = capitals(first) && capitals(second) && right_below && !self.is_person_line(next);
        adjacent
            && (lower || set_in_two)
            && !ends_sentence(first)
            && columns(first) <= 50
            && columns(second) <= 60
            && !self.article.is_page
    }

    /// Whether a line above the title can be the name of the site.
    fn is_site_line(&self, block: usize) -> bool {
        let text = self.text(block);
        let words: Vec<&str> = text.split_whitespace().collect();
        let cjk = text.chars().any(crate::characters::is_cjk);
        let proper = cjk
            || lexicon::is_press(text)
            || words.iter().all(|w| is_small(w) || !w.chars().next().is_some_and(char::is_lowercase));
        !ends_sentence(text)
            && !text.ends_with([':', '：'])
            && !person::is_nobody(text)
            && columns(text) <= 60
            && words.len() <= 8
            && proper
            && !self.is_only_controls(block)
            && !lexicon::is_body(text)
            && !is_credit(text)
    }
}

/// Whether all of a line stands in title marks: `『雨の地図』`.
fn is_in_marks(text: &str) -> bool {
    [('《', '》'), ('『', '』')]
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close) && text.matches(*open).count() == 1)
}

/// Whether two to six words all begin with a capital, but for articles and prepositions.
fn is_proper(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let initial = |w: &str| w.rsplit(['’', '\'']).next().and_then(|w| w.chars().next());
    (2..=6).contains(&words.len())
        && words.iter().all(|w| is_small(w) || initial(w).is_some_and(char::is_uppercase))
        && words.iter().filter(|w| !is_small(w)).count() >= 2
}

/// A deck stands next to the title or next to the byline.
fn is_near(block: usize, title: usize, blocks: &[usize], lines: &[Line]) -> bool {
    let position = |b: usize| blocks.iter().position(|x| *x == b);
    let (Some(at), Some(title)) = (position(block), position(title)) else { return false };
    at <= title + 1 || lines[title + 1..at].iter().all(|l| matches!(l, Line::Short | Line::Header(_) | Line::Furniture))
}
