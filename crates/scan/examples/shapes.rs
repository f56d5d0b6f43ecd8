//! Makes `data/shapes.bin`: how the characters of JIS X 0208, level 1, of the lists below and of ASCII look in the
//! typefaces whose files are named: `cargo run --release -p seisho-scan --example shapes -- OUT FONT …`
#![expect(clippy::expect_used, reason = "a tool of ours stops where it fails")]

use ab_glyph::{Font, FontVec, ScaleFont};
use seisho_model::scan::Crop;
use seisho_scan::Shape;
use std::fs;

/// The height of an em in pixels: print of 10 points at 300 dpi.
const EM: f32 = 42.0;
/// Characters of level 2 and beyond that names and everyday words have.
const MORE: &str = "靱﨑邉邊齋齊曖彙鬱毀傲僅冥凄剝哺喩嗅嘲填塞妖媛嫉宛崖巾帽弄彌恣慄憧憬戚戴拉拭捗挫捻摯斬旺昧曾枕柵栃桁楷椎毎汎沃湧溺瀕煎熊爪爽牙璃璧瓦瘍瘦眉眸睦瞭礫稽窟箋箸籠綻緻罵羞羨脇脊腎腫腺臆臼舷艶芯苛茨萎葛蓋蔑蔽藍藤虎虹蛇蜂蜜訃訴詣詮誰諦謎貌貪賂賭踪蹴辣遜遡遮那鄙酎醒采釜錦錮鍋鍵鎌闇阜隙韓頃須頓頰顎餅餌駒骸鹿麓麺鶴亀";

fn main() {
    let mut args = std::env::args().skip(1);
    let out = args.next().expect("OUT FONT …");
    let fonts: Vec<FontVec> = args.map(|f| FontVec::try_from_vec_and_index(fs::read(f).expect("a file"), 0).expect("a font")).collect();
    let mut chars: Vec<char> = (0x889F_u16..=0x9872).filter_map(kanji).chain(MORE.chars()).collect();
    chars.extend(('ぁ'..='ん').chain('ァ'..='ヶ').chain('!'..='~'));
    chars.sort_unstable();
    chars.dedup();
    let mut bytes = Vec::new();
    for c in chars {
        for font in &fonts {
            let Some(crop) = drawn(font, c) else { continue };
            let Some(shape) = Shape::of(&crop, (0, crop.width)) else { continue };
            bytes.extend(u32::from(c).to_le_bytes());
            bytes.extend(shape.numbers());
        }
    }
    fs::write(out, bytes).expect("a file");
}

fn kanji(code: u16) -> Option<char> {
    let bytes = code.to_be_bytes();
    let (text, _, failed) = encoding_rs::SHIFT_JIS.decode(&bytes);
    text.chars().next().filter(|c| !failed && ('\u{4E00}'..='\u{9FFF}').contains(c) && text.chars().count() == 1)
}

/// A character in black on white, a little soft as print is.
fn drawn(font: &FontVec, c: char) -> Option<Crop> {
    let scaled = font.as_scaled(EM);
    let glyph = scaled.outline_glyph(scaled.scaled_glyph(c))?;
    let bounds = glyph.px_bounds();
    let (width, height) = (bounds.width().ceil() as u32 + 4, bounds.height().ceil() as u32 + 4);
    let mut sharp = vec![0.0_f32; (width * height) as usize];
    glyph.draw(|x, y, share| sharp[((y + 2) * width + x + 2) as usize] = share.min(1.0));
    let at = |x: i64, y: i64| {
        let inside = (0..i64::from(width)).contains(&x) && (0..i64::from(height)).contains(&y);
        if inside { sharp[(y * i64::from(width) + x) as usize] } else { 0.0 }
    };
    let soft = |x: i64, y: i64| {
        let near: f32 = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))).map(|(dx, dy)| at(x + dx, y + dy)).sum();
        at(x, y) * 0.6 + near / 9.0 * 0.4
    };
    let pixel = |i: i64| 255 - (soft(i % i64::from(width), i / i64::from(width)) * 255.0).round() as u8;
    Some(Crop { width, height, gray: (0..i64::from(width * height)).map(pixel).collect(), dpi: 300 })
}
