//! Words of institutions and of papers, and of bodies that sign articles.

use crate::metadata::pattern::patterns;

patterns! {
    /// Words of schools, institutes, offices, associations.
    INSTITUTION = r"(?i)(?:^|[^\p{L}\p{N}])(?:universit(?:y|ies|é|ät|à)|university|universidad(?:e)?|universitat|université|college|institut(?:e|ion|o|os|et)?|istituto|instituto|school|academy|académie|akademie|academia|accademia|cent(?:er|re)|zentrum|centro|foundation|fondation|stiftung|fundación|fundação|fondazione|council|conseil|consejo|conselho|consiglio|committee|commission|association|asociación|associação|associazione|society|société|gesellschaft|sociedad|union|alliance|federation|fédération|federación|league|network|trust|laborator(?:y|ies)|laboratoire|laboratorio|guild|th[ée]âtre|theatre|theater|teatro|clinique|clínica|clinica|oficina|atelier|taller|werkstatt|betriebe?|genossenschaft|cooperative|co-operative|coopérative|cooperativa|syndicat|sindicato|sindacato|gewerkschaft|\p{L}{3,}(?:betriebe|verband|verein|genossenschaft|kammer|gesellschaft|stiftung|schule|institut|zentrum)|collectif|colectivo|coletivo|collettivo|kollektiv|observatory|observatoire|observatorio|observatório|osservatorio|department|faculty|fakultät|faculté|facultad|facoltà|ministry|ministère|ministerium|ministerio|ministério|ministero|agency|bureau|office|büro|think[- ]tank|hospital|klinik|clinic|museum|library|archive|bank|group|company|verband|verein|hochschule|schule|colegio|colégio|escuela|escola|scuola|lycée|école|liceo|forum|project|program(?:me)?|house|chamber|court|church|parliament)(?:$|[^\p{L}\p{N}])|университет|институт|колледж|коллектив|академи|центр|фонд|совет|комитет|ассоциаци|общество|школ|факультет|министерств|лаборатори|музе|библиотек|больниц|бюро|جامعة|معهد|مركز|كلية|مؤسسة|أكاديمية|مجلس|جمعية|وزارة|مدرسة|مرصد|大学|大學|学院|學院|研究院|研究所|研究室|研究中心|中心|党校|黨校|行政学院|检察院|檢察院|法院|水务局|规划局|建设局|教育局|环保局|气象局|管理局|档案馆|檔案館|图书馆|圖書館|博物馆|博物館|研究会|研究會|促进会|促進會|工作室|編集部|协会|協會|(?:学会|學會)(?:$|[^了着著过過])|基金会|基金會|智库|智庫|委员会|委員會|部门|实验室|實驗室|医院|醫院|学校|學校|\p{Han}{2,}(?:國小|國中|高中|小學|小学|中学|中學|商會|商会|公會|公会|工會|工会)(?:$|[^\p{Han}])|事務所|総研|協議会|財団|機構|대학|대학교|[\x{AC00}-\x{D7A3}]{2,6}대(?:$|\s)|[\x{AC00}-\x{D7A3}]{2,6}학과|연구소|연구원|센터|재단|협회|학회|위원회|학교|병원|πανεπιστήμι|ινστιτούτο|κέντρο";

    /// Words of newspapers, magazines and sites.
    PRESS = r"(?i)(?:^|[^\p{L}\p{N}])(?:times|post|gazette|herald|tribune|chronicle|courier|journal|daily|weekly|monthly|quarterly|news|newspaper|review|standard|observer|guardian|telegraph|mail|express|star|sun|sentinel|dispatch|record|ledger|register|examiner|inquirer|argus|echo|mercury|monitor|reporter|bulletin|press|mirror|voice|world|globe|magazine|radio|tv|online|net|wire|lantern|torch|reader|letter|advertiser|advocate|citizen|independent|republic|leader|nation|patriot|post-herald|digest|spectator|exchange|free press|intelligencer|watch|today|insider|platform|ledger|le monde|figaro|monde|croix|soir|progrès|courrier|écho|échos|républicain|télégramme|journal|phare|dépêche|presse|voix|quotidien|hebdo|libération|zeitung|zeit|welt|stimme|merkur|morgenpost|kreisblatt|volksblatt|landbote|allgemeine|anzeiger|nachrichten|tageblatt|blatt|kurier|bote|tagesbote|rundschau|rundfunk|magazin|spiegel|diario|crónica|clarín|clarim|comercio|universal|notícias|público|expresso|mattino|secolo|foglio|manifesto|periódico|gaceta|heraldo|voz|vanguardia|mundo|país|semanario|correo|prensa|cuadernos|cadernos|quaderni|cahiers|jornal|diário|gazeta|folha|correio|estado|revista|giornale|corriere|gazzetta|messaggero|stampa|quotidiano|settimanale|rivista|voce)(?:$|[^\p{L}\p{N}])|\p{L}{3,}(?:bote|blatt|zeitung|anzeiger|kurier|rundschau|nachrichten)(?:$|[^\p{L}\p{N}])|газета|вестник|онлайн|обозреватель|портал|новости|известия|листок|курьер|журнал|голос|правда|ведомости|время|заря|знамя|εφημερίδα|τα νέα|جريدة|صحيفة|يومية|أسبوعية|بوابة|صوت|مجلة|أخبار|نيوز|الوطن|الحياة|الشرق|الأيام|النهار|الصباح|شبكة|موقع|منصة|日报|日報|晚报|晚報|时报|時報|早报|早報|周报|週報|商报|商報|周刊|週刊|杂志|雜誌|新闻|新聞|新报|新報|快报|快報|学刊|學刊|\p{Han}{2,}(?:评论|評論|视界|视点|时评)$|论坛|論壇|观察|网$|網$|在线|線上|电视|電視|广播|廣播|通讯社|通訊社|日刊|月刊|社$|신문|일보|뉴스|경제$|저널|타임스|タイムス|タイムズ|マガジン|オンライン|매일|월간|주간|방송";

    /// What papers and sites say of themselves below or behind their name.
    MOTTO = r"(?i)(?:^|[^\p{L}\p{N}])(?:a (?:weblog|blog|journal|magazine|weekly|monthly|quarterly|newsletter) (?:of|on|for|about)|(?:digital|print|online) edition|édition (?:numérique|papier|du)|edici[óo]n (?:impresa|digital|del)|edição (?:impressa|digital)|edizione (?:digitale|del)|blog (?:de|di|collettivo|collectif|colectivo|coletivo)|rivista di|settimanale|mensile d|quindicinale|bimestrale|hebdomadaire|mensuel d|trimestriel|revue d[eu]|boletim d|boletín d|semanario (?:de|independiente)|(?:magazin|zeitschrift|wochenzeitung|monatsschrift) (?:für|der)|mitgliederzeitung|vereinszeitung|еженедельник|ежемесячник|общественно-политическ\p{L}+|vol\. ?[ivxlc\d]+|issue \d+|no\. ?\d+|n[.°º] ?\d+|№ ?\d+|jahrgang|academic rigou?r)(?:$|[^\p{L}\p{N}])|^орган |^«?общественная трибуна|трибуна \p{Lu}";

    /// Bodies that sign what they publish.
    BODY = r"(?i)^(?:the )?(?:[\p{L}’'. -]{0,40} )?(?:editorial (?:board|team|staff|collective)|editors|board of editors)$|^(?:le |la |il |el |o )?(?:comité|conseil|collectif|équipe|comitato|consejo|conselho|comité|consiglio) (?:éditorial|de rédaction|di redazione|editoriale|editorial|de redacción|de redação)(?: d[eou]\S* .{1,60})?$|^(?:die )?(?:chef)?redaktion(?:skollegium|sgemeinschaft)? .{2,40}$|^редакционн(?:ая|ый) (?:коллегия|совет)$|^редколлегия$|^هيئة التحرير$|^أسرة التحرير$|^(?:本报|本報|本刊|本网|本網|本社)?(?:特约|特約)?(?:评论员|評論員|编辑部|編輯部|社评组|评论部)$|^(?:社论|社論|社评|社評)$|^.{2,14}(?:课题组|課題組|编辑部|編輯部|评论部|论说室|論説室|論説委員会|編集部|編集委員会|논설위원실|편집부|편집국)$";
}

/// Whether a text names an institution.
pub(in crate::metadata) fn is_institution(text: &str) -> bool {
    INSTITUTION.is_match(text)
}

/// Whether a text has a word of a paper's or a site's name.
pub(in crate::metadata) fn is_press(text: &str) -> bool {
    PRESS.is_match(text)
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
            is_institution("Centre for Delta Studies")
                && is_institution("嵐嶼大學水利工程學系")
                && !is_institution("Maud Ellery")
        );
    }
}
