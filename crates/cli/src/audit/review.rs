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
use std::collections::{BTreeMap, BTreeSet};

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
    let List { sheets, items: all, settled, shared } = gather(options, wanted.as_ref(), &target, &sources)?;
    if plan.as_ref().is_some_and(|p| all.len() + shared != p.sample.len()) {
        return Err(Stop::new(
            "計画の見本にある値が、結果にそのままありません。変換し直したのなら、計画からやり直してください",
            "values of the plan's sample are not in the results as they were; after another conversion, make a new plan",
        ));
    }
    let (all, shown): (Vec<Item>, Vec<Shown>) = all.into_iter().unzip();
    let locked = sheets.iter().filter(|s| s.missing == Some("unreadable")).count();
    let missing = sheets.iter().filter(|s| s.missing.is_some()).count() - locked;
    let counts = Counts { values: all.len(), empty: all.iter().filter(|i| i.is_missing).count(), documents: sheets.len(), missing, locked };
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
    put(&review, &shown, target, lang, &counts)?;
    if shared > 0 {
        print(&match lang {
            Lang::Ja => format!("同じ内容のファイルの値 {shared} は、一度だけ示します（訂正はどのファイルにも当たります）"),
            Lang::En => {
                format!("{shared} values of files that are the same byte by byte are shown once (a correction is made in all of them)")
            }
        })?;
    }
    if options.doubts && settled > 0 {
        print(&match lang {
            Lang::Ja => format!("台帳で答えてある値 {settled} は、除いてあります"),
            Lang::En => format!("{settled} values are left out because the ledger answers their doubts"),
        })?;
    }
    results::say_edited(&options.results, lang)?;
    Ok(End::AllConverted)
}

/// What there is to be looked at.
#[derive(Default)]
struct List {
    sheets: Vec<Sheet>,
    items: Vec<(Item, Shown)>,
    /// Values whose doubts a person has answered.
    settled: usize,
    /// Values that another file has byte by byte, and that are in the list as that one's.
    shared: usize,
}

/// The values that are wanted, with what shows them.
fn gather(options: &Options, wanted: Option<&Wanted<'_>>, target: &Target, sources: &Sources) -> Result<List, Stop> {
    let mut list = List::default();
    // Sheets by source: the same bytes are the same paper, and what is said of one is said of all.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut values_of: BTreeSet<(String, String, String)> = BTreeSet::new();
    results::each(&options.results, |document| {
        let id = document.source.id();
        let items = items(&document, list.sheets.len());
        list.settled += items.iter().filter(|item| item.is_settled).count();
        let mut chosen: Vec<Item> = items.into_iter().filter_map(|item| choose(item, &document, options, wanted)).collect();
        let all = chosen.len();
        chosen.retain(|item| values_of.insert((id.clone(), item.pointer.to_string(), item.text.clone())));
        list.shared += all - chosen.len();
        if let Some(sheet) = seen.get(&id).filter(|_| all > chosen.len()).and_then(|at| list.sheets.get_mut(*at)) {
            sheet.also.push(document.source.document());
        }
        if chosen.is_empty() {
            return Ok(());
        }
        seen.entry(id).or_insert(list.sheets.len());
        let named = Named::of(&document, &values(&document));
        match target {
            Target::Page(..) => {
                list.sheets.push(sources.sheet(&document, &chosen, named)?);
                list.items.extend(chosen.into_iter().map(|item| (item, Shown::default())));
            }
            Target::Book(_) => {
                let (sheet, shown) = sources.cut(&document, &chosen, named);
                list.sheets.push(sheet);
                list.items.extend(chosen.into_iter().zip(shown));
            }
        }
        Ok(())
    })?;
    if options.doubts {
        // A stable sort: what is as likely keeps the order of the documents.
        list.items.sort_by_key(|(item, _)| std::cmp::Reverse(item.rank.score));
    }
    Ok(list)
}

/// What is said of a list.
struct Counts {
    values: usize,
    /// Values that were not read.
    empty: usize,
    documents: usize,
    /// Documents whose source is gone or has changed.
    missing: usize,
    /// Documents that cannot be drawn.
    locked: usize,
}

/// Writes a list, and says what is in it.
fn put(review: &Review, shown: &[Shown], target: Target, lang: Lang, counts: &Counts) -> Result<(), Stop> {
    let Counts { values, empty, documents, missing, locked } = counts;
    let mut counted = match lang {
        Lang::Ja => format!("値 {values}、文書 {documents}（元の文書がないか変わっているもの {missing}）"),
        Lang::En => format!("{values} values of {documents} documents ({missing} of them gone or changed since)"),
    };
    if *empty > 0 {
        counted.push_str(&match lang {
            Lang::Ja => format!("\nうち、読めた値のない欄 {empty}（紙にあれば書き入れ、なければ「正しい」）"),
            Lang::En => {
                format!("\n{empty} of them are empty: nothing was read (enter what stands on paper; judge it right where nothing does)")
            }
        });
    }
    if *locked > 0 {
        print(&match lang {
            Lang::Ja => format!("図にできない文書 {locked}（暗号化された PDF なら --password-file でパスワードを渡してください）"),
            Lang::En => format!("{locked} documents cannot be drawn (for encrypted PDFs, hand on the password by --password-file)"),
        })?;
    }
    match target {
        Target::Page(_, page) => {
            let made = html(review).map_err(|e| Stop::new("頁を書けません", "the page cannot be written").because(e))?;
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
            let made = book::write(review, shown)
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
    Ok(())
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
