//! Lines of the page that are no part of the article: controls, links to other articles, forms.

use super::words::Words;
use crate::metadata::pattern::patterns;

patterns! {
    /// Lines of the page, whole.
    LINE = {
        let lines = [
            // Size of the text.
            r"(?:adjust |text |font )+size\s*:?.{0,20}|(?:taille du texte|schriftgröße|tamaño d(?:el|e) texto|tamanho do texto|dimensione (?:del )?testo|размер шрифта|حجم الخط)\s*:?.{0,20}|(?:a\s*[-+−]?\s*){2,4}\+?(?:[\s\u{3000}]*(?:纠错|打印|大|中|小|分享|收藏)){0,5}|[【\[]?\s*(?:字体|字號|字号|字體|字級|文字サイズ|글자\s?크기)\s*[:： ].{0,40}",
            // Sharing, printing, saving.
            r"(?:share this with .{1,30}|appeared in print .{1,40}|share|print|email|e-mail|tweet|save|comments?|advertisement|home|menu|search|listen|bookmark|cite|like|copy link|gift article|read later|download(?: pdf)?|print this page|cite this page|join the conversation|back to top|skip to (?:main )?content|subscribe|sign in|log ?in|register|most (?:read|popular|viewed)|trending(?: now)?|watch|follow|premium|members only|subscriber[- ]only|more by this author|why you can trust .{1,30}|for immediate (?:use|release).{0,40})(?:\s*(?:this )?(?:article|page|story|us))?(?:\s+(?:on|via|by|with|to) \w+(?: \w+)?)?\s*:?(?:\s*[\d,.]+[kK]?)?",
            r"(?:facebook|twitter|linkedin|whatsapp|pinterest|reddit|telegram|x|instagram|youtube|weibo|wechat)(?: share)?",
            r"(?:partage[rz](?: (?:sur|par) .{1,20})?|imprimer|envoyer(?: par e-?mail)?|écouter l’article|réagir(?: \(\d+\))?|s’abonner|abonnez-vous|se connecter|haut de page|lu \d[\d \x{A0}\x{202F}]* fois|aller au contenu|offrir cet article|enregistrer|commenter)",
            r"(?:teilen|drucken|merken|anhören|vorlesen|kommentieren|artikel (?:kommentieren|teilen|drucken|merken)|zur (?:navigation|startseite) springen|zum inhalt springen|zurück zur übersicht|kontakt zur redaktion|newsletter|abo(?:nnieren)?|anmelden|nach oben|als pdf (?:herunterladen|speichern)(?: \(.{1,12}\))?)(?: .{0,20})?",
            r"(?:compart[ei]r?(?: (?:en|no|na) .{1,20})?|imprim(?:ir|e)(?: .{0,20})?|guardar|enviar(?: por .{1,20})?|escuchar.{0,20}|edici[óo]n \S+ ▾|suscr[íi]bete|iniciar sesión|hemeroteca|cartas al director|comentar|ir al contenido|compartilh(?:ar|e)(?: .{1,20})?|ouvir|salvar|assine|pular para o conteúdo|mais lidas|partilhar.{0,20})",
            r"(?:condividi|stampa|invia(?: per e-?mail)?|ascolta.{0,20}|salva|commenta|cerca nel sito|chi siamo|abbonati|iscriviti(?: .{0,30})?)",
            r"(?:поделиться|распечатать|обсудить|\d{1,2}\+|читать (?:в|на) .{2,20}|версия для печати|наверх|печать|подписаться|войти|комментировать|сохранить|слушать.{0,20}|подписывайтесь.{0,40})",
            r"(?:شارك(?: .{0,20})?|(?:تكبير|تصغير) الخط.{0,20}|طباعة|حفظ|استمع.{0,20}|تخطّ?ى? إلى المحتوى|اشترك.{0,30}|تعليق|إرسال|مشاركة|نسخ الرابط|العودة إلى الأعلى|أرسل.{0,20}|تسجيل الدخول)",
            r"(?:[【\[（(]?\s*(?:存新聞|存新闻|複製連結|下載應用程式|閱讀全文|阅读全文|點此閱讀|关注我们|關注我們|点击上方蓝字|点个“?在看”?，让更多人看见|点个在看|在看|第\s?\d+\s?[页頁]|上一页|下一页|上一頁|下一頁|訂閱電子報|加入最愛|語音播報|听新闻|聽新聞|朗读|[AＡ][+＋-]|打印|打印本页|打印本頁|列印|关闭窗口|关闭|關閉|关闭本页|纠错|糾錯|我要纠错|收藏|分享|分享到|推荐|推薦|推荐给朋友|转发|转寄|轉寄|讚好|点赞|评论|返回顶部|返回首页|大|中|小|微博|微信|QQ空间|复制链接|朋友圈|訂閱|订阅|登录|登錄|印刷|シェア|保存|ツイート|ブックマーク|トップへ戻る|会員登録|ログイン|メール|メルマガ|LINE|Facebook|Twitter|X|페이스북|트위터|카카오톡|카카오스토리|네이버|밴드|URL복사|링크복사|글씨크기|追蹤|立即下載手機應用程式|프린트|인쇄|공유하기|공유|스크랩|글자 ?크기|가\+|가-|기사 듣기|번역|글씨 (?:크게|작게)|구독신청|구독|로그인|목록|가|댓글)\s*[】\]）)]?[\s\u{3000}\u{A0}|丨｜:：·/]*){1,12}",
            // Other articles.
            r"(?:上一篇|下一篇|上一条|下一条|热门|熱門|相关阅读|相关新闻|延伸閱讀|延伸阅读|相關新聞|喜欢此内容的人还喜欢|阅读 ?\d+|前の記事|次の記事|이전글|다음글)\s*[:：]?.{0,80}",
            r"(?:read more|read also|see also|more (?:from|on|in)|related|recommended|next|previous|lire aussi|à lire (?:aussi|également)|voir aussi|sur le même sujet|dans la même rubrique|lesen sie auch|mehr zum thema|lea también|lee también|te puede interesar|leia também|veja também|leggi anche|articoli correlati|читайте также|по теме|смотрите также|اقرأ أيضاً|اقرأ أيضا|اقرأ المزيد|関連記事|あわせて読みたい|관련기사|관련 기사|你可能还想看|你可能還想看)\s*[:：].{0,120}",
            r"(?:temps de lecture|lesezeit|lesedauer|tiempo de lectura|tempo de leitura|tempo di lettura|время чтения|reading time|مدة القراءة)\s*[:：].{0,20}|\d+ ?(?:min(?:ute)?s?\.?|minutos|minuti|минут)(?: (?:read|de lectura|de leitura|di lettura))?(?: ?\|.{0,40})?",
            r"listen to this article.{0,20}|listen\s*[·•].{0,10}|this (?:article|video) .{0,40} failed to load.?|.{0,40}video has failed to load.?",
            r"(?:follow us|subscribe to (?:our|the)|sign up (?:for|to)|get (?:our|the) .{0,30}newsletter|get \S{1,20}, our (?:free )?newsletter\.? ?(?:sign up here\.?)?|s’inscrire à|apúntate a|iscriviti all|inscreva-se|jetzt abonnieren)(?:[^\p{L}\p{N}.!?][^.!?]{0,79})?",
            r"(?:(?:publié|publicado|pubblicato|veröffentlicht|posted|published|опубликовано|نُشر) )?(?:hier|ayer|ieri|ontem|gestern|yesterday|вчера|أمس|há|hace|il y a|vor|\d+) (?:.{0,12} )?(?:(?:à|a las|às|alle|um|at|в|الساعة) )?\d{1,2}[:.h]\d{2}(?: ?[ap]m)?|(?:publié |publicado |pubblicato |veröffentlicht |published |posted |опубликовано )?(?:(?:il y a|há|hace|vor) \d+ (?:min(?:ute|uto|uti|uten)?s?|hours?|days?|ore|giorni|horas?|d[ií]as?|heures?|jours?|stunden?|tagen?|часов|минут)|\d+ (?:min(?:ute|uto|uti|uten)?s?|hours?|days?|ore|giorni|horas?|d[ií]as?|heures?|jours?|stunden?|tagen?|часов|минут) (?:ago|fa|atrás|назад))",
            r"(?:[●※]\s*)?(?:风险提示|風險提示|投稿邮箱|投稿信箱)[:：].{0,120}|[●※]\s*以上言論.{0,60}|字[体號号級级]\s*[AＡ]\s*[AＡ]\s*[AＡ]|본문 글씨 (?:키우기|줄이기)(?: 본문 글씨 (?:키우기|줄이기))?",
            r"(?:rechercher|buscar|search|cerca|suche|поиск) (?:sur|en|on|in|auf|на|this|ce|este|questo) .{2,30}|suscríbete por .{1,20}|document \d+ of \d+|in today.s .{2,30}|sostienici .{0,40}|(?:page|página|pagina|seite) (?:précédente|anterior|precedente|vorherige).{0,40}|ver en pdf",
            r"note to readers:.{0,300}|republish this (?:article|story)|do you like the content of this article\?|deixe seu comentário|deja (?:tu|un) comentario|laisser un commentaire|lascia un commento|написать комментарий|seguir leyendo después de la publicidad|有料会員になると.{0,40}|.{0,20}手機應用程式|发表评论.{0,20}|發表評論.{0,20}|share this (?:story|article)",
            r"(?:you are here|当前位置|您的位置|您现在的位置|目前位置|現在位置|現在地|현재 위치|vous êtes ici|sie sind hier)\s*[:：]?.{1,80}",
            r"(?:video|poll|event|events|podcast|photo gallery|gallery|quiz|watch|also read|sponsored|advertisement|disclaimer)\s*[:：].{0,240}|\(?if you want to contribute.{0,200}|your (?:tax[- ]deductible|donation|gift|support) .{0,120}|thanks for reading .{0,160}|was this page helpful.{0,20}",
            r"[\d０-９]+\s?[／/]\s?[\d０-９]+\s?ページ.{0,10}|残り[:：]?\s?\d+文字.{0,30}|この記事は有料.{0,40}|上一版\s*下一版|放大.{0,20}|扫一扫.{0,20}|(?:abbonati|accedi|menù|☰ menu|cookies?)(?: .{0,20})?|[^.]{0,30}(?:we use|usamos|utilizamos|nous utilisons|utilizziamo|wir verwenden|accept\p{L}*|acept\p{L}*|aceit\p{L}*|accett\p{L}*|akzeptier\p{L}*|принять) .{0,20}cookies[^.]{0,40}",
            r"for all the latest .{0,60}|(?:unser |our |notre |nuestro |nosso |la nostra )?newsletter.{0,20}|.{0,60}(?:kostenlos anmelden|sign up now|subscribe now|inscrivez-vous|suscríbete|iscriviti ora)!?",
            r"a version of this article appears? in print.{0,200}",
            r"transcripts are created on a rush deadline.{0,200}",
            // Breadcrumbs and menus.
            r"(?:<<|«|‹|←)\s*[^|·/]{2,40}[|·/]\s*.{2,40}(?:>>|»|›|→)|!\[.{0,200}\]\(.{1,300}\)",
            r"[^.。>＞»›«“”:：]{1,24}(?:\s*(?:[>＞›»]|>>|»»)\s*[^.。>＞›«“”]{1,40}){1,6}",
            r"(?:home|accueil|startseite|inicio|início|главная|الرئيسية|首页|首頁|ホーム|홈)\s*[/•·|丨｜].{1,60}",
            r"(?:menu|navigation|publications|événements|关于我们|关于本站|联系我们|广告服务|招聘信息|about us|contact us|投稿信箱|设为首页|新闻热线|网站地图)(?:[\s|丨｜·•]+\S{1,12}){0,8}",
        ];
        format!("(?i)^(?:{})$", lines.join("|"))
    };

    LINKS = r"(?i)^(?:related(?: (?:articles?|stories|readings?|posts?|content|news))?|recommended(?: (?:for you|reading))?|you (?:may|might) also like|more (?:from|on|in) .{1,40}|read (?:next|also|more)|most (?:read|popular|viewed)|trending(?: now)?|popular(?: posts)?|latest(?: news| posts)?|à lire (?:aussi|également)|lire aussi|sur le même sujet|les plus lus|dans la même rubrique|lesen sie auch|mehr zum thema|meistgelesen|das könnte sie auch interessieren|te puede interesar|también te puede interesar|lo más leído|relacionados?|más leídas?|noticias relacionadas|leia também|veja também|mais lidas|notícias relacionadas|leggi anche|articoli correlati|i più letti|potrebbe interessarti|читайте также|по теме|популярное|материалы по теме|اقرأ أيضاً|اقرأ أيضا|الأكثر قراءة|مواضيع ذات صلة|مقالات ذات صلة|相关阅读|相关新闻|相关文章|推荐阅读|热门文章|热门推荐|延伸阅读|延伸閱讀|相關新聞|相關文章|熱門文章|熱門新聞|你可能还想看|你可能還想看|猜你喜欢|最新文章|関連記事|関連リンク|人気記事|おすすめ記事|ランキング|あわせて読みたい|관련기사|관련 기사|많이 본 기사|많이 본 뉴스|인기기사|추천기사|最新|往期回顾|往期回顧|\d+小时热榜|热榜|热搜榜|もっと読む|新着記事|最新記事)\s*[:：]?$";

    COMMENTS = r"(?i)^(?:(?:\d+ )?(?:reader )?comments?(?: ?\(\d+\))?|leave a (?:comment|reply)|(?:\d+ )?commentaires?(?: ?\(\d+\))?|(?:\d+ )?kommentare?(?: ?\(\d+\))?|(?:\d+ )?comentarios?(?: ?\(\d+\))?|(?:\d+ )?comentários?(?: ?\(\d+\))?|(?:\d+ )?commenti?(?: ?\(\d+\))?|(?:\d+ )?комментари[йяи]в?(?: ?\(\d+\))?|التعليقات(?: ?\(\d+\))?|تعليقات القراء|(?:网友|网友们?的?)?(?:评论|評論|留言|回應)(?:区|區)?(?: ?[(（]\s?\d+\s?[条條则則]?[)）])?|(?:最新|热门|熱門)评论|讀者回應|读者评论|コメント(?: ?[(（]\d+件?[)）])?|댓글(?: ?\d+)?)\s*[:：]?$";
}

/// What a heading of furniture opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Section {
    /// Links to other articles.
    Links,
    /// Readers' comments.
    Comments,
}

/// Whether a line is part of the page and not of the article.
pub(in crate::metadata) fn furniture(words: &Words, line: &str) -> bool {
    line.len() <= 400 && (LINE.is_match(line) || section(words, line).is_some())
}

/// What a line opens, where it is the heading of such a part.
pub(in crate::metadata) fn section(_words: &Words, line: &str) -> Option<Section> {
    if line.len() > 120 {
        return None;
    }
    match () {
        () if COMMENTS.is_match(line) => Some(Section::Comments),
        () if LINKS.is_match(line) => Some(Section::Links),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_headings_of_furniture_are_told() {
        for line in [
            "Adjust font size:",
            "Share on Facebook",
            "Teilen",
            "上一篇：没有了",
            "Home > News > Columns",
            "字号：A- A A+",
            "微信　微博　QQ空间　复制链接　分享到",
            "Lire aussi : Les digues",
            "A-   A+",
        ] {
            assert!(furniture(&Words::of([]), line), "{line}");
        }
        assert_eq!(section(&Words::of([]), "2 COMMENTS"), Some(Section::Comments));
        assert_eq!(section(&Words::of([]), "延伸閱讀"), Some(Section::Links));
        for line in [
            "Why cookies crumble",
            "90 days",
            "【基本案情】",
            "Share the land, spare the land",
            "别把菜市场改成展览馆",
            "Home is where the harm is",
        ] {
            assert!(!furniture(&Words::of([]), line), "{line}");
        }
    }
}
