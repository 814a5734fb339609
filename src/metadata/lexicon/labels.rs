//! Labels: `Writer:`, `责任编辑：`, `Propos recueillis par`.

use crate::document::{Field, Relator};

/// The labels of one field.
pub(in crate::metadata) struct Label {
    pub(in crate::metadata) field: Field,
    /// Words of scripts with spaces, as alternatives of a pattern, in any case.
    pub(in crate::metadata) words: &'static str,
    /// Chinese, Japanese and Korean labels, which need no space around them.
    pub(in crate::metadata) east_asian: &'static str,
    /// Words that stand without a colon before their value.
    pub(in crate::metadata) phrases: &'static str,
}

use Field as F;

const fn label(field: Field, words: &'static str, east_asian: &'static str, phrases: &'static str) -> Label {
    Label { field, words, east_asian, phrases }
}

/// All labels. Where one is the end of another (`编辑` of `责任编辑`), the longer one is tried first.
pub(in crate::metadata) const LABELS: &[Label] = &[
    label(
        F::Title,
        "title|headline|hl|subject|titre|titel|título|titulo|titolo|заголовок|название|العنوان|عنوان",
        "标题|標題|题目|題目|タイトル|제목",
        "",
    ),
    label(
        F::Subtitle,
        "subtitle|deck|standfirst|sous-titre|untertitel|subtítulo|sottotitolo|подзаголовок",
        "副标题|副標題|サブタイトル|부제|导读|導讀|核心提示|内容提要|內容提要|摘要|提要|引言",
        "",
    ),
    label(
        F::Author,
        r"author of the article|from|authors?(?:\(s\))?|author name|written by|writers?|columnists?|contributors?|words(?: by)?|text(?: by)?|byline|story by|by|auteure?s?|texte|par|autor(?:in|inn?en|en|a|es|as)?|autori|autrice|autore|texto|testo|testo di|texto de|von|por|di|verfasser(?:in)?|авторы?|текст|συγγραφέας|les signataires|signataires|signatories|signed(?: by)?|firmantes|los firmantes|firmatari|i firmatari|assinam|signatários|unterzeichner(?:innen)?|die unterzeichner(?:innen)?|подписали|подписанты|الموقعون|كتبت?|الكاتبة?|بقلم|كاتب المقال|المؤلفة?|كتبه|الكُتّاب|מאת|लेखक|लेखिका|نویسنده|نوشته|tác giả|ผู้เขียน",
        "作者|撰文|撰稿|原创|原創|著者|執筆者|執筆|筆者|主講|主讲|本期作者|評者|评者|语り|語り|기자명|评论人|評論人|書評人|話し手|語り手|文|口述|구술자|구술|글쓴이|글|저자|필자|기고",
        "",
    ),
    label(
        F::Role,
        "position|job title|fonction|cargo|função|funzione|qualifica|должность|المنصب|الوظيفة|الصفة",
        "职务|職務|肩書|직책",
        "",
    ),
    label(
        F::Affiliation,
        "affiliation|institution|établissement|afiliación|filiação|affiliazione|место работы",
        "作者单位|作者單位|单位|所属|소속",
        "",
    ),
    label(
        F::Editor,
        r"editors?|edited by|édité par|editing|édition|éditrice|éditeur|redaktion|redakteur(?:in)?|lektorat|editora?|edición|editado por|edição|redazione|редактор|выпускающий редактор|επιμέλεια|تحرير|المحررة?|التحرير",
        "责任编辑|責任編輯|核稿編輯|本期编辑|网络编辑|值班编辑|责编|責編|编辑|編輯|編集|편집|에디터",
        "edited by|editado por|a cura di|édité par",
    ),
    label(
        F::Translator,
        r"translat(?:ed by|ion|ion by|ors?)|traduction|traducteur|traductrice|traduit par|übersetzung|übersetzt von|übersetzer(?:in)?|traducción|traducido por|traductora?|tradução|tradutora?|traduzido por|traduzione|traduttore|traduttrice|перевод|переводчик|перевела?|μετάφραση|ترجمة|ترجمها?|ترجمته|المترجمة?|ترجم(?:ه|ها|ته|تها) عن \p{Arabic}+|نقله? إلى العربية|deutsch von|traduction d[eu] (?:l[’'])?\p{L}+|traducción del \p{L}+|tradução do \p{L}+|traduzione dal(?:l[’'])?\s?\p{L}+|перевод с \p{L}+",
        "译者|譯者|翻译|翻譯|编译|編譯|翻訳|译|譯|訳|번역|옮긴이|옮김",
        r"translated(?: from (?:the )?\p{Lu}\p{L}+)? by|traduction(?: de)?|traduit (?:de l’|de l'|du )\p{L}+(?: \([^)]{1,20}\))? par|traduit par|aus dem \p{Lu}\p{L}+(?: übersetzt)? von|(?:ins )?deutsche? von|übersetzt von|übersetzung|traducción(?: del \p{L}+)?(?: de)?|traducido(?: del \p{L}+)? por|tradução(?: do \p{L}+)?(?: de)?|traduzione(?: (?:dall’|dal )\p{L}+)?(?: di)?|перевод(?: с \p{L}+)?|перевела?|ترجمة",
    ),
    label(
        F::Contributor(Relator("pht")),
        r"photos?(?: by)?|photographs?(?: by)?|photography(?: by)?|photographers?|pictures?(?: by)?|photographie|crédit photo|fotos?(?: de| di| von)?|fotografía(?: de)?|fotografia(?: di| de)?|fotograf(?:in)?|bild|фото|фотограф|تصوير",
        "摄影|攝影|摄|撮影|写真|사진",
        r"photographs? by|photos? by|foto di|foto de|fotografía de|fotografie di|تصوير",
    ),
    label(
        F::Contributor(Relator("ill")),
        r"illustrations?(?: by)?|illustrators?|ilustración|ilustraciones|ilustração|illustrazion[ei](?: di)?|illustrationen|zeichnung(?:en)?|иллюстраци[яи]|рисунок|رسوم|رسم",
        "图|圖|插画|插畫|插图|插圖|绘图|繪圖|挿絵|イラスト|일러스트|그림|삽화",
        r"illustrations? by|illustrazion[ei] di|disegn[oi] di|ilustración de|ilustraciones de|ilustração de|illustrations? de",
    ),
    label(
        F::Contributor(Relator("ivr")),
        r"interview(?:ed)? by|interviewer|interview|propos recueillis par|entretien|entrevista|intervista|интервью|حوار|أجرى الحوار",
        "采访者|採訪者|采访|採訪|聞き手|インタビュー|인터뷰어|인터뷰",
        r"interviewed by|interview by|propos recueillis par|entretien réalisé par|das gespräch führte|das interview führte|entrevista de|intervista di|беседовала?|интервью (?:взяла?|провела?)|حاوره|حاورها",
    ),
    label(
        F::Contributor(Relator("res")),
        "research(?: by|er)?|recherche|investigación|ricerca",
        "资料|資料提供|자료",
        "",
    ),
    label(
        F::Contributor(Relator("pfr")),
        r"proofread(?:er|ing|ers)|proofread by|correction|relecture|korrektorat|corrección|revisión|revisão|revisione|correzione|корректор|تدقيق لغوي|التدقيق اللغوي|تدقيق",
        "校对|校對|校閲|校正|교열|교정",
        "proofread by",
    ),
    label(
        F::Contributor(Relator("ctb")),
        r"as told to|texto recogido por|testo raccolto da|texto recolhido por|depoimento a|aufgezeichnet von|protokoll|записала?|producer|produced by|fact[- ]check(?:ed by|ing|er)?|layout|copy[- ]edit(?:ed by|ing|or)?|إعداد",
        "审核|審核|审校|编审|編審|纪录|紀錄|记录整理|採訪整理|采访整理|監修|监制|監製|整理|構成|정리|구성|감수|策划|策劃|统筹|統籌|制作|排版|初审|二审|三审|终审|复审|签发|美编|制图|视觉|校审",
        r"as told to|texto recogido por|testo raccolto da|texto recolhido por|depoimento a|depoimento dado a|aufgezeichnet von|protokolliert von|записала?|propos transcrits par",
    ),
    label(
        F::Updated,
        r"last updated(?: on)?|updated(?: on| at)?|last modified(?: on)?|modified|date modified|last reviewed|mis à jour(?: le)?|modifié(?: le)?|dernière mise à jour|zuletzt (?:aktualisiert|geändert|bearbeitet)(?: am)?|aktualisiert(?: am)?|stand|geändert am|actualizado(?: el)?|última actualización|actualización|atualizado(?: em)?|atualização|última atualização|modificado(?: em| el)?|aggiornato(?: il| al)?|ultimo aggiornamento|modificato(?: il)?|обновлено|изменено|дата обновления|ενημερώθηκε|آخر تحديث|تحديث|تم التحديث(?: في)?|حُدّث(?: في)?",
        "更新时间|更新時間|更新日時|更新日期|最后更新|最後更新|最終更新|更新日|更新|수정일|수정|업데이트|최종수정",
        r"last updated(?: on)?|updated(?: on| at)?|last modified(?: on)?|modified(?: on)?|mis à jour(?: le)?|modifié(?: le)?|zuletzt (?:aktualisiert|geändert)(?: am)?|aktualisiert(?: am)?|stand|actualizado(?: el)?|atualizado(?: em)?|aggiornato(?: il| al)?|modificato(?: il)?|обновлено|изменено|ενημερώθηκε(?: στις)?|آخر تحديث|حُدّث(?: في)?|تم التحديث(?: في)?",
    ),
    label(
        F::Published,
        r"first published(?: on)?|published(?: online)?(?: on| at)?|publication date|publishing date|date published|date of publication|published date|posted(?: on| at)?|created(?: on)?|time|date|publié(?: le)?|publiée(?: le)?|mis en ligne(?: le)?|paru(?: le)?|date de publication|veröffentlicht(?: am)?|erschienen(?: am)?|veröffentlichungsdatum|datum|publicado(?: el| em)?|publicada(?: el| em)?|fecha(?: de publicación)?|data(?: de publicação| di pubblicazione)?|pubblicato(?: il)?|опубликовано|опубликована|разместил[аи]?|дата(?: публикации)?|размещено|ημερομηνία|δημοσίευση|δημοσιεύθηκε|تاريخ النشر|نُشر(?: في)?|نشر(?: في)?|التاريخ|تاريخ",
        "发布时间|發布時間|发表时间|發表時間|发布日期|發布日期|发表日期|發稿時間|发稿时间|刊登日期|发表于|发布于|时间|時間|日期|掲載日時|掲載日|掲載|公開日時|公開日|公開|配信日|配信|投稿日|日付|기사입력|입력일|입력|등록일|등록|승인|발행일|게재일|게시일|게시|작성일|날짜|일자",
        r"published(?: online)?(?: on| at)?|posted(?: on| at)?|publié(?:e)?(?: le)?|mis en ligne(?: le)?|paru(?: le)?|veröffentlicht(?: am)?|erschienen(?: am)?|publicado(?: el| em)?|publicada(?: el| em)?|pubblicato(?: il)?|опубликовано|размещено|δημοσιεύθηκε(?: στις)?|δημοσίευση|تاريخ النشر|نُشر(?: في)?|نشر(?: في)?",
    ),
    label(
        F::Publisher,
        r"publisher|published by|publication|website|site(?: name)?|name|newspaper|éditeur|publié par|herausgeber|verlag|publicado por|editorial|publicado pela|pubblicato da|editore|издатель|издание|сайт|εκδότης|الناشر|الموقع",
        "网站|媒体|发布者|發布者|發行|发行|発行|発行元|제공|매체",
        "",
    ),
    label(
        F::Source,
        r"(?:original )?sources?|(?:as |originally |first )?published in|appeared in|republished from|reprinted from|reposted from|courtesy of|источник|fuente|quelle|fonte|πηγή|المصدر|مصدر",
        "稿件来源|稿件來源|文章来源|文章來源|新闻来源|信息来源|来源|來源|出处|出處|出典|初出|転載元|転載|原载|原載|摘自|转载自|轉載自|转自|轉自|출처|원문",
        "",
    ),
    label(
        F::Url,
        r"url|link|permalink|permanent link|address|web address|lien|adresse|enlace|ligação|indirizzo|collegamento|ссылка|адрес|διεύθυνση|الرابط|رابط",
        "本文网址|本文链接|本文連結|原文链接|原文網址|文章链接|网址|網址|链接|連結|リンク|주소|링크",
        "",
    ),
    label(
        F::Section,
        r"newspaper section|section|category|column|rubrique|rubrik|ressort|kategorie|sección|categoría|seção|editoria|categoria|sezione|рубрика|раздел|στήλη|زاوية|باب|القسم|قسم|تصنيف",
        r"第[A-Z]?\d{1,3}版|栏目|欄目|频道|頻道|版面|分类|セクション|カテゴリー|カテゴリ|面|섹션|분류",
        "",
    ),
    label(
        F::Genre,
        "genre|type|type of text|text type|article type|textsorte|género|gênero|genere|жанр|النوع",
        "体裁|文体|ジャンル|장르",
        "",
    ),
    label(
        F::Keywords,
        r"key ?words?|tags?|tagged(?: as| with| in)?|topics?|filed under|mots-clés|mots-clefs|étiquettes|schlagwörter|schlagworte|stichwörter|themen|palabras clave|etiquetas|temas|palavras-chave|tópicos|parole chiave|argomenti|tag|теги|метки|ключевые слова|темы|λέξεις-κλειδιά|ετικέτες|الكلمات المفتاحية|كلمات مفتاحية|كلمات دلالية|وسوم|الوسوم",
        "关键词|關鍵詞|关键字|關鍵字|标签|標籤|キーワード|タグ|키워드|주제어|태그|해시태그",
        "",
    ),
    label(
        F::Rights,
        "rights|licen[cs]e|copyright|droits|licence|rechte|lizenz|licencia|derechos|licença|direitos|licenza|diritti|права|лицензия|الحقوق|الترخيص",
        "版权|版權|著作権|ライセンス|저작권|라이선스",
        "",
    ),
    label(
        F::Language,
        "lang|language(?: of publication)?|langue|sprache|idioma|língua|lingua|язык|اللغة",
        "语言|語言|言語|언어",
        "",
    ),
    label(
        F::Unkept,
        r"retrieved|accessed|downloaded|scraped|crawled|word count|words|views|hits|reads|reading time|read time|comments|shares|temps de lecture|lesezeit|lesedauer|tiempo de lectura|tempo de leitura|tempo di lettura|время чтения|просмотров|просмотры|комментарии|listen|heard on|مدة القراءة|المشاهدات|عدد القراءات|حجم الخط|taille du texte|text size|font size|adjust font size|schriftgröße|tamaño del texto|tamanho do texto|dimensione testo|issn|isbn|doi|id|newsgroups|message-id|references|organization|reply-to|to|cc|lines|x-mailer|length|suggested citation|cite as|citation|media contact|press contact|contacts?|load-date|document|graphic|edition|pg|dateline city|approved|path|xref|nntp-posting-host",
        "收稿日期|修回日期|收稿|原标题|原標題|原题|原題|全文字数|预计阅读|预计阅读时间|点击数|点击量|点击|點擊|浏览次数|浏览量|浏览|瀏覽|阅读量|阅读|閱讀|人气|人氣|评论|評論|字数|字號|字号|字体|字體|字級|分享到|分享|文字サイズ|閲覧数|조회수|조회|글자크기|댓글|공유|来信请寄|來信請寄|投稿邮箱|邮箱",
        "",
    ),
];
