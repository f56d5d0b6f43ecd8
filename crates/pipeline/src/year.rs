//! The fiscal year of a document that names none: of its path.

use seisho_japanese::dates::{DeadlineKind, FiscalYear, deadline, fiscal_year};
use seisho_model::record::YearFrom;

/// The fiscal year that the name of a file, or else of the nearest folder, gives: `令和6年度/a.pdf`, `r6/a.pdf`,
/// `2024年度/a.pdf`. `path` is that below the input root.
#[must_use]
pub fn of_path(path: &str) -> Option<(FiscalYear, YearFrom)> {
    path.rsplit('/').find_map(|name| fiscal_year(name).or_else(|| of_short_name(name))).map(|year| (year, YearFrom::Folder))
}

/// A year as an option gives it: 令和6年度, R6, 2024.
#[must_use]
pub fn of_option(text: &str) -> Option<FiscalYear> {
    let text = text.trim();
    fiscal_year(text).or_else(|| fiscal_year(&format!("{text}年度")))
}

/// Whether a text is a day, a month or an end of a year, and nothing else that a deadline may say.
#[must_use]
pub fn is_day(text: &str) -> bool {
    /// A longer text says more than a day.
    const LONGEST: usize = 16;
    text.chars().count() <= LONGEST
        && !matches!(deadline(text, None).kind, DeadlineKind::Other | DeadlineKind::Ongoing | DeadlineKind::Immediate)
}

/// `r6`, `H30`: a folder or file that is called so and nothing else.
fn of_short_name(name: &str) -> Option<FiscalYear> {
    let stem = name.split('.').next().unwrap_or(name);
    let mut chars = stem.chars();
    let is_era = chars.next().is_some_and(|c| matches!(c, 'R' | 'r' | 'H' | 'h' | 'S' | 's' | 'Ｒ' | 'Ｈ'));
    let digits = chars.as_str();
    let is_number = (1..=2).contains(&digits.chars().count()) && digits.chars().all(|c| c.is_ascii_digit());
    if is_era && is_number { fiscal_year(&format!("{}年度", stem.to_uppercase())) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_year_nearest_to_the_file() {
        let year = |path| of_path(path).map(|(year, _)| year.gregorian);
        assert_eq!(year("令和5年度/福祉部 令和6年度目標.pdf"), Some(2024));
        assert_eq!(year("r8/shimin.pdf"), Some(2026));
        assert_eq!(year("2022年度/H30/a.pdf"), Some(2018));
        assert_eq!(year("rooms/a12.pdf"), None);
        assert_eq!(of_option("R6").map(|y| y.gregorian), Some(2024));
        assert_eq!(of_option("2024").map(|y| y.gregorian), Some(2024));
        assert_eq!(of_option("来年"), None);
    }
}
