//! `seisho explain`: the table of codes for people.

use crate::lang::{Lang, Stop};
use crate::progress::print;
use seisho_model::Code;
use seisho_model::code::{Entry, TABLE};

/// Explains a code, or lists all.
pub(crate) fn explain(code: Option<&str>, lang: Lang) -> Result<bool, Stop> {
    let Some(name) = code else {
        for entry in TABLE {
            print(&format!("{}  {}", entry.name, lang.of(&entry.title())));
        }
        return Ok(true);
    };
    let code = Code::named(name).ok_or_else(|| {
        Stop::new(
            format!("コード {name} はありません。一覧は seisho explain"),
            format!("there is no code {name}; seisho explain lists all"),
        )
    })?;
    print(&text(code.entry(), lang));
    Ok(true)
}

fn text(entry: &Entry, lang: Lang) -> String {
    let of = |pair: [&'static str; 2]| lang.pick(pair[0], pair[1]);
    let severity = match entry.severity {
        seisho_model::Severity::Info => lang.pick("参考", "info"),
        seisho_model::Severity::Warning => lang.pick("注意", "warning"),
        seisho_model::Severity::Error => lang.pick("誤り", "error"),
    };
    let action = lang.pick("対応", "What to do");
    format!("{} {} [{severity}]\n\n{}\n\n{action}: {}", entry.name, of(entry.title), of(entry.what), of(entry.action))
}
