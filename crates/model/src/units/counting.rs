//! Numbers as lists show them. Formats bear the names that OpenDocument has for them: `1`, `i`, `ア, イ, ウ, ...`.

/// Zeros before a number; more are none.
const MOST_ZEROS: usize = 9;

/// A number in a format; none where the format shows none, the figures where it has no sign for the number.
#[must_use]
pub fn shown(value: u32, format: &str) -> Option<String> {
    let first = format.split(',').next().unwrap_or_default().trim();
    let at = value.checked_sub(1).map(|at| at as usize);
    let of = |row: &str| at.and_then(|at| row.chars().nth(at)).map(String::from);
    let named = match first {
        "" => return None,
        "a" => letters(value),
        "A" => letters(value).map(|l| l.to_ascii_uppercase()),
        "i" => roman(value),
        "I" => roman(value).map(|r| r.to_ascii_uppercase()),
        "１" => Some(value.to_string().chars().map(wide).collect()),
        "①" => of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"),
        "⑴" => of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "⒈" => of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "㊀" => of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        // One sign a figure: 一〇.
        "〇" => Some(value.to_string().chars().filter_map(|c| "〇一二三四五六七八九".chars().nth(c.to_digit(10)? as usize)).collect()),
        "一" => kanji(value, "〇一二三四五六七八九", ["十", "百", "千"]),
        "壱" | "壹" => kanji(value, "零壱弐参四伍六七八九", ["拾", "百", "阡"]),
        // 「イ, ロ, ハ」 and 「ｲ, ﾛ, ﾊ」 count as in the old poem.
        "イ" => of("イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"),
        "ｲ" => of("ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ"),
        "ア" => of("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"),
        "ｱ" => of("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"),
        "甲" => of("甲乙丙丁戊己庚辛壬癸"),
        "子" => of("子丑寅卯辰巳午未申酉戌亥"),
        zeros if zeros.starts_with('0') => Some(format!("{value:0>width$}", width = zeros.len().min(MOST_ZEROS + 1))),
        _ => None,
    };
    Some(named.unwrap_or_else(|| value.to_string()))
}

fn wide(figure: char) -> char {
    figure.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit)).unwrap_or(figure)
}

/// a … z, aa … zz, aaa: as often as the letters were gone through.
fn letters(value: u32) -> Option<String> {
    let at = value.checked_sub(1)?;
    let letter = char::from(b'a' + (at % 26) as u8);
    (at < 26 * 10).then(|| std::iter::repeat_n(letter, at as usize / 26 + 1).collect())
}

fn roman(value: u32) -> Option<String> {
    const WORTHS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = Some(value).filter(|v| (1..4000).contains(v))?;
    let mut out = String::new();
    for (worth, sign) in WORTHS {
        while rest >= worth {
            out.push_str(sign);
            rest -= worth;
        }
    }
    Some(out)
}

fn kanji(value: u32, figures: &str, worths: [&str; 3]) -> Option<String> {
    let figure = |n: u32| figures.chars().nth(n as usize).map(String::from);
    if value == 0 {
        return figure(0);
    }
    let mut out = String::new();
    for (worth, sign) in [1000, 100, 10].into_iter().zip(worths.into_iter().rev()) {
        match value / worth % 10 {
            0 => {}
            1 => out += sign,
            times => out = out + &figure(times)? + sign,
        }
    }
    let ones = value % 10;
    if ones > 0 {
        out += &figure(ones)?;
    }
    (value < 10_000).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_how_their_names_begin() {
        let all = |format: &str| [1, 12, 27].map(|n| shown(n, format).unwrap_or_default()).join(" ");
        assert_eq!(all("1"), "1 12 27");
        assert_eq!(all("a"), "a l aa");
        assert_eq!(all("I"), "I XII XXVII");
        assert_eq!(all("１, ２, ３, ..."), "１ １２ ２７");
        assert_eq!(all("①, ②, ③, ..."), "① ⑫ ㉗");
        assert_eq!(all("一, 二, 三, ..."), "一 十二 二十七");
        assert_eq!(all("ア, イ, ウ, ..."), "ア シ ヒ");
        assert_eq!(all("イ, ロ, ハ, ..."), "イ ヲ オ");
        // The stems are ten.
        assert_eq!(all("甲, 乙, 丙, ..."), "甲 12 27");
        assert_eq!(shown(1, ""), None);
        assert_eq!(all("⑴, ⑵, ⑶, ..."), "⑴ ⑿ 27");
        assert_eq!(all("01, 02, 03, ..."), "01 12 27");
        assert_eq!(all("〇"), "一 一二 二七");
        assert_eq!([100, 111, 2026, 10_000].map(|n| shown(n, "一").unwrap_or_default()), ["百", "百十一", "二千二十六", "10000"]);
    }
}
