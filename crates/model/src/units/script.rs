//! The scripts of Japanese text: one answer to "is this a kanji, a kana, a digit". What is written in Unicode's tables
//! stands here once; a question of one solver alone (which letters this typeface draws narrow) stays with the solver.

/// A hiragana letter or one of its iteration marks: ぁ–ゖ, ゝ, ゞ, ゟ. Not the voicing marks, which lean on a letter.
#[must_use]
pub fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}')
}

/// A katakana letter of full width, the mark that lengthens it, or one of its iteration marks: ァ–ヺ, ー, ヽ, ヾ, ヿ.
/// Not ・, which stands between words.
#[must_use]
pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}')
}

/// A hiragana or katakana letter of full width.
#[must_use]
pub fn is_kana(c: char) -> bool {
    is_hiragana(c) || is_katakana(c)
}

/// What ruby is set in: kana, their voicing marks, and ・, which is set above letters for emphasis. Without ・ those dots
/// would stand between the lines of the text; with it, list marks below a large watermark are taken for ruby.
#[must_use]
pub fn is_ruby(c: char) -> bool {
    is_kana(c) || is_voicing_mark(c) || matches!(c, '゛' | '゜' | '゠' | '・')
}

/// The texts of a line between two blanks or more, as the cells of a row stand apart.
pub fn between_blanks(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut blank: Option<usize> = None;
        let end = rest.char_indices().find_map(|(at, c)| match (c.is_whitespace(), blank) {
            (true, Some(start)) => Some(start),
            (true, None) => {
                blank = Some(at);
                None
            }
            (false, _) => {
                blank = None;
                None
            }
        });
        let (text, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind.trim_start();
        Some(text)
    })
}

/// An amount and nothing else: 1,200, △30, 85％, 3.5千円.
#[must_use]
pub fn is_amount(text: &str) -> bool {
    let is_of_amount = |c: char| c.is_numeric() || matches!(c, ',' | '，' | '.' | '．' | '△' | '▲' | '-' | '－' | '円' | '千' | '%' | '％');
    text.chars().any(char::is_numeric) && text.trim().chars().all(is_of_amount)
}

/// A kana drawn small, which modifies the one before it: ぁ, っ, ゃ, ヶ. No text begins with one.
#[must_use]
pub fn is_small_kana(c: char) -> bool {
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ".contains(c)
}

/// The large kana that a small one is the small form of: ツ for ッ; every other character as it is.
#[must_use]
pub fn large_kana(c: char) -> char {
    match c {
        'ゕ' => 'か',
        'ゖ' => 'け',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        // The large one follows its small one.
        _ if is_small_kana(c) => char::from_u32(u32::from(c) + 1).unwrap_or(c),
        _ => c,
    }
}

/// The unified and the compatibility ideographs with their extensions, and 々, which is written as one (佐々木). Radicals
/// are none: they are look-alikes that fonts give. Nor is 〇: it is a list mark as often as a digit (二〇二六年).
#[must_use]
pub fn is_kanji(c: char) -> bool {
    is_unified_kanji(c) || matches!(c, '々' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// A kanji of the block that nearly all text is made of (U+4E00–9FFF): none has another form under NFKC, and all are
/// drawn as high and wide as the typeface allows, which 々 is not.
#[must_use]
pub fn is_unified_kanji(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// A kana or a kanji.
#[must_use]
pub fn is_japanese(c: char) -> bool {
    is_kana(c) || is_kanji(c)
}

/// A digit, of half or full width: 7, ７. Not ⑦ and 七.
#[must_use]
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// A Latin letter, of half or full width, without accents: A, ａ.
#[must_use]
pub fn is_latin(c: char) -> bool {
    half_width(c).is_ascii_alphabetic()
}

/// A number in a circle that lists are marked with: ①–⑳.
#[must_use]
pub fn is_circled_number(c: char) -> bool {
    matches!(c, '①'..='⑳')
}

/// The ASCII character that one of full width stands for; every other as it is.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Columns that a character fills where text is set in columns of half width: one for ASCII and half-width kana.
#[must_use]
pub fn columns(c: char) -> u32 {
    if c.is_ascii() || matches!(c, '\u{FF61}'..='\u{FF9F}') { 1 } else { 2 }
}

/// A mark that chooses among the shapes of the character before it and is none itself, the Mongolian ones included.
#[must_use]
pub fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The mark of a voiced or half-voiced kana, which leans on the letter before it (か + U+3099 is が).
#[must_use]
pub fn is_voicing_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}')
}

/// A character of the private-use areas: a gaiji, of which only the office that made it knows what it is.
#[must_use]
pub fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// The brackets of Japanese text, opening and closing.
pub const BRACKETS: [(char, char); 8] =
    [('「', '」'), ('『', '』'), ('（', '）'), ('(', ')'), ('【', '】'), ('〔', '〕'), ('《', '》'), ('〈', '〉')];

/// True for a mark that begins an entry of a list: ・, ○, ■, ◆.
#[must_use]
pub fn is_list_mark(c: char) -> bool {
    matches!(c, '・' | '･' | '‧' | '•' | '▪' | '○' | '●' | '◎' | '◯' | '□' | '■' | '◆' | '◇' | '➢' | '▶')
}

/// Whether a raised text is the mark of a note: figures and signs, not behind a letter, which makes a unit of it (m²).
#[must_use]
pub fn is_note_mark(text: &str, before: &str) -> bool {
    let is_sign = |c: char| {
        c.is_numeric() || matches!(c, '※' | '＊' | '*' | '†' | '‡' | '注' | '(' | ')' | '（' | '）' | '[' | ']' | '［' | '］' | ',' | '、')
    };
    let before = before.trim_end().chars().next_back();
    text.chars().all(is_sign)
        && !before.is_some_and(|c| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c) || matches!(c, 'ｍ' | '㎞' | 'Ｍ'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters, and what each is: h hiragana, k katakana, 漢 kanji, d digit, l latin, - none of these.
    const TABLE: &[(&str, char)] = &[
        ("あんがぱぁっゃゎゔゖゝゞ", 'h'),
        ("アンガパァッャヮヴヶヺーヽヾ", 'k'),
        ("一丁龠\u{9FFF}々\u{3400}\u{4DBF}﨑﨟\u{FA11}𠮷𠀋", '漢'),
        ("09０９", 'd'),
        ("AzＡｚ", 'l'),
        ("・゠〇、。「」①㈠㊞ｱｰ\u{3099}゛⼀⽇〒-～　%éαЖ", '-'),
    ];

    #[test]
    fn every_character_is_of_one_script_or_none() {
        for (chars, script) in TABLE {
            for c in chars.chars() {
                let is = [is_hiragana(c), is_katakana(c), is_kanji(c), is_digit(c), is_latin(c)];
                let want = ['h', 'k', '漢', 'd', 'l'].map(|s| s == *script);
                assert_eq!(is, want, "{c} U+{:04X}", u32::from(c));
                assert_eq!(is_japanese(c), is[0] || is[1] || is[2], "{c}");
            }
        }
    }

    #[test]
    fn a_small_kana_has_a_large_one() {
        let small = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ";
        assert_eq!(small.chars().map(large_kana).collect::<String>(), "あいうえおつやゆよわかけアイウエオツヤユヨワカケ");
        assert!(small.chars().all(is_small_kana) && !"つケーン".chars().any(is_small_kana));
    }

    #[test]
    fn full_width_ascii_has_a_half_width_form() {
        assert_eq!("Ａｚ０（～　ア漢".chars().map(half_width).collect::<String>(), "Az0(~　ア漢");
        assert_eq!("a1ｱア漢。".chars().map(columns).collect::<Vec<_>>(), [1, 1, 1, 2, 2, 2]);
    }

    #[test]
    fn two_blanks_part_texts_and_one_does_not() {
        let texts = |line| between_blanks(line).collect::<Vec<_>>();
        assert_eq!(texts("  道路費  1,200　　1 300 "), ["道路費", "1,200", "1 300"]);
        assert_eq!((texts("一つ"), texts("　 ")), (vec!["一つ"], vec![]));
    }

    #[test]
    fn amounts_are_figures_with_their_signs() {
        assert!(["1,200", "△30", "８５％", " 3.5千円 "].iter().all(|text| is_amount(text)));
        assert!(["", "円", "3人", "4月1日"].iter().all(|text| !is_amount(text)));
    }

    #[test]
    fn marks_are_told_from_what_they_lean_on() {
        assert!(is_variation_selector('\u{E0100}') && is_variation_selector('\u{FE00}') && !is_variation_selector('葛'));
        assert!(is_ruby('か') && is_ruby('・') && is_ruby('\u{3099}') && !is_ruby('課') && !is_ruby('‧'));
        assert!(is_voicing_mark('\u{3099}') && !is_voicing_mark('゛'));
        assert!(is_private_use('\u{E000}') && is_private_use('\u{F0000}') && !is_private_use('﨑'));
        assert!(is_circled_number('①') && is_circled_number('⑳') && !is_circled_number('1'));
    }
}
