//! Words of posts and professions.

use super::words::Words;
use crate::characters::has_cjk;
use crate::metadata::pattern::patterns;

patterns! {
    /// Posts at the end of an East Asian phrase, the longest first in each family.
    EAST_ASIAN = r"(?:(?:高级|高級|特约|特約|特聘|首席|助理|资深|資深|访问|訪問|客座|名誉|名譽|退休|执业|執業|专职|專職|前|副|总|總|主任|上席|上級|主席|準|准|特任|客員|名誉|非常勤|元|海洋法|선임|수석|책임|전임|연구|명예|초빙|겸임|전)*(?:研究员|研究員|教授|副教授|讲师|講師|講座教授|特聘教授|博士生|博士|硕士生|院长|院長|所长|所長|主任|会长|會長|会長|秘书长|秘書長|主席|理事长|理事長|理事|局长|局長|部长|部長|处长|處長|科长|校长|校長|社长|社長|总编辑|總編輯|主编|主編|编辑|編輯|编委|评论员|評論員|撰稿人|专栏作家|專欄作家|专栏作者|专栏作者|專欄作者|作家|记者|記者|通讯员|通訊員|律师|律師|医生|醫生|医師|醫師|教师|教師|老师|老師|学者|學者|分析师|分析師|撰稿|特约撰稿|经济学家|經濟學家|工程师|工程師|员工|職員|职员|学生|學生|农民|編集委員|論説委員|論説主幹|助教|准教授|建築家|写真家|画家|音楽家|詩人|歌人|俳人|随筆家|漁師|農家|職人|看板職人|消防団長|団長|看護師|保育士|大工|料理人|住職|市長|町長|村長|知事|区议员|區議員|市议员|市議員|议员|議員|规划师|規劃師|建筑师|建築師|设计师|設計師|护士|護士|社工|导演|導演|编剧|編劇|摄影师|攝影師|翻译家|翻譯家|诗人|小说家|小說家|画家|书法家|馆员|館員|馆长|館長|总经理|總經理|经理|經理|董事长|董事長|法官|检察官|檢察官|警察|民警|公务员|公務員|院士|调研员|調研員|策展人|店长|店長|店主|船长|船長|教练|教練|运动员|運動員|厨师|廚師|影评人|影評人|乐评人|樂評人|书评人|書評人|创始人|創辦人|合伙人|合夥人|顾问|顧問|总监|總監|志愿者|義工|班主任|辅导员|總幹事|执行长|執行長|司書|学芸員|俳優|翻訳家|小説家|歌手|学生|大学院生|編集長|論説委員長|事務局長|専務理事|村支书|驻村干部|支教老师|弁護士|町議|市議|会社員|主婦|教諭|研究者|評論家|代表|教員|医師|ジャーナリスト|ライター|교수|연구원|연구위원|강사|변호사|기자|교사|소장|원장|대표|이사장|이사|의원|작가|논설위원|위원장|위원|센터장|팀장|국장|실장|과장|의사|평론가|박사|회장|총장|학장|사무국장|농부|관장|사서|간호사|목사|스님|신부|감독|화가|소설가|번역가|건축가|농민|어부|상담사|사회복지사|노무사|회계사|대학생|대학원생|활동가|사무처장|본부장|편집장|주필|논설실장|매니저|아나운서|시인|칼럼니스트|특파원))$";
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
