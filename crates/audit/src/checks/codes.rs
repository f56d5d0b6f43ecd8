//! The list of the checks: code, how much it matters, what it looks for, an example. Numbers are never reused.

use super::{Hit, Sheet, signs, values, words};
use seisho_japanese::tokenizer::Worker;
use seisho_model::codes::finding::Severity::{self, Info, Warning};

/// A check. Pairs of texts are Japanese and English.
pub struct Check {
    /// Its code.
    pub code: &'static str,
    /// How much its slips matter.
    pub severity: Severity,
    /// In a few words.
    pub title: [&'static str; 2],
    /// What it looks for, and when it may be mistaken.
    pub what: [&'static str; 2],
    /// What such a slip looks like.
    pub example: &'static str,
    pub(crate) find: fn(&Sheet<'_>, &mut Worker) -> Vec<Hit>,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

impl Check {
    /// The check with this code, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        CHECKS.iter().find(|c| c.code.eq_ignore_ascii_case(name.trim()))
    }
}

macro_rules! checks {
    ($($code:ident $severity:ident $folder:ident::$file:ident $title:expr, $what:expr, $example:expr;)*) => {
        /// All checks, by their codes.
        pub const CHECKS: &[Check] = &[$(Check {
            code: stringify!($code), severity: $severity, title: $title, what: $what, example: $example,
            find: $folder::$file::find,
        }),*];
    };
}

checks! {
    K001 Warning words::repeated ["同じ語の重なり", "A word written twice"],
        ["同じ語が続けて2回あります。", "The same word stands twice in a row."], "施策施策 → 施策";
    K002 Warning words::doubled ["助詞の重なり", "Doubled particles"],
        ["助詞が2つか3つ重なっているか、続かない助詞が続いています。", "A particle is doubled or tripled, or two stand together that cannot."], "整合をを → 整合を";
    K003 Warning words::ending ["助詞で終わる文", "A sentence that ends with a particle"],
        ["句点の前が助詞です。", "A particle stands before the full stop."], "発信することを。 → 発信すること。";
    K004 Warning words::lookalike ["形の似た別の文字", "Another letter of the same look"],
        ["漢字と仮名の、形の似た文字が入れ替わっています。替えると、ふつうの日本語になります。", "A kanji and a kana that look alike are mixed up; with the other one the text is usual Japanese."], "省工ネ → 省エネ";
    K005 Warning words::sound ["同じ読みの別の語", "Another word of the same sound"],
        ["ほかの所では、前後が同じで、読みが同じ（または近い）別の語が使われています。", "Elsewhere another word of the same or nearly the same sound stands between the same words."], "検討懐疑 → 検討会議";
    K006 Warning words::kanji ["前後に合わない文字", "A letter that does not fit its word"],
        ["ほかの所の語と一文字だけ違い、その語のほうがずっとふつうの日本語になります。", "One letter differs from a word used elsewhere, with which the text is much more usual."], "識員 → 職員";
    K007 Warning words::dropped ["助詞の抜け", "A missing particle"],
        ["名詞のあとに動詞が助詞なしで続くか、ほかの所では同じ語の間に助詞があります。", "A verb follows a noun without a particle, or a particle stands between the same words elsewhere."], "動作確認行い → 動作確認を行い";
    K008 Warning values::names ["名前の書き方の違い", "Two spellings of one name"],
        ["計画名・課名・氏名が、ほかの所と一文字だけ違うか、異体字で書かれています。どちらも書かれたままです。", "The name of a plan, a division or a person differs in one letter, or by a variant, from elsewhere. Both are as written."], "髙瀬川、高瀬川";
    K009 Warning values::eras ["年度と合わない元号", "An era that does not fit the fiscal year"],
        ["元号を替えると、年度の近くの年になります。", "With the other era the year would be near the fiscal year."], "令和8年度の表の 平成8年 → 令和8年";
    K010 Warning values::deadlines ["年度の外の期限", "A deadline outside the fiscal year"],
        ["期限が、文書の年度より前か、次の年度より後です。日を計算できない期限も、書かれた年で比べます。", "A deadline lies before the document's fiscal year, or beyond the next one; one without a day is held against it by the year that it names."], "令和8年度の表の 令和7年9月まで";
    K011 Warning values::numbers ["番号の抜けと重なり", "Numbers missing or doubled"],
        ["番号が 1 から順に続いていません。", "The numbers do not run from 1 without gaps."], "1、2、4";
    K012 Warning values::totals ["合わない合計", "A total that is not the sum"],
        ["合計の行が、上の数の和と違います。", "The row of totals differs from the sum of what stands above."], "10、20、合計 40";
    K013 Warning values::choices ["ほかにない選択肢", "A choice outside the list"],
        ["決まった言葉の欄に、よく似た別の言葉があります。", "A field of few fixed words holds one that is nearly another."], "個別計面 → 個別計画";
    K014 Warning values::rates ["100％を超える割合", "A rate beyond 100 percent"],
        ["割合が100％を超えています。増減や達成率なら、正しいこともあります。", "A rate is above 100 percent; for a change or an achievement it may be right."], "充足率が177.1％";
    K015 Warning signs::brackets ["対にならない括弧", "Brackets that do not pair"],
        ["括弧や引用符が閉じていないか、開いていません。", "A bracket or quotation mark is not closed, or not opened."], "（仮称　総合計画";
    K016 Warning signs::punctuation ["混ざった句読点", "Mixed punctuation"],
        ["文書のほとんどと違う句読点です。", "Punctuation of another style than in most of the document."], "、の文書の ，";
    K017 Info signs::charset ["CP932 にない文字", "A character outside CP932"],
        ["Windows の日本語の文字コードにない文字です。ほかのシステムへ渡すと「?」になることがあります。", "The character is not in the Japanese code page of Windows; other systems may show ? for it."], "𠮷";
    K018 Warning signs::cut ["途中で切れた文", "A text that is cut short"],
        ["同じ欄のほかの文は句点で終わるのに、終わっていません。", "Others of the field end with a full stop, this one in the middle."], "運用が開始されて";
    K019 Warning values::calendar ["ない月日", "A day that no calendar has"],
        ["月が 1～12 でないか、その月にない日です。", "A month that is none of the twelve, or a day that its month does not have."], "13月、4月32日";
    K020 Warning signs::doubled ["句読点の重なり", "Doubled punctuation"],
        ["句読点が続けて2つあります。", "Two signs of punctuation stand together."], "整備する。。 → 整備する。";
}
