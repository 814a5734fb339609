//! Names of months.

/// The months of one language in one form, January first, in lower case; variants are separated by `|`.
type Months = [&'static str; 12];

/// Full names and abbreviations. Forms that several languages share stand where they are met first.
const MONTHS: &[Months] = &[
    // English
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep|sept", "oct", "nov", "dec"],
    // French
    [
        "janvier",
        "février|fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août|aout",
        "septembre",
        "octobre",
        "novembre",
        "décembre|decembre",
    ],
    ["janv", "févr|fév", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
    // German; Jänner is Austrian
    [
        "januar|jänner",
        "februar|feber",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    ["jan|jän", "feb", "mär|mrz", "apr", "mai", "jun", "jul", "aug", "sep|sept", "okt", "nov", "dez"],
    // Spanish
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre|setiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep|set", "oct", "nov", "dic"],
    // Portuguese
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
    // Italian
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
    // Russian: with a day, alone, abbreviated
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ],
    ["янв", "фев|февр", "мар", "апр", "мая", "июн", "июл", "авг", "сен|сент", "окт", "ноя|нояб", "дек"],
    // Greek: with a day, alone
    [
        "ιανουαρίου",
        "φεβρουαρίου",
        "μαρτίου",
        "απριλίου",
        "μαΐου",
        "ιουνίου",
        "ιουλίου",
        "αυγούστου",
        "σεπτεμβρίου",
        "οκτωβρίου",
        "νοεμβρίου",
        "δεκεμβρίου",
    ],
    [
        "ιανουάριος",
        "φεβρουάριος",
        "μάρτιος",
        "απρίλιος",
        "μάιος",
        "ιούνιος",
        "ιούλιος",
        "αύγουστος",
        "σεπτέμβριος",
        "οκτώβριος",
        "νοέμβριος",
        "δεκέμβριος",
    ],
    // Arabic: of Egypt and the Gulf, of the Levant and Iraq, of the Maghreb
    [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل|ابريل|إبريل",
        "مايو",
        "يونيو|يونيه",
        "يوليو|يوليه",
        "أغسطس|اغسطس",
        "سبتمبر",
        "أكتوبر|اكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    [
        "كانون الثاني",
        "شباط",
        "آذار|اذار",
        "نيسان",
        "أيار|ايار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول|ايلول",
        "تشرين الأول|تشرين الاول",
        "تشرين الثاني",
        "كانون الأول|كانون الاول",
    ],
    ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
    // Hebrew, with the preposition that dates have
    [
        "ינואר|בינואר",
        "פברואר|בפברואר",
        "מרץ|במרץ|מרס|במרס",
        "אפריל|באפריל",
        "מאי|במאי",
        "יוני|ביוני",
        "יולי|ביולי",
        "אוגוסט|באוגוסט",
        "ספטמבר|בספטמבר",
        "אוקטובר|באוקטובר",
        "נובמבר|בנובמבר",
        "דצמבר|בדצמבר",
    ],
    // Hindi
    [
        "जनवरी",
        "फरवरी|फ़रवरी",
        "मार्च",
        "अप्रैल",
        "मई",
        "जून",
        "जुलाई",
        "अगस्त",
        "सितंबर|सितम्बर",
        "अक्टूबर|अक्तूबर",
        "नवंबर|नवम्बर",
        "दिसंबर|दिसम्बर",
    ],
];

/// 1 to 12 for the name of a month, with or without the point of an abbreviation, in any case.
pub(super) fn number(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase().replace('\u{A0}', " ");
    let is_name = |variants: &&str| variants.split('|').any(|variant| variant == name);
    let column = MONTHS.iter().find_map(|language| language.iter().position(is_name))?;
    u32::try_from(column + 1).ok()
}

/// All names as alternatives of a pattern, the longest first.
pub(super) fn alternatives() -> String {
    let mut names: Vec<&str> = MONTHS.iter().flatten().flat_map(|variants| variants.split('|')).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    names.dedup();
    names.join("|").replace(' ', r"[ \u{A0}]")
}
