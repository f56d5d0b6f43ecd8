//! `seisho review`: the values of results beside their paper, as a page for a person.

use super::args::Review as Options;
use super::door::{self, Kind};
use super::sources::{Sources, Target};
use super::{results, sampling};
use crate::End;
use crate::screen::lang::{Lang, Stop};
use crate::screen::progress::print;
use seisho_audit::ledger::Named;
use seisho_audit::sampling::Plan;
use seisho_audit::values::{sha256, values};
use seisho_model::record::Document;
use seisho_review::book::{self, Shown};
use seisho_review::{DOUBT, Item, Review, Sheet, html, items};
use std::collections::BTreeMap;

/// Writes the page, or the workbook.
pub(crate) fn review(options: &Options, lang: Lang) -> Result<End, Stop> {
    let plan: Option<Plan> = options.sample.as_deref().map(sampling::load).transpose()?;
    let wanted = plan.as_ref().map(wanted);
    let target = Target::of(&options.to);
    match &target {
        Target::Page(_, page) => door::check(page, Kind::ReviewPage)?,
        Target::Book(file) => door::check(file, Kind::ReviewBook)?,
    }
    let sources = Sources {
        places: seisho_batch::inputs(&options.results).sources,
        folder: options.sources.clone(),
        pictures: if let Target::Page(folder, _) = &target { folder.clone() } else { None },
        fonts: seisho_inspect::Fonts::of_the_system(),
        password: options.password.read()?,
    };
    let (mut sheets, mut all) = (Vec::<Sheet>::new(), Vec::<(Item, Shown)>::new());
    results::each(&options.results, |document| {
        let chosen: Vec<Item> =
            items(&document, sheets.len()).into_iter().filter_map(|item| choose(item, &document, options, wanted.as_ref())).collect();
        if !chosen.is_empty() {
            let named = Named::of(&document, &values(&document));
            match &target {
                Target::Page(..) => {
                    sheets.push(sources.sheet(&document, &chosen, named)?);
                    all.extend(chosen.into_iter().map(|item| (item, Shown::default())));
                }
                Target::Book(_) => {
                    let (sheet, shown) = sources.cut(&document, &chosen, named);
                    sheets.push(sheet);
                    all.extend(chosen.into_iter().zip(shown));
                }
            }
        }
        Ok(())
    })?;
    if options.doubts {
        // A stable sort: what is as likely keeps the order of the documents.
        all.sort_by_key(|(item, _)| std::cmp::Reverse(item.rank.score));
    }
    if plan.as_ref().is_some_and(|p| all.len() != p.sample.len()) {
        return Err(Stop::new(
            "計画の見本にある値が、結果にそのままありません。変換し直したのなら、計画からやり直してください",
            "values of the plan's sample are not in the results as they were; after another conversion, make a new plan",
        ));
    }
    let (all, shown): (Vec<Item>, Vec<Shown>) = all.into_iter().unzip();
    let locked = sheets.iter().filter(|s| s.missing == Some("unreadable")).count();
    let missing = sheets.iter().filter(|s| s.missing.is_some()).count() - locked;
    let (count, documents) = (all.len(), sheets.len());
    let names: String = all.iter().map(|i| format!("{}{}{}\n", sheets[i.sheet].sha256, i.pointer, i.text)).collect();
    let reader = options.reader.as_deref().unwrap_or_default();
    let review = Review {
        id: sha256(format!("{reader}\n{}\n{names}", options.blind).as_bytes())[..16].to_owned(),
        lot: plan.map(|p| p.lot.sha256),
        reader: options.reader.clone(),
        blind: options.blind,
        results: options.results.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        sheets,
        items: all,
    };
    let counted = match lang {
        Lang::Ja => format!("値 {count}、文書 {documents}（元の文書がないか変わっているもの {missing}）"),
        Lang::En => format!("{count} values of {documents} documents ({missing} of them gone or changed since)"),
    };
    if locked > 0 {
        print(&match lang {
            Lang::Ja => format!("図にできない文書 {locked}（暗号化された PDF なら --password-file でパスワードを渡してください）"),
            Lang::En => format!("{locked} documents cannot be drawn (for encrypted PDFs, hand on the password by --password-file)"),
        })?;
    }
    match target {
        Target::Page(_, page) => {
            let made = html(&review).map_err(|e| Stop::new("頁を書けません", "the page cannot be written").because(e))?;
            door::put(&page, Kind::ReviewPage, made.as_bytes())?;
            print(&counted)?;
            print(&format!("{} {}", lang.pick("ブラウザで開いてください:", "Open in a browser:"), page.display()))?;
        }
        Target::Book(file) => {
            if !review.fits_a_workbook() {
                return Err(Stop::new(
                    "値が多すぎてブックに入りません。--sample か --doubts で選んでください",
                    "too many values for a workbook; choose by --sample or --doubts",
                ));
            }
            let made = book::write(&review, &shown)
                .map_err(|e| Stop::new("ブックを書けません", "the workbook cannot be written").because(std::io::Error::other(e)))?;
            door::put(&file, Kind::ReviewBook, &made)?;
            print(&counted)?;
            print(&format!(
                "{} {}",
                lang.pick("Excel などで開き、判定を選んで保存してください:", "Open it in Excel or the like, choose judgements and save:"),
                file.display()
            ))?;
        }
    }
    Ok(End::AllConverted)
}

/// Values by source and pointer, with the hash of their text and their stratum.
type Wanted<'p> = BTreeMap<(String, String, String), (&'p str, &'p str)>;

fn wanted(plan: &Plan) -> Wanted<'_> {
    let units = plan.sample.iter().map(|s| &s.unit);
    units
        .map(|u| ((u.path.clone(), u.source_sha256.clone(), u.pointer.to_string()), (u.text_sha256.as_str(), u.stratum.as_str())))
        .collect()
}

fn choose(mut item: Item, document: &Document, options: &Options, wanted: Option<&Wanted<'_>>) -> Option<Item> {
    let Some(wanted) = wanted else { return (options.all || item.rank.score >= DOUBT).then_some(item) };
    let source = &document.source;
    let (text, stratum) = wanted.get(&(source.document(), source.id(), item.pointer.to_string()))?;
    item.stratum = Some((*stratum).to_owned());
    (sha256(item.text.as_bytes()) == *text).then_some(item)
}
