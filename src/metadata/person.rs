//! Names of persons: what can be one, its usual form, and its parts where language and form tell.

use std::borrow::Cow;

use crate::characters::is_unseen;
use crate::metadata::pattern::patterns;

use super::date;
use super::lexicon::{self, Words};
use crate::document::{Person, PersonKind};

patterns! {
    SYLLABLES = {
        let initial = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?";
        let rhyme = "(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|er|a|o|e|i|u)";
        format!("(?i)^(?:{initial}{rhyme}){{1,2}}$")
    };
}

/// Whether a text stands in the place of a name and names nobody: `Staff`, `admin`, 管理员.
pub(super) fn is_nobody(words: &Words, text: &str) -> bool {
    lexicon::is_nobody(words, text.trim())
}

/// Whether a text says of which house somebody is: `Harbour Times Staff Writers`.
pub(super) fn is_staff(words: &Words, text: &str) -> bool {
    text.match_indices(' ').rev().take(2).any(|(at, _)| is_nobody(words, &text[at..]))
}

/// Whether a text can be a person's name: a few capitalised words without digits, two to six Han, Hangul or kana
/// characters, two to four words of a script without capitals.
pub(super) fn is_name(lexicon: &Words, text: &str) -> bool {
    const NO_NAME_HAS: &str = "。！？!?:：…“”\"«»（）()@#/\\|=";
    let text = &*without_brackets(text);
    let other = |c: char| c.is_numeric() && !is_superscript(c) || NO_NAME_HAS.contains(c);
    if text.is_empty() || text.chars().any(other) || is_nobody(lexicon, text) {
        return false;
    }
    if crate::characters::has_cjk(text) {
        return is_east_asian_name(text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let caseless = |c: char| !c.is_uppercase() && !c.is_lowercase();
    let first = |word: &str| word.chars().find(|c| c.is_alphabetic());
    if words.iter().all(|word| first(word).is_some_and(caseless)) {
        let text = &text[lexicon.honorifics(text)..];
        return is_caseless_name(lexicon, text, &text.split_whitespace().collect::<Vec<_>>());
    }
    is_cased_name(lexicon, &words)
}

/// A name without the brackets that stand inside it: `Bruno (Ferreira Valadim) Telles`.
fn without_brackets(text: &str) -> Cow<'_, str> {
    let is_inside = text.find('(').zip(text.find(')')).is_some_and(|(open, close)| {
        open > 0 && open < close && text[..open].ends_with(' ') && text[close + 1..].starts_with(' ')
    });
    if is_inside && !crate::characters::has_cjk(text) { text.replacen(['(', ')'], "", 2).into() } else { text.into() }
}

fn is_east_asian_name(text: &str) -> bool {
    let characters = text.chars().filter(|c| !c.is_whitespace()).count();
    let words = text.split_whitespace().count();
    let hangul = |w: &str| w.chars().filter(|c| matches!(c, '\u{AC00}'..='\u{D7A3}')).count();
    // 느린 기차의 시간표: a noun with a particle.
    let particle = |w: &str| w.chars().count() >= 2 && w.ends_with(['의', '를', '을', '는', '에']);
    if words > 3 || words > 1 && text.split_whitespace().any(|w| hangul(w) > 5 || particle(w)) {
        return false;
    }
    if date::begins_with_han_day(text) {
        return false;
    }
    let hiragana = text.chars().any(|c| matches!(c, '\u{3041}'..='\u{3096}'));
    (2..=if hiragana { 7 } else { 14 }).contains(&characters)
        && !text.contains(['，', '、', '。', '的', '了', '是', '不', '在'])
}

fn is_caseless_name(lexicon: &Words, text: &str, words: &[&str]) -> bool {
    (2..=5).contains(&words.len())
        && text.chars().filter(|c| !c.is_whitespace()).count() <= 40
        && !text.contains('،')
        && !words.iter().any(|word| word.contains('.') || lexicon.is_of_sentences(word))
}

fn is_cased_name(lexicon: &Words, words: &[&str]) -> bool {
    let capital = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let initial = |word: &&str| word.starts_with(char::is_uppercase);
    let particle = |word: &str| lexicon.is_particle(word.trim_end_matches(['’', '\'', '.']));
    let elided = |word: &str| ["d’", "d'", "l’", "l'", "al-", "el-", "’t", "ʼ"].iter().any(|e| word.starts_with(e));
    (1..=6).contains(&words.len())
        && words.first().is_some_and(initial)
        && words.last().is_some_and(capital)
        && words.iter().all(|w| capital(w) || particle(w) || elided(w))
        && !words.iter().any(|word| lexicon.is_of_sentences(word))
}

/// Whether a text has a word that no name has.
fn has_other_word(words: &Words, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| words.is_other(word))
}

/// Whether words alone on a line, without a label, are a person's name: two to five capitalised ones, none of which
/// is an article, a post, or a word that pages have.
pub(super) fn stands_alone(words: &Words, name: &str) -> bool {
    let count = name.split_whitespace().count();
    (2..=5).contains(&count)
        && words.article(name).is_none()
        && words.conjunction(name).is_none()
        && !has_other_word(words, name)
        && !lexicon::is_genre(words, name)
        && !lexicon::is_institution(words, name)
        && !name.split_whitespace().any(|one| lexicon::is_post_phrase(words, one))
}

/// Whether words have run into one another: `ByTara Haelle`, `Emma MackenzieLifestyle Writer`.
pub(super) fn runs_together(name: &str) -> bool {
    let joint = |word: &str| {
        let letters: Vec<char> = word.chars().collect();
        let at = letters.windows(2).position(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())?;
        Some(letters[..=at].iter().collect::<String>())
    };
    name.split([' ', '-']).filter_map(joint).any(|before| !begins_name(&before))
}

/// Whether letters before a capital inside a word begin a name: `McKay`, `DeShawn`.
pub(super) fn begins_name(letters: &str) -> bool {
    matches!(letters, "Mc" | "Mac" | "De" | "Di" | "Du" | "La" | "Le" | "Van" | "Fitz" | "O")
}

/// A number that refers to an institution below the byline.
pub(super) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')
}

/// A person with this printed name: without titles in front, in title case where it is set in capitals, without the
/// space inside a Chinese name of two characters.
pub(super) fn person(words: &Words, printed: &str) -> Person {
    let visible = printed.trim().replace(is_unseen, "");
    let printed = visible.as_str();
    let mut person = Person::named(printed);
    // `CNN Wire`, `LDN Harbour Desk`
    let is_house = || lexicon::is_press(words, printed) || is_staff(words, printed);
    let is_agency = || has_acronym(printed) && is_house();
    if lexicon::is_body(words, printed) || lexicon::is_institution(words, printed) || is_agency() {
        person.kind = PersonKind::Body;
        // `THE TARN CHRONICLE EDITORIAL BOARD`
        if printed.split_whitespace().count() > 1 && !printed.chars().any(char::is_lowercase) && printed.is_ascii() {
            let name = usual_case(words, printed.trim());
            let bare = name.strip_prefix("The ").filter(|n| n.split_whitespace().count() > 2);
            person.name = bare.unwrap_or(&name).to_owned();
        }
        return person;
    }
    let name: String = printed.chars().filter(|c| !is_superscript(*c)).collect();
    let name = name[words.honorifics(&name)..].trim().trim_end_matches(['*', '†', ',']).trim_end();
    // 諸岡湊氏, 黒木沙耶さん
    let name = ["氏", "さん"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .filter(|bare| bare.chars().count() >= 2 && bare.chars().all(crate::characters::is_cjk))
        .unwrap_or(name);
    person.name = if is_spaced(name) {
        name.chars().filter(|c| !c.is_whitespace()).collect()
    } else {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        // `LU Wenyuan`: family names of two letters are capitals too.
        let family = name.split_once(' ').is_some_and(|(family, given)| {
            family.len() == 2
                && !family.contains(char::is_lowercase)
                && given.contains(char::is_lowercase)
                && is_pinyin(given)
                && is_pinyin(family)
        });
        if family {
            title_case(&name[..2]) + &name[2..]
        } else if name.split_whitespace().count() > 1 && name.split_whitespace().any(is_capitals) {
            usual_case(words, &name)
        } else {
            name
        }
    };
    if let Some((family, given)) = name_parts(&person.name) {
        (person.family, person.given) = (Some(family), Some(given));
    }
    person
}

/// A few ideographs with a space between family and given name.
fn is_spaced(name: &str) -> bool {
    let characters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    (2..=4).contains(&characters.len())
        && name.chars().count() == characters.len() + 1
        && characters.iter().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'))
}

/// Whether capitals are read one by one, or as a number: `CNN`, `MND`, `III`.
fn is_acronym(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let is_number = matches!(word, "II" | "III" | "IV" | "VI" | "VII");
    is_number || (2..=5).contains(&letters().count()) && letters().all(|c| c.is_ascii() && !"AEIOUY".contains(c))
}

/// Whether one of several words is an acronym.
pub(super) fn has_acronym(name: &str) -> bool {
    let is_one = |word: &str| !word.chars().any(char::is_lowercase) && is_acronym(word);
    name.chars().any(char::is_lowercase) && name.split_whitespace().any(is_one)
}

/// More than two letters, none of them small but that of `Mc`.
fn is_capitals(word: &str) -> bool {
    if is_acronym(word) {
        return false;
    }
    let word = word.strip_prefix("Mc").or_else(|| word.strip_prefix("Mac")).unwrap_or(word);
    word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase)
}

/// `MARIA DE LA CRUZ` to `Maria de la Cruz`.
fn usual_case(words: &Words, name: &str) -> String {
    let parts = name.split_whitespace().enumerate().map(|(i, word)| {
        let lower = word.to_lowercase();
        if i > 0 && words.is_particle(&lower) && !word.chars().any(char::is_lowercase) {
            lower
        } else if is_capitals(word) {
            title_case(word)
        } else {
            word.to_owned()
        }
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// `O'NEILL-SMITH` to `O'Neill-Smith`, `McCARTHY` to `McCarthy`.
fn title_case(word: &str) -> String {
    if let Some(rest) = word.strip_prefix("Mc").or_else(|| word.strip_prefix("MC").filter(|r| r.chars().count() > 2)) {
        return format!("Mc{}", title_case(rest));
    }
    let mut start = true;
    let mut out = String::new();
    for c in word.chars() {
        if start {
            out.push(c);
        } else {
            // The dot of `İ` is that of the small letter.
            out.extend(c.to_lowercase().filter(|c| *c != '\u{307}'));
        }
        start = !c.is_alphabetic();
    }
    out
}

/// The family names of Chinese, simplified and traditional, that are met often.
const FAMILY: &str = "王李张張刘劉陈陳杨楊黄黃赵趙周吴吳徐孙孫马馬胡朱郭何罗羅高林郑鄭梁谢謝唐许許冯馮宋韩韓邓鄧彭曹曾田萧蕭潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鐘鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫阎段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季成霍苗涂塗谷曲盛冉翁蓝藍路游辛靳管柴蒙鲍鮑华華喻祁房蒲滕萍屈饶饒解牟艾尤阳时時穆农農司古吉缪繆简簡车車项項连連褚娄婁窦竇岑景党宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛虞敖巩鞏明佘池查麻苑迟邝裴钮荆楚闻聞慕鹿鱼於傅洪裘濮支储滑经经幸匡乐樂";

/// Whether a text alone on a line is a Chinese name, by its family name and its length.
pub(super) fn is_chinese_name(words: &Words, text: &str) -> bool {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let name: String = characters.iter().collect();
    let han = characters.iter().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let compound = characters.len() > 2 && COMPOUND_FAMILY.iter().any(|family| name.starts_with(family));
    han && !is_nobody(words, &name)
        && (2..=if compound { 4 } else { 3 }).contains(&characters.len())
        && (compound || FAMILY.contains(characters[0]))
}

/// Family names of two characters; all others have one.
const COMPOUND_FAMILY: [&str; 12] =
    ["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "皇甫", "尉迟", "公孙", "慕容"];

/// The most common family names in pinyin that are no usual Western given name.
const PINYIN_FAMILY: &str = "Cai Cao Chang Chen Cheng Cui Deng Ding Dong Du Duan Fan Fang Feng Fu Gao Gong Gu Guo Han Hao He Hou Hu Huang Jia Jiang Jin Kang Kong Lei Li Liang Liao Lin Liu Long Lu Luo Ma Mao Meng Mo Ni Nie Pan Peng Qian Qin Qiu Ren Ruan Shao Shen Shi Song Su Sun Tan Tang Tao Tian Wan Wang Wei Wen Wu Xia Xiang Xiao Xie Xiong Xu Xue Yan Yang Yao Ye Yi Yin Yu Yuan Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zou";

/// Family and given name of a Chinese name, in Han or in pinyin with the family name first. Other names are
/// not split: their order does not show.
fn name_parts(name: &str) -> Option<(String, String)> {
    let han = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let length = name.chars().count();
    if name.chars().all(han) && (2..=4).contains(&length) {
        let compound = length > 2 && COMPOUND_FAMILY.iter().any(|family| name.starts_with(family));
        // Japanese names are longer and their family names mostly of two characters.
        if length == 4 && !compound {
            return None;
        }
        let at = name.char_indices().nth(if compound { 2 } else { 1 })?.0;
        return Some((name[..at].to_owned(), name[at..].to_owned()));
    }
    let (family, given) = name.split_once(' ')?;
    let listed = PINYIN_FAMILY.split(' ').any(|f| f == family);
    (listed && is_pinyin(given)).then(|| (family.to_owned(), given.to_owned()))
}

/// One or two syllables of pinyin, as given names are spelled.
fn is_pinyin(word: &str) -> bool {
    SYLLABLES.is_match(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_have_parts_and_others_do_not() {
        let parts = |name: &str| person(&Words::of([]), name).family.zip(person(&Words::of([]), name).given);
        assert_eq!(parts("Zhang Lanxi"), Some(("Zhang".into(), "Lanxi".into())));
        assert_eq!(parts("欧阳修文"), Some(("欧阳".into(), "修文".into())));
        assert_eq!(parts("Ann Lee"), None);
        assert_eq!(parts("Wang Frederick"), None);
    }

    #[test]
    fn capitals_are_put_into_title_case() {
        let person = person(&Words::of([]), "HELEN O'NEILL-SMITH");
        assert_eq!((person.name.as_str(), person.printed.as_str()), ("Helen O'Neill-Smith", "HELEN O'NEILL-SMITH"));
        let name = |printed: &str| super::person(&Words::of([]), printed).name;
        assert_eq!(name("MARIA DE LA CRUZ"), "Maria de la Cruz");
        assert_eq!(name("IAN McCORRIN"), "Ian McCorrin");
        assert_eq!(name("Prof. Dr. Heike Lindqvist"), "Heike Lindqvist");
        assert_eq!(name("王　砚"), "王砚");
    }

    #[test]
    fn sentences_are_no_names() {
        assert!(
            is_name(&Words::of([]), "Zhang Lanxi")
                && is_name(&Words::of([]), "Ursula von der Leyen")
                && is_name(&Words::of([]), "卢晏川")
        );
        assert!(!is_name(&Words::of([]), "the end of it") && !is_name(&Words::of([]), "In 2017 we met"));
    }
}
