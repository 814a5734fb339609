//! Words of institutions and of papers, and of bodies that sign articles.

use super::words::Words;
use crate::metadata::pattern::patterns;

patterns! {
    /// What papers and sites say of themselves below or behind their name.
    MOTTO = r"(?i)(?:^|[^\p{L}\p{N}])(?:a (?:weblog|blog|journal|magazine|weekly|monthly|quarterly|newsletter) (?:of|on|for|about)|(?:digital|print|online) edition|édition (?:numérique|papier|du)|edici[óo]n (?:impresa|digital|del)|edição (?:impressa|digital)|edizione (?:digitale|del)|blog (?:de|di|collettivo|collectif|colectivo|coletivo)|rivista di|settimanale|mensile d|quindicinale|bimestrale|hebdomadaire|mensuel d|trimestriel|revue d[eu]|boletim d|boletín d|semanario (?:de|independiente)|(?:magazin|zeitschrift|wochenzeitung|monatsschrift) (?:für|der)|mitgliederzeitung|vereinszeitung|еженедельник|ежемесячник|общественно-политическ\p{L}+|vol\. ?[ivxlc\d]+|issue \d+|no\. ?\d+|n[.°º] ?\d+|№ ?\d+|jahrgang|academic rigou?r)(?:$|[^\p{L}\p{N}])|^орган |^«?общественная трибуна|трибуна \p{Lu}";

    /// Bodies that sign what they publish.
    BODY = r"(?i)^(?:the )?(?:[\p{L}’'. -]* )?(?:editorial (?:board|team|staff|collective)|editors|board of editors)$|^(?:le |la |il |el |o )?(?:comité|conseil|collectif|équipe|comitato|consejo|conselho|comité|consiglio) (?:éditorial|de rédaction|di redazione|editoriale|editorial|de redacción|de redação)(?: d[eou]\S* .+)?$|^(?:die )?(?:chef)?redaktion(?:skollegium|sgemeinschaft)? ..+$|^редакционн(?:ая|ый) (?:коллегия|совет)$|^редколлегия$|^هيئة التحرير$|^أسرة التحرير$|^(?:本报|本報|本刊|本网|本網|本社)?(?:特约|特約)?(?:评论员|評論員|编辑部|編輯部|社评组|评论部)$|^(?:社论|社論|社评|社評)$|^..+(?:课题组|課題組|编辑部|編輯部|评论部|论说室|論説室|論説委員会|編集部|編集委員会|논설위원실|편집부|편집국)$";
}

/// Whether a text names an institution.
pub(in crate::metadata) fn is_institution(words: &Words, text: &str) -> bool {
    words.has_institution(text)
}

/// Whether a text has a word of a paper's or a site's name.
pub(in crate::metadata) fn is_press(words: &Words, text: &str) -> bool {
    words.has_paper(text)
}

/// Whether a text is what a paper says of itself: `a journal of coasts`, `settimanale della Lega`.
pub(in crate::metadata) fn is_motto(text: &str) -> bool {
    text.len() <= 160 && MOTTO.is_match(text)
}

/// Whether a text names a body that signs articles: `The Editorial Board`, 本报评论员.
pub(in crate::metadata) fn is_body(text: &str) -> bool {
    text.chars().count() <= 80 && BODY.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_institutions_are_told() {
        for body in [
            "The Editorial Board",
            "本报评论员",
            "社论",
            "Le comité éditorial",
            "Consejo Editorial de La Voz de Arenales",
            "Редакционная коллегия",
            "هيئة التحرير",
            "汀源发展研究院课题组",
            "北嶺新報論説室",
        ] {
            assert!(is_body(body), "{body}");
        }
        assert!(!is_body("Ann Board") && !is_body("张评论"));
        assert!(
            is_institution(&Words::of([]), "Centre for Delta Studies")
                && is_institution(&Words::of([]), "嵐嶼大學水利工程學系")
                && !is_institution(&Words::of([]), "Maud Ellery")
        );
    }
}
