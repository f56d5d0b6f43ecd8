//! `seisho doctor`: what is there to read scans with, and what to install where it is not.

use crate::End;
use crate::args::Scans;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_model::Code;
use seisho_pipeline::Found;

/// Reports the engine, its version and languages; true where scans can be read.
pub(crate) fn doctor(scans: &Scans, lang: Lang) -> Result<End, Stop> {
    print(&format!("seisho {}", env!("CARGO_PKG_VERSION")));
    print(if seisho_batch::CAN_LIMIT {
        lang.pick("変換プロセスの制限: メモリ・CPU 時間・経過時間", "limits of worker processes: memory, CPU time, time")
    } else {
        lang.pick(
            "変換プロセスの制限: 経過時間だけ（このシステムではメモリと CPU 時間を制限できません）",
            "limits of worker processes: time only (this system cannot limit memory and CPU time)",
        )
    });
    let found = match Found::find(scans.tesseract.as_deref()) {
        Ok(found) => found,
        Err(error) => {
            print(&format!("Tesseract: {} ({error})", lang.pick("ありません", "not found")));
            print(lang.pick(Code::X108.entry().action[0], Code::X108.entry().action[1]));
            return Ok(End::SomeFailed);
        }
    };
    let (version, kind, languages) = match &found {
        Found::Library(library) => (library.version(), lang.pick("ライブラリ", "library"), library.languages()),
        Found::Program(program) => {
            let kind = lang.pick("コマンド。ライブラリより遅い", "program, slower than the library");
            (program.version().to_owned(), kind, program.languages())
        }
        Found::Recording(recording) => {
            let kind = lang.pick("記録の再生。記録したときの頁だけ読めます", "recorded answers; reads the recorded pages only");
            (recording.name().to_owned(), kind, [("jpn", true), ("jpn_vert", true)])
        }
    };
    print(&format!("Tesseract: {version} ({kind})"));
    let mut can_read = false;
    for (language, is_there) in languages {
        can_read |= is_there && language == "jpn";
        print(&format!("  {language}: {}", if is_there { lang.pick("あり", "there") } else { lang.pick("なし", "missing") }));
    }
    if !can_read {
        print(lang.pick(Code::X108.entry().action[0], Code::X108.entry().action[1]));
    }
    Ok(if can_read { End::AllConverted } else { End::SomeFailed })
}
