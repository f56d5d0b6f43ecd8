//! What Word calls the formats of the numbers of its lists, by the names that OpenDocument has for them.

/// The name of a format of Word; empty where it shows no number, none where it is not known here.
pub(super) fn of_word(name: &str) -> Option<&'static str> {
    Some(match name {
        "none" | "bullet" => "",
        "decimal" | "decimalHalfWidth" => "1",
        "decimalZero" => "01",
        "decimalFullWidth" | "decimalFullWidth2" => "１",
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => "①",
        "decimalEnclosedParen" => "⑴",
        "decimalEnclosedFullstop" => "⒈",
        "ideographEnclosedCircle" => "㊀",
        "japaneseCounting" | "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand" => "一",
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => "〇",
        "japaneseLegal" => "壱",
        "ideographTraditional" => "甲",
        "ideographZodiac" => "子",
        "aiueo" => "ｱ",
        "aiueoFullWidth" => "ア",
        "iroha" => "ｲ",
        "irohaFullWidth" => "イ",
        "lowerLetter" => "a",
        "upperLetter" => "A",
        "lowerRoman" => "i",
        "upperRoman" => "I",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use seisho_model::counting::shown;

    #[test]
    fn formats_of_word_are_known_by_the_names_of_the_others() {
        let all = |name: &str| of_word(name).map(|format| [1, 2, 10].map(|n| shown(n, format).unwrap_or_default()).join(" "));
        assert_eq!(all("decimalZero").as_deref(), Some("01 02 10"));
        assert_eq!(all("aiueo").as_deref(), Some("ｱ ｲ ｺ"));
        assert_eq!(all("irohaFullWidth").as_deref(), Some("イ ロ ヌ"));
        assert_eq!(all("japaneseLegal").as_deref(), Some("壱 弐 拾"));
        assert_eq!(all("ideographEnclosedCircle").as_deref(), Some("㊀ ㊁ ㊉"));
        assert_eq!(all("hebrew1"), None);
    }
}
