//! `seisho doctor`: what this machine has, what it lacks, and how that is brought to one without a network.

use super::room::room;
use crate::End;
use crate::args::Doctor;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_batch::Bounds;
use seisho_batch::files::Writer;
use seisho_extract::Format;
use seisho_model::output::Confinement;
use seisho_pipeline::Found;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Tries in this process, as a worker process, what a document that has taken it over would try.
pub(crate) fn probe(victim: &Path) -> Result<End, Stop> {
    let probed = seisho_batch::probe(victim);
    let (confinement, deeds) =
        probed.map_err(|e| Stop::new("試すファイルを開けません", "the file to try it on cannot be opened").because(e))?;
    print(&json!({"confinement": confinement, "deeds": deeds}).to_string())?;
    Ok(End::AllConverted)
}

/// What worker processes cannot reach here, as a process that tried has found.
fn confinement(lang: Lang) -> String {
    let name = lang.pick("変換プロセスの隔離", "confinement of worker processes");
    let Some((Confinement { files, network, processes }, refused, tried)) = tried() else {
        return format!("{name}: {}", lang.pick("試せませんでした", "could not be tried"));
    };
    let say = |is_so: bool| lang.pick(if is_so { "届かない" } else { "届く" }, if is_so { "out of reach" } else { "within reach" });
    match lang {
        Lang::Ja => format!(
            "{name}: ファイル {}、ネットワーク {}、ほかのプロセス {}（試した {tried} のうち {refused} を拒否）",
            say(files),
            say(network),
            say(processes)
        ),
        Lang::En => format!(
            "{name}: files {}, network {}, other processes {} ({refused} of {tried} attempts refused)",
            say(files),
            say(network),
            say(processes)
        ),
    }
}

fn tried() -> Option<(Confinement, usize, usize)> {
    let folder = std::env::temp_dir().join(format!("seisho-probe-{}", std::process::id()));
    let victim = folder.join("victim");
    Writer::default().whole(&victim, b"").ok()?;
    let said = Command::new(std::env::current_exe().ok()?).arg("probe").arg(&victim).output();
    let _ = std::fs::remove_dir_all(&folder);
    let said: Value = serde_json::from_slice(&said.ok()?.stdout).ok()?;
    let deeds: Vec<(String, bool)> = serde_json::from_value(said["deeds"].clone()).ok()?;
    let confinement = serde_json::from_value(said["confinement"].clone()).ok()?;
    Some((confinement, deeds.iter().filter(|(_, is_refused)| *is_refused).count(), deeds.len()))
}

/// Less than this on a disk is little: a thousand documents with their export take about as much (in bytes).
const LITTLE: u64 = 1 << 30;

/// Says what is there and what is missing; all is well where scans can be read and results can be written.
pub(crate) fn doctor(options: &Doctor, lang: Lang) -> Result<End, Stop> {
    let (version, system, machine) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    print(&format!("seisho {version} ({system} {machine})"))?;
    print(&limits(lang))?;
    print(&confinement(lang))?;
    let can_write = disk(&options.out, lang)?;
    let can_read = tesseract(options.scans.tesseract.as_deref(), lang)?;
    unreadable(lang)?;
    Ok(if can_read && can_write { End::AllConverted } else { End::SomeFailed })
}

fn limits(lang: Lang) -> String {
    let Bounds { max_memory, max_cpu, max_wall, .. } = Bounds::default();
    match (seisho_batch::CAN_LIMIT, lang) {
        (true, Lang::Ja) => format!("変換プロセスの制限: メモリ {max_memory} MiB・CPU 時間 {max_cpu} 秒・経過時間 {max_wall} 秒（既定）"),
        (true, Lang::En) => {
            format!("limits of worker processes: memory {max_memory} MiB, CPU time {max_cpu} s, time {max_wall} s (defaults)")
        }
        (false, Lang::Ja) => {
            format!("変換プロセスの制限: 経過時間 {max_wall} 秒だけ（このシステムではメモリと CPU 時間を制限できません）")
        }
        (false, Lang::En) => format!("limits of worker processes: time only, {max_wall} s (this system cannot limit memory and CPU time)"),
    }
}

/// Whether results can be written there.
fn disk(out: &Path, lang: Lang) -> Result<bool, Stop> {
    let (name, place) = (lang.pick("結果を書くディスク", "disk for results"), out.display());
    let Some(room) = room(out) else {
        let said = lang.pick("空きは調べられません（このシステムでは）", "room unknown (on this system)");
        print(&format!("{name} ({place}): {said}"))?;
        return Ok(true);
    };
    let free = format!("{}.{} GiB", room.free >> 30, ((room.free % (1 << 30)) * 10) >> 30);
    let said = match (room.is_writable, room.free < LITTLE) {
        (false, _) => lang.pick("書き込めません", "cannot be written to").to_owned(),
        (true, true) => lang.pick("空き FREE。少なすぎます", "FREE free, which is little").replace("FREE", &free),
        (true, false) => lang.pick("空き FREE", "FREE free").replace("FREE", &free),
    };
    print(&format!("{name} ({place}): {said}"))?;
    Ok(room.is_writable && room.free >= LITTLE)
}

/// The engine, its version and languages, and how what is missing gets here; whether scans can be read.
fn tesseract(named: Option<&Path>, lang: Lang) -> Result<bool, Stop> {
    let found = match Found::find(named) {
        Ok(found) => found,
        Err(error) => {
            print(&format!("Tesseract: {} ({error})", lang.pick("ありません", "not found")))?;
            print(lang.pick(ENGINE[0], ENGINE[1]))?;
            return Ok(false);
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
            (recording.name().to_owned(), kind, [("jpn", true), ("jpn_vert", true), ("eng", true)])
        }
    };
    print(&format!("Tesseract: {version} ({kind})"))?;
    for (language, is_there) in languages {
        print(&format!("  {language}: {}", if is_there { lang.pick("あり", "there") } else { lang.pick("なし", "missing") }))?;
    }
    if languages.iter().any(|(_, is_there)| !is_there) {
        print(lang.pick(DATA[0], DATA[1]))?;
    }
    Ok(languages.iter().any(|(language, is_there)| *is_there && *language == "jpn"))
}

/// How Tesseract comes to a machine with and without a network.
const ENGINE: [&str; 2] = [
    "  スキャンを読むなら入れてください（ほかの文書はなくても読めます）:
  Debian・Ubuntu: sudo apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert
  ネットワークのない Debian・Ubuntu では、同じ版のネットワークのある機械で
    mkdir debs && cd debs
    apt-get download $(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert | grep '^[a-z]' | sort -u)
  を実行し、フォルダ debs を USB メモリなどで運んで
    sudo dpkg -i --refuse-downgrade --skip-same-version debs/*.deb
  Windows: UB Mannheim のインストーラー（Tesseract 5）を運び、Japanese と Japanese (vertical) を選んで入れます",
    "  Install it to read scans (other documents are read without):
  Debian, Ubuntu: sudo apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert
  Debian, Ubuntu without a network: on a machine of the same release that has one
    mkdir debs && cd debs
    apt-get download $(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert | grep '^[a-z]' | sort -u)
  then carry the folder debs over (USB stick) and
    sudo dpkg -i --refuse-downgrade --skip-same-version debs/*.deb
  Windows: carry UB Mannheim's installer of Tesseract 5 over, and tick Japanese and Japanese (vertical)",
];

/// How its data comes to a machine that has the engine.
const DATA: [&str; 2] = [
    "  ないデータ（jpn_vert は縦書きを読むときだけ要ります）は、ファイル1つを置けば入ります:
  ネットワークのある機械の /usr/share/tesseract-ocr/5/tessdata/ から jpn.traineddata と jpn_vert.traineddata を運び、
  同じ場所に置くか、好きなフォルダに置いて  export TESSDATA_PREFIX=そのフォルダ",
    "  Data that is missing (jpn_vert is for vertical writing only) is one file to be put in place:
  carry jpn.traineddata and jpn_vert.traineddata over from /usr/share/tesseract-ocr/5/tessdata/ of a machine with a network,
  put them into the same folder, or into any and  export TESSDATA_PREFIX=THAT_FOLDER",
];

/// What cannot be read, and what makes a readable file of it.
fn unreadable(lang: Lang) -> Result<(), Stop> {
    const THESE: [Format; 7] = [Format::Doc, Format::Ppt, Format::Rtf, Format::Ichitaro, Format::DocuWorks, Format::Mail, Format::Locked];
    print(lang.pick("読めないもの（手書きのほか）:", "what cannot be read (besides handwriting):"))?;
    THESE.iter().try_for_each(|format| {
        let remedy = format.remedy().map_or("", |[ja, en]| lang.pick(ja, en));
        print(&format!("  {}: {remedy}", lang.pick(format.name_ja(), &format.to_string())))
    })
}
