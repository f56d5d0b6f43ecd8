//! X013: a helper could not run.

use crate::codes::finding::{Finding, Message, Severity};
use crate::codes::{Case, Code, Entry};
use crate::page::Run;

/// What is known about it.
pub const ENTRY: Entry = Entry {
    code: Code::X013,
    severity: Severity::Error,
    title: ["補助の読み手が動かなかった", "A helper could not run"],
    what: [
        "字形の文字を補うために別のプロセスで動かす第二の読み手が、起動できないか、途中で止まりました（空き容量、実行ファイルの消失、時間切れ、強制終了など）。その字形は U+FFFD（�）のままです。次の実行では、変わっていない文書でも変換し直します。",
        "The second reader, which names glyphs in a process of its own, could not be started or did not come to its end (no room, its program gone, out of time, killed). Those glyphs stay U+FFFD. The next run converts the document again, even if it has not changed.",
    ],
    example: None,
    action: [
        "空き容量とメモリを確かめ、同じコマンドをもう一度実行してください。",
        "Check free space and memory, then run the same command again.",
    ],
    case: Case::Test("tests/fallback.rs"),
};

/// The second reader did not run, and why; the glyphs that it was to name.
#[must_use]
pub fn not_asked(why: &Message, glyphs: Run) -> Finding {
    let ja = format!("文字の分からない字形を第二の読み手に尋ねられませんでした（{}）", why.ja);
    let en = format!("the second reader could not be asked for glyphs without a character: {}", why.en);
    Finding::new(Code::X013, ja, en).at(glyphs)
}
