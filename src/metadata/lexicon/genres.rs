//! Names of kinds of text, as kickers and labels before titles print them.

use crate::metadata::pattern::patterns;
use std::ops::Range;

patterns! {
    WHOLE = format!(r"(?i)^(?:{GENRES})$");

    BEFORE = format!(
        r"(?i)^(?:[\[【〔［〈《<（(]\s*(?P<bracketed>{GENRES}|\p{{Hangul}}+ (?:칼럼|기고)|\p{{Han}}{{2,4}}(?:專欄|专栏))\s*[\]】〕］〉》>）)]\s*|(?P<bare>{GENRES})(?:\s*[:：|丨｜／\u{{3000}}]|/|\s[-–—]\s)\s*)"
    );
}

const GENRES: &str = r"(?:guest |reader )?opinions?|opinion pieces?|policy comments?|(?:faculty |student |guest )?op-?eds?|rants?|issue briefs?|open letters?|(?:guest |lead )?editorials?|leaders?|(?:guest |outside )?commentar(?:y|ies)|comment|comment is free|(?:guest |my )?columns?|(?:guest |reporter's |photo |personal |opinion )?essays?|(?:expert |news |political )?analysis|perspectives?|viewpoints?|points? of view|views?|voices?|first person|letters?(?: to the editor)?|reviews?|interviews?|transcript|speech|position papers?|policy (?:briefs?|papers?|notes?)|briefing(?: paper)?|white paper|working paper|blog(?: post)?|debate|my turn|the long read|feature|special report|in my opinion|your say|soapbox|tribunes?(?: collectives?| libre)?|lettre ouverte|éditorial|édito|chroniques?|point de vue|libre opinion|carte blanche|avis|idées|billets?(?: d’humeur)?|analyse|entretien|courrier|meinung(?:en)?|kommentare?(?: von außen| der woche)?|offener brief|gast(?:beitrag|kommentar|essay)|kolumnen?|leitartikel|glosse|standpunkt|zwischenruf|debattenbeitrag|debatte|leserbriefe?|essay|interview|opinión|editorial|carta abierta|columna|tribuna(?: libre| abierta)?|análisis|artículo(?: de opinión)?|carta(?:s)? al director|ensayo|entrevista|opinião|coluna|artigo(?: de opinião)?|análise|ensaio|crônica|crónica|ponto de vista|carta aberta|opinione|editoriale|commento|commenti|rubrica|l’intervento|intervento|analisi|il commento|l’editoriale|punto di vista|lettera aperta|lettere|saggio|мнение|мнения|(?:авторская )?колонка|комментарий|точка зрения|от редакции|передовица|аналитика|анализ|эссе|интервью|письма читателей|открытое письмо|άποψη|απόψεις|γνώμη|γνώμες|κύριο άρθρο|σχόλιο|ανάλυση|مقال(?:ات)?(?: رأي)?|رأي|آراء|افتتاحية|الافتتاحية|كلمة العدد|تحليل|وجهة نظر|عمود|زاوية|كلمة رئيس التحرير|مقابلة|حوار|评论|評論|社评|社評|社论|社論|时评|時評|快评|快評|短评|短評|锐评|锐評|网评|微评|来论|來論|来信|來信|投书|投書|观点|觀點|观察|觀察|专栏|專欄|言论|言論|述评|杂文|随笔|隨筆|论坛|論壇|评论员文章|特稿|专访|讀者投書|读者来信|社説|オピニオン|論壇|論説|論点|論考|寄稿|コラム|投稿|視点|私の視点|声|主張|提言|インタビュー|随想|時評|사설|칼럼|기고|오피니언|논설|시론|기자수첩|특별기고|독자투고|독자기고|시평|기자의 눈|데스크 칼럼|전문가 기고|발언대|기고문|인터뷰|논단|사설·칼럼|여적|특파원 칼럼";

/// Whether a line or a segment, without brackets, is the name of a kind of text.
pub(in crate::metadata) fn is_genre(text: &str) -> bool {
    text.chars().count() <= 30 && WHOLE.is_match(text)
}

/// The genre in front of a title and where the title begins: `Opinion: `, `【评论】`, `Opinion | `.
pub(in crate::metadata) fn genre_before(title: &str) -> Option<(Range<usize>, usize)> {
    let captures = BEFORE.captures(title)?;
    let genre = captures.name("bracketed").or_else(|| captures.name("bare"))?;
    let end = captures.get(0)?.end();
    (end < title.len()).then(|| {
        // `[한서윤 칼럼]`: the kind is the last word.
        let start = if captures.name("bracketed").is_some()
            && ["칼럼", "專欄", "专栏"].iter().any(|g| genre.as_str().ends_with(g))
        {
            genre.end() - "칼럼".len()
        } else {
            genre.start()
        };
        (start..genre.end(), end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genres_stand_alone_or_in_front_of_a_title() {
        assert!(
            is_genre("OPINION") && is_genre("社评") && is_genre("Gastbeitrag") && !is_genre("Opinions differ widely")
        );
        let genre = |title: &str| genre_before(title).map(|(g, at)| (title[g].to_owned(), title[at..].to_owned()));
        assert_eq!(genre("Opinion | Nobody reads"), Some(("Opinion".into(), "Nobody reads".into())));
        assert_eq!(genre("【投書】學生不是"), Some(("投書".into(), "學生不是".into())));
        assert_eq!(genre("[한서윤 칼럼] 제목"), Some(("칼럼".into(), "제목".into())));
        assert_eq!(genre("Zhang San: We can’t wait"), None);
        assert_eq!(genre("【基本案情】"), None);
    }
}
