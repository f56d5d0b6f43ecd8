//! `seisho audit verify`: whether a report, and all that it was bound to, is what was signed.

use super::super::results::{json, unreadable};
use super::files::Around;
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::report::{self, Broken, FIRST_FORMAT, FORMAT, Report, Role, State};
use seisho_batch::files::open;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Says what changed since a report was sealed.
pub(crate) fn verify(file: &Path, out: Option<&Path>, lang: Lang) -> Result<End, Stop> {
    let (twin, page) = twin(file)?;
    let bytes = bytes(&twin).ok_or_else(|| unreadable(&twin))?;
    let made: Report = json(&twin)?;
    if ![FORMAT, FIRST_FORMAT].contains(&made.format.as_str()) {
        let (name, format) = (twin.display(), &made.format);
        return Err(Stop::new(
            format!("{name} は、この版の知らない形式の報告書です（{format}）"),
            format!("{name} is a report of a format that this version does not know ({format})"),
        ));
    }
    let around = Around::of(&twin, &made, out);
    let broken = report::verify(&made, &around);
    let mut said: Vec<String> = broken.iter().map(|what| words(what, lang)).collect();
    if !broken.contains(&Broken::Seal) && seisho_batch::pretty(&made)? != bytes {
        let name = twin.display();
        said.push(match lang {
            Lang::Ja => format!("{name}: 変わっています（書いてあることは同じですが、バイトが違います）"),
            Lang::En => format!("{name}: changed (it says the same in other bytes)"),
        });
    }
    said.extend(changed_page(&made, &twin, page.as_deref(), lang));
    if around.results.is_none() && !made.bound.is_empty() {
        said.push(match lang {
            Lang::Ja => format!("結果のフォルダがありません（{}）。--results フォルダ で指定してください", made.results_at),
            Lang::En => format!("the folder of results is not there ({}); name it by --results DIR", made.results_at),
        });
    }
    said.iter().try_for_each(|line| print(line))?;
    not_covered(&made, &around, lang).iter().try_for_each(|line| print(line))?;
    if !said.is_empty() {
        return Ok(End::SomeFailed);
    }
    print(&format!("{} {}", lang.pick("封印のときのままです:", "As it was sealed:"), made.seal))?;
    if !made.bound.is_empty() {
        print(&looked_at(&made, lang))?;
    }
    Ok(End::AllConverted)
}

/// The report's JSON, and its page where that was named.
fn twin(file: &Path) -> Result<(PathBuf, Option<PathBuf>), Stop> {
    if !file.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm")) {
        return Ok((file.to_owned(), None));
    }
    let twin = file.with_extension("json");
    if twin.is_file() {
        return Ok((twin, Some(file.to_owned())));
    }
    let (name, twin) = (file.display(), twin.display());
    Err(Stop::new(
        format!("{name} と対の {twin} がありません。照合には、報告書と一緒にできた JSON が要ります。同じ場所に置いてください"),
        format!("{twin}, the twin of {name}, is not there; a report is held against the JSON that was made with it: put it beside"),
    ))
}

fn bytes(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    open(file).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// What became of the page: the one that was named, else the one beside the twin.
fn changed_page(made: &Report, twin: &Path, named: Option<&Path>, lang: Lang) -> Option<String> {
    let page = made.page.as_ref()?;
    let file = named.map_or_else(|| twin.with_file_name(&page.name), Path::to_owned);
    let name = file.display();
    match bytes(&file) {
        None => Some(format!("{name}: {}", state(State::Missing, lang))),
        Some(bytes) if page.is(&bytes, &made.seal) => None,
        Some(_) => Some(format!("{name}: {}", state(State::Changed, lang))),
    }
}

fn words(what: &Broken, lang: Lang) -> String {
    match (what, lang) {
        (Broken::Seal, Lang::Ja) => "報告書が封印のあとに変わっています".to_owned(),
        (Broken::Seal, Lang::En) => "the report changed after it was sealed".to_owned(),
        (Broken::Chain(path), Lang::Ja) => format!("ファイルの一覧が {path} から変わっています"),
        (Broken::Chain(path), Lang::En) => format!("the list of files changed from {path} on"),
        (Broken::Document(path), Lang::Ja) => format!("{path} の結果が封印のあとに変わっているか、なくなっています"),
        (Broken::Document(path), Lang::En) => format!("the result of {path} changed after sealing, or is gone"),
        (Broken::File(role, path, what), lang) => format!("{} {path}: {}", role_name(*role, lang), state(*what, lang)),
    }
}

fn role_name(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Document => lang.pick("文書", "document"),
        Role::Result => lang.pick("結果", "result"),
        Role::Plan => lang.pick("計画", "plan"),
        Role::Work => lang.pick("見直し", "work"),
        Role::Ledger => lang.pick("台帳", "ledger"),
    }
}

fn state(what: State, lang: Lang) -> &'static str {
    match what {
        State::Changed => lang.pick("封印のあとに変わっています", "changed after sealing"),
        State::Missing => lang.pick("ありません", "is gone"),
        State::New => lang.pick("封印のときにはありませんでした", "was not there when it was sealed"),
    }
}

/// What a seal says nothing of.
fn not_covered(made: &Report, around: &Around, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    if made.bound.is_empty() {
        said.push(lang.pick(
            "形式 1 の報告書です。調べるのは、報告書の JSON と、結果の文書だけです（頁、records.jsonl、manifest.jsonl、run.json、計画、見直し、台帳、増えた文書は分かりません）",
            "A report of format 1: only its JSON and the documents of the results are looked at (not the page, records.jsonl, manifest.jsonl, run.json, plan, works, ledger, documents that were added)",
        ).to_owned());
        if around.results.is_none() {
            said.push(
                lang.pick("結果の文書は調べていません（--results フォルダ）", "The documents were not looked at (--results DIR)")
                    .to_owned(),
            );
        }
    } else if made.corrections.is_some() && !made.bound.iter().any(|b| b.role == Role::Ledger) {
        said.push(lang.pick("訂正の台帳は、この封印に入っていません", "The ledger of corrections is not under this seal").to_owned());
    }
    said
}

fn looked_at(made: &Report, lang: Lang) -> String {
    let count = |role| made.bound.iter().filter(|b| b.role == role).count();
    let [documents, results, plan, works, ledger] = [Role::Document, Role::Result, Role::Plan, Role::Work, Role::Ledger].map(count);
    match lang {
        Lang::Ja => {
            format!("調べたもの: 報告書の頁と JSON、文書 {documents}、結果のファイル {results}、計画 {plan}、見直し {works}、台帳 {ledger}")
        }
        Lang::En => format!(
            "Looked at: the report's page and JSON, {documents} documents, {results} files of results, {plan} plan, {works} works, {ledger} ledger"
        ),
    }
}
